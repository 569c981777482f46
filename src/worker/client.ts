import type { Action, ReadScenario } from '../engine/scenario/types';
import type {
  Answer,
  AnswerTo,
  FromEngine,
  Moment,
  Pace,
  Past,
  Question,
  QuestionOf,
  ToEngine,
} from './protocol';
import type { OpenTransport, Transport } from './transport';

/** Silence of a working engine that counts as death, and how soon it is asked for a sign of life. */
const SILENCE_MS_MAX = 2_000;
/** An engine that has not spoken yet is still being fetched and compiled. */
const START_MS_MAX = 15_000;
const PING_AFTER_MS = 1_000;
const WATCH_EACH_MS = 250;
/** A page that was asleep for so long knows nothing about the engine's silence. */
const ASLEEP_MS = 1_000;
/** More restarts than this within a minute: it does not help. */
const RESTARTS_MAX = 3;
const RESTARTS_SPAN_MS = 60_000;

export type EndOfEngine = 'error' | 'messageerror' | 'silent';

/** The engine's updates (answers excepted), and what the client tells of the engine itself. */
export type ClientEvent =
  | FromEngine
  /** The engine died and was started again at the moment that was shown last. Playing has stopped. */
  | { readonly type: 'restarted'; readonly how: EndOfEngine; readonly detail: string }
  /** It dies again and again: nothing runs any more until something is loaded. */
  | { readonly type: 'gone'; readonly how: EndOfEngine; readonly detail: string };

export interface ClientOptions {
  open: OpenTransport;
  /** Wall time, milliseconds. */
  now(): number;
  /** Calls `watch` every so many milliseconds until the returned function is called. */
  every(ms: number, watch: () => void): () => void;
  hear(event: ClientEvent): void;
}

interface Loaded {
  readonly run: number;
  readonly source: unknown;
  readonly read: ReadScenario | undefined;
  /** What was done, once the engine has told it. */
  readonly actions: readonly Action[] | undefined;
  readonly past: Past | undefined;
  readonly moment: Moment | undefined;
}

/**
 * The page's end of the wire. Knows of the run only what it takes to begin it again elsewhere: the scenario, the
 * actions, the moment that was shown last.
 */
export class EngineClient {
  private transport: Transport | undefined;
  private loaded: Loaded | undefined;
  /** What goes on when the file that is being loaded is refused. */
  private before: Loaded | undefined;
  private pace: Pace | undefined;
  private followed: number | null = null;
  private lastRun = 0;
  private lastQuestion = 0;
  private readonly questions = new Map<number, (answer: Answer) => void>();
  private awaitsUpdate = false;
  private hasSpoken = false;
  private heardMs: number;
  private watchedMs: number;
  private pingedMs = Number.NEGATIVE_INFINITY;
  private restartsMs: readonly number[] = [];
  private readonly stopWatching: () => void;

  constructor(private readonly options: ClientOptions) {
    this.heardMs = options.now();
    this.watchedMs = options.now();
    this.stopWatching = options.every(WATCH_EACH_MS, () => this.watch());
  }

  /** Loads a scenario file (text or JSON); the run's number, which later updates name. */
  load(
    source: unknown,
    at?: {
      readonly read?: ReadScenario | undefined;
      readonly moment?: Moment | undefined;
      readonly digest?: string | undefined;
      /** What can be taken back in it from the start. */
      readonly past?: Past | undefined;
    },
  ): number {
    const run = ++this.lastRun;
    this.before = this.loaded;
    this.loaded = { run, source, read: at?.read, actions: undefined, past: at?.past, moment: at?.moment };
    this.send({ type: 'load', run, source, ...at });
    return run;
  }

  send(request: ToEngine): void {
    if (request.type === 'play' || request.type === 'pace') this.pace = request;
    if (request.type === 'follow') this.followed = request.message;
    if (!this.awaitsUpdate) this.heardMs = this.options.now();
    this.awaitsUpdate = true;
    this.transport ??= this.open();
    this.transport.send(request);
  }

  /** The answer to a question about the run; `none` when it is gone before it is answered. */
  ask<K extends Question['kind']>(question: QuestionOf<K>): Promise<AnswerTo<K> | AnswerTo<'none'>>;
  ask(question: Question): Promise<Answer> {
    const id = ++this.lastQuestion;
    return new Promise((resolve) => {
      this.questions.set(id, resolve);
      this.send({ type: 'ask', id, question });
    });
  }

  close(): void {
    this.stopWatching();
    this.transport?.close();
    this.transport = undefined;
    this.giveUpQuestions();
  }

  private open(): Transport {
    this.hasSpoken = false;
    // What an engine that was given up still says must not be heard.
    const transport: Transport = this.options.open({
      update: (update) => {
        if (this.transport === transport) this.hear(update);
      },
      broken: (how, detail) => {
        if (this.transport === transport) this.restart(how, detail);
      },
    });
    return transport;
  }

  private hear(update: FromEngine): void {
    this.heardMs = this.options.now();
    this.hasSpoken = true;
    if (update.type === 'alive')
      this.awaitsUpdate = update.replaying !== undefined || this.questions.size > 0;
    if (update.type === 'answer') {
      this.questions.get(update.id)?.(update.answer);
      this.questions.delete(update.id);
      return;
    }
    this.remember(update);
    this.options.hear(update);
  }

  private remember(update: FromEngine): void {
    const { loaded } = this;
    if (loaded === undefined || !('run' in update) || update.run !== loaded.run) return;
    if (update.type === 'unreadable') this.loaded = this.before;
    if (update.type === 'history') this.loaded = { ...loaded, actions: update.actions, past: update.past };
    if (update.type === 'frame')
      this.loaded = { ...loaded, moment: { step: update.step, timeUs: update.nowUs } };
  }

  private watch(): void {
    const nowMs = this.options.now();
    if (nowMs - this.watchedMs > ASLEEP_MS) this.heardMs = nowMs;
    this.watchedMs = nowMs;
    if (!this.awaitsUpdate || this.transport === undefined) return;
    const silentMs = nowMs - this.heardMs;
    if (silentMs > (this.hasSpoken ? SILENCE_MS_MAX : START_MS_MAX)) this.restart('silent', '');
    else if (silentMs >= PING_AFTER_MS && nowMs - this.pingedMs >= PING_AFTER_MS) {
      this.pingedMs = nowMs;
      this.transport.send({ type: 'ping' });
    }
  }

  private restart(how: EndOfEngine, detail: string): void {
    const nowMs = this.options.now();
    this.transport?.close();
    this.transport = undefined;
    this.awaitsUpdate = false;
    this.giveUpQuestions();
    this.restartsMs = [...this.restartsMs.filter((atMs) => nowMs - atMs < RESTARTS_SPAN_MS), nowMs];
    if (this.restartsMs.length > RESTARTS_MAX || this.loaded === undefined) {
      this.options.hear({ type: 'gone', how, detail });
      return;
    }
    this.before = this.loaded;
    this.send({ type: 'load', ...this.loaded });
    if (this.pace !== undefined) this.send({ ...this.pace, type: 'pace' });
    if (this.followed !== null) this.send({ type: 'follow', message: this.followed });
    this.options.hear({ type: 'restarted', how, detail });
  }

  private giveUpQuestions(): void {
    for (const resolve of this.questions.values()) {
      resolve({ kind: 'none', reason: { en: 'The engine was started again.', zh: '模拟引擎已重新启动。' } });
    }
    this.questions.clear();
  }
}
