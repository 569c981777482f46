import { describe, expect, it } from 'vitest';
import { processOf } from '../../../model/env';
import { isLost, messageLost } from '../../../model/ledger';
import { recordAt } from '../../../model/log';
import { shutdownProcess } from '../../../model/process';
import { recordOf } from '../../../model/world';
import type { BrokerConfig } from '../../../scenario/config';
import { Code } from '../protocol';
import { Cluster, type ClusterOptions } from './broker.fixture';
import { flushBegun, poolLost, unacknowledgedLost, unflushedLost } from './flush-kinds';
import { messageStored, offsetsRewound } from './log-kinds';
import { readMetadata } from './metadata-file';
import {
  abortFound,
  consumeQueuesRebuilt,
  crashTook,
  recoveryBegun,
  recoveryDone,
  topicsUnsyncedLost,
  topicsWritten,
} from './recovery-kinds';
import { consumeQueueOf, inPageCache, maxOffsetOf } from './store-state';

const MS = 1_000;
const S = 1_000_000;

const cluster = (config: Partial<BrokerConfig> = {}, more: ClusterOptions = {}) =>
  new Cluster({ ...more, brokers: { 'broker-a:0': config } }).start();

/** A cluster at 1 000 msg/s, 400 ms after the flush that began at 1.5 s or a little later. */
function loaded(config: Partial<BrokerConfig> = {}, more: ClusterOptions = {}) {
  const run = cluster(config, more);
  run.stream(100 * MS, 3 * S, MS, { timeoutMs: 1_000 });
  run.run(1_400 * MS);
  const sync = config.flushDiskType === 'SYNC_FLUSH';
  const begun = sync ? 1_500 * MS : run.runUntil(flushBegun).timeUs;
  run.run(begun + 400 * MS);
  return run;
}

const lost = (run: Cluster) => run.entries(messageLost).length;

describe('a killed process', () => {
  it('[BR-20] [CM-10] takes nothing: the page cache belongs to the kernel', () => {
    const run = loaded();
    const before = run.broker().store.log.records.length;
    run.kill('broker-a:0', 'process');
    expect(run.entries(crashTook).map((entry) => entry.a)).toEqual([0]);
    run.restart('broker-a:0').run(3 * S);
    expect(run.broker().store.log.records.length).toBeGreaterThanOrEqual(before);
    expect(lost(run)).toBe(0);
  });

  it('[BR-16] [BR-20] [CM-10] takes what was only in the transient store pool, acknowledged or not', () => {
    const run = loaded({ transientStorePoolEnable: true });
    const { log } = run.broker().store;
    while (log.records.length - log.cached < 13) run.sim.step();
    run.run(run.sim.nowUs + 600);
    const pooled = log.records.length - log.cached;
    expect(pooled).toBe(13);
    run.kill('broker-a:0', 'process');
    expect(run.entries(poolLost).map((entry) => [entry.a, entry.b])).toEqual([[13, 13 * 1_181]]);
    expect(lost(run)).toBe(13);
  });

  it('[CM-20] takes nothing with SYNC_FLUSH either', () => {
    const run = loaded({ flushDiskType: 'SYNC_FLUSH' });
    run.kill('broker-a:0', 'process').run(2 * S);
    expect(lost(run)).toBe(0);
  });
});

