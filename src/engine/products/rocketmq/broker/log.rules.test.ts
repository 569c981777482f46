import { describe, expect, it } from 'vitest';
import { messageLost } from '../../../model/ledger';
import { recordAt } from '../../../model/log';
import { recordEnd, recordOf, recordPhys, recordStoredUs } from '../../../model/world';
import { RECORD_FIXED_BYTES } from '../batch';
import { Code } from '../protocol';
import { Cluster } from './broker.fixture';
import { confirmOffset } from './confirm';
import { indexKeyHash, indexSlot, KEYS_PER_INDEX_FILE } from './dispatch';
import {
  commitLogBegun,
  consumeQueueBegun,
  dispatchBegins,
  fileRolled,
  fitsNoFile,
  indexFileBegun,
  messageStored,
  queueOffsetsLoaded,
  recordDispatched,
  recordLaidOut,
} from './log-kinds';
import { fileNotMade } from './send-kinds';
import { consumeQueueOf, maxOffsetOf, minOffsetOf, physAtOffset, recordAtOffset } from './store-state';

const MS = 1_000;
const S = 1_000_000;

const records = (cluster: Cluster) => {
  const { log } = cluster.broker().store;
  return Array.from({ length: log.records.length }, (_, row) =>
    recordOf(cluster.sim.state.arena, recordAt(log, row)),
  );
};

describe('CommitLog', () => {
  it('[BR-1] holds all topics of a broker in order of arrival, one behind the other', () => {
    const cluster = new Cluster({ topics: { A: 1, B: 1 } }).start();
    cluster.send(100 * MS, { topic: 'A', queueId: 0 });
    cluster.send(110 * MS, { topic: 'B', queueId: 0 });
    cluster.send(120 * MS, { topic: 'A', queueId: 0 });
    cluster.run(S);
    expect(cluster.entries(commitLogBegun).map((entry) => entry.a)).toEqual([1_073_741_824]);
    const stored = records(cluster);
    expect(stored.map((record) => cluster.sim.state.arena.queues[record.queue]?.topic)).toEqual([
      'A',
      'B',
      'A',
    ]);
    expect(stored.map((record) => record.phys)).toEqual([0, 1_176, 2_352]);
  });

  it('[BR-2] gives each queue dense offsets, in the order of the log and of the store times', () => {
    const cluster = new Cluster().start();
    cluster.stream(100 * MS, 200 * MS, MS);
    cluster.run(S);
    const stored = records(cluster);
    const next = new Map<number, number>();
    for (const [row, record] of stored.entries()) {
      expect(record.offset).toBe(next.get(record.queue) ?? 0);
      next.set(record.queue, record.offset + 1);
      expect(record.storedUs).toBeGreaterThanOrEqual(stored[row - 1]?.storedUs ?? 0);
    }
    expect(stored).toHaveLength(100);
  });

  it('[BR-2] while an append has the lock the others wait, and have it in their order', () => {
    const cluster = new Cluster({
      env: { fileSwitchUs: 50 * MS },
      brokers: { 'broker-a:0': { mappedFileSizeCommitLog: 12_000 } },
    }).start();
    // The eleventh message holds the lock until its file is there; the four threads can carry three more.
    cluster.stream(100 * MS, 114 * MS, MS);
    cluster.run(S);
    const messages = records(cluster).map(({ message }) => message);
    expect(messages).toEqual(Array.from({ length: 14 }, (_, message) => message));
  });

  it('[BR-2] takes the store time with the lock, however long the append then blocks', () => {
    const cluster = new Cluster({
      env: { fileSwitchUs: 50 * MS },
      brokers: { 'broker-a:0': { mappedFileSizeCommitLog: 12_000 } },
    }).start();
    cluster.stream(100 * MS, 112 * MS, MS);
    cluster.run(S);
    const stored = cluster.entries(messageStored);
    const blockedUs = records(cluster).map(({ storedUs }, row) => (stored[row]?.timeUs ?? 0) - storedUs);
    expect(blockedUs).toEqual([...Array(10).fill(0), 50 * MS, 0]);
  });

  it('[BR-3] a body of 1 024 B, the topic Orders and 60 B of properties make 1 181 B', () => {
    const cluster = new Cluster().start();
    cluster.send(100 * MS, { bodyBytes: 1024, propertyBytes: 60 });
    cluster.send(110 * MS);
    cluster.run(S);
    expect(cluster.entries(recordLaidOut).map((entry) => entry.b)).toEqual([1_181]);
  });

  it('[BR-5] leaves the rest of a file blank when a record and the blank mark do not fit', () => {
    const cluster = new Cluster({ brokers: { 'broker-a:0': { mappedFileSizeCommitLog: 12_000 } } }).start();
    cluster.stream(100 * MS, 111 * MS, MS);
    cluster.run(S);
    // Ten records are 11 810 B; the eleventh begins the next file.
    expect(
      records(cluster)
        .map((record) => record.phys)
        .slice(-2),
    ).toEqual([9 * 1_181, 12_000]);
    expect(cluster.entries(fileRolled).map((entry) => [entry.a, entry.b])).toEqual([[190, 12_000]]);
  });

  it('[BR-5] fills a file to the last byte but eight', () => {
    const exact = (size: number) => {
      const cluster = new Cluster({ brokers: { 'broker-a:0': { mappedFileSizeCommitLog: size } } }).start();
      cluster.stream(100 * MS, 102 * MS, MS);
      cluster.run(S);
      return cluster.count(fileRolled);
    };
    expect(exact(2 * 1_181 + 8)).toBe(0);
    expect(exact(2 * 1_181 + 7)).toBe(1);
  });

  it('[BR-5] answers SEND_OK for what fits in no file, and stores nothing', () => {
    const cluster = new Cluster({ brokers: { 'broker-a:0': { mappedFileSizeCommitLog: 12_000 } } }).start();
    const size = (bodyBytes: number) => RECORD_FIXED_BYTES + bodyBytes + 'Orders'.length + 60;
    const fits = 12_000 - 8 - size(0);
    cluster.send(100 * MS, { bodyBytes: fits });
    cluster.send(200 * MS, { bodyBytes: fits + 1 });
    cluster.run(S);
    expect(records(cluster).map((record) => record.size)).toEqual([size(fits)]);
    expect(cluster.replies.map(({ status }) => status)).toEqual([0, 0]);
    expect(cluster.entries(fitsNoFile).map((entry) => entry.b)).toEqual([size(fits + 1)]);
    expect(cluster.entries(messageLost)).toHaveLength(1);
  });

  it('[BR-5] holds the put lock while the next file is taken', () => {
    const cluster = new Cluster({
      env: { fileSwitchUs: 50 * MS },
      brokers: { 'broker-a:0': { mappedFileSizeCommitLog: 12_000 } },
    }).start();
    cluster.stream(100 * MS, 115 * MS, MS);
    cluster.run(S);
    const [, , , , , , , , , tenth, eleventh, twelfth] = cluster.entries(messageStored);
    expect((eleventh?.timeUs ?? 0) - (tenth?.timeUs ?? 0)).toBeGreaterThan(50 * MS);
    expect(twelfth?.timeUs).toBe(eleventh?.timeUs);
    expect(cluster.replies.every((reply) => reply.status === 0)).toBe(true);
  });
});

