import { defineEvent } from '../../../core/sim';
import { unlock } from '../orderly/client-locks';
import { releaseAwaited, releaseDelayed } from '../orderly/orderly-kinds';
import type { Consumer, RocketSim } from '../state';
import type { ProcessQueue } from './consumer-state';
import { persistAndForget } from './offset-store';
import { cachedCount } from './process-queue';
import { queueReleased } from './rebalance-kinds';

/** The listener of a queue that was lost has returned: who waits to unlock it may go on. [OR-8] */
export const orderlyLetGo = defineEvent<{ readonly queue: number }>('orderly.let-go');

/** `UNLOCK_DELAY_TIME_MILLS`. */
const FORCED_AFTER_US = 20_000_000;

/** `removeUnnecessaryMessageQueue`: the offset goes out, results under way are void from now on. [CO-13, CO-25] */
export function releaseQueue(sim: RocketSim, consumer: Consumer, held: ProcessQueue): void {
  const { state, node } = consumer;
  state.queues.delete(held.queue);
  held.dropped = true;
  // Counted in the memory of the messages: pulled again, they begin anew.
  for (const record of held.records.subarray(held.start, held.end)) state.localRetries.delete(record);
  sim.emit(queueReleased, node, held.queue, cachedCount(held));
  persistAndForget(sim, consumer, held);
}

/**
 * `tryRemoveOrderMessageQueue`: false while the listener is at it, unless the last lock is 20 s old. `waited`: the
 * 500 ms are over; then the queue stays, dropped and locked, until the next rebalance. [OR-8]
 */
export function letGo(sim: RocketSim, consumer: Consumer, held: ProcessQueue, waited: boolean): boolean {
  if (held.inListener && sim.nowUs <= held.lockedUs + FORCED_AFTER_US) {
    sim.emit(waited ? releaseDelayed : releaseAwaited, consumer.node, held.queue);
    return false;
  }
  const cause = sim.currentCause;
  releaseQueue(sim, consumer, held);
  sim.because(cause, () => unlock(sim, consumer, held));
  return true;
}
