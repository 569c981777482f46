import { describe, expect, it } from 'vitest';
import { recordMessage, textOf } from '../../../model/world';
import type { BrokerConfig } from '../../../scenario/config';
import { topicDefaults } from '../../../scenario/config';
import { Code } from '../protocol';
import { Cluster, type ClusterOptions } from './broker.fixture';
import { sendRefusedBySlave } from './ha-kinds';
import { messageStored } from './log-kinds';
import { putMessage } from './put';
import { topicsWritten } from './recovery-kinds';
import { topicRegistered, versionMoved } from './registration-kinds';
import {
  brokerListens,
  codeAnswered,
  putAnswered,
  putRefused,
  putRefusedBusy,
  queuePicked,
  sendCleanedBusy,
  sendCleanedLate,
  sendIllegal,
  sendOverload,
  sendPoolStarted,
  sendRefused,
  sendRejectedBusy,
  topicAutoCreated,
} from './send-kinds';
import { topicConfigOf } from './store-state';
import { alterTopic, createTopicOn } from './topics';

const MS = 1_000;
const S = 1_000_000;

const cluster = (config: Partial<BrokerConfig> = {}, more: ClusterOptions = {}) =>
  new Cluster({ ...more, brokers: { 'broker-a:0': config } }).start();

/** The page cache holds 20 messages, and the disk takes 1.2 s for what is in it: one append blocks. */
const stalled = (config: Partial<BrokerConfig> = {}) => {
  const run = cluster(
    { flushIntervalCommitLog: 600_000, ...config },
    {
      env: { dirtyBytesMax: 20 * 1_181, sequentialBytesPerSecond: 18_000 },
    },
  );
  run.stream(1_000 * MS, 1_020 * MS, MS);
  return run;
};
const tagOf = (remark: string) => /^\[(\w+)\]/.exec(remark)?.[1];

