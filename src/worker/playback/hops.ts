import type { TraceEntry } from '../../engine/core/trace';
import { Outcome } from '../../engine/model/ledger';
import { messageIn } from '../../engine/report/causes';
import type { Run } from '../../engine/run';
import { FirstBeats, isBeat } from '../track/marks';
import type { StoryBeat } from './story-pace';

/** After the life of one sampled message the next sample is not taken at once: traffic flows. */
const PAUSE_US = 10_000_000;
/** A followed message of which nothing is heard for so long has come to its end, or waits for something else. */
const SILENCE_US = 10_000_000;
const HOPS_MAX = 12;
const KEPT_MAX = 1_000;

/** A hop of the followed message. */
export interface Hop extends StoryBeat {
  readonly message: number;
  /** Nothing more is told of this message. */
  readonly isLast: boolean;
}

/**
 * Chooses whose life is told, and finds its hops in the trace as it is made: the message that was selected, then
 * samples: one at the beginning, one after each new beat, and one from time to time where there are no beats. A message
 * that fell silent is told on when it wakes: its delay is over, its transaction is committed.
 */
export class Hops {
  private hops: Hop[] = [];
  private readonly beats = new FirstBeats();
  private count = 0;
  private readonly chosen: number | null;
  /** The one that fell silent last. */
  private silent: number | null = null;
  private lastUs: number;
  private nextSampleUs: number;

  constructor(
    nowUs: number,
    private following: number | null,
  ) {
    this.chosen = following;
    this.lastUs = nowUs;
    this.nextSampleUs = nowUs;
  }

  get list(): readonly Hop[] {
    return this.hops;
  }

  read({ sim }: Run, entry: TraceEntry): void {
    const { kind, timeUs } = entry;
    if (isBeat(kind) && this.beats.isFirst(entry)) this.nextSampleUs = Math.min(this.nextSampleUs, timeUs);
    if (this.following !== null && timeUs - this.lastUs > SILENCE_US) {
      this.silent = this.following;
      this.end();
    }
    if (this.following === null) {
      if (kind.role === 'sent' && timeUs >= this.nextSampleUs) this.begin(entry.a);
      else if (kind.wakes) this.wake(messageIn(sim.state, entry), timeUs);
    }
    if (this.following === null || (kind.beat !== 'hop' && kind.role === undefined)) return;
    if (messageIn(sim.state, entry) !== this.following) return;
    this.add(timeUs, this.following, kind.wakes);
    const hasFailed = kind.role === 'result' && entry.b === Outcome.failed;
    if (kind.role === 'consumed' || hasFailed || this.count >= HOPS_MAX) this.end();
  }

  private begin(message: number): void {
    this.following = message;
    this.silent = null;
    this.count = 0;
  }

  private wake(message: number, timeUs: number): void {
    if (message === this.chosen || message === this.silent || timeUs >= this.nextSampleUs)
      this.begin(message);
  }

  private add(timeUs: number, message: number, woke: boolean): void {
    const last = this.hops.at(-1);
    this.lastUs = timeUs;
    if (last?.message === message && last.timeUs === timeUs) return;
    // It set out on no way while it slept.
    const sinceUs = last?.message === message && !woke ? last.timeUs : undefined;
    this.hops.push({ timeUs, hop: true, message, sinceUs, isLast: false });
    if (this.hops.length > KEPT_MAX) this.hops.shift();
    this.count++;
  }

  private end(): void {
    if (this.following === null) return;
    this.following = null;
    this.nextSampleUs = this.lastUs + PAUSE_US;
    const last = this.hops.pop();
    if (last !== undefined) this.hops.push({ ...last, isLast: true });
  }
}
