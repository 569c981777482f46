import type { Run, RunSnapshot } from '../../engine/run';
import type { Tracked } from '../track/tracker';
import { approximateBytes } from './approximate-bytes';

/** Events between two snapshots: a jump handles at most about so many. */
export const EVENTS_BETWEEN = 15_000;
/** Enough for six million events (ten minutes at 1,000 messages a second) without a gap; then they are thinned. */
export const SNAPSHOTS_MAX = 430;
/** What the snapshots of one run may take. Shared chunks of tables count where they were last written. */
export const SNAPSHOT_BYTES_MAX = 96 * 1024 * 1024;

/** A snapshot of a run with what had been learnt from its trace until then. */
export interface Kept {
  readonly snapshot: RunSnapshot;
  readonly tracked: Tracked;
  readonly bytes: number;
}

/** Where a run is to go. With a step, time goes on to `timeUs` after it; without, all of that time happens. */
export type Target =
  | { readonly timeUs: number; readonly step?: undefined }
  | { readonly step: number; readonly timeUs?: number | undefined };

/** The snapshots of one run in order, thinned with age. */
export class Snapshots {
  private constructor(private kept: readonly Kept[]) {}

  static from(first: Kept): Snapshots {
    return new Snapshots([first]);
  }

  get newest(): Kept {
    return this.kept.at(-1) as Kept;
  }

  get bytes(): number {
    return this.kept.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get count(): number {
    return this.kept.length;
  }

  get steps(): readonly number[] {
    return this.kept.map(({ snapshot }) => snapshot.sim.step);
  }

  /** Events until the next snapshot is due; Infinity for a run that is behind the newest one. */
  dueInEvents(step: number): number {
    const { step: newest } = this.newest.snapshot.sim;
    return step < newest ? Number.POSITIVE_INFINITY : Math.max(1, newest + EVENTS_BETWEEN - step);
  }

  /** Keeps this moment when one is due. `tracked` must have seen all of the run's trace. */
  offer(run: Run, tracked: () => Tracked): void {
    if (run.sim.steps < this.newest.snapshot.sim.step + EVENTS_BETWEEN) return;
    this.push(takeSnapshot(run, tracked()));
  }

  push(kept: Kept): void {
    this.kept = [...this.kept, kept];
    while (this.kept.length > 2 && (this.kept.length > SNAPSHOTS_MAX || this.bytes > SNAPSHOT_BYTES_MAX))
      this.thin();
  }

  /** The newest snapshot from which `target` can be reached by going forward. */
  before(target: Target): Kept {
    return this.kept.findLast((kept) => isBefore(momentOf(kept), target)) ?? (this.kept[0] as Kept);
  }

  /** The first snapshot behind `target`: the way there takes fewer events than the way to it. */
  after(target: Target): Kept | undefined {
    return this.kept.find((kept) => !isBefore(momentOf(kept), target));
  }

  /** Those of the time up to a moment at which `actionsDone` actions had been done. */
  upTo(step: number, timeUs: number, actionsDone: number): Snapshots {
    const fits = ({ snapshot }: Kept) =>
      snapshot.sim.step <= step && snapshot.sim.nowUs <= timeUs && snapshot.nextAction <= actionsDone;
    return new Snapshots([this.kept[0] as Kept, ...this.kept.slice(1).filter(fits)]);
  }

  /** The newest snapshot before a trace entry. */
  beforeEntry(id: number): Kept {
    return this.kept.findLast(({ snapshot }) => snapshot.sim.traceCount <= id) ?? (this.kept[0] as Kept);
  }

  /** Drops the one whose absence costs least: where the gap that it leaves is smallest for its age. */
  private thin(): void {
    const stepOf = (i: number) => (this.kept[i] as Kept).snapshot.sim.step;
    const newest = stepOf(this.kept.length - 1);
    let least = 1;
    let leastCost = Number.POSITIVE_INFINITY;
    for (let i = 1; i < this.kept.length - 1; i++) {
      const cost = (stepOf(i + 1) - stepOf(i - 1)) / (newest - stepOf(i) + EVENTS_BETWEEN);
      if (cost < leastCost) {
        least = i;
        leastCost = cost;
      }
    }
    this.kept = this.kept.filter((_, i) => i !== least);
  }
}

export function takeSnapshot(run: Run, tracked: Tracked): Kept {
  const snapshot = run.snapshot();
  return { snapshot, tracked, bytes: approximateBytes(snapshot) };
}

function momentOf({ snapshot: { sim } }: Kept) {
  return { step: sim.step, nowUs: sim.nowUs, lastUs: sim.world.lastUs };
}

/** Whether going forward from a moment leads to the target. Of the moments that share a step the first is meant. */
export function isBefore(
  here: { readonly step: number; readonly nowUs: number; readonly lastUs: number },
  target: Target,
): boolean {
  if (target.step === undefined) return here.nowUs <= target.timeUs;
  if (here.step !== target.step) return here.step < target.step;
  return here.nowUs <= (target.timeUs ?? here.lastUs);
}