describe('a file that is not made in time', () => {
  it('[BR-5] [BR-30] ends the put with SYSTEM_ERROR after 5 s, and the next one waits for the same file', () => {
    const config = { mappedFileSizeCommitLog: 12_000, osPageCacheBusyTimeOutMills: 60_000 };
    const cluster = new Cluster({
      env: { fileSwitchUs: 6 * S },
      brokers: { 'broker-a:0': config },
    }).start();
    cluster.stream(100 * MS, 110 * MS, MS);
    cluster.send(S);
    // It would have room in the file whose end is marked already.
    cluster.send(2 * S, { bodyBytes: 10 });
    cluster.run(10 * S);
    const [refused, stored] = cluster.replies.slice(-2);
    expect([refused?.status, refused?.remark]).toEqual([
      Code.SYSTEM_ERROR,
      'create mapped file failed, server is busy or broken.',
    ]);
    expect(Math.floor((refused?.tookUs ?? 0) / S)).toBe(5);
    expect([stored?.status, Math.floor((stored?.tookUs ?? 0) / S)]).toEqual([0, 5]);
    expect(cluster.count(fileNotMade)).toBe(1);
    expect(records(cluster).at(-1)).toMatchObject({ phys: 12_000 });
    expect(cluster.broker().store.memory.sends.busy).toBe(0);
  });
});

