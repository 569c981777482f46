import { describe, expect, it } from 'vitest';
import { reportOf } from '../../../report/report';
import type { Run } from '../../../run';
import type { ConfigPatch } from '../../../scenario/config';
import { MASTER, SLAVE } from './broker.fixture';
import { flushBegun, poolCommitted } from './flush-kinds';
import { feedOpened } from './ha-kinds';
import { act, brokerSpec, endOfSleep, kill, producerSpec, runUntil, startRun } from './scenario.fixture';

// The scenarios of the syllabus as a user would run them: files, actions, and what the report says.

const MS = 1_000;
const S = 1_000_000;

describe('S12 kill it or unplug it', () => {
  const flushing = (config: ConfigPatch, load: object = { ratePerSecond: 1_000 }) =>
    startRun({ brokers: [brokerSpec(MASTER, config)], producers: [producerSpec(load)] });

  /** 400 ms after a flush began. */
  const loaded = (config: ConfigPatch) => {
    const run = flushing(config);
    run.advance(2 * S);
    const begun = config.flushDiskType === 'SYNC_FLUSH' ? run.sim.nowUs : runUntil(run, flushBegun).timeUs;
    run.advance(begun + 400 * MS);
    return run;
  };

  it('[BR-12] [BR-20] ASYNC_FLUSH, process killed: nothing is lost', () => {
    const run = loaded({});
    kill(run, MASTER, 'process');
    run.advance(run.sim.nowUs + S);
    expect(reportOf(run).verdict).toMatchObject({ acknowledgedLost: 0, stranded: 0 });
    act(run, { do: 'restart', target: MASTER });
    run.advance(run.sim.nowUs + 60 * S);
    expect(reportOf(run).verdict).toMatchObject({ acknowledgedLost: 0, unavailable: 0 });
  });

  it('[BR-12] [BR-20] ASYNC_FLUSH, power lost: the 400 messages since the last flush began', () => {
    const run = loaded({});
    kill(run, MASTER, 'power');
    run.advance(run.sim.nowUs + 10 * S);
    const { verdict, lost } = reportOf(run);
    expect(Math.abs(verdict.acknowledgedLost - 400)).toBeLessThanOrEqual(1);
    expect(lost[0]?.why).toEqual(expect.arrayContaining(['EN-3', 'BR-12']));
  });

  it('[BR-12] 2 msg/s of 300 B, power lost at 20.0 s: 19 messages', () => {
    const actions = Array.from({ length: 40 }, (_, i) => ({
      at: `${250 + 500 * i}ms`,
      do: 'send',
      target: 'producer-1',
      message: { key: `order-${i}` },
    }));
    const run = startRun({
      brokers: [brokerSpec(MASTER, {})],
      producers: [producerSpec({ ratePerSecond: 0, bodyBytes: 300 })],
      actions: [...actions, { at: '20s', do: 'kill', target: MASTER, failure: 'power' }],
    });
    run.advance(30 * S);
    expect(reportOf(run).verdict).toMatchObject({ acknowledged: 40, acknowledgedLost: 19 });
  });

  it('[BR-13] [CM-21] SYNC_FLUSH, power lost: nothing that was acknowledged', () => {
    const run = loaded({ flushDiskType: 'SYNC_FLUSH' });
    kill(run, MASTER, 'power');
    run.advance(run.sim.nowUs + 10 * S);
    const { verdict } = reportOf(run);
    expect(verdict.acknowledged).toBeGreaterThan(100);
    expect(verdict.acknowledgedLost).toBe(0);
  });

  it('[BR-16] transient store pool, process killed: up to 13 messages', () => {
    const run = flushing({ transientStorePoolEnable: true });
    run.advance(2 * S);
    const committed = runUntil(run, poolCommitted).timeUs;
    // Thirteen more are acknowledged; the fourteenth would fill the fourth page.
    run.advance(committed + 13 * MS + 900);
    kill(run, MASTER, 'process');
    run.advance(run.sim.nowUs + 5 * S);
    const { acknowledgedLost } = reportOf(run).verdict;
    expect(acknowledgedLost).toBeGreaterThanOrEqual(12);
    expect(acknowledgedLost).toBeLessThanOrEqual(13);
  });

  it('[BR-16] at 20 msg/s the rule of 200 ms decides: up to 4', () => {
    for (let offset = 0; offset < 250; offset += 25) {
      const run = flushing({ transientStorePoolEnable: true }, { ratePerSecond: 20 });
      run.advance(3 * S + offset * MS);
      kill(run, MASTER, 'process');
      run.advance(6 * S);
      expect(reportOf(run).verdict.acknowledgedLost).toBeLessThanOrEqual(4);
    }
  });
});

