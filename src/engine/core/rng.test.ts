import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawBelow, drawChance, drawU32, hashText } from './rng';

const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const MASK = 0xffff_ffffn;

/** The same function in exact arithmetic: what the 32-bit tricks must come to. */
function drawExact(seed: number, node: number, purpose: number, ordinal: number): number {
  let h = mixExact(BigInt(seed));
  for (const part of [node, purpose, ordinal]) h = mixExact(h ^ BigInt.asUintN(32, BigInt(part)));
  return Number(h);
}

function mixExact(value: bigint): bigint {
  let x = ((value + 0x9e3779b9n) * 0x85ebca6bn) & MASK;
  x = ((x ^ (x >> 13n)) * 0xc2b2ae35n) & MASK;
  return x ^ (x >> 16n);
}

function bitsOf(x: number): number {
  let count = 0;
  for (let rest = x; rest !== 0; rest = (rest & (rest - 1)) >>> 0) count++;
  return count;
}

describe('rng', () => {
  it('agrees with exact integer arithmetic', () => {
    fc.assert(
      fc.property(u32, fc.integer({ min: -1, max: 65_535 }), u32, u32, (seed, node, purpose, ordinal) => {
        expect(drawU32(seed, node, purpose, ordinal)).toBe(drawExact(seed, node, purpose, ordinal));
      }),
      { numRuns: 2_000 },
    );
  });

  it('does not fall into a short cycle', () => {
    const seen = new Set<number>();
    for (let ordinal = 0; ordinal < 100_000; ordinal++) seen.add(drawU32(1, 2, 3, ordinal));
    // Mixing is a bijection of the last argument: no two ordinals below 2^32 meet.
    expect(seen.size).toBe(100_000);
  });

  it.each([
    ['seed', 0],
    ['node', 1],
    ['purpose', 2],
    ['ordinal', 3],
  ])('one bit of the %s changes about half of the bits', (_, place) => {
    let flipped = 0;
    let cases = 0;
    for (let i = 0; i < 400; i++) {
      const args = [i * 7 + 1, i % 50, hashText(`purpose-${i}`), i * 13] as [number, number, number, number];
      const before = drawU32(...args);
      for (let bit = 0; bit < 32; bit++) {
        const other = [...args] as typeof args;
        other[place] = ((args[place] as number) ^ (1 << bit)) >>> 0;
        flipped += bitsOf((before ^ drawU32(...other)) >>> 0);
        cases++;
      }
    }
    expect(flipped / cases).toBeGreaterThan(15.5);
    expect(flipped / cases).toBeLessThan(16.5);
  });

  it('gives the streams of two nodes, and of two purposes, that agree no more than by chance', () => {
    const agreement = (x: (i: number) => number, y: (i: number) => number) => {
      let equal = 0;
      for (let i = 0; i < 20_000; i++) if ((x(i) & 15) === (y(i) & 15)) equal++;
      return equal / 20_000;
    };
    const chance = 1 / 16;
    expect(
      agreement(
        (i) => drawU32(1, 1, 9, i),
        (i) => drawU32(1, 2, 9, i),
      ),
    ).toBeCloseTo(chance, 2);
    expect(
      agreement(
        (i) => drawU32(1, 1, 9, i),
        (i) => drawU32(1, 1, 10, i),
      ),
    ).toBeCloseTo(chance, 2);
    expect(
      agreement(
        (i) => drawU32(1, 1, 9, i),
        (i) => drawU32(2, 1, 9, i),
      ),
    ).toBeCloseTo(chance, 2);
    // The ordinal of one is not the node of another.
    expect(
      agreement(
        (i) => drawU32(1, i, 9, 5),
        (i) => drawU32(1, 5, 9, i),
      ),
    ).toBeCloseTo(chance, 2);
  });

  it('draws evenly below a bound', () => {
    const hits = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) {
      const draw = drawBelow(7, 42, 3, hashText('even'), i);
      hits[draw] = (hits[draw] as number) + 1;
    }
    for (const count of hits) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it('takes a chance as often as it says, never at 0 and always at 1', () => {
    const share = (chance: readonly [number, number]) => {
      let hits = 0;
      for (let i = 0; i < 20_000; i++) if (drawChance(chance, 1, 0, 77, i)) hits++;
      return hits / 20_000;
    };
    expect(share([0, 1])).toBe(0);
    expect(share([1, 1])).toBe(1);
    expect(share([1, 10])).toBeCloseTo(0.1, 2);
  });

  it('turns a name into the number that FNV-1a gives', () => {
    expect(hashText('')).toBe(0x811c9dc5);
    expect(hashText('a')).toBe(0xe40c292c);
    expect(hashText('foobar')).toBe(0xbf9cf968);
  });
});
