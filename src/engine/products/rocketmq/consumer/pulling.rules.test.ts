import { describe, expect, it } from 'vitest';
import { NOTHING } from '../broker/service-pool';
import { Code } from '../protocol';
import { BROKER, consuming, type Setup } from './consuming.fixture';
import { pullAnswered, refOf } from './pull-turns';

/** Moments of a kind of entry, ms, relative to one. */
const momentsOf = (cluster: ReturnType<typeof consuming>, type: string, fromMs: number) =>
  cluster.entries(type, fromMs).map(({ atMs }) => atMs - fromMs);

describe('the pull loop', () => {
  it('[CO-1] [CO-2] starts with its threads and its topics; broadcasting has no retry topic', () => {
    const started = (changes: Readonly<Record<string, unknown>>) => {
      const cluster = consuming({ start: 'cold', consumers: [changes] }).until(100);
      return [
        cluster.entries('consumer.started').map(({ a, b }) => [a, b]),
        cluster.count('consumer.subscribed'),
      ];
    };
    expect(started({})).toEqual([[[20, 32]], 2]);
    expect(started({ messageModel: 'BROADCASTING' })).toEqual([[[20, 32]], 1]);
  });

  it('[CO-3] a full cache is looked at again every 50 ms of its own phase', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [
        {
          processingMs: 333,
          config: { consumeThreadMin: 1, consumeThreadMax: 1, pullThresholdForQueue: 10 },
        },
      ],
      actions: [{ at: '1s', do: 'burst', target: 'p', messages: 200 }],
    }).until(30_000);
    const blocked = cluster.entries('pull.held-back').map(({ atMs }) => atMs);
    const pulled = cluster.entries(['pull.cut', 'pull.answered'], 1_100).map(({ atMs }) => atMs);
    const waits = pulled.map((atMs) => atMs - Math.max(...blocked.filter((blockedMs) => blockedMs < atMs)));
    expect(waits.length).toBeGreaterThan(1);
    // The pull takes half a round trip to the broker.
    for (const wait of waits) expect(wait % 50).toBeLessThan(1);
    expect(Math.max(...waits)).toBeGreaterThan(1_000);
  });

  it.each([
    ['messages', { pullThresholdForQueue: 5 }, {}],
    ['MiB of bodies', { pullThresholdSizeForQueue: 1 }, { bodyBytes: 1_000_000 }],
    ['span of unfinished offsets', { consumeConcurrentlyMaxSpan: 5 }, {}],
    ['messages of the topic, shared by its queues', { pullThresholdForTopic: 20 }, {}],
  ])('[CO-3] [CO-1] the limit of %s stops pulling', (_, config, producer) => {
    const cluster = consuming({
      producer,
      consumers: [{ processingMs: 600_000, config }],
      actions: [{ at: '1s', do: 'burst', target: 'p', messages: 200 }],
    }).until(10_000);
    expect(cluster.count('pull.held-back')).toBe(4);
    for (const cached of cluster.cached('c1')) expect(cached).toBeLessThan(50);
  });

  it('[CO-1] a limit for the topic is divided by the queues held', () => {
    const cluster = consuming({
      consumers: [{ processingMs: 600_000, config: { pullThresholdForTopic: 40, pullBatchSize: 1 } }],
      actions: [{ at: '1s', do: 'burst', target: 'p', messages: 400 }],
    }).until(10_000);
    // Four queues of Orders and the one of the retry topic: 8 each, and pulling stops with the ninth.
    expect(cluster.cached('c1')).toEqual([9, 9, 9, 9]);
  });

  it('[CO-3] exactly at the limit it still pulls: more than 1 000 stop it, not 1 000', () => {
    const config = { pullThresholdForQueue: 32 };
    const cluster = consuming({
      queues: 1,
      consumers: [],
      actions: [
        { at: '1s', do: 'burst', target: 'p', messages: 500 },
        {
          at: '5s',
          do: 'add',
          consumer: { id: 'c1', group: 'g', topic: 'Orders', processingMs: 600_000, config },
        },
      ],
    }).until(10_000);
    expect(cluster.cached('c1')).toEqual([64]);
  });

  it('[CO-3] a limit raised by hand is noticed', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [{ processingMs: 600_000, config: { pullThresholdForQueue: 10 } }],
      actions: [
        { at: '1s', do: 'burst', target: 'p', messages: 2_000 },
        { at: '5s', do: 'set', target: 'c1', config: { pullThresholdForQueue: 500 } },
      ],
    });
    expect(cluster.until(4_900).cached('c1')[0]).toBeLessThan(50);
    expect(cluster.until(6_000).cached('c1')[0]).toBeGreaterThan(500);
  });

  it('[CO-3] a paused consumer finishes what it has, keeps its queues, and looks every second', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [{ processingMs: 10 }],
      producer: { ratePerSecond: 10 },
      actions: [
        { at: '10s', do: 'pause', target: 'c1' },
        { at: '40300ms', do: 'resume', target: 'c1' },
      ],
    }).until(45_000);
    const quiet = cluster.entries('record.delivered', 10_200).filter(({ atMs }) => atMs < 40_300);
    expect(quiet).toEqual([]);
    expect(cluster.held('c1')).toEqual([0]);
    const blockedUntil = cluster.entries('record.delivered', 40_300)[0]?.atMs ?? 0;
    expect(blockedUntil).toBeGreaterThan(40_300);
    expect(blockedUntil).toBeLessThan(41_310);
    expect(cluster.count('record.consumed')).toBeGreaterThan(400);
  });

  it('[CO-4] pullInterval spaces the pulls; without it they follow at once', () => {
    const pulls = (pullInterval: number) => {
      const actions = [{ at: '1s', do: 'burst', target: 'p', messages: 320 }];
      const config = { pullInterval };
      const cluster = consuming({ queues: 1, consumers: [{ processingMs: 1, config }], actions }).until(
        10_000,
      );
      return momentsOf(cluster, 'pull.cut', 1_000);
    };
    expect(pulls(0).at(-1) ?? 0).toBeLessThan(50);
    expect(pulls(300).at(-1) ?? 0).toBeGreaterThan(2_000);
  });

  it('[CO-4] a refused pull is tried again after 1 s', () => {
    const writeOnly = { at: '40100ms', do: 'alterTopic', topic: 'Orders', config: { perm: 2 } };
    const cluster = consuming({ queues: 1, producer: { ratePerSecond: 10 }, actions: [writeOnly] }).until(
      50_000,
    );
    const moments = cluster.entries('pull.failed', 40_000).map(({ atMs }) => atMs);
    const gaps = moments.slice(1).map((atMs, i) => atMs - (moments[i] ?? 0));
    expect(gaps.length).toBeGreaterThan(5);
    for (const gap of gaps) expect(Math.abs(gap - 1_001)).toBeLessThan(1);
  });
});

