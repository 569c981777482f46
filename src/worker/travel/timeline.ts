import type { Run } from '../../engine/run';
import { Tracker } from '../track/tracker';
import { Snapshots, takeSnapshot } from './snapshots';

/**
 * One history of a scenario with its actions: the snapshots along it, and what was learnt from its trace. Several
 * copies of the run may be on it at different moments; whichever gets furthest first leaves snapshots and knowledge
 * behind for the others.
 */
export class Timeline {
  private constructor(
    readonly snapshots: Snapshots,
    readonly tracker: Tracker,
    /** How far any copy of the run has been. */
    private furthestUs: number,
  ) {}

  /** The history of a run that stands at its beginning. */
  static begin(run: Run): Timeline {
    const tracker = Tracker.begin(run);
    const first = takeSnapshot(run, tracker.state);
    return new Timeline(Snapshots.from(first), tracker, run.sim.nowUs);
  }

  get headUs(): number {
    return this.furthestUs;
  }

  /**
   * The history that a run goes on with which came along this one and now has other actions: the first
   * `sharedActions` are those of this history, and everything up to the run's present moment that they led to.
   */
  fork(run: Run, sharedActions: number): Timeline {
    const { steps, nowUs } = run.sim;
    const snapshots = this.snapshots.upTo(steps, nowUs, sharedActions);
    return new Timeline(snapshots, this.tracker.fork(run, snapshots.newest.tracked), nowUs);
  }

  /** As `Run.advance`, for a copy of this history's run. */
  advance(run: Run, untilUs: number, stepsMax = Number.POSITIVE_INFINITY): boolean {
    const last = run.sim.steps + stepsMax;
    for (;;) {
      const { pointEndUs } = this.tracker;
      const stopUs = run.sim.nowUs <= pointEndUs ? Math.min(untilUs, pointEndUs) : untilUs;
      const steps = Math.min(last - run.sim.steps, this.snapshots.dueInEvents(run.sim.steps));
      const reached = run.advance(stopUs, steps);
      this.learn(run, reached && stopUs === pointEndUs);
      if (reached && stopUs === untilUs) return true;
      if (run.sim.steps >= last && !reached) return false;
      if (!Number.isFinite(run.nextDueUs) && !Number.isFinite(untilUs)) return true;
    }
  }

  /** As `Run.step`, for a copy of this history's run. */
  step(run: Run): boolean {
    const dueUs = run.nextDueUs;
    if (!Number.isFinite(dueUs)) return false;
    // Up to just before it, so that the points of the curves on the way are closed.
    if (dueUs - 1 > run.sim.nowUs) this.advance(run, dueUs - 1);
    run.step();
    this.learn(run, false);
    return true;
  }

  private learn(run: Run, atPointEnd: boolean): void {
    const { tracker, snapshots } = this;
    tracker.read(run);
    if (atPointEnd && tracker.isAt(run)) tracker.closePoint(run);
    if (tracker.isAt(run)) snapshots.offer(run, () => tracker.state);
    this.furthestUs = Math.max(this.furthestUs, run.sim.nowUs);
  }
}
