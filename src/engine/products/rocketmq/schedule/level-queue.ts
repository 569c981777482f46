import { recordStoredUs } from '../../../model/world';
import { type ConsumeQueue, consumeQueueOf, minOffsetOf } from '../broker/store-state';
import type { Broker, RocketSim } from '../state';
import { delayLevels, SCHEDULE_TOPIC } from './levels';

export const queueOfLevel = (sim: RocketSim, broker: Broker, level: number) =>
  consumeQueueOf(sim, broker, SCHEDULE_TOPIC, level - 1);

/** Where a level goes on; retention may have taken what it had not delivered. */
export const nextOffset = (broker: Broker, level: number, queue: ConsumeQueue) =>
  Math.max(minOffsetOf(queue), broker.store.memory.schedule.offsets.get(level) ?? 0);

/** `storeTimestamp` and the delay of the level. [SC-3] */
export function deliverUs(sim: RocketSim, { config }: Broker, record: number, level: number): number {
  return recordStoredUs(sim.state.arena, record) + (delayLevels(config.messageDelayLevel)[level - 1] ?? 0);
}
