import { describe, expect, it } from 'vitest';
import { listAt, recordOf, recordPropsOf } from '../../../model/world';
import { BROKER } from '../consumer/consuming.fixture';
import { endTransaction } from '../protocol';
import { losesEndAt, type TransactingRun, transacting } from './transacting.fixture';

/** The broker's side of transactions: half messages, their ends, op messages. */

const opsOf = (run: TransactingRun) => {
  const { arena } = run.cluster.sim.state;
  return run.cluster.entries('op.written').map(({ a }) => listAt(arena, recordPropsOf(arena, a)?.ref ?? -1));
};
const inTurn = (count: number, fromS: number, stepS: number) =>
  Array.from({ length: count }, (_, i) => fromS + i * stepS);

describe('half messages', () => {
  it('[TX-3] stand in a topic of their own, remember their queue, and no consumer sees them', () => {
    const run = transacting({ local: { takesMs: 4_000 } }).untilS(13);
    const { arena } = run.cluster.sim.state;
    expect(run.topics()).toEqual(['RMQ_SYS_TRANS_HALF_TOPIC']);
    const props = recordPropsOf(arena, 0)!;
    expect(props.role).toBe('half');
    expect(arena.queues[props.realQueue]?.topic).toBe('Orders');
    expect(run.count('record.delivered')).toBe(0);
    run.untilS(15);
    expect(run.count('record.delivered')).toBe(1);
    expect(recordOf(arena, 1).queue).toBe(props.realQueue);
  });

  it('[TX-3] are refused with NO_PERMISSION by a broker that takes no transactions', () => {
    const run = transacting({ brokerConfig: { rejectTransactionMessage: true } }).untilS(12);
    expect(run.topics()).toEqual([]);
    expect(run.count('half.refused')).toBe(3);
    expect(Object.keys(run.report.statuses)[0]).toContain('MQBrokerException 16');
  });

  it('[TX-3] wait for flush and replicas as any message does; what is committed waits for neither', () => {
    const run = transacting({ brokerConfig: { flushDiskType: 'SYNC_FLUSH' } }).untilS(12);
    const { arena } = run.cluster.sim.state;
    expect([recordOf(arena, 0).wait, recordOf(arena, 1).wait]).toEqual([true, false]);
    expect(run.atS('send.ok')[0]! - run.atS('half.prepared')[0]!).toBeGreaterThan(0.008);
  });
});

