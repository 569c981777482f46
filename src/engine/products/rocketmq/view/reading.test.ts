import { expect, it } from 'vitest';
import { consuming } from '../consumer/consuming.fixture';
import { view } from './index';

it('[PO-1] every consumer that pops is shown with every queue, and each queue with all of them', () => {
  const consumers = Array.from({ length: 3 }, () => ({ protocol: 'pop' }));
  const cluster = consuming({ queues: 2, consumers, producer: { ratePerSecond: 5 } }).until(5_000);
  const { groups, consumerGroups } = view(cluster.sim);
  for (const consumer of consumerGroups[0]?.consumers ?? []) {
    expect(consumer.queues.map(({ queueId, from }) => [queueId, from])).toEqual([
      [0, 'broker-a:0'],
      [1, 'broker-a:0'],
    ]);
  }
  const orders = groups[0]?.queues.filter(({ topic }) => topic === 'Orders');
  expect(orders?.map(({ positions }) => positions[0]?.owners)).toEqual([
    ['c1', 'c2', 'c3'],
    ['c1', 'c2', 'c3'],
  ]);
});

it('consumers are counted from 1, as their labels are', () => {
  const cluster = consuming({ consumers: [{}, {}] }).until(1_000);
  const consumers = view(cluster.sim).consumerGroups.flatMap((group) => group.consumers);
  expect(consumers.map(({ label, ordinal }) => [label, ordinal])).toEqual([
    ['C1', 1],
    ['C2', 2],
  ]);
});

it('[CO-16] a consumer says when it sends its offsets first, and when it sent them last', () => {
  const cluster = consuming({
    consumers: [{ config: { persistConsumerOffsetInterval: 3000 } }, { protocol: 'pop' }],
    producer: { ratePerSecond: 5 },
  });
  const offsetsAt = (ms: number) =>
    view(cluster.until(ms).sim)
      .consumerGroups.flatMap((group) => group.consumers)
      .map(({ offsets }) => offsets);
  expect(offsetsAt(100)).toEqual([{ are: 'due', inUs: 9_900_000 }, { are: 'acks' }]);
  expect(offsetsAt(11_000)[0]).toEqual({ are: 'sent', agoUs: 1_000_000 });
  expect(offsetsAt(14_000)[0]).toEqual({ are: 'sent', agoUs: 1_000_000 });
});
