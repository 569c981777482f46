import type { Curves } from '../../worker/protocol';

/** Acknowledged messages a second: SEND_OK is counted by stretch. */
export function ackedRate({ spanUs, series }: Curves): Float64Array {
  return series.SEND_OK.map((count, i) => (count * 1_000_000) / (spanUs[i] as number));
}

/** Microseconds as milliseconds; gaps stay gaps. */
export const inMs = (valuesUs: Float64Array): Float64Array => valuesUs.map((us) => us / 1_000);

export const inSeconds = (timesUs: Float64Array): Float64Array => timesUs.map((us) => us / 1_000_000);

/** The newest value that is not a gap. */
export function newest(values: ArrayLike<number>): number | undefined {
  for (let i = values.length - 1; i >= 0; i--) if (!Number.isNaN(values[i])) return values[i];
  return undefined;
}
