import { describe, expect, it } from 'vitest';
import dledgerElects from '../../../content/scenarios/dledger-elects-a-leader.json';
import slaveActs from '../../../content/scenarios/slave-acts-as-master.json';
import { verdictOf } from '../../checkers/verdict';
import { Run } from '../../run';
import { accepted } from '../../scenario/scenario.fixture';
import { Group } from './dledger/dledger.fixture';

/** The numbers of S17 for a DLedger group, and of S16 for an acting master, in the built-in scenarios. */

const play = (file: object, seed: number, actions: readonly object[]) =>
  new Group(new Run(accepted({ ...file, seed, actions }).scenario));

describe('S17 a DLedger group', () => {
  /** The leader dies at 40 s; what is told of the election and of the writes, s. */
  const leaderDies = (seed: number, failure: string) => {
    const run = play(dledgerElects, seed, []).until(40_000);
    const heardMs = Math.max(
      ...run.followers.map((name) => run.broker(name).store.memory.raft.heardUs / 1000),
    );
    run.act({ do: 'kill', target: 'leaderOf:busiest', failure });
    run.until(90_000);
    const s = (type: string) => run.first(type, 40_001)!.atMs / 1000;
    return {
      run,
      electedS: s('raft.elected') - heardMs / 1000,
      masterS: s('raft.master'),
      storedS: s('message.stored'),
      elections: run.entries('raft.elected', 40_000).length,
    };
  };

  it.each([1, 2, 3, 4])(
    '[HA-21] [HA-23] [CM-47] a killed leader: elected 6.3 to 8 s after its last heartbeat, written again a route poll later (seed %i)',
    (seed) => {
      const { run, electedS, masterS, storedS } = leaderDies(seed, 'process');
      expect(electedS).toBeGreaterThan(6.3);
      expect(electedS).toBeLessThan(8);
      expect(storedS - masterS).toBeGreaterThan(0);
      expect(storedS - masterS).toBeLessThanOrEqual(30.1);
      expect(verdictOf(run.run).acknowledgedLost).toBe(0);
    },
  );

  it.each([1, 2, 3, 4])(
    '[HA-21] [CM-47] a leader without power: the first vote waits 2 to 3 s for its answer (seed %i)',
    (seed) => {
      const { run, electedS, storedS } = leaderDies(seed, 'power');
      expect(electedS).toBeGreaterThan(8.3);
      expect(electedS).toBeLessThan(12);
      expect(storedS).toBeLessThan(40 + 12 + 30.1);
      expect(verdictOf(run.run).acknowledgedLost).toBe(0);
    },
  );
});

describe('S16 an acting master', () => {
  const dies = () =>
    play(slaveActs, 1, [
      { at: '20s', do: 'pause', target: 'consumer-1' },
      { at: '20s', do: 'pause', target: 'consumer-2' },
      { at: '40s', do: 'kill', target: 'broker-a:0', failure: 'process' },
      { at: '41s', do: 'resume', target: 'consumer-1' },
      { at: '41s', do: 'resume', target: 'consumer-2' },
    ]).until(100_000);

  it('[HA-19] [CM-40] is read within a route poll, and takes nothing', () => {
    const run = dies();
    const slave = run.node('broker-a:1');
    const answered = run.entries('pull.answered', 40_000, 'broker-a:1');
    expect(answered[0]!.atMs).toBeLessThan(72_000);
    expect(run.entries('message.stored', 40_010).every(({ node }) => node === 'broker-b:0')).toBe(true);
    expect(run.consumer('consumer-1').client.brokerAddrs.get('broker-a')).toEqual([[0, slave]]);
    // All that had been stored on broker-a is on its slave, and consumed.
    const verdict = verdictOf(run.run);
    expect(verdict).toMatchObject({ acknowledgedLost: 0, stranded: 0 });
    expect(run.rows('broker-a:1')).toBeGreaterThan(1_900);
  });
});
