import { describe, expect, it } from 'vitest';
import { judgesOf } from '../../../checkers/judges';
import { sentCount } from '../../../model/ledger';
import { listAt, queueOf, recordMessage, recordOf, recordPropsOf, textOf } from '../../../model/world';
import { BROKER, type Consuming, consuming, type Setup } from '../consumer/consuming.fixture';
import { transacting } from '../transaction/transacting.fixture';
import { messageTrace } from './message-trace';
import { decodeLines, type TraceLine } from './trace-lines';
import { TRACE_TOPIC } from './trace-state';

const TRACED = { config: { enableTrace: true } };
const WITH_TOPIC = { traceTopicEnable: true };

/** Lines in all stored trace records, in the order of the log. */
function storedLines({ sim }: Consuming): TraceLine[] {
  const { arena } = sim.state;
  return Array.from({ length: arena.records.length }, (_, record) => record).flatMap((record) => {
    const props = recordPropsOf(arena, record);
    return props?.role === 'trace' ? decodeLines(listAt(arena, props.ref)) : [];
  });
}

const types = (cluster: Consuming) => storedLines(cluster).map(({ type }) => type);
const flushes = (cluster: Consuming, node?: string) =>
  cluster.entries('trace.flushed', 0, node).map(({ atMs, a, b }) => [Math.round(atMs / 100) / 10, a, b]);
const at = (s: number, messages: number) => ({ at: `${s}s`, do: 'burst', target: 'p', messages });

/** A traced producer alone, on a broker that has the topic. */
const producing = (setup: Setup = {}) =>
  consuming({ producer: TRACED, brokerConfig: WITH_TOPIC, consumers: [], ...setup });

describe('what a client notes', () => {
  it('[TR-1] nothing while enableTrace is off', () => {
    const cluster = consuming({ brokerConfig: WITH_TOPIC, actions: [at(1, 20)] }).until(20_000);
    expect(cluster.count('trace.noted')).toBe(0);
    expect(storedLines(cluster)).toEqual([]);
  });

  it('[TR-1] Pub, SubBefore and SubAfter of a message, and nothing of its own messages', () => {
    const consumers = [{ ...TRACED, processingMs: 7 }];
    const cluster = consuming({ producer: TRACED, brokerConfig: WITH_TOPIC, consumers, actions: [at(1, 1)] });
    cluster.until(30_000);
    // Each client writes its own; whose come first is a matter of phases.
    const lines = storedLines(cluster).sort((x, y) => (x.type < y.type ? -1 : 1));
    const [pub, after, before, ...more] = lines;
    expect(pub).toMatchObject({ type: 'Pub', success: true });
    expect(before).toMatchObject({ type: 'SubBefore', value: 0, request: after?.request });
    expect(after).toMatchObject({ type: 'SubAfter', success: true, costMs: 7, value: 0 });
    expect(more).toEqual([]);
    expect(sentCount(cluster.run.sim.state.ledger)).toBe(1);
    expect(cluster.count('message.stored', 0)).toBe(1);
    expect(judgesOf(cluster.run.sim.state).readers).toHaveLength(1);
  });

  it('[TR-1] a failed delivery has contextCode 4, and the next one its retryTimes', () => {
    const actions = [{ at: '500ms', do: 'fail', target: 'c1', messages: 1 }, at(1, 1)];
    const cluster = consuming({ brokerConfig: WITH_TOPIC, consumers: [TRACED], actions }).until(40_000);
    const lines = storedLines(cluster).map(({ type, success, value }) => [type, success, value]);
    expect(lines).toEqual([
      ['SubBefore', true, 0],
      ['SubAfter', false, 4],
      ['SubBefore', true, 1],
      ['SubAfter', true, 0],
    ]);
  });

  it('[TR-1] a Pub without success for another status, none for a oneway', () => {
    const brokerConfig = { ...WITH_TOPIC, flushDiskType: 'SYNC_FLUSH', syncFlushTimeout: 10 };
    const environment = { disk: { fsyncMs: 50 } };
    const cluster = producing({ brokerConfig, environment, actions: [at(1, 1)] }).until(20_000);
    expect(storedLines(cluster).map(({ type, success }) => [type, success])).toEqual([['Pub', false]]);
    const oneway = producing({ producer: { ...TRACED, mode: 'oneway' }, actions: [at(1, 5)] }).until(20_000);
    expect(storedLines(oneway)).toEqual([]);
  });

  it('[TR-1] nothing of Pub and Sub where the broker says traceOn=false, but the end of a transaction', () => {
    const cluster = transacting({
      producer: TRACED,
      consumers: [TRACED],
      brokerConfig: { ...WITH_TOPIC, traceOn: false },
      sendsAtS: [1],
    }).untilS(30);
    expect(types(cluster.cluster)).toEqual(['EndTransaction']);
    expect(cluster.count('trace.switched-off')).toBe(2);
  });
});

