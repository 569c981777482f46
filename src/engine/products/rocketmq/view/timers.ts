import { getCell } from '../../../core/table';
import { processOf } from '../../../model/env';
import { recordPropsOf } from '../../../model/world';
import {
  type ConsumeQueue,
  consumeQueueOf,
  maxOffsetOf,
  minOffsetOf,
  recordAtOffset,
} from '../broker/store-state';
import type { TimerWheel } from '../schedule/timer-state';
import { precisionUs, slotOf, TIMER_TOPIC } from '../schedule/timer-times';
import type { Broker, RocketSim } from '../state';

/** Timer messages of one broker. [SC-9, SC-10] */
export interface Timed {
  /** Stored, and not yet put into their own topic. */
  readonly waiting: number;
  /** Those of them that no slot of the wheel holds yet. */
  readonly unread: number;
  /** The soonest, at most as many as were asked for; `dueUs`: when their slot is over. */
  readonly soonest: readonly { readonly record: number; readonly dueUs: number }[];
}

/** Undefined while the broker has never stored a timer message. */
export function timedOf(sim: RocketSim, broker: Broker, countMax: number): Timed | undefined {
  const queue = consumeQueueOf(sim, broker, TIMER_TOPIC, 0);
  if (queue === undefined || maxOffsetOf(queue) === 0) return undefined;
  const wheel = broker.store.memory.timers;
  const turns = wheel.running && processOf(sim.state.env, broker.node).state !== 'down';
  const { records, count } = turns ? hung(wheel, countMax) : fromFiles(sim, broker, queue);
  const unreadFrom = turns ? wheel.queueOffset : broker.store.disk.timerCheckpoint.queueOffset;
  const unread = Math.max(0, maxOffsetOf(queue) - Math.max(minOffsetOf(queue), unreadFrom));
  const fresh = Array.from({ length: Math.min(unread, countMax) }, (_, i) =>
    recordAtOffset(queue, maxOffsetOf(queue) - unread + i),
  );
  const soonest = [...records, ...fresh]
    .map((record) => ({ record, dueUs: dueUs(sim, broker, record) }))
    .sort((x, y) => x.dueUs - y.dueUs || x.record - y.record)
    .slice(0, countMax);
  return { waiting: count + unread, unread, soonest };
}

/** Its own slot, even while it hangs in another one because its own is too far away. */
const dueUs = (sim: RocketSim, broker: Broker, record: number) =>
  (recordPropsOf(sim.state.arena, record)?.deliverUs ?? 0) + precisionUs(broker);

/** What hangs in the slots: how many, and those of the next slots. */
function hung({ slots, slot, slotDone, log, count }: TimerWheel, countMax: number) {
  const records = slot === undefined ? [] : [...slot.records.subarray(slotDone, slotDone + countMax)];
  for (const at of [...slots.keys()].sort((x, y) => x - y)) {
    if (records.length >= countMax) break;
    for (let row = slots.get(at) ?? -1; row >= 0; row = getCell(log, row, 1) - 1) {
      records.push(getCell(log, row, 0));
    }
  }
  return { records, count };
}

/** Where no wheel turns: what the next one will be filled with, by the checkpoint. */
function fromFiles(sim: RocketSim, broker: Broker, queue: ConsumeQueue) {
  const { readUs, queueOffset } = broker.store.disk.timerCheckpoint;
  const records: number[] = [];
  const to = Math.min(queueOffset, maxOffsetOf(queue));
  for (let offset = minOffsetOf(queue); offset < to; offset++) {
    const record = recordAtOffset(queue, offset);
    if (slotOf(sim, broker, record).slotUs >= readUs) records.push(record);
  }
  return { records, count: records.length };
}