describe('the end of a transaction', () => {
  it('[TX-4] COMMIT writes the same message anew into its own queue and notes the half as done', () => {
    const run = transacting({}).untilS(20);
    const { arena } = run.cluster.sim.state;
    expect(run.topics()).toEqual(['RMQ_SYS_TRANS_HALF_TOPIC', 'Orders', 'RMQ_SYS_TRANS_OP_HALF_TOPIC']);
    expect(recordOf(arena, 1).message).toBe(recordOf(arena, 0).message);
    expect(opsOf(run)).toEqual([[0]]);
    expect(run.report.judges.transactions).toBe('holds');
  });

  it('[TX-4] ROLLBACK only notes it; the half stays in the log', () => {
    const run = transacting({ outcomes: ['rollback'] }).untilS(20);
    expect(run.topics()).toEqual(['RMQ_SYS_TRANS_HALF_TOPIC', 'RMQ_SYS_TRANS_OP_HALF_TOPIC']);
    expect(run.verdict.unresolvedTransactions).toBe(0);
    expect(run.report.judges.transactions).toBe('holds');
  });

  it('[TX-4] UNKNOW changes nothing', () => {
    const run = transacting({ outcomes: ['unknown'] }).untilS(20);
    expect(run.topics()).toEqual(['RMQ_SYS_TRANS_HALF_TOPIC']);
    expect(run.verdict.unresolvedTransactions).toBe(1);
  });

  it('[TX-4] of another group, or of what is no half message of this broker, is refused', () => {
    const run = transacting({ local: { takesMs: 20_000 } }).untilS(15);
    const end = { producerGroup: 'others', record: 0, state: 'COMMIT', fromCheck: false } as const;
    run.cluster.ask(endTransaction, end, { from: 'p' });
    expect(run.count('transaction.end-refused')).toBe(1);
    run.cluster.ask(endTransaction, { ...end, producerGroup: 'pg' }, { from: 'p' });
    expect(run.count('transaction.end-refused')).toBe(1);
    expect(run.seen()).toEqual([1]);
  });

  it('[TX-4] is refused by a slave', () => {
    const run = transacting({
      brokers: [
        { id: BROKER, brokerName: 'broker-a', config: {} },
        { id: 'broker-a:1', brokerName: 'broker-a', brokerId: 1, config: { brokerRole: 'SLAVE' } },
      ],
      local: { takesMs: 20_000 },
    }).untilS(15);
    const end = { producerGroup: 'pg', record: 0, state: 'COMMIT', fromCheck: false } as const;
    run.cluster.ask(endTransaction, end, { from: 'p', to: 'broker-a:1' });
    expect(run.count('transaction.end-refused')).toBe(1);
    expect(run.seen()).toEqual([0]);
  });

  it('[TX-11] that is late is refused when the half has an immunity of its own that is over; 4.9 takes it', () => {
    const late = (version: '5.3' | '4.9') =>
      transacting({ version, sendsAtS: [31], local: { takesMs: 12_000, checkImmunitySeconds: 10 } }).untilS(
        50,
      );
    const run = late('5.3');
    expect(run.count('transaction.end-too-late')).toBe(1);
    expect(run.seen()).toEqual([0]);
    // The answer to the check counts: nothing is lost.
    expect(run.untilS(65).seen()).toEqual([1]);
    expect(late('4.9').count('transaction.end-too-late')).toBe(0);
    const inTime = transacting({
      sendsAtS: [31],
      local: { takesMs: 9_000, checkImmunitySeconds: 10 },
    }).untilS(50);
    expect(inTime.count('transaction.end-too-late')).toBe(0);
    // Nothing is over below transactionTimeOut.
    const short = transacting({ local: { takesMs: 4_000, checkImmunitySeconds: 2 } }).untilS(20);
    expect([short.count('transaction.end-too-late'), short.seen()]).toEqual([0, [1]]);
    const without = transacting({ sendsAtS: [31], local: { takesMs: 12_000 } }).untilS(50);
    expect([without.count('transaction.end-too-late'), without.seen()]).toEqual([0, [1]]);
  });
});

describe('op messages', () => {
  it('[TX-5] [VC-1] are written in batches of 3 s by 5.x, one for each half at once by 4.9', () => {
    const sends = { sendsAtS: inTurn(20, 10, 0.5) };
    const five = transacting(sends).untilS(25);
    // The thread wakes at 3, 6, 9 … s; the first end came at 10.006 s.
    expect(five.atS('op.written')).toEqual([15, 18, 21]);
    expect(opsOf(five).map(({ length }) => length)).toEqual([10, 6, 4]);
    expect(opsOf(five).flat()).toEqual([...Array(20).keys()]);
    const four = transacting({ ...sends, version: '4.9' }).untilS(25);
    expect(opsOf(four)).toEqual([...Array(20).keys()].map((half) => [half]));
    expect(four.atS('op.written')[0]).toBeCloseTo(10.007, 2);
  });

  it('[TX-5] are written at once when the offsets exceed transactionOpMsgMaxSize, and the waits count from there', () => {
    const run = transacting({
      sendsAtS: inTurn(10, 10, 0.1),
      brokerConfig: { transactionOpMsgMaxSize: 7 },
    }).untilS(20);
    // `0,1,2,3,` are eight bytes: more than seven. What is left is written 3 s after the last message.
    expect(opsOf(run)).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
    const [first, second, third] = run.atS('op.written') as [number, number, number];
    expect(second - first).toBeCloseTo(0.4, 2);
    expect(third - second).toBeCloseTo(3, 2);
  });

  it('[TX-12] that were not written when the broker dies are forgotten: it asks again, and delivers twice', () => {
    const crash = (afterS: number) =>
      transacting({
        actions: [
          { at: `${10 + afterS}s`, do: 'kill', target: BROKER, failure: 'process' },
          { at: `${11 + afterS}s`, do: 'restart', target: BROKER },
        ],
      }).untilS(110);
    const early = crash(2);
    expect(early.count('op.forgotten')).toBe(1);
    expect(early.seen()).toEqual([2]);
    expect(early.verdict.duplicates).toBe(1);
    const orderly = transacting({
      actions: [
        { at: '12s', do: 'remove', target: BROKER },
        { at: '16s', do: 'restart', target: BROKER },
      ],
    }).untilS(110);
    expect([orderly.count('op.forgotten'), orderly.seen()]).toEqual([1, [2]]);
    const later = crash(6);
    expect(later.count('op.forgotten')).toBe(0);
    expect(later.seen()).toEqual([1]);
  });
});

