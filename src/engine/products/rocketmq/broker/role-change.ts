import type { Handlers } from '../../../core/sim';
import type { World } from '../../../model/world';
import { type GroupInfo, notifyRoleChanged } from '../controller/requests';
import type { Rocket, RocketSim } from '../state';
import { controlledOf, isElected } from './controlled';
import { becameMaster, becameSlave, masterDemoted } from './controller-mode-kinds';
import { armDispatch, redispatch } from './dispatch';
import { beginDuties } from './duties';
import { beginEpoch } from './epochs';
import { armFlush } from './flush';
import { commitPool } from './pool';
import { registerAll } from './registration';
import { announceAcks, endReplication, startSlaveSync } from './roles';
import { brokerOf, readablePhysOf, readableRowsOf } from './store-state';
import { adoptSet, watchSet } from './sync-state-set';
import { moveToEpoch } from './topics';

/** `ReplicasManager#changeToMaster` and `#changeToSlave`: the role changes while the process runs. */

/** The group as a controller says it: a higher epoch than the one known decides the role. */
export function takeElectedRole(sim: RocketSim, node: number, info: GroupInfo): void {
  const broker = brokerOf(sim, node);
  const { controlled } = broker;
  if (controlled === undefined || controlled.id < 0) return;
  if (info.masterId === undefined || info.masterAddress === undefined) return;
  if (info.masterEpoch <= controlled.masterEpoch) return;
  if (info.masterId === controlled.id) becomeMaster(sim, node, info);
  else becomeSlave(sim, node, info.masterId, info.masterAddress, info.masterEpoch);
}

function becomeMaster(sim: RocketSim, node: number, { masterEpoch, set, setEpoch }: GroupInfo): void {
  const broker = brokerOf(sim, node);
  const controlled = controlledOf(broker);
  const { memory, disk } = broker.store;
  const stays = controlled.masterId === controlled.id && broker.brokerId === 0;
  controlled.masterEpoch = masterEpoch;
  const begins = readablePhysOf(sim, broker);
  sim.emit(becameMaster, node, masterEpoch, begins);
  const cause = sim.currentCause;
  if (!stays) {
    sim.because(cause, () => endReplication(sim, node));
    // All that it has counts from now on, and is dispatched before it serves as master.
    disk.replica.confirmPhys = begins;
    sim.because(cause, () => redispatch(sim, node, memory.dispatchedRows, readableRowsOf(broker)));
    memory.nextOffsets.clear();
  }
  disk.replica.epochs = beginEpoch(disk.replica.epochs, masterEpoch, begins);
  broker.role = 'SYNC_MASTER';
  broker.brokerId = 0;
  controlled.masterId = controlled.id;
  sim.because(cause, () => adoptSet(sim, node, set, setEpoch));
  sim.because(cause, () => announceAcks(sim, broker));
  sim.because(cause, () => watchSet(sim, node));
  sim.because(cause, () => armFlush(sim, node));
  sim.because(cause, () => moveToEpoch(sim, node, masterEpoch));
  sim.because(cause, () => registerAll(sim, node));
  sim.because(cause, () => beginDuties(sim, node));
}

function becomeSlave(
  sim: RocketSim,
  node: number,
  masterId: number,
  masterAddress: number,
  masterEpoch: number,
): void {
  const broker = brokerOf(sim, node);
  const controlled = controlledOf(broker);
  const demoted = isElected(broker);
  const follows = controlled.masterId === masterId;
  controlled.masterEpoch = masterEpoch;
  controlled.masterId = masterId;
  sim.emit(demoted ? masterDemoted : becameSlave, node, masterAddress, masterEpoch);
  const cause = sim.currentCause;
  if (!follows) {
    // A pool is emptied before it is closed to writes.
    sim.because(cause, () => commitPool(sim, node));
    broker.role = 'SLAVE';
    broker.brokerId = controlled.id;
    controlled.set = [];
    controlled.proposed = undefined;
    controlled.alone = false;
    sim.because(cause, () => endReplication(sim, node));
    broker.store.memory.feed.metadataFrom = masterAddress;
    startSlaveSync(sim, node);
    sim.because(cause, () => armFlush(sim, node));
    sim.because(cause, () => armDispatch(sim, node));
  }
  sim.because(cause, () => moveToEpoch(sim, node, masterEpoch));
  sim.because(cause, () => registerAll(sim, node));
}

export function registerRoleChange(handlers: Handlers<World<Rocket>>): void {
  handlers.on(notifyRoleChanged.event, (sim, node, { body }) => takeElectedRole(sim, node, body));
}
