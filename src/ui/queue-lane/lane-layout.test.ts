import { describe, expect, it } from 'vitest';
import { LANE, laneLayout, shiftForNumerals } from './lane-layout';

const lane = (max: number, committed: number[], lostOffsets: number[] = [], asBar = false) =>
  laneLayout({ max, committed, lostOffsets, asBar, shiftPx: 0 });

it('draws one square for each unread message up to 24', () => {
  const { squares, lags, bar, ticks } = lane(371, [347]);
  expect(lags).toEqual([24]);
  expect(squares.map(({ offset }) => offset)).toEqual(Array.from({ length: 24 }, (_, i) => 347 + i));
  expect(bar).toBeNull();
  expect(squares[0]!.x).toBe(ticks[0]! + 4);
});

it('draws nothing behind a group that has read everything', () => {
  expect(lane(372, [372])).toEqual({ ticks: [LANE.endX], lags: [0], squares: [], bar: null });
});

describe('above 24', () => {
  it('draws one bar with the count, as long as 24 squares', () => {
    const { bar, squares } = lane(9_610, [7_402]);
    expect(squares).toEqual([]);
    expect(bar?.count).toBe(2_208);
    expect(bar!.x + bar!.width).toBe(lane(371, [347]).squares.at(-1)!.x + LANE.squareWidth);
  });

  it('keeps lost messages in their place, one cross where several fall together', () => {
    const { squares, bar } = lane(9_610, [7_402], [7_402, 9_608, 9_609]);
    expect(squares.map(({ lost }) => lost)).toEqual([true, true]);
    expect(squares.map(({ x }) => x)).toEqual([bar!.x, bar!.x + bar!.width - LANE.squareWidth]);
  });
});

it('marks a lost message among the squares', () => {
  const lost = lane(352, [341], [351]).squares.filter((square) => square.lost);
  expect(lost.map(({ offset }) => offset)).toEqual([351]);
});

it('starts the squares at the group that is further behind', () => {
  const { squares, ticks } = lane(420, [404, 413]);
  expect(squares).toHaveLength(16);
  expect(ticks[1]! - ticks[0]!).toBe(9 * LANE.pitch);
});

it('makes room for numbers that are too wide for their columns', () => {
  expect(shiftForNumerals('371', '24')).toBe(0);
  expect(shiftForNumerals('9,610', '2,208')).toBeGreaterThan(10);
});
