/**
 * Luck is a function, not a stream: a draw is a hash of (seed, node, purpose, ordinal), so one more producer,
 * or one changed decision on a branch, changes nobody else's luck. Only integer arithmetic, so every
 * JavaScript engine gives the same bits.
 */

/** The same four arguments give the same number in [0, 2^32), whatever was drawn before. */
export function drawU32(seed: number, node: number, purpose: number, ordinal: number): number {
  return mix(mix(mix(mix(seed) ^ node) ^ purpose) ^ ordinal);
}

/** A draw in [0, bound), bound ≤ 2^32. The bias of the multiplication is below bound / 2^32. */
export function drawBelow(
  bound: number,
  seed: number,
  node: number,
  purpose: number,
  ordinal: number,
): number {
  return Math.floor((drawU32(seed, node, purpose, ordinal) / 0x1_0000_0000) * bound);
}

/** True with the chance numerator / denominator, both integers. */
export function drawChance(
  [numerator, denominator]: readonly [number, number],
  seed: number,
  node: number,
  purpose: number,
  ordinal: number,
): boolean {
  return numerator > 0 && drawBelow(denominator, seed, node, purpose, ordinal) < numerator;
}

/** FNV-1a over UTF-16 units: a name as a number; what a draw is for, or a part of a digest. */
export function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

// Math.imul, never `*`: a product beyond 2^53 is rounded and the sequence collapses into a short cycle.
function mix(x: number): number {
  x = Math.imul(x + 0x9e3779b9, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