describe('dispatch', () => {
  it('[BR-6] follows within a millisecond, up to the end of the log', () => {
    const cluster = new Cluster().start();
    cluster.stream(100 * MS, 120 * MS, 1_300);
    cluster.run(S);
    expect(cluster.entries(dispatchBegins).map((entry) => entry.a)).toEqual([0]);
    const stored = cluster.entries(messageStored);
    const dispatched = cluster.entries(recordDispatched);
    expect(dispatched.map((entry) => entry.a)).toEqual(stored.map((entry) => entry.a));
    for (const [index, entry] of dispatched.entries()) {
      const waited = entry.timeUs - (stored[index]?.timeUs ?? 0);
      expect(waited).toBeGreaterThanOrEqual(0);
      expect(waited).toBeLessThanOrEqual(MS);
    }
    expect(confirmOffset(cluster.sim, cluster.broker())).toBe(stored.length * 1_181);
  });

  it('[BR-7] makes a record visible at its offset, and names the store as the cause', () => {
    const cluster = new Cluster().start();
    cluster.send(100 * MS, { queueId: 2 });
    cluster.run(S);
    const [stored] = cluster.entries(messageStored);
    const [dispatched] = cluster.entries(recordDispatched);
    expect(dispatched?.b).toBe(0);
    expect(dispatched?.cause).toBe(stored?.id);
  });

  it('[BR-8] keeps one entry a message and queue; entry n is logical offset n', () => {
    const cluster = new Cluster().start();
    cluster.stream(100 * MS, 108 * MS, MS);
    cluster.run(S);
    expect(cluster.count(consumeQueueBegun)).toBe(4);
    const queue = consumeQueueOf(cluster.sim, cluster.broker(), 'Orders', 1);
    if (queue === undefined) throw new Error('no ConsumeQueue');
    expect([minOffsetOf(queue), maxOffsetOf(queue)]).toEqual([0, 2]);
    expect(recordOf(cluster.sim.state.arena, recordAtOffset(queue, 1)).offset).toBe(1);
    expect(physAtOffset(cluster.sim, queue, 1)).toBe(5 * 1_181);
    expect(consumeQueueOf(cluster.sim, cluster.broker(), 'Orders', 5)).toBeUndefined();
  });

  it('[BR-9] goes on with the offsets that the ConsumeQueues end with after a restart', () => {
    const cluster = new Cluster().start();
    cluster.stream(100 * MS, 108 * MS, MS);
    cluster.run(S);
    cluster.kill('broker-a:0', 'process').restart('broker-a:0');
    cluster.send(3 * S, { queueId: 1 });
    cluster.run(4 * S);
    expect(cluster.entries(queueOffsetsLoaded).map((entry) => entry.a)).toEqual([0, 4]);
    expect(cluster.replies.at(-1)?.result?.offset).toBe(2);
  });

  it('[BR-10] hashes topic#key as Java does', () => {
    expect(indexKeyHash('TopicTest#ORDER-1001')).toBe(1_559_435_041);
    expect(indexSlot('TopicTest#ORDER-1001')).toBe(4_435_041);
    // "polygenelubricants" hashes to the one integer that has no positive twin.
    expect(indexKeyHash('polygenelubricants')).toBe(0);
  });

  it('[BR-10] indexes the unique key and each word of the keys, and begins a file every 19 999 999', () => {
    const cluster = new Cluster().start();
    cluster.send(100 * MS, { key: 7 });
    cluster.send(110 * MS, { key: 'paid  order-9' });
    cluster.send(120 * MS, { key: '' });
    cluster.run(S);
    const { disk } = cluster.broker().store;
    expect(disk.keysIndexed).toBe(2 + 3 + 1);
    expect(cluster.entries(indexFileBegun).map((entry) => entry.a)).toEqual([0]);
    disk.keysIndexed = KEYS_PER_INDEX_FILE - 1;
    cluster.send(2 * S, { key: 8 });
    cluster.run(3 * S);
    expect(cluster.entries(indexFileBegun).map((entry) => entry.a)).toEqual([0, KEYS_PER_INDEX_FILE]);
  });
});

it('[BR-2] a snapshot taken while messages are stored goes on exactly as the run did', () => {
  const make = () => {
    const cluster = new Cluster({ brokers: { 'broker-a:0': { flushDiskType: 'SYNC_FLUSH' } } }).start();
    cluster.stream(100 * MS, 300 * MS, MS);
    return cluster;
  };
  const cluster = make().run(200 * MS);
  const snapshot = cluster.sim.snapshot();
  const first = cluster.run(S).sim.digest;
  cluster.sim.restore(snapshot);
  expect(cluster.run(S).sim.digest).toBe(first);
  expect(make().run(S).sim.digest).toBe(first);
  const { log } = cluster.broker().store;
  const last = recordAt(log, log.records.length - 1);
  expect(recordEnd(cluster.sim.state.arena, last)).toBe(200 * 1_181);
  expect(recordPhys(cluster.sim.state.arena, last)).toBe(199 * 1_181);
  expect(recordStoredUs(cluster.sim.state.arena, last)).toBeGreaterThan(299 * MS);
});
