import { describe, expect, it } from 'vitest';
import { recordMessage } from '../../../model/world';
import { reportOf } from '../../../report/report';
import { BROKER, consuming } from './consuming.fixture';

const burst = (at: string, messages: number) => ({ at, do: 'burst', target: 'p', messages });

describe('the consume pool', () => {
  it('[CO-11] runs at most consumeThreadMin requests at once, in the order of the queue', () => {
    const cluster = consuming({ queues: 1, consumers: [{ processingMs: 100 }], actions: [burst('1s', 50)] });
    cluster.until(1_050);
    expect(cluster.consumer('c1').state.pool.running.size).toBe(20);
    cluster.until(3_000);
    expect(cluster.offsetsOf('record.delivered')).toEqual(Array.from({ length: 50 }, (_, offset) => offset));
  });

  it('[CO-11] cuts each pulled batch into requests of consumeMessageBatchMaxSize', () => {
    const config = { consumeMessageBatchMaxSize: 10 };
    const cluster = consuming({
      queues: 1,
      consumers: [],
      actions: [
        burst('1s', 32),
        {
          at: '5s',
          do: 'add',
          consumer: { id: 'c1', group: 'g', topic: 'Orders', processingMs: 100, config },
        },
      ],
    });
    cluster.untilTrue(() => cluster.count('record.delivered') > 0, 10_000);
    const sizes = [...cluster.consumer('c1').state.pool.running.values()].map(
      ({ records }) => records.length,
    );
    expect(sizes).toEqual([10, 10, 10, 2]);
  });

  it('[CO-11] [CO-13] a queue that is lost: what waits is not run, and what runs changes nothing', () => {
    const cluster = consuming({
      queues: 2,
      consumers: [{ processingMs: 4_000, config: { consumeThreadMin: 2, consumeThreadMax: 2 } }],
      actions: [
        burst('1s', 40),
        { at: '2s', do: 'add', consumer: { id: 'c2', group: 'g', topic: 'Orders', processingMs: 1 } },
      ],
    }).until(30_000);
    expect(cluster.entries('request.dropped').map(({ a }) => a)).toContain(cluster.queue(1));
    const ignored = cluster.entries('result.ignored');
    for (const { b } of ignored) expect(b).toBe(cluster.queue(1));
    expect(cluster.offsetsOf('record.consumed', 0, 'c2')).toHaveLength(20);
  });

  it('[CO-12] the commit follows the smallest unfinished message, not the newest finished', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [{ processingMs: 10_000 }],
      actions: [
        burst('1s', 1),
        { at: '1500ms', do: 'set', target: 'c1', workload: { processingMs: 1 } },
        burst('2s', 4),
      ],
    });
    expect(cluster.until(9_000).consumer('c1').state.offsets.get(cluster.queue(0))).toBe(0);
    expect(cluster.until(11_500).consumer('c1').state.offsets.get(cluster.queue(0))).toBe(5);
    expect(cluster.entries('commit.held-back').map(({ b }) => b)).toEqual([0]);
  });
});