it('[TR-1] enableTrace that is set while a client runs counts from then on, and until it is taken back', () => {
  const set = (seconds: number, enableTrace: boolean) => ({
    ...{ at: `${seconds}s`, do: 'set', target: 'c1' },
    config: { enableTrace },
  });
  const actions = [at(1, 1), set(2, true), at(3, 1), set(20, false), at(21, 1)];
  const cluster = consuming({ brokerConfig: WITH_TOPIC, actions }).until(40_000);
  expect(storedLines(cluster).map(({ type }) => type)).toEqual(['SubBefore', 'SubAfter']);
});

it('[TR-1] a client of version 5 has no message trace', () => {
  const consumers = [{ ...TRACED, protocol: 'grpc' }];
  const cluster = consuming({ brokerConfig: WITH_TOPIC, consumers, actions: [at(1, 3)] }).until(20_000);
  expect(cluster.count('record.consumed')).toBe(3);
  expect(cluster.count('trace.noted')).toBe(0);
});

describe('when it is sent', () => {
  it('[TR-1] after a silence the first entry at once and alone, the next ones when 5 s have passed', () => {
    const cluster = producing({ actions: [at(10, 1), at(11, 1), at(12, 1)] }).until(30_000);
    expect(flushes(cluster)).toEqual([
      [10, 1, 0],
      [15, 2, 0],
    ]);
  });

  it('[TR-1] ten at a time', () => {
    const cluster = producing({ actions: [at(10, 1), at(11, 25)] }).until(30_000);
    expect(flushes(cluster).map(([, entries]) => entries)).toEqual([1, 10, 10, 5]);
    expect(flushes(cluster).at(-1)?.[0]).toBe(16);
    expect(types(cluster)).toHaveLength(26);
  });

  it('[TR-1] what finds 2048 entries in the queue is dropped and counted', () => {
    const consumers = [
      {
        processingMs: 0,
        config: {
          enableTrace: true,
          pullBatchSize: 1024,
          pullThresholdForQueue: 4_000,
        },
      },
    ];
    const actions = [
      { at: '1s', do: 'pause', target: 'c1' },
      at(2, 3_000),
      { at: '31s', do: 'resume', target: 'c1' },
    ];
    const brokerConfig = { ...WITH_TOPIC, maxTransferCountOnMessageInMemory: 4_000 };
    const cluster = consuming({ brokerConfig, consumers, actions }).until(32_000);
    const dropped = cluster.entries('trace.discarded');
    expect(dropped.length).toBeGreaterThan(0);
    expect(dropped.at(-1)?.b).toBe(dropped.length);
    expect(cluster.consumer('c1').trace?.queue.length).toBeLessThanOrEqual(2048);
    expect(cluster.count('trace.noted') + dropped.length).toBe(6_000);
  });

  it('[TR-1] more than 128000 bytes are lost', () => {
    const consumers = [
      { config: { enableTrace: true, consumeMessageBatchMaxSize: 1024, pullBatchSize: 1024 } },
    ];
    const brokerConfig = {
      ...WITH_TOPIC,
      maxTransferCountOnMessageInMemory: 4_000,
      maxTransferBytesOnMessageInMemory: 4_000_000,
    };
    const actions = [
      { at: '1s', do: 'pause', target: 'c1' },
      at(2, 1_024),
      { at: '31s', do: 'resume', target: 'c1' },
    ];
    const cluster = consuming({ queues: 1, brokerConfig, consumers, actions }).until(60_000);
    expect(cluster.entries('trace.too-large').some(({ b }) => b > 128_000)).toBe(true);
  });
});

