import type { MessageDetails } from '../../../engine/details';
import type { Why, WhyStep } from '../../../engine/report/why';
import type { MessageState } from '../../../ui/glyph/message-state';
import type { EntryView } from '../../../worker/protocol';

/** One step of a story, drawn with the message as it was where the steps say so, else with a dot. */
export interface Step {
  readonly id: number;
  readonly timeUs: number;
  readonly type: string;
  readonly rule: string;
  readonly beat: WhyStep['beat'];
  readonly text: { readonly en: string; readonly zh: string };
  readonly glyph: MessageState | null;
  /** It ends the story with a loss. */
  readonly loss: boolean;
}

/** A story on one screen. */
export const STEPS_MAX = 7;

/** Faults that can take a copy from a disk: after them the steps do not say where copies had been. */
const FROM_DISK = /^(disk\.lost|file\.|(recovery|log|raft)\.truncated|ha\.)/;
/** Faults of processes, hosts and disks. */
const FAULT = /^EN-[2-4]$/;
const STORED = 'message.stored';
const LOST = 'message.lost';

/**
 * The story of a message. Flushes and copies to other machines concern many messages at once and are not among its
 * steps, so the glyph stands only where it is certain: before the message is stored, when it is stored, from its loss
 * on; and in between where the loss shows that it had never been flushed nor copied, else it would live.
 */
export function stepsOfWhy({ steps, verdict, complete }: Why): readonly Step[] {
  const neverSafe = verdict === 'lost' && !steps.some(({ type }) => FROM_DISK.test(type));
  const lostUs = steps.findLast(({ type }) => type === LOST)?.timeUs;
  let phase: 'before' | 'stored' | 'unknown' | 'lost' = complete ? 'before' : 'unknown';
  return steps.map((step) => {
    const { entry, timeUs, rule, beat, text, type } = step;
    if (type === LOST || (timeUs === lostUs && FAULT.test(rule))) phase = 'lost';
    else if (type === STORED && phase !== 'lost') phase = 'stored';
    else if (phase === 'stored' && !neverSafe) phase = 'unknown';
    return { id: entry, timeUs, rule, beat, text, type, glyph: GLYPHS[phase], loss: type === LOST };
  });
}

const GLYPHS = {
  before: {},
  stored: { mem: 'volatile' },
  unknown: null,
  lost: { lost: true },
} as const satisfies Record<string, MessageState | null>;

export function stepsOfEntries(entries: readonly EntryView[]): readonly Step[] {
  return entries.map(({ id, timeUs, rule, beat, text, type }) => ({
    id,
    timeUs,
    rule,
    beat,
    text,
    type,
    glyph: null,
    loss: type === LOST,
  }));
}

/** Steps that every message takes, or that only prepare the next one. */
const PLUMBING = /^(put\.answered|record\.(dispatched|delivered)|send\.attempt|pull\.answered)/;

/** Who leads from here on. */
const LEADS = /^(broker\.became-master|raft\.elected)$/;

/** Where the life of a message takes a turn of its own. */
const TURN =
  /^(record\.rejected|send\.(may-be-twice|attempt-by-key)|retry\.|message\.delayed|delay\.over|timer\.(set|due)|half\.|transaction\.|check\.)/;

/**
 * How much a step decides: how it ends and began, faults and answers first, then what somebody noticed or decided,
 * then the other steps of a message and what was stored, flushed, copied. What a message goes through again and again
 * is told where it happened last.
 */
function weight(step: Step, first: number, last: number, isLatest: boolean): number {
  const { rule, type, beat, loss, id } = step;
  if (loss || id === last) return 6;
  if (id === first || (/^EN-[2-9]$/.test(rule) && beat !== 'recovery') || type === 'send.ok') return 5;
  const own = ownWeight(step);
  return isLatest || beat === 'fault' ? own : own / 10;
}

function ownWeight({ rule, type, beat }: Step): number {
  if (beat === 'loss') return 5.5;
  if (LEADS.test(type)) return 4.5;
  if (beat !== 'none' && beat !== 'hop') return 4;
  if (TURN.test(type)) return 3.5;
  if (PLUMBING.test(type)) return 1;
  if (beat === 'hop') return 3;
  return /^(BR-(12|13|14|16|25)|HA-(5|7|8|9))$/.test(rule) ? 2 : 0.5;
}

/** The steps that decide, at most `STEPS_MAX`, in order of time. Of equals those that are closer to the end. */
export function decidingSteps(steps: readonly Step[]): readonly Step[] {
  const first = steps[0]?.id ?? -1;
  const last = steps.at(-1)?.id ?? -1;
  const latest = new Map(steps.map(({ type, id }) => [type, id]));
  const weights = new Map(
    steps.map((step) => [step, weight(step, first, last, latest.get(step.type) === step.id)]),
  );
  const kept = [...steps]
    .sort((x, y) => (weights.get(y) ?? 0) - (weights.get(x) ?? 0) || y.id - x.id)
    .slice(0, STEPS_MAX);
  return steps.filter((step) => kept.includes(step));
}

/** The message as its present copies have it. `leaders` are the processes that are masters of their groups. */
export function glyphOf({ copies, verdict }: MessageDetails, leaders: ReadonlySet<string>): MessageState {
  if (verdict === 'lost') return { lost: true };
  const own = copies.filter(({ process }) => leaders.has(process));
  const others = copies.filter(({ process }) => !leaders.has(process));
  const disk = own.some(({ where }) => where === 'disk');
  const cached = own.some(({ where, reachable }) => where !== 'disk' || reachable);
  return {
    mem: cached ? (disk ? 'calm' : 'volatile') : 'none',
    disk,
    slave: others.length === 0 ? 'none' : others.some(({ where }) => where === 'disk') ? 'disk' : 'unflushed',
  };
}
