import { describe, expect, it } from 'vitest';
import { Outcome } from '../../../model/ledger';
import { cutLink, killProcess } from '../../../model/process';
import { textOf } from '../../../model/world';
import type { ProducerConfig } from '../../../scenario/config';
import type { ProducerSpec } from '../../../scenario/types';
import { type FakeOptions, fakeCluster, SECOND } from '../fake-cluster.fixture';
import { Code } from '../protocol';
import { sendNow, startWorkload } from './producer';

/** What one send leads to, by mode and failure, at puppet brokers. */

const ORDERS = [{ topic: 'Orders' }];
const MESSAGE = { key: null, tag: null, body: null };

interface Options extends Pick<FakeOptions, 'version' | 'onSend' | 'brokers'> {
  spec?: Partial<Omit<ProducerSpec, 'config'>>;
  config?: Partial<ProducerConfig>;
}

/** Two masters of four queues; the counter stands so that the next queue is `broker-a`'s queue 2. */
function senders({ spec, config, ...options }: Options = {}) {
  const cluster = fakeCluster({
    brokers: [
      { name: 'a0', brokerName: 'broker-a', topics: ORDERS },
      { name: 'b0', brokerName: 'broker-b', topics: ORDERS },
    ],
    producers: [{ id: 'p', ...spec, config }],
    ...options,
  });
  const { sim, node } = cluster;
  const producer = sim.state.product.producers.get(node('p'))!;
  producer.client.publishTopics.add('Orders');
  cluster.run(5 * SECOND);
  const setCounter = (at: number) => {
    producer.state.counters.set('Orders', { info: producer.client.publish.get('Orders')!, index: [at] });
  };
  if (producer.client.publish.has('Orders')) setCounter(1);
  const send = () => sendNow(sim, node('p'), MESSAGE);
  const results = () =>
    cluster
      .seen('send.ok')
      .concat(
        cluster.seen('send.failed'),
        cluster.seen('send.oneway'),
        cluster.seen('send.flush-disk-timeout'),
      )
      .concat(cluster.seen('send.flush-slave-timeout'), cluster.seen('send.slave-not-available'))
      .map(({ a, b, timeUs }) => ({ message: a, outcome: b, timeUs }));
  const exceptions = () => cluster.seen('send.exception').map(({ b }) => textOf(sim.state.arena, b));
  const hits = () =>
    cluster.received.map(({ broker, send: { queueId } }) => `${broker === node('a0') ? 'a' : 'b'}${queueId}`);
  return { ...cluster, producer, send, results, exceptions, hits, setCounter };
}

