import { hashText } from '../../../core/rng';
import { defineEvent, type Handlers } from '../../../core/sim';
import { processOf } from '../../../model/env';
import type { World } from '../../../model/world';
import {
  applyBrokerId,
  brokerHeartbeat,
  electMaster,
  type GroupInfo,
  getControllerMetadata,
  getNextBrokerId,
  getReplicaInfo,
  registerToController,
} from '../controller/requests';
import { Code } from '../protocol';
import {
  type Answered,
  ensureChannel,
  hasChannel,
  invoke,
  oneway,
  type RequestType,
  SUCCESS,
  type Then,
} from '../remoting';
import type { Broker, Rocket, RocketSim } from '../state';
import { defineTimer, startTimer } from '../timers';
import { confirmOffset } from './confirm';
import { type Controlled, controlledOf, isElected } from './controlled';
import {
  brokerFenced,
  brokerUnfenced,
  controllersMissed,
  heartbeatsToControllers,
  masterAlone,
} from './controller-mode-kinds';
import { beginDuties } from './duties';
import { lastEpochOf } from './epochs';
import { takeElectedRole } from './role-change';
import { brokerOf, readablePhysOf } from './store-state';
import { adoptSet } from './sync-state-set';

/**
 * `ReplicasManager`: how a broker in controller mode comes to its id and its role, and stays in touch. It starts in
 * steps: find the leading controller, get an id, register, see to it that there is a master; then it serves.
 */
type Step<C, A> = Answered<C, A>;
interface Search {
  /** Controllers that may still be asked. */
  readonly rest: readonly number[];
  /** Rounds so far of a start; undefined for the regular look. */
  readonly tries: number | undefined;
}

const search = defineEvent<{ tries: number }>('controller.search');
const leaderNamed = defineEvent<Step<Search, { leader: number | undefined }>>('controller.leader-named');
const register = defineEvent<{ tries: number }>('controller.register');
const idOffered = defineEvent<Step<{ tries: number }, { id: number }>>('controller.id-offered');
const idApplied = defineEvent<Step<{ tries: number; id: number }, undefined>>('controller.id-applied');
const registered = defineEvent<Step<{ tries: number }, GroupInfo>>('controller.registered');
const elected = defineEvent<Step<{ starting: boolean }, GroupInfo>>('controller.elected');
const groupTold = defineEvent<Step<undefined, GroupInfo>>('controller.group-told');

const SECOND_US = 1_000_000;
const RETRY_US = 5_000_000;
const TIMEOUT_US = 3_000_000;
const SEARCH_TRIES = 3;
const REGISTER_TRIES = 5;
const CONFLICT_WAIT_US = 1_000_000;
const CONFLICT_WAIT = hashText('broker.register-conflict');

/** `ReplicasManager#scanAvailableControllerAddresses`. */
const controllerScan = defineTimer('broker.controller-scan', 3_000_000, 3_000_000, openChannels);
const leaderPoll = defineTimer('broker.controller-leader', 3_000_000, 10_000_000, (sim, node) =>
  askForLeader(sim, node, undefined),
);
const groupPoll = defineTimer('broker.controller-group', 3_000_000, 5_000_000, pollGroup);
const heartbeatTimer = defineTimer('broker.controller-heartbeat', 1_000_000, 1_000_000, (sim, node) => {
  if (!controlledOf(brokerOf(sim, node)).fenced) sendHeartbeats(sim, node);
});

const controllersOf = (sim: RocketSim) => [...sim.state.product.controllers.keys()];

/** The broker's process has loaded its store: it is fenced until this has come to its end. */
export function startControlled(sim: RocketSim, node: number): void {
  const { config } = brokerOf(sim, node);
  sim.emit(brokerFenced, node);
  openChannels(sim, node);
  startTimer(sim, node, controllerScan);
  startTimer(sim, node, heartbeatTimer, config.brokerHeartbeatInterval * 1000);
  sim.call(search, node, { tries: 1 });
}

function openChannels(sim: RocketSim, node: number): void {
  const cause = sim.currentCause;
  for (const controller of controllersOf(sim)) {
    sim.because(cause, () => ensureChannel(sim, node, controller));
  }
}

/** The start begins again from the step that it has come to. */
function startAgain(sim: RocketSim, node: number): void {
  const { stage } = controlledOf(brokerOf(sim, node));
  sim.emit(controllersMissed, node, RETRY_US);
  if (stage === 'finding') sim.after(RETRY_US, node, search, { tries: 1 });
  else sim.after(RETRY_US, node, register, { tries: 1 });
}

