import type { Dice, Part } from './cluster';
import type { Setup, Work } from './promise';

/** Others in the same cluster, as a scenario file has them: what they do changes nothing of what is promised. */
export interface Besides {
  readonly topics: readonly Part[];
  readonly producers: readonly Part[];
  readonly consumers: readonly Part[];
}

/** Works in which another sender, or another group, of the same topic is judged as the first. */
const SHARED: readonly Work[] = ['plain', 'retries', 'pop', 'grpc', 'tags'];

/** Another topic with its own clients, another producer, another group: each in some trials. */
export function besidesOf({ work, groups }: Setup, healedMs: number, dice: Dice): Besides {
  const { below, pick } = dice;
  const once = () => below(4) === 0;
  const producer = (id: string, topic: string): Part => {
    const ratePerSecond = 2 + below(6);
    return {
      id,
      group: id,
      topic,
      mode: pick(['sync', 'async']),
      ratePerSecond,
      messages: Math.ceil(ratePerSecond * (healedMs / 1_000 + 10)),
    };
  };
  const consumer = (id: string, group: string, topic: string): Part => ({
    id,
    group,
    topic,
    processingMs: 1 + below(20),
  });
  const shared = SHARED.includes(work);
  const [topic, sender, group] = [once(), shared && once(), shared && once()];
  return {
    topics: topic
      ? [{ name: 'Payments', queues: 1 + below(3), brokers: [groups === 1 ? 'broker-a' : 'broker-b'] }]
      : [],
    producers: [
      ...(topic ? [producer('producer-2', 'Payments')] : []),
      ...(sender ? [producer('producer-3', 'Orders')] : []),
    ],
    consumers: [
      ...(topic
        ? [
            consumer('consumer-6', 'payment-service', 'Payments'),
            consumer('consumer-7', 'payment-service', 'Payments'),
          ]
        : []),
      ...(group ? [consumer('consumer-8', 'order-archive', 'Orders')] : []),
    ],
  };
}
