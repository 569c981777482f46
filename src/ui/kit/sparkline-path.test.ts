import { expect, it } from 'vitest';
import { axisPlace, linePath, namePlaces } from './sparkline-path';

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

it('keeps the names of lines off the figures of the axis and off each other', () => {
  const bottom = 58;
  const apart = [
    { x: 30, y: 40, below: true },
    { x: 30, y: 30, below: false },
  ];
  expect(namePlaces(apart, bottom)).toEqual([52, 25]);
  const atZero = [
    { x: 30, y: 58, below: true },
    { x: 30, y: 58, below: false },
  ];
  expect(namePlaces(atZero, bottom)).toEqual([53, 42]);
  expect(namePlaces([{ x: 30, y: 8, below: false }], bottom)).toEqual([20]);
});
