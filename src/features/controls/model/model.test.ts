import { describe, expect, it } from 'vitest';
import { CONFIG_TABLES } from '../../../engine/scenario/config';
import { parseScenario } from '../../../engine/scenario/parse';
import type { Scenario } from '../../../engine/scenario/types';
import type { ActionRequest } from '../../../worker/protocol';
import { type Differs, SAMPLE_FILE, sampleView } from '../fixture';
import { addLike, addPair, idsOf, nextBrokerName, nextId } from './additions';
import { backlogOf } from './backlog';
import { peersOf, processesOf, targetIn } from './cluster';
import { inForce } from './in-force';
import * as requests from './requests';
import { doneAt, settingsAfter } from './settings';
import { unitOf } from './units';

function scenarioWith(...actions: readonly object[]): Scenario {
  const parsed = parseScenario({ ...SAMPLE_FILE, actions });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  return parsed.scenario;
}

const accepts = (...all: readonly ActionRequest[]) =>
  scenarioWith(...all.map((request, i) => ({ ...request, at: `${i + 1}s` }))).actions;

describe('the settings of a moment', () => {
  const { settings } = (() => {
    const scenario = scenarioWith(
      { at: '1s', do: 'set', target: 'broker-a:0', config: { flushDiskType: 'SYNC_FLUSH' } },
      { at: '2s', do: 'set', target: 'billing-1', workload: { processingMs: 250 } },
      { at: '3s', do: 'slow', part: 'disk', target: 'broker-a:0', fsyncMs: 400 },
      { at: '4s', do: 'slow', part: 'disk', target: 'broker-b:0', factor: 9 },
      { at: '5s', do: 'slow', part: 'disk', target: 'broker-b:0', factor: 1 },
      { at: '6s', do: 'add', producer: { id: 'P2', group: 'senders', topic: 'Orders', ratePerSecond: 5 } },
      { at: '7s', do: 'alterTopic', topic: 'Orders', queues: 8 },
    );
    return { settings: settingsAfter(scenario, scenario.actions) };
  })();

  it('are the scenario with everything done since', () => {
    const broker = settings.processes.get('broker-a:0');
    expect(broker?.role === 'broker' && broker.spec.config.flushDiskType).toBe('SYNC_FLUSH');
    expect(broker?.role === 'broker' && broker.spec.config.brokerRole).toBe('ASYNC_MASTER');
    const consumer = settings.processes.get('billing-1');
    expect(consumer?.role === 'consumer' && consumer.spec.processingUs).toBe(250_000);
    expect(settings.processes.has('P2')).toBe(true);
    expect(settings.topics.get('Orders')?.queues).toBe(8);
  });

  it('keep what is slow and forget what was healed', () => {
    expect(settings.slowed).toEqual([
      { part: 'disk', target: 'broker-a:0', factor: null, valueUs: 400_000, sinceUs: 3_000_000 },
    ]);
  });

  it('hold only what is done by then', () => {
    const { actions } = scenarioWith(
      { at: '1s', do: 'pause', target: 'P1' },
      { at: '2s', do: 'resume', target: 'P1' },
    );
    expect([0, 1_000_000, 1_500_000, 2_000_000].map((nowUs) => doneAt(actions, 0, nowUs))).toEqual([
      0, 1, 1, 2,
    ]);
    const between = actions.map((action) => ({ ...action, atUs: null, afterStep: 40 }));
    expect([doneAt(between, 39, 9e9), doneAt(between, 40, 0)]).toEqual([0, 2]);
  });
});

describe('what is in force', () => {
  const listed = (differs: Differs, ...actions: readonly object[]) => {
    const scenario = scenarioWith(...actions);
    return inForce(sampleView(differs), scenario, settingsAfter(scenario, scenario.actions), []);
  };

  it('is nothing in a healthy cluster', () => {
    expect(listed({})).toEqual([]);
  });

  it('is a dead process with the action that starts it again', () => {
    const [dead] = listed({ master: { state: 'down', failure: 'power', sinceUs: 71_900_000 } });
    expect(dead).toMatchObject({ text: 'downPower', names: ['broker-b:0'], sinceUs: 71_900_000 });
    expect(dead?.undo?.requests).toEqual([{ do: 'restart', target: 'broker-b:0' }]);
  });

  it('is a slow link, but not one that the scenario has so', () => {
    const between = ['P1', 'broker-a:0'] as const;
    const slow = { links: [{ between, cut: false, latencyUs: 150_000 }] };
    const action = { at: '60s', do: 'slow', part: 'network', between, latencyMs: 150 };
    expect(listed(slow, action)).toMatchObject([{ text: 'linkSlow', valueUs: 150_000, sinceUs: 60_000_000 }]);
    expect(listed({ links: [{ between, cut: false, latencyUs: 500 }] })).toEqual([]);
  });

  it('tells several slow consumers as one, and heals them all', () => {
    const slow = (target: string) => ({ at: '68s', do: 'set', target, workload: { processingMs: 250 } });
    const [both, ...others] = listed({}, slow('billing-1'), slow('billing-2'));
    expect(others).toEqual([]);
    expect(both).toMatchObject({
      text: 'handlerSlow',
      names: ['C1', 'C2'],
      valueUs: 250_000,
      sinceUs: 68_000_000,
    });
    expect(both?.undo?.requests).toEqual(
      ['billing-1', 'billing-2'].map((target) => ({ do: 'set', target, workload: { processingMs: 20 } })),
    );
  });
});

