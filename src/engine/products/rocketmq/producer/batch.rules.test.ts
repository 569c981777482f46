import { describe, expect, it } from 'vitest';
import { recordOf, textOf } from '../../../model/world';
import { SECOND } from '../fake-cluster.fixture';
import { Code } from '../protocol';
import { burst } from './producer';
import { senders } from './senders.fixture';
import { type Sending, sending } from './sending.fixture';

/** `send(Collection)`: what travels together, what is stored together, and what each message learns. */

const MIB = 1024 * 1024;
const batches = (run: ReturnType<typeof sending>) => run.seen('send.batch').map(({ b }) => b);
const records = (run: ReturnType<typeof sending>) =>
  run.seen('message.stored').map(({ a }) => recordOf(run.sim.state.arena, a));

/** A producer of batches of ten on one master; 20 messages, the first batch long before the second. */
const twenty = (setup: Sending = {}) =>
  sending({ ...setup, producer: { batch: 10, messages: 20, ratePerSecond: 20, ...setup.producer } });

describe('a batch', () => {
  it('[PR-14] is one request to one queue and a record each, at consecutive offsets one behind the other', () => {
    const run = twenty().until(5);
    expect(batches(run)).toEqual([10, 10]);
    const stored = records(run);
    expect(stored.map(({ message }) => message)).toEqual([...Array(20).keys()]);
    for (const half of [stored.slice(0, 10), stored.slice(10)]) {
      const [first] = half;
      expect(new Set(half.map(({ queue }) => queue))).toEqual(new Set([first!.queue]));
      expect(half.map(({ offset }) => offset - first!.offset)).toEqual([...Array(10).keys()]);
      expect(half.slice(1).map(({ phys }) => phys)).toEqual(
        half.slice(0, -1).map(({ phys, size }) => phys + size),
      );
    }
    expect(stored[10]!.queue).not.toBe(stored[0]!.queue);
  });

  it('[PR-14] moves the offset of its queue by as many as it holds', () => {
    const run = sending({ producer: { batch: 10, messages: 60, ratePerSecond: 60 } }).until(5);
    const stored = records(run);
    const again = stored.filter(({ queue }) => queue === stored[0]!.queue);
    expect(again.map(({ offset }) => offset)).toEqual([...Array(20).keys()]);
  });

  it('[PR-14] is answered once, and all its messages are acknowledged at that moment', () => {
    const run = twenty({ brokerConfig: { flushDiskType: 'SYNC_FLUSH' } }).until(5);
    expect(run.results().ok).toBe(20);
    const at = run.seen('send.ok').map(({ atS }) => atS);
    expect(new Set(at.slice(0, 10)).size).toBe(1);
    expect(new Set(at).size).toBe(2);
    expect(run.report().verdict.acknowledged).toBe(20);
  });

  it('[PR-14] counts as its messages: in the rate, and up to the limit, where the last one is smaller', () => {
    const run = sending({ producer: { batch: 10, messages: 25, ratePerSecond: 10 } }).until(1);
    expect(batches(run)).toEqual([10]);
    expect(batches(run.until(2))).toEqual([10, 10]);
    expect(batches(run.until(6))).toEqual([10, 10, 5]);
    expect(run.results().ok).toBe(25);
  });

  it('[PR-14] stands in the next file as a whole when it does not fit in the rest of this one', () => {
    const run = sending({
      brokerConfig: { mappedFileSizeCommitLog: MIB },
      producer: { batch: 6, messages: 12, ratePerSecond: 12, bodyBytes: 100 * 1024 },
    }).until(5);
    const stored = records(run);
    // Four of the second six would have had room.
    expect(stored[5]!.phys + 5 * stored[5]!.size).toBeLessThan(MIB);
    expect(stored[6]!.phys).toBe(MIB);
    expect(stored[11]!.phys).toBe(MIB + 5 * stored[6]!.size);
  });

  it('[PR-14] [BR-5] that fits in no file is acknowledged and lost as a whole', () => {
    const run = sending({
      brokerConfig: { mappedFileSizeCommitLog: MIB },
      producer: { batch: 20, messages: 20, ratePerSecond: 20, bodyBytes: 100 * 1024 },
    }).until(5);
    expect(run.seen('message.stored')).toEqual([]);
    expect(run.results().ok).toBe(20);
    expect(run.report()).toMatchObject({ verdict: { acknowledgedLost: 20 }, ledger: { balanced: true } });
  });

  it('[PR-14] that is too large together is stopped by the producer: nothing is sent', () => {
    const run = sending({
      producer: { batch: 5, messages: 5, ratePerSecond: 5, bodyBytes: MIB },
    }).until(5);
    expect(new Set(run.exceptions())).toEqual(
      new Set(['MQClientException 13 the message body size over max value, MAX: 4194304']),
    );
    expect(run.results().failed).toBe(5);
    expect(run.seen('send.batch')).toEqual([]);
  });

  it('[PR-14] that only the broker finds too large is stored not even in part, though each message would fit', () => {
    const run = sending({
      config: { maxMessageSize: 16 * MIB },
      producer: { batch: 5, messages: 5, ratePerSecond: 5, bodyBytes: MIB },
    }).until(5);
    expect(run.seen('message.stored')).toEqual([]);
    expect(run.seen('batch.too-large')).toHaveLength(3);
    expect(new Set(run.exceptions())).toEqual(
      new Set([
        'MQClientException: Send [3] times, still failed (MQBrokerException 1 RuntimeException: message body size exceeded)',
      ]),
    );
    expect(run.results().failed).toBe(5);
  });

  it.each([
    ['without a body', { bodyBytes: 0 }],
    ['with a delay', { delayLevel: 1 }],
  ])('[PR-14] of messages %s is not sent at all', (_, messages) => {
    const run = sending({ producer: { batch: 5, messages: 5, ratePerSecond: 5, ...messages } }).until(5);
    expect(run.exceptions()).toEqual(Array(5).fill('MQClientException: Failed to initiate the MessageBatch'));
  });

  it('[PR-14] [PR-13] is not compressed, however long its bodies are', () => {
    const compressed = (batch: number) =>
      twenty({ producer: { batch, bodyBytes: 5_000 } })
        .until(5)
        .seen('send.compressed').length;
    expect(compressed(1)).toBe(20);
    expect(compressed(10)).toBe(0);
  });

  it('[PR-14] reaches consumers as single messages', () => {
    const consumers = [{ id: 'c', group: 'cg', topic: 'Orders' }];
    const run = twenty({ consumers }).until(8);
    expect(run.seen('record.delivered')).toHaveLength(20);
    expect(run.report().verdict.duplicates).toBe(0);
  });

  it('[PR-14] made smaller while the producer runs changes the pace of calls, not of messages', () => {
    const run = sending({ producer: { batch: 10, ratePerSecond: 10 } }).until(3);
    run.act({ do: 'set', target: 'p', config: {}, workload: { batch: 2 } }).until(5);
    expect(run.seen('send.batch', 3, 5).map(({ b }) => b)).toEqual(Array(10).fill(2));
  });
});

