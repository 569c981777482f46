import { describe, expect, it } from 'vitest';
import { recordMessage, recordOffset } from '../../../model/world';
import { type Consuming, consuming, type Setup } from '../consumer/consuming.fixture';

/** Consuming in order, on a whole cluster: `Orders`, consumers c1, c2 … of the group g. */

const orderly = (changes: Readonly<Record<string, unknown>> = {}) => ({ listener: 'orderly', ...changes });
const burst = (at: string, messages: number) => ({ at, do: 'burst', target: 'p', messages });

function cluster(setup: Setup): Consuming {
  return consuming({ queues: 1, consumers: [orderly({ processingMs: 10 })], ...setup });
}

describe('a queue is consumed in order', () => {
  it('[OR-1] [OR-4] one message at a time, by offset, while twenty threads are free', () => {
    const run = cluster({ actions: [burst('2s', 50)] }).until(4_000);
    expect(run.offsetsOf('record.delivered')).toEqual(Array.from({ length: 50 }, (_, n) => n));
    const times = run.entries('record.delivered').map(({ atMs }) => atMs);
    for (let n = 1; n < times.length; n++)
      expect((times[n] ?? 0) - (times[n - 1] ?? 0)).toBeGreaterThan(9.999);
  });

  it('[OR-1] four queues are consumed side by side', () => {
    const run = cluster({ queues: 4, actions: [burst('2s', 40)] }).until(2_200);
    expect(run.count('record.consumed')).toBe(40);
  });

  it('[OR-4] after 60 s in one go a request makes room for others and comes back in 10 ms', () => {
    const run = cluster({ consumers: [orderly({ processingMs: 25_000 })], actions: [burst('2s', 5)] });
    run.until(120_000);
    const times = run.entries('record.delivered').map(({ atMs }) => atMs);
    expect((times[3] ?? 0) - (times[2] ?? 0)).toBeCloseTo(25_010, 0);
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeCloseTo(25_000, 0);
  });

  it('[OR-6] a failure makes the whole queue wait a second; the same message comes first again', () => {
    const run = cluster({
      actions: [{ at: '1s', do: 'fail', target: 'c1', messages: 2 }, burst('2s', 3)],
    }).until(8_000);
    expect(run.offsetsOf('record.delivered')).toEqual([0, 0, 0, 1, 2]);
    const [first, second] = run.entries('record.delivered').map(({ atMs }) => atMs);
    expect((second ?? 0) - (first ?? 0)).toBeCloseTo(1_010, 0);
    expect(run.consumer('c1').state.offsets.get(run.queue(0))).toBe(3);
  });

  it('[OR-6] suspendCurrentQueueTimeMillis is never less than 10 ms', () => {
    const run = cluster({
      consumers: [orderly({ processingMs: 0, config: { suspendCurrentQueueTimeMillis: 1 } })],
      actions: [{ at: '1s', do: 'fail', target: 'c1', messages: 1 }, burst('2s', 1)],
    }).until(4_000);
    const [first, second] = run.entries('record.delivered').map(({ atMs }) => atMs);
    expect((second ?? 0) - (first ?? 0)).toBeCloseTo(10, 1);
  });

  it('[OR-7] with maxReconsumeTimes=3 a message is delivered four times, then it is a dead letter and the queue goes on', () => {
    const run = cluster({
      consumers: [orderly({ processingMs: 1, poisonKeys: ['bad'], config: { maxReconsumeTimes: 3 } })],
      actions: [{ at: '2s', do: 'send', target: 'p', message: { key: 'bad' } }, burst('2500ms', 5)],
    }).until(20_000);
    const { arena } = run.run.sim.state;
    const attempts = run.entries('record.delivered').filter(({ a }) => recordMessage(arena, a) === 0);
    expect(attempts).toHaveLength(4);
    expect(run.count('message.dead-lettered')).toBe(1);
    expect(run.count('retry.group-locked')).toBe(1);
    expect(run.count('retry.scheduled')).toBe(0);
    expect(run.count('record.consumed')).toBe(5);
    expect(run.count('record.delivered')).toBe(9);
  });

  it('[OR-7] the deliveries are counted in memory: a queue that was away begins anew', () => {
    const bad = { processingMs: 1, poisonKeys: ['bad'] };
    const send = { at: '2s', do: 'send', target: 'p', message: { key: 'bad' } };
    const run = cluster({
      queues: 2,
      consumers: [orderly({ ...bad, config: { maxReconsumeTimes: 3 } })],
      actions: [
        ...[send, send],
        { at: '3500ms', do: 'add', consumer: { id: 'c2', group: 'g', topic: 'Orders', ...orderly(bad) } },
        { at: '9s', do: 'remove', target: 'c2' },
      ],
    }).until(40_000);
    const onQueue = (id: number, node: string) =>
      run
        .entries('record.delivered', 0, node)
        .flatMap(({ a, atMs }) => (run.queueOf(a) === run.queue(id) ? [atMs] : []));
    expect(onQueue(0, 'c1')).toHaveLength(4);
    expect(onQueue(1, 'c2').length).toBeGreaterThan(2);
    const before = onQueue(1, 'c1').filter((atMs) => atMs < 9_000);
    expect(before.length).toBeGreaterThan(1);
    expect(onQueue(1, 'c1')).toHaveLength(before.length + 4);
  });

  it('[OR-11] a broadcasting consumer asks for no lock', () => {
    const late = { id: 'c1', group: 'g', topic: 'Orders', ...orderly({ messageModel: 'BROADCASTING' }) };
    const run = cluster({
      consumers: [],
      actions: [{ at: '1s', do: 'add', consumer: late }, burst('8s', 5)],
    });
    run.until(12_000);
    expect(run.offsetsOf('record.consumed')).toEqual([0, 1, 2, 3, 4]);
    expect(run.count('lock.granted')).toBe(0);
    expect(run.count('orderly.without-locks')).toBe(1);
  });

  it('[OR-11] [OR-7] a broadcasting consumer waits at a message that fails, too, and gives it up after maxReconsumeTimes', () => {
    const failing = (maxReconsumeTimes: number) =>
      cluster({
        consumers: [
          orderly({
            ...{ messageModel: 'BROADCASTING', processingMs: 1, poisonKeys: ['bad'] },
            config: { maxReconsumeTimes },
          }),
        ],
        actions: [{ at: '8s', do: 'send', target: 'p', message: { key: 'bad' } }, burst('8500ms', 5)],
      }).until(20_000);
    const blocked = failing(-1);
    expect(blocked.count('record.consumed')).toBe(0);
    expect(blocked.count('queue.suspended')).toBeGreaterThan(8);
    const gaveUp = failing(2);
    expect(gaveUp.count('queue.suspended')).toBe(2);
    expect(gaveUp.count('message.dead-lettered')).toBe(1);
    expect(gaveUp.count('record.consumed')).toBe(5);
  });
});

