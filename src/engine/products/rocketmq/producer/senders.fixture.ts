import { textOf } from '../../../model/world';
import type { ProducerConfig } from '../../../scenario/config';
import { MESSAGE_DEFAULTS } from '../../../scenario/defaults';
import type { ProducerSpec } from '../../../scenario/types';
import { type FakeOptions, fakeCluster, SECOND } from '../fake-cluster.fixture';
import { sendNow } from './producer';

export const ORDERS = [{ topic: 'Orders' }];
export const MESSAGE = MESSAGE_DEFAULTS;

interface Options extends Pick<FakeOptions, 'version' | 'onSend' | 'brokers'> {
  spec?: Partial<Omit<ProducerSpec, 'config'>>;
  config?: Partial<ProducerConfig>;
}

/** Two masters of four queues and a producer; its counter stands so that the next queue is `broker-a`'s queue 2. */
export function senders({ spec, config, ...options }: Options = {}) {
  const cluster = fakeCluster({
    brokers: [
      { name: 'a0', brokerName: 'broker-a', topics: ORDERS },
      { name: 'b0', brokerName: 'broker-b', topics: ORDERS },
    ],
    producers: [{ id: 'p', ...spec, config }],
    ...options,
  });
  const { sim, node } = cluster;
  const producer = sim.state.product.producers.get(node('p'))!;
  producer.client.publishTopics.add('Orders');
  cluster.run(5 * SECOND);
  const setCounter = (at: number) => {
    producer.state.counters.set('Orders', { info: producer.client.publish.get('Orders')!, index: [at] });
  };
  if (producer.client.publish.has('Orders')) setCounter(1);
  const send = () => sendNow(sim, node('p'), MESSAGE);
  const results = () =>
    cluster
      .seen('send.ok')
      .concat(
        cluster.seen('send.failed'),
        cluster.seen('send.oneway'),
        cluster.seen('send.flush-disk-timeout'),
      )
      .concat(cluster.seen('send.flush-slave-timeout'), cluster.seen('send.slave-not-available'))
      .map(({ a, b, timeUs }) => ({ message: a, outcome: b, timeUs }));
  const exceptions = () => cluster.seen('send.exception').map(({ b }) => textOf(sim.state.arena, b));
  const hits = () =>
    cluster.received.map(({ broker, send: { queueId } }) => `${broker === node('a0') ? 'a' : 'b'}${queueId}`);
  return { ...cluster, producer, send, results, exceptions, hits, setCounter };
}
