import { defineEvent, type Handlers } from '../../../core/sim';
import type { World } from '../../../model/world';
import { beginDuties } from '../broker/duties';
import { registerAll } from '../broker/registration';
import { startSlaveSync } from '../broker/roles';
import { brokerOf } from '../broker/store-state';
import type { Rocket, RocketSim } from '../state';
import { becameMaster, becameSlave } from './dledger-kinds';
import { selfNumber } from './group';

/** `DLedgerRoleChangeHandler`: what the broker makes of its node's role (HA-23). */

const takeoverLook = defineEvent<{ readonly term: number }>('dledger.takeover-look');
const LOOK_US = 100_000;

/** The node is a follower or a candidate: the broker is a slave. A candidate that was one already stays as it is. */
export function actAsSlave(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { memory } = broker.store;
  broker.role = 'SLAVE';
  broker.brokerId = selfNumber(sim, broker) + 1;
  memory.raft.announced = true;
  memory.feed.metadataFrom = undefined;
  const cause = sim.currentCause;
  sim.because(cause, () => {
    sim.emit(becameSlave, node, broker.brokerId);
    registerAll(sim, node, true);
    startSlaveSync(sim, node);
  });
}

/** The node leads: the broker waits until the whole log is committed and dispatched, looking each 100 ms. */
export function prepareMaster(sim: RocketSim, node: number, term: number): void {
  const broker = brokerOf(sim, node);
  const { log, memory, disk } = broker.store;
  const { raft } = memory;
  if (raft.role !== 'leader' || disk.raft.term !== term) return;
  const { length } = log.records;
  if (disk.raft.committed < length || memory.dispatchedRows < length) {
    sim.after(LOOK_US, node, takeoverLook, { term });
    return;
  }
  // `recoverTopicQueueTable`: the queues' next offsets follow their ConsumeQueues (BR-9).
  memory.nextOffsets.clear();
  broker.role = 'SYNC_MASTER';
  broker.brokerId = 0;
  raft.announced = true;
  sim.emit(becameMaster, node, term, sim.nowUs - raft.electedUs);
  const cause = sim.currentCause;
  sim.because(cause, () => beginDuties(sim, node));
  sim.because(cause, () => registerAll(sim, node, true));
}

export function registerBrokerRole(handlers: Handlers<World<Rocket>>): void {
  handlers.on(takeoverLook, (sim, node, { term }) => prepareMaster(sim, node, term));
}
