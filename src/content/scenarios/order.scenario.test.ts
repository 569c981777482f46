import { describe, expect, it } from 'vitest';
import { keyText, messageKey, queueOf, recordMessage } from '../../engine/model/world';
import leaves from './broker-leaves-in-order.json';
import rottenApple from './one-rotten-apple.json';
import growth from './order-meets-growth.json';
import strict from './order-or-availability.json';
import { type Playing, play } from './playing.fixture';
import threeLocks from './three-locks-on-one-door.json';

/** The numbers of S27 to S29 in the built-in scenarios. */

describe('S27 three locks on one door', () => {
  const violations = (byKey: boolean, oneThread: boolean, orderly: boolean) => {
    const run = play(threeLocks, {
      producer: {
        queueSelector: byKey ? 'hashKey' : 'roundRobin',
        ...(oneThread ? {} : { threads: 8 }),
      },
      consumer: { listener: orderly ? 'orderly' : 'concurrently' },
    }).until(60_000);
    expect(run.count('record.consumed')).toBeGreaterThanOrEqual(300);
    return run.report().verdict.orderViolations;
  };

  it('[OR-1] [PR-12] all three: every key in its order', () => {
    expect(violations(true, true, true)).toBe(0);
  });

  it.each([
    ['the same queue for a key', true, true, false],
    ['the same queue, many senders', true, false, false],
    ['an orderly listener', false, true, true],
    ['an orderly listener, many senders', false, false, true],
    ['one sender', false, true, false],
    ['none', false, false, false],
  ])('[OR-1] [CO-11] %s alone: out of order', (_, byKey, oneThread, orderly) => {
    expect(violations(byKey, oneThread, orderly)).toBeGreaterThan(5);
  });

  it('[OR-1] many senders of one process: their one connection keeps the order of the calls', () => {
    expect(violations(true, false, true)).toBe(0);
  });

  it('[OR-1] one queue for everything: 50 ms a message are 20 a second', () => {
    const run = play(threeLocks, {
      producer: { messages: 2_000, ratePerSecond: 60 },
      consumer: { processingMs: 50, failureRate: [0, 1] },
      topics: [{ name: 'Orders', queues: 1 }],
    }).until(20_000);
    expect(run.count('record.consumed', 10_000) / 10).toBeCloseTo(20, -0.5);
  });
});

/** Queues of each key, in the order in which it came there. */
const queuesOfKeys = (run: Playing) => {
  const { arena } = run.sim.state;
  const found = new Map<string, string[]>();
  for (const { a, b } of run.entries('message.stored')) {
    const key = keyText(arena, messageKey(arena, recordMessage(arena, a)));
    const { group, queueId } = queueOf(arena, b);
    const queues = found.get(key) ?? [];
    if (queues.at(-1) !== `${group}#${queueId}`) queues.push(`${group}#${queueId}`);
    found.set(key, queues);
  }
  return [...found.values()];
};
const moved = (keys: readonly (readonly string[])[]) =>
  keys.filter((queues) => queues.length > 1).length / keys.length;

describe('S28 order meets growth', () => {
  it('[PR-12] [OR-10] 4 to 8 queues: about half of the keys move, and overtake what waits', () => {
    const run = play(growth).until(80_000);
    const keys = queuesOfKeys(run);
    expect(keys.length).toBe(40);
    expect(moved(keys)).toBeGreaterThan(0.3);
    expect(moved(keys)).toBeLessThan(0.7);
    expect(Math.max(...keys.map((queues) => queues.length))).toBe(2);
    expect(run.report().verdict.orderViolations).toBeGreaterThan(20);
  });

  it('[OR-10] drained first: the keys move all the same, and nothing is overtaken', () => {
    const run = play(growth, { consumer: { processingMs: 5 } }).until(80_000);
    expect(moved(queuesOfKeys(run))).toBeGreaterThan(0.3);
    expect(run.report().verdict.orderViolations).toBe(0);
  });

  it('[PR-12] [CL-6] a broker that dies: its keys fail until the route has dropped it, then exactly they move', () => {
    const brokers = [...growth.brokers, { id: 'broker-b:0', brokerName: 'broker-b' }];
    const run = play(
      { ...growth, brokers },
      {
        topics: [{ name: 'Orders', queues: 4, brokers: ['broker-a', 'broker-b'] }],
        script: false,
        actions: [{ at: '15s', do: 'kill', target: 'broker-b:0', failure: 'process' }],
      },
    ).until(60_000);
    const keys = queuesOfKeys(run);
    for (const queues of keys) {
      if (queues[0]?.startsWith('broker-a')) expect(queues).toHaveLength(1);
      else expect(queues.at(-1)).toMatch(/^broker-a/);
    }
    expect(moved(keys)).toBeGreaterThan(0.3);
    const failed = run.entries('send.failed').map(({ atMs }) => atMs / 1_000);
    expect(failed.length).toBeGreaterThan(50);
    expect(failed.at(-1)).toBeLessThan(45.1);
  });
});

