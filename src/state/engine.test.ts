import { beforeEach, describe, expect, it } from 'vitest';
import type { Product } from '../engine/product';
import { ManualClock, toyFile } from '../worker/fixtures/harness';
import { toyProduct } from '../worker/fixtures/toy-product';
import { inlineTransport } from '../worker/inline-transport';
import type { RunStorage } from './autosave';
import { Engine } from './engine';
import { movingNow } from './motion';
import { defaultSettings, readSettings, type SettingsStorage } from './settings';
import { createInitial, usePlayground } from './store';

const SECOND = 1_000_000;
const KILL = { do: 'kill', target: 'b', failure: 'power' } as const;

class MemoryStorage implements RunStorage, SettingsStorage {
  readonly kept = new Map<string, string>();
  get = async (key: string) => this.kept.get(key);
  set = async (key: string, value: string) => void this.kept.set(key, value);
  del = async (key: string) => void this.kept.delete(key);
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
}

function createPage(storage = new MemoryStorage()) {
  usePlayground.setState(createInitial(defaultSettings(['en'])), true);
  const clock = new ManualClock();
  const draws: (() => void)[] = [];
  const engine = new Engine(usePlayground, {
    open: inlineTransport({ now: clock.now, defer: clock.defer, product: toyProduct as Product<unknown> }),
    now: clock.now,
    every: clock.every,
    nextFrame: (draw) => draws.push(draw),
    prefersReducedMotion: () => false,
    runStorage: storage,
    settingsStorage: storage,
  });
  /** Lets the page draw for so long, sixty times a second. */
  const draw = (ms = 200) => {
    for (let passed = 0; passed < ms; passed += 16) {
      for (const next of draws.splice(0)) next();
      clock.pass(16, 16);
    }
  };
  const rest = async () => {
    draw();
    // What waits for the storage or for an answer goes on between two turns of the page.
    for (let i = 0; i < 20; i++) {
      await Promise.resolve();
      clock.settle();
    }
  };
  return { engine, clock, draw, rest, storage, state: usePlayground.getState };
}

let page: ReturnType<typeof createPage>;
beforeEach(() => {
  page = createPage();
});

describe('the store', () => {
  it('holds what the engine says of the run', () => {
    const { engine, draw, state } = page;
    engine.open(toyFile());
    draw();
    expect(state()).toMatchObject({ engine: 'running', run: 1, nowUs: 0, playing: false });
    expect(state().scenario?.producers[0]?.id).toBe('p');
    expect(state().processes.p?.state).toBe('up');
    engine.seek({ timeUs: 2 * SECOND });
    expect(state().isJumping).toBe(true);
    draw();
    expect(state()).toMatchObject({ nowUs: 2 * SECOND, isJumping: false });
    expect(state().entries.at(-1)?.timeUs).toBeLessThanOrEqual(2 * SECOND);
    const count = state().entries.length;
    engine.seek({ timeUs: SECOND });
    draw();
    expect(state().entries.length).toBeLessThan(count);
    expect(state().entries.at(-1)?.timeUs).toBeLessThanOrEqual(SECOND);
  });

  it('keeps the identity of what does not change', () => {
    const { engine, draw, state } = page;
    engine.open(toyFile());
    engine.seek({ timeUs: SECOND });
    draw();
    const before = state();
    engine.seek({ timeUs: SECOND + 1 });
    draw();
    expect(state().nowUs).toBe(SECOND + 1);
    expect(state().processes).toBe(before.processes);
    expect(state().view).toBe(before.view);
    engine.act(KILL);
    draw();
    expect(state().view?.links).not.toBe(before.view?.links);
    expect(state().processes.p).toBe(before.processes.p);
  });

  it('gets views ten times a second while playing, and moving parts with each frame', () => {
    const { engine, draw, state } = page;
    engine.change({ pacing: 'clock', clockRate: 1 });
    engine.open(toyFile(), { play: true });
    draw(500);
    const times: number[] = [];
    const views: number[] = [];
    const stop = usePlayground.subscribe((next, last) => {
      if (next.nowUs !== last.nowUs) views.push(next.nowUs);
    });
    for (let i = 0; i < 60; i++) {
      draw(16);
      times.push(movingNow()?.nowUs ?? 0);
    }
    stop();
    expect(new Set(times).size).toBeGreaterThan(50);
    expect(views.length).toBeGreaterThanOrEqual(8);
    expect(views.length).toBeLessThanOrEqual(11);
    engine.pause();
    draw(50);
    expect(state().nowUs).toBe(movingNow()?.nowUs);
  });

  it('tells what was refused, and forgets it when it was read', () => {
    const { engine, draw, state } = page;
    engine.open(toyFile());
    draw();
    engine.act({ do: 'pause', target: 'c' });
    draw();
    expect(state().sayings).toMatchObject([{ kind: 'refusal', text: { en: 'Not for toys.' } }]);
    engine.dismiss(state().sayings[0]?.id ?? 0);
    expect(state().sayings).toEqual([]);
  });

  it('shows a file that cannot be read as that, and goes on with the run', () => {
    const { engine, draw, state } = page;
    engine.open(toyFile());
    draw();
    engine.open('{');
    draw();
    expect(state().unreadable?.en).toContain('JSON');
    expect(state().run).toBe(1);
    engine.seek({ timeUs: SECOND });
    draw();
    expect(state().nowUs).toBe(SECOND);
  });

  it('keeps the picture when the engine fails, and offers a report of it', async () => {
    const { engine, draw, state } = page;
    engine.open(toyFile());
    draw();
    engine.act({ do: 'freeze', target: 'p', for: '5s' });
    engine.seek({ timeUs: 9 * SECOND });
    draw();
    expect(state().failed).toMatchObject({ reason: 'it broke', rule: 'EN-1', timeUs: 5 * SECOND });
    expect(state().view).not.toBeNull();
    expect(JSON.parse(await engine.failureReport())).toMatchObject({
      failed: { reason: 'it broke' },
      run: { v: 1, actions: [{ do: 'freeze' }] },
    });
    engine.seek({ timeUs: SECOND });
    draw();
    expect(state()).toMatchObject({ failed: null, nowUs: SECOND });
  });

  it('forgets the former run when another one is opened', () => {
    const { engine, draw, state } = page;
    engine.open(toyFile());
    engine.seek({ timeUs: 3 * SECOND });
    draw();
    engine.selectProcess('b');
    engine.act(KILL);
    draw();
    expect(state()).toMatchObject({ selectedProcess: 'b', undoCount: 1 });
    engine.open(toyFile(7));
    draw();
    expect(state()).toMatchObject({ run: 2, nowUs: 0, selectedProcess: null, undoCount: 0, actions: [] });
    expect(state().marks.map(({ type }) => type)).not.toContain('host.power-lost');
  });
});

