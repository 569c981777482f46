import { describe, expect, it } from 'vitest';
import { BROKER } from '../consumer/consuming.fixture';
import { losesEndAt, transacting } from '../transaction/transacting.fixture';

/** The producer's side of transactions. */

describe('sendMessageInTransaction', () => {
  it('[TX-1] runs the local transaction on SEND_OK; COMMIT, ROLLBACK, UNKNOW, and UNKNOW for an exception', () => {
    const run = transacting({
      sendsAtS: [10, 11, 12, 13],
      outcomes: ['commit', 'rollback', 'unknown', 'exception'],
      local: { takesMs: 40 },
    }).untilS(20);
    expect(run.count('send.ok')).toBe(4);
    expect(run.texts('transaction.end-sent')).toEqual(['COMMIT', 'ROLLBACK', 'UNKNOW', 'UNKNOW']);
    expect(run.count('transaction.local-committed')).toBe(2);
    expect(run.count('transaction.local-rolled-back')).toBe(2);
    const [begun, done] = [
      run.atS('transaction.local-begun')[0]!,
      run.atS('transaction.local-committed')[0]!,
    ];
    expect(done - begun).toBeCloseTo(0.04, 3);
    expect(run.seen()).toEqual([1, 0, 0, 0]);
  });

  it('[TX-1] writes to the database, which takes its own time, when there is something to write', () => {
    const run = transacting({
      sendsAtS: [10, 11],
      outcomes: ['commit', 'rollback'],
      databases: [{ id: 'orders-db', latencyMs: 100, capacityPerSecond: 1000 }],
      local: { database: 'orders-db', takesMs: 40 },
    }).untilS(20);
    const [begun, second] = run.atS('transaction.local-begun') as [number, number];
    expect(run.atS('transaction.local-committed')[0]! - begun).toBeCloseTo(0.141, 3);
    expect(run.atS('transaction.local-rolled-back')[0]! - second).toBeCloseTo(0.04, 3);
  });

  it('[TX-1] does not run it on FLUSH_DISK_TIMEOUT: it rolls back at once', () => {
    const run = transacting({
      brokerConfig: { flushDiskType: 'SYNC_FLUSH' },
      producer: { config: { sendMsgTimeout: 10_000 } },
      actions: [{ at: '9s', do: 'slow', target: BROKER, part: 'disk', fsyncMs: 7_000 }],
    }).untilS(28);
    expect(run.count('send.flush-disk-timeout')).toBe(1);
    expect(run.count('transaction.local-begun')).toBe(0);
    expect(run.count('transaction.local-skipped')).toBe(1);
    expect(run.texts('transaction.end-sent')).toEqual(['ROLLBACK']);
    expect(run.count('transaction.rollback-taken')).toBe(1);
    expect(run.seen()).toEqual([0]);
  });

  it('[TX-1] runs nothing and tells nobody when the send raises; a half that was stored is asked about', () => {
    const run = transacting({
      producer: { config: { sendMsgTimeout: 1_000 } },
      actions: [{ at: '10s', do: 'drop', from: BROKER, to: 'p', messages: 1 }],
    }).untilS(65);
    expect(run.count('send.failed')).toBe(1);
    expect(run.count('transaction.local-never-run')).toBe(1);
    expect(run.count('transaction.end-sent')).toBe(0);
    // The timeout has closed the channel: at the first check the broker does not know the producer.
    expect(run.count('check.nobody')).toBe(1);
    expect(run.texts('transaction.check-answered')).toEqual(['ROLLBACK']);
    expect(run.verdict.unresolvedTransactions).toBe(0);
    expect(run.seen()).toEqual([0]);
  });

  it('[TX-1] clears the delay level: committed, it is there at once', () => {
    const run = transacting({ producer: { delayLevel: 5 }, local: { takesMs: 40 } }).untilS(20);
    expect(run.topics().slice(0, 2)).toEqual(['RMQ_SYS_TRANS_HALF_TOPIC', 'Orders']);
    const [delivered] = run.atS('record.delivered');
    expect(delivered! - run.atS('transaction.commit-taken')[0]!).toBeLessThan(0.01);
  });

  it('[TX-1] keeps its thread until the local transaction has ended, and knows no selector', () => {
    const run = transacting({
      sendsAtS: [],
      producer: { threads: 1, messages: 3, queueSelector: 'hashKey' },
      local: { takesMs: 500 },
    }).untilS(10);
    const begun = run.atS('transaction.begun');
    const sent = run.atS('transaction.end-sent');
    expect(begun[1]!).toBeGreaterThanOrEqual(sent[0]!);
    expect(begun[2]! - begun[1]!).toBeCloseTo(0.501, 2);
    expect([run.count('send.attempt'), run.count('send.attempt-by-key')]).toEqual([3, 0]);
  });

  it('[TX-2] sends the end once: lost on the wire it is not repeated, and the caller does not know', () => {
    const run = transacting({ actions: [losesEndAt(10)] }).untilS(29);
    expect(run.texts('transaction.end-sent')).toEqual(['COMMIT']);
    expect(run.count('transaction.commit-taken')).toBe(0);
    expect(run.verdict.unresolvedTransactions).toBe(1);
    expect(run.seen()).toEqual([0]);
  });

  it('[TX-2] goes to the broker of the half message, or nowhere when the route has lost it', () => {
    const run = transacting({
      sendsAtS: [10],
      local: { takesMs: 60_000 },
      actions: [{ at: '11s', do: 'kill', target: BROKER, failure: 'process' }],
    }).untilS(75);
    expect(run.count('transaction.end-sent') + run.count('transaction.end-unsent')).toBe(1);
    expect(run.count('transaction.commit-taken')).toBe(0);
  });
});

