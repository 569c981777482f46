import { defineEvent, type Handlers } from '../../../core/sim';
import { close } from '../../../model/net';
import { faultBehind } from '../../../model/silence';
import { internText, type World } from '../../../model/world';
import { Code } from '../protocol';
import { type Incoming, oneway } from '../remoting';
import type { Rocket, RocketSim } from '../state';
import { defineTimer } from '../timers';
import { brokerExpired, brokerGone, brokersTold, masterKept, masterMissing } from './controller-kinds';
import { type Controller, controllerOf, groupIn, isAlive, liveKey } from './controller-state';
import { decides, groupChanged, leadershipBegun, newestGroups, propose } from './raft';
import { type Candidate, elect, infoOf } from './replicas-info';
import { type BrokerHeartbeat, brokerHeartbeat, notifyRoleChanged } from './requests';

/** Which brokers live, and what follows when a master does not (HA-25, HA-26). Each controller watches for itself. */

/** `ControllerConfig.electMasterMaxRetryCount`. */
const ELECT_TRIES = 3;

const scanMasters = defineEvent<{ term: number }>('controller.scan-masters');

/** `DefaultBrokerHeartbeatManager#scanNotActiveBroker`. */
export const brokerScan = defineTimer('controller.scan', 2_000_000, 5_000_000, (sim, node) => {
  const controller = controllerOf(sim, node);
  const cause = sim.currentCause;
  for (const [key, live] of [...controller.memory.live]) {
    const silentUs = sim.nowUs - live.lastUs;
    if (silentUs <= live.timeoutUs) continue;
    controller.memory.live.delete(key);
    sim.because(cause, () => {
      sim.emit(brokerExpired, node, live.address, silentUs, faultBehind(sim, node, live.address));
      controller.remoting.accepted.delete(live.conn);
      close(sim, live.conn, node);
      onInactive(sim, controller, live.brokerName, live.id);
    });
  }
});

function onHeartbeat(sim: RocketSim, node: number, { conn, from, body }: Incoming<BrokerHeartbeat>): void {
  const { live } = controllerOf(sim, node).memory;
  const { brokerName, id, timeoutUs, epoch, maxPhys, priority } = body;
  const known = live.get(liveKey(brokerName, id));
  if (known === undefined) {
    live.set(liveKey(brokerName, id), {
      brokerName,
      id,
      address: from,
      conn,
      lastUs: sim.nowUs,
      timeoutUs,
      epoch,
      maxPhys,
      priority,
    });
    return;
  }
  known.lastUs = sim.nowUs;
  known.timeoutUs = timeoutUs;
  known.priority = priority;
  // Positions only grow here: a log that was cut is known by its higher epoch.
  if (epoch > known.epoch || (epoch === known.epoch && maxPhys > known.maxPhys)) {
    known.epoch = epoch;
    known.maxPhys = maxPhys;
  }
}

/** A connection ended: whose first heartbeat had come on it is gone at once. */
export function controllerChannelClosed(sim: RocketSim, node: number, _peer: number, conn: number): void {
  const controller = controllerOf(sim, node);
  for (const [key, live] of controller.memory.live) {
    if (live.conn !== conn) continue;
    controller.memory.live.delete(key);
    sim.emit(brokerGone, node, live.address);
    onInactive(sim, controller, live.brokerName, live.id);
    return;
  }
}

/** `ControllerManager#onBrokerInactive`: only the leader acts, and only when it was the master. */
function onInactive(sim: RocketSim, controller: Controller, brokerName: string, id: number): void {
  if (!decides(controller)) return;
  if (groupIn(controller.memory.applied, brokerName)?.masterId === id) {
    triggerElection(sim, controller, brokerName);
  }
}

/** An election that finds nobody is tried again at once; each try moves the epoch on. */
function triggerElection(sim: RocketSim, controller: Controller, brokerName: string): void {
  const cause = sim.currentCause;
  for (let tries = 0; tries < ELECT_TRIES; tries++) {
    let status = 0;
    sim.because(cause, () => {
      status = holdElection(sim, controller, brokerName, undefined, undefined);
    });
    if (status === Code.SUCCESS) return;
    if (status === Code.CONTROLLER_MASTER_STILL_EXIST) {
      sim.emit(masterKept, controller.node, internText(sim.state.arena, brokerName));
      return;
    }
  }
}