describe('a batch that fails', () => {
  it('[PR-14] [PR-7] is tried again as a whole, on another broker, and every message may be there twice', () => {
    let answers = 0;
    const { sim, node, run, received, seen, results } = senders({
      spec: { batch: 3 },
      config: { sendMsgMaxTimeoutPerRequest: 1_000 },
      onSend: () => (answers++ === 0 ? false : {}),
    });
    burst(sim, node('p'), 3);
    run(8 * SECOND);
    expect(received.map(({ send: { message, batch } }) => [message, batch])).toEqual([
      [0, 3],
      [0, 3],
    ]);
    expect(received[0]!.broker).not.toBe(received[1]!.broker);
    expect(seen('send.may-be-twice').map(({ a }) => a)).toEqual([0, 1, 2]);
    expect(results()).toHaveLength(3);
  });

  it('[PR-14] fails for each of its messages', () => {
    const { sim, node, run, seen } = senders({
      spec: { batch: 3, mode: 'async' },
      onSend: () => ({ status: Code.MESSAGE_ILLEGAL, remark: 'no' }),
    });
    burst(sim, node('p'), 3);
    run(8 * SECOND);
    expect(seen('send.failed').map(({ a }) => a)).toEqual([0, 1, 2]);
    expect(seen('send.exception').map(({ a, b }) => [a, textOf(sim.state.arena, b)])).toEqual(
      [0, 1, 2].map((message) => [message, 'MQBrokerException 13 no']),
    );
  });
});

describe('sends without a batch', () => {
  it.each([
    ['oneway', { mode: 'oneway' as const }],
    ['with a selector', { queueSelector: 'hashKey' as const }],
  ])('[PR-14] %s go one by one', (_, spec) => {
    const { sim, node, run, received } = senders({ spec: { batch: 3, ...spec } });
    burst(sim, node('p'), 3);
    run(8 * SECOND);
    expect(received.map(({ send: { batch } }) => batch)).toEqual([1, 1, 1]);
  });
});
