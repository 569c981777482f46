import { describe, expect, it } from 'vitest';
import { type Consuming, consuming, type Setup } from '../consumer/consuming.fixture';

/** Orderly pop: clients of version 5 behind the proxy, and the block list of the broker. */

const fifo = (changes: Readonly<Record<string, unknown>> = {}) => ({
  protocol: 'grpc',
  processingMs: 10,
  ...changes,
});
const burst = (at: string, messages: number) => ({ at, do: 'burst', target: 'p', messages });
const cluster = (setup: Setup): Consuming =>
  consuming({ queues: 1, consumers: [fifo()], groupConfig: { consumeMessageOrderly: true }, ...setup });
const ascending = (offsets: readonly number[]) => offsets.every((offset, i) => offset === i);

describe('a queue that is popped in order', () => {
  it('[PO-8] several consumers read it in turn, and its messages are consumed in order, each once', () => {
    const run = cluster({
      consumers: [fifo(), fifo(), fifo()],
      producer: { ratePerSecond: 50 },
    }).until(30_000);
    const offsets = run.offsetsOf('record.consumed');
    expect(offsets.length).toBeGreaterThan(1_000);
    expect(ascending(offsets)).toBe(true);
    expect(run.deliveredTwice()).toBe(0);
    for (const name of ['c1', 'c2', 'c3']) expect(run.count('record.consumed', 0, name)).toBeGreaterThan(50);
  });

  it('[PO-8] the group decides, when it says so before its client starts, or is asked for while it runs', () => {
    const altered = (at: string) =>
      cluster({
        groupConfig: {},
        consumers: [],
        actions: [
          { at: '3s', do: 'add', consumer: { id: 'late', group: 'g', topic: 'Orders', ...fifo() } },
          { at, do: 'alterGroup', group: 'g', config: { consumeMessageOrderly: true } },
          ...[burst('30s', 20), burst('31s', 20)],
        ],
      });
    const before = altered('2s').until(40_000);
    expect(before.count('group.altered')).toBe(1);
    expect(before.consumer('late').spec.listener).toBe('orderly');
    expect(ascending(before.offsetsOf('record.consumed'))).toBe(true);
    // Its listener stays what it was; the proxy pops for it in order, and stores no checkpoint.
    const later = altered('5s').until(40_000);
    expect(later.consumer('late').spec.listener).toBe('concurrently');
    expect(later.count('record.consumed')).toBe(40);
    expect(later.count('pop.in-order')).toBeGreaterThan(1);
    expect(later.count('pop.checkpoint')).toBe(0);
    const off = altered('50s').until(40_000);
    expect([off.count('record.consumed'), off.count('pop.in-order')]).toEqual([40, 0]);
    expect(off.count('pop.checkpoint')).toBeGreaterThan(0);
  });

  it('[PO-8] nothing more is handed out while one message of the batch is open', () => {
    const run = cluster({
      consumers: [fifo({ processingMs: 1_000 }), fifo({ processingMs: 1_000 })],
      actions: [burst('2s', 1), burst('2100ms', 20)],
    }).until(2_900);
    expect(run.count('record.delivered')).toBe(1);
    expect(run.count('pop.order-blocked')).toBe(1);
    run.until(3_500);
    expect(run.count('pop.order-acked')).toBe(1);
    expect(run.count('record.delivered')).toBe(2);
  });

  it('[PO-8] the offset goes to the first message that is not confirmed; no checkpoint and no ack is stored', () => {
    const run = cluster({ consumers: [fifo({ processingMs: 1_000 })], actions: [burst('2s', 10)] });
    run.until(2_500);
    const taken = run.entries('pop.taken').at(-1)?.b ?? 0;
    expect(run.committed(0)).toBeLessThan(2);
    run.until(8_500);
    expect(taken).toBeGreaterThan(0);
    expect(run.committed(0)).toBe(run.count('record.consumed'));
    expect(run.committed(0)).toBe(6);
    expect(run.count('pop.checkpoint') + run.count('pop.acked')).toBe(0);
  });

  it('[PO-8] a killed consumer blocks it until its messages are visible again; then the same message comes first', () => {
    const run = cluster({
      consumers: [fifo({ processingMs: 3_000 })],
      actions: [
        burst('2s', 5),
        { at: '4s', do: 'kill', target: 'c1', failure: 'process' },
        { at: '5s', do: 'add', consumer: { id: 'c2', group: 'g', topic: 'Orders', ...fifo() } },
      ],
    });
    const firstMs = () => run.entries('record.delivered', 4_000)[0]?.atMs ?? 0;
    run.until(55_000);
    expect(firstMs()).toBe(0);
    run.until(200_000);
    expect(firstMs()).toBeGreaterThan(61_000);
    expect(run.offsetsOf('record.delivered', 4_000)[0]).toBe(0);
    expect(run.count('pop.order-again')).toBe(1);
    expect(ascending(run.offsetsOf('record.consumed'))).toBe(true);
    expect(run.count('record.consumed')).toBe(5);
  });

  it('[PO-8] a consumer that starts again is not taken for the one that popped before: it waits, too', () => {
    const run = cluster({
      consumers: [fifo({ processingMs: 3_000 })],
      actions: [
        burst('2s', 5),
        { at: '4s', do: 'kill', target: 'c1', failure: 'process' },
        { at: '6s', do: 'restart', target: 'c1' },
      ],
    }).until(50_000);
    expect(run.count('record.delivered', 4_000)).toBe(0);
    run.until(250_000);
    expect(run.count('record.consumed')).toBe(5);
  });

  it('[CO-18] [PO-8] a reset ends the block with the next pop, and the ack of before counts no more', () => {
    const run = cluster({
      consumers: [fifo({ processingMs: 10_000 }), fifo({ processingMs: 10_000 })],
      actions: [
        burst('2s', 1),
        { at: '5s', do: 'resetOffset', group: 'g', topic: 'Orders', to: 'earliest' },
        burst('6s', 1),
      ],
    }).until(7_000);
    expect(run.offsetsOf('record.delivered')).toEqual([0, 0]);
    run.until(13_000);
    expect(run.count('pop.order-ack-ignored')).toBe(1);
    run.until(60_000);
    expect(run.count('pop.reset')).toBe(1);
    expect(run.offsetsOf('record.delivered')).toEqual([0, 0, 1]);
    expect(run.committed(0)).toBe(2);
  });

  it('[PO-8] a failed message is tried again by the client itself, after 1 s and 5 s; all behind it wait', () => {
    const run = cluster({
      consumers: [fifo({ poisonKeys: ['bad'] })],
      actions: [{ at: '2s', do: 'send', target: 'p', message: { key: 'bad' } }, burst('2100ms', 3)],
    }).until(15_000);
    expect(run.entries('pop.fifo-again').map(({ b }) => b / 1e6)).toEqual([1, 5, 10]);
    expect(run.count('record.delivered')).toBe(3);
    expect(run.count('record.consumed')).toBe(0);
  });

  it('[PO-8] a broker that was killed knows from its file what is out, and goes on blocking', () => {
    const run = cluster({
      consumers: [fifo({ processingMs: 3_000 })],
      actions: [
        burst('2s', 5),
        { at: '4s', do: 'kill', target: 'c1', failure: 'process' },
        { at: '16s', do: 'kill', target: 'broker-a:0', failure: 'process' },
        { at: '20s', do: 'restart', target: 'broker-a:0' },
        { at: '25s', do: 'add', consumer: { id: 'c2', group: 'g', topic: 'Orders', ...fifo() } },
      ],
    }).until(55_000);
    expect(run.count('record.delivered', 4_000)).toBe(0);
    run.until(100_000);
    expect(run.count('record.consumed', 4_000)).toBe(5);
  });

  it('[PO-8] queues without open messages are not held up by the blocked one', () => {
    const run = cluster({
      queues: 4,
      consumers: [fifo({ processingMs: 2_000 }), fifo({ processingMs: 2_000 })],
      actions: [burst('2s', 4)],
    }).until(3_500);
    expect(run.count('record.delivered')).toBeGreaterThan(1);
    expect(new Set(run.entries('pop.in-order').map(({ a }) => a)).size).toBe(4);
  });
});

describe('who cannot pop in order', () => {
  it('[PO-8] a client of version 5 whose group is not orderly, whatever its listener', () => {
    const run = cluster({
      consumers: [fifo({ listener: 'orderly', processingMs: 1_000 })],
      groupConfig: undefined,
      actions: [burst('2s', 5)],
    }).until(3_500);
    expect(run.count('pop.in-order')).toBe(0);
    expect(run.count('record.consumed')).toBe(5);
  });

  it('[PO-8] an orderly listener of the remoting protocol takes queues with locks, whatever the request mode says', () => {
    const run = consuming({
      consumers: [{ protocol: 'pop', listener: 'orderly' }],
      producer: { ratePerSecond: 20 },
    }).until(30_000);
    expect(run.held('c1')).toEqual([0, 1, 2, 3]);
    expect(run.count('pop.taken')).toBe(0);
    expect(run.count('record.consumed')).toBeGreaterThan(500);
  });
});
