import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineKind, NONE, packSlot, unpackSlot } from './kinds';
import { CHUNK_ENTRIES, createTraceState, digestText, rollDigest, TraceWindow } from './trace';

const said = defineKind('trace-test.said', 'EN-1', { a: 'n:count', say: { en: 'x', zh: 'x' } });
const heard = defineKind('trace-test.heard', 'EN-1', { a: 'n:count', say: { en: 'x', zh: 'x' } });

/** Entry i at time 10·i, each third one caused by the one before it. */
function fill(window: TraceWindow, from: number, to: number): void {
  for (let id = from; id < to; id++) {
    window.push(
      id,
      id * 10,
      id % 7,
      id % 2 === 0 ? said.id : heard.id,
      id % 3 === 0 ? id - 1 : -1,
      id,
      2 * id,
    );
  }
}

describe('the trace window', () => {
  it('gives back what was written', () => {
    const window = new TraceWindow();
    fill(window, 0, 20);
    expect(window.get(9)).toEqual({ id: 9, timeUs: 90, node: 2, kind: heard, cause: 8, a: 9, b: 18 });
    expect(window.get(10)?.cause).toBe(-1);
    expect([window.get(-1), window.get(20)]).toEqual([undefined, undefined]);
  });

  it('tells what the environment did from what a process did', () => {
    const window = new TraceWindow();
    window.push(0, 0, -1, said.id, -1, 0, 0);
    expect(window.get(0)?.node).toBe(-1);
  });

  it('keeps the newest entries only, whole chunks of them', () => {
    const window = new TraceWindow(2 * CHUNK_ENTRIES);
    fill(window, 0, 3 * CHUNK_ENTRIES + 5);
    expect(window.firstId).toBe(2 * CHUNK_ENTRIES);
    expect(window.endId).toBe(3 * CHUNK_ENTRIES + 5);
    expect(window.get(window.firstId - 1)).toBeUndefined();
    expect(window.get(window.firstId)?.a).toBe(window.firstId);
  });

  it('holds times that lie further apart than a chunk can count', () => {
    const window = new TraceWindow();
    const farUs = 0xffff_ffff * 3;
    window.push(0, -120_000_000, 0, said.id, -1, 0, 0);
    window.push(1, farUs, 0, said.id, 0, 1, 0);
    window.push(2, farUs + 1, 0, said.id, 0, 2, 0);
    expect([0, 1, 2].map((id) => window.get(id)?.timeUs)).toEqual([-120_000_000, farUs, farUs + 1]);
  });

  it('visits a range in order, and stops when told', () => {
    const window = new TraceWindow();
    fill(window, 0, CHUNK_ENTRIES + 10);
    const ids: number[] = [];
    window.scan(CHUNK_ENTRIES - 2, CHUNK_ENTRIES + 2, ({ id }) => {
      ids.push(id);
      return true;
    });
    expect(ids).toEqual([-2, -1, 0, 1].map((d) => CHUNK_ENTRIES + d));
    let visits = 0;
    window.scan(0, 100, () => {
      visits++;
      return visits < 3;
    });
    expect(visits).toBe(3);
  });

  it('is after a cut what it was at that moment', () => {
    const size = fc.integer({ min: 0, max: 3 * CHUNK_ENTRIES });
    fc.assert(
      fc.property(size, size, size, (first, cut, more) => {
        const window = new TraceWindow();
        const straight = new TraceWindow();
        fill(window, 0, first);
        window.cut(Math.min(cut, first));
        const from = window.endId;
        fill(window, from, from + more);
        fill(straight, 0, from + more);
        expect(window.endId).toBe(straight.endId);
        const seen: unknown[] = [];
        const expected: unknown[] = [];
        window.scan(from - 3, from + 3, (entry) => seen.push(entry) > 0);
        straight.scan(from - 3, from + 3, (entry) => expected.push(entry) > 0);
        expect(seen).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('starts anew where the run was taken back to before it', () => {
    const window = new TraceWindow(CHUNK_ENTRIES);
    fill(window, 0, 3 * CHUNK_ENTRIES);
    window.cut(5);
    expect([window.firstId, window.endId]).toEqual([5, 5]);
    fill(window, 5, 8);
    expect(window.get(7)?.a).toBe(7);
  });
});

describe('the digest', () => {
  const entry = { timeUs: 5, node: 1, kind: said, cause: 3, a: 10, b: 20 };
  const digest = (...entries: (typeof entry)[]) => {
    const state = createTraceState();
    for (const { timeUs, node, kind, cause, a, b } of entries)
      rollDigest(state, timeUs, node, kind, cause, a, b);
    return digestText(state);
  };

  it('is sixteen hexadecimal digits', () => {
    expect(digest()).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each([
    ['the time', { timeUs: 6 }],
    ['the upper half of the time', { timeUs: 5 + 0x1_0000_0000 }],
    ['the node', { node: 2 }],
    ['the kind', { kind: heard }],
    ['the cause', { cause: 4 }],
    ['a', { a: 11 }],
    ['b', { b: 21 }],
  ])('changes with %s', (_, change) => {
    expect(digest({ ...entry, ...change })).not.toBe(digest(entry));
  });

  it('changes with the order and the number of entries', () => {
    const other = { ...entry, a: 99 };
    expect(digest(entry, other)).not.toBe(digest(other, entry));
    expect(digest(entry, entry)).not.toBe(digest(entry));
  });

  it('does not depend on the order in which kinds were defined', () => {
    expect(said.hash).toBe(defineKind('trace-test.said', 'EN-1', { say: { en: 'x', zh: 'x' } }).hash);
  });
});

describe('large values of a slot', () => {
  it('durations and sizes keep their value to a millionth, other slots to the bit', () => {
    for (const value of [0, 1, 2 ** 31 - 1, 2 ** 31, 7.2e9, 17_460_000_000, 8.6e12]) {
      const back = unpackSlot('us', packSlot('us', value));
      expect(Math.abs(back - value) / Math.max(1, value)).toBeLessThan(2e-6);
      expect(packSlot('bytes', value)).toBeLessThan(NONE);
    }
    expect(unpackSlot('us', packSlot('us', NONE))).toBe(NONE);
    expect(unpackSlot('offset', packSlot('offset', 3_000_000_000))).toBe(3_000_000_000);
    expect(packSlot('record', -1)).toBe(NONE);
  });
});