describe('a listener that fails', () => {
  it('[CO-13] [CO-19] RECONSUME_LATER gives the message back: its offset moves on, a copy comes after 10 s', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [{ processingMs: 10 }],
      actions: [{ at: '1s', do: 'fail', target: 'c1', messages: 1 }, burst('2s', 3)],
    });
    cluster.until(7_500);
    expect(cluster.count('record.rejected')).toBe(1);
    expect(cluster.count('send-back.asked')).toBe(1);
    expect(cluster.consumer('c1').state.offsets.get(cluster.queue(0))).toBe(3);
    cluster.until(14_000);
    const { arena } = cluster.run.sim.state;
    const attempts = cluster.entries('record.delivered').filter(({ a }) => recordMessage(arena, a) === 0);
    expect(attempts).toHaveLength(2);
    const waitMs = (attempts[1]?.atMs ?? 0) - (attempts[0]?.atMs ?? 0);
    expect(waitMs).toBeGreaterThan(10_010);
    expect(waitMs).toBeLessThan(10_120);
    expect(cluster.count('message.delivered-twice')).toBe(0);
  });

  it('[CO-22] without any master the failed message is kept and runs again 5 s later; its offset waits', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [{ processingMs: 200 }],
      actions: [
        { at: '1s', do: 'fail', target: 'c1', messages: 1 },
        burst('2s', 1),
        { at: '2100ms', do: 'kill', target: 'broker-a:0', failure: 'process' },
      ],
    });
    cluster.until(7_000);
    expect(cluster.count('send-back.failed')).toBe(1);
    expect(cluster.count('record.consumed-later')).toBe(1);
    expect(cluster.consumer('c1').state.offsets.get(cluster.queue(0)) ?? 0).toBe(0);
    cluster.until(12_500);
    expect(cluster.count('record.delivered')).toBe(2);
  });

  it('[CO-13] a poison key fails each time, everything else goes on', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [{ processingMs: 1, poisonKeys: ['bad'] }],
      actions: [{ at: '1s', do: 'send', target: 'p', message: { key: 'bad' } }, burst('2s', 10)],
    }).until(110_000);
    expect(cluster.count('record.rejected')).toBe(4);
    expect(cluster.count('record.consumed')).toBe(10);
    expect(cluster.committed(0)).toBe(11);
  });

  it('[CO-13] one failing message fails its whole batch', () => {
    const config = { consumeMessageBatchMaxSize: 10 };
    const late = { id: 'c1', group: 'g', topic: 'Orders', processingMs: 1, poisonKeys: ['bad'], config };
    const cluster = consuming({
      queues: 1,
      consumers: [],
      actions: [
        burst('1s', 5),
        { at: '2s', do: 'send', target: 'p', message: { key: 'bad' } },
        { at: '5s', do: 'add', consumer: late },
      ],
    }).until(8_000);
    expect(cluster.count('record.rejected')).toBe(6);
    expect(cluster.count('record.consumed')).toBe(0);
  });

  it('[CO-13] a failure rate fails about its share, the same ones for the same seed', () => {
    const failed = (seed: number) => {
      const consumers = [{ processingMs: 1, failureRate: [1, 10] }];
      const cluster = consuming({ seed, queues: 1, consumers, actions: [burst('1s', 1_000)] }).until(5_000);
      return cluster.offsetsOf('record.rejected');
    };
    const [one, again, other] = [failed(1), failed(1), failed(2)];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    expect(one.length).toBeGreaterThan(60);
    expect(one.length).toBeLessThan(140);
  });

  it('[CO-14] broadcasting only logs it: the offset moves on', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [{ processingMs: 1, messageModel: 'BROADCASTING' }],
      actions: [{ at: '1s', do: 'fail', target: 'c1', messages: 2 }, burst('2s', 5)],
    }).until(20_000);
    expect(cluster.count('failure.dropped')).toBe(2);
    expect(cluster.count('record.delivered')).toBe(5);
    expect(cluster.consumer('c1').state.offsets.get(cluster.queue(0))).toBe(5);
  });
});

describe('offsets', () => {
  it('[CO-16] go out at 10 s and every 5 s, unchanged ones too, so that a broker that lost them has them again', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [{ processingMs: 1 }],
      actions: [burst('1s', 100)],
    }).until(12_000);
    expect(cluster.committed(0)).toBe(100);
    cluster.broker().service.offsets.clear();
    expect(cluster.until(15_100).committed(0)).toBe(100);
    expect(cluster.entries('offset.sent').map(({ atMs, b }) => [atMs, b])).toEqual([[10_000, 100]]);
  });

  it('[CO-16] [CO-25] a queue that is given back takes its offset along', () => {
    const cluster = consuming({
      queues: 2,
      consumers: [{ processingMs: 1 }],
      actions: [
        burst('11s', 100),
        { at: '12s', do: 'add', consumer: { id: 'c2', group: 'g', topic: 'Orders' } },
      ],
    }).until(14_000);
    expect(cluster.entries('queue.owned', 12_000, 'c2').find(({ a }) => a === cluster.queue(1))?.b).toBe(50);
  });

  it('[CO-8] offset 0 is not worth carrying, and slaves get none', () => {
    const cluster = consuming({ queues: 1, actions: [burst('1s', 1)] }).until(1_500);
    expect(cluster.count('offset.piggybacked')).toBe(0);
    cluster.act({ do: 'burst', target: 'p', messages: 1 }).until(2_000);
    expect(cluster.entries('offset.piggybacked').map(({ b }) => b)).toEqual([1]);
  });

  it('[CO-2] [CO-17] every broadcasting consumer gets everything and keeps its own file', () => {
    const consumers = [1, 2].map(() => ({ processingMs: 1, messageModel: 'BROADCASTING' }));
    const cluster = consuming({
      consumers,
      actions: [
        burst('1s', 100),
        { at: '30s', do: 'kill', target: 'c1', failure: 'process' },
        burst('35s', 40),
        { at: '40s', do: 'restart', target: 'c1' },
      ],
    }).until(60_000);
    expect(cluster.count('record.consumed', 0, 'c2')).toBe(140);
    expect(cluster.count('record.consumed', 0, 'c1')).toBe(140);
    expect(cluster.broker().service.offsets.has('Orders@g')).toBe(false);
    expect(cluster.entries('offset.file-written', 0, 'c1').length).toBeGreaterThanOrEqual(4);
  });

  it('[CO-17] a power cut takes the newest version of that file, a lost disk all of it', () => {
    const startAfter = (failure: string) => {
      const cluster = consuming({
        queues: 1,
        consumers: [{ processingMs: 1, messageModel: 'BROADCASTING' }],
        producer: { ratePerSecond: 10 },
        actions: [
          { at: '22s', do: 'kill', target: 'c1', failure },
          { at: '23s', do: 'restart', target: 'c1' },
        ],
      }).until(30_000);
      return cluster.entries('queue.owned').at(-1)?.b ?? 0;
    };
    expect(startAfter('process')).toBe(200);
    expect(startAfter('power')).toBe(150);
    // Without a file it begins at the end of the queue.
    expect(startAfter('disk')).toBeGreaterThan(230);
  });
});

