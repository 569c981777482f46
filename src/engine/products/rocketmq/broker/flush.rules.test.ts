import { describe, expect, it } from 'vitest';
import { Code } from '../protocol';
import { Cluster, type ClusterOptions } from './broker.fixture';
import {
  flushBegun,
  flushDone,
  flushModeSet,
  flushTimedOut,
  groupFlushDone,
  poolCommitted,
  replicaStatusWins,
  waitSkipped,
  writerReleased,
  writerThrottled,
  writtenBack,
} from './flush-kinds';
import { flushedDispatched, messageStored, recordDispatched } from './log-kinds';
import { setBrokerConfig } from './set-config';

const MS = 1_000;
const S = 1_000_000;
const instantDisk = { fsyncUs: 0, sequentialBytesPerSecond: Number.POSITIVE_INFINITY };

const broker = (config: NonNullable<ClusterOptions['brokers']>[string], more: ClusterOptions = {}) =>
  new Cluster({ ...more, brokers: { 'broker-a:0': config } }).start();
const begins = (cluster: Cluster) => cluster.entries(flushBegun).map((entry) => entry.timeUs / S);

describe('ASYNC_FLUSH', () => {
  it('[BR-12] attempts at 0.5, 1.0, 1.5 … s when a flush takes no time', () => {
    const cluster = broker({}, { env: instantDisk });
    cluster.stream(1, 3 * S, 20 * MS);
    cluster.run(3 * S);
    expect(begins(cluster)).toEqual([0.5, 1, 1.5, 2, 2.5, 3]);
  });

  it('[BR-12] sleeps after each flush, so that its own time moves the beat', () => {
    const cluster = broker(
      {},
      { env: { fsyncUs: 8 * MS, sequentialBytesPerSecond: Number.POSITIVE_INFINITY } },
    );
    cluster.stream(1, 2 * S, MS);
    cluster.run(2 * S);
    expect(begins(cluster)).toEqual([0.5, 1.008, 1.516]);
  });

  it('[BR-12] at 20 msg/s four pages are dirty about every second attempt', () => {
    const cluster = broker({}, { env: instantDisk });
    cluster.stream(1, 10 * S, 50 * MS);
    cluster.run(10 * S);
    // 11.8 KB in 500 ms are 2 or 3 pages; in 1 s they are 5 or 6.
    expect(begins(cluster)).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5]);
  });

  it('[BR-12] flushes less than four pages only at 0.5, 10.5, 20.5 … s', () => {
    const cluster = broker({}, { env: instantDisk });
    cluster.stream(250 * MS, 25 * S, 500 * MS, { bodyBytes: 300 });
    cluster.run(30 * S);
    expect(begins(cluster)).toEqual([0.5, 10.5, 20.5]);
  });

  it('[BR-12] counts unconditional attempts that found nothing', () => {
    const cluster = broker({}, { env: instantDisk });
    cluster.send(12 * S, { bodyBytes: 300 });
    cluster.run(60 * S);
    expect(begins(cluster)).toEqual([20.5]);
  });

  it('[BR-12] flushes whatever there is 10 s after a flush that moved the beat', () => {
    const cluster = broker(
      {},
      { env: { fsyncUs: 8 * MS, sequentialBytesPerSecond: Number.POSITIVE_INFINITY } },
    );
    // The first attempt ends at 0.508 s; the iteration that begins at 10.008 s is the first one 10 s later.
    cluster.send(100 * MS, { bodyBytes: 300 });
    cluster.send(2 * S, { bodyBytes: 300 });
    cluster.run(30 * S);
    expect(begins(cluster)).toEqual([0.5, 10.508]);
  });

  it('[BR-12] covers what was written when it began, and no more', () => {
    const cluster = broker({}, { env: { fsyncUs: 200 * MS } });
    cluster.stream(1, 2 * S, 10 * MS);
    const first = cluster.runUntil(flushBegun);
    expect(first.a).toBe(cluster.broker().store.log.cached);
    const done = cluster.runUntil(flushDone);
    expect(done.a).toBe(first.a);
    expect(cluster.broker().store.log.flushed).toBe(first.a);
    expect(cluster.broker().store.log.cached).toBeGreaterThan(first.a);
  });

  it('[BR-12] schedules nothing while nothing is written', () => {
    const cluster = broker({});
    cluster.run(5 * S);
    const before = cluster.sim.steps;
    cluster.run(65 * S);
    expect(cluster.sim.steps - before).toBeLessThan(50);
  });

  it('[BR-12] a timed loop can not be woken; an untimed one is, by each put, when the key says so', () => {
    const timed = broker({ wakeFlushWhenPutMessage: true, flushCommitLogLeastPages: 0 });
    timed.send(100 * MS);
    timed.run(S);
    expect(begins(timed)).toEqual([0.5]);
    const woken = broker({
      wakeFlushWhenPutMessage: true,
      flushCommitLogTimed: false,
      flushCommitLogLeastPages: 0,
    });
    woken.send(100 * MS);
    woken.run(S);
    expect(woken.entries(flushBegun)[0]?.timeUs).toBe(woken.entries(messageStored)[0]?.timeUs);
  });

  it('[BR-6] lets consumers see what is not flushed yet', () => {
    const cluster = broker({});
    cluster.send(100 * MS);
    cluster.run(400 * MS);
    expect(cluster.count(recordDispatched)).toBe(1);
    expect(cluster.broker().store.log.flushed).toBe(0);
  });
});

