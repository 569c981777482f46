import type { Handlers } from '../../../core/sim';
import { exitProcess, markUp } from '../../../model/process';
import { reserveCpu } from '../../../model/resources';
import { internText, type World } from '../../../model/world';
import type { ControllerSpec } from '../../../scenario/types';
import type { Failure } from '../../../view';
import { Code } from '../protocol';
import { createRemoting, type Incoming, reply } from '../remoting';
import type { Rocket, RocketSim } from '../state';
import { baseTimers, startTimer } from '../timers';
import { brokerIdRefused, controllerListens, notLeading, setChangeRefused } from './controller-kinds';
import {
  type Controller,
  controllerOf,
  createControllerDisk,
  createControllerMemory,
  groupIn,
  isAlive,
} from './controller-state';
import { brokerScan, holdElection, registerLiveBrokers } from './live-brokers';
import { decides, newestGroups, propose, registerRaft, startRaft } from './raft';
import { alterSet, applyId, canRegister, infoOf, nextIdOf } from './replicas-info';
import {
  type AlterSyncStateSet,
  type ApplyBrokerId,
  alterSyncStateSet,
  applyBrokerId,
  electMaster,
  getControllerMetadata,
  getNextBrokerId,
  getReplicaInfo,
  type Replica,
  registerToController,
} from './requests';

/** A controller: it keeps who is master and who is in sync, together with the others (HA-24). */
export { controllerChannelClosed } from './live-brokers';

const PORT = 19_876;
const REQUEST_NS = 5_000;

export function createController(node: number, spec: ControllerSpec): Controller {
  return {
    node,
    config: spec.config,
    remoting: createRemoting(),
    disk: createControllerDisk(),
    memory: createControllerMemory(),
  };
}

export function controllerStart(sim: RocketSim, node: number): void {
  const controller = controllerOf(sim, node);
  controller.remoting = createRemoting();
  controller.memory = createControllerMemory();
  baseTimers(sim, node);
  markUp(sim, node);
  sim.emit(controllerListens, node, PORT);
  startTimer(sim, node, brokerScan, controller.config.scanNotActiveBrokerInterval * 1000);
  startRaft(sim, node);
}

/** What it agreed on with the others is on its disk. */
export function controllerDown(sim: RocketSim, node: number, failure: Failure | 'shutdown'): void {
  const controller = controllerOf(sim, node);
  controller.remoting = createRemoting();
  controller.memory = createControllerMemory();
  if (failure === 'disk') controller.disk = createControllerDisk();
}

export function controllerShutdown(sim: RocketSim, node: number): void {
  exitProcess(sim, node);
}

/** Handles a request that only the leader may; the others refuse it (CONTROLLER_NOT_LEADER). */
function byLeader<B>(body: (sim: RocketSim, controller: Controller, incoming: Incoming<B>) => void) {
  return (sim: RocketSim, node: number, incoming: Incoming<B>) => {
    const controller = controllerOf(sim, node);
    reserveCpu(sim, node, REQUEST_NS);
    if (decides(controller)) body(sim, controller, incoming);
    else {
      sim.emit(notLeading, node, incoming.from);
      reply(sim, node, incoming, {
        status: Code.CONTROLLER_NOT_LEADER,
        body: undefined,
        remark: 'The controller is not in leader state',
      });
    }
  };
}

function refuse(sim: RocketSim, node: number, incoming: Incoming<unknown>, status: number): void {
  reply(sim, node, incoming, { status, body: undefined });
}

function onApplyId(sim: RocketSim, controller: Controller, incoming: Incoming<ApplyBrokerId>): void {
  const { body, conn, id, from } = incoming;
  const before = newestGroups(controller);
  const { status, groups } = applyId(before, body);
  if (groups === before) {
    if (status !== Code.SUCCESS) sim.emit(brokerIdRefused, controller.node, from, body.id);
    refuse(sim, controller.node, incoming, status);
    return;
  }
  propose(sim, controller, groups, {
    outcome: { what: 'id-given', a: from, b: body.id },
    answer: { conn, id, status, body: undefined },
    notify: undefined,
  });
}

function onRegister(sim: RocketSim, controller: Controller, incoming: Incoming<Replica>): void {
  const { brokerName } = incoming.body;
  const group = groupIn(controller.memory.applied, brokerName);
  if (group === undefined || !canRegister(controller.memory.applied.groups, incoming.body)) {
    refuse(sim, controller.node, incoming, Code.CONTROLLER_BROKER_NEED_TO_BE_REGISTERED);
    return;
  }
  const { masterId } = group;
  const alive = masterId !== undefined && isAlive(sim, controller, brokerName, masterId);
  reply(sim, controller.node, incoming, { body: infoOf(group, alive) });
}

function onElect(sim: RocketSim, controller: Controller, incoming: Incoming<Replica>): void {
  const { body, conn, id } = incoming;
  const status = holdElection(sim, controller, body.brokerName, body.id, { conn, id });
  if (status === Code.SUCCESS) return;
  const group = groupIn(controller.memory.applied, body.brokerName);
  const info = status === Code.CONTROLLER_MASTER_STILL_EXIST && group ? infoOf(group, true) : undefined;
  reply(sim, controller.node, incoming, { status, body: info });
}

function onAlter(sim: RocketSim, controller: Controller, incoming: Incoming<AlterSyncStateSet>): void {
  const { body, conn, id, from } = incoming;
  const before = newestGroups(controller);
  const alive = (replica: number) => isAlive(sim, controller, body.brokerName, replica);
  const { status, groups } = alterSet(before, body, alive);
  const group = groups.find((found) => found.brokerName === body.brokerName);
  if (groups === before || group === undefined) {
    sim.emit(setChangeRefused, controller.node, from, status);
    refuse(sim, controller.node, incoming, status);
    return;
  }
  const text = internText(sim.state.arena, `${body.brokerName} {${group.set.join(', ')}}`);
  propose(sim, controller, groups, {
    outcome: { what: 'set-changed', a: text, b: group.setEpoch },
    answer: { conn, id, status, body: infoOf(group, true) },
    notify: undefined,
  });
}

export function registerController(handlers: Handlers<World<Rocket>>): void {
  registerRaft(handlers);
  registerLiveBrokers(handlers);
  handlers
    .on(getControllerMetadata.event, (sim, node, incoming) => {
      reserveCpu(sim, node, REQUEST_NS);
      reply(sim, node, incoming, { body: { leader: controllerOf(sim, node).memory.leader } });
    })
    .on(
      getNextBrokerId.event,
      byLeader((sim, controller, incoming) => {
        const id = nextIdOf(controller.memory.applied.groups, incoming.body.brokerName);
        reply(sim, controller.node, incoming, { body: { id } });
      }),
    )
    .on(applyBrokerId.event, byLeader(onApplyId))
    .on(registerToController.event, byLeader(onRegister))
    .on(electMaster.event, byLeader(onElect))
    .on(alterSyncStateSet.event, byLeader(onAlter))
    .on(
      getReplicaInfo.event,
      byLeader((sim, controller, incoming) => {
        const group = groupIn(controller.memory.applied, incoming.body.brokerName);
        if (group === undefined) {
          refuse(sim, controller.node, incoming, Code.CONTROLLER_BROKER_METADATA_NOT_EXIST);
        } else reply(sim, controller.node, incoming, { body: infoOf(group, true) });
      }),
    );
}
