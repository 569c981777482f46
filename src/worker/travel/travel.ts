import type { ActResult, Product } from '../../engine/product';
import type { RunSnapshot } from '../../engine/run';
import { Run } from '../../engine/run';
import type { Action, Scenario } from '../../engine/scenario/types';
import type { LeftHistory, Past, Replaying } from '../protocol';
import { isBefore, type Target } from './snapshots';
import { Timeline } from './timeline';

/** A history that was left. */
interface Left extends LeftHistory {
  /** Only the newest in each direction keeps what it knew of its future; others are run again. */
  readonly timeline: Timeline | undefined;
}

interface Journey {
  readonly to: Target;
  readonly fromStep: number;
  readonly eventsMax: number | undefined;
  readonly arrived: (() => void) | undefined;
}

const LEFT_MAX = 100;

/**
 * The run at the playhead, and every way to move it through time. Going back is going forward from an earlier
 * snapshot. Long ways are gone in pieces: `seek` begins, `work` goes on.
 */
export class Travel {
  readonly run: Run;
  timeline: Timeline;
  private undone: readonly Left[] = [];
  private done: readonly Left[] = [];
  private journey: Journey | undefined;
  private broken = false;

  constructor(
    private readonly scenario: Scenario,
    private readonly product?: Product<unknown>,
  ) {
    this.run = new Run(scenario, { ...(product && { product }) });
    this.timeline = Timeline.begin(this.run);
    // Copied objects have other hidden classes than new ones: met from the start, they cost no optimised code later.
    this.run.restore(this.timeline.snapshots.newest.snapshot);
  }

  /** Another copy of the run, at a moment of it. Keeps a short window of the trace. */
  copy(from: RunSnapshot, windowEntries: number): Run {
    const run = new Run(this.scenario, {
      ...(this.product && { product: this.product }),
      from,
      windowEntries,
    });
    run.actions = this.run.actions;
    return run;
  }

  /** What another engine had on record of this run, which was begun again. */
  recall({ done, undone }: Past): void {
    this.done = done.map((left) => ({ ...left, timeline: undefined }));
    this.undone = undone.map((left) => ({ ...left, timeline: undefined }));
  }

  get past(): Past {
    const plain = ({ at, actions, sharedActions }: Left): LeftHistory => ({ at, actions, sharedActions });
    return { done: this.done.map(plain), undone: this.undone.map(plain) };
  }

  get undoCount(): number {
    return this.done.length;
  }

  get redoCount(): number {
    return this.undone.length;
  }

  get isOnTheWay(): boolean {
    return this.journey !== undefined;
  }

  /** Nothing is left to happen. */
  get isOver(): boolean {
    return !Number.isFinite(this.run.nextDueUs);
  }

  get replaying(): Replaying | undefined {
    if (this.journey === undefined) return undefined;
    const { fromStep, eventsMax } = this.journey;
    return { events: this.run.sim.steps - fromStep, eventsMax };
  }

  /** The engine threw: the state of the run is no moment of it. Only a snapshot leads on. */
  breakOff(): void {
    this.broken = true;
    this.journey = undefined;
  }

  get isBroken(): boolean {
    return this.broken;
  }

  /** Sets out for a moment; `arrived` is called when `work` has brought the run there. */
  seek(to: Target, arrived?: () => void): void {
    const { sim } = this.run;
    const { snapshots } = this.timeline;
    const base = snapshots.before(to).snapshot;
    const here = { step: sim.steps, nowUs: sim.nowUs, lastUs: sim.lastUs };
    if (this.broken || !isBefore(here, to) || base.sim.step > sim.steps) this.run.restore(base);
    this.broken = false;
    const fromStep = this.run.sim.steps;
    const eventsMax = (to.step ?? snapshots.after(to)?.snapshot.sim.step ?? Number.NaN) - fromStep;
    this.journey = { to, fromStep, eventsMax: Number.isNaN(eventsMax) ? undefined : eventsMax, arrived };
  }

  /** Goes on for at most so many events; true when the run has arrived, or was not on the way. */
  work(eventsMax: number): boolean {
    const { journey } = this;
    if (journey === undefined) return true;
    if (!this.goTowards(journey.to, eventsMax)) return false;
    this.journey = undefined;
    journey.arrived?.();
    return true;
  }

  /** Plays on: no journey, but up to a time that the pacing asks for. True when it was reached. */
  advance(untilUs: number, eventsMax: number): boolean {
    return this.timeline.advance(this.run, untilUs, eventsMax);
  }

