const SECOND_US = 1_000_000;
const STEPS_S = [0, 1, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 43_200, 86_400, 259_200];
/** From this horizon on the first seconds are not told apart. */
const COARSE_FROM_S = 30;
const COARSE_STEP_S = 10;

export interface TimeAxis {
  /** Times at equal distances, µs, from 0 to the horizon. */
  readonly ticks: readonly number[];
  /** Share of the axis at which something due after so long stands, 0 to 1. */
  readonly at: (leftUs: number) => number;
}

/** The time until something is due, drawn so that ten seconds and two hours both have room. */
export function timeAxis(horizonUs: number): TimeAxis {
  const last = STEPS_S.findIndex((step) => step * SECOND_US >= horizonUs);
  const all = STEPS_S.slice(0, last < 0 ? STEPS_S.length : Math.max(3, last) + 1);
  const coarse = (all.at(-1) ?? 0) >= COARSE_FROM_S;
  const ticks = all
    .filter((step) => !coarse || step === 0 || step >= COARSE_STEP_S)
    .map((s) => s * SECOND_US);
  const spans = ticks.length - 1;
  return {
    ticks,
    at: (leftUs) => {
      const next = ticks.findIndex((tick) => tick > leftUs);
      if (next < 0) return 1;
      if (next === 0) return 0;
      const from = ticks[next - 1] as number;
      return (next - 1 + (leftUs - from) / ((ticks[next] as number) - from)) / spans;
    },
  };
}

/** `10 s`, `2 m`, `1 h`: round times of an axis. */
export function tickText(us: number): string {
  const seconds = Math.round(us / SECOND_US);
  if (seconds >= 3_600) return `${seconds / 3_600} h`;
  return seconds >= 60 ? `${seconds / 60} m` : `${seconds} s`;
}

export interface Cluster<T> {
  readonly x: number;
  readonly items: readonly T[];
}

/** What would overlap stands together, at the place of its first. `items` in order of `x`. */
export function clustered<T>(
  items: readonly T[],
  xOf: (item: T) => number,
  widthPx: number,
): readonly Cluster<T>[] {
  const clusters: { x: number; items: T[] }[] = [];
  for (const item of items) {
    const x = xOf(item);
    const last = clusters.at(-1);
    if (last && x - last.x < widthPx) last.items.push(item);
    else clusters.push({ x, items: [item] });
  }
  return clusters;
}
