import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setEngine } from '../state/browser-engine';
import { Engine } from '../state/engine';
import { defaultSettings } from '../state/settings';
import { createInitial, usePlayground } from '../state/store';
import { UiRoot } from '../ui/UiRoot';
import { ManualClock } from '../worker/fixtures/harness';
import { inlineTransport } from '../worker/inline-transport';
import { Announcer } from './Announcer';
import { App } from './App';
import { Banners } from './Banners';
import { useKeys } from './commands/use-keys';
import { readAddress } from './routes';
import { closeTopmost, INITIAL_SHELL, useShell } from './shell-state';

const FILE = {
  format: 'mq-playground/scenario@1',
  product: 'rocketmq',
  nameservers: [{ id: 'ns-1' }],
  brokers: [{ id: 'broker-a:0', brokerName: 'broker-a' }],
  topics: [{ name: 'Orders', queues: 1 }],
  producers: [{ id: 'producer-1', group: 'senders', topic: 'Orders' }],
};

function Keys() {
  useKeys(true);
  return (
    <>
      <input aria-label="text" />
      <button type="button">button</button>
    </>
  );
}

function open(content = <Keys />) {
  const clock = new ManualClock();
  const draws: (() => void)[] = [];
  const engine = new Engine(usePlayground, {
    open: inlineTransport({ now: clock.now, defer: clock.defer }),
    now: clock.now,
    every: clock.every,
    nextFrame: (draw) => draws.push(draw),
    prefersReducedMotion: () => false,
  });
  setEngine(engine);
  engine.open(FILE);
  render(<UiRoot lang="en">{content}</UiRoot>);
  const settle = () =>
    act(async () => {
      for (let i = 0; i < 20; i++) {
        for (const next of draws.splice(0)) next();
        clock.pass(16, 16);
        await Promise.resolve();
      }
    });
  return { engine, settle, state: usePlayground.getState };
}

beforeEach(() => {
  usePlayground.setState(createInitial(defaultSettings(['en'])), true);
  useShell.setState(INITIAL_SHELL, true);
});
afterEach(() => setEngine(undefined));
// What the page fetches after its first picture arrives before the page of this file is torn down.
afterAll(() => Promise.all([import('./around'), import('../features/inspector/Inspector')]));

const press = (key: string, more: object = {}, target: Element = document.body) =>
  fireEvent.keyDown(target, { key, code: key === ' ' ? 'Space' : key, ...more });

describe('the keys', () => {
  it('play and pause, step, and cut the power of the first master when nothing is selected', async () => {
    const { settle, state } = open();
    await settle();
    press(' ');
    await settle();
    expect(state().playing).toBe(true);
    press(' ');
    await settle();
    expect(state().playing).toBe(false);
    press('k');
    await settle();
    expect(state().actions).toMatchObject([{ do: 'kill', target: 'broker-a:0', failure: 'power' }]);
    press('r');
    await settle();
    expect(state().actions).toHaveLength(2);
    press('z', { ctrlKey: true });
    await settle();
    expect(state().actions).toHaveLength(1);
  });

  it('act on what is selected', async () => {
    const { engine, settle, state } = open();
    await settle();
    engine.selectProcess('ns-1');
    press('K', { shiftKey: true });
    await settle();
    expect(state().actions).toMatchObject([{ do: 'kill', target: 'ns-1', failure: 'process' }]);
    engine.selectLink(['producer-1', 'broker-a:0']);
    press('x');
    await settle();
    expect(state().actions.at(-1)).toMatchObject({ do: 'cut', between: ['producer-1', 'broker-a:0'] });
    press('x');
    await settle();
    expect(state().actions.at(-1)).toMatchObject({ do: 'heal' });
  });

  it('leave what is typed alone, and a held key does a deed once', async () => {
    const { settle, state } = open();
    await settle();
    press('k', {}, screen.getByRole('textbox', { name: 'text' }));
    press('k', { repeat: true });
    await settle();
    expect(state().actions).toEqual([]);
  });

  it('that are letters can be switched off; the others stay', async () => {
    const { engine, settle, state } = open();
    await settle();
    act(() => engine.change({ singleKeys: false }));
    press('k');
    press('t');
    press('ArrowRight');
    await settle();
    expect(state().actions).toEqual([]);
    expect(state().step).toBe(1);
  });

  it('change pacing, speed, language and theme', async () => {
    const { settle, state } = open();
    await settle();
    press('s');
    press(']');
    press('l');
    press('t');
    expect(state().settings).toMatchObject({ pacing: 'clock', clockRate: 2.2, lang: 'zh', theme: 'dark' });
  });

  it('open the palette, the help and the tabs of the inspector; Escape closes and then clears', async () => {
    const { engine, settle, state } = open();
    await settle();
    act(() => engine.selectProcess('ns-1'));
    press('3');
    press('?', { shiftKey: true });
    expect(useShell.getState()).toMatchObject({ inspectorTab: 'why', inspectorOpen: true, help: 'keys' });
    press('Escape');
    expect(useShell.getState().help).toBeNull();
    press('Escape');
    expect(useShell.getState().inspectorOpen).toBe(false);
    press('Escape');
    expect(state().selectedProcess).toBeNull();
    press('/');
    expect(useShell.getState().paletteOpen).toBe(true);
  });
});

