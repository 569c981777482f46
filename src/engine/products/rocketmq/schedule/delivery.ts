import { defineEvent, type Handlers } from '../../../core/sim';
import { useCpu } from '../../../model/resources';
import {
  messageTag,
  queueOf,
  recordMessage,
  recordPropsOf,
  recordQueue,
  type World,
} from '../../../model/world';
import { putEscaping } from '../broker/put-escape';
import { runsSpecialServices } from '../broker/special-services';
import {
  brokerOf,
  type ConsumeQueue,
  maxOffsetOf,
  minOffsetOf,
  type PutEnded,
  recordAtOffset,
} from '../broker/store-state';
import { tagHashBack } from '../filter/filter-kinds';
import { Code } from '../protocol';
import type { Broker, Rocket, RocketSim } from '../state';
import { tickAtOrAfter } from '../timers';
import { deliverUs, nextOffset, queueOfLevel } from './level-queue';
import { delayOver, deliverTimeKept, deliveryFailed, lookBooked } from './schedule-kinds';
import { moveOffset } from './schedule-state';

/**
 * `DeliverDelayedMessageTimerTask`: one task a level, which goes through the level's queue until it meets a message
 * that is not due. A task that has nothing to find is not scheduled: its next run is computed on its beat.
 */

/** `FIRST_DELAY_TIME`, `DELAY_FOR_A_WHILE`. [SC-4] */
const RUN = { firstUs: 1_000_000, periodUs: 100_000 };
/** Reading a due message and putting it anew. */
const DELIVER_CPU_NS = 10_000;

interface Level {
  readonly level: number;
}
interface Delivery extends Level {
  readonly offset: number;
}
const levelRuns = defineEvent<Level & { readonly atUs: number }>('delay.level-runs');
const deliver = defineEvent<Delivery>('delay.deliver');
const delivered = defineEvent<PutEnded<Delivery>>('delay.delivered');

/** A delayed message became visible to the task of its level. */
export function delayedArrived(sim: RocketSim, node: number, record: number): void {
  const broker = brokerOf(sim, node);
  if (!runsSpecialServices(broker)) return;
  const { queueId } = queueOf(sim.state.arena, recordQueue(sim.state.arena, record));
  const level = queueId + 1;
  sim.emit(deliverTimeKept, node, record, Math.max(0, deliverUs(sim, broker, record, level) - sim.nowUs));
  const queue = queueOfLevel(sim, broker, level);
  if (queue !== undefined) look(sim, broker, level, queue);
}

/** Schedules the run at which the level's first message will be due. */
export function look(sim: RocketSim, broker: Broker, level: number, queue: ConsumeQueue): void {
  const { schedule } = broker.store.memory;
  const offset = nextOffset(broker, level, queue);
  if (schedule.busy.has(level) || offset >= maxOffsetOf(queue)) return;
  const dueUs = deliverUs(sim, broker, recordAtOffset(queue, offset), level);
  const atUs = tickAtOrAfter(sim, broker.node, RUN, Math.max(sim.nowUs, dueUs));
  if (atUs >= (schedule.lookUs.get(level) ?? Number.POSITIVE_INFINITY)) return;
  schedule.lookUs.set(level, atUs);
  sim.emit(lookBooked, broker.node, level, atUs - Math.max(sim.nowUs, dueUs));
  sim.byClock(() => sim.at(atUs, broker.node, levelRuns, { level, atUs }));
}

/** `DeliverDelayedMessageTimerTask#executeOnTimeUp`. */
function onRun(sim: RocketSim, node: number, { level, atUs }: Level & { readonly atUs: number }): void {
  const broker = brokerOf(sim, node);
  const { schedule } = broker.store.memory;
  if (schedule.lookUs.get(level) !== atUs) return;
  schedule.lookUs.delete(level);
  if (schedule.busy.has(level) || !runsSpecialServices(broker)) return;
  goOn(sim, broker, level);
}

/** The next message of a level, if it is due. */
function goOn(sim: RocketSim, broker: Broker, level: number): void {
  const { node } = broker;
  const { schedule } = broker.store.memory;
  const queue = queueOfLevel(sim, broker, level);
  if (queue === undefined) return;
  const offset = nextOffset(broker, level, queue);
  if (offset >= maxOffsetOf(queue)) return;
  const record = recordAtOffset(queue, offset);
  const lateUs = sim.nowUs - deliverUs(sim, broker, record, level);
  if (lateUs < 0) {
    look(sim, broker, level, queue);
    return;
  }
  schedule.busy.add(level);
  sim.emit(delayOver, node, record, lateUs);
  useCpu(sim, node, DELIVER_CPU_NS, deliver, { level, offset });
}

/** The message goes to its own topic and queue, without its delay and with WAIT=false. */
function onDeliver(sim: RocketSim, node: number, { level, offset }: Delivery): void {
  const broker = brokerOf(sim, node);
  const { arena } = sim.state;
  const queue = queueOfLevel(sim, broker, level);
  if (queue === undefined || offset < minOffsetOf(queue)) {
    // Retention has taken it since: the task goes on with the next one.
    broker.store.memory.schedule.busy.delete(level);
    goOn(sim, broker, level);
    return;
  }
  const record = recordAtOffset(queue, offset);
  const props = recordPropsOf(arena, record);
  if (props === undefined) throw new RangeError(`record ${record} has no topic to go to`);
  const { topic, queueId } = queueOf(arena, props.realQueue);
  const { reconsumeTimes } = props;
  const role = topic.startsWith('%RETRY%') ? 'retry' : 'plain';
  putEscaping(
    sim,
    node,
    { message: recordMessage(arena, record), topic, queueId, props: { role, reconsumeTimes } },
    { event: delivered, context: { level, offset } },
  );
}

function onDelivered(sim: RocketSim, node: number, { context, status }: PutEnded<Delivery>): void {
  const broker = brokerOf(sim, node);
  const { schedule } = broker.store.memory;
  const { level, offset } = context;
  schedule.busy.delete(level);
  const queue = queueOfLevel(sim, broker, level);
  if (queue === undefined) return;
  const cause = sim.currentCause;
  if (status === Code.SUCCESS) {
    moveOffset(schedule, level, offset + 1, sim.nowUs);
    const record = recordAtOffset(queue, offset);
    if (messageTag(sim.state.arena, recordMessage(sim.state.arena, record)) !== '')
      sim.because(cause, () => sim.emit(tagHashBack, node, record));
    sim.byClock(() => goOn(sim, broker, level));
    return;
  }
  if (schedule.stuck.get(level) !== offset) {
    schedule.stuck.set(level, offset);
    sim.because(cause, () => sim.emit(deliveryFailed, node, recordAtOffset(queue, offset)));
  }
  const atUs = tickAtOrAfter(sim, node, RUN, sim.nowUs + 1);
  schedule.lookUs.set(level, atUs);
  sim.byClock(() => sim.at(atUs, node, levelRuns, { level, atUs }));
}

export function registerDelivery(handlers: Handlers<World<Rocket>>): void {
  handlers.on(levelRuns, onRun).on(deliver, onDeliver).on(delivered, onDelivered);
}