describe('a link', () => {
  it('opens the run at its moment, and says when it is not the same', async () => {
    const { engine, rest, state } = page;
    engine.open(toyFile());
    engine.seek({ timeUs: 2 * SECOND });
    engine.act(KILL);
    engine.seek({ timeUs: 6 * SECOND });
    await rest();
    const asked = engine.link();
    await rest();
    const link = (await asked) as string;
    const { step } = state();

    const other = createPage();
    await Promise.all([other.engine.openLink(link), other.rest()]);
    await other.rest();
    expect(other.state()).toMatchObject({ nowUs: 6 * SECOND, step, undoCount: 0, sayings: [] });
    expect(other.state().actions).toMatchObject([{ do: 'kill', atUs: 2 * SECOND }]);
  });

  it('is said to be of another model, also while its trace is the same', async () => {
    const { engine, rest, state } = page;
    engine.open(toyFile(), { otherModel: 9 });
    await rest();
    expect(state().sayings.map(({ kind, text }) => [kind, text.en.slice(0, 31)])).toEqual([
      ['warning', 'This run was made with model 9,'],
    ]);
    engine.open(toyFile(), { otherModel: 9, moment: { step: 3 }, digest: '0123456789abcdef' });
    await rest();
    expect(state().sayings.at(-1)?.text.en).toMatch(/^This run is not the one that was shared/);
  });

  it('that is broken changes nothing but says why', async () => {
    const { engine, rest, state } = page;
    engine.open(toyFile());
    await rest();
    expect(await engine.openLink('broken!')).toBe(false);
    expect(state().unreadable?.en).toContain('damaged');
    expect(state().run).toBe(1);
  });
});

describe('what the device keeps', () => {
  it('is the run with its actions and moment, opened again later', async () => {
    const { engine, clock, rest, storage } = page;
    engine.open(toyFile());
    engine.seek({ timeUs: 2 * SECOND });
    engine.act(KILL);
    await rest();
    clock.pass(1_500);
    await rest();
    const later = createPage(storage);
    await Promise.all([later.engine.openSaved(), later.rest()]);
    await later.rest();
    expect(later.state()).toMatchObject({ nowUs: 2 * SECOND, sayings: [] });
    expect(later.state().actions).toMatchObject([{ do: 'kill', atUs: 2 * SECOND }]);
  });

  it('is put aside when it cannot be read', async () => {
    const { engine, storage, state } = page;
    expect(await engine.openSaved()).toBe(false);
    expect(state().sayings).toEqual([]);
    storage.kept.set('run', '{"v":1,"scenario":');
    expect(await engine.openSaved()).toBe(false);
    expect(state().sayings[0]?.text.en).toContain('put aside');
    expect([...storage.kept]).toEqual([['run-unreadable', '{"v":1,"scenario":']]);
  });

  it('are the settings, each by itself', () => {
    const { engine, storage } = page;
    engine.change({ lang: 'zh', clockRate: 10 });
    expect(readSettings(storage, ['en'])).toMatchObject({ lang: 'zh', clockRate: 10, theme: 'system' });
    storage.kept.set('mq-playground/settings', '{"lang":"zh","clockRate":"fast","theme":7}');
    expect(readSettings(storage, ['en'])).toEqual({ ...defaultSettings(['en']), lang: 'zh' });
    storage.kept.set('mq-playground/settings', 'nonsense');
    expect(readSettings(storage, ['zh-CN'])).toEqual(defaultSettings(['zh']));
    expect(readSettings(undefined, ['en'])).toEqual(defaultSettings(['en']));
  });
});