describe('S13 group commit', () => {
  const rate = (threads: number, config: ConfigPatch) => {
    const run = startRun({ brokers: [brokerSpec(MASTER, config)], producers: [producerSpec({ threads })] });
    run.advance(S);
    const before = reportOf(run).sends.SEND_OK;
    run.advance(3 * S);
    return (reportOf(run).sends.SEND_OK - before) / 2;
  };

  it.each([
    [1, 111],
    [5, 312],
    [20, 1_250],
    [100, 6_250],
  ])('[BR-13] %i threads: about %i a second', (threads, expected) => {
    const perSecond = rate(threads, { flushDiskType: 'SYNC_FLUSH' });
    expect(perSecond).toBeGreaterThan(expected * 0.97);
    expect(perSecond).toBeLessThan(expected * 1.03);
  });

  it('[BR-12] 20 threads with ASYNC_FLUSH: just under 20 000, by the round trip', () => {
    const perSecond = rate(20, {});
    expect(perSecond).toBeGreaterThan(17_000);
    expect(perSecond).toBeLessThan(20_000);
  });
});

describe("S14 who said 'I have it'?", () => {
  const pair = (config: ConfigPatch, productVersion: '5.3' | '4.9' = '5.3') => {
    const run = startRun({
      productVersion,
      environment: {
        network: { latencyMs: 0.475, jitterMs: 0.05 },
        disk: { fsyncMs: 8 },
        links: [{ between: [MASTER, SLAVE], latencyMs: 100 }],
      },
      brokers: [brokerSpec(MASTER, config), brokerSpec(SLAVE, { brokerRole: 'SLAVE' })],
      producers: [producerSpec({ mode: 'async', ratePerSecond: 1_000 })],
    });
    run.advance(2 * S);
    return run;
  };

  /** The disk goes at the end of the sender's sleep. */
  const loseDisk = (run: Run) => {
    endOfSleep(run);
    kill(run, MASTER, 'disk');
    run.advance(run.sim.nowUs + 10 * S);
    return reportOf(run);
  };

  it('[HA-3] [CM-12] ASYNC_MASTER: about 100 lost, older ones stranded on the slave', () => {
    const { verdict } = loseDisk(pair({}));
    expect(verdict.acknowledgedLost).toBeGreaterThanOrEqual(97);
    expect(verdict.acknowledgedLost).toBeLessThanOrEqual(101);
    expect(verdict.stranded).toBe(verdict.acknowledged - verdict.acknowledgedLost);
  });

  it('[HA-9] [VC-1] SYNC_MASTER of 4.9: nothing lost, 200 ms more for each send', () => {
    const run = pair({ brokerRole: 'SYNC_MASTER' }, '4.9');
    const { latencyMs } = reportOf(run);
    expect(latencyMs.send.p50).toBeGreaterThan(200);
    expect(latencyMs.send.p50).toBeLessThan(205);
    kill(run, MASTER, 'disk');
    run.advance(run.sim.nowUs + 10 * S);
    expect(reportOf(run).verdict.acknowledgedLost).toBe(0);
  });

  it('[HA-7] [CM-30] SYNC_MASTER of 5.3: about 100 lost, and the latency did not rise', () => {
    const report = loseDisk(pair({ brokerRole: 'SYNC_MASTER' }));
    expect(report.verdict.acknowledgedLost).toBeGreaterThanOrEqual(97);
    expect(report.verdict.acknowledgedLost).toBeLessThanOrEqual(101);
    expect(report.latencyMs.send.p50).toBeLessThan(2);
  });

  it('[HA-7] [CM-31] inSyncReplicas=2: nothing lost, 200 ms more', () => {
    const run = pair({ brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 });
    expect(reportOf(run).latencyMs.send.p50).toBeGreaterThan(200);
    kill(run, MASTER, 'disk');
    run.advance(run.sim.nowUs + 10 * S);
    expect(reportOf(run).verdict.acknowledgedLost).toBe(0);
  });

  it('[HA-8] [CM-34] inSyncReplicas=2 without a slave: each send ends after 3 s, and is stored', () => {
    const run = pair({ brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 });
    kill(run, SLAVE, 'process');
    run.advance(8 * S);
    const { sends, verdict, ledger } = reportOf(run);
    expect(sends.FLUSH_SLAVE_TIMEOUT).toBeGreaterThan(2_500);
    expect(verdict.acknowledgedLost).toBe(0);
    expect(ledger.stored).toBeGreaterThan(7_900);
  });

  it('[HA-5] [CM-32] a master that only lost power comes back without what its slave keeps', () => {
    const run = pair({ brokerRole: 'SYNC_MASTER', inSyncReplicas: 2, flushIntervalCommitLog: 60_000 });
    kill(run, MASTER, 'power');
    run.advance(5 * S);
    act(run, { do: 'restart', target: MASTER });
    runUntil(run, feedOpened);
    const { verdict } = reportOf(run);
    expect(verdict.acknowledgedLost).toBe(0);
    expect(verdict.stranded).toBeGreaterThan(1_500);
  });
});
