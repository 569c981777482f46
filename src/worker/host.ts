import { giveSentences } from '../engine/core/kinds';
import type { Product } from '../engine/product';
import type { Localized } from '../engine/view';
import { buffersOf } from './frame/motion';
import type * as Late from './late';
import type { Answer, FromEngine, ToEngine } from './protocol';
import type { Questions } from './questions';
import { Session, type WorkingTime } from './session';

/** A piece of work, and the longest silence while there is work. */
const SLICE_MS = 8;
const ALIVE_EACH_MS = 40;
/** What could not be fetched is not fetched again before this for the picture's sake, but at once for an action. */
const FETCH_AGAIN_MS = 5_000;

export interface HostOptions {
  /** Wall time, milliseconds. It decides how much is done in a slice, never what. */
  now(): number;
  /** Calls back as soon as requests that have come in were received. */
  defer(work: () => void): void;
  /** What the first picture can do without: at hand, or fetched after it or when somebody needs it. */
  late: typeof Late | (() => Promise<typeof Late>);
  /** What runs the scenarios; the products that they name when absent. */
  product?: Product<unknown> | undefined;
}

type Post = (update: FromEngine, transfer: ArrayBuffer[]) => void;

/** The engine's side of the wire: receives requests, works in slices, answers. It owns no timer and no clock. */
export class Host {
  private session: Session | undefined;
  private questions: Questions | undefined;
  /** Requests that came while the run was on its way somewhere. */
  private waiting: ToEngine[] = [];
  private late: typeof Late | undefined;
  private isFetching = false;
  private fetchFailedMs = Number.NEGATIVE_INFINITY;
  /** Requests from the first on that had to wait for what comes late. */
  private held: ToEngine[] = [];
  private frameAsked: { view: boolean } | undefined;
  /** What is being loaded or was loaded last, for telling of a failure. */
  private subject = { run: 0, seed: 0 };
  private isLoading = false;
  private isScheduled = false;
  private spokeMs = 0;

  constructor(
    private readonly send: Post,
    private readonly options: HostOptions,
  ) {
    if (typeof options.late !== 'function') this.complete(options.late);
  }

  receive(request: ToEngine): void {
    if (request.type === 'ping') {
      this.tellAlive();
      return;
    }
    const needsLate =
      request.type === 'act' ||
      request.type === 'ask' ||
      (request.type === 'load' && (request.read === undefined || request.actions !== undefined));
    if (this.held.length > 0 || (needsLate && this.late === undefined)) {
      this.held.push(request);
      if (request.type !== 'ask' || this.mayFetchAgain || this.isFetching) this.fetchLate();
      else this.giveUp();
      return;
    }
    if (request.type === 'load') this.guard(() => this.load(request));
    else if (request.type === 'frame') {
      this.frameAsked = { view: request.view || (this.frameAsked?.view ?? false) };
    } else if (request.type === 'ask') {
      this.ask(request);
    } else if (this.session?.isBusy && !this.mayInterrupt(request)) this.waiting.push(request);
    else this.guard(() => this.obey(request));
    this.schedule();
  }

  private fetchLate(): void {
    const { late } = this.options;
    if (this.late !== undefined || this.isFetching || typeof late !== 'function') return;
    this.isFetching = true;
    late().then(
      (came) => this.complete(came),
      () => {
        this.isFetching = false;
        this.fetchFailedMs = this.options.now();
        this.giveUp();
      },
    );
  }

  private get mayFetchAgain(): boolean {
    return this.options.now() - this.fetchFailedMs >= FETCH_AGAIN_MS;
  }

  /** What needs the part that could not be fetched is refused; the run goes on without. The next need tries again. */
  private giveUp(): void {
    const { held } = this;
    const { run } = this.subject;
    const message = NOT_FETCHED;
    this.held = [];
    for (const request of held) {
      if (request.type === 'load') this.post({ type: 'unreadable', run: request.run, message });
      else if (request.type === 'act') this.post({ type: 'refused', run, action: request.action, message });
      else if (request.type === 'ask')
        this.post({ type: 'answer', id: request.id, answer: { kind: 'none', reason: message } });
      else this.receive(request);
    }
  }

  private complete(late: typeof Late): void {
    this.late = late;
    late.joinParts();
    giveSentences(late.sentences);
    this.session?.wordsCame();
    const { held } = this;
    this.held = [];
    for (const request of held) this.receive(request);
    this.schedule();
  }

  private load(request: Extract<ToEngine, { type: 'load' }>): void {
    const { run, source, read, actions, past, moment, digest } = request;
    const parsed = read === undefined ? this.reader.parseScenario(source) : { ok: true as const, ...read };
    if (!parsed.ok) {
      const { problem } = parsed;
      this.post({ type: 'unreadable', run, message: problem.message, problem });
      return;
    }
    const { notes } = parsed;
    const scenario = actions === undefined ? parsed.scenario : { ...parsed.scenario, actions };
    this.subject = { run, seed: scenario.seed };
    this.waiting = [];
    for (const id of this.questions?.open ?? []) this.post({ type: 'answer', id, answer: NO_ANSWER });
    this.isLoading = true;
    this.session = undefined;
    this.session = new Session(
      run,
      scenario,
      {
        said: (message) => this.post({ type: 'said', run, message }),
        refused: (action, message) => this.post({ type: 'refused', run, action, message }),
        historyChanged: () => this.tellHistory(),
      },
      this.options.product,
    );
    if (past !== undefined) this.session.travel.recall(past);
    this.questions = undefined;
    const { session } = this;
    const loaded = () => {
      this.isLoading = false;
      const { digest: found } = session.travel.run.sim;
      const asExpected = digest === undefined ? null : digest === found;
      this.post({ type: 'loaded', run, scenario, notes, digest: found, asExpected });
      this.tellHistory();
    };
    if (moment === undefined) loaded();
    else session.seek(moment, loaded);
  }

