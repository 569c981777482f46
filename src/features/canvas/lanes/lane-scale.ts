import type { LaneView, ParkedView } from '../../../engine/view';
import { type TimeAxis, timeAxis } from './time-axis';

/** Left of the axis stand those that need not wait any more. */
const READY_PX = 62;
const AXIS_END_PX = 40;
/** Where the first mark of a lane stands. */
export const FIRST_PX = 21;
/** The middle of the marks, below the upper edge of the lane. */
export const MARKS_Y = 35;
/** The axis of retries begins with the first steps of their ladder. */
const HORIZON_MIN_US: Partial<Record<LaneView['kind'], number>> = {
  retry: 120_000_000,
  delay: 10_000_000,
  timer: 10_000_000,
  half: 60_000_000,
};

/** Where on a lane of a width something stands that is due at a time; 0: it need not wait. */
export interface LaneScale {
  readonly axis: TimeAxis;
  readonly left: number;
  readonly span: number;
  readonly xOf: (parked: Pick<ParkedView, 'dueUs'>) => number;
}

export function laneScale({ kind, parked, levels }: LaneView, nowUs: number, width: number): LaneScale {
  const lefts = parked.map(({ dueUs }) => dueUs - nowUs);
  const delays = levels.map(({ delayUs }) => delayUs);
  const axis = timeAxis(Math.max(HORIZON_MIN_US[kind] ?? 0, ...lefts, ...delays));
  const left = kind === 'retry' ? READY_PX : FIRST_PX;
  const span = width - left - AXIS_END_PX;
  const xOf = ({ dueUs }: Pick<ParkedView, 'dueUs'>) =>
    dueUs === 0 ? FIRST_PX : left + span * axis.at(Math.max(0, dueUs - nowUs));
  return { axis, left, span, xOf };
}
