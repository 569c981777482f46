const SECOND_US = 1_000_000;

const FACTORS = [1, 2, 4, 5, 8, 10];
/** Of small counts half the axis is a whole number too. */
const SMALL = [4, 6, 8, 10];

/** A round number that is not below a value, and 4 at least. */
export function niceMax(value: number): number {
  const small = SMALL.find((end) => end >= value);
  if (small !== undefined || Number.isNaN(value)) return small ?? 4;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = FACTORS.find((each) => each * power >= value) ?? 10;
  return factor * power;
}

/** The largest value of some series; gaps do not count. */
export function largest(...series: readonly ArrayLike<number>[]): number {
  let max = 0;
  for (const values of series) {
    for (let i = 0; i < values.length; i++) if (values[i]! > max) max = values[i]!;
  }
  return max;
}

/** Spans of the small charts before a run is a minute old, so that its beginning is not squeezed into a corner. */
const FIRST_SPANS_US = [20 * SECOND_US, 40 * SECOND_US];

/** The end of a linear axis: the largest value keeps some room above it, for its name. */
export const axisEnd = (value: number): number => niceMax(value * 1.15);

/**
 * The stretch that the small charts show: a minute that moves on in steps of ten seconds, so that a curve stands
 * still while it grows; less while the run is young.
 */
export function shownStretch(
  nowUs: number,
  spanUs = 60 * SECOND_US,
): { readonly fromUs: number; readonly toUs: number } {
  const first = FIRST_SPANS_US.find((firstUs) => nowUs <= firstUs && firstUs < spanUs);
  if (first !== undefined) return { fromUs: 0, toUs: first };
  const stepUs = spanUs / 6;
  const toUs = Math.max(spanUs, Math.ceil(nowUs / stepUs) * stepUs);
  return { fromUs: toUs - spanUs, toUs };
}
