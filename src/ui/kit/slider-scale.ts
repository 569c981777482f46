/** How a slider maps its steps to values. */
export interface SliderScale {
  readonly steps: number;
  toValue(step: number): number;
  toStep(value: number): number;
}

/** Equal steps from `min` to `max`. */
export function linearScale(min: number, max: number, step: number): SliderScale {
  const steps = Math.max(1, Math.round((max - min) / step));
  return {
    steps,
    toValue: (at) => tidy(min + at * step),
    toStep: (value) => clamp(Math.round((value - min) / step), steps),
  };
}

/** Equal ratios from `min` (above 0) to `max`; values keep two digits. */
export function logScale(min: number, max: number, stepsPerDecade = 30): SliderScale {
  const steps = Math.max(1, Math.round(Math.log10(max / min) * stepsPerDecade));
  return {
    steps,
    toValue: (at) => twoDigits(min * 10 ** (at / stepsPerDecade)),
    toStep: (value) => clamp(Math.round(Math.log10(Math.max(value, min) / min) * stepsPerDecade), steps),
  };
}

const clamp = (step: number, steps: number) => Math.min(steps, Math.max(0, step));
const tidy = (value: number) => Number(value.toPrecision(12));

/** Two significant digits, and none made up after the point of a large number. */
function twoDigits(value: number): number {
  return Number(value.toPrecision(2));
}
