import { describe, expect, it } from 'vitest';
import halfAPromise from '../../../../content/scenarios/half-a-promise.json';
import neverEnds from '../../../../content/scenarios/question-that-never-ends.json';
import { messageBornUs, recordMessage } from '../../../model/world';
import { Run } from '../../../run';
import { accepted } from '../../../scenario/scenario.fixture';
import { Consuming } from '../consumer/consuming.fixture';
import { TransactingRun } from './transacting.fixture';

/** The numbers of S31 and S32, in the built-in scenarios. */

type File = typeof halfAPromise | typeof neverEnds;

function play(file: File, changes: object = {}, local: object = {}): TransactingRun {
  const producers = file.producers.map((producer) => ({
    ...producer,
    localTransaction: { ...producer.localTransaction, ...local },
  }));
  return new TransactingRun(new Consuming(new Run(accepted({ ...file, producers, ...changes }).scenario)));
}

const quiet = (file: File) => file.producers.map((producer) => ({ ...producer, ratePerSecond: 0 }));

describe('S31 half a promise', () => {
  /** The commit of the first order behind a moment is lost: how long its message was unseen, s. */
  const lostCommit = (version: '5.3' | '4.9', seed: number, fromS: number) => {
    const run = play(halfAPromise, { seed, productVersion: version, actions: [] }).untilS(fromS);
    const { cluster } = run;
    const begun = () => cluster.entries('transaction.local-begun', fromS * 1000);
    cluster.untilTrue(() => begun().length > 0, 5_000);
    const { a: message, atMs } = begun()[0]!;
    cluster.until(atMs + 301);
    cluster.act({ do: 'drop', from: 'order-service-1', to: 'broker-a:0', messages: 1 });
    const { arena } = cluster.sim.state;
    const taken = () =>
      cluster
        .entries('transaction.commit-taken', fromS * 1000)
        .find(({ a }) => recordMessage(arena, a) === message);
    cluster.untilTrue(() => taken() !== undefined, 80_000);
    return taken()!.atMs / 1000 - messageBornUs(arena, message) / 1e6;
  };

  it('[TX-3] [TX-4] a message is seen behind its COMMIT, never behind a ROLLBACK, and an op message follows', () => {
    const run = play(halfAPromise).untilS(60);
    const { arena } = run.cluster.sim.state;
    const born = (record: number) => messageBornUs(arena, recordMessage(arena, record)) / 1000;
    const first = run.cluster.entries('record.delivered').map(({ a, atMs }) => atMs - born(a));
    expect(Math.min(...first)).toBeGreaterThan(300);
    expect(Math.max(...first)).toBeLessThan(330);
    // Every fifth is rolled back; the last one has not ended.
    expect(run.seen().filter((times) => times === 0).length).toBe(24);
    expect(run.verdict.duplicates).toBe(0);
    expect(run.report.judges.transactions).toBe('holds');
  });

  it.each([1, 2, 3])(
    '[TX-6] [TX-9] a lost COMMIT is made good 6 to 36 s after the birth (seed %i)',
    (seed) => {
      for (const fromS of [20, 31, 43]) {
        const unseenS = lostCommit('5.3', seed, fromS);
        expect(unseenS).toBeGreaterThan(6);
        expect(unseenS).toBeLessThan(38);
      }
    },
  );

  it('[TX-6] [TX-9] [VC-1] in 4.9 it takes 6 to 66 s', () => {
    const times = [20, 35, 50, 65].map((fromS) => lostCommit('4.9', 1, fromS));
    expect(Math.min(...times)).toBeGreaterThan(6);
    expect(Math.max(...times)).toBeLessThan(67);
    expect(Math.max(...times)).toBeGreaterThan(38);
  });

  it('[TX-7] [CM-57] the producer dies behind its commit: another one answers from the database', () => {
    const dies = (database: string | null) => {
      const run = play(
        { ...halfAPromise, producers: quiet(halfAPromise) },
        {
          actions: [
            {
              at: '10s',
              do: 'send',
              target: 'order-service-1',
              message: { key: 'order-lost', outcome: 'unknown' },
            },
            { at: '11s', do: 'kill', target: 'order-service-1', failure: 'process' },
          ],
        },
        database === null ? { database: undefined } : {},
      );
      return run.untilS(50);
    };
    const found = dies('orders-db');
    expect(found.cluster.entries('transaction.check-answered').at(-1)?.node).toBe('order-service-2');
    expect(found.texts('transaction.check-answered').at(-1)).toBe('COMMIT');
    expect(found.verdict.unresolvedTransactions).toBe(0);
    // Known to the memory of the dead process alone.
    const memory = dies(null);
    expect([...new Set(memory.texts('transaction.check-answered'))]).toEqual(['UNKNOW']);
    expect(memory.verdict.unresolvedTransactions).toBeGreaterThan(0);
  });

  it('[TX-4] a consumer that fails undoes nothing: the message goes to the dead letters', () => {
    const [consumer] = halfAPromise.consumers;
    const run = play(halfAPromise, {
      producers: quiet(halfAPromise),
      consumers: [{ ...consumer, poisonKeys: ['bad'], config: { maxReconsumeTimes: 1 } }],
      actions: [
        { at: '5s', do: 'send', target: 'order-service-1', message: { key: 'bad', outcome: 'commit' } },
      ],
    }).untilS(60);
    expect(run.report.groups['points-service']).toMatchObject({ deliveries: 2, deadLettered: 1 });
    expect(run.report.judges.transactions).toBe('holds');
  });
});

