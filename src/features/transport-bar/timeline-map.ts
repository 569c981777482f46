import type { TimelineFold } from '../../ui/timeline/Timeline';
import type { Mark, Pacing } from '../../worker/protocol';

/** Which moment of a run lies where on the line. Monotone; both directions stay inside the line. */
export interface TimelineMap {
  readonly toUs: number;
  /** 0 to 1. */
  xOf(timeUs: number): number;
  timeOf(x: number): number;
  /** Silences that take no room of their own. The playhead ends one and begins the next: none lies across it. */
  foldsAt(nowUs: number): readonly TimelineFold[];
  /** Marks before this moment have no room of their own: the first fold holds them. */
  readonly shownFromUs: number;
}

/** In Story each beat gets so much room: a fold with its word, and half a mark on both sides. */
const BEAT_PX = 58;
/** Beats so close together are one step of the story. */
const CLUSTER_US = 250_000;
/** More than what a stretch of a story may take on the screen: the rest is folded away. */
const FOLD_FROM_US = 1_200_000;
const FOLD_PX = 92;
const MARK_PX = 22;
const FUTURE_SHARE_MAX = 0.4;

/** Lays the run from 0 to `headUs` on a line: true to time in Clock pacing, one beat after another in Story. */
export function timelineMap(
  pacing: Pacing,
  marks: readonly Mark[],
  nowUs: number,
  headUs: number,
  widthPx: number,
): TimelineMap {
  const toUs = Math.max(headUs, nowUs, 1);
  if (pacing === 'clock') return mapOf([0, toUs], widthPx, false);
  const beats = storyBeats(marks, toUs);
  const coming = beats.findIndex((timeUs) => timeUs > nowUs);
  const past = coming < 0 ? beats : beats.slice(0, coming);
  const future = coming < 0 ? [] : beats.slice(coming);
  const room = Math.max(2, Math.floor(widthPx / BEAT_PX) - 1);
  const shownFuture = future.slice(0, Math.max(1, Math.floor(room * FUTURE_SHARE_MAX)));
  const shownPast = past.slice(-Math.max(1, room - shownFuture.length));
  const endUs = shownFuture.length < future.length ? (future[shownFuture.length] as number) : toUs;
  const shownFromUs = shownPast.length < past.length ? (shownPast[0] ?? 0) : 0;
  return { ...mapOf([0, ...shownPast, ...shownFuture, endUs], widthPx, true), shownFromUs };
}

/** The beginnings of the beats, without 0 and the end. */
function storyBeats(marks: readonly Mark[], toUs: number): readonly number[] {
  const times: number[] = [];
  for (const { timeUs } of marks) {
    const last = times.at(-1);
    if (timeUs <= 0 || timeUs >= toUs) continue;
    if (last === undefined || timeUs - last >= CLUSTER_US) times.push(timeUs);
  }
  return times;
}

/** Straight lines between moments that stand at even distances. */
function mapOf(knots: readonly number[], widthPx: number, folds: boolean): TimelineMap {
  const knotsUs = knots.filter((timeUs, i) => i === 0 || timeUs > (knots[i - 1] as number));
  const spans = Math.max(1, knotsUs.length - 1);
  const at = (i: number) => knotsUs[Math.min(i, knotsUs.length - 1)] as number;
  const toUs = at(spans);
  return {
    toUs,
    shownFromUs: 0,
    xOf(timeUs) {
      if (timeUs <= 0) return 0;
      if (timeUs >= toUs) return 1;
      const i = knotsUs.findLastIndex((knotUs) => knotUs <= timeUs);
      return (i + (timeUs - at(i)) / (at(i + 1) - at(i))) / spans;
    },
    timeOf(x) {
      const place = Math.min(1, Math.max(0, x)) * spans;
      const i = Math.min(spans - 1, Math.floor(place));
      return Math.round(at(i) + (place - i) * (at(i + 1) - at(i)));
    },
    foldsAt: (nowUs) => (folds ? foldsOf(knotsUs, widthPx, nowUs) : []),
  };
}

function foldsOf(knotsUs: readonly number[], widthPx: number, nowUs: number): readonly TimelineFold[] {
  const spanPx = widthPx / Math.max(1, knotsUs.length - 1);
  return knotsUs.slice(1).flatMap((toUs, i) => {
    const fromUs = knotsUs[i] as number;
    const pxOf = (timeUs: number) => (i + (timeUs - fromUs) / (toUs - fromUs)) * spanPx;
    const ends = nowUs > fromUs && nowUs < toUs ? [fromUs, nowUs, toUs] : [fromUs, toUs];
    return ends.slice(1).flatMap((endUs, n) => {
      const beginUs = ends[n] as number;
      const durationUs = endUs - beginUs;
      const halfPx = Math.min(FOLD_PX, pxOf(endUs) - pxOf(beginUs) - MARK_PX) / 2;
      if (durationUs < FOLD_FROM_US || halfPx < 8) return [];
      const middlePx = (pxOf(beginUs) + pxOf(endUs)) / 2;
      const fromX = (middlePx - halfPx) / widthPx;
      return { id: `${fromUs} ${n}`, fromX, toX: (middlePx + halfPx) / widthPx, durationUs };
    });
  });
}
