import type { TransactionsView } from '../../../view';
import { maxOffsetOf } from '../broker/store-state';
import type { Broker, RocketSim } from '../state';
import { openHalves, queueOfTopic, storedOffset } from '../transaction/offsets';
import { HALF_TOPIC, OP_TOPIC } from '../transaction/transaction-topics';

/** Half messages, the next look at them, and what is known to have ended; undefined where there never were any. */
export function transactionsView(sim: RocketSim, broker: Broker): TransactionsView | undefined {
  if (queueOfTopic(sim, broker, HALF_TOPIC) === undefined) return undefined;
  const { ops, checkAtUs } = broker.store.memory.transactions;
  return {
    halves: openHalves(sim, broker),
    ...(Number.isFinite(checkAtUs) ? { nextCheckUs: checkAtUs } : {}),
    endsInMemory: ops.length,
    ops: Math.max(0, maxOffsetOf(queueOfTopic(sim, broker, OP_TOPIC)) - storedOffset(sim, broker, OP_TOPIC)),
  };
}
