import { readMetadata, writeMetadata } from '../broker/metadata-file';
import { runsSpecialServices } from '../broker/special-services';
import { brokerOf, type ConsumeQueue, maxOffsetOf, recordAtOffset } from '../broker/store-state';
import type { Broker, RocketSim } from '../state';
import { defineTimer, startTimer } from '../timers';
import { look } from './delivery';
import { deliverUs, nextOffset, queueOfLevel } from './level-queue';
import { delayLevels } from './levels';
import { delayOffsetsWritten, deliveredAgain, overdueFound } from './schedule-kinds';
import type { Delays } from './schedule-state';

/** `ScheduleMessageService`: how far each level is, in memory and in its file, and where it goes on. */

/** Every `flushDelayOffsetInterval`. [SC-6] */
const persistTimer = defineTimer('broker.persist-delay-offsets', 10_000_000, 10_000_000, persistDelays);

/** The broker serves: its levels go on where its file says. */
export function scheduleStart(sim: RocketSim, node: number): void {
  const { schedule } = brokerOf(sim, node).store.memory;
  schedule.offsets = new Map(readMetadata(brokerOf(sim, node).store.disk.delayFile).offsets);
  schedule.version = readMetadata(brokerOf(sim, node).store.disk.delayFile).version;
  startTimer(sim, node, persistTimer, brokerOf(sim, node).config.flushDelayOffsetInterval * 1000);
  resumeSchedule(sim, node);
}

/** The broker has the duties of a master from now on: what fell due meanwhile is delivered at once. [SC-5] */
export function resumeSchedule(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  if (!runsSpecialServices(broker)) return;
  let overdue = 0;
  for (let level = 1; level <= delayLevels(broker.config.messageDelayLevel).length; level++) {
    const queue = queueOfLevel(sim, broker, level);
    correct(broker, level, queue);
    if (queue === undefined) continue;
    for (let offset = nextOffset(broker, level, queue); offset < maxOffsetOf(queue); offset++) {
      if (deliverUs(sim, broker, recordAtOffset(queue, offset), level) > sim.nowUs) break;
      overdue++;
    }
    const cause = sim.currentCause;
    sim.because(cause, () => look(sim, broker, level, queue));
  }
  const cause = sim.currentCause;
  if (overdue > 0) sim.because(cause, () => sim.emit(overdueFound, node, overdue));
}

/** What another member of the group gets to know. */
export function delaysOf({ store: { memory } }: Broker): Delays {
  return { offsets: [...memory.schedule.offsets], version: memory.schedule.version };
}

/**
 * What another member of the group knows of the levels: `SlaveSynchronize#syncDelayOffset` of a slave, and a master
 * that takes its duties back (HA-20). The other's file replaces the own one and is read with `putAll`: its offsets
 * count where they are lower, too, and then messages are delivered again. [SC-6]
 */
export function takeDelays(sim: RocketSim, broker: Broker, { offsets, version }: Delays): void {
  const { schedule } = broker.store.memory;
  for (const [level, offset] of offsets) {
    if (schedule.offsets.get(level) === offset) continue;
    schedule.offsets.set(level, offset);
    schedule.dirty = true;
  }
  schedule.version = version;
  persistDelays(sim, broker.node);
}

/** Writes `delayOffset.json` when something was delivered since. [SC-6] */
export function persistDelays(sim: RocketSim, node: number): void {
  const { memory, disk } = brokerOf(sim, node).store;
  const { schedule } = memory;
  if (!schedule.dirty) return;
  schedule.dirty = false;
  const { offsets, version } = schedule;
  writeMetadata(disk.delayFile, { frozen: true, offsets: new Map(offsets), version }, sim.nowUs);
  sim.emit(delayOffsetsWritten, node, schedule.offsets.size);
}

/** The process ended without writing: what was delivered since its file is delivered again. [SC-6] */
export function tellDelaysForgotten(sim: RocketSim, { node, store: { memory, disk } }: Broker): void {
  const { offsets } = readMetadata(disk.delayFile);
  let again = 0;
  for (const [level, offset] of memory.schedule.offsets) again += offset - (offsets.get(level) ?? 0);
  if (again > 0) sim.because(sim.currentCause, () => sim.emit(deliveredAgain, node, again));
}

/** `correctDelayOffset`: the file may be ahead of a queue that lost its tail, whose offsets will be used again. */
function correct({ store: { memory } }: Broker, level: number, queue: ConsumeQueue | undefined): void {
  const { offsets } = memory.schedule;
  const max = maxOffsetOf(queue);
  if ((offsets.get(level) ?? 0) > max) offsets.set(level, max);
}
