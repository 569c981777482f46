import { defineEvent, type Handlers } from '../../../core/sim';
import { internText, type World } from '../../../model/world';
import { sameSet } from '../controller/replicas-info';
import { alterSyncStateSet, type GroupInfo } from '../controller/requests';
import { type Answered, invoke, SUCCESS } from '../remoting';
import type { Broker, Rocket, RocketSim } from '../state';
import { controlledOf, isElected, wholeSetOf } from './controlled';
import { slaveAbsent, slaveCaughtUp, slaveLagging, slaveLeft } from './controller-mode-kinds';
import { armDispatch } from './dispatch';
import { acksChanged, linkEnded, slaveAcked } from './ha-master';
import { faultOfMembers } from './member-fault';
import { brokerOf, type HaLink, readablePhysOf } from './store-state';

/**
 * The master's care of its SyncStateSet (HA-27) and of the offset that all of it have confirmed (HA-30). It proposes,
 * the controllers decide.
 */
const answered = defineEvent<Answered<{ masterEpoch: number }, GroupInfo>>('syncset.answered');
const check = defineEvent<{ masterEpoch: number }>('syncset.check');

const FIRST_CHECK_US = 3_000_000;
const TIMEOUT_US = 3_000_000;

/** Looks at the set as the master of an epoch: at once, after 3 s, and then regularly. */
export function watchSet(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  proposeWithoutLate(sim, broker);
  sim.after(FIRST_CHECK_US, node, check, { masterEpoch: controlledOf(broker).masterEpoch });
}

/** The controllers' set, if it is newer than the one known. */
export function adoptSet(sim: RocketSim, node: number, set: readonly number[], setEpoch: number): void {
  const broker = brokerOf(sim, node);
  const controlled = controlledOf(broker);
  if (setEpoch <= controlled.setEpoch) return;
  controlled.set = set;
  controlled.setEpoch = setEpoch;
  controlled.proposed = undefined;
  confirm(sim, broker);
  sim.call(acksChanged, node, {});
}

/** `AutoSwitchHAService#computeConfirmOffset`. */
function confirm(sim: RocketSim, broker: Broker): void {
  const { memory, disk } = broker.store;
  const controlled = controlledOf(broker);
  const members = wholeSetOf(controlled).filter((id) => id !== controlled.id);
  const links = [...memory.links.values()];
  const allLinked = members.every((id) => links.some(({ slaveId }) => slaveId === id));
  // Of a member without a connection nothing is known: the offset stays where it is.
  if (allLinked) {
    let phys = readablePhysOf(sim, broker);
    for (const { slaveId, ackPhys } of links) {
      if (members.includes(slaveId) && ackPhys > 0) phys = Math.min(phys, ackPhys);
    }
    disk.replica.confirmPhys = phys;
  }
  armDispatch(sim, broker.node);
}

/** A slave reports its position: it may have caught up. */
function onAcked(sim: RocketSim, node: number, { conn, phys }: { conn: number; phys: number }): void {
  const broker = brokerOf(sim, node);
  const link = broker.store.memory.links.get(conn);
  if (link === undefined || !isElected(broker)) return;
  const controlled = controlledOf(broker);
  if (phys >= link.sentMaxPhys) noteCaughtUp(sim, broker, link, phys);
  if (controlled.set.includes(link.slaveId)) confirm(sim, broker);
}

function noteCaughtUp(sim: RocketSim, broker: Broker, link: HaLink, phys: number): void {
  const controlled = controlledOf(broker);
  const { replica } = broker.store.disk;
  const max = readablePhysOf(sim, broker);
  const atUs = phys === max ? sim.nowUs : link.sentUs;
  const { slaveId } = link;
  controlled.caughtUpUs.set(slaveId, Math.max(controlled.caughtUpUs.get(slaveId) ?? 0, atUs));
  if (controlled.set.includes(slaveId)) return;
  const confirmed =
    broker.config.allAckInSyncStateSet && controlled.set.length > 1 ? replica.confirmPhys : max;
  const epochStart = replica.epochs.at(-1)?.startPhys ?? 0;
  if (phys < confirmed || phys < epochStart) return;
  const set = [...controlled.set, slaveId];
  if (isProposed(controlled.proposals, set)) return;
  sim.because(sim.currentCause, () => {
    sim.emit(slaveCaughtUp, broker.node, link.slave, phys);
    proposeSet(sim, broker, set);
  });
}

