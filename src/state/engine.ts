import type { StoreApi } from 'zustand';
import { firstEntry } from '../content/scenarios/first';
import type { Pair, ReadScenario } from '../engine/scenario/types';
import type { Localized } from '../engine/view';
import { type ClientEvent, type ClientOptions, EngineClient } from '../worker/client';
import type { ActionRequest, AnswerTo, Moment, Pace, Past, Question, QuestionOf } from '../worker/protocol';
import { type RunStorage, readSavedRun, saveRun } from './autosave';
import { framePart, listParts } from './frames';
import { publishMoving } from './motion';
import { differs, ENGINE_GONE, ENGINE_RESTARTED, madeWith, noSuchScenario } from './sentences';
import { type Settings, type SettingsStorage, writeSettings } from './settings';
import type { ReadPackage, RunPackage } from './share/package';
import { NO_FRAME, NO_SELECTION, type Playground, type Saying } from './store';

/** The view is asked for this often while playing. */
const VIEW_EACH_MS = 100;
const SAVE_EACH_MS = 1_000;
const SAVE_PLAYING_EACH_MS = 5_000;
const SAYINGS_MAX = 20;

export interface EngineOptions extends Omit<ClientOptions, 'hear'> {
  /** Calls back before the next picture is drawn. */
  nextFrame(draw: () => void): void;
  prefersReducedMotion(): boolean;
  runStorage?: RunStorage | undefined;
  settingsStorage?: SettingsStorage | undefined;
}

export interface OpenOptions {
  /** What the source reads as, where that is known. */
  readonly read?: ReadScenario | undefined;
  readonly builtIn?: string | null;
  readonly moment?: Moment | undefined;
  readonly digest?: string | undefined;
  /** What can be taken back in it from the start. */
  readonly past?: Past | undefined;
  /** The model that a link was made with, where it is another one. */
  readonly otherModel?: number | null;
  readonly play?: boolean;
}

/** Reading scenario files takes code that a first picture does not need. */
const loadLinks = () => import('./share/link');
const loadPackages = () => import('./share/package');
const loadCatalog = () => import('../content/scenarios/catalog');

/** Everything that the page may ask of the engine. What comes of it stands in the store. */
export class Engine {
  private readonly client: EngineClient;
  private isFrameAsked = false;
  private viewedMs = Number.NEGATIVE_INFINITY;
  private opening: OpenOptions = {};
  private savedMs = Number.NEGATIVE_INFINITY;
  private isUnsaved = false;
  private lastSaying = 0;
  private readonly stopSaving: () => void;

  constructor(
    private readonly store: Pick<StoreApi<Playground>, 'getState' | 'setState'>,
    private readonly options: EngineOptions,
  ) {
    this.client = new EngineClient({ ...options, hear: (event) => this.hear(event) });
    this.stopSaving = options.every(SAVE_EACH_MS, () => this.saveSometimes());
  }

  /** Opens a scenario file: text or JSON, actions included. */
  open(source: unknown, options: OpenOptions = {}): void {
    this.opening = options;
    const { read, moment, digest, past } = options;
    this.client.load(source, { read, moment, digest, past });
    this.store.setState({ unreadable: null, problem: null, isJumping: true });
  }

  /** Opens a built-in scenario. False when there is none of this id, which is then said. */
  async openBuiltIn(id: string, options: Pick<OpenOptions, 'play'> = {}): Promise<boolean> {
    const entries = id === firstEntry.id ? [firstEntry] : (await loadCatalog()).catalog;
    const entry = entries.find((each) => each.id === id);
    if (entry === undefined) this.say('warning', noSuchScenario(id));
    else this.open(entry.file, { ...options, builtIn: id, read: entry.read });
    return entry !== undefined;
  }

  /** Opens what stands in an address. False when it cannot be read; the reason then stands in `unreadable`. */
  async openLink(text: string): Promise<boolean> {
    const { decodeLink } = await loadLinks();
    const unpacked = await decodeLink(text);
    if (!unpacked.ok) {
      this.store.setState({ unreadable: unpacked.message, problem: null });
      return false;
    }
    this.openPackage(unpacked.run);
    return true;
  }