  /** A newer jump takes the place of one that is under way, unless something waits for the end of that one. */
  private mayInterrupt({ type }: ToEngine): boolean {
    if (this.isLoading) return false;
    return (
      type === 'pause' ||
      type === 'pace' ||
      type === 'follow' ||
      (type === 'seek' && this.waiting.length === 0)
    );
  }

  private obey(request: Exclude<ToEngine, { type: 'load' | 'ping' | 'frame' | 'ask' }>): void {
    const { session } = this;
    if (session === undefined) return;
    switch (request.type) {
      case 'play':
        session.play(request, this.options.now());
        break;
      case 'pace':
        session.setPace(request);
        break;
      case 'pause':
        session.pause();
        break;
      case 'step':
        session.step(request.unit, request.direction);
        break;
      case 'seek':
        session.seek(request.to);
        break;
      case 'act':
        session.act(request.action, this.reader.readAction);
        break;
      case 'undo':
      case 'redo':
        session.undo(request.type);
        break;
      case 'follow':
        session.follow(request.message);
        break;
    }
  }

  private ask({ id, question }: Extract<ToEngine, { type: 'ask' }>): void {
    const { session } = this;
    if (session === undefined) this.post({ type: 'answer', id, answer: NO_ANSWER });
    else {
      this.questions ??= new this.reader.Questions(session.travel);
      this.questions.ask(id, question);
    }
  }

  private get reader(): typeof Late {
    if (this.late === undefined) throw new Error('a request came before what it needs');
    return this.late;
  }

  private answer(time: WorkingTime): void {
    for (const { id, answer } of this.questions?.work(time.isOver) ?? [])
      this.post({ type: 'answer', id, answer });
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    this.options.defer(() => {
      this.isScheduled = false;
      this.guard(() => this.work());
    });
  }

  private work(): void {
    const { session } = this;
    if (session === undefined) return;
    const startMs = this.options.now();
    const passedMs = () => this.options.now() - startMs;
    const time: WorkingTime = {
      isHalfOver: () => passedMs() >= SLICE_MS / 2,
      isOver: () => passedMs() >= SLICE_MS,
    };
    let isMore = session.work(startMs, time);
    while (!session.isBusy && this.waiting.length > 0) {
      const next = this.waiting.shift();
      if (next !== undefined) this.receive(next);
      isMore = true;
    }
    if (!session.isBusy) this.answer(time);
    if (this.frameAsked !== undefined && session.hasNews(this.frameAsked.view)) {
      const frame = session.frame(this.frameAsked.view, this.options.now());
      this.frameAsked = undefined;
      this.post(frame, buffersOf(frame.motion));
      if (this.mayFetchAgain) this.fetchLate();
    }
    if (this.options.now() - this.spokeMs >= ALIVE_EACH_MS) this.tellAlive();
    const playsOn = session.isPlaying && this.frameAsked !== undefined;
    if (isMore || playsOn || this.questions?.isBusy) this.schedule();
  }

  /** The engine may throw: that ends the run's way forward, and nothing else. */
  private guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    const { session } = this;
    const reason = error instanceof Error ? error.message : String(error);
    const rule = (error as { rule?: unknown } | null)?.rule;
    const sim = session?.travel.run.sim;
    session?.breakOff();
    this.waiting = [];
    this.isLoading = false;
    this.post({
      type: 'failed',
      ...this.subject,
      reason,
      rule: typeof rule === 'string' ? rule : undefined,
      step: sim?.steps ?? 0,
      timeUs: sim?.nowUs ?? 0,
    });
  }

  private tellHistory(): void {
    const { session } = this;
    if (session === undefined) return;
    const { run, undoCount, redoCount, past } = session.travel;
    const { actions } = run;
    this.post({ type: 'history', run: session.run, actions, undo: undoCount, redo: redoCount, past });
  }

  private tellAlive(): void {
    const { travel } = this.session ?? {};
    const { steps = 0, nowUs = 0 } = travel?.run.sim ?? {};
    this.post({ type: 'alive', step: steps, timeUs: nowUs, replaying: travel?.replaying });
  }

  private post(update: FromEngine, transfer: ArrayBuffer[] = []): void {
    this.spokeMs = this.options.now();
    this.send(update, transfer);
  }
}

const NOT_FETCHED: Localized = {
  en: 'A part of the simulation could not be fetched. Check the connection and try again.',
  zh: '模拟引擎有一部分未能加载，请检查网络连接后重试。',
};

const NO_ANSWER: Answer = {
  kind: 'none',
  reason: { en: 'The run that was asked about is gone.', zh: '所问的运行已不在。' },
};
