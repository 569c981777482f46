import { TIME_MAX_US } from './limits';

/** Largest first: a time is written with the largest unit that divides it. */
const UNITS_US = [
  ['h', 3_600_000_000],
  ['m', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1_000],
  ['us', 1],
] as const;

const DURATION = /^(\d{1,14})(?:\.(\d{1,6}))?(us|ms|s|m|h)$/;

/**
 * Reads a time such as "5s", "0.25ms" or "2m" as whole microseconds.
 * Undefined when the text is no time, is no whole number of microseconds, or exceeds a year.
 */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  const [, whole = '', fraction = '', unit] = match;
  const unitUs = UNITS_US.find(([name]) => name === unit)![1];
  const parts = 1_000_000;
  // The fraction has at most six digits, so the product stays below 2^53 and is exact.
  const fractionUs = (Number(fraction.padEnd(6, '0')) * unitUs) / parts;
  const us = Number(whole) * unitUs + fractionUs;
  return Number.isInteger(fractionUs) && us <= TIME_MAX_US ? us : undefined;
}

/** Writes whole microseconds with the largest unit that says them exactly: 90 s is "90s", 60 s is "1m". */
export function formatDuration(us: number): string {
  const [name, unitUs] = UNITS_US.find(([, size]) => us % size === 0)!;
  return us === 0 ? '0s' : `${us / unitUs}${name}`;
}
