import { type GlyphShape, glyphShapes } from './glyph-shapes';
import { type MessageState, onSlave } from './message-state';
import type { Paint, Palette } from './paint';

/** What travels on an edge: a message, a reply, one beat of a heartbeat or of a poll. */
export type SpriteKind = MessageState | 'reply-ok' | 'reply-other' | 'beat';

/** A picture drawn once. Place its middle at the point of the path: `x - widthPx / 2`, `y - heightPx / 2`. */
export interface Sprite {
  readonly image: OffscreenCanvas;
  /** Size in CSS px; the image has `dpr` times as many. */
  readonly widthPx: number;
  readonly heightPx: number;
}

type Canvas2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Room around the square for the outline and for the badge of a retry, in glyph units. */
const MARGIN_UNITS = 4;

const REPLY_OK: readonly GlyphShape[] = [
  { id: 'pill', d: pillPath(2, 3, 12, 10), fill: 'ink' },
  { id: 'tick', d: 'M5 8l2 2.2 4-4.4', stroke: 'surface', width: 1.4 },
];
const REPLY_OTHER: readonly GlyphShape[] = [
  { id: 'pill', d: pillPath(2.6, 3.6, 10.8, 8.8), fill: 'surface', stroke: 'ink', width: 1.2 },
];
const BEAT: readonly GlyphShape[] = [{ id: 'dot', d: pillPath(4.6, 4.6, 6.8, 6.8), fill: 'ink' }];

function pillPath(x: number, y: number, width: number, height: number): string {
  const r = height / 2;
  return `M${x + r} ${y}h${width - height}a${r} ${r} 0 0 1 0 ${height}h${height - width}a${r} ${r} 0 0 1 0 ${-height}z`;
}

function spriteShapes(kind: SpriteKind): readonly GlyphShape[] {
  if (kind === 'reply-ok') return REPLY_OK;
  if (kind === 'reply-other') return REPLY_OTHER;
  return kind === 'beat' ? BEAT : glyphShapes(kind);
}

/**
 * Paints a glyph with its top left corner at the origin of `context`, `size` CSS px wide at `dpr` device px each.
 * Never text: the number of an attempt or the word of a status belongs to the page.
 */
function paintGlyph(context: Canvas2D, kind: SpriteKind, size: number, dpr: number, palette: Palette): void {
  const colour = (paint: Paint) => palette[paint];
  context.save();
  context.scale((size * dpr) / 16, (size * dpr) / 16);
  for (const { d, fill, stroke, width, dash } of spriteShapes(kind)) {
    const path = new Path2D(d);
    if (fill) {
      context.fillStyle = colour(fill);
      context.fill(path);
    }
    if (stroke) {
      context.strokeStyle = colour(stroke);
      context.lineWidth = width ?? 1;
      context.setLineDash([...(dash ?? [])]);
      context.stroke(path);
    }
  }
  context.restore();
}

export interface SpriteSheet {
  /** The same kind and size give the same sprite. */
  get(kind: SpriteKind, size: number): Sprite;
}

/** Draws each glyph once for one device pixel ratio and one palette. Make a new sheet when either changes. */
export function createSpriteSheet(dpr: number, palette: Palette): SpriteSheet {
  const sprites = new Map<number, Sprite>();
  return {
    get(kind, size) {
      const key = spriteCode(kind) * 4096 + Math.round(size * 4); // to a quarter px, below 1,024 px
      const known = sprites.get(key);
      if (known) return known;
      const sprite = glyphSprite(kind, size, dpr, palette);
      sprites.set(key, sprite);
      return sprite;
    },
  };
}

/** One sprite, drawn now. */
function glyphSprite(kind: SpriteKind, size: number, dpr: number, palette: Palette): Sprite {
  const margin = (MARGIN_UNITS * size) / 16;
  const sidePx = size + 2 * margin;
  const image = new OffscreenCanvas(Math.ceil(sidePx * dpr), Math.ceil(sidePx * dpr));
  const context = image.getContext('2d');
  if (!context) throw new Error('No 2D context for a sprite');
  context.translate(margin * dpr, margin * dpr);
  paintGlyph(context, kind, size, dpr, palette);
  return { image, widthPx: image.width / dpr, heightPx: image.height / dpr };
}

/** A number per look, so that finding a sprite costs no allocation in a frame. */
export function spriteCode(kind: SpriteKind): number {
  if (kind === 'reply-ok') return -1;
  if (kind === 'reply-other') return -2;
  if (kind === 'beat') return -3;
  const mem = kind.mem === 'volatile' ? 1 : kind.mem === 'calm' ? 2 : 0;
  const slave = kind.slave === 'unflushed' ? 1 : onSlave(kind) ? 2 : 0;
  return (
    mem |
    (slave << 2) |
    (kind.disk ? 1 << 4 : 0) |
    (kind.half ? 1 << 5 : 0) |
    (kind.retry !== undefined ? 1 << 6 : 0) |
    (kind.delayed ? 1 << 7 : 0) |
    (kind.consumed ? 1 << 8 : 0) |
    (kind.outOfOrder ? 1 << 9 : 0) |
    (kind.duplicate ? 1 << 10 : 0) |
    (kind.dead ? 1 << 11 : 0) |
    (kind.lost ? 1 << 12 : 0)
  );
}
