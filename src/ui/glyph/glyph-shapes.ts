import { type MessageState, onSlave } from './message-state';
import type { Paint } from './paint';

/** One painted path of a glyph, in units of its 16-unit square. */
export interface GlyphShape {
  readonly id: string;
  readonly d: string;
  readonly fill?: Paint;
  readonly stroke?: Paint;
  readonly width?: number;
  readonly dash?: readonly number[];
}

/** The rows, top to bottom. The gap above the last is the network. */
export const GLYPH_ROWS = {
  mem: { y: 0, height: 4.9 },
  disk: { y: 5.6, height: 4.7 },
  slave: { y: 11.7, height: 4.3 },
} as const;

/** Rows end under the outline, so that its round corners need no clipping. */
const EDGE = 0.6;
const OUTLINE =
  'M2.1 .6h11.8a1.5 1.5 0 0 1 1.5 1.5v11.8a1.5 1.5 0 0 1-1.5 1.5H2.1a1.5 1.5 0 0 1-1.5-1.5V2.1a1.5 1.5 0 0 1 1.5-1.5z';
const LEFT_HALF = 'M8 .6H2.1A1.5 1.5 0 0 0 .6 2.1v11.8a1.5 1.5 0 0 0 1.5 1.5H8';
const RIGHT_HALF = 'M8 .6h5.9a1.5 1.5 0 0 1 1.5 1.5v11.8a1.5 1.5 0 0 1-1.5 1.5H8';
const OCTAGON = 'M5 .7h6L15.3 5v6L11 15.3H5L.7 11V5z';

type Row = keyof typeof GLYPH_ROWS;

/** The paths of a message glyph, in drawing order. One geometry serves the page (SVG) and the canvas. */
export function glyphShapes(state: MessageState): readonly GlyphShape[] {
  if (state.lost) {
    return [
      { id: 'ground', d: OUTLINE, fill: 'lost-tint', stroke: 'lost', width: 1.4, dash: [3, 1.9] },
      { id: 'cross', d: 'M4.3 4.3l7.4 7.4M11.7 4.3l-7.4 7.4', stroke: 'lost', width: 2.2 },
    ];
  }
  if (state.dead) {
    return [
      { id: 'octagon', d: OCTAGON, fill: 'surface', stroke: 'ink', width: 1.4 },
      { id: 'bar', d: 'M4.4 8h7.2', stroke: 'ink', width: 2 },
    ];
  }
  if (state.duplicate) {
    return [
      { id: 'behind', d: square(3.6, 11.8), fill: 'surface', stroke: 'anom', width: 1.3 },
      { id: 'front', d: square(0.6, 11.8), fill: 'anom-tint', stroke: 'anom', width: 1.3 },
    ];
  }
  if (state.outOfOrder) {
    return [
      { id: 'ground', d: OUTLINE, fill: 'anom-tint', stroke: 'anom', width: 1.2 },
      {
        id: 'arrows',
        d: 'M3.2 5.6h8.2M9 3.2l2.6 2.4L9 8M12.8 10.6H4.6M7 8.2l-2.6 2.4L7 13',
        stroke: 'anom',
        width: 1.3,
      },
    ];
  }
  if (state.consumed) {
    return [
      { id: 'ground', d: OUTLINE, fill: 'surface', stroke: 'ink-3', width: 1.2 },
      { id: 'tick', d: 'M4 8.4l2.8 2.8L12 5.4', stroke: 'ink', width: 1.7 },
    ];
  }
  if (state.delayed) {
    return [
      { id: 'ground', d: OUTLINE, fill: 'surface', stroke: 'ink', width: 1.2 },
      {
        id: 'clock',
        d: 'M3.6 8a4.4 4.4 0 1 0 8.8 0a4.4 4.4 0 1 0-8.8 0zM8 5.4V8l1.9 1.3',
        stroke: 'ink',
        width: 1.2,
      },
    ];
  }
  const right = state.half ? 8 : 16 - EDGE;
  return [
    { id: 'ground', d: OUTLINE, fill: 'surface' },
    ...rowShapes(state, right),
    ...(state.half
      ? [
          { id: 'left', d: LEFT_HALF, stroke: 'ink', width: 1.2 } as const,
          { id: 'right', d: RIGHT_HALF, stroke: 'ink', width: 1.2, dash: [1.8, 1.8] } as const,
        ]
      : [{ id: 'outline', d: OUTLINE, stroke: 'ink', width: 1.2 } as const]),
    ...(state.retry === undefined ? [] : RETRY_BADGE),
  ];
}

