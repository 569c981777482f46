import type { Broker, RocketSim } from '../state';
import { brokerOf, isSlave } from './store-state';

/**
 * The duties of a master besides storing and serving: scheduled delivery, transaction checks, pop revive
 * (`BrokerController#changeSpecialServiceStatus`). A master has them, and so has a slave while it acts for its master
 * (HA-19). An acting master stores nothing itself: what those services write *escapes* to another master.
 */
export const runsSpecialServices = (broker: Broker): boolean => !isSlave(broker) || actsAsMaster(broker);

/** A slave that stands in for its master now: the smallest id of a group without one. */
export const actsAsMaster = (broker: Broker): boolean => isSlave(broker) && broker.store.memory.acting;

export interface EscapeTarget {
  /** Process number of the broker that stores it. */
  readonly node: number;
  /** The queue that it goes to there; undefined: the one that the message names. */
  readonly queueId: number | undefined;
}

/**
 * Where the special services of a broker write (`EscapeBridge#putMessage`): into its own store when it is a master,
 * into a queue of another master when it acts for its own. Undefined: nowhere; the write fails and is tried again.
 */
export function escapeTarget(sim: RocketSim, node: number, _topic: string): EscapeTarget | undefined {
  return isSlave(brokerOf(sim, node)) ? undefined : { node, queueId: undefined };
}
