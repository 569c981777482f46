import { describe, expect, it } from 'vitest';
import ladder from '../../../../content/scenarios/retry-ladder.json';
import storm from '../../../../content/scenarios/retry-storm.json';
import { keyText, messageKey, queueName, queueOf, recordMessage, recordQueue } from '../../../model/world';
import { reportOf } from '../../../report/report';
import { Run } from '../../../run';
import { accepted } from '../../../scenario/scenario.fixture';
import { Consuming } from '../consumer/consuming.fixture';

/** S23 and S24 of the syllabus, as the built-in scenarios have them. */

const start = (file: object) => new Consuming(new Run(accepted(file).scenario));
const HOUR_MS = 3_600_000;
const GROUP = 'order-service';

const places = (run: Consuming) =>
  run
    .entries('message.stored')
    .map(({ a }) => queueName(queueOf(run.sim.state.arena, recordQueue(run.sim.state.arena, a))));

function deliveriesOf(run: Consuming, key: string): number[] {
  const { arena } = run.sim.state;
  return run
    .entries('record.delivered')
    .filter(({ a }) => keyText(arena, messageKey(arena, recordMessage(arena, a))) === key)
    .map(({ atMs }) => atMs);
}

describe('S23 the retry ladder', () => {
  const run = start(ladder);

  it('step 1: the first retry comes after 10.0 to 10.1 s, by way of SCHEDULE_TOPIC_XXXX queue 2', () => {
    run.until(16_000);
    const [first, second] = deliveriesOf(run, 'order-42') as [number, number];
    expect(second - first).toBeGreaterThanOrEqual(10_000);
    expect(second - first).toBeLessThan(10_130);
    expect(
      places(run)
        .filter((place) => !place.startsWith('Orders'))
        .slice(0, 2),
    ).toEqual(['SCHEDULE_TOPIC_XXXX@broker-a#2', `%RETRY%${GROUP}@broker-a#0`]);
  });

  it('step 3: the other 99 are not affected', () => {
    const { deliveries, distinct, retries } = reportOf(run.run).groups[GROUP] ?? {};
    expect([deliveries, distinct, retries]).toEqual([101, 100, 1]);
    expect(run.count('record.consumed')).toBe(99);
  });

  it('[CO-21] step 2: 17 deliveries in 4 h 45 min 40 s and at most 0.13 s a step, then the dead letters', () => {
    run.until(5 * HOUR_MS);
    const times = deliveriesOf(run, 'order-42');
    expect(times).toHaveLength(17);
    const minutes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 60, 120];
    const delays = [10_000, 30_000, ...minutes.map((minute) => minute * 60_000)];
    delays.forEach((delayMs, n) => {
      const stepMs = (times[n + 1] as number) - (times[n] as number);
      expect(stepMs).toBeGreaterThanOrEqual(delayMs);
      expect(stepMs).toBeLessThan(delayMs + 130);
    });
    const allMs = (times[16] as number) - (times[0] as number);
    expect(Math.floor(allMs / 10_000)).toBe((4 * 3600 + 45 * 60 + 40) / 10);
    expect(places(run).at(-1)).toBe(`%DLQ%${GROUP}@broker-a#0`);
    const report = reportOf(run.run);
    expect(report.groups[GROUP]).toMatchObject({
      deliveries: 116,
      distinct: 100,
      retries: 16,
      deadLettered: 1,
    });
    expect(report.verdict.duplicates).toBe(0);
    expect(report.ledger.balanced).toBe(true);
  });

  it('step 6: the bug is mended, the dead letter is sent again and processed', () => {
    run.act({ do: 'set', target: 'consumer-1', config: {}, workload: { poisonKeys: [] } });
    run.act({ do: 'resendDeadLetters', group: GROUP, topic: null, messages: null });
    run.until(5 * HOUR_MS + 5_000);
    const report = reportOf(run.run);
    expect(report.groups[GROUP]).toMatchObject({ deliveries: 117, retries: 17, deadLettered: 1 });
    expect(report.verdict.duplicates).toBe(0);
    expect(run.count('record.consumed')).toBe(100);
  });

  it('step 5: broadcasting drops what fails, and nothing is retried', () => {
    const [consumer] = ladder.consumers;
    const alone = start({ ...ladder, consumers: [{ ...consumer, messageModel: 'BROADCASTING' }] });
    alone.until(60_000);
    expect(alone.count('failure.dropped')).toBe(1);
    expect(alone.count('record.delivered')).toBe(100);
  });
});

describe('S24 the retry storm', () => {
  it('step 1: a minute without what it depends on makes 38,000 deliveries of 12,000 messages', () => {
    const run = start(storm).until(150_000);
    const { groups, brokers, verdict } = reportOf(run.run);
    const { deliveries = 0, distinct, deadLettered, retries = 0 } = groups[GROUP] ?? {};
    expect(distinct).toBe(12_000);
    expect(deliveries).toBeGreaterThanOrEqual(37_900);
    expect(deliveries).toBeLessThanOrEqual(38_000);
    expect(retries).toBe(deliveries - 12_000);
    expect(deadLettered).toBe(0);
    expect(verdict.duplicates).toBe(0);
    // Each retry is stored twice: for its level, and for %RETRY%.
    expect(brokers['broker-a:0']?.appended).toBe(12_000 + 2 * retries);
  });

  it('step 2: a pause instead delivers what was pulled, and the rest once', () => {
    const run = start(storm).until(1_000);
    run.act({ do: 'pause', target: 'consumer-1' }).until(60_000);
    const during = run.count('record.delivered', 1_000);
    run.act({ do: 'set', target: 'consumer-1', config: {}, workload: { failureRate: [0, 1] } });
    run.act({ do: 'resume', target: 'consumer-1' }).until(150_000);
    const { deliveries = 0, distinct } = reportOf(run.run).groups[GROUP] ?? {};
    expect(distinct).toBe(12_000);
    expect(during).toBeLessThan(1_000);
    expect(deliveries).toBeLessThan(12_000 + 1_000);
  });
});
