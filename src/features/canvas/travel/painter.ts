import type { MoveView } from '../../../engine/view';
import type { MessageState } from '../../../ui/glyph/message-state';
import { type Palette, readPalette } from '../../../ui/glyph/paint';
import { createSpriteSheet, type SpriteKind, type SpriteSheet } from '../../../ui/glyph/sprites';
import type { Motion } from '../../../worker/protocol';
import { type PointTable, pointAt } from '../path';
import { bandsOf, bandWidthPx, countGlyphs, GLYPHS_MAX } from './bands';
import type { RouteIndex } from './route-index';

const GLYPH_PX = 12;
const COPY_PX = 9;
const BEAT_RADIUS_PX = 2.6;
const REPLY_RADIUS_PX = 4;
const ARROW_PX = 5;
const AHEAD = 0.02;
const BAND_OPACITY = 0.2;
/** Above so many glyphs in all, plain squares and dots are drawn at once instead of one picture each. */
const SPRITES_MAX = 400;
const IN_FLIGHT: MessageState = {};
/** No travel: at the start, on the way as an arrow, at the end. */
const STILL = { start: 0.04, middle: 0.5, end: 0.96 } as const;
/** As large as in its lane; of many, all but the newest are left out. */
const MOVED_PX = 14;
const WAY_OPACITY = 0.55;
const RING_GAP_PX = 2.9;
const RING_PX = 1.8;
const MOVED: Readonly<Record<MoveView['as'], MessageState>> = {
  retry: { retry: 1 },
  deadLetter: { dead: true },
  delayed: { delayed: true },
  timed: { delayed: true },
  half: { half: true },
  discarded: { dead: true },
};

interface Transform {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Scene {
  readonly motion: Motion;
  readonly nowUs: number;
  readonly index: RouteIndex;
  readonly transform: Transform;
  /** Time passes too fast for single glyphs. */
  readonly asBands: boolean;
  readonly still: boolean;
  /** What each number in `Motion.glyph` is drawn as. */
  readonly kinds: readonly (SpriteKind | 'copy')[];
  /** What moves inside a process, with its way. */
  readonly moves: readonly { readonly move: MoveView; readonly table: PointTable }[];
  readonly followed: number | null;
  readonly selected: number | null;
}

/** Draws what is on the wire. Where a glyph stands is a function of the time alone. */
export class Painter {
  private palette: Palette = readPalette();
  private sheet: SpriteSheet = createSpriteSheet(1, this.palette);
  private dpr = 1;
  private counts = new Uint16Array(0);
  private readonly point = { x: 0, y: 0 };
  private readonly ahead = { x: 0, y: 0 };
  private found: { readonly x: number; readonly y: number } | undefined;

  constructor(private readonly context: CanvasRenderingContext2D) {}

  /** Reads the theme again, and the resolution of the screen. */
  refresh(widthPx: number, heightPx: number, dpr: number): void {
    this.dpr = dpr;
    this.palette = readPalette();
    this.sheet = createSpriteSheet(dpr, this.palette);
    this.context.canvas.width = Math.round(widthPx * dpr);
    this.context.canvas.height = Math.round(heightPx * dpr);
  }

  /** Returns where the followed message was drawn, in px of the canvas; undefined when it does not travel. */
  draw(scene: Scene): { readonly x: number; readonly y: number } | undefined {
    const { context, dpr } = this;
    this.found = undefined;
    const routes = scene.index.routes.length;
    if (this.counts.length !== routes) this.counts = new Uint16Array(routes);
    countGlyphs(scene.motion, scene.index, this.counts);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.setTransform(dpr, 0, 0, dpr, 0, 0);
    this.drawBands(scene);
    this.drawGlyphs(scene);
    this.drawMoves(scene);
    return this.found;
  }

  /** Each on its own way, which is drawn as long as something is on it. */
  private drawMoves(scene: Scene): void {
    const { context, palette, point } = this;
    const { zoom, x, y } = scene.transform;
    if (scene.asBands || scene.moves.length === 0) return;
    const scale = Math.min(1.5, Math.max(0.6, zoom));
    const ways = new Set(scene.moves.map(({ table }) => table));
    context.strokeStyle = palette['ink-2'];
    context.globalAlpha = WAY_OPACITY;
    context.lineWidth = 1.3 * scale;
    context.setLineDash([4 * scale, 3 * scale]);
    context.beginPath();
    for (const { points } of ways) {
      for (let n = 0; n < points.length; n += 2) {
        if (n === 0) context.moveTo(points[0]! * zoom + x, points[1]! * zoom + y);
        else context.lineTo(points[n]! * zoom + x, points[n + 1]! * zoom + y);
      }
    }
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
    for (const { move, table } of scene.moves) {
      const share = shareBetween(move.sinceUs, move.untilUs, scene.nowUs);
      pointAt(table, scene.still ? stillShare(share) : share, point);
      const px = point.x * zoom + x;
      const py = point.y * zoom + y;
      this.place(MOVED[move.as], px, py, MOVED_PX * scale);
      this.ring(scene, move.message, px, py, MOVED_PX * scale);
    }
  }

