import { expect, it } from 'vitest';
import { nextRate, rateRange, saysReached } from './rate';

it('goes by thirds of a decade and stays on its scale', () => {
  expect([1, 2.2, 4.6].map((rate) => nextRate('clock', rate, 1))).toEqual([2.2, 4.6, 10]);
  expect(nextRate('clock', 1, -1)).toBe(0.46);
  expect(nextRate('clock', 1000, 1)).toBe(1000);
  expect(nextRate('clock', 0.001, -1)).toBe(0.001);
  expect(nextRate('story', 2.2, 1)).toBe(4);
  expect(nextRate('story', 0.46, -1)).toBe(0.25);
});

it('has a wide scale for the clock and a narrow one for a story', () => {
  expect(rateRange('clock')).toEqual({ min: 0.001, max: 1000 });
  expect(rateRange('story')).toEqual({ min: 0.25, max: 4 });
});

it('tells the rate that was reached only when it falls short', () => {
  expect(saysReached('clock', 1000, 240)).toBe(true);
  expect(saysReached('clock', 1000, 990)).toBe(false);
  expect(saysReached('clock', 1000, 0)).toBe(false);
  expect(saysReached('story', 1, 0.2)).toBe(false);
});
