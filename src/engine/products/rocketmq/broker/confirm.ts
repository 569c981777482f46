import { physAt, rowAtPhys } from '../../../model/log';
import { inGroup } from '../dledger/dledger-state';
import type { Broker, RocketSim } from '../state';
import { isElected } from './controlled';
import { readableRowsOf } from './store-state';

/** How much of a log may be dispatched, so that consumers see it (BR-6, HA-30). */

/** Whether consumers see only what is flushed (BR-6): with SYNC_FLUSH, with roles from the configuration (4.9 never waits). */
export const dispatchesFlushed = (broker: Broker) =>
  broker.config.flushDiskType === 'SYNC_FLUSH' &&
  !broker.config.readUnCommitted &&
  broker.controlled === undefined &&
  !inGroup(broker);

/** Whether consumers see only what the whole SyncStateSet has (HA-30): a slave goes by what its master says. */
export function dispatchesConfirmed(broker: Broker): boolean {
  const { config, controlled } = broker;
  if (controlled === undefined || config.readUnCommitted) return false;
  return !isElected(broker) || (config.allAckInSyncStateSet && controlled.set.length !== 1);
}

/** Rows of the log that may be dispatched, so that consumers see them: all that the page cache has, or less. */
export function confirmRowsOf(sim: RocketSim, broker: Broker): number {
  const { log, memory, disk } = broker.store;
  const rows = readableRowsOf(broker);
  if (dispatchesFlushed(broker)) return Math.min(rows, memory.flushedRows);
  return dispatchesConfirmed(broker)
    ? Math.min(rows, rowAtPhys(sim.state, log, disk.replica.confirmPhys))
    : rows;
}

/** Physical offset behind the last record that consumers may see (`CommitLog#getConfirmOffset`). */
export function confirmOffset(sim: RocketSim, broker: Broker): number {
  return physAt(sim.state, broker.store.log, confirmRowsOf(sim, broker));
}
