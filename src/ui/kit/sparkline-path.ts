/** Where a value of the data is drawn, in px. */
export type Place = (value: number) => number;

export interface SparkAxis {
  readonly from: number;
  readonly to: number;
  /** `log` needs a `from` above 0; values below it lie on the edge. */
  readonly scale?: 'linear' | 'log';
}

export function axisPlace({ from, to, scale }: SparkAxis, startPx: number, endPx: number): Place {
  if (scale === 'log') {
    const span = Math.log10(to / from) || 1;
    return (value) => startPx + ((endPx - startPx) * Math.log10(Math.max(value, from) / from)) / span;
  }
  const span = to - from || 1;
  return (value) => startPx + ((endPx - startPx) * (value - from)) / span;
}

/** An SVG path through the points; `NaN` breaks it, one point alone becomes a dot. */
export function linePath(xs: ArrayLike<number>, ys: ArrayLike<number>, placeX: Place, placeY: Place): string {
  let d = '';
  let pen = 'M';
  for (let i = 0; i < xs.length; i++) {
    const y = ys[i]!;
    if (Number.isNaN(y)) {
      pen = 'M';
      continue;
    }
    const point = `${tenth(placeX(xs[i]!))} ${tenth(placeY(y))}`;
    const alone = pen === 'M' && Number.isNaN(ys[i + 1] ?? Number.NaN);
    d += alone ? `M${point}h.1` : pen + point;
    pen = 'L';
  }
  return d;
}

/** Where a line is named: over its point, or below it. */
export interface Named {
  readonly x: number;
  readonly y: number;
  readonly below: boolean;
}

/** Lines of text stand so far apart, and reach at most so far to the right of their point. */
const LINE_PX = 11;
const REACH_PX = 56;
const FIRST_LINE_PX = 10;

/**
 * The baselines of names beside their lines. None stands below `bottom`, where the axis has its figures, or above the
 * chart; a name that finds its place taken stands a line higher.
 */
export function namePlaces(names: readonly Named[], bottom: number): readonly number[] {
  const taken: { readonly x: number; readonly y: number }[] = [];
  return names.map(({ x, y, below }) => {
    const under = y + LINE_PX + 1;
    const over = y - 5;
    let at = below ? under : over;
    if (at > bottom) at = over;
    if (at < FIRST_LINE_PX) at = under;
    const isTaken = () =>
      taken.some((other) => Math.abs(other.x - x) < REACH_PX && Math.abs(other.y - at) < LINE_PX - 1);
    while (isTaken() && at - LINE_PX >= FIRST_LINE_PX) at -= LINE_PX;
    taken.push({ x, y: at });
    return at;
  });
}

const tenth = (px: number) => Math.round(px * 10) / 10;
