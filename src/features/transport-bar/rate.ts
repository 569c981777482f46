import { CLOCK_RATE_MAX, CLOCK_RATE_MIN, STORY_RATE_MAX, STORY_RATE_MIN } from '../../state/settings';
import type { Pacing } from '../../worker/protocol';

const CLOCK_TICKS = [CLOCK_RATE_MIN, 0.01, 0.1, 1, 10, 100, CLOCK_RATE_MAX];
const STORY_TICKS = [STORY_RATE_MIN, 0.5, 1, 2, STORY_RATE_MAX];

/** A rate that falls short by less is a matter of measuring. */
const SHORTFALL = 0.85;

/** The marked rates of the slider: of the clock in Clock pacing, of the telling in Story. */
export const rateTicks = (pacing: Pacing): readonly number[] =>
  pacing === 'clock' ? CLOCK_TICKS : STORY_TICKS;

export function rateRange(pacing: Pacing): { readonly min: number; readonly max: number } {
  const ticks = rateTicks(pacing);
  return { min: ticks[0] as number, max: ticks.at(-1) as number };
}

/** The next rate by a third of a decade: 1, 2.2, 4.6, 10. */
export function nextRate(pacing: Pacing, rate: number, direction: 1 | -1): number {
  const { min, max } = rateRange(pacing);
  const thirds = Math.round(Math.log10(rate) * 3) + direction;
  return Math.min(max, Math.max(min, Number((10 ** (thirds / 3)).toPrecision(2))));
}

/** Whether the engine is so far behind what was asked that the screen has to say so. */
export const saysReached = (pacing: Pacing, rate: number, reached: number): boolean =>
  pacing === 'clock' && reached > 0 && reached < rate * SHORTFALL;
