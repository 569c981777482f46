import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDuration, createHistogram, quantileUs } from './histogram';

describe('the histogram', () => {
  it('is exact below 128 µs', () => {
    const histogram = createHistogram();
    for (let us = 0; us < 100; us++) addDuration(histogram, us);
    expect([0, 0.5, 0.99, 1].map((share) => quantileUs(histogram, share))).toEqual([0, 49, 98, 99]);
  });

  it('is within 1.6 % everywhere', () => {
    const durations = fc.array(fc.integer({ min: 0, max: 1_000_000_000_000 }), {
      minLength: 1,
      maxLength: 50,
    });
    fc.assert(
      fc.property(durations, fc.integer({ min: 1, max: 100 }), (list, percent) => {
        const histogram = createHistogram();
        for (const us of list) addDuration(histogram, us);
        const exact = list.toSorted((x, y) => x - y)[Math.ceil((list.length * percent) / 100) - 1] as number;
        const found = quantileUs(histogram, percent / 100);
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact * 0.016);
      }),
    );
  });

  it('never names a duration beyond the longest one, nor any when there is none', () => {
    const histogram = createHistogram();
    expect(quantileUs(histogram, 0.5)).toBe(0);
    addDuration(histogram, 1_000_001);
    expect(quantileUs(histogram, 0.99)).toBeLessThanOrEqual(1_000_001);
  });
});
