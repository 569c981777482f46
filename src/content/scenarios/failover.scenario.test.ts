import { describe, expect, it } from 'vitest';
import { whyLost } from '../../engine/report/why';
import onceMore from './once-more.json';
import { play } from './playing.fixture';
import uncleanElection from './unclean-election.json';

describe('S17 a master that was not in sync', () => {
  it('[HA-26] [HA-29] enableElectUncleanMaster: what was acknowledged since the copy stopped is cut off', () => {
    const run = play(uncleanElection);
    expect(run.until(50_000).report().verdict).toMatchObject({ acknowledged: 2_500, stranded: 1_255 });
    const { verdict, lost } = run.until(90_000).report();
    expect(verdict).toMatchObject({ acknowledgedLost: 1_255, consumedBefore: 1_255, stranded: 0 });
    expect(lost[0]?.why[0]).toBe('HA-28');
    const { steps, complete } = whyLost(run.run, Number(lost[0]!.message.slice(2)))!;
    expect(complete).toBe(true);
    const told = ['link.cut', 'process.killed', 'broker.became-master', 'log.truncated', 'message.lost'];
    expect(steps.map(({ type }) => type).filter((type) => told.includes(type))).toEqual(told);
  });

  it('[HA-26] without it nobody is elected until the master is back, and nothing is lost', () => {
    const off = { at: '10s', do: 'set', target: 'controller-1', config: { enableElectUncleanMaster: false } };
    const { verdict, unavailableMs } = play(uncleanElection, { actions: [off] })
      .until(120_000)
      .report();
    expect(verdict).toMatchObject({ acknowledgedLost: 0, stranded: 0, unavailable: 0 });
    expect(unavailableMs.send.max).toBeGreaterThan(30_000);
  });
});

describe('S19 once more', () => {
  it('[CO-18] a group that goes back to 30 s at 60 s gets 300 messages again', () => {
    const { effects, groups } = play(onceMore).until(90_000).report();
    expect(effects).toEqual({ once: 600, lost: 0, doubled: 300 });
    expect(groups['order-service']).toMatchObject({ deliveries: 1_200, distinct: 900 });
  });

  it('[CO-18] a unique key keeps their effect single', () => {
    const { effects, groups } = play(onceMore, { consumer: { idempotent: 'uniqueKey' } })
      .until(90_000)
      .report();
    expect(effects).toEqual({ once: 900, lost: 0, doubled: 0 });
    expect(groups['order-service']?.deliveries).toBe(1_200);
  });
});
