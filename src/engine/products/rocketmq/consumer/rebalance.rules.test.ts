import { describe, expect, it } from 'vitest';
import { BROKER, type Consuming, consuming, type Setup } from './consuming.fixture';

const added = (id: string, changes: Readonly<Record<string, unknown>> = {}) => ({
  id,
  group: 'g',
  topic: 'Orders',
  processingMs: 1,
  ...changes,
});
const runsOf = (cluster: Consuming, name: string, fromMs = 0) =>
  cluster.entries('rebalance.ran', fromMs, name).map(({ atMs }) => Math.round(atMs));
const twoBrokers = ['a', 'b'].map((name) => ({ id: `broker-${name}:0`, brokerName: `broker-${name}` }));

describe('when a consumer rebalances', () => {
  it('[CO-24] 1 s after its creation, then every 20 s after the end of the run before', () => {
    const cluster = consuming().until(65_000);
    // A run asks for the members of the topic and of its retry topic: two round trips.
    expect(runsOf(cluster, 'c1')).toEqual([1_000, 21_002, 41_004, 61_006]);
  });

  it('[CO-24] a new one looks 1 s after its creation; in 4.x as soon as the brokers know it', () => {
    const first = (version: '5.3' | '4.9') => {
      const cluster = consuming({
        version,
        actions: [{ at: '30s', do: 'add', consumer: added('c2') }],
      }).until(40_000);
      return (runsOf(cluster, 'c2')[0] ?? 0) - 30_000;
    };
    expect(first('5.3')).toBe(1_000);
    expect(first('4.9')).toBeLessThan(70);
  });

  it('[CO-24] woken within a second of its last run it waits for the rest of it; in 4.x it does not', () => {
    const woken = (version: '5.3' | '4.9') => {
      const cluster = consuming({
        version,
        consumers: [{}, {}],
        actions: [
          { at: '30s', do: 'kill', target: 'c2', failure: 'process' },
          { at: '30200ms', do: 'restart', target: 'c2' },
        ],
      }).until(35_000);
      return [runsOf(cluster, 'c1', 30_000), cluster.entries('rebalance.postponed', 30_000, 'c1').length];
    };
    const [runs, postponed] = woken('5.3') as [number[], number];
    expect(runs[0]).toBeLessThan(30_010);
    expect((runs[1] ?? 0) - (runs[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
    expect((runs[1] ?? 0) - (runs[0] ?? 0)).toBeLessThan(1_010);
    expect(postponed).toBe(1);
    const [runs4, postponed4] = woken('4.9') as [number[], number];
    expect((runs4[1] ?? 0) - (runs4[0] ?? 0)).toBeLessThan(300);
    expect(postponed4).toBe(0);
  });

  it('[CO-24] a queue whose start could not be learnt is tried again after 1 s', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [],
      actions: [
        { at: '30s', do: 'add', consumer: added('c1') },
        // The answer about the stored offset is the first word of the broker after the list of members.
        { at: '31001ms', do: 'drop', from: BROKER, to: 'c1', messages: 1 },
      ],
    }).until(40_000);
    const [failed] = cluster.entries('start.failed');
    expect(cluster.held('c1')).toEqual([0]);
    expect(failed?.atMs).toBeGreaterThan(36_000);
    const owned = cluster.entries('queue.owned').filter(({ a }) => a === cluster.queue(0));
    expect(owned[0]?.atMs).toBeGreaterThan((failed?.atMs ?? 0) + 900);
    expect(runsOf(cluster, 'c1', failed?.atMs)[0]).toBeLessThan((failed?.atMs ?? 0) + 1_100);
  });

  it('[CO-28] the members divide the queues in the order of their client ids', () => {
    for (let seed = 1; seed <= 4; seed++) {
      const cluster = consuming({ seed, phases: 'seeded', consumers: [{}, {}, {}] }).until(30_000);
      const names = ['c1', 'c2', 'c3'];
      const idOf = (name: string) => cluster.consumer(name).client.clientId;
      names.sort((x, y) => (idOf(x) < idOf(y) ? -1 : 1));
      expect(names.map((name) => cluster.held(name))).toEqual([[0, 1], [2], [3]]);
    }
  });

  it('[CO-24] a paused consumer does not look, and does so at once when it goes on', () => {
    const cluster = consuming({
      actions: [
        { at: '10s', do: 'pause', target: 'c1' },
        { at: '50s', do: 'resume', target: 'c1' },
      ],
    }).until(55_000);
    expect(runsOf(cluster, 'c1')).toEqual([1_000, 50_000]);
  });
});

