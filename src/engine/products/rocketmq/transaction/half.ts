import { queueNumberOf, type Send } from '../broker/store-state';
import type { Broker, RocketSim } from '../state';
import { halfPrepared } from './transaction-kinds';
import { HALF_TOPIC } from './transaction-topics';

/**
 * `TransactionalMessageBridge#parseHalfMessageInner`: the message goes to the half topic and remembers where it
 * belongs. [TX-3]
 */
export function prepareHalf(sim: RocketSim, broker: Broker, send: Send): Send {
  const realQueue = queueNumberOf(sim, broker, send.topic, send.queueId);
  sim.emit(halfPrepared, broker.node, send.message, realQueue);
  return { ...send, topic: HALF_TOPIC, queueId: 0, props: { ...send.props, role: 'half', realQueue } };
}
