import { defineEvent, type Handlers } from '../../../core/sim';
import { queueOf, recordOffset, type World } from '../../../model/world';
import { commitOffset, committedOffset, pendingReset } from '../broker/service-offsets';
import { brokerOf } from '../broker/store-state';
import { Code } from '../protocol';
import type { Broker, Rocket, RocketSim } from '../state';
import { tickAtOrAfter } from '../timers';
import { popUnblocked } from './pop-hold';
import {
  orderAckIgnored,
  orderAgain,
  orderBlocked,
  orderConfirmed,
  orderFreed,
  orderHeld,
} from './pop-kinds';
import type { PopHandle, Popped } from './pop-protocol';
import type { OrderInfo } from './pop-state';

/**
 * `ConsumerOrderInfoManager`: a queue that is popped in order gives nothing more out before what is out of it is
 * confirmed or visible again. Kept in memory and in a file, by `group@queue`; slaves have no copy. [PO-8]
 */

export const orderKey = (group: string, queue: number) => `${group}@${queue}`;

/** `ConsumerOrderInfoLockManager.TIMER_TICK_MS`. */
const TICK = { firstUs: 100_000, periodUs: 100_000 };
const freeDue = defineEvent<{ readonly key: string; readonly atUs: number }>('pop.order-free');

const isAcked = ({ acked }: OrderInfo, index: number) => (acked & (1 << index)) !== 0;

/** Until when the queue gives nothing out: the first message that is neither confirmed nor visible; 0 when free. */
export function blockedUntilUs(info: OrderInfo, nowUs: number): number {
  return info.visibleUs.find((us, i) => !isAcked(info, i) && nowUs < us) ?? 0;
}

/** `checkBlock`. */
export function isBlocked(
  sim: RocketSim,
  { node, service: { pop } }: Broker,
  key: string,
  queue: number,
  attemptId: string,
): boolean {
  const info = pop.orders.get(key);
  if (info === undefined || info.attemptId === attemptId) return false;
  const untilUs = blockedUntilUs(info, sim.nowUs);
  if (untilUs === 0) return false;
  if (!info.told) {
    const cause = sim.currentCause;
    sim.because(cause, () => sim.emit(orderBlocked, node, queue, untilUs - sim.nowUs));
    pop.orders.set(key, { ...info, told: true });
  }
  return true;
}

/** `update`: a batch is out. Returns how often each of its messages was handed out before. */
export function holdInOrder(
  sim: RocketSim,
  broker: Broker,
  key: string,
  { queue, popUs, invisibleUs, records }: Popped,
  attemptId: string,
): readonly number[] {
  const { node, service } = broker;
  const before = service.pop.orders.get(key);
  const offsets = records.map((record) => recordOffset(sim.state.arena, record));
  const consumed = offsets.map((offset) => {
    const known = before?.offsets.indexOf(offset) ?? -1;
    if (before === undefined || known < 0) return 0;
    const times = before.consumed[known] as number;
    return before.attemptId === attemptId ? times : times + 1;
  });
  const again = consumed.filter((times) => times > 0).length;
  const cause = sim.currentCause;
  if (again > 0) sim.because(cause, () => sim.emit(orderAgain, node, queue, again));
  sim.because(cause, () => sim.emit(orderHeld, node, queue, offsets[0]));
  const visibleUs = offsets.map(() => popUs + invisibleUs);
  keep(sim, broker, key, {
    frozen: true,
    attemptId,
    popUs,
    offsets,
    visibleUs,
    consumed,
    acked: 0,
    told: false,
  });
  return consumed;
}

/** `AckMessageProcessor#ackOrderly`: the offset goes to the first message that is not confirmed. */
export function ackInOrder(sim: RocketSim, node: number, { group, queue, offset, popUs }: PopHandle): number {
  const broker = brokerOf(sim, node);
  const { service } = broker;
  const { topic, queueId } = queueOf(sim.state.arena, queue);
  if (offset < committedOffset(service, group, topic, queueId)) return Code.SUCCESS;
  const key = orderKey(group, queue);
  const info = service.pop.orders.get(key);
  let next = offset + 1;
  if (info !== undefined) {
    if (info.popUs !== popUs) {
      sim.emit(orderAckIgnored, node, queue, offset);
      return Code.SUCCESS;
    }
    const index = info.offsets.indexOf(offset);
    if (index < 0) return Code.MESSAGE_ILLEGAL;
    const acked = { ...info, acked: info.acked | (1 << index) };
    const open = acked.offsets.find((_, i) => !isAcked(acked, i));
    next = open ?? (acked.offsets[acked.offsets.length - 1] as number) + 1;
    keep(sim, broker, key, acked);
  }
  sim.emit(orderConfirmed, node, queue, next);
  // A reset that waits for the next pop is not undone by what is confirmed meanwhile (CO-18).
  if (pendingReset(service, group, topic, queueId) === undefined)
    commitOffset(sim, node, { group, topic, queueId, offset: next });
  const now = service.pop.orders.get(key);
  if (now === undefined || blockedUntilUs(now, sim.nowUs) === 0) popUnblocked(sim, node, topic, group);
  return Code.SUCCESS;
}

/** `updateNextVisibleTime`: the queue stays blocked for as long as this message is invisible. */
export function postponeInOrder(
  sim: RocketSim,
  node: number,
  { group, queue, offset, popUs }: PopHandle,
  visibleUs: number,
): void {
  const broker = brokerOf(sim, node);
  const key = orderKey(group, queue);
  const info = broker.service.pop.orders.get(key);
  const index = info?.popUs === popUs ? info.offsets.indexOf(offset) : -1;
  if (info === undefined || index < 0) return;
  keep(sim, broker, key, { ...info, visibleUs: info.visibleUs.with(index, visibleUs) });
}

/** Notes a batch and has the queue looked at when its first message becomes visible. */
function keep(sim: RocketSim, { node, service: { pop } }: Broker, key: string, info: OrderInfo): void {
  pop.orders.set(key, info);
  armLook(sim, node, key, info);
}

export function armLook(sim: RocketSim, node: number, key: string, info: OrderInfo): void {
  const { pop } = brokerOf(sim, node).service;
  const untilUs = blockedUntilUs(info, sim.nowUs);
  if (untilUs === 0) pop.orderLooks.delete(key);
  else {
    const atUs = tickAtOrAfter(sim, node, TICK, untilUs);
    if (pop.orderLooks.get(key) === atUs) return;
    pop.orderLooks.set(key, atUs);
    sim.at(atUs, node, freeDue, { key, atUs });
  }
}

export function registerOrderInfo(handlers: Handlers<World<Rocket>>): void {
  handlers.on(freeDue, (sim, node, { key, atUs }) => {
    const { pop } = brokerOf(sim, node).service;
    if (pop.orderLooks.get(key) !== atUs) return;
    pop.orderLooks.delete(key);
    const at = key.lastIndexOf('@');
    const queue = Number(key.slice(at + 1));
    sim.emit(orderFreed, node, queue);
    popUnblocked(sim, node, queueOf(sim.state.arena, queue).topic, key.slice(0, at));
  });
}
