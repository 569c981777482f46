import type { Curves } from '../../worker/protocol';

/** One consumer group's lag, and how its line is told from those of others. */
export interface GroupLag {
  readonly group: string;
  readonly values: Float64Array;
  readonly ink: string;
  readonly dashed: boolean;
}

const STROKES = [
  { ink: 'var(--c-ink)', dashed: false },
  { ink: 'var(--c-ink-3)', dashed: true },
  { ink: 'var(--c-ink-3)', dashed: false },
  { ink: 'var(--c-ink)', dashed: true },
] as const;

/** The lags of several groups, of many those that lag most; nothing while one curve tells all. */
export function groupLags({ lags }: Curves, groupsMax: number): readonly GroupLag[] {
  if (lags.length < 2) return [];
  const drawn = [...lags]
    .sort((x, y) => (newest(y.values) ?? 0) - (newest(x.values) ?? 0))
    .slice(0, Math.min(groupsMax, STROKES.length));
  return lags
    .filter((lag) => drawn.includes(lag))
    .map((lag, i) => ({ ...lag, ...(STROKES[i] as (typeof STROKES)[number]) }));
}

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
