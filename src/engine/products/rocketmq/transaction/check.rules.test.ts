import { describe, expect, it } from 'vitest';
import { recordPropsOf } from '../../../model/world';
import { acting, MASTER, SLAVE } from '../acting-master.fixture';
import { BROKER } from '../consumer/consuming.fixture';
import { losesEndAt, transacting } from './transacting.fixture';

/** What a broker does about half messages that do not end. */

const NEVER = { outcomes: ['unknown'], local: { answers: ['unknown'] } } as const;
const every = (count: number, stepS: number, fromS = stepS) =>
  Array.from({ length: count }, (_, i) => fromS + i * stepS);
const CHECKS = ['half.first-checked', 'half.checked'];

describe('checks', () => {
  it('[TX-9] [TX-8] [TX-10] begin at the first tick behind 6 s, come each 30 s, and end after 15', () => {
    const run = transacting(NEVER).untilS(500);
    const checks = run.cluster.entries(CHECKS).map(({ atMs }) => Math.round(atMs / 1000));
    expect(checks).toEqual(every(15, 30));
    expect(run.atS('half.parked').map(Math.round)).toEqual([480]);
    expect(run.count('transaction.rollback-taken')).toBe(0);
    expect(run.count('check.begun', 481)).toBe(0);
    expect(run.seen()).toEqual([0]);
  });

  it('[TX-6] [VC-1] come each 60 s in 4.9', () => {
    const run = transacting({ ...NEVER, version: '4.9' }).untilS(1_000);
    const checks = run.cluster.entries(CHECKS).map(({ atMs }) => Math.round(atMs / 1000));
    expect(checks).toEqual(every(15, 60));
    expect(run.atS('half.parked').map(Math.round)).toEqual([960]);
  });

  it('[TX-9] let a half that is younger than 6 s stop the scan, with all behind it', () => {
    const young = transacting({ ...NEVER, sendsAtS: [26] }).untilS(70);
    expect(young.cluster.entries('check.stopped-at-young').map(({ b }) => Math.round(b / 1e6))).toEqual([4]);
    expect(young.atS('half.first-checked').map(Math.round)).toEqual([60]);
    // The half that was born first reaches the queue last: it is old enough, and stands behind a young one.
    const behind = transacting({
      sendsAtS: [22, 25],
      outcomes: ['unknown', 'unknown'],
      local: { answers: ['unknown'] },
      environment: { network: { latencyMs: 0.5, jitterMs: 0 } },
      actions: [{ at: '21900ms', do: 'freeze', target: BROKER, for: '100ms' }],
    }).untilS(40);
    expect(behind.count('half.first-checked')).toBe(1);
    expect(behind.count('check.stopped-at-young')).toBe(1);
  });

  it('[TX-6] pass what has ended, ask about the rest, and keep the place', () => {
    const run = transacting({
      sendsAtS: [10, 11, 12, 13],
      outcomes: ['commit', 'unknown', 'rollback', 'unknown'],
      local: { answers: ['unknown'] },
    }).untilS(35);
    expect(run.count('half.first-checked')).toBe(2);
    const offset = (topic: string) =>
      run.cluster.broker().service.offsets.get(`${topic}@CID_RMQ_SYS_TRANS`)?.[0];
    expect(offset('RMQ_SYS_TRANS_HALF_TOPIC')).toBe(4);
    expect(offset('RMQ_SYS_TRANS_OP_HALF_TOPIC')).toBe(1);
    const copies = run.cluster.entries('half.first-checked').map(({ a }) => a);
    const { arena } = run.cluster.sim.state;
    expect(copies.map((record) => recordPropsOf(arena, record)?.checkTimes)).toEqual([1, 1]);
  });

  it('[TX-6] [VC-1] wait 1 s for more op messages when some were read; 4.9 and a pass without any do not', () => {
    const sends = { sendsAtS: [10, 11], outcomes: ['commit', 'unknown'], local: { answers: ['unknown'] } };
    expect(transacting(sends).untilS(70).atS('half.first-checked')).toEqual([31]);
    // The interval counts from the end of the check.
    expect(transacting(sends).untilS(70).atS('half.checked')).toEqual([61]);
    expect(
      transacting({ ...sends, version: '4.9' })
        .untilS(70)
        .atS('half.first-checked'),
    ).toEqual([60]);
    expect(transacting(NEVER).untilS(35).atS('half.first-checked')).toEqual([30]);
  });

  it('[TX-6] write a half with its own immunity anew, which counts as a check', () => {
    const run = transacting({
      outcomes: ['unknown'],
      local: { answers: ['unknown'], checkImmunitySeconds: 70 },
    }).untilS(125);
    expect(run.atS('half.immune').map(Math.round)).toEqual([30, 60]);
    expect(run.atS('half.checked').map(Math.round)).toEqual([90, 120]);
    expect(run.cluster.entries('half.checked').map(({ b }) => b)).toEqual([3, 4]);
    const { arena } = run.cluster.sim.state;
    const [first, second] = run.cluster.entries('half.immune').map(({ a }) => recordPropsOf(arena, a)?.ref);
    expect([first, second]).toEqual([0, 0]);
  });

  it('[TX-6] end after 60 s, and the next one goes on from there', () => {
    // On a CPU this slow each copy takes 0.1 s.
    const run = transacting({
      sendsAtS: [],
      local: { outcomes: ['unknown'], answers: ['unknown'] },
      actions: [
        { at: '10s', do: 'burst', target: 'p', messages: 1_000 },
        { at: '29s', do: 'slow', target: BROKER, part: 'cpu', factor: 10_000 },
      ],
    }).untilS(150);
    expect(run.atS('check.begun').map(Math.round)).toEqual([30, 120]);
    const firstPass = run.cluster.entries('half.first-checked').filter(({ atMs }) => atMs < 100_000).length;
    expect(firstPass).toBeGreaterThan(500);
    expect(firstPass).toBeLessThan(700);
    expect(run.cluster.entries('check.begun')[1]?.b).toBe(run.cluster.entries('check.begun')[0]?.b);
    expect(run.cluster.entries('check.begun')[1]?.a).toBe(1_000);
  });

  it('[TX-6] are not scheduled while there is nothing to look at', () => {
    const run = transacting({ sendsAtS: [10] }).untilS(200);
    expect(run.atS('check.begun').length).toBeLessThanOrEqual(2);
  });

  it('[TX-8] park what is older than fileReservedTime, and what has had its checks', () => {
    const old = transacting({
      ...NEVER,
      brokerConfig: {
        fileReservedTime: 1,
        transactionCheckMax: 1_000_000,
        transactionCheckInterval: 1_000_000,
      },
    }).untilS(5_000);
    expect(old.atS('half.parked').map(Math.round)).toEqual([4_000]);
    const few = transacting({ ...NEVER, brokerConfig: { transactionCheckMax: 2 } }).untilS(100);
    expect(few.cluster.entries(CHECKS).length).toBe(2);
    expect(few.topics().filter((topic) => topic === 'TRANS_CHECK_MAX_TIME_TOPIC')).toHaveLength(1);
    const [nameserver] = few.cluster.sim.state.product.nameservers.values();
    expect([...(nameserver?.tables.topicQueueTable.get('TRANS_CHECK_MAX_TIME_TOPIC')?.keys() ?? [])]).toEqual(
      ['broker-a'],
    );
  });

  it('[TX-8] tell nobody: the business was done, and the message is never seen', () => {
    const run = transacting({ ...NEVER, brokerConfig: { transactionCheckMax: 1 } }).untilS(100);
    expect(run.count('transaction.committed-unseen')).toBe(1);
    expect(run.report.judges.transactions).toBe('broken');
    expect(run.verdict.unresolvedTransactions).toBe(1);
  });

  it('[TX-10] roll nothing back by time: transactionTimeOut only moves the first check', () => {
    const run = transacting({ ...NEVER, brokerConfig: { transactionTimeOut: 40_000 } }).untilS(100);
    expect(run.cluster.entries(CHECKS).map(({ atMs }) => Math.round(atMs / 1000))).toEqual([60, 90]);
    expect(run.count('transaction.rollback-taken')).toBe(0);
  });
});

