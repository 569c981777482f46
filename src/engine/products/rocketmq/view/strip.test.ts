import { expect, it } from 'vitest';
import { Run } from '../../../run';
import { parseScenario } from '../../../scenario/parse';

it('says of a dead master that its slave holds the lost tail up to the end of the last record', () => {
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    nameservers: [{ id: 'ns-1' }],
    brokers: [
      { id: 'a:0', brokerName: 'a', config: { flushIntervalCommitLog: 60_000 } },
      { id: 'a:1', brokerName: 'a', brokerId: 1, config: { brokerRole: 'SLAVE' } },
    ],
    topics: [{ name: 'T', queues: 1 }],
    producers: [{ id: 'p', group: 'p', topic: 'T', ratePerSecond: 40, messages: 50 }],
    actions: [{ at: '5400ms', do: 'kill', target: 'a:0', failure: 'power' }],
  });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  const run = new Run(parsed.scenario);
  run.advance(5_500_000);
  const [master, slave] = run.product.view(run.sim).groups[0]?.replicas ?? [];
  expect(master?.strip.replicaOnly).toBeGreaterThan(0);
  expect(master?.strip.replicatedBytes).toBe(slave?.strip.appendedBytes);
});

it('shows what a slave has on the columns of its master, however many messages a column stands for', () => {
  const slave = (id: number) => ({
    id: `a:${id}`,
    brokerName: 'a',
    brokerId: id,
    config: { brokerRole: 'SLAVE', flushIntervalCommitLog: 100 },
  });
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    nameservers: [{ id: 'ns-1' }],
    brokers: [{ id: 'a:0', brokerName: 'a', config: { flushIntervalCommitLog: 60_000 } }, slave(1), slave(2)],
    topics: [{ name: 'T', queues: 1 }],
    producers: [{ id: 'p', group: 'p', topic: 'T', ratePerSecond: 40, messages: 120 }],
  });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  const run = new Run(parsed.scenario);
  run.advance(5_000_000);
  const [master, ...slaves] = run.product.view(run.sim).groups[0]?.replicas ?? [];
  expect(master?.strip.messagesPerColumn).toBeGreaterThan(1);
  for (const { strip } of slaves) {
    expect(strip.columns.map(({ message }) => message)).toEqual(
      master?.strip.columns.map(({ message }) => message),
    );
    expect(strip.columns.every(({ mem, disk }) => mem > 0 || disk)).toBe(true);
  }
});
