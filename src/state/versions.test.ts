import { describe, expect, it } from 'vitest';
import { parseScenario } from '../engine/scenario/parse';
import type { Action, Scenario } from '../engine/scenario/types';
import type { RunStorage } from './autosave';
import { packSwitch, unpackSwitch } from './kept-switch';
import { defaultSettings } from './settings';
import { createInitial, usePlayground } from './store';
import {
  forgetSwitch,
  type KeptRun,
  type RunNow,
  recallSwitch,
  switchVersion,
  useSwitched,
} from './versions';

const SECOND = 1_000_000;
const FILE = {
  format: 'mq-playground/scenario@1',
  product: 'rocketmq',
  productVersion: '5.3',
  seed: 7,
  nameservers: [{ id: 'ns-1' }],
  brokers: [{ id: 'a', brokerName: 'a', config: { inSyncReplicas: 2 } }],
  topics: [{ name: 'T', queues: 1 }],
  producers: [{ id: 'p', group: 'p', topic: 'T', ratePerSecond: 10, timerDelayMs: 500 }],
  consumers: [{ id: 'c', group: 'g', topic: 'T', protocol: 'pop', processingMs: 7 }],
  actions: [
    { at: '1s', do: 'set', target: 'p', workload: { timerDelayMs: 100 } },
    { at: '2s', do: 'kill', target: 'a', failure: 'power' },
    { at: '3s', do: 'set', target: 'p', workload: { timerDelayMs: 200, ratePerSecond: 50 } },
    { at: '4s', do: 'restart', target: 'a' },
  ],
};

function read(file: unknown): Scenario {
  const parsed = parseScenario(file);
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  return parsed.scenario;
}

const runOf = (scenario: Scenario, undo = 0, actions: readonly Action[] = scenario.actions): RunNow => ({
  ...{ scenario, actions, undo },
  timesUs: actions.map(({ atUs }) => atUs ?? undefined),
});

/** There and back; `meanwhile` changes what was done in the other version. */
function thereAndBack(
  run: RunNow,
  meanwhile: (actions: readonly Action[]) => readonly Action[] = (actions) => actions,
) {
  const there = switchVersion(run, '4.9', null);
  const other = read(there.source);
  const actions = meanwhile(other.actions);
  const undo = Math.max(0, there.past.done.length + actions.length - other.actions.length);
  const back = switchVersion(runOf(other, undo, actions), '5.3', there.kept);
  return { there, other, back, again: read(back.source) };
}

const kill: Action = { do: 'kill', target: 'a', failure: 'process', atUs: 9 * SECOND, afterStep: null };

describe('going to another version and back', () => {
  it('brings back everything that the other version could not hold', () => {
    const scenario = read(FILE);
    const { other, again, back } = thereAndBack(runOf(scenario));
    expect(other.consumers[0]?.protocol).toBe('remoting');
    expect(other.actions.map((action) => action.do)).toEqual(['kill', 'set', 'restart']);
    expect(again).toEqual(scenario);
    expect(back.leftOut).toEqual([]);
  });

  it('keeps what was done there, and leaves out what was taken back there', () => {
    const scenario = read(FILE);
    const { again } = thereAndBack(runOf(scenario), (actions) => [...actions.slice(0, -1), kill]);
    expect(again.actions).toEqual([...scenario.actions.slice(0, 3), kill]);
    expect(again.producers).toEqual(scenario.producers);
  });

  it('goes to and fro as often as one likes', () => {
    const scenario = read(FILE);
    let run = runOf(scenario);
    let kept: KeptRun | null = null;
    for (const version of ['4.9', '5.3', '4.9', '5.3'] as const) {
      const switched = switchVersion(run, version, kept);
      kept = switched.kept;
      run = runOf(read(switched.source));
    }
    expect(run.scenario).toEqual(scenario);
  });

  it('restores nothing into another scenario', () => {
    const { kept } = switchVersion(runOf(read(FILE)), '4.9', null);
    const stranger = read({
      ...FILE,
      productVersion: '4.9',
      seed: 8,
      brokers: [{ id: 'a', brokerName: 'a' }],
      producers: [],
      consumers: [],
      actions: [],
    });
    expect(switchVersion(runOf(stranger), '5.3', kept).source).toEqual(
      switchVersion(runOf(stranger), '5.3', null).source,
    );
  });

  it('can still take back what was done by hand, one after another', () => {
    const scenario = read(FILE);
    const { there, other, back, again } = thereAndBack(runOf(scenario, 2));
    expect(there.past.done).toEqual([
      { at: { timeUs: 3 * SECOND }, actions: other.actions.slice(0, 1), sharedActions: 1 },
      { at: { timeUs: 4 * SECOND }, actions: other.actions.slice(0, 2), sharedActions: 2 },
    ]);
    expect(back.past.done.map(({ actions }) => actions)).toEqual([
      again.actions.slice(0, 2),
      again.actions.slice(0, 3),
    ]);
  });
});

describe('what a switch left out', () => {
  const scenario = read(FILE);
  const { source, leftOut, kept } = switchVersion(runOf(scenario, 2), '4.9', null);
  const text = packSwitch({ version: '4.9', leftOut, kept });

  it('comes back from text', () => {
    const left = unpackSwitch(text);
    expect(left).toMatchObject({ version: '4.9', leftOut, kept: { places: kept.places, run: { undo: 2 } } });
    const back = switchVersion(runOf(read(source)), '5.3', left?.kept ?? null);
    expect(read(back.source)).toEqual(scenario);
    // A step of the engine has no time of its own.
    const stepped = { ...runOf(scenario), timesUs: [undefined, 7, 8, 9] };
    const again = unpackSwitch(packSwitch({ version: '4.9', leftOut, kept: { ...kept, run: stepped } }));
    expect(again?.kept.run.timesUs).toEqual([undefined, 7, 8, 9]);
  });

  it('is nothing when the text was damaged, or is of another shape', () => {
    for (const damaged of ['', '7', '{}', text.slice(1), text.replace('"v":1', '"v":2')])
      expect(unpackSwitch(damaged)).toBeNull();
    expect(unpackSwitch(text.replace(/"places":\[[^\]]*\]/, '"places":[1]'))).toBeNull();
    expect(unpackSwitch(text.replace('"rocketmq"', '"kafka"'))).toBeNull();
  });

  it('is recalled after a reload for the run that it belongs to, and forgotten with it', async () => {
    const texts = new Map([['run-other-version', text]]);
    const storage: RunStorage = {
      get: async (key) => texts.get(key),
      set: async (key, value) => void texts.set(key, value),
      del: async (key) => void texts.delete(key),
    };
    const reload = async (opened: Scenario) => {
      useSwitched.setState({ last: null });
      usePlayground.setState({ ...createInitial(defaultSettings(['en'])), scenario: opened });
      await recallSwitch(storage);
      return useSwitched.getState().last;
    };
    expect(await reload({ ...read(source), seed: 99 })).toBeNull();
    expect(await reload(read(source))).toMatchObject({ version: '4.9', from: 0, leftOut });
    forgetSwitch(storage);
    expect(await reload(read(source))).toBeNull();
    // Storage that is forbidden throws.
    const forbidden = { ...storage, get: () => Promise.reject(new Error('forbidden')) };
    await expect(recallSwitch(forbidden)).resolves.toBeUndefined();
  });
});
