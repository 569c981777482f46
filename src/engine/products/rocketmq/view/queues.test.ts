import { describe, expect, it } from 'vitest';
import { messageDetails } from '../../../report/message';
import { Run } from '../../../run';
import { parseScenario } from '../../../scenario/parse';

function runTo(timeUs: number, messages: number) {
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    nameservers: [{ id: 'ns-1' }],
    brokers: [{ id: 'a', brokerName: 'a', config: { flushIntervalCommitLog: 60_000 } }],
    topics: [{ name: 'T', queues: 1 }],
    producers: [{ id: 'p', group: 'p', topic: 'T', ratePerSecond: 40, messages }],
    consumers: [{ id: 'c', group: 'g', topic: 'T' }],
    actions: [
      { at: '1s', do: 'pause', target: 'c' },
      { at: '5s', do: 'kill', target: 'a', failure: 'power' },
    ],
  });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  const run = new Run(parsed.scenario);
  run.advance(timeUs);
  const queue = run.product.view(run.sim).groups[0]?.queues[0];
  if (queue === undefined) throw new Error('no queue');
  const offsets = queue.tail.map((message) => messageDetails(run, message)?.copies[0]?.offset);
  return { ...queue, offsets };
}

describe('the end of a queue', () => {
  it('names the messages that nobody has read yet, by offset', () => {
    const { max, positions, offsets } = runTo(1_300_000, 400);
    const committed = positions[0]?.committed ?? 0;
    expect(committed).toBeGreaterThan(0);
    expect(max - committed).toBeLessThan(24);
    expect(offsets).toEqual(Array.from({ length: max - committed }, (_, i) => committed + i));
  });

  it('names the newest 24 of many, those that were lost with it included', () => {
    const before = runTo(4_900_000, 150);
    expect(before.offsets).toEqual(Array.from({ length: 24 }, (_, i) => before.max - 24 + i));
    const dead = runTo(5_500_000, 150);
    expect(dead.lostOffsets.length).toBeGreaterThan(24);
    expect(dead.max).toBe(before.max);
    expect(dead.tail).toEqual(before.tail);
  });
});

it('[OR-2] says who has the lock of a queue and until when, a dead holder included', () => {
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    nameservers: [{ id: 'ns-1' }],
    brokers: [{ id: 'a', brokerName: 'a' }],
    topics: [{ name: 'T', queues: 1 }],
    producers: [{ id: 'p', group: 'p', topic: 'T', ratePerSecond: 1 }],
    consumers: [
      { id: 'c', group: 'g', topic: 'T', listener: 'orderly' },
      { id: 'd', group: 'h', topic: 'T' },
    ],
    actions: [{ at: '30s', do: 'kill', target: 'c', failure: 'process' }],
  });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  const run = new Run(parsed.scenario);
  const positionsAt = (timeUs: number) => {
    run.advance(timeUs);
    return run.product.view(run.sim).groups[0]?.queues[0]?.positions ?? [];
  };
  const alive = positionsAt(29_000_000);
  expect(alive.map(({ group, lock }) => [group, lock?.holder])).toEqual([
    ['g', 'c'],
    ['h', undefined],
  ]);
  expect(alive[0]?.lock?.leftUs).toBeGreaterThan(38_000_000);
  const [dead] = positionsAt(31_000_000);
  expect(dead).toMatchObject({ owners: [], lock: { holder: 'c' } });
  expect(positionsAt(95_000_000)[0]?.lock).toMatchObject({ holder: '', leftUs: 0 });
});

it('[CO-17] a broadcasting group is as far as the slowest of its consumers, a dead one by its own file', () => {
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    phases: 'aligned',
    nameservers: [{ id: 'ns-1' }],
    brokers: [{ id: 'a', brokerName: 'a' }],
    topics: [{ name: 'T', queues: 1 }],
    producers: [{ id: 'p', group: 'p', topic: 'T', ratePerSecond: 10, messages: 200 }],
    consumers: ['c', 'd'].map((id) => ({ id, group: 'g', topic: 'T', messageModel: 'BROADCASTING' })),
    actions: [{ at: '11s', do: 'kill', target: 'd', failure: 'process' }],
  });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  const run = new Run(parsed.scenario);
  const lagAt = (timeUs: number) => {
    run.advance(timeUs);
    return run.product.view(run.sim).consumerGroups[0]?.lag;
  };
  expect(lagAt(9_990_000)).toBe(0);
  // The file of the dead one was written at 10 s.
  expect(lagAt(30_000_000)).toBe(100);
});