describe('who is asked', () => {
  const OTHERS = ['p2', 'p3'].map((id) => ({ id, mode: 'transaction' }));

  it('[TX-7] the producers of the group take turns, whoever had sent', () => {
    const run = transacting({
      sendsAtS: [10, 11, 12, 13],
      outcomes: ['unknown', 'unknown', 'unknown', 'unknown'],
      producers: OTHERS,
    }).untilS(35);
    const asked = run.cluster.entries('transaction.check-answered').map(({ node }) => node);
    expect([...new Set(asked)].sort()).toEqual(['p', 'p2', 'p3']);
    expect(asked[3]).toBe(asked[0]);
    // What is known to the memory of the sender alone the others do not know.
    expect(run.texts('transaction.check-answered').filter((text) => text === 'UNKNOW').length).toBe(
      asked.filter((node) => node !== 'p').length,
    );
  });

  it('[TX-7] another producer finds the answer in the database of the sender', () => {
    const local = { database: 'orders-db', outcomes: ['unknown'] };
    const run = transacting({
      databases: [{ id: 'orders-db' }, { id: 'others-db' }],
      local,
      producers: [{ id: 'p2', mode: 'transaction', localTransaction: { database: 'orders-db' } }],
      actions: [{ at: '15s', do: 'kill', target: 'p', failure: 'process' }],
    }).untilS(35);
    expect(run.cluster.entries('transaction.check-answered').map(({ node }) => node)).toEqual(['p2']);
    expect(run.seen()).toEqual([1]);
  });

  it('[TX-7] one that looks into another database does not know, and one without a listener says nothing', () => {
    const asks = (other: Readonly<Record<string, unknown>>) =>
      transacting({
        databases: [{ id: 'orders-db' }, { id: 'others-db' }],
        local: { database: 'orders-db', outcomes: ['unknown'] },
        producers: [{ id: 'p2', ...other }],
        actions: [{ at: '15s', do: 'kill', target: 'p', failure: 'process' }],
      }).untilS(65);
    const stranger = asks({ mode: 'transaction', localTransaction: { database: 'others-db' } });
    expect(stranger.texts('transaction.check-answered')).toEqual(['UNKNOW', 'UNKNOW']);
    const deaf = asks({ mode: 'sync' });
    expect(deaf.count('transaction.check-unheard')).toBe(2);
    expect(deaf.verdict.unresolvedTransactions).toBe(1);
  });

  it('[TX-7] with nobody to ask the check counts all the same', () => {
    const run = transacting({
      outcomes: ['unknown'],
      actions: [{ at: '15s', do: 'kill', target: 'p', failure: 'process' }],
    }).untilS(500);
    expect(run.count('check.nobody')).toBe(15);
    expect(run.count('check.sent')).toBe(0);
    expect(run.count('half.parked')).toBe(1);
  });
});

