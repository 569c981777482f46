import type { RocketSim } from '../state';
import { consumerPaused, consumerResumed } from './consumer-kinds';
import { consumerOf } from './consumer-of';
import { pauseEnded } from './pull-turns';
import { rebalanceNow } from './rebalance';

/** `suspend`: pull loops stand still, what is cached is consumed, queues are kept. [CO-3] */
export function pauseConsumer(sim: RocketSim, node: number): void {
  const { state } = consumerOf(sim, node);
  if (state.paused) return;
  state.paused = true;
  sim.emit(consumerPaused, node);
}

/** `resume`: each loop goes on at its next look, and the queues are balanced at once. [CO-3] */
export function resumeConsumer(sim: RocketSim, node: number): void {
  const consumer = consumerOf(sim, node);
  if (!consumer.state.paused) return;
  consumer.state.paused = false;
  sim.emit(consumerResumed, node);
  const cause = sim.currentCause;
  for (const held of consumer.state.queues.values()) {
    sim.because(cause, () => pauseEnded(sim, consumer, held));
  }
  sim.because(cause, () => rebalanceNow(sim, node));
}
