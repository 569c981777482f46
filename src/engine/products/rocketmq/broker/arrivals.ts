import type { Handlers } from '../../../core/sim';
import type { World } from '../../../model/world';
import { popArrived } from '../pop/pop-hold';
import { reviveArrived } from '../pop/revive';
import { REVIVE_TOPIC } from '../pop/revive-topic';
import { messageArriving } from '../protocol';
import { delayedArrived } from '../schedule/delivery';
import { SCHEDULE_TOPIC } from '../schedule/levels';
import { TIMER_TOPIC } from '../schedule/timer-times';
import { timedArrived } from '../schedule/timer-wheel';
import type { Rocket } from '../state';
import { armCheck } from '../transaction/check-duty';
import { HALF_TOPIC, OP_TOPIC } from '../transaction/transaction-topics';
import { pullArrived } from './service-hold';
import { brokerOf } from './store-state';

/** Who is told that a record became visible in its ConsumeQueue (`NotifyMessageArrivingListener`). [CO-7, SC-3, PO-9] */
export function registerArrivals(handlers: Handlers<World<Rocket>>): void {
  handlers.on(messageArriving, (sim, node, arrival) => {
    const { topic, record } = arrival;
    pullArrived(sim, node, arrival);
    const broker = brokerOf(sim, node);
    if (broker.service.pop.heldCount > 0) popArrived(sim, node, arrival);
    if (topic === HALF_TOPIC || topic === OP_TOPIC) armCheck(sim, node);
    if (topic === TIMER_TOPIC) timedArrived(sim, node);
    if (topic !== SCHEDULE_TOPIC && topic !== REVIVE_TOPIC) return;
    const arrived = topic === SCHEDULE_TOPIC ? delayedArrived : reviveArrived;
    arrived(sim, node, record);
  });
}