it('[CO-4] after FLOW_CONTROL a pull is tried again in 20 ms', () => {
  const cluster = consuming({ queues: 1 }).until(40_000);
  const [held] = cluster.consumer('c1').state.queues.values();
  cluster.run.sim.intervene(() => {
    const outcome = { ok: true as const, status: Code.FLOW_CONTROL, body: NOTHING, remark: '' };
    cluster.sim.call(pullAnswered, cluster.node('c1'), { context: refOf(held!), outcome });
  });
  cluster.until(40_019);
  expect(held!.waits).toBe('timer');
  cluster.until(40_021);
  expect(held!.waits).toBe('answer');
});

describe('whom a pull asks', () => {
  const SLAVE = 'broker-a:1';
  const readable = { slaveReadEnable: true };
  const pair = (setup: Setup = {}) =>
    consuming({
      brokers: [
        { id: BROKER, brokerName: 'broker-a', config: readable },
        { id: SLAVE, brokerName: 'broker-a', brokerId: 1, config: { brokerRole: 'SLAVE', ...readable } },
      ],
      ...setup,
    });

  it('[HA-15] a suggestion counts for a queue that is held no more, and for when it is held again', () => {
    const cluster = pair({ queues: 2, consumers: [{}, {}] }).until(30_000);
    const [other] = cluster.consumer('c2').state.queues.keys() as Iterable<number>;
    if (other === undefined) throw new Error('c2 holds nothing');
    cluster.run.sim.intervene(() => {
      const body = { ...NOTHING, suggestBrokerId: 1 };
      const outcome = { ok: true as const, status: Code.PULL_NOT_FOUND, body, remark: '' };
      cluster.sim.call(pullAnswered, cluster.node('c1'), { context: { queue: other, serial: 0 }, outcome });
    });
    expect(cluster.entries('pull.source-changed', 30_000).map(({ a, b }) => [a, b])).toEqual([[other, 1]]);
    cluster.act({ do: 'remove', target: 'c2' }).until(35_000);
    expect(cluster.consumer('c1').state.queues.has(other)).toBe(true);
    // The slave that it asked first sends it back to its master.
    expect(cluster.entries('pull.source-changed', 30_001, 'c1').map(({ a, b }) => [a, b])).toEqual([
      [other, 0],
    ]);
  });

  it('[HA-15] [CL-9] when nobody of the group is known, the route is asked for before the pull is given up', () => {
    const cluster = pair({ queues: 1, producer: { ratePerSecond: 10 } }).until(32_000);
    const { client, state } = cluster.consumer('c1');
    const route = client.routes.get('Orders');
    if (route === undefined) throw new Error('no route');
    client.routes.set('Orders', { ...route, brokers: [] });
    client.brokerAddrs.delete('broker-a');
    cluster.until(33_000);
    expect(client.brokerAddrs.has('broker-a')).toBe(true);
    expect(cluster.entries('record.delivered', 32_200, 'c1').length).toBeGreaterThan(5);
    expect([...state.queues.values()].some(({ failing }) => failing)).toBe(false);
  });
});