describe('every request', () => {
  it('is an action that the scenario format takes', () => {
    const pair = ['broker-a:0', 'broker-a:1'] as const;
    const made = [
      requests.setConfig('broker-a:0', 'flushDiskType', 'SYNC_FLUSH'),
      requests.setWorkload('P1', { keys: { distinct: 10, skew: 2 } }),
      requests.kill('broker-a:0', 'disk'),
      requests.onProcess('restart', 'broker-a:0'),
      requests.freeze('broker-a:1'),
      requests.onLink('cut', pair),
      requests.slowLink(pair, 150),
      requests.ordinaryLink(pair),
      requests.slowDisk('broker-a:0'),
      requests.ordinaryPart('disk', 'broker-a:0'),
      requests.dropNext(pair),
      requests.burst('P1', 5_000),
      requests.failNext('billing-1', 3),
      requests.sendOne('P1', { key: 'hand-1', tag: '', body: '' }),
    ];
    expect(accepts(...made).map((action) => action.do)).toEqual(made.map((request) => request.do));
  });

  it('sends what was typed, and leaves the rest to the workload', () => {
    expect(requests.sendOne('P1', { key: 'hand-1', tag: '', body: 'x' }).message).toEqual({
      key: 'hand-1',
      body: 'x',
    });
  });

  it('adds processes that the format takes, with ids that are free', () => {
    const scenario = scenarioWith();
    const settings = settingsAfter(scenario, []);
    const taken = idsOf(scenario, []);
    const added = [
      ...(['producer', 'consumer', 'nameserver'] as const).flatMap((role) => {
        const request = addLike(role, settings, taken, null, { mode: 'sync' });
        return request === undefined ? [] : [request];
      }),
      ...addPair(settings),
    ];
    const ids = accepts(...added).flatMap((action) => (action.do === 'add' ? [action.spec.id] : []));
    expect(ids).toEqual(['P2', 'billing-3', 'ns-2', 'broker-c:0', 'broker-c:1']);
  });
});

it('names what comes next in the manner of what is there', () => {
  expect(nextId('P2', new Set(['P1', 'P2', 'P3']))).toBe('P4');
  expect(nextId('web', new Set(['web']))).toBe('web-1');
  expect(nextBrokerName(['broker-a', 'broker-b'])).toBe('broker-c');
  expect(nextBrokerName([])).toBe('broker-a');
  expect(nextBrokerName(['shard-1', 'shard-2'])).toBe('shard-3');
});

it('begins with a burst by a producer of the topic, then slower consumers', () => {
  const [first, second] = backlogOf(sampleView(), 'billing-1');
  expect(first?.requests).toEqual([{ do: 'burst', target: 'P1', messages: 5_000 }]);
  expect(second?.requests.map(({ target }) => target)).toEqual(['billing-1', 'billing-2']);
  const [slow] = backlogOf(sampleView({ producer: { state: 'down' } }), null);
  expect(slow?.kind).toBe('slow');
});

it('aims at the selected process, else at the first master, and names whom it talks to', () => {
  const view = sampleView();
  expect(targetIn(view, null)?.label).toBe('broker-a:0');
  const consumer = targetIn(view, 'billing-1');
  expect(consumer?.label).toBe('C1');
  const master = processesOf(view).find(({ process }) => process.id === 'broker-a:0');
  expect(master && peersOf(view, master)[0]?.label).toBe('broker-a:1');
  expect(consumer && peersOf(view, consumer).map(({ role }) => role)).toEqual([
    'broker',
    'broker',
    'broker',
    'broker',
    'nameserver',
  ]);
});

it('has a unit for every configuration key that is an amount', () => {
  const amounts = Object.values(CONFIG_TABLES).flatMap((table) =>
    Object.entries(table).filter(([, spec]) => (spec.type === 'int' || spec.type === 'long') && !spec.values),
  );
  const ranks = ['brokerElectionPriority'];
  expect(amounts.map(([key]) => key).filter((key) => unitOf(key) === undefined)).toEqual(ranks);
});