describe('S28 step 3, an order topic', () => {
  it('[NS-24] [NS-21] the list stays 8 long, no key moves, and those of the dead broker fail until it is back', () => {
    const run = play(strict).until(150_000);
    const keys = queuesOfKeys(run);
    expect(keys).toHaveLength(40);
    expect(moved(keys)).toBe(0);
    expect(run.report().verdict.orderViolations).toBe(0);
    const failedAtS = run.entries('send.failed').map(({ atMs }) => atMs / 1_000);
    expect(failedAtS[0]).toBeGreaterThan(15);
    // 23 of 40 keys live on broker-b, 35 of 60 messages a second; 75 s until it is back and its route is polled.
    expect(Math.round(failedAtS.filter((at) => at > 50 && at <= 90).length / 40)).toBe(35);
    expect(failedAtS.at(-1)).toBeLessThan(121);
    expect(run.count('send.ok', 121_000) / 29).toBeCloseTo(60, 0);
  });

  it('[NS-24] without orderMessageEnable half of the keys move, and nothing fails after the next poll', () => {
    const off = { at: '1s', do: 'set', target: 'ns-1', config: { orderMessageEnable: false } };
    const run = play(strict, { actions: [off] }).until(90_000);
    expect(moved(queuesOfKeys(run))).toBeGreaterThan(0.3);
    expect(run.count('send.failed', 46_000)).toBe(0);
  });
});

describe('a broker leaves in order', () => {
  it('[NS-23] wiped first and shut down 35 s later: not one send fails; shut down at once, 359 do', () => {
    const run = play(leaves).until(100_000);
    expect(run.count('send.failed')).toBe(0);
    expect(run.attempts(31_000)['broker-b']).toBeUndefined();
    expect(run.behind(4, 'broker-b')).toEqual([0, 0, 0, 0]);
    const [, shut] = leaves.actions;
    const abrupt = play(leaves, { script: false, actions: [shut!] }).until(100_000);
    expect(abrupt.count('send.failed')).toBe(359);
  });
});

describe('S29 one rotten apple', () => {
  it('[OR-6] [OR-7] after 60 s its queue is 600 behind, after about 57 attempts, and the others are not', () => {
    const run = play(rottenApple).until(70_000);
    expect(run.count('queue.suspended')).toBe(58);
    expect(run.count('message.dead-lettered')).toBe(0);
    const behind = run.behind().sort((x, y) => y - x);
    expect(Math.abs(behind[0]! - 600)).toBeLessThan(5);
    expect(behind[1]).toBeLessThan(4);
  });

  it('[OR-7] maxReconsumeTimes=3: four deliveries in about 3 s, then the dead-letter queue', () => {
    const run = play(rottenApple, { consumerConfig: { maxReconsumeTimes: 3 } }).until(30_000);
    expect(run.count('queue.suspended')).toBe(3);
    const [dead] = run.entries('message.dead-lettered');
    expect(dead!.atMs - 10_000).toBeLessThan(3_400);
    expect(Math.max(...run.behind())).toBeLessThan(20);
  });
});