describe('locks', () => {
  it('[CO-3] [OR-3] a consumer whose lock was refused at its renewal pulls no more until it has it again', () => {
    const run = cluster({ queues: 1, actions: [burst('6s', 1)] }).until(5_000);
    const [held] = [...run.consumer('c1').state.queues.values()].filter(({ topic }) => topic === 'Orders');
    expect(held?.waits).toBe('answer');
    run.run.sim.intervene(() => {
      if (held !== undefined) held.locked = false;
    });
    expect(
      run
        .until(7_000)
        .consumer('c1')
        .state.queues.get(held?.queue ?? -1)?.waits,
    ).toBe('timer');
    expect(
      run
        .until(23_000)
        .consumer('c1')
        .state.queues.get(held?.queue ?? -1)?.waits,
    ).toBe('answer');
  });

  it('[OR-2] a second consumer is refused what the first one holds, until it gives it up', () => {
    const run = cluster({
      queues: 4,
      actions: [
        { at: '10s', do: 'add', consumer: { id: 'c2', group: 'g', topic: 'Orders', listener: 'orderly' } },
      ],
    }).until(16_000);
    expect(run.held('c1')).toEqual([0, 1]);
    expect(run.held('c2')).toEqual([2, 3]);
    const released = run.entries('lock.released').map(({ atMs }) => atMs);
    const granted = run.entries('lock.granted', 10_000).map(({ atMs }) => atMs);
    expect(released).toHaveLength(2);
    expect(Math.min(...granted)).toBeGreaterThan(Math.min(...released));
  });

  it('[OR-3] [OR-2] they are renewed every 20 s, so that none expires', () => {
    const run = cluster({}).until(100_000);
    const times = run.entries('locks.renewed').map(({ atMs }) => atMs);
    for (let n = 1; n < times.length; n++)
      expect((times[n] ?? 0) - (times[n - 1] ?? 0)).toBeCloseTo(20_000, 0);
    expect(run.count('lock.expired')).toBe(0);
  });

  it('[OR-3] a consumer that cannot renew stops after 30 s, though its broker holds the lock for it', () => {
    const run = cluster({
      consumers: [orderly({ processingMs: 3_000 })],
      actions: [burst('2s', 1_000), { at: '21500ms', do: 'cut', between: ['c1', 'broker-a:0'] }],
    }).until(70_000);
    const last = Math.max(...run.entries('record.delivered').map(({ atMs }) => atMs));
    expect(last).toBeGreaterThan(45_000);
    expect(last).toBeLessThan(52_000);
    expect(run.count('lock.expired')).toBeGreaterThan(0);
  });

  it('[OR-3] while a broker does not answer, a failed message of another one waits for longer', () => {
    const broker = (name: string) => ({ id: `${name}:0`, brokerName: name });
    const bad = { do: 'send', target: 'p', message: { key: 'bad' } };
    const run = cluster({
      queues: 1,
      brokers: [broker('broker-a'), broker('broker-b')],
      consumers: [orderly({ processingMs: 1, poisonKeys: ['bad'] })],
      actions: [
        ...['2s', '2100ms'].map((at) => ({ at, ...bad })),
        { at: '20s', do: 'kill', target: 'broker-b:0', failure: 'power' },
      ],
    }).until(100_000);
    const queue = run.queue(0, 'broker-a');
    const times = run
      .entries('record.delivered')
      .flatMap(({ a, atMs }) => (run.queueOf(a) === queue ? [atMs] : []));
    const gaps = times.slice(1).map((atMs, i) => ({ atMs, gap: atMs - (times[i] ?? 0) }));
    for (const { gap } of gaps.filter(({ atMs }) => atMs < 20_000)) expect(gap).toBeCloseTo(1_001, -1);
    const longest = Math.max(...gaps.map(({ gap }) => gap));
    expect(longest).toBeGreaterThan(1_500);
    expect(longest).toBeLessThan(4_100);
    // The queue of the broker that answers keeps its lock all the while.
    expect(run.entries('lock.expired').filter(({ a }) => a === queue)).toEqual([]);
  });

  it('[OR-5] the first pull with the lock begins where the former owner has committed', () => {
    const run = cluster({
      queues: 2,
      consumers: [orderly({ processingMs: 5 })],
      producer: { ratePerSecond: 50 },
      actions: [
        // Nothing is in hand when the queue is let go.
        {
          at: '10015ms',
          do: 'add',
          consumer: { id: 'c2', group: 'g', topic: 'Orders', listener: 'orderly' },
        },
      ],
    }).until(20_000);
    const [read] = run.entries('orderly.offset-read', 10_000, 'c2');
    expect(read?.b).toBeGreaterThan(100);
    expect(run.deliveredTwice()).toBe(0);
  });

  it('[OR-5] without a committed offset the first pull begins where consumeFromWhere says by then', () => {
    const late = { id: 'late', group: 'late', topic: 'Orders', ...orderly() };
    const run = cluster({
      consumers: [],
      producer: { ratePerSecond: 100 },
      environment: { network: { latencyMs: 100, jitterMs: 0 } },
      actions: [{ at: '10s', do: 'add', consumer: late }],
    }).until(9_000);
    // The first messages are gone: a topic from its beginning is read from there.
    for (const queue of run.broker().store.disk.queues.values()) queue.min = 5;
    run.until(20_000);
    const owned = run.entries('queue.owned').find(({ a }) => a === run.queue(0));
    const read = run.entries('orderly.offset-read').find(({ a }) => a === run.queue(0));
    expect(read?.b).toBeGreaterThan((owned?.b ?? 0) + 10);
    expect(run.offsetsOf('record.delivered')[0]).toBe(read?.b);
  });

  it('[OR-8] a listener that outlasts 500 ms keeps its queue locked until the next rebalance', () => {
    const run = cluster({
      queues: 2,
      consumers: [orderly({ processingMs: 3_000 })],
      actions: [
        burst('2s', 40),
        { at: '10s', do: 'add', consumer: { id: 'c2', group: 'g', topic: 'Orders', listener: 'orderly' } },
      ],
    }).until(60_000);
    expect(run.count('queue.release-delayed')).toBeGreaterThan(0);
    const { arena } = run.run.sim.state;
    const other = run.entries('record.delivered', 0, 'c2')[0];
    const mine = run
      .entries('record.delivered', 0, 'c1')
      .filter(({ a }) => run.queueOf(a) === run.queueOf(other?.a ?? 0));
    expect(other?.atMs).toBeGreaterThan(20_000);
    expect(mine.every(({ atMs }) => atMs + 3_000 <= (other?.atMs ?? 0))).toBe(true);
    expect(recordOffset(arena, other?.a ?? 0)).toBeGreaterThan(0);
  });

  const handOver = (action: Readonly<Record<string, unknown>>) => {
    const run = cluster({
      queues: 2,
      consumers: [orderly({ processingMs: 1 }), orderly({ processingMs: 1 })],
      producer: { ratePerSecond: 40 },
      actions: [{ at: '30s', target: 'c2', ...action }],
    }).until(200_000);
    const lost = run.entries('record.delivered', 0, 'c2')[0]?.a ?? 0;
    const times = run
      .entries('record.delivered')
      .filter(({ a }) => run.queueOf(a) === run.queueOf(lost))
      .map(({ atMs }) => atMs);
    let gap = 0;
    for (let n = 1; n < times.length; n++) gap = Math.max(gap, (times[n] ?? 0) - (times[n - 1] ?? 0));
    return gap / 1000;
  };

  it('[OR-9] a queue changes hands in a second or two when its consumer leaves in order', () => {
    expect(handOver({ do: 'remove' })).toBeLessThan(2.5);
  });

  it('[OR-2] [OR-9] a killed consumer leaves its lock behind: the queue stands still for 40 to 63 s', () => {
    const gap = handOver({ do: 'kill', failure: 'process' });
    expect(gap).toBeGreaterThan(40);
    expect(gap).toBeLessThan(63);
  });

  it('[OR-9] a consumer without power is noticed after two minutes, when its lock is long gone', () => {
    const gap = handOver({ do: 'kill', failure: 'power' });
    expect(gap).toBeGreaterThan(90);
    expect(gap).toBeLessThan(150);
  });
});

