import { describe, expect, it } from 'vitest';
import loseNothing from './lose-nothing.json';
import oneLag from './on-call-1-one-lag.json';
import halfMissing from './on-call-2-half-missing.json';
import twins from './on-call-3-doubled-and-unread.json';
import threeSeconds from './on-call-4-three-seconds.json';
import brokerBusy from './on-call-5-broker-busy.json';
import moreConsumers from './on-call-6-more-consumers.json';
import doneAgain from './on-call-7-done-again.json';
import lateReminders from './on-call-8-late-reminders.json';
import { type Changes, play } from './playing.fixture';

/** The drills S40 and S41: what each shows, and that its fix mends it. */

describe('S40 lose nothing', () => {
  it('[BR-12] [CO-33] [HA-3] as it stands: acknowledged messages are lost, and much is done twice', () => {
    const { verdict, effects } = play(loseNothing).until(90_000).report();
    expect(verdict.acknowledgedLost + verdict.stranded).toBeGreaterThan(0);
    expect(effects.doubled).toBeGreaterThan(10);
  });

  const safe: Changes = {
    masterConfig: { flushDiskType: 'SYNC_FLUSH', brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 },
    brokerConfig: { slaveReadEnable: true },
    producer: { mode: 'sync' },
    producerConfig: {
      sendMsgMaxTimeoutPerRequest: 500,
      connectTimeoutMillis: 500,
      sendLatencyFaultEnable: true,
    },
    consumer: { idempotent: 'uniqueKey' },
    consumerConfig: { maxReconsumeTimes: 2 },
  };

  it('[PR-2] [BR-13] [HA-7] [CO-20] the reference: 0 lost, 0 done twice, the poison message parked', () => {
    const { verdict, effects, sends, groups } = play(loseNothing, safe).until(100_000).report();
    expect(verdict).toMatchObject({ acknowledged: 3_501, acknowledgedLost: 0, stranded: 0, unavailable: 0 });
    expect(sends.failed).toBe(0);
    expect(effects).toEqual({ once: 3_500, lost: 0, doubled: 0 });
    expect(groups['order-service']).toMatchObject({ lag: 0, deadLettered: 1, distinct: 3_501 });
  });

  it('[BR-13] [BR-17] without a fault its sends take about 10 ms: one fsync and a round trip', () => {
    const { latencyMs } = play(loseNothing, { ...safe, script: false })
      .until(15_000)
      .report();
    expect(latencyMs.send.p99).toBeGreaterThan(8);
    expect(latencyMs.send.p99).toBeLessThan(20);
  });
});

describe('S41 on call', () => {
  it('[CO-27] 1: one queue falls behind by 5 a second; without its slow consumer it drains', () => {
    const run = play(oneLag, { actions: [{ at: '40s', do: 'remove', target: 'consumer-3' }] }).until(39_900);
    const behind = run.behind().sort((x, y) => y - x);
    expect(behind[0]).toBeGreaterThan(140);
    expect(behind[1]).toBeLessThan(3);
    expect(Math.max(...run.until(60_000).behind())).toBeLessThan(5);
  });

  it('[FI-6] [FI-2] 2: of 200 with TagA and 200 with TagB 100 are seen, and the lag is 0', () => {
    const { groups, ledger } = play(halfMissing).until(40_000).report();
    expect(ledger.stored).toBe(400);
    expect(groups['order-service']).toMatchObject({ lag: 0, distinct: 100 });
    const mended = play(halfMissing, { actions: [{ at: '1s', do: 'remove', target: 'consumer-2' }] });
    expect(mended.until(60_000).report().groups['order-service']?.distinct).toBeGreaterThan(190);
  });

  it('[CL-2] [CO-25] 3: one clientId for two: 200 of 400 are done twice, 200 by nobody; one alone reads all', () => {
    const { groups, verdict, judges } = play(twins).until(60_000).report();
    expect(groups['order-service']).toMatchObject({ distinct: 200, deliveries: 400, lag: 200 });
    expect([verdict.duplicates, judges['one-owner']]).toEqual([200, 'broken']);
    const mended = play(twins, { actions: [{ at: '30s', do: 'remove', target: 'consumer-2' }] }).until(
      120_000,
    );
    expect(mended.report().groups['order-service']).toMatchObject({ distinct: 400, lag: 0 });
  });

  it('[PR-3] [PR-10] 4: sends fail after exactly 3 s; avoiding the silent broker leaves few', () => {
    const run = play(threeSeconds).until(60_000);
    const called = new Map(run.entries('send.called').map(({ a, atMs }) => [a, atMs]));
    const failed = run.entries('send.failed');
    expect(failed.length).toBeGreaterThan(10);
    for (const { a, atMs } of failed) expect(atMs - called.get(a)!).toBeCloseTo(3_000, 0);
    const avoiding = play(threeSeconds, { producerConfig: { sendLatencyFaultEnable: true } }).until(60_000);
    expect(avoiding.count('send.failed')).toBeLessThan(failed.length / 2);
  });

  it('[BR-26] [BR-27] 5: broker busy every ten seconds or so; never with a flush each 500 ms', () => {
    const run = play(brokerBusy).until(40_000);
    const failed = run.entries('send.failed').map(({ atMs }) => atMs / 1_000);
    expect(failed.length).toBeGreaterThan(100);
    const begins = failed.filter((at, i) => at - (failed[i - 1] ?? 0) > 5);
    expect(begins).toHaveLength(4);
    for (const [i, at] of begins.slice(1).entries()) expect(Math.round(at - begins[i]!)).toBe(10);
    expect(run.exceptions()[0]).toMatch(/_CLEAN_QUEUE|REJECTREQUEST/);
    const config = { flushIntervalCommitLog: 500 };
    const mended = play(brokerBusy, { actions: [{ at: '1s', do: 'set', target: 'broker-a:0', config }] });
    expect(mended.until(20_000).count('send.failed')).toBe(0);
  });

  it('[CO-28] [CO-11] 6: eight consumers do 40 a second as four did; on eight queues they do 70', () => {
    const grow = { at: '40s', do: 'alterTopic', topic: 'Orders', queues: 8 };
    const run = play(moreConsumers, { actions: [grow] }).until(100_000);
    const perSecond = (fromMs: number) =>
      (run.count('record.consumed', fromMs) - run.count('record.consumed', fromMs + 10_000)) / 10;
    expect([8_000, 28_000].map(perSecond)).toEqual([40, 40]);
    expect(perSecond(88_000)).toBeGreaterThan(60);
  });

  it('[HA-12] [HA-18] 7: up to 10 s of finished messages of broker-a come again', () => {
    const twice = play(doneAgain).until(70_000).deliveredTwice();
    expect(twice).toBeGreaterThan(100);
    expect(twice).toBeLessThanOrEqual(210);
  });

  it('[SC-5] 8: reminders of a group without a master come when it is back, minutes late', () => {
    const back = { at: '150s', do: 'restart', target: 'broker-b:0' };
    const run = play(lateReminders, { producer: { messages: 400 }, actions: [back] }).until(145_000);
    const missing = 400 - run.count('record.consumed');
    expect(missing).toBeGreaterThan(30);
    expect(run.until(200_000).count('record.consumed', 145_000)).toBeGreaterThanOrEqual(missing);
    expect(run.report().verdict.acknowledgedLost).toBe(0);
  });
});