  /** Opens the run that this device kept. False when there is none that can be opened. */
  async openSaved(): Promise<boolean> {
    const { runStorage } = this.options;
    const saved = runStorage === undefined ? null : await readSavedRun(runStorage);
    if (saved !== null && 'message' in saved) this.say('warning', saved.message);
    if (saved === null || 'message' in saved) return false;
    this.openPackage(saved.run);
    return true;
  }

  /** The run at the present moment as text for an address; undefined when it is too long, or there is none. */
  async link(): Promise<string | undefined> {
    const run = await this.packageNow();
    return run && (await loadLinks()).encodeLink(run);
  }

  play(): void {
    this.client.send({ type: 'play', ...this.pace() });
  }

  pause(): void {
    this.client.send({ type: 'pause' });
  }

  step(unit: 'event' | 'beat', direction: 1 | -1): void {
    this.store.setState({ isJumping: true });
    this.client.send({ type: 'step', unit, direction });
  }

  seek(to: Moment | { readonly timeUs: number }): void {
    this.store.setState({ isJumping: true });
    this.client.send({ type: 'seek', to });
  }

  act(action: ActionRequest): void {
    this.client.send({ type: 'act', action });
  }

  undo(): void {
    this.client.send({ type: 'undo' });
  }

  redo(): void {
    this.client.send({ type: 'redo' });
  }

  ask<K extends Question['kind']>(question: QuestionOf<K>): Promise<AnswerTo<K> | AnswerTo<'none'>> {
    return this.client.ask<K>(question);
  }

  selectProcess(selectedProcess: string | null): void {
    this.store.setState({ selectedProcess, selectedLink: null });
  }

  selectLink(selectedLink: Pair | null): void {
    this.store.setState({ selectedLink, selectedProcess: null });
  }

  /** The story then tells this message's hops. */
  selectMessage(selectedMessage: number | null): void {
    this.store.setState({ selectedMessage });
    this.client.send({ type: 'follow', message: selectedMessage });
  }

  change(changes: Partial<Settings>): void {
    const settings = { ...this.store.getState().settings, ...changes };
    this.store.setState({ settings });
    writeSettings(this.options.settingsStorage, settings);
    if (this.store.getState().run !== 0) this.client.send({ type: 'pace', ...this.pace() });
  }

  say(kind: Saying['kind'], text: Localized): void {
    const saying = { id: ++this.lastSaying, kind, text };
    this.store.setState({ sayings: [...this.store.getState().sayings, saying].slice(-SAYINGS_MAX) });
  }

  dismiss(id: number): void {
    this.store.setState({ sayings: this.store.getState().sayings.filter((saying) => saying.id !== id) });
  }

  /** What to send with a report of a failure: the failure and the whole run, as text. */
  async failureReport(): Promise<string> {
    const { failed, scenario, builtIn, actions, step, nowUs } = this.store.getState();
    const { pack } = await loadPackages();
    const run = scenario && pack({ scenario, builtIn, actions, moment: { step, timeUs: nowUs }, digest: '' });
    return JSON.stringify({ failed, run: run && JSON.parse(run) }, null, 2);
  }

  close(): void {
    this.stopSaving();
    this.client.close();
    publishMoving(null);
  }

  private openPackage({ source, builtIn, moment, digest, otherModel, notes }: ReadPackage): void {
    for (const note of notes) this.say('warning', note);
    this.open(source, { builtIn, moment, digest, otherModel });
  }

  private pace(): Pace {
    const { pacing, storyRate, clockRate, motion } = this.store.getState().settings;
    const reduced = motion === 'reduced' || (motion === 'system' && this.options.prefersReducedMotion());
    return { pacing, rate: pacing === 'story' ? storyRate : clockRate, reduced };
  }

