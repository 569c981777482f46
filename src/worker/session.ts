import type { Product } from '../engine/product';
import type { Scenario } from '../engine/scenario/types';
import type { Localized } from '../engine/view';
import { FrameMaker } from './frame/frame-maker';
import { Player } from './playback/player';
import { RateMeter } from './playback/rate-meter';
import { HORIZON_US, Scout } from './playback/scout';
import type { ActionRequest, Frame, Pace } from './protocol';
import type { readAction } from './read-action';
import type { Target } from './travel/snapshots';
import { Travel } from './travel/travel';

/** Events between two looks at the clock. */
const CHUNK_EVENTS = 250;
/** Wall time that did not pass for the run: a page in the background, a machine that slept. */
const GAP_MS_MAX = 100;

/** What a session tells on its own account. */
export interface Ears {
  said(message: Localized): void;
  refused(action: ActionRequest, message: Localized): void;
  historyChanged(): void;
}

/** A slice of wall time to work in. */
export interface WorkingTime {
  isHalfOver(): boolean;
  isOver(): boolean;
}

/** One loaded run: the playhead, how it is played, and what the page has been told. */
export class Session {
  readonly travel: Travel;
  readonly scout: Scout;
  private readonly player: Player;
  private readonly rates = new RateMeter();
  private readonly frames: FrameMaker;
  private playing = false;
  private wallMs = 0;
  private targetUs: number;
  private followed: number | null = null;
  private seeksBeat = false;

  constructor(
    readonly run: number,
    readonly scenario: Scenario,
    private readonly ears: Ears,
    product?: Product<unknown>,
  ) {
    this.travel = new Travel(scenario, product);
    this.scout = new Scout(this.travel);
    this.frames = new FrameMaker(this.travel);
    this.targetUs = this.nowUs;
    this.player = new Player(this.nowUs, { pacing: 'story', rate: 1, reduced: false });
  }

  get nowUs(): number {
    return this.travel.run.sim.nowUs;
  }

  get isPlaying(): boolean {
    return this.playing;
  }

  /** Requests that change the run wait while it is on its way, or looks for a beat. */
  get isBusy(): boolean {
    return this.travel.isOnTheWay || this.seeksBeat;
  }

  play(pace: Pace, wallMs: number): void {
    this.setPace(pace);
    if (this.travel.isBroken || this.playing) return;
    this.playing = true;
    this.wallMs = wallMs;
    this.targetUs = this.nowUs;
    this.rates.reset();
    this.frames.changed();
  }

  setPace(pace: Pace): void {
    this.player.pacing = pace;
    this.targetUs = this.nowUs;
    this.rates.reset();
    this.frames.changed();
  }

  pause(): void {
    this.playing = false;
    this.seeksBeat = false;
    this.targetUs = this.nowUs;
    this.player.jump(this.nowUs);
    this.frames.changed();
  }

  seek(to: Target, arrived?: () => void): void {
    this.seeksBeat = false;
    this.travel.seek(to, () => {
      this.arrived();
      arrived?.();
    });
    this.moved();
  }

  step(unit: 'event' | 'beat', direction: 1 | -1): void {
    this.playing = false;
    if (unit === 'beat' && direction === 1) this.seeksBeat = !this.travel.isBroken;
    else if (unit === 'beat') this.seek(this.beatBefore());
    else if (direction === -1 || this.travel.isBroken) {
      this.travel.stepBack(() => this.arrived());
      this.moved();
    } else {
      if (!this.travel.stepForward()) this.ears.said(RUN_IS_OVER);
      this.arrived();
    }
  }

  act(request: ActionRequest, reader: typeof readAction): void {
    if (this.travel.isBroken) return;
    const read = reader(this.scenario, this.travel.run, request);
    const result = read.ok ? this.travel.act(read.action) : read;
    if (!result.ok) {
      this.ears.refused(request, result.message);
      return;
    }
    this.branched();
    this.targetUs = this.nowUs;
    this.player.jump(this.nowUs, true);
  }

  undo(direction: 'undo' | 'redo'): void {
    const arrived = () => this.arrived();
    const done = direction === 'undo' ? this.travel.undo(arrived) : this.travel.redo(arrived);
    if (!done) return;
    this.frames.cut();
    this.moved();
    this.branched();
  }

  /** What could not be said in words before can be now. */
  wordsCame(): void {
    this.frames.wordsCame();
  }