/**
 * Elects a master, for the broker that asks or because the controller saw the last one go. What it decides is put to
 * the other controllers; who asked is answered then. `designated`: an administrator asks for this broker. Returns the
 * response code.
 */
export function holdElection(
  sim: RocketSim,
  controller: Controller,
  brokerName: string,
  asking: number | undefined,
  request: { conn: number; id: number } | undefined,
  designated = false,
): number {
  const { arena } = sim.state;
  const before = newestGroups(controller);
  const alive = (id: number) => isAlive(sim, controller, brokerName, id);
  const { enableElectUncleanMaster } = controller.config;
  const candidate = (id: number): Candidate => {
    const live = controller.memory.live.get(liveKey(brokerName, id));
    return { id, epoch: live?.epoch ?? -1, maxPhys: live?.maxPhys ?? -1, priority: live?.priority ?? 0 };
  };
  const { status, groups } = elect(
    before,
    brokerName,
    asking,
    enableElectUncleanMaster,
    alive,
    candidate,
    designated,
  );
  if (groups === before) return status;
  const old = before.find((group) => group.brokerName === brokerName);
  const group = groups.find((found) => found.brokerName === brokerName);
  if (group === undefined) return status;
  const { masterId, masterEpoch } = group;
  const address = group.replicas.find(({ id }) => id === masterId)?.address;
  const unclean = masterId !== undefined && old?.masterEpoch !== 0 && old?.set.includes(masterId) === false;
  propose(sim, controller, groups, {
    outcome:
      address === undefined
        ? { what: 'headless', a: internText(arena, brokerName), b: masterEpoch }
        : { what: unclean ? 'elected-unclean' : 'elected', a: address, b: masterEpoch },
    answer: request === undefined ? undefined : { ...request, status, body: infoOf(group, true) },
    notify: address === undefined ? undefined : brokerName,
  });
  return status;
}

/** `notifyBrokerRoleChanged`: a oneway to each broker of the group that lives. */
function onGroupChanged(sim: RocketSim, node: number, { brokerName }: { brokerName: string }): void {
  const controller = controllerOf(sim, node);
  const group = groupIn(controller.memory.applied, brokerName);
  if (group === undefined || !controller.config.notifyBrokerRoleChanged) return;
  const told = group.replicas.filter(({ id }) => isAlive(sim, controller, brokerName, id));
  sim.emit(brokersTold, node, told.length, group.masterEpoch);
  const cause = sim.currentCause;
  const info = infoOf(group, true);
  for (const { address } of told) {
    sim.because(cause, () => oneway(sim, node, address, notifyRoleChanged, info));
  }
}

/** Groups whose master does not live although another broker does: tried again while this controller leads. */
function onScanMasters(sim: RocketSim, node: number, { term }: { term: number }): void {
  const controller = controllerOf(sim, node);
  if (!decides(controller) || controller.disk.term !== term) return;
  sim.after(controller.config.scanInactiveMasterInterval * 1000, node, scanMasters, { term });
  const cause = sim.currentCause;
  for (const { brokerName, masterId, replicas } of controller.memory.applied.groups) {
    if (masterId === undefined || isAlive(sim, controller, brokerName, masterId)) continue;
    if (!replicas.some(({ id }) => isAlive(sim, controller, brokerName, id))) continue;
    sim.because(cause, () => {
      sim.emit(masterMissing, node, internText(sim.state.arena, brokerName));
      triggerElection(sim, controller, brokerName);
    });
  }
}

export function registerLiveBrokers(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(brokerHeartbeat.event, onHeartbeat)
    .on(groupChanged, onGroupChanged)
    .on(scanMasters, onScanMasters)
    .on(leadershipBegun, (sim, node, { term }) => {
      const { scanInactiveMasterInterval } = controllerOf(sim, node).config;
      sim.after(scanInactiveMasterInterval * 1000, node, scanMasters, { term });
    });
}