describe('SYNC_FLUSH', () => {
  const rate = (senders: number) => {
    const cluster = broker({ flushDiskType: 'SYNC_FLUSH' }, { env: { jitterUs: 50, latencyUs: 475 } });
    cluster.closedLoop(100 * MS, senders);
    cluster.run(2 * S);
    const from = cluster.replies.length;
    cluster.run(7 * S);
    return {
      perSecond: (cluster.replies.length - from) / 5,
      batches: cluster.entries(groupFlushDone).slice(-200),
    };
  };

  it.each([
    [1, 111],
    [5, 312],
    [20, 1_250],
    [100, 6_250],
  ])('[BR-13] %i senders that wait for their answers reach about %i a second', (senders, expected) => {
    const { perSecond } = rate(senders);
    expect(perSecond).toBeGreaterThan(expected * 0.97);
    expect(perSecond).toBeLessThan(expected * 1.03);
  });

  it('[BR-13] one fsync answers two or three of five senders, and all of its half of a hundred', () => {
    const mean = (sizes: number[]) => sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    expect(mean(rate(5).batches.map((entry) => entry.a))).toBeCloseTo(2.5, 1);
    expect(mean(rate(100).batches.map((entry) => entry.a))).toBeCloseTo(50, 0);
  });

  it('[BR-13] a request that comes during an fsync waits for the next one', () => {
    const cluster = broker({ flushDiskType: 'SYNC_FLUSH' });
    cluster.send(50 * MS);
    cluster.send(100 * MS);
    cluster.send(104 * MS);
    cluster.run(S);
    const [, first, second] = cluster.replies;
    expect(first?.tookUs).toBeLessThan(10 * MS);
    expect(second?.tookUs).toBeGreaterThan(12 * MS);
  });

  it('[BR-14] answers FLUSH_DISK_TIMEOUT after 5 s, and the message stays', () => {
    const cluster = broker({ flushDiskType: 'SYNC_FLUSH' }, { env: { fsyncUs: 6 * S } });
    cluster.send(S);
    cluster.run(10 * S);
    expect(cluster.replies).toHaveLength(1);
    expect(cluster.replies[0]?.status).toBe(Code.FLUSH_DISK_TIMEOUT);
    expect(cluster.replies[0]?.tookUs).toBeGreaterThanOrEqual(5 * S);
    expect(cluster.replies[0]?.tookUs).toBeLessThan(5_010 * MS);
    expect(cluster.count(flushTimedOut)).toBe(1);
    expect(cluster.broker().store.log.flushed).toBe(1);
    expect(cluster.entries(flushedDispatched)[0]?.timeUs).toBeGreaterThan(7 * S);
  });

  it('[BR-14] frees the thread that put the message while its flush runs', () => {
    const cluster = broker(
      { flushDiskType: 'SYNC_FLUSH', sendMessageThreadPoolNums: 1 },
      { env: { fsyncUs: S } },
    );
    cluster.stream(100 * MS, 110 * MS, MS);
    cluster.run(200 * MS);
    expect(cluster.count(messageStored)).toBe(10);
  });

  it('[BR-15] does not wait for a message with WAIT=false, and flushes it all the same', () => {
    const cluster = broker({ flushDiskType: 'SYNC_FLUSH' });
    cluster.send(50 * MS);
    cluster.send(100 * MS, { wait: false });
    cluster.run(S);
    expect(cluster.count(waitSkipped)).toBe(1);
    expect(cluster.replies[1]?.tookUs).toBeLessThan(2 * MS);
    expect(cluster.broker().store.log.flushed).toBe(2);
  });

  it('[BR-15] says nothing of WAIT=false where nobody would wait', () => {
    const cluster = broker({});
    cluster.send(100 * MS, { wait: false });
    cluster.run(S);
    expect(cluster.count(waitSkipped)).toBe(0);
  });

  it('[BR-6] hides a message from consumers until it is flushed', () => {
    const cluster = broker({ flushDiskType: 'SYNC_FLUSH' }, { env: { fsyncUs: 50 * MS } });
    cluster.send(100 * MS);
    cluster.run(140 * MS);
    expect(cluster.count(messageStored)).toBe(1);
    expect(cluster.count(flushedDispatched)).toBe(0);
    cluster.run(S);
    expect(cluster.count(flushedDispatched)).toBe(1);
  });

  it('[VC-1] [BR-6] 4.9 shows a message before its fsync', () => {
    const cluster = broker({ flushDiskType: 'SYNC_FLUSH' }, { version: '4.9', env: { fsyncUs: 50 * MS } });
    cluster.send(100 * MS);
    cluster.run(140 * MS);
    expect(cluster.count(recordDispatched)).toBe(1);
  });

  it('[BR-17] waits for flush and replicas side by side, and names the replicas when both fail', () => {
    const cluster = new Cluster({
      env: { fsyncUs: 6 * S },
      brokers: {
        'broker-a:0': {
          flushDiskType: 'SYNC_FLUSH',
          brokerRole: 'SYNC_MASTER',
          inSyncReplicas: 2,
          slaveTimeout: 4_000,
        },
      },
    }).start();
    cluster.send(S);
    cluster.run(10 * S);
    expect(cluster.replies[0]?.status).toBe(Code.FLUSH_SLAVE_TIMEOUT);
    expect(cluster.replies[0]?.tookUs).toBeGreaterThanOrEqual(5 * S);
    expect(cluster.replies[0]?.tookUs).toBeLessThan(5_010 * MS);
    expect(cluster.count(replicaStatusWins)).toBe(1);
  });

  it.each([
    ['replicas', { slaveTimeout: 4_000 }, 8 * MS, Code.FLUSH_SLAVE_TIMEOUT, 4 * S],
    ['flush', { slaveTimeout: 1_000 }, 6 * S, Code.FLUSH_SLAVE_TIMEOUT, 5 * S],
  ] as const)(
    '[BR-17] the answer waits for the later of the two: %s',
    (_, config, fsyncUs, status, tookUs) => {
      const cluster = new Cluster({
        env: { fsyncUs },
        brokers: {
          'broker-a:0': {
            flushDiskType: 'SYNC_FLUSH',
            brokerRole: 'SYNC_MASTER',
            inSyncReplicas: 2,
            ...config,
          },
        },
      }).start();
      cluster.send(S);
      cluster.run(10 * S);
      expect(cluster.replies.map((reply) => reply.status)).toEqual([status]);
      expect(cluster.replies[0]?.tookUs).toBeGreaterThanOrEqual(tookUs);
      expect(cluster.replies[0]?.tookUs).toBeLessThan(tookUs + 20 * MS);
    },
  );

  it('[BR-11] is announced at the start and when it is set', () => {
    const cluster = broker({});
    cluster.run(S);
    cluster.sim.intervene(() =>
      setBrokerConfig(cluster.sim, cluster.node('broker-a:0'), { flushDiskType: 'SYNC_FLUSH' }),
    );
    cluster.send(2 * S);
    cluster.run(3 * S);
    expect(cluster.entries(flushModeSet)).toHaveLength(2);
    expect(cluster.count(groupFlushDone)).toBe(1);
  });

  it('[BR-11] flushes what ASYNC_FLUSH had left when it is set', () => {
    const cluster = broker({});
    cluster.run(12 * S);
    cluster.send(12_100 * MS);
    cluster.run(12_200 * MS);
    expect(cluster.broker().store.log.flushed).toBe(0);
    cluster.sim.intervene(() =>
      setBrokerConfig(cluster.sim, cluster.node('broker-a:0'), { flushDiskType: 'SYNC_FLUSH' }),
    );
    cluster.run(12_300 * MS);
    expect(cluster.broker().store.log.flushed).toBe(1);
  });
});

