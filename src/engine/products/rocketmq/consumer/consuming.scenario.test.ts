import { describe, expect, it } from 'vitest';
import { recordQueue } from '../../../model/world';
import { BROKER, type Consuming, consuming } from './consuming.fixture';

const queueOfRecord = (cluster: Consuming, record: number) =>
  recordQueue(cluster.run.sim.state.arena, record);

/** The numbers of the lessons about consuming: S18, S19, S20 and S33 of the syllabus. */

describe('S18 push is a patient pull', () => {
  it('[CO-7] a message that arrives while a pull is parked is there in milliseconds', () => {
    const cluster = consuming({ queues: 1, actions: [{ at: '30s', do: 'burst', target: 'p', messages: 1 }] });
    cluster.until(31_000);
    const [delivered] = cluster.entries('record.delivered');
    expect((delivered?.atMs ?? 0) - 30_000).toBeLessThan(5);
  });

  it('[CO-7] an idle pull returns after 15 to 20 s, whatever the phase', () => {
    let longest = 0;
    for (let seed = 1; seed <= 6; seed++) {
      const cluster = consuming({ queues: 1, seed, phases: 'seeded' }).until(60_000);
      const waits = cluster.entries('pull.hold-ended').map(({ b }) => b / 1e6);
      longest = Math.max(longest, ...waits);
      expect(waits.length).toBeGreaterThan(1);
      for (const wait of waits) {
        expect(wait).toBeGreaterThanOrEqual(15);
        expect(wait).toBeLessThanOrEqual(20);
      }
    }
    expect(longest).toBeGreaterThan(17);
  });

  it('[CO-7] without long polling an idle pull is answered after a second or two', () => {
    const cluster = consuming({ queues: 1, brokerConfig: { longPollingEnable: false } }).until(20_000);
    const waits = cluster.entries('pull.hold-ended', 5_000).map(({ b }) => b / 1e6);
    expect(waits.length).toBeGreaterThan(5);
    expect(Math.max(...waits)).toBeLessThanOrEqual(2);
  });

  it('[CO-7] without long polling a message waits for the next look, half a second on average', () => {
    const cluster = consuming({
      queues: 1,
      brokerConfig: { longPollingEnable: false },
      producer: { ratePerSecond: 7.3, messages: 200 },
      consumers: [{ processingMs: 0 }],
    }).until(40_000);
    const stored = cluster.entries('message.stored').map(({ atMs }) => atMs);
    const delays = cluster.entries('record.delivered').map(({ atMs }, i) => atMs - (stored[i] ?? 0));
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
    expect(delays).toHaveLength(200);
    expect(Math.max(...delays)).toBeLessThan(1010);
    expect(mean).toBeGreaterThan(400);
    expect(mean).toBeLessThan(600);
  });

  it('[CO-3] a stuck listener has 1 024 messages cached per queue, 4 096 in all', () => {
    const stuck = { id: 'late', group: 'late', topic: 'Orders', processingMs: 600_000 };
    const cluster = consuming({
      consumers: [],
      actions: [
        { at: '1s', do: 'burst', target: 'p', messages: 6_000 },
        { at: '5s', do: 'add', consumer: stuck },
      ],
    }).until(60_000);
    expect(cluster.cached('late')).toEqual([1024, 1024, 1024, 1024]);
    expect(cluster.count('pull.held-back')).toBe(4);
  });

  it('[CO-3] [CO-12] one stuck message lets 32 others pass every 51 ms and holds the commit', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [{ processingMs: 600_000 }],
      actions: [
        { at: '1s', do: 'burst', target: 'p', messages: 1 },
        { at: '1500ms', do: 'set', target: 'c1', workload: { processingMs: 1 } },
        { at: '2s', do: 'burst', target: 'p', messages: 5_999 },
      ],
    });
    cluster.until(7_000);
    const done = cluster.count('record.consumed', 5_000);
    expect(done / 2).toBeGreaterThan(600);
    expect(done / 2).toBeLessThan(640);
    expect(cluster.until(11_000).committed(0)).toBe(0);
    expect(cluster.entries('commit.held-back').map(({ b }) => b)).toEqual([0]);
  });

  it('[CO-3] [CO-15] a second stuck message more than 2 000 later stops the queue until consumeTimeout finds the first', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [{ processingMs: 600_000, config: { consumeTimeout: 5 } }],
      actions: [
        { at: '1s', do: 'burst', target: 'p', messages: 1 },
        { at: '1500ms', do: 'set', target: 'c1', workload: { processingMs: 1 } },
        { at: '2s', do: 'burst', target: 'p', messages: 3_000 },
        { at: '10s', do: 'set', target: 'c1', workload: { processingMs: 600_000 } },
        { at: '11s', do: 'burst', target: 'p', messages: 1 },
        { at: '12s', do: 'set', target: 'c1', workload: { processingMs: 1 } },
        { at: '13s', do: 'burst', target: 'p', messages: 500 },
      ],
    });
    cluster.until(10_500);
    expect(cluster.count('record.consumed')).toBe(3_000);
    cluster.until(599_000);
    expect(cluster.count('record.delivered')).toBe(3_002);
    expect(cluster.consumer('c1').state.pool.running.size).toBe(2);
    expect(cluster.count('consume.overdue')).toBe(0);
    cluster.until(600_500);
    const [first, second] = cluster.entries('consume.overdue');
    expect([first?.atMs, first?.a]).toEqual([600_000, 0]);
    // The first has left the cache, so the next head, stuck since 11 s, is looked at, too.
    expect(second?.a).toBe(3_001);
    expect(cluster.count('send-back.asked')).toBe(2);
  });
});

