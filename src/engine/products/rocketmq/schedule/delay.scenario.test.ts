import { describe, expect, it } from 'vitest';
import atAnySecond from '../../../../content/scenarios/at-any-second.json';
import closeTheOrder from '../../../../content/scenarios/close-the-order.json';
import { queueName, queueOf, recordMessage, recordQueue } from '../../../model/world';
import { reportOf } from '../../../report/report';
import { Run } from '../../../run';
import { MESSAGE_DEFAULTS } from '../../../scenario/defaults';
import { accepted } from '../../../scenario/scenario.fixture';
import { BROKER, Consuming, consuming } from '../consumer/consuming.fixture';

/** S30 of the syllabus: "Close the order in 30 minutes". */

const MINUTE_MS = 60_000;

const send = (run: Consuming, delayLevel: number) =>
  run.act({ do: 'send', target: 'p', message: { ...MESSAGE_DEFAULTS, delayLevel } });
const placesOf = (run: Consuming) =>
  run
    .entries('message.stored')
    .map(({ a }) => queueName(queueOf(run.sim.state.arena, recordQueue(run.sim.state.arena, a))));
const delivered = (run: Consuming) => run.entries('record.delivered', 0, 'c1');

describe('S30 by levels', () => {
  it('step 1: level 16 is 30 minutes; queue 15, then its own topic at most 0.1 s late', () => {
    const run = send(consuming(), 16).until(30 * MINUTE_MS);
    expect(placesOf(run)).toEqual(['SCHEDULE_TOPIC_XXXX@broker-a#15']);
    run.until(31 * MINUTE_MS);
    expect(placesOf(run)[1]).toMatch(/^Orders@/);
    const [got] = delivered(run);
    expect(got?.atMs).toBeGreaterThanOrEqual(30 * MINUTE_MS);
    expect(got?.atMs).toBeLessThan(30 * MINUTE_MS + 110);
    const report = reportOf(run.run);
    expect(report.ledger).toMatchObject({ sent: 1, stored: 1, balanced: true });
    expect(report.verdict.duplicates).toBe(0);
  });

  it('step 3: level 30 becomes 18, two hours', () => {
    const run = send(consuming(), 30).until(119 * MINUTE_MS);
    expect(placesOf(run)).toEqual(['SCHEDULE_TOPIC_XXXX@broker-a#17']);
    expect(delivered(run)).toHaveLength(0);
    run.until(121 * MINUTE_MS);
    expect(delivered(run)).toHaveLength(1);
  });

  it('step 5: a dead master delivers nothing, then all at once, and up to 10 s of delivered ones again', () => {
    const run = consuming({ producer: { ratePerSecond: 10, messages: 300, delayLevel: 2 } });
    run.until(28_000);
    const before = delivered(run).length;
    run.act({ do: 'kill', target: BROKER, failure: 'process' }).until(58_000);
    expect(delivered(run)).toHaveLength(before);
    run.act({ do: 'restart', target: BROKER }).until(120_000);
    const again = run.entries('delay.delivered-again').reduce((sum, { a }) => sum + a, 0);
    // Written at 20 s, killed at 28 s: what was delivered in between comes again.
    expect(again).toBeGreaterThan(70);
    expect(again).toBeLessThanOrEqual(81);
    expect(run.deliveredTwice()).toBe(again);
    const overdue = run.entries('delay.overdue-found').reduce((sum, { a }) => sum + a, 0);
    const late = run.entries('delay.over', 58_000);
    expect(late.filter(({ atMs }) => atMs - (late[0]?.atMs ?? 0) < 90)).toHaveLength(overdue);
    const report = reportOf(run.run);
    expect(report.groups.g?.distinct).toBe(report.ledger.stored);
    expect(report.ledger.balanced).toBe(true);
  });
});

