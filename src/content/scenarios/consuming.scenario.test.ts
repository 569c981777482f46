import { describe, expect, it } from 'vitest';
import backlogDrill from './backlog-drill.json';
import everyone from './everyone-gets-everything.json';
import fiveConsumers from './five-consumers-four-queues.json';
import fivePop from './five-consumers-pop.json';
import hotKey from './hot-key.json';
import masterDies from './master-dies-nobody-promoted.json';
import noonRush from './noon-rush.json';
import slowConsumer from './one-slow-consumer.json';
import orderlyPop from './orderly-pop.json';
import { type Changes, type Playing, play } from './playing.fixture';
import pushIsPull from './push-is-a-pull.json';
import stuckListener from './stuck-listener.json';
import stuckMessage from './stuck-message.json';
import bookmark from './the-bookmark.json';
import twoOwners from './two-owners-for-a-second.json';

/** The numbers of S16 to S20, S33 and S34 in the built-in scenarios. */

const SILENT = { ratePerSecond: 0 };
const MASTER = 'broker-a:0';

const expectWithin = (value: number, from: number, to: number) => {
  expect(value).toBeGreaterThanOrEqual(from);
  expect(value).toBeLessThanOrEqual(to);
};

describe('S03 noon rush', () => {
  const waitingAt20 = (changes: Changes) => {
    const run = play(noonRush, changes).until(20_000);
    expect(run.report().sends.failed).toBe(0);
    return run.behind().reduce((sum, each) => sum + each, 0);
  };

  it('[CO-11] 1,000 a second against 200: 8,000 wait at 20 s, and nobody is refused; 6,000 against 400', () => {
    // What 20 threads have in hand counts as waiting.
    expectWithin(waitingAt20({}), 8_000, 8_025);
    expectWithin(waitingAt20({ consumer: { processingMs: 50 } }), 6_000, 6_025);
  });
});

describe('S16 the master dies, nobody is promoted', () => {
  it('[HA-1] [PR-9] [CM-10] no send fails, and broker-b alone takes them within 30 s', () => {
    const run = play(masterDies, {
      producer: { ratePerSecond: 20 },
      consumers: [],
      actions: [{ at: '10s', do: 'kill', target: MASTER, failure: 'process' }],
    }).until(45_000);
    expect(run.report().sends.failed).toBe(0);
    expect(Object.keys(run.attempts(40_100))).toEqual(['broker-b']);
  });

  const backlog = (changes: Changes) => {
    const both = (at: string, what: string) =>
      ['consumer-1', 'consumer-2'].map((target) => ({ at, do: what, target }));
    const run = play(masterDies, {
      ...changes,
      producer: SILENT,
      consumer: { processingMs: 1 },
      actions: [
        ...both('5s', 'pause'),
        { at: '30s', do: 'burst', target: 'producer-1', messages: 2_000 },
        { at: '40s', do: 'kill', target: MASTER, failure: 'process' },
        ...both('40001ms', 'resume'),
      ],
    }).until(80_000);
    expect(run.report().verdict).toMatchObject({ acknowledged: 2_000, acknowledgedLost: 0 });
    return run.count('record.consumed');
  };

  it('[HA-13] the 1,000 on broker-a stay unread by default', () => {
    expect(backlog({})).toBe(1_000);
  });

  it('[HA-16] with slaveReadEnable, and from 4.9, the slave serves them', () => {
    expect(backlog({ brokerConfig: { slaveReadEnable: true } })).toBe(2_000);
    expect(backlog({ version: '4.9' })).toBe(2_000);
  });
});