/** A link has ended: its slave is proposed out of the set at once. */
function onLinkEnded(sim: RocketSim, node: number, { link }: { link: HaLink }): void {
  const broker = brokerOf(sim, node);
  if (!isElected(broker)) return;
  const controlled = controlledOf(broker);
  if (link.idle) controlled.caughtUpUs.set(link.slaveId, sim.nowUs);
  const set = controlled.set.filter((id) => id !== link.slaveId);
  if (set.length === controlled.set.length) return;
  sim.because(sim.currentCause, () => {
    sim.emit(slaveLeft, node, link.slave);
    proposeSet(sim, broker, set);
  });
}

/** `ReplicasManager#checkSyncStateSetAndDoReport`, each `checkSyncStateSetPeriod`. */
function onCheck(sim: RocketSim, node: number, { masterEpoch }: { masterEpoch: number }): void {
  const broker = brokerOf(sim, node);
  const { controlled, config } = broker;
  if (controlled === undefined || broker.role === 'SLAVE' || controlled.masterEpoch !== masterEpoch) return;
  sim.after(config.checkSyncStateSetPeriod * 1000, node, check, { masterEpoch });
  proposeWithoutLate(sim, broker);
}

/** `AutoSwitchHAService#maybeShrinkSyncStateSet`: slaves that have not caught up for too long are proposed out. */
function proposeWithoutLate(sim: RocketSim, broker: Broker): void {
  const { node, config } = broker;
  const controlled = controlledOf(broker);
  const limitUs = config.haMaxTimeSlaveNotCatchup * 1000;
  const behindUs = (id: number) => sim.nowUs - caughtUpUs(sim, broker, id);
  const late = controlled.set.filter((id) => id !== controlled.id && behindUs(id) > limitUs);
  if (late.length === 0) return;
  const set = controlled.set.filter((id) => !late.includes(id));
  if (isProposed(controlled.proposals, set)) return;
  const names = internText(sim.state.arena, late.join(', '));
  const leastUs = Math.min(...late.map(behindUs));
  const fault = faultOfMembers(sim, broker);
  if (Number.isFinite(leastUs)) sim.emit(slaveLagging, node, names, leastUs, fault);
  else sim.emit(slaveAbsent, node, names, undefined, fault);
  proposeSet(sim, broker, set);
}

/** A sender that has nothing left to send takes its slave for caught up, whatever the slave has acknowledged. */
function caughtUpUs(sim: RocketSim, { store, controlled }: Broker, id: number): number {
  for (const { slaveId, idle } of store.memory.links.values()) if (slaveId === id && idle) return sim.nowUs;
  return controlled?.caughtUpUs.get(id) ?? Number.NEGATIVE_INFINITY;
}

const isProposed = (proposals: readonly (readonly number[])[], set: readonly number[]) =>
  proposals.some((other) => sameSet(other, set));

function proposeSet(sim: RocketSim, broker: Broker, set: readonly number[]): void {
  const controlled = controlledOf(broker);
  controlled.proposed = set;
  controlled.proposals = [...controlled.proposals, set];
  if (controlled.proposals.length === 1) sendNext(sim, broker);
}

function sendNext(sim: RocketSim, { node, brokerName, controlled }: Broker): void {
  const set = controlled?.proposals[0];
  if (controlled === undefined || set === undefined) return;
  const { id, masterEpoch, setEpoch, leader } = controlled;
  if (leader === undefined) {
    controlled.proposals = [];
    return;
  }
  const body = { brokerName, masterId: id, masterEpoch, set, setEpoch };
  const then = { event: answered, context: { masterEpoch } };
  invoke(sim, node, leader, alterSyncStateSet, body, { timeoutUs: TIMEOUT_US, then });
}

function onAnswered(
  sim: RocketSim,
  node: number,
  { context, outcome }: Answered<{ masterEpoch: number }, GroupInfo>,
): void {
  const broker = brokerOf(sim, node);
  const { controlled } = broker;
  if (controlled === undefined) return;
  controlled.proposals = controlled.proposals.slice(1);
  const valid = isElected(broker) && controlled.masterEpoch === context.masterEpoch;
  if (valid && outcome.ok && outcome.status === SUCCESS) {
    adoptSet(sim, node, outcome.body.set, outcome.body.setEpoch);
  }
  sendNext(sim, broker);
}

export function registerSyncStateSet(handlers: Handlers<World<Rocket>>): void {
  handlers.on(slaveAcked, onAcked).on(linkEnded, onLinkEnded).on(check, onCheck).on(answered, onAnswered);
}