describe('a broker that is down', () => {
  it('[TX-13] loses the COMMIT; when it is back it asks, and only it can commit', () => {
    const run = transacting({
      local: { takesMs: 3_000 },
      brokers: ['a', 'b'].map((name) => ({
        id: `broker-${name}:0`,
        brokerName: `broker-${name}`,
        config: {},
      })),
      actions: [
        { at: '11s', do: 'kill', target: 'broker-a:0', failure: 'process' },
        { at: '11s', do: 'kill', target: 'broker-b:0', failure: 'process' },
        { at: '20s', do: 'restart', target: 'broker-a:0' },
        { at: '20s', do: 'restart', target: 'broker-b:0' },
      ],
    }).untilS(49);
    const holder = run.cluster.entries('half.prepared')[0]!.node;
    expect(run.count('transaction.commit-taken')).toBe(0);
    expect(run.cluster.entries('half.waited').map(({ node }) => node)).toEqual([holder]);
    expect(run.verdict.unresolvedTransactions).toBe(1);
    run.untilS(60);
    // Its timers count from 20 s.
    expect(run.atS('half.first-checked')).toEqual([50]);
    expect(run.cluster.entries('transaction.commit-taken').map(({ node }) => node)).toEqual([holder]);
    expect(run.seen()).toEqual([1]);
    expect(run.report.judges.transactions).toBe('holds');
  });

  it('[TX-13] has nothing to wait for when everything had ended', () => {
    const run = transacting({
      actions: [
        { at: '20s', do: 'kill', target: BROKER, failure: 'process' },
        { at: '21s', do: 'restart', target: BROKER },
      ],
    }).untilS(25);
    expect(run.count('half.waited')).toBe(0);
  });
});

describe('the judge of transactions', () => {
  it('[EN-27] sees a committed message that is never shown, and a rolled-back one that is', () => {
    const unseen = transacting({
      outcomes: ['unknown'],
      local: { answers: ['rollback'] },
    }).untilS(35);
    expect(unseen.report.judges.transactions).toBe('broken');
    expect(unseen.count('transaction.committed-unseen')).toBe(1);
    const shown = transacting({ outcomes: ['exception'], local: { answers: ['commit'] } }).untilS(35);
    expect(shown.report.judges.transactions).toBe('broken');
    expect(shown.count('transaction.rolled-back-seen')).toBe(1);
  });

  it('[EN-20] takes a half message for no promise: one that dies with a disk was lost only if its business is done', () => {
    const dies = (outcome: string) =>
      transacting({
        outcomes: [outcome],
        actions: [losesEndAt(10), { at: '12s', do: 'kill', target: BROKER, failure: 'disk' }],
      }).untilS(15).verdict;
    expect(dies('rollback').acknowledgedLost).toBe(0);
    expect(dies('commit').acknowledgedLost).toBe(1);
  });

  it('[EN-25] balances with op messages, which nobody has sent', () => {
    const run = transacting({ sendsAtS: inTurn(5, 10, 1) }).untilS(30);
    expect(run.report.ledger).toEqual({ sent: 5, stored: 5, balanced: true });
    expect(run.report.judges.conservation).toBe('holds');
  });
});