describe('S18 push is a patient pull', () => {
  const delays = (changes: Changes, untilMs: number) => {
    const run = play(pushIsPull, changes).until(untilMs);
    const stored = new Map(run.entries('message.stored').map(({ a, atMs }) => [a, atMs]));
    return { run, delays: run.entries('record.delivered').map(({ a, atMs }) => atMs - stored.get(a)!) };
  };

  it('[CO-7] a message for a parked pull comes in milliseconds; an idle one returns after 15 to 20 s', () => {
    const { run, delays: found } = delays({}, 130_000);
    expect(found.length).toBeGreaterThan(4);
    expect(Math.max(...found)).toBeLessThan(5);
    const waits = run.entries('pull.hold-ended').map(({ b }) => b / 1e6);
    expect(waits.length).toBeGreaterThan(4);
    for (const wait of waits) expectWithin(wait, 15, 20);
  });

  it('[CO-7] without long polling it waits half a second on average', () => {
    const { delays: found } = delays(
      { brokerConfig: { longPollingEnable: false }, producer: { ratePerSecond: 7.3, messages: 200 } },
      40_000,
    );
    expect(found).toHaveLength(200);
    expectWithin(found.reduce((sum, delay) => sum + delay, 0) / 200, 400, 600);
  });

  it('[CO-3] a stuck listener: 1,024 cached of each queue; 128 with a threshold of 100', () => {
    const audit = {
      id: 'audit',
      group: 'audit',
      topic: 'Orders',
      processingMs: 600_000,
      config: { pullThresholdForQueue: 100 },
    };
    const run = play(stuckListener, { actions: [{ at: '6s', do: 'add', consumer: audit }] }).until(30_000);
    expect(run.cached('consumer-1')).toEqual([1_024, 1_024, 1_024, 1_024]);
    expect(run.cached('audit')).toEqual([128, 128, 128, 128]);
  });

  it('[CO-3] [CO-12] one stuck message: 32 others in 51 ms, and the commit stays', () => {
    const run = play(stuckMessage).until(7_000);
    expectWithin(run.count('record.consumed', 5_000) / 2, 600, 640);
    expect(run.until(11_000).committed(0, 'order-service')).toBe(0);
  });
});

describe('S19 five consumers, four queues', () => {
  /** Client ids are sorted as text, so who gets the larger share is not who stands first in the file. */
  const shares = (run: Playing, consumers: readonly { id: string }[]) =>
    consumers.map(({ id }) => run.held(id).length).sort((x, y) => y - x);

  it('[CO-27] [CO-28] 4 | 2,2 | 2,1,1 | 1,1,1,1 | 1,1,1,1,0', () => {
    const found = [1, 2, 3, 4, 5].map((count) => {
      const consumers = fiveConsumers.consumers.slice(0, count);
      const run = play(fiveConsumers, { consumers, producer: SILENT }).until(1_000);
      return shares(run, consumers);
    });
    expect(found).toEqual([[4], [2, 2], [2, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1, 0]]);
  });

  it('[CO-27] 8 queues fall 3, 3, 2 to three', () => {
    const consumers = fiveConsumers.consumers.slice(0, 3);
    const run = play(fiveConsumers, { consumers, producer: SILENT, topics: [{ name: 'Orders', queues: 8 }] });
    run.until(1_000);
    expect(shares(run, consumers)).toEqual([3, 3, 2]);
  });

  it('[CO-26] [CO-25] without a notice a queue has two owners for 1 s: 25 messages come twice', () => {
    const run = play(twoOwners).until(45_000);
    expect(run.count('queue.taken-while-held')).toBe(1);
    expectWithin(run.deliveredTwice(), 24, 26);
  });

  it('[CO-24] 4.9 knows no minimum: a longer time, more of them twice', () => {
    // consumer-2 looks for itself at 40 s, and consumer-3 pulls half a second earlier than under 5.3.
    const actions = [{ at: '38s', do: 'add', consumer: { ...fiveConsumers.consumers[2], processingMs: 1 } }];
    const run = play(twoOwners, {
      version: '4.9',
      script: false,
      producer: { profile: [{ from: '36s', rate: 100 }] },
      actions,
    }).until(45_000);
    expectWithin(run.deliveredTwice(), 49, 51);
  });

  it('[CO-26] with the notice none does', () => {
    const run = play(twoOwners, { brokerConfig: { notifyConsumerIdsChangedEnable: true } }).until(45_000);
    expect(run.deliveredTwice()).toBe(0);
  });

  it('[CO-29] a killed consumer is replaced in about half a second', () => {
    const kill = { at: '10s', do: 'kill', target: 'consumer-1', failure: 'process' };
    const run = play(fiveConsumers, { actions: [kill] }).until(12_000);
    const [first] = run.entries('record.delivered', 10_000).filter(({ node }) => node === 'consumer-5');
    expect(first).toBeDefined();
    expectWithin(first!.atMs - 10_000, 500, 650);
  });

  it('[PO-1] five consumers that pop are all busy, and the queues have no owner', () => {
    const run = play(fivePop).until(20_000);
    const busy = fivePop.consumers.map(({ id }) => run.count('record.consumed', 5_000, id));
    for (const count of busy) expect(count).toBeGreaterThan(100);
    expect(run.deliveredTwice()).toBe(0);
  });
});

