import fc from 'fast-check';
import { expect, it } from 'vitest';
import { levenshtein, nearest } from './nearest';

it.each([
  ['kitten', 'sitting', 3],
  ['', 'abc', 3],
  ['flushDiskTyp', 'flushDiskType', 1],
  ['same', 'same', 0],
])('%s is %s in %i steps', (a, b, steps) => {
  expect(levenshtein(a, b)).toBe(steps);
});

it('measures the same in both directions, and never more than the longer word', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
      expect(levenshtein(a, b)).toBe(levenshtein(b, a));
      expect(levenshtein(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});

it('ignores the case of letters', () => {
  expect(nearest('FLUSHDISKTYPE', ['brokerRole', 'flushDiskType'])).toBe('flushDiskType');
});

it('suggests nothing for a word that is far from all', () => {
  expect(nearest('banana', ['flushDiskType', 'brokerRole'])).toBeUndefined();
});

it('compares no word that is longer than any name', () => {
  expect(nearest('x'.repeat(65), ['x'.repeat(64)])).toBeUndefined();
});