describe('a broker that is gone', () => {
  const lost = (failure: string, setup: Setup = {}) =>
    consuming({
      queues: 1,
      ...setup,
      actions: [{ at: '32s', do: 'kill', target: 'broker-a:0', failure }],
    }).until(80_000);

  it('[CO-34] process: the parked pull fails at once, then one refused attempt a second', () => {
    const moments = momentsOf(lost('process'), 'pull.lost', 32_000);
    const perQueue = moments.filter((atMs) => atMs < 10_000).length / 2;
    expect(moments[0]).toBeLessThan(1);
    expect(perQueue).toBeGreaterThanOrEqual(9);
    expect(perQueue).toBeLessThanOrEqual(11);
  });

  it('[CO-34] power: the parked pull ends by the scan after 30 s, then 3 s of connecting and 1 s of pause', () => {
    const cluster = lost('power', { consumers: [{ messageModel: 'BROADCASTING' }] });
    // Neither a heartbeat (31 s, 61 s) nor a question for members comes in between and times out.
    const moments = cluster.entries('pull.lost', 32_000).map(({ atMs }) => atMs);
    const parkedAt =
      cluster
        .entries('pull.held')
        .map(({ atMs }) => atMs)
        .filter((atMs) => atMs < 32_000)
        .at(-1) ?? 0;
    const first = (moments[0] ?? 0) - parkedAt;
    expect(first).toBeGreaterThanOrEqual(30_900);
    expect(first).toBeLessThanOrEqual(32_100);
    // The heartbeat of 61 s takes the silent channel down at 64 s; from then on every attempt has to connect.
    const connecting = moments.filter((atMs) => atMs > 63_000);
    const gaps = connecting.slice(1).map((atMs, i) => atMs - (connecting[i] ?? 0));
    expect(gaps.length).toBeGreaterThan(2);
    for (const gap of gaps) expect(gap).toBeCloseTo(4_000, -1);
  });

  const two = (version: '5.3' | '4.9') =>
    consuming({
      version,
      queues: 1,
      brokers: ['a', 'b'].map((name) => ({ id: `broker-${name}:0`, brokerName: `broker-${name}` })),
      consumers: [{ processingMs: 1 }],
      producer: { profile: [{ from: '38s', rate: 100 }] },
      actions: [{ at: '20s', do: 'kill', target: 'broker-a:0', failure: 'power' }],
    });

  /** The longest time without a delivery from the living broker. */
  const longestGapMs = (version: '5.3' | '4.9') => {
    const cluster = two(version).until(80_000);
    const alive = cluster.queue(0, 'broker-b');
    const { records } = cluster.run.sim.state.arena;
    const moments = cluster
      .entries('record.delivered', 40_000)
      .filter(({ a }) => records.length > a && cluster.queueOf(a) === alive)
      .map(({ atMs }) => atMs);
    return Math.max(...moments.slice(1).map((atMs, i) => atMs - (moments[i] ?? 0)));
  };

  it('[CO-34] its other queues go on; in 4.x a connect blocks the one pull thread, and all of them', () => {
    expect(longestGapMs('5.3')).toBeLessThan(500);
    expect(longestGapMs('4.9')).toBeGreaterThan(2_500);
  });
});

