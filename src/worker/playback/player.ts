import type { Pace, StoryNow } from '../protocol';
import { REST_MS, STRETCH_MS_MAX, type StoryBeat, stretchMs } from './story-pace';

/** What is known of the time ahead. */
export interface Ahead {
  /** In order of time, from the present on. */
  readonly beats: readonly StoryBeat[];
  /** Up to here all beats are known. */
  readonly knownUs: number;
}

/** With reduced motion: from beat to beat. */
const BEAT_EACH_MS = 1_000;
/** A stretch that has used up its time hurries on, but not within one frame. */
const HURRY_MS = 100;

/**
 * Where the playhead should be. It is told how much wall time passed and says up to which simulated moment the
 * run should go; it never looks at a clock itself. Pacing and rate may change at any moment: the playhead stays.
 */
export class Player {
  private exactUs: number;
  private stretchFromUs: number;
  private spentMs = 0;
  private restMs = 0;
  private waitedMs = 0;

  constructor(
    atUs: number,
    private pace: Pace,
  ) {
    this.exactUs = atUs;
    this.stretchFromUs = atUs;
  }

  get pacing(): Pace {
    return this.pace;
  }

  set pacing(pace: Pace) {
    this.pace = pace;
  }

  /** The playhead was moved. `resting`: to a beat, which is given its time. */
  jump(atUs: number, resting = false): void {
    this.exactUs = atUs;
    this.stretchFromUs = atUs;
    this.spentMs = 0;
    this.waitedMs = 0;
    this.restMs = resting ? REST_MS : 0;
  }

  /** The stretch that is told now; null in clock pacing. */
  storyNow({ beats }: Ahead): StoryNow | null {
    if (this.pace.pacing === 'clock') return null;
    const next = beats.find(({ timeUs }) => timeUs > this.exactUs);
    return { fromUs: this.stretchFromUs, toUs: next?.timeUs ?? null, resting: this.restMs > 0 };
  }

  /** `ms` of wall time passed. Returns the simulated time to go to, whole microseconds. */
  advance(ms: number, ahead: Ahead): number {
    if (this.pace.reduced) this.advanceByBeats(ms, ahead);
    else if (this.pace.pacing === 'clock') this.exactUs += ms * 1_000 * this.pace.rate;
    else this.tell(ms * this.pace.rate, ahead);
    return Math.floor(this.exactUs);
  }

  private advanceByBeats(ms: number, { beats, knownUs }: Ahead): void {
    const rate = this.pace.pacing === 'story' ? this.pace.rate : 1;
    this.waitedMs += ms * rate;
    while (this.waitedMs >= BEAT_EACH_MS) {
      const nextUs = beats.find(({ timeUs }) => timeUs > this.exactUs)?.timeUs ?? knownUs;
      if (nextUs <= this.exactUs) return;
      this.waitedMs -= BEAT_EACH_MS;
      this.enter(nextUs);
    }
  }

  private tell(ms: number, { beats, knownUs }: Ahead): void {
    let left = ms;
    while (left > 0) {
      if (this.restMs > 0) {
        const resting = Math.min(left, this.restMs);
        this.restMs -= resting;
        left -= resting;
        continue;
      }
      const coming = beats.filter(({ timeUs }) => timeUs > this.exactUs);
      const next = coming[0];
      const toUs = next?.timeUs ?? knownUs;
      const wayUs = toUs - this.exactUs;
      if (wayUs <= 0) return;
      const wholeMs =
        next === undefined
          ? STRETCH_MS_MAX
          : stretchMs(
              this.stretchFromUs,
              toUs,
              coming.find(({ hop }) => hop),
            );
      const remainingMs = Math.max(wholeMs - this.spentMs, next === undefined ? HURRY_MS : 0);
      if (next === undefined || left < remainingMs) {
        const passing = Math.min(left, remainingMs);
        this.exactUs += (wayUs * passing) / remainingMs;
        this.spentMs += passing;
        return;
      }
      left -= remainingMs;
      this.enter(toUs);
      if (beats.some((beat) => beat.timeUs === toUs && !beat.hop)) this.restMs = REST_MS;
    }
  }

  private enter(beatUs: number): void {
    this.exactUs = beatUs;
    this.stretchFromUs = beatUs;
    this.spentMs = 0;
  }
}
