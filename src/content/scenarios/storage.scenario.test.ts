import { describe, expect, it } from 'vitest';
import { flushBegun, poolCommitted } from '../../engine/products/rocketmq/broker/flush-kinds';
import { endOfSleep, runUntil } from '../../engine/products/rocketmq/broker/scenario.fixture';
import asyncAsyncPower from './grid-async-async-power.json';
import asyncSyncBoth from './grid-async-sync-both-power.json';
import syncAsyncDisk from './grid-sync-async-disk.json';
import syncSyncDisk from './grid-sync-sync-disk.json';
import groupCommit from './group-commit.json';
import lightTraffic from './light-traffic-power-loss.json';
import diskLost from './master-disk-lost.json';
import offHeap from './off-heap-pool.json';
import oneLog from './one-log-many-indexes.json';
import { type Changes, play } from './playing.fixture';
import powerAsync from './power-loss-async.json';
import powerSync from './power-loss-sync.json';
import trap from './sync-master-trap.json';

/** The numbers of S11 to S15 in the built-in scenarios. The whole grid of S15 is a test of the store. */

const MASTER = 'broker-a:0';
const kill = (failure: string, target = MASTER) => ({ do: 'kill', target, failure });
const restart = { do: 'restart', target: MASTER };

const expectWithin = (value: number, from: number, to: number) => {
  expect(value).toBeGreaterThanOrEqual(from);
  expect(value).toBeLessThanOrEqual(to);
};

describe('S11 one log, many indexes', () => {
  it('[BR-1] [BR-3] [BR-6] A1 B1 A2 stand in one log in that order, each in the ConsumeQueue of its topic', () => {
    const run = play(oneLog).until(3_000);
    expect(run.entries('message.stored', 1_000).map(({ atMs }) => Math.floor(atMs))).toEqual([
      2_000, 2_100, 2_200,
    ]);
    const [a, b] = ['A', 'B'].map((topic) => run.queue(0, 'broker-a', topic));
    expect(run.entries('record.dispatched', 1_000).map(({ a: record }) => run.queueOf(record))).toEqual([
      a,
      b,
      a,
    ]);
  });

  it('[BR-24] reading moves the offset and deletes nothing', () => {
    const run = play(oneLog).until(20_000);
    expect(run.count('record.consumed')).toBe(2);
    expect(run.broker().store.log.records.length).toBe(3);
  });

  it('[BR-18] [BR-22] after a kill its queues are as they were', () => {
    const run = play(oneLog, {
      actions: [
        { at: '5s', ...kill('process') },
        { at: '8s', ...restart },
      ],
    });
    run.until(20_000);
    expect(run.broker().store.log.records.length).toBe(3);
    expect(run.deliveredTwice()).toBeLessThanOrEqual(2);
  });
});

describe('S12 kill it or unplug it', () => {
  /** 400 ms behind the beginning of a flush, at 1,000 messages a second. */
  const loaded = (file: object, flushes: boolean) => {
    const run = play(file, { phases: 'aligned', producer: { ratePerSecond: 1_000 }, consumers: [] }).until(
      1_000,
    );
    const begunUs = flushes ? runUntil(run.run, flushBegun).timeUs : run.run.sim.nowUs;
    return run.until(begunUs / 1_000 + 400);
  };

  it('[BR-20] ASYNC_FLUSH, a killed process: nothing', () => {
    const run = loaded(powerAsync, true).act(kill('process'));
    run.until(run.nowMs + 1_000).act(restart);
    expect(run.until(run.nowMs + 4_000).report().verdict).toMatchObject({
      acknowledgedLost: 0,
      unavailable: 0,
    });
  });

  it('[BR-12] [BR-20] ASYNC_FLUSH, no power: the 400 since the flush began', () => {
    const run = loaded(powerAsync, true).act(kill('power'));
    const { verdict } = run.until(run.nowMs + 5_000).report();
    expectWithin(verdict.acknowledgedLost, 399, 401);
  });

  it('[BR-12] two small messages a second, no power at 20 s: 19', () => {
    const { verdict } = play(lightTraffic).until(30_000).report();
    expect(verdict).toMatchObject({ acknowledged: 40, acknowledgedLost: 19 });
  });

  it('[BR-12] with a thorough flush each second: one to three', () => {
    const often = { at: '15s', do: 'set', target: MASTER, config: { flushCommitLogThoroughInterval: 1_000 } };
    expectWithin(
      play(lightTraffic, { actions: [often] })
        .until(30_000)
        .report().verdict.acknowledgedLost,
      1,
      3,
    );
  });

  it('[BR-13] [CM-21] SYNC_FLUSH, no power: nothing that was acknowledged', () => {
    const run = loaded(powerSync, false).act(kill('power'));
    const { verdict } = run.until(run.nowMs + 5_000).report();
    expect(verdict.acknowledged).toBeGreaterThan(100);
    expect(verdict.acknowledgedLost).toBe(0);
  });

  it('[BR-16] the off-heap pool, a killed process: up to 13', () => {
    const run = play(offHeap).until(1_000);
    const committed = runUntil(run.run, poolCommitted).timeUs;
    run.until(committed / 1_000 + 13.9).act(kill('process'));
    expectWithin(run.until(4_000).report().verdict.acknowledgedLost, 12, 13);
  });
});

