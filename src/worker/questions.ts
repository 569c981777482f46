import { peekAgenda } from '../engine/core/agenda';
import type { TraceEntry } from '../engine/core/trace';
import { nodeOf } from '../engine/model/env';
import { extended, type RuleChain } from '../engine/model/rule-chain';
import { keyText, messageBornUs, messageKey, messageName, messageTopic } from '../engine/model/world';
import { inspectorOf } from '../engine/products/inspectors';
import { messageIn } from '../engine/report/causes';
import { messageDetails } from '../engine/report/message';
import { type Report, reportOf, takingsHalfTold } from '../engine/report/report';
import { takenBy, whyLost } from '../engine/report/why';
import type { Run } from '../engine/run';
import type { Localized } from '../engine/view';
import { nodeIn, viewEntry } from './entry-view';
import { queryForId, queryForKey } from './find-query';
import { viewNextEvent } from './next-event';
import type {
  Answer,
  AnswerTo,
  EntryFilter,
  EntryView,
  FoundMessage,
  Question,
  QuestionOf,
} from './protocol';
import { Reader } from './reader';
import type { Timeline } from './travel/timeline';
import type { Travel } from './travel/travel';

const ANSWER_ENTRIES_MAX = 2_000;
const CURVE_POINTS_MAX = 120;
const NEXT_MAX = 200;
const FOUND_MAX = 100;

interface Asked {
  readonly id: number;
  readonly work: Generator<void, Answer>;
}

/** Answers the questions of the page, one after another, in slices. */
export class Questions {
  private readonly reader: Reader;
  private asked: Asked[] = [];
  /** What was told in full for the reports of a history. */
  private told: { readonly timeline: Timeline; readonly chains: Map<number, readonly string[]> };

  constructor(private readonly travel: Travel) {
    this.reader = new Reader(travel);
    this.told = { timeline: travel.timeline, chains: new Map() };
  }

  get isBusy(): boolean {
    return this.asked.length > 0;
  }

  /** Questions that have not been answered. */
  get open(): readonly number[] {
    return this.asked.map(({ id }) => id);
  }

  ask(id: number, question: Question): void {
    this.asked.push({ id, work: this.answer(question) });
  }

  /** Goes on until time is up; the answers that were finished. */
  work(isTimeUp: () => boolean): { readonly id: number; readonly answer: Answer }[] {
    const answers: { id: number; answer: Answer }[] = [];
    for (let asked = this.asked[0]; asked !== undefined; asked = this.asked[0]) {
      const next = this.goOn(asked);
      if (next !== undefined) {
        answers.push({ id: asked.id, answer: next });
        this.asked = this.asked.slice(1);
      }
      if (isTimeUp()) break;
    }
    return answers;
  }

  /** A question that the engine cannot answer ends alone. */
  private goOn({ work }: Asked): Answer | undefined {
    try {
      const { done, value } = work.next();
      return done ? value : undefined;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { kind: 'none', reason: { en: reason, zh: reason } };
    }
  }

  private *answer(question: Question): Generator<void, Answer> {
    const { run, timeline } = this.travel;
    const { kind } = question;
    switch (kind) {
      case 'why':
        return { kind, why: yield* this.why(question.message) };
      case 'causes':
        return { kind, entries: yield* this.causes(question.entry) };
      case 'message':
        return { kind, details: messageDetails(run, question.message) };
      case 'node': {
        const node = nodeOf(run.sim.state.env, question.id);
        return { kind, details: node === undefined ? undefined : inspectorOf(run.product)(run.sim, node) };
      }
      case 'report':
        return { kind, report: yield* this.report() };
      case 'entries':
        return yield* this.entries(question);
      case 'curves': {
        const toUs = Math.min(question.toUs, run.sim.nowUs);
        const pointsMax = Math.min(question.pointsMax, CURVE_POINTS_MAX);
        return { kind, curves: timeline.tracker.curves.series(question.fromUs, toUs, pointsMax) };
      }
      case 'next': {
        const next = peekAgenda(run.sim.agenda, Math.min(question.max, NEXT_MAX));
        return {
          kind,
          events: next.map(({ timeUs, entry }) => viewNextEvent(run, timeUs, entry)),
        };
      }
      case 'find':
        return { kind, ...(yield* this.find(question)) };
      case 'actions':
        return { kind, timesUs: run.actionsUs };
      case 'digest':
        return { kind, moment: { step: run.sim.steps, timeUs: run.sim.nowUs }, digest: run.sim.digest };
      default:
        return { kind: 'none', reason: unknown(kind) };
    }
  }

