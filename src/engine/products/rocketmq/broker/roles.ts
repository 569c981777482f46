import { close } from '../../../model/net';
import { internText } from '../../../model/world';
import type { Broker, RocketSim } from '../state';
import { startTimer } from '../timers';
import { redispatch } from './dispatch';
import { acksConfigured, roleTaken } from './ha-kinds';
import { dropLink } from './ha-master';
import { leaveMaster } from './ha-slave';
import { registerAll } from './registration';
import { slaveSyncPeriodUs, slaveSyncTimer } from './slave-sync';
import { brokerOf, isSlave, readableRowsOf } from './store-state';
import { acksNeededBy } from './waits';

/** The role that a running broker has, and how it comes to another one. */

/**
 * The broker goes on with another role and id, as after a restart: between master and slave its replication ends on
 * both sides, and it registers anew.
 */
export function takeRole(sim: RocketSim, node: number, role: Broker['role'], brokerId: number): void {
  const broker = brokerOf(sim, node);
  const { memory } = broker.store;
  const wasSlave = isSlave(broker);
  broker.role = role;
  broker.brokerId = brokerId;
  announceRole(sim, node);
  if (wasSlave === isSlave(broker)) return;
  endReplication(sim, node);
  // A restart dispatches what is left and takes the queues' next offsets from their ConsumeQueues (BR-9).
  redispatch(sim, node, memory.dispatchedRows, readableRowsOf(broker));
  memory.nextOffsets.clear();
  registerAll(sim, node);
  if (isSlave(broker)) startSlaveSync(sim, node);
}

/** Replication connections of either side are closed. */
export function endReplication(sim: RocketSim, node: number): void {
  leaveMaster(sim, node);
  for (const conn of [...brokerOf(sim, node).store.memory.links.keys()]) {
    close(sim, conn, node);
    dropLink(sim, node, conn);
  }
}

/** The slave's fetching of metadata, once for a process: while it is a master it fetches nothing. */
export function startSlaveSync(sim: RocketSim, node: number): void {
  const syncs = sim.state.product.activeTimers[node]?.some(({ name }) => name === slaveSyncTimer.name);
  if (!syncs) startTimer(sim, node, slaveSyncTimer, slaveSyncPeriodUs(sim));
}

export function announceRole(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  sim.emit(roleTaken, node, internText(sim.state.arena, broker.role), broker.brokerId);
  announceAcks(sim, broker);
}

export function announceAcks(sim: RocketSim, broker: Broker): void {
  if (broker.role === 'SYNC_MASTER') sim.emit(acksConfigured, broker.node, acksNeededBy(sim, broker));
}
