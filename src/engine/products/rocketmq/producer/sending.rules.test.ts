import { describe, expect, it } from 'vitest';
import { Outcome } from '../../../model/ledger';
import { cutLink, killProcess } from '../../../model/process';
import { SECOND } from '../fake-cluster.fixture';
import { Code } from '../protocol';
import { startWorkload } from './producer';
import { senders } from './senders.fixture';

/** What one synchronous send leads to, by failure, at puppet brokers. */

describe('sync', () => {
  it('[PR-1] [PR-2] [PR-5] returns SEND_OK after one attempt, and would have waited 3 s', () => {
    const { send, run, results, hits, seen } = senders();
    send();
    run(6 * SECOND);
    expect(hits()).toEqual(['a2']);
    expect(results().map(({ outcome }) => outcome)).toEqual([Outcome.sendOk]);
    expect(seen('send.attempt')).toHaveLength(1);
    expect(seen('send.called')[0]!.b).toBe(3 * SECOND);
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

  it('[PR-6] [VC-1] retries the codes of its list on another broker, SYSTEM_BUSY since 5.3 only', () => {
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