  /** The ring of the message that is followed or selected. */
  private ring({ followed, selected }: Scene, message: number, x: number, y: number, sizePx: number): void {
    if (message < 0 || (message !== followed && message !== selected)) return;
    if (message === followed) this.found = { x, y };
    const side = sizePx + 2 * RING_GAP_PX;
    this.context.strokeStyle = this.palette.ink;
    this.context.lineWidth = RING_PX;
    this.context.strokeRect(x - side / 2, y - side / 2, side, side);
  }

  private isBand(route: number, scene: Scene): boolean {
    return scene.asBands || this.counts[route]! > GLYPHS_MAX;
  }

  private drawBands(scene: Scene): void {
    const { context, palette } = this;
    const { zoom, x, y } = scene.transform;
    context.strokeStyle = palette['ink-2'];
    context.globalAlpha = BAND_OPACITY;
    for (const { route, perSecond } of bandsOf(scene.motion, scene.index, (way) => this.isBand(way, scene))) {
      const { points } = scene.index.tables[route]!;
      context.lineWidth = bandWidthPx(perSecond) * zoom;
      context.beginPath();
      for (let n = 0; n < points.length; n += 2)
        context.lineTo(points[n]! * zoom + x, points[n + 1]! * zoom + y);
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  private drawGlyphs(scene: Scene): void {
    const { context, palette, point } = this;
    const { motion, index, nowUs, kinds, still } = scene;
    const { zoom, x, y } = scene.transform;
    const scale = Math.min(1.5, Math.max(0.6, zoom));
    const crowded = motion.count > SPRITES_MAX;
    const squares = new Path2D();
    const ink = new Path2D();
    for (let i = 0; i < motion.count; i++) {
      const slot = index.slot(motion.from[i]!, motion.to[i]!);
      if (slot < 0 || this.isBand(slot >> 1, scene)) continue;
      const kind = kinds[motion.glyph[i]!]!;
      const back = (slot & 1) === 1;
      const share = shareOf(motion, i, nowUs);
      const at = still ? stillShare(share) : share;
      const table = index.tables[slot >> 1]!;
      pointAt(table, back ? 1 - at : at, point);
      const px = point.x * zoom + x;
      const py = point.y * zoom + y;
      if (kind !== 'beat') this.ring(scene, motion.message[i]!, px, py, GLYPH_PX * scale);
      if (still && at === STILL.middle) {
        pointAt(table, at + (back ? -AHEAD : AHEAD), this.ahead);
        const { x: nextX, y: nextY } = this.ahead;
        addArrow(ink, px, py, nextX * zoom + x - px, nextY * zoom + y - py, ARROW_PX * scale);
      } else if (kind === 'beat') {
        addDot(ink, px, py, BEAT_RADIUS_PX * scale);
      } else if (crowded && kind === 'reply-ok') {
        addDot(ink, px, py, REPLY_RADIUS_PX * scale);
      } else if (crowded && kind !== 'reply-other') {
        const side = (kind === 'copy' ? COPY_PX : GLYPH_PX) * scale;
        squares.rect(px - side / 2, py - side / 2, side, side);
      } else {
        this.stamp(kind, px, py, scale);
      }
    }
    context.fillStyle = palette.surface;
    context.strokeStyle = palette.ink;
    context.lineWidth = scale;
    context.fill(squares);
    context.stroke(squares);
    context.fillStyle = palette.ink;
    context.fill(ink);
  }

  private stamp(kind: SpriteKind | 'copy', x: number, y: number, scale: number): void {
    if (kind === 'copy') this.place(IN_FLIGHT, x, y, COPY_PX * scale);
    else this.place(kind, x, y, GLYPH_PX * scale);
  }

  private place(kind: SpriteKind, x: number, y: number, sizePx: number): void {
    const { image, widthPx, heightPx } = this.sheet.get(kind, sizePx);
    this.context.drawImage(image, x - widthPx / 2, y - heightPx / 2, widthPx, heightPx);
  }
}

/** How much of its way a glyph has gone. */
export function shareOf({ sentUs, arriveUs }: Motion, i: number, nowUs: number): number {
  return shareBetween(sentUs[i]!, arriveUs[i]!, nowUs);
}

function shareBetween(fromUs: number, toUs: number, nowUs: number): number {
  const span = toUs - fromUs;
  return span <= 0 ? 1 : Math.min(1, Math.max(0, (nowUs - fromUs) / span));
}

function stillShare(share: number): number {
  if (share < 1 / 3) return STILL.start;
  return share < 2 / 3 ? STILL.middle : STILL.end;
}

function addDot(path: Path2D, x: number, y: number, radius: number): void {
  path.moveTo(x + radius, y);
  path.arc(x, y, radius, 0, 2 * Math.PI);
}

function addArrow(path: Path2D, x: number, y: number, dx: number, dy: number, size: number): void {
  const length = Math.hypot(dx, dy) || 1;
  const ux = (dx / length) * size;
  const uy = (dy / length) * size;
  path.moveTo(x + ux, y + uy);
  path.lineTo(x - ux - uy * 0.7, y - uy + ux * 0.7);
  path.lineTo(x - ux + uy * 0.7, y - uy - ux * 0.7);
  path.closePath();
}
