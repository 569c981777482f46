import type { Motion } from '../../../worker/protocol';
import type { RouteIndex } from './route-index';

/** Above so many glyphs on one way a band stands for them, with the rate in words. */
export const GLYPHS_MAX = 200;
/** Slower than this no band is drawn: signs of life are no flow. */
const FLOW_MIN_PER_SECOND = 5;

export interface Band {
  readonly route: number;
  readonly perSecond: number;
}

/** Counts the glyphs on each way, both directions together. `counts` has a place for each route. */
export function countGlyphs({ from, to, count }: Motion, index: RouteIndex, counts: Uint16Array): void {
  counts.fill(0);
  for (let i = 0; i < count; i++) {
    const slot = index.slot(from[i]!, to[i]!);
    if (slot >= 0) counts[slot >> 1]!++;
  }
}

/** The ways that are drawn as bands, and what goes along each of them in its own direction. */
export function bandsOf(
  { flows }: Motion,
  index: RouteIndex,
  isBand: (route: number) => boolean,
): readonly Band[] {
  const bands: Band[] = [];
  for (let i = 0; i < flows.from.length; i++) {
    const slot = index.slot(flows.from[i]!, flows.to[i]!);
    const perSecond = flows.perSecond[i]!;
    if (slot < 0 || (slot & 1) === 1 || perSecond < FLOW_MIN_PER_SECOND || !isBand(slot >> 1)) continue;
    bands.push({ route: slot >> 1, perSecond });
  }
  return bands;
}

/** Ten times the rate is 2.5 px more: 5 a second 3 px, 5,000 a second 10.5 px. */
export const bandWidthPx = (perSecond: number): number => Math.min(14, 1.25 + 2.5 * Math.log10(perSecond));
