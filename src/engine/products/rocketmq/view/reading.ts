import { queueOf } from '../../../model/world';
import { findBrokerInSubscribe, subscribeQueues } from '../client/client';
import { MASTER_ID } from '../consumer/consumer-of';
import type { Consumer, RocketSim } from '../state';

/** What a consumer reads just now, whatever its protocol. */

/** One queue as a consumer reads it: process that it asks, −1 none yet; messages in its hands. */
export interface Reading {
  readonly queue: number;
  readonly topic: string;
  readonly brokerName: string;
  readonly queueId: number;
  readonly source: number;
  readonly failing: boolean;
  readonly cached: number;
}

/** A pull consumer reads the queues that it holds; one that pops reads all queues of the brokers that it asks. */
export function readingsOf(sim: RocketSim, { state, spec, client }: Consumer): Reading[] {
  const held = [...state.queues.values()].map(
    ({ queue, topic, brokerName, queueId, source, failing, start, end }): Reading => ({
      queue,
      topic,
      brokerName,
      queueId,
      source,
      failing,
      cached: end - start,
    }),
  );
  if (state.pops.size === 0) return held;
  const { arena } = sim.state;
  for (const { brokerName, queueId } of subscribeQueues(client, spec.topic)) {
    const loop = state.pops.get(brokerName);
    const queue = arena.queueByName.get(`${spec.topic}@${brokerName}#${queueId}`);
    if (loop === undefined || queue === undefined) continue;
    const source = findBrokerInSubscribe(client, brokerName, MASTER_ID, true)?.node ?? -1;
    const cached = queueId === 0 ? loop.unacked : 0;
    held.push({ queue, topic: spec.topic, brokerName, queueId, source, failing: source < 0, cached });
  }
  return held;
}

/** Whether a consumer reads a queue: it holds it, or asks its broker for messages of any queue. */
export function reads(sim: RocketSim, { state, spec }: Consumer, number: number): boolean {
  if (state.queues.has(number)) return true;
  if (state.pops.size === 0) return false;
  const { topic, group } = queueOf(sim.state.arena, number);
  return topic === spec.topic && state.pops.has(group);
}