describe('S19 in order, and nobody owns a queue', () => {
  it('[PO-8] three consumers share all six queues, and each key stays in order', () => {
    const run = play(orderlyPop).until(40_000);
    for (const { id } of orderlyPop.consumers) {
      const queues = run.entries('record.delivered', 0, id).map(({ a }) => run.queueOf(a));
      expect(new Set(queues).size).toBe(6);
    }
    expect(run.report().verdict).toMatchObject({ orderViolations: 0, duplicates: 0 });
    expect(Math.max(...run.behind(6))).toBeLessThan(10);
  });

  it('[PO-11] [PO-8] what a killed consumer had in hand holds its queues for two minutes, and the order is kept', () => {
    const kill = { at: '10s', do: 'kill', target: 'consumer-1', failure: 'process' };
    const run = play(orderlyPop, { actions: [kill] }).until(160_000);
    const lastMs = new Map<number, number>();
    let longest = 0;
    for (const { a, atMs } of run.entries('record.delivered')) {
      const queue = run.queueOf(a);
      longest = Math.max(longest, atMs - (lastMs.get(queue) ?? atMs));
      lastMs.set(queue, atMs);
    }
    expectWithin(longest / 1_000, 115, 130);
    expect(run.report().verdict.orderViolations).toBe(0);
  });
});

describe('S19 everyone gets everything', () => {
  const CACHES = ['cache-1', 'cache-2', 'cache-3'];

  it('[CO-2] [CO-14] each cache gets all 600; the one that cache-2 fails at is logged and never tried again', () => {
    const run = play(everyone).until(60_050);
    expect(run.count('message.stored')).toBe(600);
    expect(CACHES.map((id) => run.count('record.consumed', 0, id))).toEqual([600, 599, 620]);
    expect(run.count('failure.dropped', 12_000, 'cache-2')).toBe(1);
    const { groups, effects, verdict } = run.report();
    expect(groups['price-cache']).toMatchObject({ distinct: 1_800, deliveries: 1_820, retries: 0 });
    expect(effects).toEqual({ once: 1_779, lost: 1, doubled: 20 });
    expect(verdict.duplicates).toBe(20);
    expect(run.broker().service.offsets.has('Prices@price-cache')).toBe(false);
  });

  it('[CO-17] cache-3 goes on from its own file of 20 s: what came while it was away, and 20 again', () => {
    const run = play(everyone).until(60_050);
    const files = run
      .entries('offset.file-written', 0, 'cache-3')
      .map(({ atMs }) => Math.round(atMs / 1_000));
    expect([...new Set(files)].slice(0, 4)).toEqual([10, 15, 20, 40]);
    expect(run.entries('queue.owned', 30_000, 'cache-3').map(({ b }) => b)).toEqual([50, 50, 50, 50]);
    expect(run.count('record.delivered', 22_000, 'cache-3')).toBe(600 - 200);
  });

  it('[CO-17] [CO-31] a new cache without a file begins at the end', () => {
    const cache = { ...everyone.consumers[0], id: 'cache-4' };
    const run = play(everyone, { actions: [{ at: '40s', do: 'add', consumer: cache }] }).until(60_050);
    const got = run.count('record.consumed', 0, 'cache-4');
    expectWithin(got, 180, 200);
  });
});

describe('S20 the bookmark', () => {
  const instead = (action: object, consumerConfig = {}) =>
    play(bookmark, {
      script: false,
      consumerConfig,
      actions: [
        { at: '10s', do: 'burst', target: 'producer-1', messages: 1_000 },
        { at: '19s', target: 'consumer-1', ...action },
        { at: '24s', do: 'restart', target: 'consumer-1' },
      ],
    }).until(60_000);

  it('[CO-12] [CO-16] [CO-33] a kill at 19 s: committed 480, finished 880, 420 come twice', () => {
    const run = play(bookmark).until(20_000);
    expect(run.committed(0, 'order-service')).toBe(480);
    expect(run.count('record.consumed')).toBe(880);
    expect(run.entries('work.forgotten').map(({ a, b }) => [a, b])).toEqual([[400, 20]]);
    expect(run.until(60_000).deliveredTwice()).toBe(420);
  });

  it('[CL-23] [CO-33] a shutdown repeats the 20 in hand, or none when it waits for them', () => {
    expect(instead({ do: 'remove' }).deliveredTwice()).toBe(20);
    expect(instead({ do: 'remove' }, { awaitTerminationMillisWhenShutdown: 2_000 }).deliveredTwice()).toBe(0);
  });

  it('[CO-8] under steady traffic about 10', () => {
    const run = play(bookmark, {
      producer: { profile: [{ from: '15s', rate: 100 }] },
      consumer: { processingMs: 100 },
      script: false,
      actions: bookmark.actions.slice(1),
    }).until(40_000);
    expectWithin(run.deliveredTwice(), 9, 12);
  });
});