describe('two commits of one message', () => {
  it('[TX-12] a local transaction slower than the first check is delivered twice', () => {
    const run = transacting({ local: { takesMs: 25_000 } }).untilS(70);
    // Asked at 30 s, while it runs; committed at 35 s, which settles the old copy; the new one at 60 s.
    expect(run.texts('transaction.check-answered')).toEqual(['UNKNOW', 'COMMIT']);
    expect(run.count('transaction.old-copy-ended')).toBe(1);
    expect(run.seen()).toEqual([2]);
    expect(run.verdict.duplicates).toBe(1);
    const quick = transacting({ local: { takesMs: 12_000 } }).untilS(70);
    expect([quick.seen(), quick.verdict.duplicates]).toEqual([[1], 0]);
  });

  it('[TX-12] an immunity that covers the local transaction does not help when a check falls between', () => {
    // The op message names the first copy, which lies below the place of the check: it is not looked up.
    const run = transacting({ local: { takesMs: 25_000, checkImmunitySeconds: 60 } }).untilS(95);
    expect(run.atS('half.immune').map(Math.round)).toEqual([30, 60]);
    expect(run.count('transaction.end-too-late')).toBe(0);
    expect(run.seen()).toEqual([2]);
  });

  it('[TX-12] an answer that is late by a check is one too many', () => {
    const run = transacting({
      actions: [losesEndAt(10), { at: '29s', do: 'freeze', target: 'p', for: '35s' }],
    }).untilS(100);
    expect(run.count('check.sent')).toBe(2);
    expect(run.seen()).toEqual([2]);
  });

  it('[TX-12] an end that is still in the memory of the broker when the check comes is not seen', () => {
    // Committed at 25 s, written down at 30 s, a moment behind the check.
    const run = transacting({ local: { takesMs: 15_000 } }).untilS(70);
    expect(run.atS('op.written')[0]).toBe(30);
    expect(run.seen()).toEqual([2]);
    expect(
      transacting({ version: '4.9', local: { takesMs: 15_000 } })
        .untilS(130)
        .seen(),
    ).toEqual([1]);
  });

  it('[TX-12] a ROLLBACK that answers the check of a running transaction closes the copy alone', () => {
    const run = transacting({ local: { takesMs: 25_000, answers: ['rollback'] } }).untilS(70);
    expect(run.count('transaction.rollback-taken')).toBe(1);
    expect(run.seen()).toEqual([1]);
    expect(run.report.judges.transactions).toBe('holds');
  });
});

describe('half messages of a dead master', () => {
  const dies = (enableRemoteEscape: boolean) =>
    acting({
      config: { enableRemoteEscape },
      producer: { mode: 'transaction', localTransaction: { outcomes: ['unknown'] } },
      actions: [
        ...[10, 11, 12, 13].map((s) => ({ at: `${s}s`, do: 'send', target: 'p', message: { key: `k${s}` } })),
        { at: '20s', do: 'kill', target: MASTER, failure: 'process' },
      ],
    }).until(170_000);

  it('[HA-19] [TX-6] are handed to another master by the slave that acts for it, and asked about there', () => {
    const cluster = dies(true);
    const held = cluster
      .entries('half.prepared')
      .filter(({ node, atMs }) => node === MASTER && atMs < 20_000);
    expect(held.length).toBeGreaterThan(0);
    expect(cluster.entries('half.escaped').map(({ node }) => node)).toEqual(held.map(() => SLAVE));
    expect(cluster.count('check.sent', 0, SLAVE)).toBe(0);
    expect(cluster.count('record.consumed')).toBe(4);
    expect(cluster.deliveredTwice()).toBe(0);
  });

  it('[HA-19] stay where they are without enableRemoteEscape', () => {
    const cluster = dies(false);
    expect(cluster.count('half.escaped')).toBe(0);
    expect(cluster.count('record.consumed')).toBe(
      4 - cluster.entries('half.prepared').filter(({ node }) => node === MASTER).length,
    );
  });
});
