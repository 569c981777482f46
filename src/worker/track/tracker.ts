import type { TraceEntry } from '../../engine/core/trace';
import { messageBornUs } from '../../engine/model/world';
import { messageIn } from '../../engine/report/causes';
import type { Run } from '../../engine/run';
import { CurveHistory, copyTally, createTally, POINT_US, type Tally } from './curves';
import { gaugesOf } from './gauges';
import { addDuration, type Histogram } from './histogram';
import { KindFilter } from './kind-filter';
import { isBeat, type KeptMark, Marks } from './marks';
import { sentCounts } from './sent-counts';

const READ = new KindFilter(
  (kind) => isBeat(kind) || kind.role === 'sent' || kind.role === 'result' || kind.role === 'consumed',
);

/** What a tracker knows at one moment, without the curves: those are cut by time. */
export interface Tracked {
  readonly nextId: number;
  readonly marks: readonly KeptMark[];
  readonly tally: Tally;
}

/**
 * Reads the trace of a run once, in order, by whichever copy of the run gets ahead first: beats for the timeline,
 * counts and durations for the curves.
 */
export class Tracker {
  private tally = createTally();
  /** Id of the first entry that has not been read. */
  private nextId = 0;

  private constructor(
    readonly marks: Marks,
    readonly curves: CurveHistory,
    private edgeUs: number,
  ) {}

  /** For a run that stands at its beginning. */
  static begin(run: Run): Tracker {
    const tracker = new Tracker(new Marks(), new CurveHistory(sentCounts(run.sim.state)), POINT_US);
    tracker.read(run);
    return tracker;
  }

  /** End of the stretch that is being counted: a run that gets there for the first time must stop for a moment. */
  get pointEndUs(): number {
    return this.edgeUs;
  }

  /** Whether all of this run's trace has been read. */
  isAt(run: Run): boolean {
    return this.nextId === run.sim.traceCount;
  }

  get state(): Tracked {
    return { nextId: this.nextId, marks: this.marks.copy(), tally: copyTally(this.tally) };
  }

  /** Reads what is new in the run's trace. */
  read(run: Run): void {
    const { sim } = run;
    if (sim.traceCount <= this.nextId) return;
    const visit = (entry: TraceEntry) => {
      this.readEntry(run, entry);
      return true;
    };
    sim.window?.scan(this.nextId, sim.traceCount, visit, READ.byId);
    this.nextId = sim.traceCount;
  }

  /** The run has reached the end of the stretch: it becomes a point of the curves. */
  closePoint(run: Run): void {
    this.curves.push({
      endUs: this.edgeUs,
      spanUs: POINT_US,
      endId: run.sim.traceCount,
      tally: this.tally,
      gauges: gaugesOf(run),
      sent: sentCounts(run.sim.state),
    });
    this.tally = createTally();
    this.edgeUs += POINT_US;
  }

  /**
   * A tracker for another future from the run's present moment on. `base` is what was known at an earlier moment,
   * whose later entries are still in the run's window.
   */
  fork(run: Run, base: Tracked): Tracker {
    const { nowUs, traceCount } = run.sim;
    const curves = this.curves.upTo(nowUs, traceCount);
    const { endUs = 0, endId = 0 } = curves.last ?? {};
    const edgeUs = Math.max(endUs, Math.floor(nowUs / POINT_US) * POINT_US) + POINT_US;
    const fork = new Tracker(new Marks([...base.marks]), curves, edgeUs);
    if (base.nextId >= endId) fork.tally = copyTally(base.tally);
    fork.nextId = base.nextId;
    const visit = (entry: TraceEntry) => {
      if (entry.id >= endId) fork.readEntry(run, entry);
      else if (isBeat(entry.kind)) fork.marks.add(run.sim.state, entry);
      return true;
    };
    run.sim.window?.scan(base.nextId, traceCount, visit, READ.byId);
    fork.nextId = traceCount;
    return fork;
  }

  private readEntry(run: Run, entry: TraceEntry): void {
    const { kind } = entry;
    const { state } = run.sim;
    if (isBeat(kind)) {
      this.marks.add(state, entry);
      if (kind.beat === 'duplicate') this.tally.duplicates++;
    }
    if (kind.role === 'sent') this.tally.sent++;
    else if (kind.role === 'result') {
      this.tally.outcomes[entry.b] = (this.tally.outcomes[entry.b] ?? 0) + 1;
      addSince(this.tally.send, run, entry);
    } else if (kind.role === 'consumed') {
      this.tally.consumed++;
      addSince(this.tally.endToEnd, run, entry);
    }
  }
}

/** How long after its birth an entry found its message. */
function addSince(histogram: Histogram, { sim }: Run, entry: TraceEntry): void {
  const message = messageIn(sim.state, entry);
  if (message >= 0) addDuration(histogram, entry.timeUs - messageBornUs(sim.state.arena, message));
}
