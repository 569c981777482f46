/** A line through the graph: corners and cubic curves, in px of the graph. */
type Segment =
  | readonly ['M' | 'L', x: number, y: number]
  | readonly ['C', x1: number, y1: number, x2: number, y2: number, x: number, y: number];

export type Path = readonly Segment[];

/** Points of a path at equal distances along it, as x, y, x, y … */
export interface PointTable {
  readonly points: Float32Array;
  readonly lengthPx: number;
}

export const TABLE_POINTS = 64;

const round = (value: number): number => Math.round(value * 100) / 100;

export function svgPath(path: Path): string {
  return path.map(([command, ...numbers]) => command + numbers.map(round).join(' ')).join('');
}

/** Through the given corners with straight lines. */
export function polyline(...corners: readonly (readonly [x: number, y: number])[]): Path {
  return corners.map(([x, y], i) => [i === 0 ? 'M' : 'L', x, y]);
}

/** From left to right with level ends. */
export function levelCurve(x1: number, y1: number, x2: number, y2: number): Path {
  const middle = (x1 + x2) / 2;
  return [
    ['M', x1, y1],
    ['C', middle, y1, middle, y2, x2, y2],
  ];
}

/** The same curve as a band of the given height. */
export function levelBand(x1: number, y1: number, x2: number, y2: number, height: number): string {
  const half = height / 2;
  const upper = levelCurve(x1, y1 - half, x2, y2 - half);
  const lower = levelCurve(x2, y2 + half, x1, y1 + half);
  return `${svgPath(upper)}L${svgPath(lower).slice(1)}Z`;
}

/** Steps in which a curve is measured. */
const CURVE_STEPS = 48;

export function pointTable(path: Path, count = TABLE_POINTS): PointTable {
  const fine = flatten(path);
  const walked = new Float64Array(fine.length / 2);
  for (let i = 1; i < walked.length; i++) {
    const dx = fine[2 * i]! - fine[2 * i - 2]!;
    const dy = fine[2 * i + 1]! - fine[2 * i - 1]!;
    walked[i] = walked[i - 1]! + Math.hypot(dx, dy);
  }
  const lengthPx = walked.at(-1) ?? 0;
  const points = new Float32Array(2 * count);
  let i = 1;
  for (let n = 0; n < count; n++) {
    const at = (lengthPx * n) / (count - 1);
    while (i < walked.length - 1 && walked[i]! < at) i++;
    const span = walked[i]! - walked[i - 1]! || 1;
    const share = Math.min(1, (at - walked[i - 1]!) / span);
    points[2 * n] = fine[2 * i - 2]! + share * (fine[2 * i]! - fine[2 * i - 2]!);
    points[2 * n + 1] = fine[2 * i - 1]! + share * (fine[2 * i + 1]! - fine[2 * i - 1]!);
  }
  return { points, lengthPx };
}

/** Where a share (0 to 1) of the way lies, written to `into` to spare an allocation in each frame. */
export function pointAt({ points }: PointTable, share: number, into: { x: number; y: number }): void {
  const last = points.length / 2 - 1;
  const at = Math.min(1, Math.max(0, share)) * last;
  const i = Math.min(last - 1, at | 0);
  const part = at - i;
  const x = points[2 * i]!;
  const y = points[2 * i + 1]!;
  into.x = x + part * (points[2 * i + 2]! - x);
  into.y = y + part * (points[2 * i + 3]! - y);
}

function flatten(path: Path): number[] {
  const points: number[] = [];
  let x = 0;
  let y = 0;
  for (const segment of path) {
    if (segment[0] === 'C') {
      const [, x1, y1, x2, y2, x3, y3] = segment;
      for (let n = 1; n <= CURVE_STEPS; n++) {
        const t = n / CURVE_STEPS;
        const u = 1 - t;
        const a = u * u * u;
        const b = 3 * u * u * t;
        const c = 3 * u * t * t;
        const d = t * t * t;
        points.push(a * x + b * x1 + c * x2 + d * x3, a * y + b * y1 + c * y2 + d * y3);
      }
      x = x3;
      y = y3;
    } else {
      [, x, y] = segment;
      points.push(x, y);
    }
  }
  return points;
}
