import { describe, expect, it } from 'vitest';
import { processOf } from '../../engine/model/env';
import { messageTag, recordMessage } from '../../engine/model/world';
import { type Playing, play } from './playing.fixture';
import sameGroup from './same-group-different-wishes.json';
import twinHash from './twin-hash.json';
import whereAGroupBegins from './where-a-group-begins.json';

/** The numbers of S21, S22 and S36 in the built-in scenarios. */

const tagsOf = (run: Playing, type: string, fromMs = 0) => {
  const { arena } = run.run.sim.state;
  const counts: Record<string, number> = {};
  for (const { a } of run.entries(type, fromMs)) {
    const tag = messageTag(arena, recordMessage(arena, a));
    counts[tag] = (counts[tag] ?? 0) + 1;
  }
  return counts;
};

describe('S21 same group, different wishes', () => {
  const TWO_HUNDRED = { producer: { messages: 200 } };

  it.each([1, 2, 3])(
    '[FI-6] [CO-25] 50 of 200 are processed, all of one tag, and nothing lags (seed %i)',
    (seed) => {
      const { groups, effects } = play(sameGroup, { seed, ...TWO_HUNDRED })
        .until(60_000)
        .report();
      expect(groups['order-service']).toMatchObject({ deliveries: 50, lag: 0, passedOver: 150 });
      expect(effects).toMatchObject({ once: 50, lost: 150 });
    },
  );

  it('[FI-6] the member that starts last decides for both', () => {
    const actions = [
      { at: '20s', do: 'kill', target: 'consumer-1', failure: 'process' },
      { at: '22s', do: 'restart', target: 'consumer-1' },
    ];
    const run = play(sameGroup, { actions }).until(60_000);
    expect(Object.keys(tagsOf(run, 'record.consumed', 45_000))).toEqual(['TagA']);
  });

  it('[FI-6] members of two topics: half of each is read at best, and pulls fail now and then', () => {
    const topics = ['Orders', 'Refunds'].map((name) => ({ name, queues: 4, brokers: ['broker-a'] }));
    const consumers = ['Orders', 'Refunds'].map((topic, i) => ({
      ...{ id: `consumer-${i + 1}`, group: 'order-service', topic, processingMs: 2 },
    }));
    const run = play(sameGroup, { ...TWO_HUNDRED, topics, consumers }).until(60_000);
    expect(run.report().groups['order-service']?.deliveries).toBeLessThanOrEqual(100);
    expect(run.report().groups['order-service']?.lag).toBeGreaterThanOrEqual(100);
    expect(run.count('pull.topic-not-subscribed')).toBeGreaterThan(0);
  });

  it('[CL-2] [CO-25] one clientId for two: both read the same two queues, nobody the other two', () => {
    const consumers = [1, 2].map((i) => ({
      ...{ id: `consumer-${i}`, host: 'app-1', group: 'order-service', topic: 'Orders', processingMs: 2 },
      config: { instanceName: 'worker' },
    }));
    const environment = { ...sameGroup.environment, hosts: [{ id: 'app-1' }] };
    const run = play({ ...sameGroup, environment }, { ...TWO_HUNDRED, consumers }).until(60_000);
    expect(run.held('consumer-1')).toEqual([0, 1]);
    expect(run.held('consumer-2')).toEqual([0, 1]);
    const { verdict, judges, groups } = run.report();
    expect(groups['order-service']).toMatchObject({ distinct: 100, deliveries: 200, lag: 100 });
    expect(verdict.duplicates).toBe(100);
    expect(judges['one-owner']).toBe('broken');
  });

  it('[FI-6] one subscription for all: 100 of 200, every A', () => {
    const consumers = [1, 2].map((i) => ({
      ...{ id: `consumer-${i}`, group: 'order-service', topic: 'Orders', processingMs: 2, filter: 'TagA' },
    }));
    const { groups, effects } = play(sameGroup, { ...TWO_HUNDRED, consumers })
      .until(60_000)
      .report();
    expect(groups['order-service']).toMatchObject({ deliveries: 100, lag: 0, passedOver: 0 });
    expect(effects.lost).toBe(0);
  });
});

describe('S22 where a new group begins', () => {
  const audit = { id: 'consumer-2', group: 'audit', topic: 'Orders', processingMs: 2 };
  const silent = { producer: { ratePerSecond: 0 } };
  const add = { at: '20s', do: 'add', consumer: audit };

  it('[CO-31] a new group gets all 1,000 of a young topic, though it begins at the last offset', () => {
    const { groups } = play(whereAGroupBegins, { ...silent, actions: [add] })
      .until(60_000)
      .report();
    expect(groups.audit).toMatchObject({ deliveries: 1_000, lag: 0 });
  });

  it('[CO-32] after a restart the stored offset counts, not the setting', () => {
    const actions = [add, { at: '60s', do: 'restart', target: 'consumer-2' }];
    const { groups } = play(whereAGroupBegins, { ...silent, actions })
      .until(120_000)
      .report();
    expect(groups.audit?.deliveries).toBe(1_000);
  });

  it('[CO-18] a reset to ten minutes ago at 10 messages a second gives 6,000 again', () => {
    const run = play(whereAGroupBegins).until(700_000);
    const before = run.report().groups['order-service']?.deliveries ?? 0;
    run.act({ do: 'resetOffset', group: 'order-service', topic: 'Orders', to: 'time', timeUs: 100_000_000 });
    const { groups, verdict } = run.until(760_000).report();
    const again = (groups['order-service']?.deliveries ?? 0) - before - 600;
    expect(Math.abs(again - 6_000)).toBeLessThanOrEqual(10);
    expect(verdict.duplicates).toBe(again);
  });
});

describe('S36 the twin hash', () => {
  const HUNDRED = { producer: { messages: 100 } };

  it('[FI-1] [FI-2] of 100 messages 20 travel and 10 are delivered; nothing lags', () => {
    const run = play(twinHash, HUNDRED).until(60_000);
    expect(tagsOf(run, 'record.delivered')).toEqual({ Aa: 10 });
    expect(tagsOf(run, 'record.dropped-by-client')).toEqual({ BB: 10 });
    expect(run.report()).toMatchObject({
      groups: { 'order-service': { deliveries: 10, lag: 0, passedOver: 0 } },
      effects: { once: 10, lost: 0 },
    });
  });

  it('[FI-5] SQL92 is refused until enablePropertyFilter is on', () => {
    const sql = { id: 'consumer-2', group: 'big-orders', topic: 'Orders', filter: { sql: 'amount > 5' } };
    const run = play(twinHash, { ...HUNDRED, actions: [{ at: '10s', do: 'add', consumer: sql }] });
    run.until(20_000);
    expect(processOf(run.run.sim.state.env, run.node('consumer-2')).state).toBe('down');
    run.act({ do: 'set', target: 'broker-a:0', config: { enablePropertyFilter: true }, workload: {} });
    run.act({ do: 'restart', target: 'consumer-2' }).until(60_000);
    expect(run.report().groups['big-orders']).toMatchObject({ deliveries: 50, lag: 0 });
  });

  it('[FI-5] [CO-20] a message that failed comes back with its tag: all of the retry topic is wanted', () => {
    const run = play(twinHash, {
      ...HUNDRED,
      actions: [{ at: '500ms', do: 'fail', target: 'consumer-1', messages: 1 }],
    }).until(60_000);
    expect(tagsOf(run, 'record.consumed')).toEqual({ Aa: 10 });
    expect(run.report().groups['order-service']).toMatchObject({ deliveries: 11, retries: 1 });
  });
});
