import { expect, it } from 'vitest';
import { axisEnd, largest, niceMax, shownStretch } from './scale';

it('ends an axis at a round number that holds the largest value', () => {
  expect([0, 3, 4.1, 37, 40, 41, 81, 1_700].map(niceMax)).toEqual([4, 4, 6, 40, 40, 50, 100, 2_000]);
  expect(niceMax(Number.NaN)).toBe(4);
});

it('leaves gaps out', () => {
  expect(largest([1, Number.NaN, 7], new Float64Array([2]))).toBe(7);
});

it('leaves room above the largest value', () => {
  expect([40, 0, 73].map(axisEnd)).toEqual([50, 4, 100]);
});

it('shows a minute that moves on by ten seconds, and less of a young run', () => {
  expect(shownStretch(3_000_000)).toEqual({ fromUs: 0, toUs: 20_000_000 });
  expect(shownStretch(20_000_001)).toEqual({ fromUs: 0, toUs: 40_000_000 });
  expect(shownStretch(45_000_000)).toEqual({ fromUs: 0, toUs: 60_000_000 });
  expect(shownStretch(75_500_000)).toEqual({ fromUs: 20_000_000, toUs: 80_000_000 });
});