describe('S19 five consumers, four queues', () => {
  const added = (id: string) => ({ id, group: 'g', topic: 'Orders' });

  it('[CO-27] [CO-28] the shares are 4 | 2,2 | 2,1,1 | 1,1,1,1 | 1,1,1,1,0', () => {
    const cluster = consuming({
      actions: [2, 3, 4, 5].map((n) => ({ at: `${n * 10}s`, do: 'add', consumer: added(`c${n}`) })),
    });
    const shares = [1, 2, 3, 4, 5].map((count) => {
      cluster.until(count * 10_000 + 9_000);
      return Array.from({ length: count }, (_, i) => cluster.held(`c${i + 1}`).length);
    });
    expect(shares).toEqual([[4], [2, 2], [2, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1, 0]]);
    expect(cluster.entries('consumer.idle').map(({ node, a, b }) => [node, a, b])).toEqual([['c5', 5, 4]]);
  });

  it('[CO-27] eight queues fall 3, 3, 2 to three consumers', () => {
    const cluster = consuming({ queues: 8, consumers: [{}, {}, {}] });
    expect(['c1', 'c2', 'c3'].map((name) => cluster.held(name))).toEqual([
      [0, 1, 2],
      [3, 4, 5],
      [6, 7],
    ]);
  });

  /** c3 joins `beforeMs` before c2's own tick; the brokers tell nobody. */
  const lateNotice = (version: '5.3' | '4.9', joinMs: number) =>
    consuming({
      version,
      consumers: [{ processingMs: 1 }, { processingMs: 1 }],
      brokerConfig: { notifyConsumerIdsChangedEnable: false },
      producer: { profile: [{ from: `${joinMs - 2_000}ms`, rate: 100 }] },
      actions: [{ at: `${joinMs}ms`, do: 'add', consumer: { ...added('c3'), processingMs: 1 } }],
    }).until(joinMs + 6_000);

  it('[CO-26] [CO-25] when the notice comes 2 s late a queue has two owners for 1 s and 25 messages come twice', () => {
    const cluster = lateNotice('5.3', 39_000);
    const [shared] = cluster.entries('queue.one-owner');
    expect(cluster.entries('queue.taken-while-held').map(({ node, a }) => [node, a])).toEqual([
      ['c3', cluster.queue(3)],
    ]);
    expect((shared?.b ?? 0) / 1e6).toBeCloseTo(1, 1);
    expect(cluster.deliveredTwice()).toBeGreaterThanOrEqual(24);
    expect(cluster.deliveredTwice()).toBeLessThanOrEqual(26);
  });

  it('[CO-24] 4.x knows no minimum: two owners for 2 s and 50 messages twice', () => {
    const cluster = lateNotice('4.9', 38_000);
    const [shared] = cluster.entries('queue.one-owner');
    expect((shared?.b ?? 0) / 1e6).toBeCloseTo(1.95, 1);
    expect(cluster.deliveredTwice()).toBeGreaterThanOrEqual(49);
    expect(cluster.deliveredTwice()).toBeLessThanOrEqual(51);
  });

  it('[CO-26] with the notice in time the queue has no reader for 1.45 s, and nothing comes twice', () => {
    const cluster = consuming({
      consumers: [{ processingMs: 1 }, { processingMs: 1 }],
      producer: { profile: [{ from: '28s', rate: 100 }] },
      actions: [{ at: '30s', do: 'add', consumer: { ...added('c3'), processingMs: 1 } }],
    }).until(35_000);
    const released = cluster.entries('queue.released', 30_000).find(({ a }) => a === cluster.queue(3));
    const [first] = cluster.entries('record.delivered', 30_000, 'c3');
    expect(((first?.atMs ?? 0) - (released?.atMs ?? 0)) / 1000).toBeCloseTo(1.45, 1);
    expect(cluster.count('queue.taken-while-held')).toBe(0);
    expect(cluster.deliveredTwice()).toBe(0);
  });

  const takenOverAfterS = (
    action: Readonly<Record<string, unknown>>,
    seed = 1,
    phases: 'aligned' | 'seeded' = 'aligned',
  ) => {
    const cluster = consuming({
      seed,
      phases,
      consumers: [{ processingMs: 1 }, { processingMs: 1 }],
      producer: { ratePerSecond: 20 },
      actions: [{ at: '30s', ...action }],
    }).until(29_000);
    const orphans = cluster.held('c1').map((queueId) => cluster.queue(Number(queueId)));
    cluster.until(200_000);
    const first = cluster
      .entries('record.delivered', 30_000, 'c2')
      .find(({ a }) => orphans.includes(queueOfRecord(cluster, a)));
    return ((first?.atMs ?? Number.NaN) - 30_000) / 1000;
  };

  it('[CO-29] [CL-21] [CL-22] [CM-55] a killed consumer is replaced in about half a second', () => {
    const seconds = takenOverAfterS({ do: 'kill', target: 'c1' });
    expect(seconds).toBeGreaterThanOrEqual(0.5);
    expect(seconds).toBeLessThan(0.6);
  });

  it('[CO-29] [CL-21] [CM-56] a consumer that is cut off is replaced after 90 to 150 s, whatever the phase', () => {
    for (const seed of [1, 2, 3, 4]) {
      const seconds = takenOverAfterS({ do: 'cut', between: ['c1', 'broker-a:0'] }, seed, 'seeded');
      expect(seconds).toBeGreaterThanOrEqual(90);
      expect(seconds).toBeLessThanOrEqual(151);
    }
  });
});