describe('a producer that dies', () => {
  it('[EN-18] leaves what it had committed, and its database rolls back the rest', () => {
    const dies = (afterMs: number) =>
      transacting({
        databases: [{ id: 'orders-db' }],
        local: { database: 'orders-db', takesMs: 2_000 },
        producers: [{ id: 'p2', mode: 'transaction', localTransaction: { database: 'orders-db' } }],
        actions: [
          losesEndAt(11.99),
          { at: `${10_000 + afterMs}ms`, do: 'kill', target: 'p', failure: 'process' },
        ],
      }).untilS(40);
    const early = dies(1_000);
    expect(early.count('transaction.local-aborted')).toBe(1);
    expect(early.texts('transaction.check-answered')).toEqual(['ROLLBACK']);
    expect(early.seen()).toEqual([0]);
    const late = dies(2_100);
    expect(late.count('transaction.local-aborted')).toBe(0);
    expect(late.texts('transaction.check-answered')).toEqual(['COMMIT']);
    expect(late.seen()).toEqual([1]);
  });
});

describe('answers to checks', () => {
  it('[TX-7] tell the truth: COMMIT, ROLLBACK, and UNKNOW while the local transaction runs', () => {
    const run = transacting({
      sendsAtS: [10, 11, 12],
      outcomes: ['unknown', 'exception', 'commit'],
      producer: {},
      actions: [
        { at: '11500ms', do: 'set', target: 'p', workload: { localTransaction: { takesMs: 40_000 } } },
      ],
    }).untilS(35);
    expect(run.texts('transaction.check-answered')).toEqual(['COMMIT', 'ROLLBACK', 'UNKNOW']);
    expect(run.seen()).toEqual([1, 0, 0]);
  });

  it('[TX-7] take turns where the workload gives them; an exception is UNKNOW', () => {
    const run = transacting({
      sendsAtS: [10, 11, 12],
      outcomes: ['unknown', 'unknown', 'unknown'],
      local: { answers: ['exception', 'rollback', 'commit'] },
    }).untilS(35);
    expect(run.texts('transaction.check-answered')).toEqual(['UNKNOW', 'ROLLBACK', 'COMMIT']);
  });
});