  /** Chains of causes that a jump has cut off are told in full: the report of a moment does not depend on the way there. */
  private *report(): Generator<void, Report> {
    const { run, timeline } = this.travel;
    if (this.told.timeline !== timeline) this.told = { timeline, chains: new Map() };
    const { chains } = this.told;
    for (const taking of takingsHalfTold(run)) {
      if (chains.has(taking.entry)) continue;
      let chain: RuleChain = taking;
      while (chain.next >= 0) {
        const found = yield* this.reader.entry(chain.next);
        if (found === undefined) break;
        chain = extended(chain, (id) => (id === found.id ? found : undefined));
      }
      if (chain.next < 0) chains.set(taking.entry, chain.rules);
    }
    return reportOf(run, chains);
  }

  private *why(message: number): Generator<void, ReturnType<typeof whyLost>> {
    const { run } = this.travel;
    const fault = yield* this.reader.causes(takenBy(run, message));
    const why = whyLost(run, message, fault);
    if (why === undefined || why.complete) return why;
    // A jump has cut the window of the run: another copy of it goes the way again from before the message's birth.
    const copy = yield* this.reader.since(messageBornUs(run.sim.state.arena, message));
    return copy === undefined ? why : whyLost(copy, message, fault);
  }

  private *causes(entry: number): Generator<void, EntryView[]> {
    const { state } = this.travel.run.sim;
    return (yield* this.reader.causes(entry)).entries.map((found) => viewEntry(state, found));
  }

  private *entries({ filter, before, max }: QuestionOf<'entries'>): Generator<void, Answer> {
    const { run } = this.travel;
    const fits = filterBy(run, filter);
    const entries: EntryView[] = [];
    const entriesMax = Math.min(max, ANSWER_ENTRIES_MAX);
    const first = yield* this.reader.backFrom(before ?? run.sim.traceCount, (entry) => {
      const view = fits(entry);
      if (view !== undefined) entries.push(view);
      return entries.length < entriesMax;
    });
    return { kind: 'entries', entries: entries.reverse(), reachedStart: first === 0 };
  }

  private *find({ text, max }: QuestionOf<'find'>): Generator<void, Omit<AnswerTo<'find'>, 'kind'>> {
    const { run } = this.travel;
    const asked = text.trim();
    const queried = yield* queryForId(run, asked);
    const { arena } = run.sim.state;
    const found: FoundMessage[] = [];
    const wanted = asked.toLowerCase();
    const foundMax = Math.min(max, FOUND_MAX);
    for (let id = 0; id < arena.messages.length && found.length < foundMax; id++) {
      const name = messageName(id);
      const key = keyText(arena, messageKey(arena, id));
      const fits =
        name.includes(wanted) ||
        key.toLowerCase().includes(wanted) ||
        String(id) === wanted ||
        queried?.message === id;
      if (wanted !== '' && fits) found.push({ message: id, name, key });
      if (id % FIND_TURN === FIND_TURN - 1) yield;
    }
    const exact = found.find(({ key }) => key === asked);
    if (queried !== undefined || exact === undefined) return { messages: found, query: queried?.answer };
    const query = yield* queryForKey(run, messageTopic(arena, exact.message), asked);
    return { messages: found, query };
  }
}

/** Messages that are looked at in one turn. */
const FIND_TURN = 5_000;

/** The entry in words when it passes the filter. Words are made only for what passes everything else. */
function filterBy({ sim }: Run, filter: EntryFilter): (entry: TraceEntry) => EntryView | undefined {
  const { node, message, rule, beatsOnly, text } = filter;
  const wanted = text?.trim().toLowerCase() ?? '';
  return (entry) => {
    const { kind } = entry;
    if (rule !== undefined && kind.rule !== rule) return undefined;
    if (beatsOnly && (kind.beat === 'none' || kind.beat === 'hop')) return undefined;
    if (node !== undefined && nodeIn(entry) !== node) return undefined;
    if (message !== undefined && messageIn(sim.state, entry) !== message) return undefined;
    const view = viewEntry(sim.state, entry);
    const words = [view.text.en, view.text.zh, view.type, view.rule];
    return words.some((word) => word.toLowerCase().includes(wanted)) ? view : undefined;
  };
}

function unknown(kind: never): Localized {
  return { en: `Nobody knows how to answer "${String(kind)}".`, zh: `无法回答 "${String(kind)}"。` };
}
