import { describe, expect, it } from 'vitest';
import { judgesOf } from '../checkers/judges';
import { copyGone } from '../model/ledger';
import { reportOf } from './report';
import { powerLossRun, runOf } from './report.fixture';

const SECOND = 1_000_000;

describe('the report of an undisturbed run', () => {
  const run = runOf();
  run.advance(40 * SECOND);
  const report = reportOf(run);

  it('names the run', () => {
    expect(report).toMatchObject({
      format: 'mq-playground/report@1',
      product: 'rocketmq',
      productVersion: '5.3',
      model: 1,
      seed: 3,
      untilMs: 40_000,
      events: run.sim.steps,
      traceDigest: run.sim.digest,
    });
    expect(report.outcomeDigest).toMatch(/^[0-9a-f]{16}$/);
  });

  it('counts sends, verdict and ledger', () => {
    expect(report.sends).toEqual({
      SEND_OK: 1_500,
      FLUSH_DISK_TIMEOUT: 0,
      FLUSH_SLAVE_TIMEOUT: 0,
      SLAVE_NOT_AVAILABLE: 0,
      failed: 0,
      oneway: 0,
      inFlight: 0,
      attempts: 1_500,
    });
    expect(report.statuses).toEqual({});
    expect(report.verdict).toEqual({
      acknowledged: 1_500,
      acknowledgedLost: 0,
      consumedBefore: 0,
      stranded: 0,
      unavailable: 0,
      duplicates: 0,
      orderViolations: 0,
      unresolvedTransactions: 0,
    });
    expect(report.effects).toEqual({ once: 1_500, lost: 0, doubled: 0 });
    expect(report.ledger).toEqual({ sent: 1_500, stored: 1_500, balanced: true });
    expect(Object.values(report.judges)).toEqual(Object.values(report.judges).map(() => 'holds'));
    expect(report.lost).toEqual([]);
  });

  it('describes the group: deliveries, assignment and offsets that add up', () => {
    const group = report.groups['order-service'];
    expect(group).toMatchObject({ deliveries: 1_500, distinct: 1_500, lag: 0, retries: 0, deadLettered: 0 });
    expect(group?.assignment).toEqual({
      'consumer-1': [0, 1, 2, 3].map((queueId) => `Orders@broker-a#${queueId}`),
    });
    const offsets = Object.values(group?.offsets ?? {});
    expect(offsets.reduce((sum, { max }) => sum + max, 0)).toBe(1_500);
    expect(offsets.every(({ committed, max }) => committed === max)).toBe(true);
  });

  it('describes brokers and name servers', () => {
    expect(report.brokers).toEqual({
      'broker-a:0': { state: 'up', appended: 1_500, flushed: 1_500, replicated: 1_500 },
      'broker-a:1': { state: 'up', appended: 1_500, flushed: 1_500, replicated: 1_500 },
    });
    expect(report.nameservers).toEqual({ 'ns-1': { routes: { Orders: ['broker-a'] } } });
  });

  it('measures latency, outages and resources', () => {
    const { send, endToEnd } = report.latencyMs;
    expect(send.p50).toBeGreaterThan(0.4);
    expect(send.p99).toBeLessThan(5);
    expect(send.p99).toBeGreaterThanOrEqual(send.p50);
    expect(endToEnd.p50).toBeGreaterThan(0.5);
    expect(report.unavailableMs).toEqual({ send: { max: 0, share: 0 }, receive: { max: 0, share: 0 } });
    const { cpu, disk, binding } = report.resources['broker-a:0']!;
    expect([cpu, disk].every((share) => share > 0 && share < 0.1)).toBe(true);
    expect(binding).toBe('none');
  });

  it('is the same for the same run, and is data', () => {
    const again = runOf();
    again.advance(40 * SECOND);
    expect(reportOf(again)).toEqual(report);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('digests what came of the run, not how it is told', () => {
    const otherSeed = runOf({ seed: 4 });
    otherSeed.advance(40 * SECOND);
    expect(reportOf(otherSeed).outcomeDigest).not.toBe(report.outcomeDigest);
    const later = runOf();
    later.advance(41 * SECOND);
    expect(reportOf(later).outcomeDigest).not.toBe(report.outcomeDigest);
  });
});

describe('the report of a power loss', () => {
  const run = powerLossRun();
  const report = reportOf(run);

  it('lists what is lost, with the rules that led to it, cause first', () => {
    expect(report.verdict.acknowledgedLost).toBeGreaterThan(0);
    expect(report.lost).toHaveLength(Math.min(100, report.verdict.acknowledgedLost));
    const first = report.lost[0]!;
    expect(first.message).toMatch(/^m-\d{6}$/);
    expect(first.why.slice(0, 2)).toEqual(['PR-5', 'EN-3']);
    expect(first.why.at(-1)).toBe('BR-12');
    // The consumer had all of it but the last moment.
    expect(report.verdict.consumedBefore).toBeGreaterThan(0);
    expect(report.lost.filter(({ consumedBefore }) => consumedBefore).length).toBe(
      report.verdict.consumedBefore,
    );
    expect(report.effects.lost).toBe(report.verdict.acknowledgedLost - report.verdict.consumedBefore);
    expect(report.judges['no-acknowledged-loss']).toBe('broken');
  });

  it('balances: what is lost is lost, and counted so', () => {
    const { SEND_OK, failed, inFlight } = report.sends;
    expect(SEND_OK + failed + inFlight).toBe(report.ledger.sent);
    expect(report.ledger.balanced).toBe(true);
  });

  it('names exceptions in the words of the product', () => {
    expect(Object.keys(report.statuses).some((text) => text.startsWith('Remoting'))).toBe(true);
    expect(Object.values(report.statuses).reduce((sum, count) => sum + count, 0)).toBe(report.sends.failed);
  });

  it('measures how long the queues could not be written', () => {
    expect(report.unavailableMs.send.share).toBe(1);
    // Down for ten seconds, plus the recovery and what a silent host costs its clients.
    expect(report.unavailableMs.send.max).toBeGreaterThan(9_000);
    expect(report.unavailableMs.send.max).toBeLessThan(40_000);
  });

  it('tells the state of a broker that is down, and what is unavailable meanwhile', () => {
    const down = runOf({
      brokers: [{ id: 'broker-a:0', brokerName: 'broker-a', brokerId: 0 }],
      actions: [{ at: '10s', do: 'kill', target: 'broker-a:0', failure: 'process' }],
    });
    down.advance(12 * SECOND);
    const { verdict, brokers } = reportOf(down);
    expect(brokers['broker-a:0']?.state).toBe('down');
    expect(verdict).toMatchObject({ acknowledgedLost: 0, unavailable: verdict.acknowledged });
  });

  it('says "not balanced" when a copy vanishes behind its back', () => {
    const tampered = powerLossRun();
    copyGone(tampered.sim, 0, 5, 5, true);
    expect(reportOf(tampered).ledger.balanced).toBe(false);
    const doubted = powerLossRun();
    judgesOf(doubted.sim.state).unaccounted = 1;
    expect(reportOf(doubted).ledger.balanced).toBe(false);
  });
});

it('counts duplicates when a consumer is killed with work in hand', () => {
  const run = runOf({
    consumers: [
      { id: 'consumer-1', group: 'order-service', topic: 'Orders', processingMs: 200 },
      { id: 'consumer-2', group: 'order-service', topic: 'Orders', processingMs: 200 },
    ],
    actions: [{ at: '8s', do: 'kill', target: 'consumer-1', failure: 'process' }],
  });
  run.advance(60 * SECOND);
  const { verdict, groups, effects } = reportOf(run);
  const group = groups['order-service']!;
  expect(verdict.duplicates).toBeGreaterThan(0);
  expect(group.deliveries - group.distinct).toBe(verdict.duplicates);
  expect(effects.once + effects.doubled).toBe(1_500);
  expect(Object.keys(group.assignment)).toEqual(['consumer-2']);
});
