import { defineEvent, type Handlers } from '../../../core/sim';
import { appendRow, getCell, setCell } from '../../../core/table';
import { useCpu } from '../../../model/resources';
import { queueOf, recordMessage, recordPropsOf, type World } from '../../../model/world';
import { putEscaping } from '../broker/put-escape';
import { runsSpecialServices } from '../broker/special-services';
import {
  brokerOf,
  type ConsumeQueue,
  consumeQueueOf,
  maxOffsetOf,
  minOffsetOf,
  type PutEnded,
  recordAtOffset,
} from '../broker/store-state';
import { Code } from '../protocol';
import type { Broker, Rocket, RocketSim } from '../state';
import { tickAtOrAfter } from '../timers';
import { HALF_TOPIC } from '../transaction/transaction-topics';
import {
  halfDue,
  timerDue,
  timerEnqueued,
  timerFailed,
  timerParked,
  timerRolled,
  wheelRebuilt,
} from './timer-kinds';
import { createTimerLog, type TimerCheckpoint } from './timer-state';
import { precisionUs, slotAt, slotOf, TIMER_TOPIC } from './timer-times';

/**
 * `TimerMessageStore`: its queue is read every 100 ms into the slots of a wheel, and a slot is delivered when the
 * clock has reached the next one. Both loops look on a beat of a tenth of the precision and are scheduled only for
 * the looks that will find something. [SC-9, SC-10]
 */

/** Reading a due message from the CommitLog and putting it anew: an assumption. */
const DELIVER_CPU_NS = 30_000;
/** `TimerDequeuePutMessageService`: wait before a put is tried again, in tenths of the precision. */
const RETRY_BEATS = 5;
/** `timerFlushIntervalMs`. */
const CHECKPOINT = { firstUs: 1_000_000, periodUs: 1_000_000 };
const NEVER = Number.POSITIVE_INFINITY;

const enqueueLook = defineEvent<{ readonly atUs: number }>('timer.enqueue-look');
const dequeueLook = defineEvent<{ readonly atUs: number }>('timer.dequeue-look');
const deliver = defineEvent<Record<string, never>>('timer.deliver');
const delivered = defineEvent<PutEnded<null>>('timer.delivered');
const checkpointDue = defineEvent<Record<string, never>>('timer.checkpoint');

const queueOfTimers = (sim: RocketSim, broker: Broker) => consumeQueueOf(sim, broker, TIMER_TOPIC, 0);

/** The wheel of a broker that takes up its duties: what its queue says up to the checkpoint hangs in it again. */
export function rebuildWheel(sim: RocketSim, broker: Broker, queue: ConsumeQueue): void {
  const { memory, disk } = broker.store;
  const { timers: wheel } = memory;
  const { readUs, queueOffset } = disk.timerCheckpoint;
  wheel.queueOffset = Math.max(minOffsetOf(queue), Math.min(queueOffset, maxOffsetOf(queue)));
  for (let offset = minOffsetOf(queue); offset < wheel.queueOffset; offset++) {
    const record = recordAtOffset(queue, offset);
    const { slotUs } = slotOf(sim, broker, record);
    if (slotUs >= readUs) hang(broker, record, slotUs);
  }
  sim.emit(wheelRebuilt, broker.node, wheel.count, maxOffsetOf(queue) - wheel.queueOffset);
  armEnqueue(sim, broker);
  armDequeue(sim, broker);
}

/** A timer message became visible. */
export function timedArrived(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  if (broker.store.memory.timers.running) armEnqueue(sim, broker);
}

const beatOf = (broker: Broker) => ({ firstUs: 0, periodUs: precisionUs(broker) / 10 });

function armEnqueue(sim: RocketSim, broker: Broker): void {
  const wheel = broker.store.memory.timers;
  if (wheel.enqueueAtUs !== NEVER || wheel.queueOffset >= maxOffsetOf(queueOfTimers(sim, broker))) return;
  wheel.enqueueAtUs = tickAtOrAfter(sim, broker.node, beatOf(broker), sim.nowUs);
  sim.byClock(() => sim.at(wheel.enqueueAtUs, broker.node, enqueueLook, { atUs: wheel.enqueueAtUs }));
}