describe('S29 one rotten apple', () => {
  const rotten = (config: Readonly<Record<string, number>>) =>
    cluster({
      queues: 4,
      consumers: [orderly({ processingMs: 50, poisonKeys: ['bad'], config })],
      producer: { ratePerSecond: 40 },
      actions: [{ at: '10s', do: 'send', target: 'p', message: { key: 'bad' } }],
    }).until(70_000);

  it('[OR-6] [OR-7] after 60 s its queue has waited through about 57 attempts and 600 messages; the others go on', () => {
    const run = rotten({});
    const [attempt] = run.entries('queue.suspended');
    const queue = run.queueOf(attempt?.a ?? 0);
    // An attempt takes 50 ms and a pause of 1 s.
    expect(run.count('queue.suspended')).toBe(58);
    expect(run.count('message.dead-lettered')).toBe(0);
    const behind = [0, 1, 2, 3].map((id) => {
      const stored = run.entries('message.stored').filter(({ b }) => b === run.queue(id)).length;
      const done = run.entries('record.consumed').filter(({ a }) => run.queueOf(a) === run.queue(id)).length;
      return stored - done;
    });
    for (const id of [0, 1, 2, 3]) {
      if (run.queue(id) === queue) expect(Math.abs((behind[id] ?? 0) - 600)).toBeLessThan(5);
      else expect(behind[id]).toBeLessThan(3);
    }
  });

  it('[OR-7] [OR-10] maxReconsumeTimes=3: four deliveries in about 3 s, then the queue flows without it', () => {
    const run = rotten({ maxReconsumeTimes: 3 });
    const [attempt] = run.entries('queue.suspended');
    const [dead] = run.entries('message.dead-lettered');
    expect(run.count('queue.suspended')).toBe(3);
    expect(run.count('order.gap')).toBe(1);
    expect((dead?.atMs ?? 0) - 10_000).toBeLessThan(3_400);
    const queue = run.queueOf(attempt?.a ?? 0);
    const after = run.entries('record.consumed', 20_000).filter(({ a }) => run.queueOf(a) === queue);
    expect(after.length).toBeGreaterThan(400);
  });
});