describe('transient store pool', () => {
  const pool = (more = {}) => broker({ transientStorePoolEnable: true, ...more });

  it('[BR-16] commits to the page cache once four pages have gathered', () => {
    const cluster = pool();
    cluster.stream(100 * MS, 150 * MS, MS);
    cluster.run(160 * MS);
    const commits = cluster.entries(poolCommitted);
    // The first put after a pause finds 200 ms passed; then 14 × 1 181 B reach into a fourth page.
    expect(commits[0]?.a).toBe(1);
    expect(commits.slice(1).every((entry) => entry.a === 13 || entry.a === 14)).toBe(true);
    const { log } = cluster.broker().store;
    expect(log.records.length - log.cached).toBeLessThanOrEqual(13);
  });

  it('[BR-16] commits at least each 200 ms at 20 msg/s', () => {
    const cluster = pool();
    cluster.stream(1 * S, 3 * S, 50 * MS);
    cluster.run(4 * S);
    // A put that comes 200 ms after a commit takes those since then along: at most four wait.
    const commits = cluster.entries(poolCommitted);
    expect(commits.length).toBeGreaterThan(8);
    expect(Math.max(...commits.map((entry) => entry.a - 1))).toBe(4);
  });

  it('[BR-16] commits 200 ms after the last put when no more come', () => {
    const cluster = pool();
    cluster.send(1_000 * MS);
    cluster.send(1_010 * MS);
    cluster.run(2 * S);
    const [, last] = cluster.entries(poolCommitted);
    const [, stored] = cluster.entries(messageStored);
    expect((last?.timeUs ?? 0) - (stored?.timeUs ?? 0)).toBe(200 * MS);
  });

  it('[BR-16] hides pooled bytes from consumers and from the flush', () => {
    const cluster = pool();
    cluster.send(1_000 * MS);
    cluster.send(1_010 * MS);
    cluster.run(1_100 * MS);
    expect(cluster.count(messageStored)).toBe(2);
    expect(cluster.count(recordDispatched)).toBe(1);
    cluster.run(2 * S);
    expect(cluster.count(recordDispatched)).toBe(2);
  });

  it('[BR-16] is not used with SYNC_FLUSH', () => {
    const cluster = pool({ flushDiskType: 'SYNC_FLUSH' });
    cluster.send(S);
    cluster.run(2 * S);
    expect(cluster.count(poolCommitted)).toBe(0);
    expect(cluster.broker().store.log.flushed).toBe(1);
  });

  it('[BR-16] is not used on a slave', () => {
    const slave = { brokerRole: 'SLAVE', transientStorePoolEnable: true } as const;
    const cluster = new Cluster({ brokers: { 'broker-a:0': {}, 'broker-a:1': slave } }).start();
    cluster.send(16 * S);
    cluster.run(18 * S);
    expect(cluster.broker('broker-a:1').store.log.cached).toBe(1);
    expect(cluster.count(poolCommitted)).toBe(0);
  });
});

