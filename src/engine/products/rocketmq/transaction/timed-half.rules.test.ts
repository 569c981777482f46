import { describe, expect, it } from 'vitest';
import { messageDetails } from '../../../report/message';
import { losesEndAt, type Transacting, transacting } from './transacting.fixture';

/** A timer on a transaction: 5.3.3 hangs the half message itself into the wheel. */

const HALF_TOPIC = 'RMQ_SYS_TRANS_HALF_TOPIC';
const WHEEL_TOPIC = 'rmq_sys_wheel_timer';

/** One message at a moment, with what it carries. */
const sendAt = (atS: number, message: object = {}) => ({ at: `${atS}s`, do: 'send', target: 'p', message });
const timed = (atS: number, message: object = {}) => sendAt(atS, { timerDelayMs: 5_000, ...message });
const playing = (actions: readonly object[], setup: Transacting = {}) =>
  transacting({ ...setup, sendsAtS: [], actions: actions as never });

describe('a timer on a transaction', () => {
  it('[SC-8] takes the half message into the wheel, where a COMMIT and the wheel lead back to the half topic', () => {
    const run = playing([timed(10)]).untilS(29);
    const topics = run.topics().filter((topic) => topic !== 'RMQ_SYS_TRANS_OP_HALF_TOPIC');
    expect(topics).toEqual([WHEEL_TOPIC, HALF_TOPIC, HALF_TOPIC]);
    expect(run.count('timer.half-hung')).toBe(1);
    expect(run.count('transaction.commit-misled')).toBe(1);
    expect(run.atS('timer.half-due')).toEqual([expect.closeTo(15, 0)]);
    expect(run.seen()).toEqual([0]);
    const kept = messageDetails(run.cluster.run, 0)?.copies.map((copy) => copy.kept?.as);
    expect(kept).toEqual(['timed', 'half', 'half']);
  });

  it('[SC-8] lets its producer be asked until it is parked: what was committed is never seen', () => {
    const run = playing([timed(10)]).untilS(700);
    // The end named offset 0 as done, which is the copy that the COMMIT wrote; the copy of the wheel is asked about.
    expect(run.count('half.first-checked')).toBe(1);
    expect(run.count('half.checked')).toBe(14);
    expect(run.count('half.parked')).toBe(1);
    expect(run.count('transaction.committed-unseen')).toBe(1);
    expect(run.seen()).toEqual([0]);
    expect(run.report.judges.transactions).toBe('broken');
    expect(run.verdict.unresolvedTransactions).toBe(1);
  });

  it('[SC-8] that is rolled back is a half message again when the wheel brings it: its producer is asked', () => {
    // The half queue has an entry: the offset that the rollback names is not that of the copy to come.
    const run = playing([sendAt(8), timed(10, { outcome: 'rollback' })]).untilS(120);
    expect(run.texts('transaction.check-answered')).toEqual(['ROLLBACK']);
    expect(run.seen()).toEqual([1, 0]);
    expect(run.report.judges.transactions).toBe('holds');
    expect(run.verdict.unresolvedTransactions).toBe(0);
  });

  it('[SC-8] marks the half message of another transaction as done, which then is asked about no more', () => {
    const other = sendAt(10);
    const alone = playing([other, losesEndAt(10)]).untilS(120);
    expect(alone.seen()).toEqual([1]);
    const run = playing([other, losesEndAt(10), timed(12)]).untilS(120);
    expect(run.cluster.entries('op.wrong-half').map(({ b }) => b)).toEqual([0]);
    expect(run.seen()).toEqual([0, 0]);
    expect(run.cluster.entries('half.first-checked').map(({ a }) => a)).not.toContain(0);
  });

  it('[SC-8] may name an offset a second time in one op message, which is done with the first', () => {
    const run = playing([sendAt(10), timed(10)]).untilS(45);
    const [op] = run.cluster.entries('op.written');
    expect(op?.b).toBe(2);
    expect(run.cluster.entries('op.wrong-half').map(({ b }) => b)).toEqual([0]);
    const { offsets } = run.cluster.broker().service;
    expect(offsets.get('RMQ_SYS_TRANS_OP_HALF_TOPIC@CID_RMQ_SYS_TRANS')?.[0]).toBeGreaterThan(0);
  });

  it('[SC-8] refuses the send where the wheel takes no such timer: the local transaction is never run', () => {
    for (const brokerConfig of [{ timerWheelEnable: false }, { timerMaxDelaySec: 1 }]) {
      const run = playing([timed(10)], { brokerConfig }).untilS(40);
      expect(run.count('transaction.local-never-run')).toBe(1);
      expect(run.topics()).toEqual([]);
    }
  });

  it('[SC-8] that is over when the half message comes spoils nothing', () => {
    expect(
      playing([timed(10, { timerDelayMs: -1 })])
        .untilS(40)
        .seen(),
    ).toEqual([1]);
  });
});
