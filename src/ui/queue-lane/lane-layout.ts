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
  chipX: 422,
  chipWidth: 24,
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

/**
 * Places the messages between the committed offsets and `max`. One square each up to 24, then one bar in which lost
 * messages still keep their place.
 */
export function laneLayout(
  max: number,
  committed: readonly number[],
  lostOffsets: readonly number[],
  asBar: boolean,
): LaneLayout {
  const lags = committed.map((offset) => Math.max(0, max - offset));
  const widest = Math.max(0, ...lags);
  const lost = new Set(lostOffsets);
  if (widest <= LANE.squaresMax && !asBar) {
    return {
      ticks: lags.map((lag) => LANE.endX - LANE.pitch * lag),
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
  const shown = lostOffsets.filter((offset) => offset < max && offset >= max - widest);
  const byPlace = new Map(
    shown.map((offset) => {
      const x = squareX(Math.max(1, Math.ceil(place(max - offset))));
      return [x, { offset, x, lost: true }];
    }),
  );
  return {
    ticks: lags.map((lag) => LANE.endX - LANE.pitch * place(lag)),
    lags,
    squares: [...byPlace.values()],
    bar:
      widest === 0
        ? null
        : { x: squareX(span), width: LANE.pitch * (span - 1) + LANE.squareWidth, count: widest },
  };
}

/** The left edge of the nth square from the right. */
const squareX = (n: number) => LANE.endX + 4 - LANE.pitch * n;