describe('a host without power', () => {
  it('[BR-20] [BR-12] [CM-11] loses all that was acknowledged after the last flush', () => {
    const run = loaded();
    run.kill('broker-a:0', 'power');
    const took = run.entries(unflushedLost)[0];
    expect(took?.a).toBeGreaterThanOrEqual(399);
    expect(took?.a).toBeLessThanOrEqual(401);
    expect(Math.abs(lost(run) - 400)).toBeLessThanOrEqual(1);
    const cause = run.entries(messageLost)[0]?.cause;
    expect(cause).toBe(took?.id);
  });

  it('[BR-13] [BR-20] [CM-21] loses nothing that a SYNC_FLUSH broker answered with OK', () => {
    const run = loaded({ flushDiskType: 'SYNC_FLUSH' });
    run.kill('broker-a:0', 'power').run(2 * S);
    expect(lost(run)).toBe(0);
    expect(run.entries(unacknowledgedLost)[0]?.a).toBeGreaterThan(0);
    expect(run.count(unflushedLost)).toBe(0);
  });

  it('[BR-15] [CM-21] loses a WAIT=false message that SYNC_FLUSH had answered', () => {
    const run = cluster({ flushDiskType: 'SYNC_FLUSH' }, { env: { fsyncUs: 100 * MS } });
    run.send(S, { wait: false });
    run.run(1_050 * MS);
    expect(run.replies[0]?.status).toBe(0);
    run.kill('broker-a:0', 'power');
    expect(lost(run)).toBe(1);
  });

  it('[BR-14] [CM-24] a message answered FLUSH_DISK_TIMEOUT may go, and is not called lost', () => {
    const run = cluster({ flushDiskType: 'SYNC_FLUSH' }, { env: { fsyncUs: 8 * S } });
    run.send(S);
    run.run(7 * S);
    expect(run.replies[0]?.status).toBe(Code.FLUSH_DISK_TIMEOUT);
    run.kill('broker-a:0', 'power');
    expect(run.broker().store.log.records.length).toBe(0);
    expect(lost(run)).toBe(0);
  });

  it('[BR-20] loses the pool and the page cache together', () => {
    const run = loaded({ transientStorePoolEnable: true });
    const { log } = run.broker().store;
    while (log.records.length === log.cached) run.sim.step();
    const [pooled, cached] = [log.records.length - log.cached, log.cached - log.flushed];
    run.kill('broker-a:0', 'power');
    expect(run.entries(poolLost)[0]?.a).toBe(pooled);
    expect(run.entries(unflushedLost)[0]?.a).toBe(cached);
    expect(run.entries(crashTook)[0]?.a).toBe(pooled + cached);
  });

  it('[BR-21] gives the lost offsets to later messages', () => {
    const run = loaded();
    const before = maxOffsetOf(consumeQueueOf(run.sim, run.broker(), 'Orders', 0));
    run.kill('broker-a:0', 'power').run(2 * S);
    run.revive('broker-a:0');
    const rewound = run.entries(offsetsRewound);
    expect(rewound).toHaveLength(4);
    const after = maxOffsetOf(consumeQueueOf(run.sim, run.broker(), 'Orders', 0));
    expect(after).toBe(rewound[0]?.b);
    expect(before - after).toBeGreaterThanOrEqual(99);
    const next = run.runUntil(messageStored);
    const { queue, offset } = recordOf(run.sim.state.arena, next.a);
    expect(offset).toBe(rewound.find((entry) => entry.a === queue)?.b);
  });

  it('[BR-21] queue at 120 loses 20, gets 30 more, and ends at 130 with other messages at 100 … 119', () => {
    const run = cluster({ flushCommitLogLeastPages: 1_000 });
    // Unconditional flushes at 0.5 and 10.5 s only: 100 messages before, 20 behind the second.
    run.stream(11_000 * MS - 10_000 * MS, 2_000 * MS, 10 * MS, { queueId: 0 });
    run.stream(11_000 * MS, 11_200 * MS, 10 * MS, { queueId: 0 });
    run.run(12 * S);
    expect(maxOffsetOf(consumeQueueOf(run.sim, run.broker(), 'Orders', 0))).toBe(120);
    run.kill('broker-a:0', 'power').revive('broker-a:0');
    expect(maxOffsetOf(consumeQueueOf(run.sim, run.broker(), 'Orders', 0))).toBe(100);
    // The client's old connection is unknown to the restarted host: what it sends first is lost.
    run.send(12_500 * MS, { queueId: 1 });
    run.stream(13 * S, 13_300 * MS, 10 * MS, { queueId: 0 });
    run.run(14 * S);
    expect(maxOffsetOf(consumeQueueOf(run.sim, run.broker(), 'Orders', 0))).toBe(130);
  });

  it('[BR-19] loses a topics.json that the journal had not committed, and keeps an older one', () => {
    const run = cluster();
    run.send(S, { topic: 'Early' });
    run.send(10 * S, { topic: 'Late' });
    run.run(12 * S);
    expect(run.count(topicsWritten)).toBe(2);
    run.kill('broker-a:0', 'power');
    expect(run.entries(topicsUnsyncedLost).map((entry) => entry.a)).toEqual([1]);
    expect(readMetadata(run.broker().store.disk.topicsFile).topics.map(({ topic }) => topic)).toEqual([
      'Orders',
      'Early',
    ]);
  });

  it('[BR-19] a killed process keeps the newest topics.json', () => {
    const run = cluster();
    run.send(10 * S, { topic: 'Late' });
    run.run(10_100 * MS);
    run.kill('broker-a:0', 'process').revive('broker-a:0');
    expect([...run.broker().store.memory.topics.keys()]).toEqual(['Orders', 'Late', 'TBW102']);
  });
});

