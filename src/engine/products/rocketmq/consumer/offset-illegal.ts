import { defineEvent, type Handlers } from '../../../core/sim';
import { internQueue, type World } from '../../../model/world';
import { rebalanceWake } from '../protocol';
import type { Consumer, Rocket, RocketSim } from '../state';
import { offsetMovedByHand, queueRestarted } from './consumer-kinds';
import { consumerOf, type QueueRef } from './consumer-of';
import type { ProcessQueue } from './consumer-state';
import { pauseConsumer, resumeConsumer } from './pausing';
import { releaseQueue } from './release';
import { resetConsumerOffset } from './reset-request';

/** What makes a consumer give a queue back to take it again from another offset. */

/** 4.x waits that long, for commits under way, before it moves an offset. */
const MOVE_LATER_US = 10_000_000;

const moveLater = defineEvent<QueueRef>('consumer.move-offset-later');
const movedByHand = defineEvent<{ readonly moves: readonly (readonly [queue: number, offset: number])[] }>(
  'consumer.moved-by-hand',
);

/**
 * OFFSET_ILLEGAL: the queue is dropped, its offset set to what the broker says, and the queue taken again by a
 * rebalance: now, or in 4.x after 10 s by the next one. [CO-9]
 */
export function offsetIllegal(sim: RocketSim, consumer: Consumer, held: ProcessQueue): void {
  const { node } = consumer;
  sim.emit(queueRestarted, node, held.queue, held.nextOffset);
  held.dropped = true;
  if (sim.state.product.version === '4.9') {
    sim.after(MOVE_LATER_US, node, moveLater, { queue: held.queue, serial: held.serial });
    return;
  }
  consumer.state.offsets.set(held.queue, held.nextOffset);
  releaseQueue(sim, consumer, held);
  sim.call(rebalanceWake, node, {});
}

export function registerOffsetMoves(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(moveLater, (sim, node, { queue, serial }) => {
      const consumer = consumerOf(sim, node);
      const held = consumer.state.queues.get(queue);
      if (held?.serial !== serial) return;
      consumer.state.offsets.set(queue, held.nextOffset);
      releaseQueue(sim, consumer, held);
    })
    .on(resetConsumerOffset.event, (sim, node, { body: { topic, brokerName, offsets } }) => {
      const consumer = consumerOf(sim, node);
      const moves: [number, number][] = [];
      const cause = sim.currentCause;
      offsets.forEach((offset, queueId) => {
        const queue = internQueue(sim.state.arena, topic, brokerName, queueId);
        const held = consumer.state.queues.get(queue);
        if (offset === undefined || held === undefined) return;
        held.dropped = true;
        sim.because(cause, () => sim.emit(offsetMovedByHand, node, queue, offset));
        moves.push([queue, offset]);
      });
      pauseConsumer(sim, node);
      sim.after(MOVE_LATER_US, node, movedByHand, { moves });
    })
    .on(movedByHand, (sim, node, { moves }) => {
      const consumer = consumerOf(sim, node);
      const cause = sim.currentCause;
      for (const [queue, offset] of moves) {
        const held = consumer.state.queues.get(queue);
        if (held === undefined) continue;
        consumer.state.offsets.set(queue, offset);
        sim.because(cause, () => releaseQueue(sim, consumer, held));
      }
      resumeConsumer(sim, node);
    });
}
