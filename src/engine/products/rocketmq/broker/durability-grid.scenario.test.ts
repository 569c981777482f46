import { describe, expect, it } from 'vitest';
import { nodeOf } from '../../../model/env';
import { reportOf } from '../../../report/report';
import type { Run } from '../../../run';
import type { ConfigPatch } from '../../../scenario/config';
import { MASTER, SLAVE } from './broker.fixture';
import { flushBegun } from './flush-kinds';
import { act, brokerSpec, endOfSleep, kill, producerSpec, runUntil, startRun } from './scenario.fixture';
import { brokerOf } from './store-state';

// S15: flush × replication × failure. Each cell is a run; the verdict is read off its report.

const S = 1_000_000;
const SYNC_COPY: ConfigPatch = { brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 };
const SYNC_FLUSH: ConfigPatch = { flushDiskType: 'SYNC_FLUSH' };

interface Row {
  readonly master: ConfigPatch;
  readonly slave: ConfigPatch;
}
const A: Row = { master: {}, slave: {} };
const B: Row = { master: SYNC_COPY, slave: {} };
const C: Row = { master: SYNC_FLUSH, slave: SYNC_FLUSH };
const D: Row = { master: { ...SYNC_COPY, ...SYNC_FLUSH }, slave: SYNC_FLUSH };

/** The cluster at the moment of the fault, and how many messages the master has not flushed. */
function atFault({ master, slave }: Row): { run: Run; unflushed: number } {
  const run = startRun({
    environment: {
      network: { latencyMs: 0.475, jitterMs: 0.05 },
      disk: { fsyncMs: 8 },
      links: [{ between: [MASTER, SLAVE], latencyMs: 100 }],
    },
    brokers: [brokerSpec(MASTER, master), brokerSpec(SLAVE, { brokerRole: 'SLAVE', ...slave })],
    producers: [producerSpec({ mode: 'async', ratePerSecond: 1_000 })],
  });
  run.advance(2 * S);
  const begun =
    master.flushDiskType === 'SYNC_FLUSH' ? run.sim.nowUs : runUntil(run, flushBegun, MASTER).timeUs;
  // About 400 ms behind the beginning of the flush, and at the end of the HA sender's sleep where it sleeps.
  if (master.inSyncReplicas === 2) run.advance(begun + 400_000);
  else {
    run.advance(begun + 250_000);
    endOfSleep(run);
  }
  const { log } = brokerOf(run.sim as never, nodeOf(run.sim.state.env, MASTER) as number).store;
  return { run, unflushed: log.records.length - log.flushed };
}

const settle = (run: Run) => {
  run.advance(run.sim.nowUs + 5 * S);
  return reportOf(run).verdict;
};
const restart = (run: Run, target: string) => {
  run.advance(run.sim.nowUs + S);
  act(run, { do: 'restart', target });
};
const promote = (run: Run) => {
  run.advance(run.sim.nowUs + S);
  act(run, { do: 'set', target: SLAVE, config: { brokerRole: 'ASYNC_MASTER' }, workload: {} });
};

const between = (value: number, low: number, high: number) => {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
};

describe('the process is killed and restarted', () => {
  it.each([A, B, C, D])('[CM-10] [CM-20] [CM-31] no row loses anything', (row) => {
    const { run } = atFault(row);
    kill(run, MASTER, 'process');
    restart(run, MASTER);
    expect(settle(run)).toMatchObject({ acknowledgedLost: 0, stranded: 0, unavailable: 0 });
  });
});

describe('the master loses power and comes back', () => {
  const wait = (row: Row) => {
    const { run, unflushed } = atFault(row);
    kill(run, MASTER, 'power');
    restart(run, MASTER);
    return { verdict: settle(run), lost: reportOf(run).lost, unflushed };
  };

  it('[CM-11] A: what nobody was sent is lost, the rest of the tail is stranded on the slave', () => {
    const { verdict, lost, unflushed } = wait(A);
    between(verdict.acknowledgedLost, 97, 101);
    between(verdict.acknowledgedLost + verdict.stranded, unflushed - 2, unflushed);
    expect(verdict.stranded).toBeGreaterThan(250);
    // Twice as many had no copy until the slave was sent its share: the report lists those that are lost still.
    expect(lost).toHaveLength(verdict.acknowledgedLost);
  });

  it('[CM-32] B: the whole tail is stranded', () => {
    const { verdict, unflushed } = wait(B);
    expect(verdict.acknowledgedLost).toBe(0);
    // Two hundred milliseconds of messages were not acknowledged yet.
    between(verdict.stranded, unflushed - 205, unflushed - 195);
  });

  it.each([C, D])('[CM-21] [CM-36] C, D: nothing', (row) => {
    expect(wait(row).verdict).toMatchObject({ acknowledgedLost: 0, stranded: 0 });
  });
});

describe('the slave is promoted by hand', () => {
  const failOver = (row: Row, failure: 'power' | 'disk') => {
    const { run } = atFault(row);
    kill(run, MASTER, failure);
    promote(run);
    return settle(run);
  };

  it.each(['power', 'disk'] as const)(
    '[CM-11] [CM-12] A, %s: what the slave was not sent is lost',
    (failure) => {
      const verdict = failOver(A, failure);
      if (failure === 'disk') between(verdict.acknowledgedLost, 97, 101);
      else between(verdict.acknowledgedLost + verdict.unavailable, 97, 101);
      expect(verdict.stranded).toBe(0);
    },
  );

  it.each(['power', 'disk'] as const)('[CM-32] [CM-33] B, %s: nothing', (failure) => {
    expect(failOver(B, failure)).toMatchObject({ acknowledgedLost: 0, stranded: 0, unavailable: 0 });
  });

  it('[CM-21] C, power: what was acknowledged and not sent stands on the disk of the old master', () => {
    const verdict = failOver(C, 'power');
    expect(verdict.acknowledgedLost).toBe(0);
    between(verdict.stranded + verdict.unavailable, 82, 93);
  });

  it('[CM-22] C, disk: and is lost with it', () => {
    between(failOver(C, 'disk').acknowledgedLost, 82, 93);
  });

  it.each(['power', 'disk'] as const)('[CM-33] [CM-36] D, %s: nothing', (failure) => {
    expect(failOver(D, failure)).toMatchObject({ acknowledgedLost: 0, stranded: 0, unavailable: 0 });
  });
});

describe('both hosts lose power and come back', () => {
  const both = (row: Row) => {
    const { run, unflushed } = atFault(row);
    kill(run, MASTER, 'power');
    kill(run, SLAVE, 'power');
    restart(run, MASTER);
    restart(run, SLAVE);
    return { verdict: settle(run), unflushed };
  };

  it.each([A, B])('[CM-32] A, B: what neither disk has; what only the slave flushed is stranded', (row) => {
    const { verdict, unflushed } = both(row);
    const unacknowledged = row === B ? 200 : 0;
    between(
      verdict.acknowledgedLost + verdict.stranded,
      unflushed - unacknowledged - 5,
      unflushed - unacknowledged + 5,
    );
    expect(verdict.acknowledgedLost).toBeGreaterThan(150);
  });

  it.each([C, D])('[CM-36] C, D: nothing', (row) => {
    expect(both(row).verdict.acknowledgedLost).toBe(0);
  });
});