describe('the end of a consumer', () => {
  it('[CL-23] [CO-33] in order: offsets, then a farewell to every broker; the others take over within two seconds', () => {
    const cluster = consuming({
      consumers: [{ processingMs: 1 }, { processingMs: 1 }],
      producer: { ratePerSecond: 40 },
      actions: [{ at: '30s', do: 'remove', target: 'c1' }],
    }).until(32_000);
    expect(cluster.held('c2')).toEqual([0, 1, 2, 3]);
    expect(cluster.count('client.unregistered')).toBe(1);
    expect(cluster.run.sim.state.env.processes[cluster.node('c1')]?.failure).toBe('shutdown');
    expect(cluster.until(60_000).deliveredTwice()).toBeLessThanOrEqual(1);
  });

  it('[CO-33] awaitTermination ends as soon as the pool is empty, and at the latest after its time', () => {
    const exitAfter = (processingMs: number, awaitMs: number) => {
      const config = { awaitTerminationMillisWhenShutdown: awaitMs };
      const cluster = consuming({
        queues: 1,
        consumers: [{ processingMs, config }],
        actions: [burst('10s', 5), { at: '10100ms', do: 'remove', target: 'c1' }],
      }).until(30_000);
      const [stopped] = cluster.entries('process.stopped');
      return [Math.round((stopped?.atMs ?? 0) / 10) * 10 - 10_100, cluster.count('record.consumed')];
    };
    expect(exitAfter(1_000, 5_000)).toEqual([900, 5]);
    expect(exitAfter(9_000, 2_000)).toEqual([2_000, 0]);
    expect(exitAfter(9_000, 0)).toEqual([0, 0]);
  });
});

