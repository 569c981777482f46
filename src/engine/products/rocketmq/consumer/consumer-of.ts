import type { Consumer, Rocket, RocketSim } from '../state';
import type { ProcessQueue } from './consumer-state';

export const MASTER_ID = 0;

export function consumerOf(sim: RocketSim, node: number): Consumer {
  const consumer = sim.state.product.consumers.get(node);
  if (consumer === undefined) throw new RangeError(`process ${node} is no consumer`);
  return consumer;
}

/** Which ProcessQueue an event is about: a later one of the same queue is another. */
export interface QueueRef {
  readonly queue: number;
  readonly serial: number;
}

/** The ProcessQueue as long as this consumer holds it and its results count. */
export function heldQueue({ state }: Consumer, { queue, serial }: QueueRef): ProcessQueue | undefined {
  const held = state.queues.get(queue);
  return held?.serial === serial && !held.dropped ? held : undefined;
}

/** Clients of version 5 do not broadcast. */
export const isBroadcasting = ({ spec }: Consumer) =>
  spec.messageModel === 'BROADCASTING' && spec.protocol !== 'grpc';

/** A client of version 5: it speaks to the proxy in the broker's process. */
export const isGrpc = ({ spec }: Consumer) => spec.protocol === 'grpc';

/**
 * `GrpcClientSettingsManager#mergeSubscriptionData`: to the proxy a group consumes in order when its brokers keep so,
 * whatever its members would. [PO-8]
 */
export const isFifo = ({ groups }: Rocket, { spec }: Consumer): boolean =>
  groups.get(spec.group)?.consumeMessageOrderly === true;

/** `RebalancePushImpl#clientRebalance`: an orderly or broadcasting consumer of remoting never pops. [PO-1, PO-8] */
export const pops = (consumer: Consumer) =>
  isGrpc(consumer) ||
  (consumer.spec.protocol === 'pop' &&
    consumer.spec.listener === 'concurrently' &&
    !isBroadcasting(consumer));

export const isOrderly = ({ spec }: Consumer) => spec.listener === 'orderly';
/** Broadcasting needs no lock: every consumer has every queue. Of a client of version 5 the broker blocks them. [OR-11, PO-8] */
export const needsLocks = (consumer: Consumer) =>
  isOrderly(consumer) && !isBroadcasting(consumer) && !isGrpc(consumer);
