import type { BrokerConfig } from './config';

/**
 * The broker id with which a classic broker starts: a master role forces 0, a slave keeps its own.
 * Null: the process refuses to start, because a slave needs an id above 0. [HA-1, BrokerStartup#buildBrokerController]
 */
export function startingBrokerId(role: BrokerConfig['brokerRole'], brokerId: number): number | null {
  if (role !== 'SLAVE') return 0;
  return brokerId > 0 ? brokerId : null;
}
