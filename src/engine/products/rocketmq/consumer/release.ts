import type { Consumer, RocketSim } from '../state';
import type { ProcessQueue } from './consumer-state';
import { persistAndForget } from './offset-store';
import { cachedCount } from './process-queue';
import { queueReleased } from './rebalance-kinds';

/** `removeUnnecessaryMessageQueue`: the offset goes out, results under way are void from now on. [CO-13, CO-25] */
export function releaseQueue(sim: RocketSim, consumer: Consumer, held: ProcessQueue): void {
  const { state, node } = consumer;
  state.queues.delete(held.queue);
  held.dropped = true;
  sim.emit(queueReleased, node, held.queue, cachedCount(held));
  persistAndForget(sim, consumer, held);
}
