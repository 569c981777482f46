import { expect, it } from 'vitest';
import { Run } from '../../../run';
import { parseScenario } from '../../../scenario/parse';
import type { LaneView } from '../../../view';

function runOf(
  consumer: object,
  producer: object = {},
  config: object = {},
  actions: readonly object[] = [],
): Run {
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    nameservers: [{ id: 'ns-1' }],
    brokers: [{ id: 'a', brokerName: 'a', config }],
    topics: [{ name: 'T', queues: 1 }],
    producers: [{ id: 'p', group: 'p', topic: 'T', ratePerSecond: 10, messages: 5, ...producer }],
    consumers: [{ id: 'c', group: 'g', topic: 'T', processingMs: 1, ...consumer }],
    actions,
  });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  return new Run(parsed.scenario);
}

const lanesOf = (run: Run): readonly LaneView[] => run.product.view(run.sim).lanes;

function lanesAt(timeUs: number, ...made: Parameters<typeof runOf>): readonly LaneView[] {
  const run = runOf(...made);
  run.advance(timeUs);
  return lanesOf(run);
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

it('[CO-23] says of a dead letter that was sent again when and where it went, and keeps it', () => {
  const resend = { at: '8s', do: 'resendDeadLetters', group: 'g', messages: 2 };
  const lanes = lanesAt(8_000_001, { ...POISON, config: { maxReconsumeTimes: 0 } }, {}, {}, [resend]);
  const dead = lanes.find(({ kind }) => kind === 'deadLetter');
  expect(dead).toMatchObject({ ready: 5, resent: 2 });
  const newestFirst = dead?.parked.map(({ resent }) => resent);
  const sent = { atUs: 8_000_000, topic: 'T', replicaGroup: 'a', queueId: 0 };
  expect(newestFirst).toEqual([undefined, undefined, undefined, sent, sent]);
});

it('[SC-2] shows delayed messages apart from retries', () => {
  const lanes = lanesAt(3_000_000, POISON, { delayLevel: 5 });
  expect(lanes.map(({ kind, waiting }) => [kind, waiting])).toEqual([['delay', 5]]);
  expect(lanes[0]?.levels[0]).toMatchObject({ level: 5, delayUs: 60_000_000 });
});

it('[SC-2] counts what came and went since the last look as if it looked for the first time', () => {
  const actions = [
    { at: '5200ms', do: 'kill', target: 'a', failure: 'power' },
    { at: '6s', do: 'restart', target: 'a' },
  ];
  const run = runOf(POISON, { delayLevel: 2, messages: 200, ratePerSecond: 20 }, {}, actions);
  const waited = new Set<number>();
  let kept = run.snapshot();
  for (let ms = 250; ms < 20_000; ms += 250) {
    run.advance(ms * 1_000);
    const seen = lanesOf(run);
    expect(seen).toEqual(lanesOf(new Run(run.scenario, { from: run.snapshot() })));
    for (const { waiting } of seen) waited.add(waiting);
    if (ms === 4_000) kept = run.snapshot();
  }
  expect(waited.size).toBeGreaterThan(20);
  run.restore(kept);
  expect(lanesOf(run)).toEqual(lanesOf(new Run(run.scenario, { from: kept })));
});

it('[SC-9] [SC-10] shows timer messages until their slot is over, beside those of delay levels', () => {
  const [timer, ...others] = lanesAt(3_000_000, {}, { timerDelayMs: 60_000 });
  expect(others).toEqual([]);
  expect(timer).toMatchObject({
    kind: 'timer',
    topic: 'rmq_sys_wheel_timer',
    waiting: 5,
    ready: 0,
    levels: [],
  });
  const dues = timer?.parked.map(({ dueUs }) => dueUs) ?? [];
  expect(dues).toHaveLength(5);
  expect(dues).toEqual(dues.toSorted((x, y) => x - y));
  // A slot is a second wide, and all five were sent in one: they come together, within a second of their time.
  expect(new Set(dues.map((us) => us % 1_000_000))).toEqual(new Set([0]));
  for (const us of dues) expect(us).toBeGreaterThanOrEqual(60_000_000);
  for (const us of dues) expect(us).toBeLessThan(63_000_000);
  const [over] = lanesAt(64_000_000, {}, { timerDelayMs: 60_000 });
  expect(over).toMatchObject({ waiting: 0, ready: 0, parked: [] });
});

it('[SC-10] a broker that is down keeps its timer messages: they wait for its wheel', () => {
  const run = (at: number) =>
    lanesAt(at, {}, { timerDelayMs: 20_000 }, {}, [
      { at: '10s', do: 'kill', target: 'a', failure: 'process' },
      { at: '30s', do: 'restart', target: 'a' },
    ])[0];
  const before = run(9_000_000);
  expect(before).toMatchObject({ waiting: 5 });
  const down = run(25_000_000);
  expect(down).toMatchObject({ waiting: 5 });
  expect(down?.parked.map(({ message, dueUs }) => [message, dueUs])).toEqual(
    before?.parked.map(({ message, dueUs }) => [message, dueUs]),
  );
  expect(run(45_000_000)).toMatchObject({ waiting: 0, parked: [] });
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