function askForLeader(sim: RocketSim, node: number, tries: number | undefined): void {
  const [first, ...rest] = controllersOf(sim).filter((controller) => hasChannel(sim, node, controller));
  if (first === undefined) missed(sim, node, tries);
  else ask(sim, node, first, getControllerMetadata, {}, { event: leaderNamed, context: { rest, tries } });
}

function missed(sim: RocketSim, node: number, tries: number | undefined): void {
  if (tries === undefined) noteAlone(sim, node);
  else if (tries < SEARCH_TRIES) sim.after(SECOND_US, node, search, { tries: tries + 1 });
  else startAgain(sim, node);
}

function onLeaderNamed(
  sim: RocketSim,
  node: number,
  { context, outcome }: Step<Search, { leader: number | undefined }>,
): void {
  const broker = brokerOf(sim, node);
  const controlled = controlledOf(broker);
  const { rest, tries } = context;
  const leader = outcome.ok && outcome.status === SUCCESS ? outcome.body.leader : undefined;
  if (leader === undefined) {
    const [next, ...others] = rest;
    if (next === undefined) missed(sim, node, tries);
    else {
      const then = { event: leaderNamed, context: { rest: others, tries } };
      ask(sim, node, next, getControllerMetadata, {}, then);
    }
    return;
  }
  controlled.leader = leader;
  if (tries === undefined || controlled.stage !== 'finding') return;
  controlled.stage = 'registering';
  startTimer(sim, node, leaderPoll, broker.config.syncControllerMetadataPeriod * 1000);
  sim.call(register, node, { tries: 1 });
}

/** `ReplicasManager#register`, from the step at which its files stand. */
function onRegister(sim: RocketSim, node: number, { tries }: { tries: number }): void {
  const broker = brokerOf(sim, node);
  const controlled = controlledOf(broker);
  const { brokerName } = broker;
  const { leader } = controlled;
  const { replica } = broker.store.disk;
  if (leader === undefined || controlled.stage === 'running') return;
  if (controlled.stage === 'electing') {
    sendHeartbeats(sim, node);
    if (controlled.masterId === undefined) askForElection(sim, broker, leader, true);
    else begin(sim, node);
    return;
  }
  if (replica.id !== undefined) {
    controlled.id = replica.id;
    const body = { brokerName, id: replica.id, address: node };
    ask(sim, node, leader, registerToController, body, { event: registered, context: { tries } });
  } else if (replica.applied !== undefined) {
    const { id, code } = replica.applied;
    const then = { event: idApplied, context: { tries, id } };
    ask(sim, node, leader, applyBrokerId, { brokerName, id, code, address: node }, then);
  } else ask(sim, node, leader, getNextBrokerId, { brokerName }, { event: idOffered, context: { tries } });
}

function retryRegister(sim: RocketSim, node: number, tries: number): void {
  if (tries >= REGISTER_TRIES) {
    startAgain(sim, node);
    return;
  }
  const controlled = controlledOf(brokerOf(sim, node));
  const waitUs = sim.drawBelow(CONFLICT_WAIT_US, node, CONFLICT_WAIT, controlled.waits++);
  sim.after(waitUs, node, register, { tries: tries + 1 });
}

function onIdOffered(
  sim: RocketSim,
  node: number,
  { context, outcome }: Step<{ tries: number }, { id: number }>,
): void {
  if (!outcome.ok || outcome.status !== SUCCESS) {
    retryRegister(sim, node, context.tries);
    return;
  }
  const code = `${processOf(sim.state.env, node).name};${sim.nowUs}`;
  brokerOf(sim, node).store.disk.replica.applied = { frozen: true, id: outcome.body.id, code };
  sim.call(register, node, context);
}

function onIdApplied(
  sim: RocketSim,
  node: number,
  { context, outcome }: Step<{ tries: number; id: number }, undefined>,
): void {
  const { replica } = brokerOf(sim, node).store.disk;
  if (outcome.ok && outcome.status === SUCCESS) replica.id = context.id;
  // Another broker has that id: back to the first step.
  replica.applied = undefined;
  if (replica.id === undefined) retryRegister(sim, node, context.tries);
  else sim.call(register, node, { tries: context.tries });
}

function onRegistered(
  sim: RocketSim,
  node: number,
  { context, outcome }: Step<{ tries: number }, GroupInfo>,
): void {
  const controlled = controlledOf(brokerOf(sim, node));
  if (!outcome.ok || outcome.status !== SUCCESS) {
    retryRegister(sim, node, context.tries);
    return;
  }
  if (controlled.stage !== 'registering') return;
  controlled.stage = 'electing';
  takeElectedRole(sim, node, outcome.body);
  sim.call(register, node, { tries: 1 });
}

