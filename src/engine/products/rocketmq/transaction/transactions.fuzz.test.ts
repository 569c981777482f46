import { describe, expect, it } from 'vitest';
import { drawBelow } from '../../../core/rng';
import { type TransactingRun, transacting } from './transacting.fixture';

/** Whatever dies and comes back: an honest listener's data and what consumers see agree in the end. */

const BROKERS = ['broker-a:0', 'broker-b:0'];
const PRODUCERS = ['p', 'p2'];

function drawn(seed: number): TransactingRun {
  let ordinal = 0;
  const below = (bound: number) => drawBelow(bound, seed, 0, 77, ordinal++);
  const pick = <T>(list: readonly T[]) => list[below(list.length)] as T;
  const faults = Array.from({ length: 3 }, () => {
    const ms = 15_000 + below(60_000);
    const backMs = ms + 500 + below(20_000);
    const target = pick([...BROKERS, ...PRODUCERS]);
    const [producer, broker] = [pick(PRODUCERS), pick(BROKERS)];
    return pick([
      [
        { ms, do: 'kill', target, failure: pick(['process', 'power']) },
        { ms: backMs, do: 'restart', target },
      ],
      [
        { ms, do: 'cut', between: [producer, broker] },
        { ms: backMs, do: 'heal', between: [producer, broker] },
      ],
      [{ ms, do: 'freeze', target, for: `${backMs - ms}ms` }],
      [{ ms, do: 'drop', from: producer, to: broker, messages: 1 + below(5) }],
      [{ ms, do: 'drop', from: broker, to: producer, messages: 1 + below(5) }],
    ]);
  }).flat();
  const local = {
    database: 'orders-db',
    takesMs: pick([1, 50, 3_000, 9_000, 25_000]),
    outcomes: ['commit', 'commit', 'rollback', 'unknown', 'exception'],
    ...(below(3) === 0 ? { checkImmunitySeconds: pick([0, 5, 40]) } : {}),
  };
  return transacting({
    version: pick(['5.3', '5.3', '4.9']),
    seed,
    phases: 'seeded',
    sendsAtS: [],
    databases: [{ id: 'orders-db' }],
    // SYNC_FLUSH: what was answered SEND_OK outlives a power cut.
    brokers: BROKERS.map((id) => ({
      id,
      brokerName: id.slice(0, -2),
      config: { flushDiskType: 'SYNC_FLUSH' },
    })),
    producer: { ratePerSecond: 4, messages: 300 },
    producers: [{ id: 'p2', mode: 'transaction', ratePerSecond: 2, messages: 150, localTransaction: local }],
    local,
    actions: faults.sort((x, y) => x.ms - y.ms).map(({ ms, ...action }) => ({ at: `${ms}ms`, ...action })),
  });
}

const tally = { checked: 0, unasked: 0, duplicates: 0, aborted: 0, forgotten: 0 };

describe('transactions under faults', () => {
  it.each(Array.from({ length: 40 }, (_, i) => i + 1))(
    '[EN-27] agree with the business (seed %i)',
    (seed) => {
      const run = drawn(seed);
      const { sim } = run.cluster.run;
      run.untilS(40);
      const snapshot = run.cluster.run.snapshot();
      run.untilS(70);
      const digest = sim.digest;
      run.cluster.run.restore(snapshot);
      run.untilS(70);
      expect(sim.digest).toBe(digest);
      // Routes and channels are back, and every half message has been asked about.
      run.untilS(420);
      expect(run.report.judges).toMatchObject({ transactions: 'holds', conservation: 'holds' });
      expect(run.verdict.acknowledgedLost).toBe(0);
      expect(run.verdict.unresolvedTransactions).toBe(0);
      tally.checked += run.count('check.sent');
      tally.unasked += run.count('check.nobody');
      tally.duplicates += run.verdict.duplicates;
      tally.aborted += run.count('transaction.local-aborted');
      tally.forgotten += run.count('op.forgotten');
    },
  );

  it('have met what they are about', () => {
    for (const count of Object.values(tally)) expect(count).toBeGreaterThan(0);
  });
});