  private hear(event: ClientEvent): void {
    const { store } = this;
    switch (event.type) {
      case 'loaded': {
        const { run, scenario, notes, asExpected } = event;
        const { builtIn = null, otherModel = null, play } = this.opening;
        const again = run === store.getState().run;
        store.setState({
          ...(again ? {} : { ...NO_FRAME, ...NO_SELECTION, builtIn }),
          engine: 'running',
          run,
          scenario,
          scenarioNotes: notes,
          unreadable: null,
          problem: null,
          failed: null,
          replaying: null,
        });
        if (asExpected === false && !again) this.say('warning', differs(otherModel));
        else if (otherModel !== null && !again) this.say('warning', madeWith(otherModel));
        this.client.send({ type: play ? 'play' : 'pace', ...this.pace() });
        this.opening = {};
        this.askFrame(true);
        break;
      }
      case 'unreadable':
        store.setState({ unreadable: event.message, problem: event.problem ?? null, isJumping: false });
        this.askFrame(true);
        break;
      case 'frame':
        this.isFrameAsked = false;
        this.onFrame(event);
        this.askFrame(false);
        break;
      case 'history':
        store.setState({ actions: event.actions, undoCount: event.undo, redoCount: event.redo });
        this.isUnsaved = true;
        break;
      case 'alive':
        if (event.replaying !== undefined) store.setState({ replaying: event.replaying });
        break;
      case 'refused':
        this.say('refusal', event.message);
        break;
      case 'said':
        this.say('note', event.message);
        break;
      case 'failed':
        store.setState({ failed: event, playing: false, replaying: null, isJumping: false });
        break;
      case 'restarted':
        this.say('warning', ENGINE_RESTARTED);
        store.setState({ playing: false, replaying: null });
        break;
      case 'gone':
        this.say('warning', ENGINE_GONE);
        store.setState({ engine: 'gone', playing: false, replaying: null, isJumping: false });
        break;
    }
  }

  private onFrame(frame: Extract<ClientEvent, { type: 'frame' }>): void {
    const state = this.store.getState();
    if (frame.run !== state.run) return;
    publishMoving(frame);
    const wasFailed = state.failed !== null && frame.step !== state.step;
    this.store.setState({
      ...listParts(state, frame),
      ...(frame.view === undefined ? {} : framePart(state, frame)),
      ...(frame.playing === state.playing ? {} : { playing: frame.playing }),
      ...(wasFailed ? { failed: null } : {}),
      replaying: null,
      isJumping: false,
    });
    this.isUnsaved ||= frame.step !== state.step || frame.nowUs !== state.nowUs;
  }

  private askFrame(atOnce: boolean): void {
    if (this.isFrameAsked && !atOnce) return;
    this.isFrameAsked = true;
    const ask = () => {
      const nowMs = this.options.now();
      const view = !this.store.getState().playing || nowMs - this.viewedMs >= VIEW_EACH_MS;
      if (view) this.viewedMs = nowMs;
      this.client.send({ type: 'frame', view });
    };
    if (atOnce) ask();
    else this.options.nextFrame(ask);
  }

  private async packageNow(): Promise<RunPackage | undefined> {
    const answer = await this.client.ask<'digest'>({ kind: 'digest' });
    const { scenario, builtIn, actions } = this.store.getState();
    if (answer.kind !== 'digest' || scenario === null) return undefined;
    return { scenario, builtIn, actions, moment: answer.moment, digest: answer.digest };
  }

  private async save(runStorage: RunStorage): Promise<void> {
    const [found, { pack }] = await Promise.all([this.packageNow(), loadPackages()]);
    if (found) await saveRun(runStorage, pack(found));
  }

  private saveSometimes(): void {
    const { runStorage, now } = this.options;
    const { playing, run, engine, failed, isJumping } = this.store.getState();
    if (runStorage === undefined || !this.isUnsaved || run === 0 || engine !== 'running') return;
    if (failed !== null || isJumping || (playing && now() - this.savedMs < SAVE_PLAYING_EACH_MS)) return;
    this.isUnsaved = false;
    this.savedMs = now();
    void this.save(runStorage);
  }
}