describe('a busy broker', () => {
  it('[BR-27] answers what has waited 200 ms in the send queue, and nothing that came later', () => {
    const run = stalled();
    run.stream(1_020 * MS, 1_040 * MS, MS);
    run.stream(1_300 * MS, 1_310 * MS, MS);
    run.run(1_320 * MS);
    const late = run.entries(sendCleanedLate);
    // One append holds the lock and three threads wait for it; sixteen were queued.
    expect(late).toHaveLength(16);
    for (const entry of late) {
      expect(entry.b).toBeGreaterThanOrEqual(200 * MS);
      expect(entry.b).toBeLessThanOrEqual(210 * MS);
      expect(entry.timeUs % (10 * MS)).toBe(0);
    }
    const answers = run.replies.filter((reply) => reply.status === Code.SYSTEM_BUSY);
    expect(answers[0]?.remark).toMatch(
      /^\[TIMEOUT_CLEAN_QUEUE\]broker busy, start flow control for a while, period in queue: 20\dms, size of queue: 15$/,
    );
  });

  it('[BR-26] [BR-27] turns sends away from 1 s on, and cleans the queue of the rest', () => {
    const run = stalled();
    run.stream(1_020 * MS, 2_400 * MS, 10 * MS);
    run.run(2_300 * MS);
    const tags = run.replies.map(
      (reply) => [tagOf(reply.remark), Math.floor((reply.atUs - S) / (100 * MS))] as const,
    );
    const first = (tag: string) => tags.find(([found]) => found === tag)?.[1];
    expect(first('TIMEOUT_CLEAN_QUEUE')).toBe(2);
    expect(first('PCBUSY_CLEAN_QUEUE')).toBe(10);
    expect(first('REJECTREQUEST')).toBe(10);
    expect(run.entries(sendCleanedBusy)[0]?.b).toBeGreaterThan(1_000 * MS);
    expect(run.entries(sendCleanedBusy)[0]?.b).toBeLessThan(1_012 * MS);
    expect(run.entries(sendRejectedBusy).every((entry) => entry.b > 1_000 * MS)).toBe(true);
    expect(run.replies.find((reply) => tagOf(reply.remark) === 'REJECTREQUEST')?.remark).toBe(
      '[REJECTREQUEST]system busy, start flow control for a while',
    );
  });

  it('[BR-26] cleans the queue at that moment, though none in it has waited too long', () => {
    const run = stalled({ waitTimeMillsInSendQueue: 5_000 });
    run.stream(1_020 * MS, 1_030 * MS, MS);
    run.run(2_300 * MS);
    const held = run.entries(sendCleanedBusy).map((entry) => entry.b);
    expect(held).toHaveLength(10 - 4);
    for (const us of held) expect(us).toBeLessThan(1_012 * MS);
  });

  it('[BR-26] stores what held the lock and waited for it, once the disk has caught up', () => {
    const run = stalled();
    run.stream(1_020 * MS, 1_024 * MS, MS);
    run.run(4 * S);
    expect(run.replies.filter((reply) => reply.status === 0)).toHaveLength(24);
    expect(run.broker().store.memory.lock.holder).toBeUndefined();
    expect(run.broker().store.memory.sends.busy).toBe(0);
  });

  it('[BR-26] a send that reaches the put check while the lock is held too long is told so', () => {
    const run = stalled();
    run.send(1_020 * MS);
    run.run(2_100 * MS);
    const busy = run.broker().store.memory.sends.busy;
    run.broker().store.memory.sends.busy++;
    const { holder } = run.broker().store.memory.lock;
    if (holder === undefined) throw new Error('nothing holds the lock');
    putMessage(run.sim, run.node('broker-a:0'), holder);
    expect(run.broker().store.memory.sends.busy).toBe(busy);
    expect(run.count(putRefusedBusy)).toBe(1);
    run.run(2_200 * MS);
    expect(run.replies.at(-1)?.remark).toBe('[PC_SYNCHRONIZED]broker busy, start flow control for a while');
    expect(run.replies.at(-1)?.status).toBe(Code.SYSTEM_BUSY);
  });

  it('[BR-26] [BR-29] says so before it looks at the size', () => {
    const run = stalled();
    run.send(500 * MS, { bodyBytes: 5_000_000 });
    run.run(900 * MS);
    expect(run.replies.map(({ status }) => status)).toEqual([Code.MESSAGE_ILLEGAL]);
    run.send(1_020 * MS);
    run.run(2_100 * MS);
    const { holder } = run.broker().store.memory.lock;
    if (holder === undefined) throw new Error('nothing holds the lock');
    putMessage(run.sim, run.node('broker-a:0'), { ...holder, message: 0 });
    expect([run.count(sendIllegal), run.count(putRefusedBusy)]).toEqual([1, 1]);
  });

  it('[BR-26] is no matter of a busy disk alone: nothing is refused while appends find room', () => {
    const run = cluster({}, { env: { fsyncUs: 3 * S } });
    run.stream(1_000 * MS, 3_000 * MS, 5 * MS);
    run.run(4 * S);
    expect(run.replies).toHaveLength(400);
    expect(run.replies.every((reply) => reply.status === 0)).toBe(true);
  });

  it('[BR-27] turns away what does not fit in the queue', () => {
    const run = stalled({ sendThreadPoolQueueCapacity: 5 });
    run.stream(1_020 * MS, 1_035 * MS, MS);
    run.run(1_100 * MS);
    expect(run.count(sendOverload)).toBe(15 - 4 - 5);
    expect(tagOf(run.replies.find((reply) => reply.status === Code.SYSTEM_BUSY)?.remark ?? '')).toBe(
      'OVERLOAD',
    );
  });

  it('[BR-27] lets them wait when fast failure is off', () => {
    const run = stalled({ brokerFastFailureEnable: false });
    run.stream(1_020 * MS, 1_040 * MS, MS);
    run.run(5 * S);
    expect(run.count(sendCleanedLate)).toBe(0);
    expect(run.replies.filter((reply) => reply.status === 0)).toHaveLength(40);
  });

  it('[BR-28] handles as many sends at a time as it has threads, first come first served', () => {
    const run = cluster({ sendMessageThreadPoolNums: 2 }, { env: { cores: 8 } });
    run.send(500 * MS);
    for (let i = 0; i < 6; i++) run.send(1_000 * MS);
    run.run(2 * S);
    const stored = run.entries(messageStored).slice(1);
    // Two at a time, 12 µs each.
    const [t0 = 0] = stored.map((entry) => entry.timeUs);
    const last = stored.map((entry) => entry.timeUs - t0)[5];
    expect(last).toBeGreaterThanOrEqual(24);
    expect(last).toBeLessThan(36);
    const messages = stored.map((entry) => recordMessage(run.sim.state.arena, entry.a));
    expect(messages).toEqual([1, 2, 3, 4, 5, 6]);
    expect(run.entries(sendPoolStarted)[0]?.a).toBe(2);
  });

  it('[BR-28] has min(cores, 4) threads by default', () => {
    expect(cluster({}, { env: { cores: 2 } }).entries(sendPoolStarted)[0]?.a).toBe(2);
    expect(cluster({}, { env: { cores: 16 } }).entries(sendPoolStarted)[0]?.a).toBe(4);
  });
});