describe('what a run does', () => {
  it('[CO-25] a new group has the queue of its retry topic with its second run; one that was there before with its first', () => {
    const cluster = consuming({
      actions: [
        { at: '30s', do: 'add', consumer: added('c2', { group: 'new' }) },
        { at: '60s', do: 'kill', target: 'c2', failure: 'process' },
        { at: '61s', do: 'restart', target: 'c2' },
      ],
    }).until(70_000);
    const ownedS = (topic: string) =>
      cluster
        .entries('queue.owned', 30_000, 'c2')
        .filter(({ a }) => a === cluster.queue(0, 'broker-a', topic))
        .map(({ atMs }) => Math.floor(atMs / 1000));
    expect(ownedS('Orders')).toEqual([31, 62]);
    expect(ownedS('%RETRY%new')).toEqual([51, 62]);
    expect(cluster.count('rebalance.route-missing', 0, 'c2')).toBe(1);
  });

  it('[CL-1] [FI-6] the version that a first run gives a new subscription reaches both brokers before its first pull', () => {
    const cluster = consuming({
      brokers: twoBrokers,
      actions: [{ at: '30s', do: 'add', consumer: added('c2', { group: 'new' }) }],
    }).until(40_000);
    expect(cluster.held('c2')).toHaveLength(8);
    expect(cluster.count('pull.subscription-outdated')).toBe(0);
  });

  it('[CO-25] without a broker that answers, the assignment stays', () => {
    const cluster = consuming({
      actions: [{ at: '30s', do: 'kill', target: BROKER, failure: 'process' }],
    }).until(130_000);
    expect(cluster.held('c1')).toEqual([0, 1, 2, 3]);
    expect(cluster.entries('rebalance.kept', 30_000).length).toBeGreaterThan(3);
  });

  it('[CO-25] a consumer that the asked broker does not list lets everything go, and has it back when it is listed', () => {
    const cluster = consuming({ consumers: [{}, {}] }).until(32_000);
    const info = cluster.broker().service.groups.get('g');
    const mine = [...(info?.channels ?? [])].find(([, { peer }]) => peer === cluster.node('c1'))?.[0] ?? -1;
    info?.channels.delete(mine);
    // Having changed, it sends a heartbeat; that brings it back, and the broker tells everybody.
    const [outcast] = cluster.until(60_000).entries('rebalance.not-a-member');
    expect(cluster.entries('queue.released', 30_000, 'c1').map(({ atMs }) => atMs)).toEqual([
      outcast?.atMs,
      outcast?.atMs,
    ]);
    expect(cluster.held('c1')).toEqual([0, 1]);
  });

  it('[CO-25] the first pull of a new queue comes 500 ms later; in 4.x at once', () => {
    const pause = (version: '5.3' | '4.9') => {
      const cluster = consuming({
        version,
        consumers: [],
        actions: [{ at: '30s', do: 'add', consumer: added('c1') }],
      }).until(40_000);
      const owned = cluster.entries('queue.owned').find(({ a }) => a === cluster.queue(3))?.atMs ?? 0;
      return (cluster.entries('pull.held', owned).find(({ a }) => a === cluster.queue(3))?.atMs ?? 0) - owned;
    };
    expect(pause('5.3')).toBeGreaterThanOrEqual(500);
    expect(pause('5.3')).toBeLessThan(505);
    expect(pause('4.9')).toBeLessThan(5);
  });

  it('[CO-25] [CL-8] queues that the route has lost are dropped', () => {
    const cluster = consuming({
      brokers: twoBrokers,
      queues: 2,
      actions: [{ at: '10s', do: 'kill', target: BROKER, failure: 'process' }],
    });
    expect(cluster.until(9_000).held('c1')).toEqual(['a0', 'a1', 'b0', 'b1']);
    expect(cluster.until(70_000).held('c1')).toEqual(['b0', 'b1']);
  });

  it('[CO-27] two brokers with four queues each fall 3, 3 and 2 to three consumers', () => {
    const cluster = consuming({ brokers: twoBrokers, consumers: [{}, {}, {}] });
    expect(['c1', 'c2', 'c3'].map((name) => cluster.held(name))).toEqual([
      ['a0', 'a1', 'a2'],
      ['a3', 'b0', 'b1'],
      ['b2', 'b3'],
    ]);
  });

  it.each([
    [
      'AVG_BY_CIRCLE',
      [
        [0, 2],
        [1, 3],
      ],
    ],
    [
      'AVG',
      [
        [0, 1],
        [2, 3],
      ],
    ],
  ])('[CO-27] %s is taken from the configuration', (allocateMessageQueueStrategy, shares) => {
    const config = { allocateMessageQueueStrategy };
    const cluster = consuming({ consumers: [{ config }, { config }] });
    expect(['c1', 'c2'].map((name) => cluster.held(name))).toEqual(shares);
  });

  it('[CO-26] members that see different brokers converge, and every queue has one owner', () => {
    for (const seed of [1, 2, 3]) {
      const cluster = consuming({
        seed,
        phases: 'seeded',
        brokers: twoBrokers,
        consumers: [{}, {}],
        actions: [
          { at: '20s', do: 'add', consumer: added('c3') },
          { at: '22s', do: 'kill', target: 'c2', failure: 'process' },
        ],
      }).until(90_000);
      const all = [...cluster.held('c1'), ...cluster.held('c3')].sort();
      expect(all).toEqual(['a0', 'a1', 'a2', 'a3', 'b0', 'b1', 'b2', 'b3']);
    }
  });

  it('[CO-28] a consumer without a queue says so once and takes over when one leaves', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [{}, {}],
      actions: [{ at: '30s', do: 'kill', target: 'c1', failure: 'process' }],
    }).until(60_000);
    expect(cluster.held('c2')).toEqual([0]);
    expect(cluster.count('member.gone', 30_000, 'c2')).toBe(1);
  });

  it('[CO-29] nobody consumes the queues of a killed member until the others have looked', () => {
    const cluster = consuming({
      consumers: [{ processingMs: 1 }, { processingMs: 1 }],
      producer: { profile: [{ from: '29s', rate: 100 }] },
      actions: [{ at: '30s', do: 'kill', target: 'c1', failure: 'process' }],
    }).until(32_000);
    const between = cluster.entries('record.delivered', 30_001).filter(({ atMs }) => atMs < 30_490);
    expect(new Set(between.map(({ a }) => cluster.queueOf(a)))).toEqual(
      new Set([cluster.queue(2), cluster.queue(3)]),
    );
  });
});

