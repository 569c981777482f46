/**
 * Story pacing: which moment of simulated time stands on the screen when. A pure, monotone map that is computed
 * from beats: the picture rests at a beat, a hop of the followed message gets a fixed time, and whatever lies
 * between two beats passes in little time, however long it took.
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

/** Simulated time that a stretch between two neighbouring beats passes over: what the timeline shows as a fold. */
export function foldedUs(fromUs: number, toUs: number): number {
  return Math.max(0, toUs - fromUs - STRETCH_MS_MAX * 1_000);
}

/** The whole map over a stretch of a run whose beats are known. */
export class StoryMap {
  private readonly knotsUs: number[];
  private readonly knotsMs: number[] = [0];

  /** `beats` in order of time; those outside of [fromUs, toUs] are ignored. */
  constructor(fromUs: number, toUs: number, beats: readonly StoryBeat[]) {
    this.knotsUs = [fromUs];
    const inside = beats.filter(({ timeUs }) => timeUs >= fromUs && timeUs <= toUs);
    inside.forEach((beat, i) => {
      this.passTo(
        beat.timeUs,
        inside.slice(i).find(({ hop }) => hop),
      );
      const restsAlready = inside.slice(0, i).some((other) => other.timeUs === beat.timeUs && !other.hop);
      if (!beat.hop && !restsAlready) this.knot(beat.timeUs, REST_MS);
    });
    this.passTo(toUs, undefined);
  }

  get totalMs(): number {
    return this.knotsMs.at(-1) as number;
  }

  /** When a moment is reached on the screen. */
  screenMs(timeUs: number): number {
    return interpolate(this.knotsUs, this.knotsMs, timeUs);
  }

  /** The moment that stands on the screen after `ms`. */
  timeUs(ms: number): number {
    return interpolate(this.knotsMs, this.knotsUs, ms);
  }

  private passTo(timeUs: number, nextHop: StoryBeat | undefined): void {
    const lastUs = this.knotsUs.at(-1) as number;
    if (timeUs > lastUs) this.knot(timeUs, stretchMs(lastUs, timeUs, nextHop));
  }

  private knot(timeUs: number, ms: number): void {
    this.knotsUs.push(timeUs);
    this.knotsMs.push(this.totalMs + ms);
  }
}

/** Linear between the knots; at a jump of `xs` the first of the equal ones. */
function interpolate(xs: readonly number[], ys: readonly number[], x: number): number {
  const right = xs.findIndex((at) => at >= x);
  if (right < 0) return ys.at(-1) as number;
  if (right === 0) return ys[0] as number;
  const [x0, x1] = [xs[right - 1] as number, xs[right] as number];
  const [y0, y1] = [ys[right - 1] as number, ys[right] as number];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
