import type { TraceEntry } from '../../engine/core/trace';
import type { Run } from '../../engine/run';
import { KindFilter } from '../track/kind-filter';
import type { KeptMark } from '../track/marks';
import type { Timeline } from '../travel/timeline';
import type { Travel } from '../travel/travel';
import { type Hop, Hops } from './hops';
import type { Ahead } from './player';
import type { StoryBeat } from './story-pace';

/** The scout stops when it knows so many beats ahead of the playhead, or is this far ahead of it. */
const BEATS_AHEAD = 3;
export const HORIZON_US = 200_000_000;
const HORIZON_EVENTS = 60_000;
/** Entries of its trace that it keeps: more than one piece of work makes. */
const WINDOW_ENTRIES = 1 << 16;
const CHUNK_EVENTS = 500;

const READ = new KindFilter(({ beat, role }) => beat !== 'none' || role !== undefined);

/**
 * A second copy of the run that goes ahead of the playhead to find beats, for the pacing of the story and for the
 * marks of the timeline that are still to come.
 */
export class Scout {
  private run: Run | undefined;
  /** The history that the copy is on; undefined: it has to set out again. */
  private timeline: Timeline | undefined;
  /** Where it set out: from here on the hops are known. */
  private fromUs = 0;
  private hops = new Hops(0, null);
  private followed: number | null = null;
  private readId = 0;
  private isBlocked = false;

  constructor(private readonly travel: Travel) {}

  follow(message: number | null): void {
    this.followed = message;
    this.timeline = undefined;
  }

  /** Looks ahead until `isTimeUp`. True when it is far enough. */
  work(isTimeUp: () => boolean): boolean {
    while (!this.isFarEnough) {
      if (isTimeUp()) return false;
      const run = this.catchUp();
      try {
        this.travel.timeline.advance(run, this.horizonUs, CHUNK_EVENTS);
        this.read(run);
      } catch {
        // The playhead will come here and say so; until then there is something to see.
        this.isBlocked = true;
      }
    }
    return true;
  }

  /** Beats from the playhead on, hops among them, and how far all of them are known. */
  get ahead(): Ahead {
    const { nowUs } = this.travel.run.sim;
    // At the time of the copy itself not everything may have happened yet.
    const knownUs = this.isOnTrack ? Math.max(nowUs, (this.run?.sim.nowUs ?? 0) - 1) : nowUs;
    const isAhead = ({ timeUs }: StoryBeat) => timeUs >= nowUs && timeUs <= knownUs;
    const marks = this.marksAfter(nowUs - 1).map(({ timeUs }) => ({ timeUs, hop: false }));
    const beats = [...marks, ...this.hops.list].filter(isAhead);
    return { beats: beats.sort((x, y) => x.timeUs - y.timeUs), knownUs };
  }

  /** The message whose life is being told at a moment. */
  messageAt(timeUs: number): number | null {
    const latest = this.hops.list.findLast((hop) => hop.timeUs <= timeUs);
    return latest === undefined || (latest.isLast && latest.timeUs < timeUs) ? null : latest.message;
  }

  hopsBefore(timeUs: number): readonly Hop[] {
    return this.hops.list.filter((hop) => hop.timeUs < timeUs);
  }

  private get horizonUs(): number {
    return this.travel.run.sim.nowUs + HORIZON_US;
  }

  /** The copy is on the playhead's own history, and the playhead has not gone back behind where it set out. */
  private get isOnTrack(): boolean {
    return this.timeline === this.travel.timeline && this.travel.run.sim.nowUs >= this.fromUs;
  }

  private get isFarEnough(): boolean {
    if (this.run === undefined || !this.isOnTrack) return false;
    if (this.isBlocked) return true;
    const { sim } = this.run;
    const main = this.travel.run.sim;
    if (sim.steps < main.steps) return false;
    if (sim.nowUs >= this.horizonUs || sim.steps >= main.steps + HORIZON_EVENTS) return true;
    const last = this.marksAfter(main.nowUs)[BEATS_AHEAD - 1];
    return last !== undefined && sim.nowUs > last.timeUs;
  }

  /** The copy, at or ahead of the playhead. */
  private catchUp(): Run {
    const { run: main } = this.travel;
    if (this.run !== undefined && this.isOnTrack && this.run.sim.steps >= main.sim.steps) return this.run;
    const from = main.snapshot();
    if (this.run === undefined) this.run = this.travel.copy(from, WINDOW_ENTRIES);
    else {
      this.run.actions = main.actions;
      this.run.restore(from);
    }
    if (!this.isOnTrack) {
      this.hops = new Hops(main.sim.nowUs, this.followed);
      this.fromUs = main.sim.nowUs;
    }
    this.timeline = this.travel.timeline;
    this.isBlocked = false;
    this.readId = main.sim.traceCount;
    return this.run;
  }

  private read(run: Run): void {
    const visit = (entry: TraceEntry) => {
      this.hops.read(run, entry);
      return true;
    };
    run.sim.window?.scan(this.readId, run.sim.traceCount, visit, READ.byId);
    this.readId = run.sim.traceCount;
  }

  private marksAfter(timeUs: number): readonly KeptMark[] {
    const { list } = this.travel.timeline.tracker.marks;
    let from = list.length;
    while (from > 0 && (list[from - 1]?.timeUs ?? 0) > timeUs) from--;
    return list.slice(from);
  }
}