  stepForward(): boolean {
    return this.timeline.step(this.run);
  }

  /** Sets out for the moment before the latest event, or before the actions that came after it. */
  stepBack(arrived?: () => void): void {
    const { run } = this;
    const { steps, lastUs } = run.sim;
    const latest = run.actions[run.actionsDone - 1];
    const actedSince = latest !== undefined && latest.atUs !== null && latest.atUs > lastUs;
    this.seek({ step: actedSince ? steps : Math.max(0, steps - 1) }, arrived);
  }

  /** Does an action at the playhead. What lay ahead is replaced, and kept as one undo. */
  act(action: Action): ActResult {
    const { run, timeline } = this;
    const left = this.leave(run.actionsDone, { step: run.sim.steps, timeUs: run.sim.nowUs });
    const result = run.act(action);
    if (!result.ok) return result;
    this.timeline = timeline.fork(run, left.sharedActions);
    this.done = pushed(this.done, left);
    this.undone = [];
    return result;
  }

  /** Takes the latest action back, and brings back the future that it had replaced. False when there is none. */
  undo(arrived?: () => void): boolean {
    const left = this.done.at(-1);
    if (left === undefined) return false;
    this.done = this.done.slice(0, -1);
    this.undone = pushed(this.undone, this.leave(left.sharedActions, left.at));
    this.enter(left, arrived);
    return true;
  }

  redo(arrived?: () => void): boolean {
    const left = this.undone.at(-1);
    if (left === undefined) return false;
    this.undone = this.undone.slice(0, -1);
    this.done = pushed(this.done, this.leave(left.sharedActions, left.at));
    this.enter(left, () => {
      this.doAgain(left);
      arrived?.();
    });
    return true;
  }

  /** At the place where a history was left for another one, what the other one did there falls due. */
  private doAgain({ at, sharedActions }: Left): void {
    const { run } = this;
    const { steps, nowUs } = run.sim;
    const isThere = (at.step ?? steps) === steps && (at.timeUs ?? nowUs) === nowUs;
    if (isThere && run.actionsDone === sharedActions) this.timeline.advance(run, run.sim.nowUs, 0);
  }

  private leave(sharedActions: number, at: Left['at']): Left {
    return { at, actions: this.run.actions, sharedActions, timeline: this.timeline };
  }

  /**
   * Goes on in a history that was left. A playhead before the place where the two part stays; otherwise it goes
   * to that place.
   */
  private enter({ at, actions, sharedActions, timeline }: Left, arrived?: () => void): void {
    const { run, timeline: current } = this;
    const stays = !this.broken && run.actionsDone <= sharedActions && isBeforeOrAt(run, at);
    run.actions = actions;
    if (!stays) {
      const timeUs = at.timeUs ?? Number.POSITIVE_INFINITY;
      run.restore(
        current.snapshots.upTo(at.step ?? Number.POSITIVE_INFINITY, timeUs, sharedActions).newest.snapshot,
      );
      this.broken = false;
    }
    this.timeline = timeline ?? current.fork(run, run.actionsDone);
    if (stays) arrived?.();
    else this.seek(at, arrived);
  }

  private goTowards(to: Target, eventsMax: number): boolean {
    const { run, timeline } = this;
    if (to.step === undefined) return timeline.advance(run, to.timeUs, eventsMax);
    const last = run.sim.steps + eventsMax;
    while (run.sim.steps < to.step) {
      if (run.sim.steps >= last) return false;
      const events = Math.min(last, to.step - 1) - run.sim.steps;
      if (events > 0) timeline.advance(run, Number.POSITIVE_INFINITY, events);
      else timeline.step(run);
      if (!Number.isFinite(run.nextDueUs)) return true;
    }
    if (to.timeUs !== undefined && to.timeUs > run.sim.nowUs) timeline.advance(run, to.timeUs, 0);
    return true;
  }
}

function isBeforeOrAt({ sim }: Run, at: Left['at']): boolean {
  if (at.step === undefined) return sim.nowUs <= at.timeUs;
  return sim.steps < at.step || (sim.steps === at.step && sim.nowUs <= (at.timeUs ?? sim.nowUs));
}

/** The stack with one more on it; the one below gives up what it knew of its future. */
function pushed(stack: readonly Left[], left: Left): readonly Left[] {
  const below = stack.at(-1);
  const kept = below === undefined ? [] : [...stack.slice(0, -1), { ...below, timeline: undefined }];
  return [...kept, left].slice(-LEFT_MAX);
}
