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

const tenth = (px: number) => Math.round(px * 10) / 10;
