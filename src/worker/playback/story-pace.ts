/**
 * Story pacing: which moment of simulated time stands on the screen when. A pure, monotone map that is computed
 * from beats: the picture rests at a beat, a hop of the followed message gets a fixed time, and whatever lies
 * between two beats passes in little time, however long it took. The player follows it piece by piece.
 */
export const REST_MS = 700;
export const HOP_MS = 480;
export const STRETCH_MS_MAX = 1_200;
/** Even a stretch of a microsecond can be followed with the eye. */
const STRETCH_MS_MIN = 120;

/** A moment worth its own time on the screen. */
export interface StoryBeat {
  readonly timeUs: number;
  /** A step in the life of the followed message: no rest, but the way to it takes `HOP_MS`. */
  readonly hop: boolean;
  /** Of a hop: the moment of the hop before it, when the message set out. */
  readonly sinceUs?: number | undefined;
}

/** Screen time of the stretch between two neighbouring moments; `next` is the first hop that does not lie before `toUs`. */
export function stretchMs(fromUs: number, toUs: number, next: StoryBeat | undefined): number {
  const sinceUs = next?.hop ? next.sinceUs : undefined;
  if (next !== undefined && sinceUs !== undefined && sinceUs <= fromUs && next.timeUs > sinceUs) {
    return (HOP_MS * (toUs - fromUs)) / (next.timeUs - sinceUs);
  }
  // Real time for what is short, and a compressed second for the rest.
  return Math.min(STRETCH_MS_MAX, Math.max(STRETCH_MS_MIN, (toUs - fromUs) / 1_000));
}
