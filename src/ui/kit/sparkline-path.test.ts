import { expect, it } from 'vitest';
import { axisPlace, linePath } from './sparkline-path';

const same = (value: number) => value;

it('breaks the line at a gap and shows a point alone', () => {
  expect(linePath([0, 1, 2, 3, 4], [5, 6, Number.NaN, 7, Number.NaN], same, same)).toBe('M0 5L1 6M3 7h.1');
  expect(linePath([], [], same, same)).toBe('');
});

it('turns the y axis upside down and spreads decades evenly', () => {
  const y = axisPlace({ from: 0.1, to: 1000, scale: 'log' }, 58, 18);
  expect([0.1, 1, 10, 1000].map(y)).toEqual([58, 48, 38, 18]);
  expect(y(0)).toBe(58);
});
