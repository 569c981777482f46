import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CurveHistory, createTally, POINT_US, type Point } from './curves';
import { addDuration, addHistogram, createHistogram, quantileUs } from './histogram';

function pointAt(second: number): Point {
  const tally = createTally();
  tally.sent = second;
  addDuration(tally.send, second);
  return {
    endUs: second * POINT_US,
    spanUs: POINT_US,
    endId: second * 10,
    tally,
    gauges: { lag: second, lags: new Map([['g', second]]), unflushedBytes: 0, replicaLag: 0 },
    sent: new Map([[1, second]]),
  };
}

function history(seconds: number): CurveHistory {
  const curves = new CurveHistory(new Map());
  for (let second = 1; second <= seconds; second++) curves.push(pointAt(second));
  return curves;
}

const HOUR = 3_600;

describe('the history of curves', () => {
  it('is fine for the newest ten minutes and coarser before, without losing a second or a count', () => {
    const { timeUs, spanUs, series, lags } = history(HOUR).series(0, HOUR * POINT_US, 100_000);
    const spans = [...spanUs];
    expect(spans.slice(-600)).toEqual(new Array(600).fill(POINT_US));
    expect(spans[0]).toBe(16 * POINT_US);
    expect(spans.reduce((sum, span) => sum + span, 0)).toBe(HOUR * POINT_US);
    expect(timeUs.length).toBeLessThan(600 * 3 + 12);
    const sent = [...series.sendRate].reduce(
      (sum, rate, i) => sum + (rate * (spans[i] as number)) / POINT_US,
      0,
    );
    expect(sent).toBeCloseTo((HOUR * (HOUR + 1)) / 2, 3);
    expect(series.lag.at(-1)).toBe(HOUR);
    expect(lags.map(({ group, values }) => [group, values.at(-1)])).toEqual([['g', HOUR]]);
  });

  it('gives at most as many points as asked for, of one width, that do not move when the stretch does', () => {
    const curves = history(500);
    for (const pointsMax of [2, 7, 120]) {
      const { timeUs } = curves.series(0, 500 * POINT_US, pointsMax);
      expect(timeUs.length).toBeLessThanOrEqual(pointsMax);
    }
    const before = [...curves.series(100 * POINT_US, 400 * POINT_US, 61).timeUs];
    const after = [...curves.series(101 * POINT_US, 401 * POINT_US, 61).timeUs];
    expect(before.slice(2, 50)).toEqual(after.slice(2, 50));
  });

  it('is cut where another future begins, and the first history stays as it was', () => {
    const curves = history(100);
    const cut = curves.upTo(60.5 * POINT_US, 1_000);
    expect(cut.last?.endUs).toBe(60 * POINT_US);
    cut.push(pointAt(61));
    expect(curves.last?.endUs).toBe(100 * POINT_US);
    // An entry of the second that ends at 60 s was made after the cut.
    expect(curves.upTo(60 * POINT_US, 599).last?.endUs).toBe(59 * POINT_US);
  });

  it('knows what had been sent at a moment', () => {
    const curves = history(2_000);
    expect(curves.sentUntil(1_999.5 * POINT_US)).toEqual({
      timeUs: 1_999 * POINT_US,
      counts: new Map([[1, 1_999]]),
    });
    expect(curves.sentUntil(0.5 * POINT_US)).toEqual({ timeUs: 0, counts: new Map() });
    expect(curves.sentUntil(1_000 * POINT_US).timeUs).toBeGreaterThan(990 * POINT_US);
  });
});

describe('a histogram of durations', () => {
  it('finds quantiles within an eighth, and adds up', () => {
    const durations = fc.array(fc.integer({ min: 0, max: 4_000_000_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(durations, durations, fc.constantFrom(0.5, 0.99, 1), (one, other, share) => {
        const sum = createHistogram();
        for (const part of [one, other]) {
          const histogram = createHistogram();
          for (const us of part) addDuration(histogram, us);
          addHistogram(sum, histogram);
        }
        const sorted = [...one, ...other].toSorted((x, y) => x - y);
        const exact = sorted[Math.ceil(sorted.length * share) - 1] as number;
        expect(Math.abs(quantileUs(sum, share) - exact)).toBeLessThanOrEqual(exact / 8 + 1);
      }),
    );
  });

  it('has no quantile when it is empty, and takes what is too long as the longest', () => {
    const histogram = createHistogram();
    expect(quantileUs(histogram, 0.5)).toBeNaN();
    addDuration(histogram, 1e15);
    expect(quantileUs(histogram, 0.5)).toBeGreaterThan(3.7e9);
  });
});