  follow(message: number | null): void {
    if (this.followed === message) return;
    this.followed = message;
    this.scout.follow(message);
    this.frames.changed();
  }

  /** The engine threw: nothing goes on from here, only back. */
  breakOff(): void {
    this.travel.breakOff();
    this.playing = false;
    this.seeksBeat = false;
  }

  /** Works until its time is over. True when there is more to do at once. */
  work(wallMs: number, time: WorkingTime): boolean {
    if (this.travel.isBroken) return false;
    while (this.travel.isOnTheWay) {
      if (time.isOver()) return true;
      this.travel.work(CHUNK_EVENTS);
    }
    if (this.seeksBeat) return this.findBeat(time.isOver);
    if (this.playing && this.needsBeats) this.scout.work(time.isHalfOver);
    const behind = this.playing && !this.playOn(wallMs, time.isOver);
    return behind || !this.scout.work(time.isOver);
  }

  /** The pacing knows no beat ahead. */
  private get needsBeats(): boolean {
    const { pacing, reduced } = this.player.pacing;
    return (pacing === 'story' || reduced) && this.scout.ahead.beats.length === 0;
  }

  /** True when there is something that the page has not been shown. */
  hasNews(view: boolean): boolean {
    return !this.travel.isOnTheWay && !this.travel.isBroken && this.frames.hasNews(view);
  }

  frame(view: boolean, wallMs: number): Frame {
    if (this.playing) this.rates.sample(wallMs, this.nowUs);
    const { pacing, rate } = this.player.pacing;
    return this.frames.make(view, {
      run: this.run,
      playing: this.playing,
      pacing,
      rateAsked: rate,
      rateReached: this.playing ? this.rates.rate : 0,
      followed: this.followed ?? this.scout.messageAt(this.nowUs),
      story: this.player.storyNow(this.scout.ahead),
    });
  }

  private playOn(wallMs: number, isTimeUp: () => boolean): boolean {
    if (this.nowUs >= this.targetUs) {
      const passedMs = Math.min(Math.max(0, wallMs - this.wallMs), GAP_MS_MAX);
      this.wallMs = wallMs;
      this.targetUs = Math.max(this.nowUs, this.player.advance(passedMs, this.scout.ahead));
      if (passedMs > 0) this.frames.changed();
    }
    while (this.nowUs < this.targetUs) {
      const reached = this.travel.advance(this.targetUs, CHUNK_EVENTS);
      this.frames.changed();
      if (reached) break;
      if (isTimeUp()) return false;
    }
    if (this.travel.isOver) {
      this.pause();
      this.ears.said(RUN_IS_OVER);
    }
    return true;
  }

  private findBeat(isTimeUp: () => boolean): boolean {
    const next = () => this.scout.ahead.beats.find(({ timeUs }) => timeUs > this.nowUs);
    while (next() === undefined) {
      if (isTimeUp()) return true;
      if (this.scout.work(isTimeUp)) break;
    }
    this.seeksBeat = false;
    const beat = next();
    if (beat === undefined) this.ears.said(NO_BEAT_AHEAD);
    this.seek({ timeUs: beat?.timeUs ?? this.scout.ahead.knownUs });
    return true;
  }

  private beatBefore(): Target {
    const { list } = this.travel.timeline.tracker.marks;
    const latest = [
      list.findLast(({ timeUs }) => timeUs < this.nowUs),
      ...this.scout.hopsBefore(this.nowUs).slice(-1),
    ];
    const timeUs = Math.max(...latest.map((beat) => beat?.timeUs ?? -1));
    return timeUs < 0 ? { step: 0 } : { timeUs };
  }

  private branched(): void {
    this.frames.changed();
    this.ears.historyChanged();
  }

  /** The run was set to another place: what was measured before says nothing there. */
  private moved(): void {
    this.rates.reset();
  }

  private arrived(): void {
    this.targetUs = this.nowUs;
    this.player.jump(this.nowUs);
    this.frames.cut();
    this.frames.changed();
  }
}

const RUN_IS_OVER: Localized = {
  en: 'Nothing is left to happen in this run.',
  zh: '这次运行已经没有后续事件。',
};

const NO_BEAT_AHEAD: Localized = {
  en: `No beat within ${HORIZON_US / 1_000_000} s, or within the events that are looked at ahead.`,
  zh: `${HORIZON_US / 1_000_000} s 内，或向前查看的事件范围内，没有节拍。`,
};