describe('a lost disk', () => {
  it('[BR-20] [CM-12] [CM-22] takes everything, flushed or not', () => {
    const run = loaded({ flushDiskType: 'SYNC_FLUSH' });
    const acknowledged = run.replies.filter((reply) => reply.status === 0).length;
    run.kill('broker-a:0', 'disk');
    expect(lost(run)).toBe(acknowledged);
    expect(
      run.replies.every((reply) => reply.status !== 0 || isLost(run.sim.state.ledger, reply.message)),
    ).toBe(true);
    run.restart('broker-a:0').run(3 * S);
    expect([...run.broker().store.memory.topics.keys()]).toContain('TBW102');
    expect(run.broker().store.disk.queues.size).toBeGreaterThanOrEqual(0);
  });

  it('[CM-12] a broker without its disk has forgotten its topics, too', () => {
    const run = cluster();
    run.run(S);
    run.kill('broker-a:0', 'disk').restart('broker-a:0');
    expect([...run.broker().store.memory.topics.keys()]).toEqual(['TBW102']);
  });
});

describe('start and recovery', () => {
  it('[BR-22] finds the abort file after a crash, and none after a shutdown', () => {
    const run = loaded();
    run.kill('broker-a:0', 'process').restart('broker-a:0');
    run.run(4 * S);
    run.sim.intervene(() => shutdownProcess(run.sim as never, run.node('broker-a:0')));
    run.run(8 * S);
    expect(processOf(run.sim.state.env, run.node('broker-a:0')).state).toBe('down');
    run.restart('broker-a:0');
    expect(run.entries(abortFound).map((entry) => entry.a)).toEqual([0, 1, 0]);
  });

  it('[BR-20] a graceful shutdown loses nothing, and leaves all of it on the disk', () => {
    const run = loaded({ transientStorePoolEnable: true });
    run.sim.intervene(() => shutdownProcess(run.sim as never, run.node('broker-a:0')));
    run.run(6 * S);
    const { log } = run.broker().store;
    expect(log.flushed).toBe(log.records.length);
    expect(lost(run)).toBe(0);
  });

  it('[BR-23] checks the log before it serves: cold bytes from the disk, then each byte', () => {
    const run = loaded();
    run.kill('broker-a:0', 'power').restart('broker-a:0');
    const process = processOf(run.sim.state.env, run.node('broker-a:0'));
    expect(process.state).toBe('recovering');
    const bytes = run.entries(recoveryBegun)[0]?.b ?? 0;
    const done = run.runUntil(recoveryDone);
    // 500 MB/s from the disk and 1 GB/s of checks.
    expect(done.b).toBeGreaterThanOrEqual(Math.floor(bytes / 500 + bytes / 1_000));
    expect(done.b).toBeLessThanOrEqual(Math.ceil(bytes / 500 + bytes / 1_000) + 2);
    expect(process.state).toBe('up');
  });

  it('[BR-23] needs no disk for what a killed process left in the page cache', () => {
    const run = loaded();
    run.kill('broker-a:0', 'process').restart('broker-a:0');
    const bytes = run.entries(recoveryBegun)[0]?.b ?? 0;
    expect(run.runUntil(recoveryDone).b).toBeLessThanOrEqual(Math.ceil(bytes / 1_000) + 1);
  });

  it('[BR-23] serves at once when there is nothing to check', () => {
    const run = cluster();
    run.run(S);
    run.kill('broker-a:0', 'process').restart('broker-a:0');
    expect(processOf(run.sim.state.env, run.node('broker-a:0')).state).toBe('up');
  });

  it('[BR-23] starts at the file that began 3 s before the checkpoint after a crash, at the newest after a shutdown', () => {
    const files = { mappedFileSizeCommitLog: 12_000 };
    const crash = cluster(files);
    crash.stream(S, 11 * S, 100 * MS);
    crash.run(11_500 * MS);
    crash.kill('broker-a:0', 'process').restart('broker-a:0');
    const first = recordAt(crash.broker().store.log, 100 - (crash.entries(recoveryBegun)[0]?.a ?? 0));
    expect(first % 10).toBe(0);
    // The last message came at 10.9 s and ten fill a file in a second: four files or five.
    expect(crash.entries(recoveryBegun)[0]?.a).toBeGreaterThanOrEqual(30);
    expect(crash.entries(recoveryBegun)[0]?.a).toBeLessThanOrEqual(50);

    const clean = cluster(files);
    clean.stream(S, 11 * S, 100 * MS);
    clean.run(12 * S);
    clean.sim.intervene(() => shutdownProcess(clean.sim as never, clean.node('broker-a:0')));
    clean.run(16 * S);
    clean.restart('broker-a:0');
    expect(clean.entries(recoveryBegun).map((entry) => entry.a)).toEqual([10]);
  });

  it('[VC-1] [BR-23] 4.9 checks the last three files after a shutdown', () => {
    const run = cluster({ mappedFileSizeCommitLog: 12_000 }, { version: '4.9' });
    run.stream(S, 11 * S, 100 * MS);
    run.run(12 * S);
    run.sim.intervene(() => shutdownProcess(run.sim as never, run.node('broker-a:0')));
    run.run(14 * S);
    run.restart('broker-a:0');
    expect(run.entries(recoveryBegun).map((entry) => entry.a)).toEqual([30]);
  });

  it('[BR-18] writes ConsumeQueue entries again that had not been dispatched', () => {
    const run = cluster();
    run.send(1_000 * MS);
    run.run(S);
    while (run.broker().store.log.records.length === 0) run.sim.step();
    run.kill('broker-a:0', 'process').restart('broker-a:0');
    run.run(2 * S);
    expect(run.entries(consumeQueuesRebuilt).map((entry) => entry.a)).toEqual([1]);
    expect(maxOffsetOf(consumeQueueOf(run.sim, run.broker(), 'Orders', 0))).toBe(1);
  });

  it('[BR-23] a cold page cache holds only what recovery has read', () => {
    const run = cluster({ mappedFileSizeCommitLog: 12_000 });
    run.stream(S, 11 * S, 100 * MS);
    run.run(22 * S);
    expect(inPageCache(run.sim, run.broker(), 0)).toBe(true);
    run.kill('broker-a:0', 'power').restart('broker-a:0');
    run.run(24 * S);
    expect(inPageCache(run.sim, run.broker(), 0)).toBe(false);
    expect(inPageCache(run.sim, run.broker(), 9 * 12_000)).toBe(true);
  });

  it('[BR-20] what a restarted broker takes for flushed may still be only in the page cache', () => {
    const run = cluster({ flushIntervalCommitLog: 600_000 });
    run.stream(S, 2 * S, 10 * MS);
    run.run(3 * S);
    run.kill('broker-a:0', 'process').restart('broker-a:0');
    run.run(4 * S);
    expect(run.broker().store.memory.flushedRows).toBe(100);
    expect(run.broker().store.log.flushed).toBe(0);
    run.kill('broker-a:0', 'power');
    expect(lost(run)).toBe(100);
  });
});