describe('S32 the question that never ends', () => {
  const burst = (changes: object = {}) =>
    play(neverEnds, {
      actions: [{ at: '10s', do: 'burst', target: 'order-service-1', messages: 1_000 }],
      ...changes,
    });

  it('[TX-8] [TX-9] [TX-10] a thousand halves are asked about 15 times each and parked: 16,000 further records', () => {
    const run = burst();
    run.untilS(505);
    expect(run.report.groups['points-service']?.deliveries).toBe(0);
    const topics = run.topics();
    expect(topics.filter((topic) => topic === 'RMQ_SYS_TRANS_HALF_TOPIC').length).toBe(1_000 + 15_000);
    expect(topics.filter((topic) => topic === 'TRANS_CHECK_MAX_TIME_TOPIC').length).toBe(1_000);
    expect(topics.length).toBe(17_000);
    expect(run.verdict.unresolvedTransactions).toBe(1_000);
    expect(run.report.judges.transactions).toBe('broken');
    // A pass over so many meets the copies that it wrote itself: those with their last question are parked at once.
    expect(run.count('check.begun')).toBe(15);
  });

  it.each([
    { version: '5.3', fromS: 456, toS: 486.5, seed: 1 },
    { version: '5.3', fromS: 456, toS: 486.5, seed: 2 },
    { version: '4.9', fromS: 906, toS: 966.5, seed: 1 },
    { version: '4.9', fromS: 906, toS: 966.5, seed: 2 },
  ])(
    '[TX-8] [TX-10] [VC-1] a few are parked $fromS to $toS s after birth in $version (seed $seed)',
    ({ version, fromS, toS, seed }) => {
      const run = burst({
        seed,
        productVersion: version,
        actions: [{ at: '10s', do: 'burst', target: 'order-service-1', messages: 10 }],
      }).untilS(10 + toS);
      const parked = run.atS('half.parked').map((atS) => atS - 10);
      expect(parked).toHaveLength(10);
      expect(Math.min(...parked)).toBeGreaterThan(fromS);
    },
  );

  /** One transaction of 51 s on aligned timers. */
  const slow = (answers: readonly string[], actions: readonly object[] = []) =>
    play(
      neverEnds,
      {
        phases: 'aligned',
        actions: [
          { at: '10s', do: 'send', target: 'order-service-1', message: { key: 'slow', outcome: 'commit' } },
          ...actions,
        ],
      },
      { takesMs: 51_000, answers },
    );

  it('[TX-12] a transaction of 51 s is committed, and its copy once more', () => {
    const run = slow(['truth']).untilS(60);
    expect(run.texts('transaction.check-answered')).toEqual(['UNKNOW']);
    expect(run.untilS(62).seen()).toEqual([1]);
    expect(run.untilS(100).seen()).toEqual([2]);
    expect(run.verdict.duplicates).toBe(1);
  });

  it('[TX-12] a ROLLBACK for "in progress" does not stop the late COMMIT; when that is lost, the message is gone', () => {
    const kept = slow(['rollback']).untilS(100);
    expect(kept.seen()).toEqual([1]);
    expect(kept.report.judges.transactions).toBe('holds');
    const lost = slow(
      ['rollback'],
      [{ at: '61002ms', do: 'drop', from: 'order-service-1', to: 'broker-a:0', messages: 1 }],
    ).untilS(100);
    expect(lost.seen()).toEqual([0]);
    expect(lost.report.judges.transactions).toBe('broken');
    expect(lost.verdict.acknowledgedLost).toBe(0);
  });

  it('[TX-7] two services that share a producer group: the wrong one is asked and never knows', () => {
    const [producer] = neverEnds.producers;
    const run = play(neverEnds, {
      databases: [...neverEnds.databases, { id: 'stock-db' }],
      producers: [
        { ...producer, localTransaction: { database: 'orders-db' } },
        { ...producer, id: 'stock-service-1', localTransaction: { database: 'stock-db' } },
      ],
      actions: [
        { at: '10s', do: 'send', target: 'order-service-1', message: { key: 'lost', outcome: 'unknown' } },
        { at: '11s', do: 'kill', target: 'order-service-1', failure: 'process' },
      ],
    }).untilS(505);
    expect([...new Set(run.texts('transaction.check-answered'))]).toEqual(['UNKNOW']);
    expect(run.count('transaction.check-answered')).toBe(15);
    expect(run.count('half.parked')).toBe(1);
  });
});