describe('S20 the bookmark', () => {
  /** 20 threads of 200 ms, one queue, 1 000 messages at 10 s; then something happens at 19 s, and c1 starts again. */
  const burstAt10 = (action: Readonly<Record<string, unknown>>, config = {}) =>
    consuming({
      queues: 1,
      consumers: [{ processingMs: 200, config }],
      actions: [
        { at: '10s', do: 'burst', target: 'p', messages: 1_000 },
        { at: '19s', ...action, target: 'c1' },
        { at: '24s', do: 'restart', target: 'c1' },
      ],
    });

  it('[CO-12] [CO-16] [CO-33] a kill 4 s after the last commit repeats 400 finished messages and 20 in hand', () => {
    const cluster = burstAt10({ do: 'kill' });
    cluster.until(20_000);
    expect(cluster.committed(0)).toBe(480);
    expect(cluster.count('record.consumed')).toBe(880);
    expect(cluster.entries('work.forgotten').map(({ a, b }) => [a, b])).toEqual([[400, 20]]);
    cluster.until(60_000);
    expect(cluster.deliveredTwice()).toBe(420);
  });

  it('[CO-8] [CO-33] under steady traffic about 10 come twice: each pull carries the offset', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [{ processingMs: 100 }],
      producer: { profile: [{ from: '15s', rate: 100 }] },
      actions: [
        { at: '19s', do: 'kill', target: 'c1' },
        { at: '24s', do: 'restart', target: 'c1' },
      ],
    }).until(40_000);
    expect(cluster.deliveredTwice()).toBeGreaterThanOrEqual(9);
    expect(cluster.deliveredTwice()).toBeLessThanOrEqual(12);
  });

  it('[CL-23] [CO-33] a graceful shutdown repeats what is in hand: 20', () => {
    const cluster = burstAt10({ do: 'remove' }).until(60_000);
    expect(cluster.deliveredTwice()).toBe(20);
  });

  it('[CO-33] awaitTerminationMillisWhenShutdown=2000 repeats nothing', () => {
    const cluster = burstAt10({ do: 'remove' }, { awaitTerminationMillisWhenShutdown: 2_000 }).until(60_000);
    expect(cluster.deliveredTwice()).toBe(0);
  });

  it('[CO-12] a hanging message 1 000 repeats the 1 500 behind it as well', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [{ processingMs: 1 }],
      actions: [
        { at: '1s', do: 'burst', target: 'p', messages: 1_000 },
        { at: '10s', do: 'set', target: 'c1', workload: { processingMs: 600_000 } },
        { at: '11s', do: 'burst', target: 'p', messages: 1 },
        { at: '12s', do: 'set', target: 'c1', workload: { processingMs: 1 } },
        { at: '13s', do: 'burst', target: 'p', messages: 1_500 },
        { at: '30s', do: 'kill', target: 'c1' },
        { at: '31s', do: 'restart', target: 'c1' },
      ],
    });
    cluster.until(29_000);
    expect(cluster.count('record.consumed')).toBe(2_500);
    cluster.until(45_000);
    expect(cluster.deliveredTwice()).toBe(1_501);
  });

  /** 50 messages a second, flushed one by one, so that a broker can lose nothing but offsets. */
  const brokerFails = (failure: 'process' | 'power', consumerToo: boolean) =>
    consuming({
      queues: 1,
      brokerConfig: { flushDiskType: 'SYNC_FLUSH' },
      consumers: [{ processingMs: 1 }],
      producer: { ratePerSecond: 50 },
      actions: [
        ...(consumerToo ? [{ at: '38990ms', do: 'kill', target: 'c1' }] : []),
        { at: '39s', do: 'kill', target: BROKER, failure },
        { at: '45s', do: 'restart', target: BROKER },
        ...(consumerToo ? [{ at: '60s', do: 'restart', target: 'c1' }] : []),
      ],
    }).until(90_000);

  it('[CO-16] [BR-19] a broker that loses power repeats nothing while its consumer lives: it commits from memory', () => {
    expect(brokerFails('power', false).deliveredTwice()).toBe(0);
  });

  it('[BR-19] [BR-20] with the consumer restarted too, the file counts: 4 s old after a kill, one write older after power', () => {
    const killed = brokerFails('process', true).deliveredTwice();
    expect(killed).toBeGreaterThanOrEqual(195);
    expect(killed).toBeLessThanOrEqual(202);
    const unplugged = brokerFails('power', true).deliveredTwice();
    expect(unplugged).toBeGreaterThanOrEqual(445);
    expect(unplugged).toBeLessThanOrEqual(452);
  });

  it('[HA-12] [HA-13] a slave that is read from has offsets as old as its latest sync', () => {
    const offsetsAt = (version: '5.3' | '4.9') => {
      const cluster = consuming({
        version,
        queues: 1,
        brokers: [
          { id: BROKER, brokerName: 'broker-a' },
          { id: 'broker-a:1', brokerName: 'broker-a', brokerId: 1, config: { brokerRole: 'SLAVE' } },
        ],
        consumers: [{ processingMs: 1 }],
        producer: { ratePerSecond: 50 },
      });
      const ages: number[] = [];
      for (let ms = 70_000; ms < 140_000; ms += 1_000) {
        cluster.until(ms);
        ages.push((cluster.committed(0) - cluster.committed(0, 'g', 'broker-a:1')) / 50);
      }
      return Math.max(...ages);
    };
    expect(offsetsAt('5.3')).toBeGreaterThan(58);
    expect(offsetsAt('5.3')).toBeLessThanOrEqual(64);
    expect(offsetsAt('4.9')).toBeGreaterThan(8);
    expect(offsetsAt('4.9')).toBeLessThanOrEqual(11);
  });
});