describe('where a queue begins', () => {
  /** The start offsets of a group that comes when 100 messages are stored, of which the first are gone. */
  const start = (
    config: Readonly<Record<string, unknown>>,
    changes: { min?: number; at?: string } & Setup = {},
  ) => {
    const { min = 5, at = '30s', ...setup } = changes;
    const late = added('late', { group: 'late', config });
    const cluster = consuming({
      queues: 1,
      consumers: [],
      producer: { ratePerSecond: 10, messages: 100 },
      ...setup,
      actions: [{ at, do: 'add', consumer: late }],
    }).until(29_000);
    for (const queue of cluster.broker().store.disk.queues.values()) queue.min = min;
    cluster.until(50_000);
    const queue = cluster.queue(0);
    const of = (type: string) =>
      cluster
        .entries(type)
        .filter(({ a }) => a === queue)
        .map(({ b }) => b);
    return {
      cluster,
      stored: of('start.from-stored'),
      byConfig: of('start.by-config'),
      owned: of('queue.owned'),
    };
  };

  it('[CO-30] LAST_OFFSET begins at the end, FIRST_OFFSET at 0 and is moved to the first message', () => {
    expect(start({}).byConfig).toEqual([100]);
    const first = start({ consumeFromWhere: 'CONSUME_FROM_FIRST_OFFSET' });
    expect(first.byConfig).toEqual([0]);
    expect(first.owned).toEqual([0, 5]);
    expect(first.cluster.count('record.delivered')).toBe(95);
  });

  it('[CO-30] TIMESTAMP begins at the first message of the last half hour', () => {
    expect(start({ consumeFromWhere: 'CONSUME_FROM_TIMESTAMP' }).byConfig).toEqual([5]);
  });

  it('[CO-30] a retry topic begins at 0 where the topic begins at its end', () => {
    const { cluster } = start({});
    cluster.until(52_000);
    const retry = cluster.queue(0, 'broker-a', '%RETRY%late');
    expect(cluster.entries('start.by-config').find(({ a }) => a === retry)?.b).toBe(0);
  });

  it('[CO-31] [CO-32] on a young topic a new group starts at 0, whatever the setting says', () => {
    const young = start({}, { min: 0 });
    expect(young.byConfig).toEqual([]);
    expect(young.stored).toEqual([0]);
    expect(young.cluster.count('record.delivered')).toBe(100);
  });

  it('[CO-32] after the first time the committed offset rules', () => {
    const { cluster } = start({ consumeFromWhere: 'CONSUME_FROM_FIRST_OFFSET' });
    cluster.act({ do: 'kill', target: 'late', failure: 'process' }).until(51_000);
    cluster.act({ do: 'restart', target: 'late' }).until(60_000);
    expect(
      cluster
        .entries('start.from-stored', 51_000)
        .filter(({ a }) => a === cluster.queue(0))
        .map(({ b }) => b),
    ).toEqual([100]);
    expect(cluster.count('record.delivered', 51_000)).toBe(0);
  });

  it('[CO-32] a topic that grows: its new queues are learnt by the route and miss nothing', () => {
    const cluster = consuming({
      queues: 2,
      consumers: [{ processingMs: 1 }],
      producer: { ratePerSecond: 40 },
      actions: [
        { at: '12s', do: 'alterTopic', topic: 'Orders', config: { readQueueNums: 4, writeQueueNums: 4 } },
      ],
    }).until(100_000);
    expect(cluster.held('c1')).toEqual([0, 1, 2, 3]);
    expect(cluster.count('message.stored') - cluster.count('record.consumed')).toBeLessThan(5);
  });
});