describe('sync', () => {
  it('[PR-2] [PR-5] returns SEND_OK after one attempt', () => {
    const { send, run, results, hits, seen } = senders();
    send();
    run(6 * SECOND);
    expect(hits()).toEqual(['a2']);
    expect(results().map(({ outcome }) => outcome)).toEqual([Outcome.sendOk]);
    expect(seen('send.attempt')).toHaveLength(1);
  });

  it('[PR-9] [PR-2] a refused broker is skipped by the retry, and may be picked again by the next message', () => {
    const { sim, producer, run, results, hits, seen, node } = senders({
      spec: { load: { kind: 'threads', threads: 1 }, messages: 6 },
    });
    killProcess(sim as never, node('a0'), 'process');
    run(5.1 * SECOND);
    producer.state.counters.get('Orders')!.index = [-1, 1];
    startWorkload(sim);
    run(6 * SECOND);
    // a2 is refused, a3 skipped, b0 sent; then b1, b2, b3; then a0 is refused and a1, a2, a3 are skipped.
    expect(hits()).toEqual(['b0', 'b1', 'b2', 'b3', 'b0', 'b1']);
    expect(seen('queue.skipped').map(({ b }) => b)).toEqual([1, 3]);
    expect(results().every(({ outcome }) => outcome === Outcome.sendOk)).toBe(true);
  });

  it('[PR-9] sends without a thread of their own share the first pick only: a retry moves nobody else', () => {
    const { sim, send, run, hits, node } = senders();
    killProcess(sim as never, node('a0'), 'process');
    run(5.1 * SECOND);
    for (let i = 1; i <= 4; i++) {
      send();
      run((5 + i) * SECOND);
    }
    // First picks a2, a3, b0, b1: the two that were refused go on to b0 by themselves.
    expect(hits()).toEqual(['b0', 'b0', 'b0', 'b1']);
  });

  it('[PR-3] [PR-4] [CM-2] a silent broker uses up the one budget: an exception after 3 s, and no retry', () => {
    const { sim, send, run, exceptions, results, seen, node } = senders();
    // The channels stand since the heartbeat.
    cutLink(sim as never, node('p'), node('a0'));
    send();
    run(10 * SECOND);
    expect(exceptions()).toEqual(['RemotingTooMuchRequestException: sendDefaultImpl call timeout']);
    expect(results()[0]).toMatchObject({ outcome: Outcome.failed, timeUs: 8 * SECOND });
    expect(seen('send.attempt')).toHaveLength(1);
    expect(seen('send.budget-spent')).toHaveLength(1);
    expect(seen('send.outcome-unknown')[0]!.b).toBe(3 * SECOND);
  });

  it('[PR-3] without retries the exception is the wrapped timeout', () => {
    const { sim, send, run, exceptions, node } = senders({ config: { retryTimesWhenSendFailed: 0 } });
    cutLink(sim as never, node('p'), node('a0'));
    send();
    run(10 * SECOND);
    expect(exceptions()).toEqual([
      'MQClientException: Send [1] times, still failed (RemotingTimeoutException)',
    ]);
  });

  it('[PR-3] [PR-7] sendMsgMaxTimeoutPerRequest leaves time for another broker, but not after a connect', () => {
    const { sim, send, run, results, exceptions, seen, node, setCounter } = senders({
      config: { sendMsgMaxTimeoutPerRequest: 1_000 },
    });
    cutLink(sim as never, node('p'), node('a0'));
    send();
    run(7 * SECOND);
    expect(results()).toEqual([{ message: 0, outcome: Outcome.sendOk, timeUs: 6 * SECOND + 1_003 }]);
    expect(seen('send.may-be-twice')).toHaveLength(1);
    // That timeout has closed the channel; now the connect takes all of the 3 s.
    setCounter(1);
    send();
    run(12 * SECOND);
    expect(results().at(-1)).toEqual({ message: 1, outcome: Outcome.failed, timeUs: 10 * SECOND });
    expect(exceptions()).toEqual(['RemotingTooMuchRequestException: sendDefaultImpl call timeout']);
  });

  it('[PR-3] the cap and a short connect together leave every send a second broker', () => {
    const { sim, send, run, results, node, setCounter } = senders({
      config: { sendMsgMaxTimeoutPerRequest: 1_000, connectTimeoutMillis: 1_000 },
    });
    cutLink(sim as never, node('p'), node('a0'));
    for (const at of [7, 12, 17]) {
      setCounter(1);
      send();
      run(at * SECOND);
    }
    expect(results().map(({ outcome }) => outcome)).toEqual([Outcome.sendOk, Outcome.sendOk, Outcome.sendOk]);
  });

  it('[PR-3] the cap spares the last attempt', () => {
    const { sim, send, run, results, node } = senders({
      config: { sendMsgMaxTimeoutPerRequest: 1_000, retryTimesWhenSendFailed: 0 },
    });
    cutLink(sim as never, node('p'), node('a0'));
    send();
    run(10 * SECOND);
    expect(results()[0]!.timeUs).toBe(8 * SECOND);
  });

  it('[PR-6] retries the codes of its list on another broker, SYSTEM_BUSY since 5.3 only', () => {
    const answers = (status: number, version: '5.3' | '4.9') => {
      let first = true;
      const made = senders({
        version,
        onSend: () => {
          if (!first) return {};
          first = false;
          return { status, remark: '[TIMEOUT_CLEAN_QUEUE]broker busy, period in queue: 203ms' };
        },
      });
      made.send();
      made.run(6 * SECOND);
      return { hits: made.hits().join(), exceptions: made.exceptions() };
    };
    for (const code of [
      Code.TOPIC_NOT_EXIST,
      Code.SERVICE_NOT_AVAILABLE,
      Code.SYSTEM_ERROR,
      Code.NO_PERMISSION,
    ]) {
      expect(answers(code, '5.3').hits).toBe('a2,b0');
      expect(answers(code, '4.9').hits).toBe('a2,b0');
    }
    expect(answers(Code.SYSTEM_BUSY, '5.3').hits).toBe('a2,b0');
    expect(answers(Code.SYSTEM_BUSY, '4.9')).toEqual({
      hits: 'a2',
      exceptions: ['MQBrokerException 2 [TIMEOUT_CLEAN_QUEUE]'],
    });
    expect(answers(Code.MESSAGE_ILLEGAL, '5.3').exceptions).toEqual([
      'MQBrokerException 13 [TIMEOUT_CLEAN_QUEUE]',
    ]);
  });

  it('[PR-2] after the last attempt it raises what came last', () => {
    const { send, run, hits, exceptions } = senders({
      onSend: () => ({ status: Code.SERVICE_NOT_AVAILABLE, remark: 'service not available now' }),
    });
    send();
    run(6 * SECOND);
    expect(hits()).toEqual(['a2', 'b0', 'a0']);
    expect(exceptions()).toEqual([
      'MQClientException: Send [3] times, still failed (MQBrokerException 14 service not available now)',
    ]);
  });

  it('[PR-5] returns the three other SendStatus values without a retry', () => {
    for (const [status, outcome] of [
      [Code.FLUSH_DISK_TIMEOUT, Outcome.flushDiskTimeout],
      [Code.FLUSH_SLAVE_TIMEOUT, Outcome.flushSlaveTimeout],
      [Code.SLAVE_NOT_AVAILABLE, Outcome.slaveNotAvailable],
    ] as const) {
      const { send, run, hits, results, producer } = senders({ onSend: () => ({ status }) });
      send();
      run(6 * SECOND);
      expect(hits()).toEqual(['a2']);
      expect(results().map((result) => result.outcome)).toEqual([outcome]);
      expect([producer.state.acknowledged, producer.state.failed]).toEqual([0, 0]);
    }
  });

  it('[PR-2] [PR-7] retryAnotherBrokerWhenNotStoreOK tries elsewhere and falls back to the first answer', () => {
    const config = { retryAnotherBrokerWhenNotStoreOK: true };
    const well = senders({
      config,
      onSend: ({ from: _ }, sim, broker) =>
        sim.state.env.processes[broker]!.name === 'a0' ? { status: Code.FLUSH_DISK_TIMEOUT } : {},
    });
    well.send();
    well.run(6 * SECOND);
    expect(well.hits()).toEqual(['a2', 'b0']);
    expect(well.results().map(({ outcome }) => outcome)).toEqual([Outcome.sendOk]);

    const ill = senders({
      config,
      onSend: (_, sim, broker) =>
        sim.state.env.processes[broker]!.name === 'a0' ? { status: Code.FLUSH_DISK_TIMEOUT } : { status: 13 },
    });
    ill.send();
    ill.run(6 * SECOND);
    expect(ill.results().map(({ outcome }) => outcome)).toEqual([Outcome.flushDiskTimeout]);
    expect(ill.exceptions()).toEqual([]);
  });

  it('[PR-4] with a longer budget it does see the late answer', () => {
    const answer = { status: Code.FLUSH_SLAVE_TIMEOUT, afterUs: 3_000_000 };
    const outcomes = (sendMsgTimeout: number) => {
      const { send, run, results } = senders({ config: { sendMsgTimeout }, onSend: () => answer });
      send();
      run(20 * SECOND);
      return results().map(({ outcome }) => outcome);
    };
    expect(outcomes(3_000)).toEqual([Outcome.failed]);
    expect(outcomes(10_000)).toEqual([Outcome.flushSlaveTimeout]);
  });

  it('[BR-29] refuses an empty or too large body before it sends', () => {
    for (const [bodyBytes, exception] of [
      [0, 'MQClientException 13 the message body length is zero'],
      [4_194_305, 'MQClientException 13 the message body size over max value, MAX: 4194304'],
    ] as const) {
      const { send, run, hits, exceptions } = senders({ spec: { bodyBytes } });
      send();
      run(6 * SECOND);
      expect(hits()).toEqual([]);
      expect(exceptions()).toEqual([exception]);
    }
  });
});

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