describe('S30 as the built-in scenario has it', () => {
  it('each order is closed 30 minutes later, and one may be after 25', () => {
    const run = new Consuming(new Run(accepted(closeTheOrder).scenario)).until(2_000);
    const message = { ...MESSAGE_DEFAULTS, delayLevel: 0, timerDelayUs: 1_500_000_000 };
    run.act({ do: 'send', target: 'producer-1', message }).until(32 * MINUTE_MS);
    const sent = run.entries('message.stored').slice(0, 121);
    const got = run.entries('record.delivered');
    expect(got).toHaveLength(121);
    expect(got[0]?.atMs).toBeGreaterThanOrEqual(25 * MINUTE_MS + 2_000);
    expect(got[0]?.atMs).toBeLessThan(25 * MINUTE_MS + 3_110);
    const levels = sent.filter(({ atMs }) => atMs < 2_000 || atMs > 2_002);
    levels.forEach(({ atMs }, n) => {
      const waitedMs = (got[n + 1]?.atMs ?? 0) - atMs;
      expect(waitedMs).toBeGreaterThanOrEqual(30 * MINUTE_MS);
      expect(waitedMs).toBeLessThan(30 * MINUTE_MS + 110);
    });
  });
});

describe('S30 at any second, as the built-in scenario has it', () => {
  const play = (actions: readonly object[] = []) =>
    new Consuming(new Run(accepted({ ...atAnySecond, actions }).scenario));

  it('[SC-8] [SC-9] 12.3 s asked: delivered just behind a full second, never early, never a second late', () => {
    const run = play().until(60_000);
    const { arena } = run.sim.state;
    const due = new Map(run.entries('send.called').map(({ a, atMs }) => [a, atMs + 12_300]));
    const got = run.entries('record.delivered');
    expect(got.length).toBeGreaterThan(150);
    for (const { a, atMs } of got) {
      const lateMs = atMs - due.get(recordMessage(arena, a))!;
      expect(lateMs).toBeGreaterThan(0);
      expect(lateMs).toBeLessThan(1_005);
      expect(atMs % 1_000).toBeLessThan(5);
    }
  });

  it('[SC-5] [SC-9] a broker that comes back after 20 s delivers at once what is overdue, some of it twice', () => {
    const run = play([
      { at: '30s', do: 'kill', target: BROKER, failure: 'process' },
      { at: '50s', do: 'restart', target: BROKER },
    ]).until(75_000);
    const atS = run.entries('record.delivered', 30_000).map(({ atMs }) => Math.floor(atMs / 1_000));
    expect(atS.filter((at) => at === 50).length).toBeGreaterThan(30);
    expect(run.deliveredTwice()).toBeGreaterThan(0);
    expect(run.deliveredTwice()).toBeLessThan(10);
    // All that was sent is delivered in the end.
    const { groups } = reportOf(run.run);
    expect(groups['reminder-service']?.distinct).toBeGreaterThan(150);
  });
});

describe('S30 by timers', () => {
  const timed = (run: Consuming, timerDelayUs: number) =>
    run.act({ do: 'send', target: 'p', message: { ...MESSAGE_DEFAULTS, timerDelayUs } });

  it('step 2: 25 minutes are possible; asked for 10.400 it comes at 11.0, asked for 10.000 at 10.0', () => {
    const run = timed(consuming(), 25 * 60_000_000).until(399.5);
    timed(run, 10_000_000).until(1_000);
    timed(run, 8_999_500).until(26 * MINUTE_MS);
    const times = delivered(run).map(({ atMs }) => atMs / 1000);
    const [ten, eleven, minutes] = times as [number, number, number];
    expect(ten).toBeGreaterThanOrEqual(10);
    expect(ten).toBeLessThan(10.11);
    expect(eleven).toBeGreaterThanOrEqual(11);
    expect(eleven).toBeLessThan(11.11);
    expect(minutes).toBeGreaterThanOrEqual(25 * 60);
    expect(minutes).toBeLessThan(25 * 60 + 1.11);
  });

  it('step 4: many that are due in one second come late, one behind the other', () => {
    const run = consuming({
      producer: { timerDelayMs: 30_000, bodyBytes: 100 },
      actions: [{ at: '1s', do: 'burst', target: 'p', messages: 20_000 }],
    }).until(60_000);
    const dues = run.entries('timer.due').map(({ atMs }) => atMs);
    expect(dues).toHaveLength(20_000);
    const lastMs = (dues.at(-1) ?? 0) - (dues[0] ?? 0);
    // 30 µs of one thread for each.
    expect(lastMs).toBeGreaterThan(600);
    expect(reportOf(run.run).verdict.duplicates).toBe(0);
  });
});