describe('where it goes', () => {
  it('[TR-1] into the one queue of RMQ_SYS_TRACE_TOPIC where traceTopicEnable makes it', () => {
    const cluster = producing({ actions: [at(10, 30)] }).until(30_000);
    const { arena } = cluster.sim.state;
    expect(cluster.broker().store.memory.topics.get(TRACE_TOPIC)).toMatchObject({ writeQueueNums: 1 });
    const queues = cluster.entries('record.stored').map(({ a }) => queueOf(arena, recordOf(arena, a).queue));
    expect(new Set(queues.map(({ topic, queueId }) => `${topic} ${queueId}`))).toEqual(
      new Set([`${TRACE_TOPIC} 0`]),
    );
  });

  it('[TR-1] else into a topic that sending creates, four queues, and nowhere when that is forbidden', () => {
    const made = producing({ brokerConfig: {}, actions: [at(10, 1)] }).until(20_000);
    expect(made.broker().store.memory.topics.get(TRACE_TOPIC)).toMatchObject({ writeQueueNums: 4 });
    expect(types(made)).toEqual(['Pub']);
    const none = producing({ brokerConfig: { autoCreateTopicEnable: false }, actions: [at(10, 12)] });
    none.until(20_000);
    expect(none.entries('trace.unrouted').reduce((sum, { a }) => sum + a, 0)).toBe(12);
    expect(storedLines(none)).toEqual([]);
  });

  it('[TR-1] three attempts at a broker that is gone, then it is lost', () => {
    const kill = { at: '12s', do: 'kill', target: BROKER, failure: 'process' };
    const cluster = producing({ actions: [at(10, 1), at(11, 3), kill] }).until(20_000);
    expect(cluster.entries('trace.failed').map(({ a, b }) => [a, b])).toEqual([[3, 3]]);
  });
});

describe('when the client ends', () => {
  const ending = (action: Readonly<Record<string, unknown>>) =>
    producing({ actions: [at(10, 1), at(11, 3), { at: '12s', target: 'p', ...action }] }).until(30_000);

  it('[TR-1] a crash takes the queue', () => {
    const cluster = ending({ do: 'kill', failure: 'process' });
    expect(cluster.entries('trace.forgotten').map(({ a }) => a)).toEqual([3]);
    expect(types(cluster)).toHaveLength(1);
  });

  it('[TR-1] an orderly shutdown sends it first', () => {
    const cluster = ending({ do: 'remove' });
    expect(cluster.count('trace.forgotten')).toBe(0);
    expect(types(cluster)).toHaveLength(4);
    const early = producing({
      brokerConfig: {},
      actions: [at(1, 1), { at: '1003ms', do: 'remove', target: 'p' }],
    }).until(10_000);
    expect(textOf(early.sim.state.arena, early.entries('trace.noted')[0]?.b ?? -1)).toBe('Pub');
    expect(types(early)).toEqual(['Pub']);
  });
});

describe('what its tool shows', () => {
  it('[TR-1] the lines of one message from records that a running broker holds, and nothing when it is down', () => {
    const consumers = [{ ...TRACED, processingMs: 7 }];
    const cluster = consuming({ producer: TRACED, brokerConfig: WITH_TOPIC, consumers, actions: [at(1, 2)] });
    cluster.until(1_200);
    const first = recordMessage(cluster.sim.state.arena, 0);
    const shown = () => messageTrace(cluster.sim, first);
    const early = shown();
    expect(early.lines.length + early.clients.reduce((sum, { waiting }) => sum + waiting, 0)).toBe(3);
    cluster.until(20_000);
    expect(shown().lines.map(({ type, client }) => [type, client])).toEqual([
      ['Pub', 'p'],
      ['SubBefore', 'c1'],
      ['SubAfter', 'c1'],
    ]);
    expect(shown().lines[0]?.offsetMsgId).toMatch(/^[0-9A-F]{32}$/);
    expect(shown().lines[2]?.code).toBe('SUCCESS (0)');
    cluster.act({ do: 'freeze', target: BROKER, forUs: 1_000_000 }).until(20_500);
    expect(shown().lines).toEqual([]);
    cluster.until(25_000);
    expect(shown().lines).toHaveLength(3);
    cluster.act({ do: 'kill', target: BROKER, failure: 'process' }).until(26_000);
    expect(shown()).toMatchObject({ lines: [], topicExists: false });
  });

  it('[TR-1] a batch has one Pub with all ids, which no single id finds', () => {
    const cluster = producing({ producer: { ...TRACED, batch: 4 }, actions: [at(1, 4)] }).until(20_000);
    expect(storedLines(cluster)).toMatchObject([{ type: 'Pub', batch: 4 }]);
    expect(messageTrace(cluster.sim, recordMessage(cluster.sim.state.arena, 0)).lines).toEqual([]);
  });
});
