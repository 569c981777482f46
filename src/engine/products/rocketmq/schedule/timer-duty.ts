import { runsSpecialServices } from '../broker/special-services';
import { brokerOf, consumeQueueOf } from '../broker/store-state';
import type { RocketSim } from '../state';
import { createTimerWheel } from './timer-state';
import { TIMER_TOPIC } from './timer-times';
import { rebuildWheel } from './timer-wheel';

/** The broker has the duties of a master: its wheel goes on from its checkpoint. */
export function resumeTimers(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { memory } = broker.store;
  if (!broker.config.timerWheelEnable || !runsSpecialServices(broker) || memory.timers.running) return;
  memory.timers = createTimerWheel();
  memory.timers.running = true;
  const queue = consumeQueueOf(sim, broker, TIMER_TOPIC, 0);
  if (queue !== undefined) rebuildWheel(sim, broker, queue);
}
