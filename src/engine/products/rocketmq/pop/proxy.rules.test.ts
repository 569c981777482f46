import { describe, expect, it } from 'vitest';
import { recordMessage } from '../../../model/world';
import { type Consuming, consuming, type Setup } from '../consumer/consuming.fixture';

/** The proxy in the broker's process: what it does for its clients of version 5. */

const grpc = (changes: Readonly<Record<string, unknown>> = {}) => ({
  protocol: 'grpc',
  processingMs: 10,
  ...changes,
});
const burst = (at: string, messages: number) => ({ at, do: 'burst', target: 'p', messages });
const cluster = (setup: Setup): Consuming => consuming({ queues: 1, consumers: [grpc()], ...setup });
const later = (at: string, changes: Readonly<Record<string, unknown>> = {}) => ({
  at,
  do: 'add',
  consumer: { id: 'late', group: 'g', topic: 'Orders', ...grpc(changes) },
});
const deliveriesS = (run: Consuming, message = 0) =>
  run
    .entries('record.delivered')
    .filter(({ a }) => recordMessage(run.run.sim.state.arena, a) === message)
    .map(({ atMs }) => atMs / 1000);

describe('a message that takes longer than its invisible time', () => {
  const slow = (protocol: string) =>
    cluster({
      consumers: [grpc({ protocol, processingMs: 150_000 }), grpc({ protocol, processingMs: 150_000 })],
      actions: [burst('2s', 1)],
    }).until(400_000);

  it('[PO-11] is renewed by the proxy shortly before, for 1 min and then for 3, and delivered once', () => {
    const run = slow('grpc');
    expect(run.entries('pop.renewed').map(({ b }) => b / 60e6)).toEqual([1, 3]);
    const [first, second] = run.entries('pop.renewed').map(({ atMs }) => atMs / 1000);
    expect(first).toBeGreaterThanOrEqual(52);
    expect(first).toBeLessThan(57.1);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(50);
    expect(run.count('record.delivered')).toBe(1);
    expect(run.count('pop.acked')).toBe(3);
    expect(run.count('pop.revived')).toBe(0);
  });

  it('[PO-11] comes again without a proxy', () => {
    const run = slow('pop');
    expect(run.count('pop.renewed')).toBe(0);
    expect(run.count('record.delivered')).toBeGreaterThan(1);
  });

  it('[PO-11] is let go after 3 h', () => {
    const run = cluster({
      consumers: [grpc({ poisonKeys: ['bad'], processingMs: 600_000 })],
      groupConfig: { consumeMessageOrderly: true },
      actions: [{ at: '2s', do: 'send', target: 'p', message: { key: 'bad' } }],
    }).until(10_790_000);
    expect(run.count('pop.in-order')).toBe(1);
    run.until(14_500_000);
    expect(run.count('pop.renewal-ended')).toBe(1);
    expect(run.count('pop.in-order')).toBe(2);
  });
});

describe('a renewal that the broker cannot store', () => {
  it('[PO-11] is not tried again: the message comes a second time, though its client has it in hand', () => {
    const run = cluster({
      consumers: [grpc({ processingMs: 150_000 }), grpc({ processingMs: 150_000 })],
      actions: [burst('2s', 1)],
    }).until(40_000);
    const { memory } = run.broker().store;
    run.run.sim.intervene(() => {
      memory.diskFull = true;
    });
    expect(run.until(58_000).count('pop.renewal-failed')).toBe(1);
    run.run.sim.intervene(() => {
      memory.diskFull = false;
    });
    run.until(100_000);
    expect(run.count('pop.renewed')).toBe(1);
    expect(deliveriesS(run)).toHaveLength(2);
  });
});

describe('a client that goes', () => {
  it('[PO-11] for good: its messages are visible again 1 s later', () => {
    const run = cluster({
      consumers: [grpc({ processingMs: 20_000 })],
      actions: [burst('2s', 1), { at: '4s', do: 'remove', target: 'c1' }, burst('5s', 1), later('6s')],
    }).until(100_000);
    expect(run.entries('pop.handles-cleared')[0]?.b).toBe(1);
    const [, second] = deliveriesS(run);
    expect(run.entries('pop.revived')[0]?.atMs).toBeLessThan(10_000);
    expect(second).toBeGreaterThan(5);
    expect(second).toBeLessThan(30);
    expect(run.count('pop.write-failed')).toBe(1);
  });

  it('[PO-11] killed: the proxy renews until 120 s without a heartbeat, then clears', () => {
    const run = cluster({
      consumers: [grpc({ processingMs: 20_000 })],
      actions: [burst('2s', 1), { at: '4s', do: 'kill', target: 'c1', failure: 'process' }, later('6s')],
    }).until(200_000);
    expect(run.count('pop.client-lingers')).toBe(1);
    expect(run.count('pop.renewed')).toBeGreaterThan(0);
    const [, second] = deliveriesS(run);
    const [revived] = run.entries('pop.revived');
    expect(revived?.atMs).toBeGreaterThan(120_000);
    expect(revived?.atMs).toBeLessThan(145_000);
    expect((second ?? 0) * 1000 - (revived?.atMs ?? 0)).toBeLessThan(20_000);
  });

  it('[PO-11] cut off for a while it keeps what it has in hand', () => {
    const run = cluster({
      consumers: [grpc({ processingMs: 80_000 })],
      actions: [
        burst('2s', 1),
        { at: '10s', do: 'cut', between: ['c1', 'broker-a:0'] },
        { at: '40s', do: 'heal', between: ['c1', 'broker-a:0'] },
      ],
    }).until(150_000);
    expect(deliveriesS(run)).toHaveLength(1);
    expect(run.count('pop.handles-cleared')).toBe(0);
  });
});