function rowShapes(state: MessageState, right: number): GlyphShape[] {
  const shapes: GlyphShape[] = [];
  if (state.mem === 'volatile') shapes.push(...hatchedRow('mem', right, 'mem-tint', 'mem'));
  if (state.mem === 'calm') shapes.push({ id: 'mem', d: rowPath('mem', right), fill: 'cache' });
  if (state.disk) shapes.push({ id: 'disk', d: rowPath('disk', right), fill: 'disk' });
  if (state.slave === 'unflushed') shapes.push(...hatchedRow('slave', right, 'slave-tint', 'slave'));
  else if (onSlave(state)) shapes.push({ id: 'slave', d: rowPath('slave', right), fill: 'slave' });
  return shapes;
}

const RETRY_BADGE: readonly GlyphShape[] = [
  { id: 'badge', d: 'M9.5 2a5 5 0 1 0 10 0a5 5 0 1 0-10 0z', fill: 'ink' },
  { id: 'turn', d: 'M16.6 1.2a2.3 2.3 0 1 0 .2 1.6M17-.4v1.9h-1.9', stroke: 'surface', width: 1.1 },
];

function square(at: number, side: number): string {
  return `M${at + 1.3} ${at}h${side - 2.6}a1.3 1.3 0 0 1 1.3 1.3v${side - 2.6}a1.3 1.3 0 0 1-1.3 1.3h${2.6 - side}a1.3 1.3 0 0 1-1.3-1.3v${2.6 - side}a1.3 1.3 0 0 1 1.3-1.3z`;
}

function rowBand(row: Row): readonly [top: number, bottom: number] {
  const { y, height } = GLYPH_ROWS[row];
  return [Math.max(y, EDGE), Math.min(y + height, 16 - EDGE)];
}

function rowPath(row: Row, right: number): string {
  const [top, bottom] = rowBand(row);
  return `M${EDGE} ${top}H${right}V${bottom}H${EDGE}z`;
}

function hatchedRow(row: 'mem' | 'slave', right: number, ground: Paint, stripe: Paint): GlyphShape[] {
  const [top, bottom] = rowBand(row);
  return [
    { id: row, d: rowPath(row, right), fill: ground },
    { id: `${row}-stripes`, d: stripes(EDGE, right, top, bottom), fill: stripe },
  ];
}

const STRIPE_PITCH = 4.57;
const STRIPE_WIDTH = 2.38;
const STRIPE_SLANT = 0.7;

/** Slanted stripes inside a row: parallelograms cut off at its two ends. */
function stripes(left: number, right: number, top: number, bottom: number): string {
  const lean = STRIPE_SLANT * (bottom - top);
  const round = (value: number) => Math.round(value * 100) / 100;
  let d = '';
  for (let x = -1.14 - STRIPE_PITCH; x < right + lean; x += STRIPE_PITCH) {
    const corners = cutOff(
      [
        [x, top],
        [x + STRIPE_WIDTH, top],
        [x + STRIPE_WIDTH - lean, bottom],
        [x - lean, bottom],
      ],
      left,
      right,
    );
    if (corners.length > 2) d += `M${corners.map(([cx, cy]) => `${round(cx)} ${round(cy)}`).join('L')}z`;
  }
  return d;
}

type Point = readonly [x: number, y: number];

/** The part of a convex polygon between two vertical lines. */
function cutOff(polygon: readonly Point[], left: number, right: number): readonly Point[] {
  return keepSide(
    keepSide(polygon, left, (x) => x >= left),
    right,
    (x) => x <= right,
  );
}

function keepSide(polygon: readonly Point[], edge: number, keeps: (x: number) => boolean): readonly Point[] {
  return polygon.flatMap(([x, y], i): Point[] => {
    const [nextX, nextY] = polygon[(i + 1) % polygon.length]!;
    const here: Point[] = keeps(x) ? [[x, y]] : [];
    if (keeps(x) === keeps(nextX)) return here;
    const crossing: Point = [edge, y + ((edge - x) / (nextX - x)) * (nextY - y)];
    return [...here, crossing];
  });
}