/** `TimerEnqueuePutService`: into the slot; one that has passed already is delivered at once. */
function onEnqueue(sim: RocketSim, node: number, { atUs }: { readonly atUs: number }): void {
  const broker = brokerOf(sim, node);
  const wheel = broker.store.memory.timers;
  const queue = queueOfTimers(sim, broker);
  if (wheel.enqueueAtUs !== atUs) return;
  wheel.enqueueAtUs = NEVER;
  if (queue === undefined || !onDuty(broker)) return;
  const cause = sim.currentCause;
  for (; wheel.queueOffset < maxOffsetOf(queue); wheel.queueOffset++) {
    const record = recordAtOffset(queue, wheel.queueOffset);
    const { slotUs, parked } = slotOf(sim, broker, record);
    const inUs = Math.max(0, slotUs + precisionUs(broker) - sim.nowUs);
    sim.because(cause, () => sim.emit(parked ? timerParked : timerEnqueued, node, record, inUs));
    hang(broker, record, slotUs);
  }
  armCheckpoint(sim, broker);
  sim.because(cause, () =>
    nextSlot(broker) < passedUs(sim, broker) ? turn(sim, broker) : armDequeue(sim, broker),
  );
}

/** Slots before this one are over but for the one that has just ended, which waits for its look. */
const passedUs = (sim: RocketSim, broker: Broker) => slotAt(broker, sim.nowUs);

function hang({ store: { memory } }: Broker, record: number, slotUs: number): void {
  const { timers: wheel } = memory;
  const row = appendRow(wheel.log);
  setCell(wheel.log, row, 0, record);
  setCell(wheel.log, row, 1, (wheel.slots.get(slotUs) ?? -1) + 1);
  wheel.slots.set(slotUs, row);
  wheel.count++;
}

function nextSlot({ store: { memory } }: Broker): number {
  let next = NEVER;
  for (const slotUs of memory.timers.slots.keys()) if (slotUs < next) next = slotUs;
  return next;
}

/** The look at which the next slot will be over. */
function armDequeue(sim: RocketSim, broker: Broker): void {
  const wheel = broker.store.memory.timers;
  const slotUs = nextSlot(broker);
  if (wheel.slot !== undefined || slotUs === NEVER) return;
  const atUs = tickAtOrAfter(
    sim,
    broker.node,
    beatOf(broker),
    Math.max(sim.nowUs, slotUs + precisionUs(broker)),
  );
  if (atUs >= wheel.dequeueAtUs) return;
  wheel.dequeueAtUs = atUs;
  sim.byClock(() => sim.at(atUs, broker.node, dequeueLook, { atUs }));
}

function onDequeue(sim: RocketSim, node: number, { atUs }: { readonly atUs: number }): void {
  const broker = brokerOf(sim, node);
  const wheel = broker.store.memory.timers;
  if (wheel.dequeueAtUs !== atUs) return;
  wheel.dequeueAtUs = NEVER;
  if (onDuty(broker)) turn(sim, broker);
}

/** `TimerDequeueGetService`: slot by slot, as long as the clock has passed them. */
function turn(sim: RocketSim, broker: Broker): void {
  const wheel = broker.store.memory.timers;
  const slotUs = nextSlot(broker);
  if (wheel.slot !== undefined) return;
  if (slotUs >= passedUs(sim, broker)) {
    armDequeue(sim, broker);
    return;
  }
  const records: number[] = [];
  for (let row = wheel.slots.get(slotUs) ?? -1; row >= 0; row = getCell(wheel.log, row, 1) - 1) {
    records.push(getCell(wheel.log, row, 0));
  }
  wheel.slots.delete(slotUs);
  if (wheel.slots.size === 0) wheel.log = createTimerLog();
  wheel.slot = { frozen: true, atUs: slotUs, records: Uint32Array.from(records.reverse()) };
  wheel.slotDone = 0;
  useCpu(sim, broker.node, DELIVER_CPU_NS, deliver, {});
}

