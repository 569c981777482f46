import type { Handlers } from '../../../core/sim';
import { defineEvent } from '../../../core/sim';
import { processOf } from '../../../model/env';
import { close, closeAll } from '../../../model/net';
import { exitProcess, markUp } from '../../../model/process';
import { fsync } from '../../../model/resources';
import type { World } from '../../../model/world';
import { startingBrokerId } from '../../../scenario/broker-role';
import type { BrokerSpec } from '../../../scenario/types';
import type { Failure } from '../../../view';
import { registerDLedger, startNode } from '../dledger/dledger';
import { inGroup } from '../dledger/dledger-state';
import { selfNumber } from '../dledger/group';
import { registerOrderInfo } from '../pop/order-info';
import { registerPopBroker } from '../pop/pop-broker';
import { registerPopHold } from '../pop/pop-hold';
import { registerPopSettle } from '../pop/pop-settle';
import { registerReceipts } from '../pop/receipts';
import { registerRevive } from '../pop/revive';
import { resumeRevive } from '../pop/revive-duty';
import { createRemoting } from '../remoting';
import { registerDelivery } from '../schedule/delivery';
import { persistDelays, scheduleStart } from '../schedule/schedule';
import { resumeTimers } from '../schedule/timer-duty';
import { registerTimerWheel, writeTimerCheckpoint } from '../schedule/timer-wheel';
import type { Broker, Rocket, RocketSim } from '../state';
import { baseTimers, startTimer } from '../timers';
import { beginChecks } from '../transaction/check-duty';
import { registerTransactionService, tellOpsForgotten } from '../transaction/transaction-service';
import { announceDispatch, announceFlush } from './announcements';
import { registerArrivals } from './arrivals';
import { confirmRowsOf } from './confirm';
import { createControlled, isFenced } from './controlled';
import { registerControllerClient, startControlled } from './controller-client';
import { loseByFailure } from './crash';
import { registerDispatch } from './dispatch';
import { registerEscapeTargets } from './escape-target';
import { registerFlush } from './flush';
import { ownOffsetsCount, startRefused } from './ha-kinds';
import { registerHaMaster } from './ha-master';
import { registerHa } from './ha-slave';
import { registerMemberGroup, startMemberGroup } from './member-group';
import { dirtyBytesOf, registerPageCache } from './page-cache';
import { commitPool, registerPool } from './pool';
import { registerPreOnline, shakeHands } from './pre-online';
import { registerPut } from './put';
import { registerEscape } from './put-escape';
import { recoverStore, registerRecovery, storeRecovered } from './recovery';
import { storeWaits } from './recovery-kinds';
import {
  registerAll,
  registerRegistration,
  registrationPeriodUs,
  registrationTimer,
  withdraw,
  withdrawn,
} from './registration';
import { heartbeatsOff } from './registration-kinds';
import { cleanerTimer, registerRetention } from './retention';
import { registerRetry } from './retry';
import { registerRoleChange } from './role-change';
import { announceRole, startSlaveSync } from './roles';
import { registerSend } from './send';
import { brokerListens, sendPoolStarted } from './send-kinds';
import { createService, registerService, serviceDown, serviceShutdown, serviceStart } from './service';
import { registerSlaveSync } from './slave-sync';
import { createMemory, createStore } from './store-create';
import { brokerOf, isSlave } from './store-state';
import { registerSyncStateSet } from './sync-state-set';
import { loadTopics } from './topics';
import { registerWaits } from './waits';

/** A broker's life: it loads its store, serves, and ends by a shutdown or a failure. */
export { setBrokerConfig } from './set-config';

const LISTEN_PORT = 10_911;

const closeDue = defineEvent<Record<string, never>>('broker.store-closing');
const storeClosed = defineEvent<Record<string, never>>('broker.store-closed');

/** `DefaultMessageStore#shutdown` sleeps so long before it ends replication and flushes. */
const CLOSE_PAUSE_US = { '4.9': 1_000_000, '5.3': 3_000_000 };

export function createBroker(world: World<Rocket>, node: number, spec: BrokerSpec): Broker {
  const { brokerName, brokerId, config } = spec;
  return {
    node,
    brokerName,
    configuredId: brokerId,
    brokerId: startingBrokerId(config.brokerRole, brokerId) ?? brokerId,
    config,
    role: config.brokerRole,
    controlled: undefined,
    remoting: createRemoting(),
    store: createStore(world, node, brokerName),
    service: createService(world.product.groups),
  };
}

/** The process starts: the store is loaded first, which takes its time after a crash. */
export function brokerStart(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  broker.controlled = broker.config.enableControllerMode ? createControlled() : undefined;
  const id = inGroup(broker)
    ? selfNumber(sim, broker) + 1
    : broker.controlled
      ? broker.configuredId
      : startingBrokerId(broker.config.brokerRole, broker.configuredId);
  if (id === null) {
    sim.emit(startRefused, node, broker.configuredId);
    exitProcess(sim, node);
    return;
  }
  broker.brokerId = id;
  broker.role = inGroup(broker) ? 'SLAVE' : broker.config.brokerRole;
  broker.remoting = createRemoting();
  broker.store.memory = createMemory();
  recoverStore(sim, node);
}