describe('S33 four levers, one formula', () => {
  /** Messages a second that a group works off from a backlog. */
  const capacity = (
    setup: Parameters<typeof consuming>[0],
    consumers: number,
    consumer: Readonly<Record<string, unknown>>,
  ) => {
    const cluster = consuming({
      ...setup,
      consumers: Array.from({ length: consumers }, () => ({ processingMs: 250, ...consumer })),
      actions: [{ at: '1s', do: 'burst', target: 'p', messages: 7_500 }],
    }).until(8_000);
    return cluster.count('record.consumed', 2_000) / 6;
  };

  it.each([
    ['nothing', 160, 4, 2, {}],
    ['64 threads', 512, 4, 2, { config: { consumeThreadMin: 64, consumeThreadMax: 64 } }],
    ['4 consumers', 320, 4, 4, {}],
    ['8 consumers on 4 queues', 320, 4, 8, {}],
    ['8 consumers on 8 queues', 640, 8, 8, {}],
    // Each pull of 32 is cut into 10, 10, 10 and 2; pulls of 30 fill every batch.
    ['batches of 10 in 400 ms', 800, 4, 2, { processingMs: 400, config: { consumeMessageBatchMaxSize: 10 } }],
    [
      'batches of 10 of pulls of 30',
      1_000,
      4,
      2,
      { processingMs: 400, config: { consumeMessageBatchMaxSize: 10, pullBatchSize: 30 } },
    ],
    ['50 ms a message', 800, 4, 2, { processingMs: 50 }],
  ])('[CO-11] [CO-28] %s: %d a second', (_, expected, queues, consumers, consumer) => {
    expect(capacity({ queues }, consumers, consumer)).toBeCloseTo(expected, -1);
  });

  it('[CO-11] a dependency of 300 a second caps every parallel lever', () => {
    const databases = [{ id: 'db', capacityPerSecond: 300, latencyMs: 0 }];
    const rates = [
      capacity({ queues: 4, databases }, 2, {
        database: 'db',
        config: { consumeThreadMin: 64, consumeThreadMax: 64 },
      }),
      capacity({ queues: 8, databases }, 8, { database: 'db' }),
    ];
    for (const rate of rates) expect(rate).toBeCloseTo(300, -1);
  });
});