describe('an answer that is on its way when the link is cut', () => {
  const cutFor = (seconds: number, protocol: string) =>
    cluster({
      consumers: [grpc({ protocol })],
      actions: [
        { at: '20s', do: 'cut', between: ['c1', 'broker-a:0'] },
        burst('21s', 1),
        { at: `${20 + seconds}s`, do: 'heal', between: ['c1', 'broker-a:0'] },
      ],
    }).until(200_000);

  it('[CL-13] reaches a client of version 5, whose channel outlives a call that times out', () => {
    const run = cutFor(12, 'grpc');
    expect(run.count('call.timed-out', 0, 'c1')).toBeGreaterThan(0);
    expect(run.count('channel.given-up', 0, 'c1')).toBe(0);
    expect(deliveriesS(run)).toHaveLength(1);
    expect(deliveriesS(run)[0]).toBeLessThan(50);
    expect(cutFor(12, 'remoting').count('channel.given-up', 0, 'c1')).toBeGreaterThan(0);
  });

  it('[PO-11] reaches nobody when the request has ended meanwhile: the proxy renews what the living client never got', () => {
    const run = cutFor(60, 'grpc');
    expect(run.count('pull.lost', 0, 'c1')).toBeGreaterThan(0);
    expect(deliveriesS(run)).toHaveLength(0);
    expect(run.entries('pop.renewed').map(({ b }) => b / 60e6)).toEqual([1, 3]);
  });
});

describe('a broker that the route loses while a request is parked at it', () => {
  it('[PO-1] [PO-11] its last answer is consumed all the same by a client of version 5', () => {
    const brokers = ['a', 'b'].map((x) => ({ id: `broker-${x}:0`, brokerName: `broker-${x}` }));
    const run = cluster({
      brokers,
      producer: { timerDelayMs: 122_000 },
      actions: [burst('2s', 2), { at: '5s', do: 'cut', between: ['broker-a:0', 'ns-1'] }],
    }).until(122_000);
    expect(run.entries('pop.assigned').map(({ a }) => a)).toEqual([1]);
    run.until(400_000);
    expect(run.entries('record.consumed', 122_000)).toHaveLength(2);
  });
});

describe('a proxy that dies with its broker', () => {
  it('[PO-11] [PO-6] forgets the handles: the messages come again, and an ack for an expired one is refused', () => {
    const run = cluster({
      consumers: [grpc({ processingMs: 90_000 }), grpc({ processingMs: 90_000 })],
      actions: [
        burst('2s', 1),
        { at: '10s', do: 'kill', target: 'broker-a:0', failure: 'process' },
        { at: '20s', do: 'restart', target: 'broker-a:0' },
      ],
    }).until(180_000);
    expect(deliveriesS(run).length).toBeGreaterThan(1);
    expect(run.count('pop.handle-expired')).toBe(1);
    expect(run.count('pop.too-late')).toBe(1);
  });
});

describe('a message that always fails', () => {
  it('[PO-7] [PO-11] is hidden for 1 s, 5 s, 10 s by the client of version 5', () => {
    const run = cluster({
      consumers: [grpc({ poisonKeys: ['bad'] })],
      actions: [{ at: '2s', do: 'send', target: 'p', message: { key: 'bad' } }],
    }).until(60_000);
    expect(
      run
        .entries('pop.invisible-changed')
        .slice(0, 3)
        .map(({ b }) => b / 1e6),
    ).toEqual([1, 5, 10]);
  });

  it('[PO-8] [PO-11] in order it goes to the dead letters after 17 attempts of one client, the queue waiting all the time', () => {
    const run = cluster({
      consumers: [grpc({ poisonKeys: ['bad'] })],
      groupConfig: { consumeMessageOrderly: true },
      actions: [{ at: '2s', do: 'send', target: 'p', message: { key: 'bad' } }, burst('3s', 1)],
    }).until(6_000_000);
    expect(run.count('record.consumed')).toBe(0);
    expect(run.count('message.dead-lettered')).toBe(0);
    run.until(6_600_000);
    expect(run.count('record.rejected')).toBe(17);
    expect(run.count('message.dead-lettered')).toBe(1);
    expect(run.count('record.consumed')).toBe(1);
  });
});