/** The next message of the slot: to its own topic and queue, or into the wheel again. */
function onDeliver(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { slot, slotDone } = broker.store.memory.timers;
  const record = slot?.records[slotDone];
  if (slot === undefined || record === undefined || !onDuty(broker)) return;
  const { arena } = sim.state;
  const props = recordPropsOf(arena, record);
  if (props === undefined) throw new RangeError(`record ${record} has no topic to go to`);
  const message = recordMessage(arena, record);
  const done = { event: delivered, context: null };
  if (props.deliverUs > slot.atUs) {
    sim.emit(timerRolled, node, record);
    putEscaping(sim, node, { message, topic: TIMER_TOPIC, queueId: 0, props }, done);
    return;
  }
  const { topic, queueId } = queueOf(arena, props.realQueue);
  const half = topic === HALF_TOPIC;
  sim.emit(half ? halfDue : timerDue, node, record, sim.nowUs - slot.atUs - precisionUs(broker));
  const kept = half ? { ...props, role: 'half' as const } : undefined;
  putEscaping(sim, node, { message, topic, queueId, props: kept }, done);
}

function onDelivered(sim: RocketSim, node: number, { status }: PutEnded<null>): void {
  const broker = brokerOf(sim, node);
  const wheel = broker.store.memory.timers;
  const { slot } = wheel;
  if (slot === undefined) return;
  const cause = sim.currentCause;
  if (status !== Code.SUCCESS) {
    const record = slot.records[wheel.slotDone] as number;
    if (record !== wheel.failing) sim.because(cause, () => sim.emit(timerFailed, node, record));
    wheel.failing = record;
    sim.after(RETRY_BEATS * beatOf(broker).periodUs, node, deliver, {});
    return;
  }
  wheel.slotDone++;
  wheel.count--;
  if (wheel.slotDone < slot.records.length) {
    sim.byClock(() => useCpu(sim, node, DELIVER_CPU_NS, deliver, {}));
    return;
  }
  wheel.slot = undefined;
  armCheckpoint(sim, broker);
  sim.byClock(() => turn(sim, broker));
}

/** A stand-in whose master is back stops; when it acts again it goes on from the checkpoint. */
function onDuty(broker: Broker): boolean {
  const { timers } = broker.store.memory;
  if (timers.running && !runsSpecialServices(broker)) timers.running = false;
  return timers.running;
}

function armCheckpoint(sim: RocketSim, { node, store: { memory } }: Broker): void {
  if (memory.timers.checkpointArmed) return;
  memory.timers.checkpointArmed = true;
  sim.at(tickAtOrAfter(sim, node, CHECKPOINT, sim.nowUs), node, checkpointDue, {});
}

/** `TimerFlushService`: what a crash goes back to. */
export function writeTimerCheckpoint(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { memory, disk } = broker.store;
  const { timers: wheel } = memory;
  wheel.checkpointArmed = false;
  if (!wheel.running) return;
  const readUs = Math.min(passedUs(sim, broker), wheel.slot?.atUs ?? NEVER, nextSlot(broker));
  disk.timerCheckpoint = { frozen: true, readUs, queueOffset: wheel.queueOffset };
}

/** A slave takes over where its master stands. */
export function takeCheckpoint({ store: { memory, disk } }: Broker, checkpoint: TimerCheckpoint): void {
  if (!memory.timers.running) disk.timerCheckpoint = checkpoint;
}

export function registerTimerWheel(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(enqueueLook, onEnqueue)
    .on(dequeueLook, onDequeue)
    .on(deliver, onDeliver)
    .on(delivered, onDelivered)
    .on(checkpointDue, writeTimerCheckpoint);
}
