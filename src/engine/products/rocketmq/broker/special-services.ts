import type { Broker } from '../state';
import { isFenced } from './controlled';
import { isSlave } from './store-state';

/**
 * The duties of a master besides storing and serving: scheduled delivery, transaction checks, pop revive
 * (`BrokerController#changeSpecialServiceStatus`). A master has them, and so has a slave while it acts for its master
 * (HA-19). An acting master stores nothing itself: what those services write *escapes* to another master.
 */
export const runsSpecialServices = (broker: Broker): boolean =>
  !broker.store.memory.members.isolated && !isFenced(broker) && (!isSlave(broker) || actsAsMaster(broker));

/** A slave that stands in for its master now: the smallest id of a group without one. */
export const actsAsMaster = ({ brokerId, store: { memory } }: Broker): boolean =>
  brokerId !== MASTER_ID && !memory.members.isolated && memory.members.minBrokerId === brokerId;

const MASTER_ID = 0;
