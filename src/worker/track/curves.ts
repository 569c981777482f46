import type { CurveName, Curves } from '../protocol';
import { addHistogram, createHistogram, type Histogram, quantileUs } from './histogram';
import type { SentCounts } from './sent-counts';

/** What happened in one stretch of simulated time, and how things stood at its end. */
export interface Point {
  readonly endUs: number;
  readonly spanUs: number;
  /** Trace entries made until its end. */
  readonly endId: number;
  readonly tally: Tally;
  readonly gauges: Gauges;
  /** At its end. */
  readonly sent: SentCounts;
}

/** Counted over a stretch; tallies of neighbours add up. */
export interface Tally {
  sent: number;
  consumed: number;
  duplicates: number;
  /** By `Outcome`. */
  outcomes: number[];
  send: Histogram;
  endToEnd: Histogram;
}

export interface Gauges {
  readonly lag: number;
  /** By consumer group. */
  readonly lags: ReadonlyMap<string, number>;
  readonly unflushedBytes: number;
  readonly replicaLag: number;
}

/** Points are this far apart at first. */
export const POINT_US = 1_000_000;
/** `Outcome` has so many values. */
const OUTCOMES = 7;
const LEVEL_POINTS = 600;
/** So many points of one level become one of the next. */
const MERGED = 4;

export function createTally(): Tally {
  return {
    sent: 0,
    consumed: 0,
    duplicates: 0,
    outcomes: new Array<number>(OUTCOMES).fill(0),
    send: createHistogram(),
    endToEnd: createHistogram(),
  };
}

export function copyTally(tally: Tally): Tally {
  const copy = createTally();
  addTally(copy, tally);
  return copy;
}

/**
 * The history of a run by simulated seconds, in bounded memory: the newest ten minutes by the second, the forty
 * before them by four seconds, then by sixteen, and so on.
 */
export class CurveHistory {
  /** `levels`: finest first; each in order of time. */
  constructor(
    private readonly sentAtStart: SentCounts,
    private readonly levels: Point[][] = [[]],
  ) {}

  get last(): Point | undefined {
    return this.levels.find((level) => level.length > 0)?.at(-1);
  }

  push(point: Point): void {
    this.levels[0]?.push(point);
    for (let i = 0; i < this.levels.length; i++) {
      const level = this.levels[i] as Point[];
      if (level.length < LEVEL_POINTS + MERGED) return;
      const merged = mergePoints(level.splice(0, MERGED));
      if (this.levels[i + 1] === undefined) this.levels.push([]);
      this.levels[i + 1]?.push(merged);
    }
  }

  /** The part that lies before a moment. */
  upTo(timeUs: number, traceCount: number): CurveHistory {
    const fits = (point: Point) => point.endUs <= timeUs && point.endId <= traceCount;
    return new CurveHistory(
      this.sentAtStart,
      this.levels.map((level) => level.filter(fits)),
    );
  }

  /** What had been sent at the latest point that is not after a moment; at 0 when there is none. */
  sentUntil(timeUs: number): { readonly timeUs: number; readonly counts: SentCounts } {
    for (const level of this.levels) {
      const point = level.findLast(({ endUs }) => endUs <= timeUs);
      if (point !== undefined) return { timeUs: point.endUs, counts: point.sent };
    }
    return { timeUs: 0, counts: this.sentAtStart };
  }

  /** The points of (fromUs, toUs] as series of at most `pointsMax` points; neighbours are joined where there are more. */
  series(fromUs: number, toUs: number, pointsMax: number): Curves {
    // Borders that do not move with the stretch: a point that scrolls stays the same point.
    const widthUs =
      POINT_US * Math.max(1, Math.ceil((toUs - fromUs) / POINT_US / Math.max(1, pointsMax - 1)));
    const joined = new Map<number, Point[]>();
    for (const point of [...this.levels].reverse().flat()) {
      if (point.endUs <= fromUs || point.endUs > toUs) continue;
      const group = Math.ceil(point.endUs / widthUs);
      joined.set(group, [...(joined.get(group) ?? []), point]);
    }
    const points = [...joined.values()].map(mergePoints);
    const column = (value: (point: Point) => number) => Float64Array.from(points, value);
    const outcome = (index: number) => column(({ tally }) => tally.outcomes[index] ?? 0);
    const perSecond = (value: (tally: Tally) => number) =>
      column(({ tally, spanUs }) => (value(tally) * 1_000_000) / spanUs);
    const series: Record<CurveName, Float64Array> = {
      sendRate: perSecond(({ sent }) => sent),
      consumeRate: perSecond(({ consumed }) => consumed),
      lag: column(({ gauges }) => gauges.lag),
      sendP50Us: column(({ tally }) => quantileUs(tally.send, 0.5)),
      sendP99Us: column(({ tally }) => quantileUs(tally.send, 0.99)),
      endToEndP50Us: column(({ tally }) => quantileUs(tally.endToEnd, 0.5)),
      endToEndP99Us: column(({ tally }) => quantileUs(tally.endToEnd, 0.99)),
      unflushedBytes: column(({ gauges }) => gauges.unflushedBytes),
      replicaLag: column(({ gauges }) => gauges.replicaLag),
      duplicates: column(({ tally }) => tally.duplicates),
      SEND_OK: outcome(1),
      FLUSH_DISK_TIMEOUT: outcome(2),
      FLUSH_SLAVE_TIMEOUT: outcome(3),
      SLAVE_NOT_AVAILABLE: outcome(4),
      failed: outcome(5),
    };
    const groupNames = new Set(points.flatMap(({ gauges }) => [...gauges.lags.keys()]));
    const lags = [...groupNames].map((group) => ({
      group,
      values: column(({ gauges }) => gauges.lags.get(group) ?? Number.NaN),
    }));
    return { timeUs: column(({ endUs }) => endUs), spanUs: column(({ spanUs }) => spanUs), series, lags };
  }
}

function mergePoints(points: readonly Point[]): Point {
  const last = points.at(-1) as Point;
  if (points.length === 1) return last;
  const tally = createTally();
  let spanUs = 0;
  for (const point of points) {
    addTally(tally, point.tally);
    spanUs += point.spanUs;
  }
  return { ...last, spanUs, tally };
}

function addTally(to: Tally, from: Tally): void {
  to.sent += from.sent;
  to.consumed += from.consumed;
  to.duplicates += from.duplicates;
  from.outcomes.forEach((count, i) => {
    to.outcomes[i] = (to.outcomes[i] ?? 0) + count;
  });
  addHistogram(to.send, from.send);
  addHistogram(to.endToEnd, from.endToEnd);
}