describe('S33 four levers, one formula', () => {
  it('[CO-11] 240 a second pile up from 5 s on', () => {
    const run = play(backlogDrill, { phases: 'aligned' }).until(15_000);
    const behind = run.behind().reduce((sum, each) => sum + each, 0);
    // What both groups of 20 threads have in hand counts as waiting.
    expectWithin(behind, 2_400 - 100, 2_400 + 100);
  });

  const capacity = (consumers: number, queues: number, consumer: object, consumerConfig = {}) => {
    const run = play(backlogDrill, {
      script: false,
      producer: SILENT,
      topics: [{ name: 'Orders', queues }],
      consumers: Array.from({ length: consumers }, (_, i) => ({
        ...backlogDrill.consumers[0],
        id: `consumer-${i + 1}`,
      })),
      consumer: { processingMs: 250, ...consumer },
      consumerConfig,
      actions: [{ at: '1s', do: 'burst', target: 'producer-1', messages: 5_500 }],
    }).until(6_000);
    return run.count('record.consumed', 2_000) / 4;
  };

  it.each([
    ['nothing', 160, 2, 4, {}, {}],
    ['64 threads', 512, 2, 4, {}, { consumeThreadMin: 64, consumeThreadMax: 64 }],
    ['4 consumers', 320, 4, 4, {}, {}],
    ['8 consumers on 4 queues', 320, 8, 4, {}, {}],
    ['8 consumers on 8 queues', 640, 8, 8, {}, {}],
    ['batches of 10 in 400 ms', 800, 2, 4, { processingMs: 400 }, { consumeMessageBatchMaxSize: 10 }],
    ['50 ms a message', 800, 2, 4, { processingMs: 50 }, {}],
  ])('[CO-11] [CO-28] %s: %d a second', (_, expected, consumers, queues, consumer, config) => {
    expect(capacity(consumers, queues, consumer, config)).toBeCloseTo(expected, -1);
  });
});

describe('S34 one slow horse', () => {
  it('[CO-27] only its queue falls behind, 80 a second', () => {
    const run = play(slowConsumer).until(10_000);
    const [q0, q1, q2, before] = run.behind();
    expect(Math.max(q0!, q1!, q2!)).toBeLessThan(25);
    expectWithin(run.until(15_000).behind()[3]! - before!, 380, 420);
  });

  it('[CO-27] a fifth consumer changes nothing', () => {
    const fifth = { ...slowConsumer.consumers[0], id: 'consumer-5' };
    const run = play(slowConsumer, { actions: [{ at: '2s', do: 'add', consumer: fifth }] }).until(10_000);
    expect(run.held('consumer-5')).toEqual([]);
    expect(run.behind()[3]).toBeGreaterThan(700);
  });

  it('[CO-27] without it its queue moves to consumer-3 and drains at 100 a second', () => {
    const kill = { at: '5s', do: 'kill', target: 'consumer-4', failure: 'process' };
    const run = play(slowConsumer, { actions: [kill] }).until(6_000);
    expect(['consumer-1', 'consumer-2', 'consumer-3'].map((id) => run.held(id))).toEqual([[0, 1], [2], [3]]);
    const before = run.until(7_000).behind()[3]!;
    expectWithin(before - run.until(9_000).behind()[3]!, 180, 220);
  });

  it('[PO-1] popping they share everything, and nothing waits', () => {
    const run = play(slowConsumer, { consumer: { protocol: 'pop' } }).until(10_000);
    expect(run.report().groups['order-service']!.lag).toBeLessThan(200);
  });

  it('[OR-1] a hot key: its queue falls behind with 20 threads and with 64', () => {
    for (const threads of [20, 64]) {
      const consumerConfig = { consumeThreadMin: threads, consumeThreadMax: threads };
      const run = play(hotKey, { consumerConfig }).until(20_000);
      const before = Math.max(...run.behind());
      const behind = run
        .until(40_000)
        .behind()
        .sort((x, y) => y - x);
      expectWithin((behind[0]! - before) / 20, 4, 6.5);
      expect(behind[1]).toBeLessThan(5);
    }
  });
});
