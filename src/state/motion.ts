import type { Frame } from '../worker/protocol';

export { FLIGHT_GLYPHS } from '../worker/frame/flights';

/** What moves: replaced with each frame, up to sixty times a second, and therefore kept beside React. */
export type Moving = Pick<
  Frame,
  'nowUs' | 'step' | 'playing' | 'pacing' | 'rateReached' | 'followed' | 'followedKey' | 'story' | 'motion'
>;

let current: Moving | null = null;
const listeners = new Set<() => void>();

/** The newest frame's moving parts; null before the first one. */
export function movingNow(): Moving | null {
  return current;
}

/** Calls back after each frame until the returned function is called. */
export function onMoving(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function publishMoving(moving: Moving | null): void {
  current = moving;
  for (const listener of [...listeners]) listener();
}