/** The store is loaded: listen, register at once (NS-5), start the timers. */
function serve(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  loadTopics(sim, node);
  markUp(sim, node);
  baseTimers(sim, node);
  const cause = sim.currentCause;
  const tell = (body: () => void) => sim.because(cause, body);
  tell(() => sim.emit(brokerListens, node, LISTEN_PORT));
  tell(() => sim.emit(sendPoolStarted, node, broker.config.sendMessageThreadPoolNums));
  if (!inGroup(broker) && broker.controlled === undefined) tell(() => announceRole(sim, node));
  tell(() => announceFlush(sim, node));
  tell(() => announceDispatch(sim, node));
  const { downSinceUs } = broker.store.disk;
  const takesBack = broker.config.enableSlaveActingMaster && broker.config.totalReplicas > 1;
  const { controlled } = broker;
  if (downSinceUs !== undefined && !isSlave(broker) && !takesBack && controlled === undefined) {
    tell(() => sim.emit(ownOffsetsCount, node, sim.nowUs - downSinceUs));
  }
  if (!broker.config.enableSlaveActingMaster && controlled === undefined)
    tell(() => sim.emit(heartbeatsOff, node, registrationPeriodUs(broker)));
  tell(() => serviceStart(sim, node));
  tell(() => scheduleStart(sim, node));
  tell(() => resumeTimers(sim, node));
  tell(() => beginChecks(sim, node));
  if (inGroup(broker)) tell(() => startNode(sim, node));
  tell(() => resumeRevive(sim, node));
  tell(() => {
    if (controlled !== undefined) startControlled(sim, node);
    else if (takesBack) shakeHands(sim, node);
    else registerAll(sim, node);
  });
  if (broker.config.enableSlaveActingMaster) tell(() => startMemberGroup(sim, node));
  startTimer(sim, node, registrationTimer, registrationPeriodUs(broker));
  startTimer(sim, node, cleanerTimer, broker.config.cleanResourceInterval * 1000);
  if (isSlave(broker) && broker.controlled === undefined) startSlaveSync(sim, node);
}

/** The process is gone, and with it its memory; by power or disk also what it had stored and not saved. */
export function brokerDown(sim: RocketSim, node: number, failure: Failure | 'shutdown'): void {
  const broker = brokerOf(sim, node);
  const cause = sim.currentCause;
  sim.because(cause, () => serviceDown(sim, node, failure));
  broker.remoting = createRemoting();
  if (failure !== 'disk') sim.because(cause, () => tellOpsForgotten(sim, broker));
  if (failure === 'shutdown') broker.store.memory = createMemory();
  else sim.because(cause, () => loseByFailure(sim, broker, failure));
  broker.store.disk.downSinceUs = sim.nowUs;
}

/** The shutdown hook: no more registrations, out of every name server (NS-9), then the store is closed. */
export function brokerShutdown(sim: RocketSim, node: number): void {
  withdraw(sim, node);
}

/** Clients are disconnected, and the store takes nothing more; slaves may still fetch what they lack. */
function stopServing(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { env, product } = sim.state;
  broker.store.memory.closed = true;
  processOf(env, node).refuses = ['remoting'];
  const pauseUs = CLOSE_PAUSE_US[product.version];
  sim.emit(storeWaits, node, pauseUs, broker.store.memory.links.size);
  for (const [conn, peer] of broker.remoting.accepted) {
    // The nodes of a DLedger group talk to each other on a port of their own.
    if (!inGroup(broker) || product.brokers.get(peer)?.brokerName !== broker.brokerName)
      close(sim, conn, node);
  }
  sim.after(pauseUs, node, closeDue, {});
}

function closeStore(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  serviceShutdown(sim, node);
  persistDelays(sim, node);
  writeTimerCheckpoint(sim, node);
  closeAll(sim, node);
  commitPool(sim, node);
  const dirty = dirtyBytesOf(sim, broker);
  if (dirty === 0) onStoreClosed(sim, node);
  else fsync(sim, node, dirty, storeClosed, {});
}

function onStoreClosed(sim: RocketSim, node: number): void {
  const { log, disk } = brokerOf(sim, node).store;
  log.flushed = log.cached;
  disk.dirtySinceUs = undefined;
  disk.abort = !leavesInOrder(sim, node);
  exitProcess(sim, node);
}

/** The abort file stays when the store may not be written, or its dispatch is behind (BR-22). */
function leavesInOrder(sim: RocketSim, node: number): boolean {
  const broker = brokerOf(sim, node);
  const { memory } = broker.store;
  return !memory.diskFull && !isFenced(broker) && memory.dispatchedRows >= confirmRowsOf(sim, broker);
}

/** All handlers of a broker: its store and its service. */
export function registerBroker(handlers: Handlers<World<Rocket>>): void {
  for (const register of [
    registerPageCache,
    registerFlush,
    registerPool,
    registerDispatch,
    registerHaMaster,
    registerHa,
    registerWaits,
    registerPut,
    registerSend,
    registerRegistration,
    registerRecovery,
    registerRetention,
    registerSlaveSync,
    registerMemberGroup,
    registerPreOnline,
    registerEscapeTargets,
    registerEscape,
    registerDLedger,
    registerControllerClient,
    registerRoleChange,
    registerSyncStateSet,
    registerService,
    registerDelivery,
    registerTimerWheel,
    registerTransactionService,
    registerArrivals,
    registerPopBroker,
    registerPopHold,
    registerPopSettle,
    registerOrderInfo,
    registerReceipts,
    registerRevive,
    registerRetry,
  ]) {
    register(handlers);
  }
  handlers
    .on(storeRecovered, serve)
    .on(withdrawn, stopServing)
    .on(closeDue, closeStore)
    .on(storeClosed, onStoreClosed);
}