describe('the kernel', () => {
  it('[EN-15] writes old dirty pages back by itself when it may, and the broker learns nothing of it', () => {
    const cluster = broker({ flushIntervalCommitLog: 100_000 }, { env: { dirtyExpireUs: 12 * S } });
    cluster.send(S);
    cluster.run(40 * S);
    expect(cluster.entries(writtenBack).map((entry) => Math.floor(entry.timeUs / S))).toEqual([15]);
    const { log, memory } = cluster.broker().store;
    expect(log.flushed).toBe(1);
    expect(memory.flushedRows).toBe(0);
  });

  it('[EN-15] never does so by default', () => {
    const cluster = broker({ flushIntervalCommitLog: 100_000 });
    cluster.send(S);
    cluster.run(90 * S);
    expect(cluster.broker().store.log.flushed).toBe(0);
  });

  it('[EN-16] lets an append wait when too much is dirty, until the disk has caught up', () => {
    const cluster = broker({}, { env: { dirtyBytesMax: 20_000, sequentialBytesPerSecond: 200_000 } });
    cluster.stream(100 * MS, 130 * MS, MS);
    cluster.run(2 * S);
    expect(cluster.count(writerThrottled)).toBeGreaterThan(0);
    expect(cluster.entries(writerReleased)[0]?.a).toBeGreaterThan(50 * MS);
    expect(cluster.replies.filter((reply) => reply.status === 0)).toHaveLength(30);
  });
});