describe('checks', () => {
  it('[BR-29] refuses a body above maxMessageSize, and takes one at the limit', () => {
    const run = cluster({ maxMessageSize: 2_000 });
    run.send(1_000 * MS, { bodyBytes: 2_000 });
    run.send(1_100 * MS, { bodyBytes: 2_001 });
    run.run(2 * S);
    expect(run.replies.map((reply) => reply.status)).toEqual([0, Code.MESSAGE_ILLEGAL]);
    expect(run.count(sendIllegal)).toBe(1);
  });

  it('[BR-29] refuses properties above 32 767 B', () => {
    const run = cluster();
    run.send(1_000 * MS, { propertyBytes: 32_767 });
    run.send(1_100 * MS, { propertyBytes: 32_768 });
    run.run(2 * S);
    expect(run.replies.map((reply) => reply.status)).toEqual([0, Code.MESSAGE_ILLEGAL]);
  });

  it('[BR-30] answers PUT_OK with the place of the message', () => {
    const run = cluster();
    run.send(1_000 * MS, { queueId: 3 });
    run.run(2 * S);
    expect(run.replies[0]?.result).toEqual({ record: 0, queueId: 3, offset: 0 });
    expect(run.count(putAnswered)).toBe(1);
  });

  it('[BR-30] answers SERVICE_NOT_AVAILABLE while the disk is full', () => {
    const run = cluster();
    run.run(S);
    run.broker().store.memory.diskFull = true;
    run.send(1_000 * MS);
    run.run(2 * S);
    expect(run.replies[0]?.status).toBe(Code.SERVICE_NOT_AVAILABLE);
    expect(run.count(putRefused)).toBe(1);
  });

  it('[BR-32] refuses a queue id beyond the larger of the read and write counts', () => {
    const run = cluster();
    run.send(1_000 * MS, { queueId: 3 });
    run.send(1_100 * MS, { queueId: 4 });
    run.run(2 * S);
    expect(run.replies.map((reply) => reply.status)).toEqual([0, Code.INVALID_PARAMETER]);
  });

  it('[BR-32] picks a write queue when none is named, by the seed', () => {
    const picked = (seed: number) => {
      const run = cluster({}, { seed });
      run.stream(1_000 * MS, 1_020 * MS, MS, { queueId: -1 });
      run.run(2 * S);
      expect(run.count(queuePicked)).toBe(20);
      return run.replies.map((reply) => reply.result?.queueId);
    };
    expect(new Set(picked(1))).toEqual(new Set([0, 1, 2, 3]));
    expect(picked(1)).toEqual(picked(1));
    expect(picked(1)).not.toEqual(picked(2));
  });

  it('[BR-32] does not look at the W bit of a topic', () => {
    const run = cluster();
    run.run(S);
    run.sim.intervene(() => alterTopic(run.sim, 'Orders', null, { perm: 4 }));
    run.send(1_000 * MS);
    run.run(2 * S);
    expect(run.replies[0]?.status).toBe(0);
  });

  it('[BR-32] refuses an unknown topic when none may be created', () => {
    const run = cluster({ autoCreateTopicEnable: false });
    run.send(1_000 * MS, { topic: 'Unknown' });
    run.run(2 * S);
    expect(run.replies[0]?.status).toBe(Code.TOPIC_NOT_EXIST);
    expect(run.replies[0]?.remark).toBe('topic[Unknown] not exist, apply first please!');
    expect(run.count(sendRefused)).toBe(1);
  });

  it('[BR-31] names the response code of a refusal', () => {
    const run = cluster();
    run.send(1_000 * MS, { queueId: 4 });
    run.run(2 * S);
    const [answer] = run.entries(codeAnswered);
    expect(textOf(run.sim.state.arena, answer?.b ?? -1)).toBe('INVALID_PARAMETER (29)');
  });

  it('[BR-33] listens on 10911', () => {
    expect(cluster().entries(brokerListens)[0]?.a).toBe(10_911);
  });

  it('[HA-17] a slave turns sends away before they are queued', () => {
    const run = new Cluster({ brokers: { 'broker-a:0': {}, 'broker-a:1': { brokerRole: 'SLAVE' } } }).start();
    run.send(1_000 * MS, { to: 'broker-a:1' });
    run.run(2 * S);
    expect(run.replies[0]?.status).toBe(Code.SYSTEM_BUSY);
    expect(run.count(sendRefusedBySlave)).toBe(1);
  });

  it('[VC-1] [HA-17] a 4.9 slave refuses them at the put', () => {
    const run = new Cluster({
      version: '4.9',
      brokers: { 'broker-a:0': {}, 'broker-a:1': { brokerRole: 'SLAVE' } },
    }).start();
    run.send(1_000 * MS, { to: 'broker-a:1' });
    run.run(2 * S);
    expect(run.replies[0]?.status).toBe(Code.SERVICE_NOT_AVAILABLE);
  });
});

