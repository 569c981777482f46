import { describe, expect, it } from 'vitest';
import { Outcome } from '../../../model/ledger';
import { cutLink, killProcess } from '../../../model/process';
import { SECOND } from '../fake-cluster.fixture';
import { Code } from '../protocol';
import { sendNow } from './producer';
import { MESSAGE, ORDERS, senders } from './senders.fixture';

/** What one send leads to that does not wait, or goes by its key; and what every send costs. */

describe('async', () => {
  const spec = { mode: 'async' as const };

  it('[PR-8] a lost connection is retried on another broker, with the same queue id', () => {
    const { sim, send, run, hits, results, seen, node } = senders({
      spec,
      onSend: (_, made, broker) => (made.state.env.processes[broker]!.name === 'a0' ? false : {}),
    });
    send();
    run(5.5 * SECOND);
    killProcess(sim as never, node('a0'), 'process');
    run(6 * SECOND);
    expect(hits()).toEqual(['a2', 'b2']);
    expect(seen('send.attempt-again')).toHaveLength(1);
    expect(results().map(({ outcome }) => outcome)).toEqual([Outcome.sendOk]);
  });

  it('[PR-8] an error answer is not retried', () => {
    const { send, run, hits, exceptions, seen } = senders({
      spec,
      onSend: () => ({ status: Code.SYSTEM_BUSY, remark: '[OVERLOAD]' }),
    });
    send();
    run(6 * SECOND);
    expect(hits()).toEqual(['a2']);
    expect(exceptions()).toEqual(['MQBrokerException 2 [OVERLOAD]']);
    expect(seen('send.async-code-final')).toHaveLength(1);
  });

  it('[PR-8] gives up after retryTimesWhenSendAsyncFailed retries', () => {
    const { sim, send, run, exceptions, seen, node } = senders({ spec });
    for (const name of ['a0', 'b0']) killProcess(sim as never, node(name), 'process');
    run(5.1 * SECOND);
    send();
    run(6 * SECOND);
    expect(seen('send.attempt').length + seen('send.attempt-again').length).toBe(3);
    expect(exceptions()).toEqual(['MQClientException: unknown reason (RemotingConnectException)']);
  });

  it('[PR-4] [CL-15] sees FLUSH_SLAVE_TIMEOUT, which comes up to a second behind its timeout', () => {
    const { send, run, results } = senders({
      spec,
      onSend: () => ({ status: Code.FLUSH_SLAVE_TIMEOUT, afterUs: 3_005_000 }),
    });
    send();
    run(20 * SECOND);
    expect(results().map(({ outcome }) => outcome)).toEqual([Outcome.flushSlaveTimeout]);
  });

  it('[PR-8] a timeout is found by the scan and leaves no time to retry', () => {
    const { sim, send, run, exceptions, results, node } = senders({ spec });
    cutLink(sim as never, node('p'), node('a0'));
    send();
    run(20 * SECOND);
    expect(exceptions()).toEqual(['MQClientException: wait response timeout (RemotingTimeoutException)']);
    expect(results()[0]!.timeUs).toBe(9 * SECOND);
  });
});

describe('oneway', () => {
  const spec = { mode: 'oneway' as const };

  it('[PR-8] is believed once it is written, whatever the broker thinks', () => {
    const { sim, send, run, results, hits, node } = senders({ spec, onSend: () => ({ status: 2 }) });
    send();
    run(5.1 * SECOND);
    cutLink(sim as never, node('p'), node('a0'));
    send();
    run(6 * SECOND);
    expect(hits()).toEqual(['a2']);
    expect(results().map(({ outcome }) => outcome)).toEqual([Outcome.oneway, Outcome.oneway]);
  });

  it('[PR-8] one attempt: without a connection it is an exception', () => {
    const { sim, send, run, exceptions, node } = senders({ spec });
    killProcess(sim as never, node('a0'), 'process');
    run(5.1 * SECOND);
    send();
    run(6 * SECOND);
    expect(exceptions()).toEqual([
      'MQClientException: Send [1] times, still failed (RemotingConnectException)',
    ]);
  });
});

describe('by key', () => {
  const spec = { queueSelector: 'hashKey' as const };

  it('[PR-12] the key picks the queue and a failure is raised as it is, without a retry', () => {
    const { sim, run, hits, exceptions, node, seen } = senders({ spec });
    const byKey = (key: string) => sendNow(sim, node('p'), { ...MESSAGE, key });
    for (const key of ['ORDER-1001', 'ORDER-1002', 'ORDER-1003', 'user-7']) byKey(key);
    run(5.5 * SECOND);
    expect(hits()).toEqual(['b3', 'a0', 'a1', 'a3']);
    killProcess(sim as never, node('a0'), 'process');
    run(5.6 * SECOND);
    byKey('ORDER-1002');
    run(6 * SECOND);
    expect(exceptions()).toEqual(['RemotingConnectException']);
    expect(seen('send.attempt-by-key')).toHaveLength(5);
  });

  it('[PR-12] a shorter list moves keys', () => {
    const { sim, run, hits, node, seen } = senders({ spec });
    const byKey = (key: string) => sendNow(sim, node('p'), { ...MESSAGE, key });
    byKey('ORDER-1003');
    run(6 * SECOND);
    killProcess(sim as never, node('a0'), 'process');
    run(31 * SECOND);
    byKey('ORDER-1003');
    run(32 * SECOND);
    expect(hits()).toEqual(['a1', 'b1']);
    expect(seen('selector.list-changed').map(({ b }) => b)).toEqual([4]);
  });
});

it('[PR-13] a body of 4096 B is compressed at the cost of CPU time, a smaller one is not', () => {
  const startedUs = (bodyBytes: number) => {
    const { send, run, seen, received } = senders({ spec: { bodyBytes } });
    send();
    run(6 * SECOND);
    return { compressed: seen('send.compressed').length, atUs: received[0]!.atUs };
  };
  const small = startedUs(4_095);
  const large = startedUs(4_096);
  expect([small.compressed, large.compressed]).toEqual([0, 1]);
  expect(large.atUs - small.atUs).toBeGreaterThan(80);
});

it('[PR-17] [CL-18] a producer tells the masters of its group, and slaves nothing', () => {
  const { heartbeats, node, run, seen } = senders({
    brokers: [
      { name: 'a0', brokerName: 'broker-a', topics: ORDERS },
      { name: 'a1', brokerName: 'broker-a', brokerId: 1, topics: ORDERS },
      { name: 'b0', brokerName: 'broker-b', topics: ORDERS },
    ],
  });
  run(40 * SECOND);
  expect(new Set(heartbeats.map(({ broker }) => broker))).toEqual(new Set([node('a0'), node('b0')]));
  expect(heartbeats[0]!.beat.producerGroups).toEqual(['senders']);
  expect(seen('producer.heartbeat')).toHaveLength(2);
});

it('[CL-9] opens a channel to the master when there is none', () => {
  const { sim, producer, send, run, seen, node } = senders();
  producer.remoting.channels.delete(node('a0'));
  send();
  run(6 * SECOND);
  expect(seen('broker.addressed').map(({ a }) => a)).toEqual([node('a0')]);
  expect(sim.state.product.producers.get(node('p'))!.state.acknowledged).toBe(1);
});
