import { verdictOf } from '../../engine/checkers/verdict';
import { haveSentences } from '../../engine/core/kinds';
import type { TraceEntry } from '../../engine/core/trace';
import { keyText, messageKey } from '../../engine/model/world';
import { sendsReport } from '../../engine/report/sends';
import { viewEntry } from '../entry-view';
import type { EntriesPart, EntryView, Frame, MarksPart } from '../protocol';
import type { Timeline } from '../travel/timeline';
import type { Travel } from '../travel/travel';
import { motionOf } from './motion';

/** Newest entries that a frame tells; those before them are counted, and may be asked for. */
const ENTRIES_MAX = 200;

type Head = Pick<Frame, 'run' | 'playing' | 'pacing' | 'rateAsked' | 'rateReached' | 'followed' | 'story'>;

/** Makes frames, and remembers what the page has been shown. */
export class FrameMaker {
  private version = 1;
  private shownVersion = 0;
  private viewedVersion = 0;
  private shownHeadUs = 0;
  /** The page has the entries before this one. */
  private toldId = 0;
  private timeline: Timeline | undefined;
  private hasWords = haveSentences();

  constructor(private readonly travel: Travel) {}

  changed(): void {
    this.version++;
  }

  /** The sentences of the kinds have come: what was held back for want of them is told. */
  wordsCame(): void {
    this.hasWords = true;
    this.changed();
  }

  /** The run was taken to another moment: from there on the page has other entries than the run will make. */
  cut(): void {
    this.toldId = Math.min(this.toldId, this.travel.run.sim.traceCount);
  }

  hasNews(view: boolean): boolean {
    const { timeline } = this.travel;
    return (
      this.version !== this.shownVersion ||
      (view && this.version !== this.viewedVersion) ||
      timeline.headUs !== this.shownHeadUs ||
      (this.hasWords && timeline.tracker.marks.hasChanges)
    );
  }

  make(view: boolean, head: Head): Frame {
    const { run, timeline, isOver } = this.travel;
    this.shownVersion = this.version;
    this.shownHeadUs = timeline.headUs;
    if (view) this.viewedVersion = this.version;
    return {
      type: 'frame',
      ...head,
      followedKey: head.followed === null ? null : this.keyOf(head.followed),
      nowUs: run.sim.nowUs,
      step: run.sim.steps,
      headUs: timeline.headUs,
      over: isOver,
      ...(view && { view: run.product.view(run.sim), verdict: verdictOf(run), sends: sendsReport(run) }),
      motion: motionOf(run, timeline.tracker.curves),
      entries: this.entries(),
      marks: this.marks(),
    };
  }

  private keyOf(message: number): string | null {
    const { arena } = this.travel.run.sim.state;
    return message < arena.messages.length ? keyText(arena, messageKey(arena, message)) : null;
  }

  private entries(): EntriesPart {
    const { sim } = this.travel.run;
    const from = this.toldId;
    if (!this.hasWords) return { from, list: [], leftOut: 0 };
    const to = sim.traceCount;
    const first = Math.max(from, to - ENTRIES_MAX);
    const list: EntryView[] = [];
    sim.window?.scan(first, to, (entry: TraceEntry) => {
      list.push(viewEntry(sim.state, entry));
      return true;
    });
    this.toldId = to;
    return { from, list, leftOut: to - from - list.length };
  }

  private marks(): MarksPart {
    const { timeline } = this.travel;
    const { marks } = timeline.tracker;
    if (!this.hasWords) return { from: 0, list: [] };
    if (this.timeline !== timeline) marks.touch(0);
    this.timeline = timeline;
    return marks.takeChanges();
  }
}
