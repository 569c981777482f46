/**
 * Durations by powers of two with four steps each: a quantile is exact to about an eighth of itself, and two
 * histograms add up.
 */
export type Histogram = Uint32Array;

const STEPS = 4;
/** From 0 µs to 2^32 µs, more than an hour. */
const BUCKETS = 33 * STEPS;
const US_MAX = 0xffff_ffff;

export function createHistogram(): Histogram {
  return new Uint32Array(BUCKETS);
}

export function addDuration(histogram: Histogram, us: number): void {
  const bucket = bucketOf(us);
  histogram[bucket] = (histogram[bucket] as number) + 1;
}

export function addHistogram(to: Histogram, from: Histogram): void {
  for (let i = 0; i < BUCKETS; i++) to[i] = (to[i] as number) + (from[i] as number);
}

/** The duration that a share of all stays below, µs; NaN when nothing was counted. */
export function quantileUs(histogram: Histogram, share: number): number {
  let total = 0;
  for (const count of histogram) total += count;
  if (total === 0) return Number.NaN;
  let left = Math.ceil(total * share);
  for (let i = 0; i < BUCKETS; i++) {
    left -= histogram[i] as number;
    if (left <= 0) return middleUs(i);
  }
  return US_MAX;
}

function bucketOf(us: number): number {
  const value = Math.min(Math.max(0, Math.floor(us)), US_MAX);
  if (value < STEPS) return value;
  const power = 31 - Math.clz32(value);
  return power * STEPS + Math.floor((value / 2 ** power - 1) * STEPS);
}

function middleUs(bucket: number): number {
  if (bucket < STEPS) return bucket;
  const low = 2 ** Math.floor(bucket / STEPS) * (1 + (bucket % STEPS) / STEPS);
  const width = 2 ** Math.floor(bucket / STEPS) / STEPS;
  return low + width / 2;
}
