import type { Handlers } from '../../../core/sim';
import { truncateTable } from '../../../core/table';
import type { World } from '../../../model/world';
import { brokerOf } from '../broker/store-state';
import type { Rocket, RocketSim } from '../state';
import { registerBrokerRole } from './broker-role';
import { nodeStarted } from './dledger-kinds';
import { registerElection, startElector } from './election';
import { nodesOf, selfNumber } from './group';
import { registerQuorum } from './quorum';
import { registerReplication } from './replication';

/** `DLedgerCommitLog`: Raft keeps the CommitLog of a broker group (HA-21 to HA-23). */

/** The store is loaded: the node begins as a candidate with the term, the vote and the log that it has. */
export function startNode(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { log, disk } = broker.store;
  truncateTable(disk.raft.terms, Math.min(disk.raft.terms.length, log.records.length));
  disk.raft.committed = Math.min(disk.raft.committed, log.records.length);
  sim.emit(nodeStarted, node, selfNumber(sim, broker), nodesOf(sim, broker).length);
  startElector(sim, node);
}

export function registerDLedger(handlers: Handlers<World<Rocket>>): void {
  registerElection(handlers);
  registerReplication(handlers);
  registerQuorum(handlers);
  registerBrokerRole(handlers);
}