describe('S13 group commit', () => {
  const perSecond = (threads: number, masterConfig = {}) => {
    const run = play(groupCommit, { producer: { threads }, masterConfig }).until(500);
    const before = run.report().sends.SEND_OK;
    return run.until(1_500).report().sends.SEND_OK - before;
  };

  it.each([
    [1, 111],
    [5, 312],
    [20, 1_250],
    [100, 6_250],
  ])('[BR-13] %i threads: %i a second', (threads, expected) => {
    expectWithin(perSecond(threads), expected * 0.97, expected * 1.03);
  });

  it('[BR-12] ASYNC_FLUSH: just under 20,000', () => {
    expectWithin(perSecond(20, { flushDiskType: 'ASYNC_FLUSH' }), 17_000, 20_000);
  });
});

describe("S14 who said 'I have it'?", () => {
  const pair = (changes: Changes) =>
    play(trap, { phases: 'aligned', producer: { ratePerSecond: 1_000 }, consumers: [], ...changes }).until(
      1_500,
    );
  const p50 = (run: ReturnType<typeof pair>) => run.report().latencyMs.send.p50;
  const lost = (run: ReturnType<typeof pair>) => {
    run.act(kill('disk'));
    return run.until(run.nowMs + 5_000).report().verdict.acknowledgedLost;
  };

  it('[HA-3] [CM-12] ASYNC_MASTER: about 100', () => {
    const run = pair({ masterConfig: { brokerRole: 'ASYNC_MASTER' } });
    endOfSleep(run.run);
    expectWithin(lost(run), 97, 101);
  });

  it('[HA-7] [CM-30] SYNC_MASTER of 5.3 as it is: about 100, and no latency', () => {
    const run = pair({});
    endOfSleep(run.run);
    expect(p50(run)).toBeLessThan(2);
    expectWithin(lost(run), 97, 101);
  });

  it('[HA-7] [CM-31] inSyncReplicas=2: 0, and 200 ms more', () => {
    const run = pair({ masterConfig: { inSyncReplicas: 2 } });
    expectWithin(p50(run), 200, 205);
    expect(lost(run)).toBe(0);
  });

  it('[HA-9] [VC-1] SYNC_MASTER of 4.9: 0, and 200 ms more', () => {
    const run = pair({ version: '4.9' });
    expectWithin(p50(run), 200, 205);
    expect(lost(run)).toBe(0);
  });

  it('[HA-8] [CM-34] inSyncReplicas=2 and no slave: FLUSH_SLAVE_TIMEOUT after 3 s each', () => {
    const run = pair({ producer: { ratePerSecond: 100 }, masterConfig: { inSyncReplicas: 2 } });
    run.act(kill('process', 'broker-a:1')).until(7_000);
    const { sends, verdict } = run.report();
    expect(sends.FLUSH_SLAVE_TIMEOUT).toBeGreaterThan(200);
    expect(verdict.acknowledgedLost).toBe(0);
  });

  it('[HA-3] [CM-12] in the cluster of two groups the lost disk costs up to 100 ms of its own messages', () => {
    const run = play(diskLost, { producer: { ratePerSecond: 1_000 }, consumers: [] }).until(1_500);
    expectWithin(lost(run), 0, 51);
  });
});

describe('S15 the durability grid: four of its cells', () => {
  const verdictOf = (file: object) => play(file).until(9_000).report().verdict;

  it('[CM-11] [HA-5] A, the master without power comes back: about 100 lost, 275 stranded', () => {
    const { acknowledgedLost, stranded } = verdictOf(asyncAsyncPower);
    expectWithin(acknowledgedLost, 97, 101);
    expect(stranded).toBe(275);
  });

  it('[CM-32] [HA-5] A with inSyncReplicas=2: nothing lost, 174 stranded', () => {
    const config = { brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 };
    const actions = [{ at: '1s', do: 'set', target: MASTER, config }];
    const { verdict } = play(asyncAsyncPower, { actions }).until(9_000).report();
    expect(verdict).toMatchObject({ acknowledgedLost: 0, stranded: 174 });
  });

  it('[CM-32] [HA-6] B, both without power: what neither disk has is lost', () => {
    const { acknowledgedLost, stranded } = verdictOf(asyncSyncBoth);
    expectWithin(acknowledgedLost + stranded, 190, 210);
    expect(acknowledgedLost).toBeGreaterThan(150);
  });

  it('[CM-22] C, the flushed disk is destroyed: about 90 lost', () => {
    expectWithin(verdictOf(syncAsyncDisk).acknowledgedLost, 82, 93);
  });

  it('[CM-36] [CM-33] D, the same with a slave that is waited for: nothing', () => {
    expect(verdictOf(syncSyncDisk).acknowledgedLost).toBe(0);
  });
});
