/** Positions in px inside a lane, taken from the design. */
export const LANE = {
  widthPx: 446,
  heightPx: 13,
  lineLeft: 28,
  /** Where the committed tick stands when nothing is left to read. */
  endX: 351.5,
  pitch: 9,
  squareWidth: 7,
  squareHeight: 8,
  squaresMax: 24,
  maxX: 361,
  lagX: 415,
  /** Middle of the lock of a group that reads in order, and where its lag ends. */
  lockX: 413,
  lockedLagX: 404,
  /** One digit of the mono numerals. */
  digitPx: 6.2,
  chipX: 422,
  chipWidth: 24,
  chipHeight: 11,
} as const;

export interface LaneLayout {
  /** The x of each group's committed tick, in the order given. */
  readonly ticks: readonly number[];
  readonly lags: readonly number[];
  /** The offsets with a square of their own, and where; empty when the lag is one bar. */
  readonly squares: readonly { readonly offset: number; readonly x: number; readonly lost: boolean }[];
  /** One bar instead of squares, with the number of messages it stands for. */
  readonly bar: { readonly x: number; readonly width: number; readonly count: number } | null;
}

export interface LaneInput {
  readonly max: number;
  readonly committed: readonly number[];
  readonly lostOffsets: readonly number[];
  /** One bar however few they are: for a graph too small for squares. */
  readonly asBar: boolean;
  /** How much earlier than usual the lane ends. */
  readonly shiftPx: number;
}

/**
 * Places the messages between the committed offsets and `max`. One square each up to 24, then one bar in which lost
 * messages still keep their place.
 */
export function laneLayout({ max, committed, lostOffsets, asBar, shiftPx }: LaneInput): LaneLayout {
  const endX = LANE.endX - shiftPx;
  const squareX = (nthFromEnd: number) => endX + 4 - LANE.pitch * nthFromEnd;
  const lags = committed.map((offset) => Math.max(0, max - offset));
  const widest = Math.max(0, ...lags);
  if (widest <= LANE.squaresMax && !asBar) {
    const lost = new Set(lostOffsets);
    return {
      ticks: lags.map((lag) => endX - LANE.pitch * lag),
      lags,
      squares: Array.from({ length: widest }, (_, i) => {
        const offset = max - widest + i;
        return { offset, x: squareX(widest - i), lost: lost.has(offset) };
      }),
      bar: null,
    };
  }
  const span = Math.min(widest, LANE.squaresMax);
  const place = (lag: number) => (widest === 0 ? 0 : (span * lag) / widest);
  const unread = lostOffsets.filter((offset) => offset < max && offset >= max - widest);
  const lostByPlace = new Map(
    unread.map((offset) => {
      const x = squareX(Math.max(1, Math.ceil(place(max - offset))));
      return [x, { offset, x, lost: true }];
    }),
  );
  return {
    ticks: lags.map((lag) => endX - LANE.pitch * place(lag)),
    lags,
    squares: [...lostByPlace.values()],
    bar:
      widest === 0
        ? null
        : { x: squareX(span), width: LANE.pitch * (span - 1) + LANE.squareWidth, count: widest },
  };
}

/** How far the lane must end earlier so that `max` and the lag, as written, do not touch. */
export function shiftForNumerals(max: string, lag: string, lagX: number = LANE.lagX): number {
  const room = lagX - LANE.maxX - 8;
  return Math.max(0, (max.length + lag.length) * LANE.digitPx - room);
}