it('shows a picture and says why where the browser cannot run the simulation', () => {
  vi.stubGlobal('Worker', undefined);
  render(<App />);
  expect(screen.getByText('This browser cannot run Web Workers.')).toBeTruthy();
  expect(screen.getByRole('img').getAttribute('src')).toBe('./cluster.png');
  vi.unstubAllGlobals();
});

it('closes one thing after another, the topmost first', () => {
  useShell.setState({ help: 'keys', lower: 'log', inspectorOpen: true });
  closeTopmost();
  expect(useShell.getState()).toMatchObject({ help: null, lower: 'log' });
  closeTopmost();
  expect(useShell.getState()).toMatchObject({ lower: null, inspectorOpen: true });
  closeTopmost();
  expect(closeTopmost()).toBe(false);
});

it('reads addresses, and takes what it does not know for home', () => {
  expect(readAddress('/')).toEqual({ kind: 'home' });
  expect(readAddress('/s/slow-disk')).toEqual({ kind: 'built-in', id: 'slow-disk' });
  expect(readAddress('/r/a_b-c')).toEqual({ kind: 'link', code: 'a_b-c' });
  expect(readAddress('/x/y')).toEqual({ kind: 'home' });
  expect(readAddress('/s/%E0%A4%A')).toEqual({ kind: 'built-in', id: '%E0%A4%A' });
});

describe('what cannot go on', () => {
  it('is said in one line above the graph, until it is dismissed', () => {
    const { engine } = open(<Banners />);
    act(() => engine.say('warning', { en: 'The engine was started again.', zh: '已重新启动。' }));
    expect(screen.getByText('The engine was started again.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByText('The engine was started again.')).toBeNull();
  });

  it('names the moment and the seed of an engine that failed, and gives the report', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    open(<Banners />);
    act(() =>
      usePlayground.setState({
        failed: { type: 'failed', run: 1, reason: 'it broke', step: 9, timeUs: 71_900_000, seed: 4217 },
      }),
    );
    expect(screen.getByText('The engine stopped at 71.9000 s. Seed 4217.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Copy the report' }));
    await waitFor(() => expect(write).toHaveBeenCalledOnce());
    expect(JSON.parse(write.mock.calls[0]?.[0] ?? '')).toMatchObject({ failed: { reason: 'it broke' } });
  });
});

it('tells the latest beat to those who do not see it', async () => {
  const { engine, settle } = open(<Announcer />);
  await settle();
  engine.act({ do: 'kill', target: 'broker-a:0', failure: 'power' });
  await settle();
  expect(document.querySelector('output')?.textContent).toMatch(/^\d+\.\d s: .*broker-a:0/);
});