describe('topics', () => {
  it('[PR-15] creates an unknown topic from TBW102, with the smaller number of queues, and registers it at once', () => {
    const run = cluster();
    run.run(S);
    expect(topicConfigOf(run.broker(), 'TBW102')).toMatchObject({ writeQueueNums: 8, perm: 7 });
    run.send(1_000 * MS, { topic: 'New' });
    run.send(1_100 * MS, { topic: 'Wide', defaultTopicQueueNums: 16 });
    run.run(2 * S);
    expect(topicConfigOf(run.broker(), 'New')).toMatchObject({
      readQueueNums: 4,
      writeQueueNums: 4,
      perm: 6,
    });
    expect(topicConfigOf(run.broker(), 'Wide')).toMatchObject({
      readQueueNums: 8,
      writeQueueNums: 8,
      perm: 6,
    });
    expect(run.replies.map((reply) => reply.status)).toEqual([0, 0]);
    expect(run.count(topicAutoCreated)).toBe(2);
    expect(run.count(topicRegistered)).toBe(2);
  });

  it('[NS-6] [NS-14] [BR-19] a change moves the version, rewrites topics.json and registers', () => {
    const run = cluster();
    run.run(S);
    const before = run.broker().store.memory.dataVersion;
    run.sim.intervene(() =>
      alterTopic(run.sim, 'Orders', ['broker-a'], { writeQueueNums: 6, readQueueNums: 6 }),
    );
    const after = run.broker().store.memory.dataVersion;
    expect(after.counter).toBe(before.counter + 1);
    expect(after.timestampUs).toBe(S);
    expect([run.count(versionMoved), run.count(topicsWritten), run.count(topicRegistered)]).toEqual([
      1, 1, 1,
    ]);
    expect(topicConfigOf(run.broker(), 'Orders')?.writeQueueNums).toBe(6);
  });

  it('[NS-6] creates a topic on the masters that are named, or on all that run', () => {
    const run = new Cluster({
      brokers: { 'broker-a:0': {}, 'broker-a:1': { brokerRole: 'SLAVE' }, 'broker-b:0': {} },
    }).start();
    run.run(S);
    run.sim.intervene(() => {
      const config = topicDefaults(2);
      expect(createTopicOn(run.sim, { name: 'All', queues: 2, brokers: null, order: false, config }).ok).toBe(
        true,
      );
      expect(
        createTopicOn(run.sim, { name: 'OnlyB', queues: 2, brokers: ['broker-b'], order: false, config }).ok,
      ).toBe(true);
      expect(
        createTopicOn(run.sim, { name: 'Orders', queues: 2, brokers: null, order: false, config }).ok,
      ).toBe(false);
    });
    const topics = (id: string) => [...run.broker(id).store.memory.topics.keys()];
    expect(topics('broker-a:0')).toEqual(['Orders', 'TBW102', 'All']);
    expect(topics('broker-a:1')).toEqual(['Orders', 'TBW102']);
    expect(topics('broker-b:0')).toEqual(['Orders', 'TBW102', 'All', 'OnlyB']);
    run.kill('broker-a:0', 'process').kill('broker-b:0', 'process');
    run.sim.intervene(() => expect(alterTopic(run.sim, 'All', null, { perm: 4 }).ok).toBe(false));
  });
});
