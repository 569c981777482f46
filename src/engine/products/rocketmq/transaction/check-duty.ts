import { defineEvent } from '../../../core/sim';
import { halvesWaited } from '../broker/recovery-kinds';
import { runsSpecialServices } from '../broker/special-services';
import { brokerOf, maxOffsetOf } from '../broker/store-state';
import type { Broker, RocketSim } from '../state';
import { timerBaseUs } from '../timers';
import { openHalves, queueOfTopic, storedOffset } from './offsets';
import { countEnded } from './op-reader';
import { HALF_TOPIC, OP_TOPIC } from './transaction-topics';

/** When the check thread of a broker runs (TX-6). A pass that would find nothing is not scheduled. */

export const checkRun = defineEvent<{ readonly atUs: number }>('transaction.check');

/** When the check thread would run next, were there anything to look at; it runs an interval after its last pass. */
export function nextCheckUs(sim: RocketSim, { node, config, store }: Broker, fromUs = sim.nowUs): number {
  const { checkBaseUs, checkAtUs } = store.memory.transactions;
  if (Number.isFinite(checkAtUs)) return checkAtUs;
  const base = Math.max(timerBaseUs(sim, node), checkBaseUs ?? Number.NEGATIVE_INFINITY);
  const periodUs = config.transactionCheckInterval * 1000;
  return base + Math.max(1, Math.ceil((fromUs - base) / periodUs)) * periodUs;
}

/** There may be something to look at: the next pass is scheduled. */
export function armCheck(sim: RocketSim, node: number, fromUs = sim.nowUs): void {
  const broker = brokerOf(sim, node);
  const { transactions } = broker.store.memory;
  if (Number.isFinite(transactions.checkAtUs) || transactions.pass !== undefined) return;
  if (!runsSpecialServices(broker)) return;
  const half = queueOfTopic(sim, broker, HALF_TOPIC);
  const op = queueOfTopic(sim, broker, OP_TOPIC);
  const left =
    storedOffset(sim, broker, HALF_TOPIC) < maxOffsetOf(half) ||
    storedOffset(sim, broker, OP_TOPIC) < maxOffsetOf(op);
  if (!left) return;
  transactions.checkAtUs = nextCheckUs(sim, broker, fromUs);
  sim.byClock(() => sim.at(transactions.checkAtUs, node, checkRun, { atUs: transactions.checkAtUs }));
}

/** The broker has the duties of a master from now on; its check thread begins with a wait. */
export function resumeChecks(sim: RocketSim, node: number): void {
  brokerOf(sim, node).store.memory.transactions.checkBaseUs = sim.nowUs;
  beginChecks(sim, node);
}

/** What the log says of half messages is looked at from the next check on. [TX-13] */
export function beginChecks(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { transactions } = broker.store.memory;
  transactions.ended = queueOfTopic(sim, broker, OP_TOPIC) === undefined ? 0 : countEnded(sim, broker);
  if (!runsSpecialServices(broker)) return;
  const open = openHalves(sim, broker);
  if (open > 0) sim.emit(halvesWaited, node, open);
  armCheck(sim, node);
}
