import { describe, expect, it } from 'vitest';
import type { Mark } from '../../worker/protocol';
import { timelineMap } from './timeline-map';

const S = 1_000_000;
const mark = (seconds: number): Mark => ({
  id: seconds,
  timeUs: seconds * S,
  untilUs: seconds * S,
  count: 1,
  beat: 'fault',
  type: 'process.killed',
  rule: 'EN-2',
  node: 0,
  message: -1,
  text: { en: '', zh: '' },
});

describe('the line in Clock pacing', () => {
  it('is true to time and folds nothing', () => {
    const map = timelineMap('clock', [mark(1), mark(90)], 10 * S, 100 * S, 1000);
    expect([0, 25, 100].map((s) => map.xOf(s * S))).toEqual([0, 0.25, 1]);
    expect(map.timeOf(0.75)).toBe(75 * S);
    expect(map.foldsAt(10 * S)).toEqual([]);
  });
});

describe('the line in Story pacing', () => {
  it('gives every beat the same room, whatever lies between', () => {
    const map = timelineMap('story', [mark(1), mark(2), mark(90)], 2 * S, 200 * S, 1000);
    expect([1, 2, 90, 200].map((s) => map.xOf(s * S))).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it('folds long stretches and says how much they hold', () => {
    const map = timelineMap('story', [mark(1), mark(2), mark(90)], 2 * S, 90.5 * S, 1000);
    const [fold, ...others] = map.foldsAt(2 * S);
    expect(others).toEqual([]);
    expect(fold).toMatchObject({ durationUs: 88 * S });
    expect(fold!.fromX).toBeGreaterThan(0.5);
    expect(fold!.toX).toBeLessThan(0.75);
  });

  it('folds what is over and what is to come on either side of the playhead', () => {
    const map = timelineMap('story', [], 360 * S, 560 * S, 1000);
    const [over, coming, ...others] = map.foldsAt(360 * S);
    expect(others).toEqual([]);
    expect([over!.durationUs, coming!.durationUs]).toEqual([360 * S, 200 * S]);
    expect(over!.toX).toBeLessThan(map.xOf(360 * S));
    expect(coming!.fromX).toBeGreaterThan(map.xOf(360 * S));
    // Too near to the playhead for a fold of its own: the rest is one.
    expect(map.foldsAt(2 * S).map(({ durationUs }) => durationUs)).toEqual([558 * S]);
  });

  it('takes beats at almost the same moment for one', () => {
    const map = timelineMap('story', [mark(1), mark(1.1), mark(1.2), mark(5)], 0, 10 * S, 1000);
    expect(map.xOf(5 * S)).toBeCloseTo(2 / 3);
  });

  it('keeps the newest beats of a long run, and the first fold holds the rest', () => {
    const marks = Array.from({ length: 200 }, (_, i) => mark(10 + 2 * i));
    const map = timelineMap('story', marks, 300 * S, 410 * S, 1160);
    expect(map.shownFromUs).toBeGreaterThan(200 * S);
    expect(map.foldsAt(300 * S)[0]!.durationUs).toBe(map.shownFromUs);
    expect(map.xOf(300 * S)).toBeGreaterThan(0.5);
    expect(map.toUs).toBeLessThan(410 * S);
  });

  it('goes back and forth without losing a moment, everywhere on the line', () => {
    const map = timelineMap('story', [mark(1), mark(30), mark(31)], 30 * S, 60 * S, 800);
    for (let x = 0; x <= 1; x += 0.05) expect(map.xOf(map.timeOf(x))).toBeCloseTo(x, 4);
  });

  it('has a place for everything when nothing happened yet', () => {
    const map = timelineMap('story', [], 0, 0, 800);
    expect(map.xOf(0)).toBe(0);
    expect(map.timeOf(1)).toBeGreaterThanOrEqual(0);
  });
});