function askForElection(
  sim: RocketSim,
  { node, brokerName }: Broker,
  leader: number,
  starting: boolean,
): void {
  const { id } = controlledOf(brokerOf(sim, node));
  const body = { brokerName, id, address: node };
  ask(sim, node, leader, electMaster, body, { event: elected, context: { starting } });
}

function onElected(
  sim: RocketSim,
  node: number,
  { context, outcome }: Step<{ starting: boolean }, GroupInfo>,
): void {
  const controlled = controlledOf(brokerOf(sim, node));
  const told =
    outcome.ok && (outcome.status === SUCCESS || outcome.status === Code.CONTROLLER_MASTER_STILL_EXIST);
  if (told) takeElectedRole(sim, node, outcome.body);
  if (!context.starting || controlled.stage !== 'electing') return;
  if (told && controlled.masterId !== undefined) begin(sim, node);
  else startAgain(sim, node);
}

/** The group has a master: the broker serves, and keeps in touch. */
function begin(sim: RocketSim, node: number): void {
  const { config, controlled } = brokerOf(sim, node);
  if (controlled === undefined) return;
  controlled.stage = 'running';
  controlled.fenced = false;
  sim.emit(brokerUnfenced, node, controlled.id);
  const cause = sim.currentCause;
  const { brokerHeartbeatInterval, controllerHeartBeatTimeoutMills } = config;
  sim.because(cause, () =>
    sim.emit(
      heartbeatsToControllers,
      node,
      brokerHeartbeatInterval * 1000,
      controllerHeartBeatTimeoutMills * 1000,
    ),
  );
  sim.because(cause, () => beginDuties(sim, node));
  startTimer(sim, node, groupPoll, config.syncBrokerMetadataPeriod * 1000);
}

function sendHeartbeats(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { config, store, brokerName } = broker;
  const body = {
    brokerName,
    id: controlledOf(broker).id,
    address: node,
    timeoutUs: config.controllerHeartBeatTimeoutMills * 1000,
    epoch: lastEpochOf(store.disk.replica.epochs),
    maxPhys: readablePhysOf(sim, broker),
    confirmPhys: confirmOffset(sim, broker),
    priority: config.brokerElectionPriority,
  };
  const cause = sim.currentCause;
  for (const controller of controllersOf(sim)) {
    if (!hasChannel(sim, node, controller)) continue;
    sim.because(cause, () => oneway(sim, node, controller, brokerHeartbeat, body));
  }
}

/** `ReplicasManager#schedulingSyncBrokerMetadata`. */
function pollGroup(sim: RocketSim, node: number): void {
  const { brokerName, controlled } = brokerOf(sim, node);
  if (controlled?.leader === undefined) return;
  ask(sim, node, controlled.leader, getReplicaInfo, { brokerName }, { event: groupTold, context: undefined });
}

function onGroupTold(sim: RocketSim, node: number, { outcome }: Step<undefined, GroupInfo>): void {
  const broker = brokerOf(sim, node);
  const controlled = controlledOf(broker);
  if (!outcome.ok) {
    noteAlone(sim, node);
    return;
  }
  controlled.alone = false;
  if (outcome.status !== SUCCESS) return;
  const { masterEpoch, masterId, set, setEpoch } = outcome.body;
  if (masterEpoch > controlled.masterEpoch) {
    if (masterId !== undefined) takeElectedRole(sim, node, outcome.body);
    else if (controlled.leader !== undefined) askForElection(sim, broker, controlled.leader, false);
  } else if (masterEpoch === controlled.masterEpoch && isElected(broker)) {
    adoptSet(sim, node, set, setEpoch);
  }
}

function noteAlone(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const controlled: Controlled = controlledOf(broker);
  if (!isElected(broker) || controlled.alone) return;
  controlled.alone = true;
  sim.emit(masterAlone, node, controlled.masterEpoch);
}

function ask<B, A, C>(
  sim: RocketSim,
  node: number,
  to: number,
  request: RequestType<B, A>,
  body: B,
  then: Then<C, A>,
): void {
  invoke(sim, node, to, request, body, { timeoutUs: TIMEOUT_US, then });
}

export function registerControllerClient(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(search, (sim, node, { tries }) => askForLeader(sim, node, tries))
    .on(leaderNamed, onLeaderNamed)
    .on(register, onRegister)
    .on(idOffered, onIdOffered)
    .on(idApplied, onIdApplied)
    .on(registered, onRegistered)
    .on(elected, onElected)
    .on(groupTold, onGroupTold);
}
