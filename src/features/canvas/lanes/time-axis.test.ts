import { expect, it } from 'vitest';
import { clustered, tickText, timeAxis } from './time-axis';

it('has the ticks of the design for the first steps of the retry ladder', () => {
  const axis = timeAxis(120_000_000);
  expect(axis.ticks.map(tickText)).toEqual(['0 s', '10 s', '30 s', '1 m', '2 m']);
  expect([0, 5_000_000, 10_000_000, 20_000_000, 120_000_000, 1e12].map(axis.at)).toEqual([
    0, 0.125, 0.25, 0.375, 1, 1,
  ]);
});

it('reaches as far as the longest delay, and tells seconds apart where nothing is longer', () => {
  expect(timeAxis(7_200_000_000).ticks.map(tickText).at(-1)).toBe('2 h');
  expect(timeAxis(1_000_000).ticks.map(tickText)).toEqual(['0 s', '1 s', '5 s', '10 s']);
  expect(timeAxis(1e12).ticks.map(tickText).at(-1)).toBe('72 h');
});

it('puts together what would overlap', () => {
  expect(clustered([0, 10, 29, 30, 65], (x) => x, 30)).toEqual([
    { x: 0, items: [0, 10, 29] },
    { x: 30, items: [30] },
    { x: 65, items: [65] },
  ]);
});