describe('the business', () => {
  it('[EN-8] a database that comes later serves the consumer that comes after it', () => {
    const cluster = consuming({
      queues: 1,
      actions: [
        { at: '1s', do: 'add', database: { id: 'late', latencyMs: 40 } },
        {
          ...{ at: '1s', do: 'add' },
          consumer: { id: 'c9', group: 'later', topic: 'Orders', idempotent: 'uniqueKey', database: 'late' },
        },
        { at: '30s', do: 'send', target: 'p', message: { key: 'pay' } },
        { at: '31s', do: 'send', target: 'p', message: { key: 'pay' } },
      ],
    }).until(40_000);
    expect(cluster.count('database.set')).toBe(1);
    expect(cluster.count('record.skipped')).toBe(1);
    expect(
      cluster.run.act({
        atUs: null,
        afterStep: null,
        do: 'add',
        role: 'database',
        spec: { id: 'late', latencyUs: 0, capacityPerSecond: 1 },
      }).ok,
    ).toBe(false);
  });

  /** A message that is stored twice because its first answer was lost: two records, one unique key. */
  const storedTwice = (idempotent: string) => {
    const cluster = consuming({
      queues: 1,
      databases: [{ id: 'db', latencyMs: 0 }],
      consumers: [{ processingMs: 1, idempotent, database: 'db' }],
      producer: { config: { sendMsgTimeout: 1_000, sendMsgMaxTimeoutPerRequest: 300 } },
      actions: [burst('1s', 1), { at: '2s', do: 'drop', from: BROKER, to: 'p', messages: 1 }, burst('2s', 1)],
    }).until(10_000);
    return [
      cluster.count('message.stored'),
      cluster.count('record.consumed'),
      cluster.count('record.skipped'),
    ];
  };

  it.each([
    ['none', [3, 3, 0]],
    ['uniqueKey', [3, 2, 1]],
    ['checkThenAct', [3, 2, 1]],
    ['markFirst', [3, 2, 1]],
    ['stateMachine', [3, 2, 1]],
    ['expiringKey', [3, 2, 1]],
  ])('[CO-33] with idempotence %s a second copy has its effect or not', (idempotent, expected) => {
    expect(storedTwice(idempotent)).toEqual(expected);
  });

  it('[CO-33] only a check in front of the work fails when both copies are in hand at once', () => {
    const both = (idempotent: string) => {
      const consumers = [{ processingMs: 1_000, idempotent, database: 'db' }];
      const cluster = consuming({
        queues: 1,
        consumers,
        databases: [{ id: 'db', latencyMs: 0 }],
        actions: [
          { at: '1s', do: 'send', target: 'p', message: { key: 'pay' } },
          { at: '1200ms', do: 'send', target: 'p', message: { key: 'pay' } },
        ],
      }).until(5_000);
      return cluster.count('record.consumed');
    };
    expect(['checkThenAct', 'uniqueKey', 'markFirst', 'stateMachine', 'expiringKey'].map(both)).toEqual([
      2, 1, 1, 1, 1,
    ]);
  });

  it('[CO-33] a mark that expires hides a message that failed until then, and not afterwards', () => {
    const again = (dedupeTtl: string) => {
      const cluster = consuming({
        queues: 1,
        databases: [{ id: 'db', latencyMs: 0 }],
        consumers: [{ processingMs: 1, idempotent: 'expiringKey', dedupeTtl, database: 'db' }],
        actions: [{ at: '900ms', do: 'fail', target: 'c1', messages: 1 }, burst('1s', 1)],
      }).until(20_000);
      return [cluster.count('record.skipped'), cluster.count('record.consumed')];
    };
    expect([again('12s'), again('8s')]).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('a key given by hand that a generated message has means the same business as that message', () => {
    const effects = (keys: Readonly<Record<string, unknown>>) => {
      const cluster = consuming({
        queues: 1,
        databases: [{ id: 'db', latencyMs: 0 }],
        consumers: [{ processingMs: 1, idempotent: 'uniqueKey', database: 'db' }],
        producer: keys,
        actions: [
          burst('1s', 3),
          ...['1500ms', '1600ms'].map((at) => ({
            ...{ at, do: 'send', target: 'p', message: { key: 'order-2' } },
          })),
        ],
      }).until(5_000);
      return [cluster.count('record.consumed'), reportOf(cluster.run).effects];
    };
    expect(effects({})).toEqual([3, { once: 3, lost: 0, doubled: 0 }]);
    // Of a few shared keys each message is an event of its own; the two by hand are one.
    expect(effects({ keys: { distinct: 1 } })).toEqual([4, { once: 4, lost: 0, doubled: 0 }]);
  });

  it('a database that is shared serves its clients one after the other, each answer after its latency', () => {
    const cluster = consuming({
      queues: 1,
      databases: [{ id: 'db', capacityPerSecond: 100, latencyMs: 5 }],
      consumers: [{ processingMs: 10, database: 'db' }],
      actions: [
        burst('1s', 3),
        { at: '2s', do: 'set', target: 'db', workload: { capacityPerSecond: 1_000 } },
        burst('3s', 2),
      ],
    }).until(5_000);
    const delivered = cluster.entries('record.delivered').map(({ atMs }) => atMs);
    const took = cluster
      .entries('record.consumed')
      .map(({ atMs }, i) => Math.round(atMs - (delivered[i] ?? 0)));
    expect(took).toEqual([25, 35, 45, 16, 17]);
  });
});
