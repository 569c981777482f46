import { commitOffset, committedOffset } from '../broker/service-offsets';
import { type ConsumeQueue, consumeQueueOf, maxOffsetOf, minOffsetOf } from '../broker/store-state';
import type { Broker, RocketSim } from '../state';
import { CHECK_GROUP, HALF_TOPIC, type OP_TOPIC } from './transaction-topics';

/** How far the check service has come: consumer offsets of a group of its own. */

type Topic = typeof HALF_TOPIC | typeof OP_TOPIC;

export const queueOfTopic = (sim: RocketSim, broker: Broker, topic: Topic): ConsumeQueue | undefined =>
  consumeQueueOf(sim, broker, topic, 0);

/** `TransactionalMessageBridge#fetchConsumeOffset`. */
export function storedOffset(sim: RocketSim, broker: Broker, topic: Topic): number {
  const offset = committedOffset(broker.service, CHECK_GROUP, topic, 0);
  return offset >= 0 ? offset : minOffsetOf(queueOfTopic(sim, broker, topic));
}

export function storeOffset(sim: RocketSim, node: number, topic: Topic, offset: number): void {
  commitOffset(sim, node, { group: CHECK_GROUP, topic, queueId: 0, offset });
}

/** Where the check service stands in the half queue now, in the middle of a pass as well. */
export function checkedTo(sim: RocketSim, broker: Broker): number {
  return broker.store.memory.transactions.pass?.at ?? storedOffset(sim, broker, HALF_TOPIC);
}

/** Half messages whose end this broker has not heard. */
export function openHalves(sim: RocketSim, broker: Broker): number {
  const { transactions } = broker.store.memory;
  const entries = maxOffsetOf(queueOfTopic(sim, broker, HALF_TOPIC)) - checkedTo(sim, broker);
  const ended = transactions.ended - (transactions.pass?.passed ?? 0);
  return Math.max(0, entries - ended);
}