describe('an offset that the broker does not have', () => {
  /** The broker loses an unflushed tail that was consumed already, so the consumer is ahead of it. */
  const moved = (version: '5.3' | '4.9') =>
    consuming({
      version,
      queues: 1,
      consumers: [{ processingMs: 1 }],
      producer: { ratePerSecond: 10, messages: 298 },
      actions: [
        { at: '30s', do: 'kill', target: 'broker-a:0', failure: 'power' },
        { at: '31s', do: 'restart', target: 'broker-a:0' },
        { at: '75s', do: 'burst', target: 'p', messages: 1 },
      ],
    });

  it('[CO-9] the queue is dropped, its offset set, and taken again by a rebalance; the first pull 500 ms later', () => {
    const cluster = moved('5.3').until(80_000);
    const [restarted] = cluster.entries('queue.restarted');
    const [owned] = cluster.entries('queue.owned', restarted?.atMs);
    expect(restarted?.b).toBeLessThan(298);
    expect(owned?.b).toBe(restarted?.b);
    expect((owned?.atMs ?? 0) - (restarted?.atMs ?? 0)).toBeLessThan(1_010);
    const [pulled] = cluster.entries('pull.held', owned?.atMs).filter(({ a }) => a === cluster.queue(0));
    expect((pulled?.atMs ?? 0) - (owned?.atMs ?? 0)).toBeGreaterThanOrEqual(500);
    expect((pulled?.atMs ?? 0) - (owned?.atMs ?? 0)).toBeLessThan(510);
    expect(cluster.offsetsOf('record.delivered', 75_000)).toEqual([restarted?.b]);
  });

  it('[CO-9] 4.x moves it after 10 s, and takes it again with the next rebalance', () => {
    const cluster = moved('4.9').until(80_000);
    const [restarted] = cluster.entries('queue.restarted', 30_000);
    const [released] = cluster.entries('queue.released', restarted?.atMs);
    const [owned] = cluster.entries('queue.owned', released?.atMs);
    expect((released?.atMs ?? 0) - (restarted?.atMs ?? 0)).toBeCloseTo(10_000, 0);
    expect((owned?.atMs ?? 0) - (released?.atMs ?? 0)).toBeLessThan(20_000);
  });

  it('[CO-10] a queue that was not pulled for 120 s is dropped and taken again', () => {
    const cluster = consuming({ queues: 1 }).until(20_990);
    const held = cluster.consumer('c1').state.queues.get(cluster.queue(0));
    if (held !== undefined) held.lastTurnUs = cluster.run.sim.nowUs - 121_000_000;
    cluster.until(22_000);
    expect(cluster.entries('queue.pull-expired').map(({ a }) => a)).toEqual([cluster.queue(0)]);
    expect(cluster.entries('queue.owned').map(({ a }) => a)).toEqual([cluster.queue(0)]);
    expect(cluster.consumer('c1').state.queues.get(cluster.queue(0))).not.toBe(held);
    expect(cluster.entries('pull.held', 21_400).map(({ a }) => a)).toEqual([cluster.queue(0)]);
  });
});

describe('reading from a slave', () => {
  const failover = (version: '5.3' | '4.9', slaveReadEnable: boolean) => {
    const config = version === '4.9' ? {} : { slaveReadEnable };
    return consuming({
      version,
      queues: 1,
      consumers: [{ processingMs: 1 }],
      brokers: [
        { id: 'broker-a:0', brokerName: 'broker-a', config },
        { id: 'broker-a:1', brokerName: 'broker-a', brokerId: 1, config: { brokerRole: 'SLAVE', ...config } },
      ],
      actions: [
        { at: '4s', do: 'slow', target: 'c1', part: 'cpu', factor: 1 },
        { at: '5s', do: 'pause', target: 'c1' },
        { at: '6s', do: 'burst', target: 'p', messages: 100 },
        { at: '8s', do: 'kill', target: 'broker-a:0', failure: 'process' },
        { at: '9s', do: 'resume', target: 'c1' },
      ],
    }).until(60_000);
  };

  it('[HA-13] by default nobody consumes while the master is dead', () => {
    const cluster = failover('5.3', false);
    expect(cluster.count('record.consumed')).toBe(0);
    expect(cluster.count('pull.rejected-by-slave')).toBeGreaterThan(5);
  });

  it('[HA-13] [HA-16] with slaveReadEnable the slave serves once the route has lost the master, and then is asked without a pause', () => {
    const cluster = failover('5.3', true);
    expect(cluster.count('record.consumed')).toBe(100);
    expect(cluster.entries('record.delivered')[0]?.atMs).toBeGreaterThan(30_000);
    expect(cluster.entries('pull.spins-on-slave').map(({ b }) => b)).toContain(cluster.node('broker-a:1'));
    expect(cluster.run.sim.steps).toBeGreaterThan(20_000);
  });

  it('[HA-13] 4.x serves and parks', () => {
    const cluster = failover('4.9', false);
    expect(cluster.count('record.consumed')).toBe(100);
    expect(cluster.count('pull.spins-on-slave')).toBe(0);
  });

  it('[HA-17] a new group cannot learn the end of a queue without a master', () => {
    const cluster = failover('5.3', true);
    const slave = cluster.broker('broker-a:1');
    for (const queue of slave.store.disk.queues.values()) queue.min = 1;
    cluster.act({
      do: 'add',
      role: 'consumer',
      spec: { ...cluster.consumer('c1').spec, id: 'late', host: 'late', group: 'late' },
    });
    cluster.until(85_000);
    expect(cluster.entries('start.needs-master', 60_000, 'late').length).toBeGreaterThan(0);
    expect(cluster.held('late')).toEqual([]);
  });
});
