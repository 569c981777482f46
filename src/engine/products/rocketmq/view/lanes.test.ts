import { expect, it } from 'vitest';
import { Run } from '../../../run';
import { parseScenario } from '../../../scenario/parse';
import type { LaneView } from '../../../view';

function lanesAt(
  timeUs: number,
  consumer: object,
  producer: object = {},
  config: object = {},
): readonly LaneView[] {
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    nameservers: [{ id: 'ns-1' }],
    brokers: [{ id: 'a', brokerName: 'a', config }],
    topics: [{ name: 'T', queues: 1 }],
    producers: [{ id: 'p', group: 'p', topic: 'T', ratePerSecond: 10, messages: 5, ...producer }],
    consumers: [{ id: 'c', group: 'g', topic: 'T', processingMs: 1, ...consumer }],
  });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  const run = new Run(parsed.scenario);
  run.advance(timeUs);
  return run.product.view(run.sim).lanes;
}

const POISON = { failureRate: [1, 1] };

it('shows no lane while nothing stands apart', () => {
  expect(lanesAt(8_000_000, {})).toEqual([]);
});

it('[CO-20] shows what waits for its retry by level, the soonest first, where its copies are', () => {
  const [retry, ...others] = lanesAt(8_000_000, POISON);
  expect(others).toEqual([]);
  expect(retry).toMatchObject({ id: 'retry:g', topic: '%RETRY%g', group: 'g', waiting: 5, ready: 0 });
  expect(retry?.levels).toEqual([
    { level: 3, delayUs: 10_000_000, count: 5, nextUs: retry?.parked[0]?.dueUs },
  ]);
  const dues = retry?.parked.map(({ dueUs }) => dueUs) ?? [];
  expect(dues).toEqual(dues.toSorted((x, y) => x - y));
  expect(dues[0]).toBeGreaterThan(10_000_000);
  expect(retry?.parked[0]).toMatchObject({ attempt: 1, level: 3, copies: { lost: false } });
  expect(new Set(retry?.parked.map(({ message }) => message)).size).toBe(5);
});

it('[CO-21] keeps the identity of a message from its retry to its dead letter', () => {
  const config = { maxReconsumeTimes: 1 };
  const waiting = lanesAt(8_000_000, { ...POISON, config })[0]?.parked.map(({ message }) => message);
  const [retry, dead] = lanesAt(14_000_000, { ...POISON, config });
  expect(retry).toMatchObject({ waiting: 0, levels: [] });
  expect(dead).toMatchObject({ id: 'deadLetter:g', topic: '%DLQ%g', ready: 5 });
  expect(dead?.parked.map(({ message }) => message).sort()).toEqual(waiting?.toSorted());
  expect(dead?.parked.map(({ attempt }) => attempt)).toEqual([2, 2, 2, 2, 2]);
});

it('[SC-2] shows delayed messages apart from retries', () => {
  const lanes = lanesAt(3_000_000, POISON, { delayLevel: 5 });
  expect(lanes.map(({ kind, waiting }) => [kind, waiting])).toEqual([['delay', 5]]);
  expect(lanes[0]?.levels[0]).toMatchObject({ level: 5, delayUs: 60_000_000 });
});

it('[TX-3] shows half messages until their end is known, and when they are asked about', () => {
  const unknown = { mode: 'transaction', localTransaction: { outcomes: ['commit', 'unknown'] } };
  const [half, ...others] = lanesAt(3_000_000, {}, unknown);
  expect(others).toEqual([]);
  expect(half).toMatchObject({ kind: 'half', topic: 'RMQ_SYS_TRANS_HALF_TOPIC', waiting: 2, ready: 0 });
  const [first] = half?.parked ?? [];
  expect(first).toMatchObject({ attempt: 0, copies: { lost: false } });
  expect(first?.dueUs).toBeGreaterThan(6_000_000);
});

it('[TX-8] shows what was asked about too often apart from what is still open', () => {
  const producer = {
    mode: 'transaction',
    messages: 1,
    localTransaction: { outcomes: ['unknown'], answers: ['unknown'] },
  };
  const lanes = lanesAt(200_000_000, {}, producer, { transactionCheckMax: 2 });
  expect(lanes.map(({ kind, waiting, ready }) => [kind, waiting, ready])).toEqual([
    ['half', 0, 0],
    ['discarded', 0, 1],
  ]);
  expect(lanes[1]?.parked[0]?.attempt).toBe(2);
});
