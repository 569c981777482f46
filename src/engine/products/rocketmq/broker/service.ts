import type { Handlers } from '../../../core/sim';
import type { World } from '../../../model/world';
import type { SubscriptionGroupConfig } from '../../../scenario/config';
import type { Failure } from '../../../view';
import { registerLocks } from '../orderly/broker-locks';
import { loadOrders, NO_ORDERS, persistOrders } from '../pop/orders-file';
import { createPopService } from '../pop/pop-state';
import type { Rocket, RocketSim } from '../state';
import { defineTimer, startTimer } from '../timers';
import { createMetadataFile, loseUnsyncedMetadata, readMetadata } from './metadata-file';
import { forgetConnection, registerClients, startClients } from './service-clients';
import { registerHolds } from './service-hold';
import { offsetsForgotten } from './service-kinds';
import {
  countDifferences,
  loadOffsets,
  NO_OFFSETS,
  persistOffsets,
  registerOffsets,
} from './service-offsets';
import { registerPool } from './service-pool';
import { registerPulls } from './service-pull';
import type { BrokerService, ServiceDisk } from './service-state';
import { brokerOf } from './store-state';

/** The service side of a broker: pulls, parked pulls, consumer offsets, and the clients that are connected. */
export { exportOffsets, mergeOffsets } from './service-offsets';
export { resetOffset } from './service-reset';

/** `consumerOffset.json`: first after 10 s, then every `flushConsumerOffsetInterval`. [BR-19] */
const offsetsTimer = defineTimer('broker.persist-offsets', 10_000_000, 5_000_000, persistAll);

function persistAll(sim: RocketSim, node: number): void {
  persistOffsets(sim, node);
  persistOrders(sim, node);
}

/** `groups`: what an administrator told the broker of them. */
export function createService(
  groups: ReadonlyMap<string, SubscriptionGroupConfig> = new Map(),
): BrokerService {
  return withDisk({
    offsetsFile: createMetadataFile(NO_OFFSETS),
    subscriptionGroups: new Map(groups),
    ordersFile: createMetadataFile(NO_ORDERS),
  });
}

function withDisk(disk: ServiceDisk): BrokerService {
  return {
    pool: { threads: 0, busy: 0, waiting: [], sweepAtUs: Number.POSITIVE_INFINITY },
    held: new Map(),
    heldCount: 0,
    sweepAtUs: Number.POSITIVE_INFINITY,
    groups: new Map(),
    producers: new Map(),
    notifyLater: new Set(),
    offsets: new Map(),
    offsetsVersion: 0,
    commitsSinceVersion: 0,
    resets: new Map(),
    locks: new Map(),
    pop: createPopService(),
    disk,
  };
}

/** The broker begins to serve; its store has recovered and its timers are based. */
export function serviceStart(sim: RocketSim, node: number): void {
  const { service, config } = brokerOf(sim, node);
  service.pool.threads = config.pullMessageThreadPoolNums;
  loadOffsets(service);
  loadOrders(sim, node);
  startClients(sim, node);
  startTimer(sim, node, offsetsTimer, config.flushConsumerOffsetInterval * 1000);
}

/** The process is gone, and with it what lived in its memory; by power also what no journal had committed. */
export function serviceDown(sim: RocketSim, node: number, failure: Failure | 'shutdown'): void {
  const broker = brokerOf(sim, node);
  const { disk } = broker.service;
  if (failure === 'disk') {
    broker.service = createService();
    return;
  }
  if (failure === 'power') {
    const before = readMetadata(disk.offsetsFile).offsets;
    loseUnsyncedMetadata(disk.offsetsFile, sim.nowUs);
    loseUnsyncedMetadata(disk.ordersFile, sim.nowUs);
    const lost = countDifferences(before, readMetadata(disk.offsetsFile).offsets);
    if (lost > 0) sim.emit(offsetsForgotten, node, lost);
  }
  broker.service = withDisk(disk);
}

/** A graceful shutdown writes the files once more. */
export function serviceShutdown(sim: RocketSim, node: number): void {
  persistAll(sim, node);
}

/** A client's connection to this broker is gone. */
export function serviceChannelClosed(sim: RocketSim, node: number, _peer: number, conn: number): void {
  forgetConnection(sim, node, conn);
}

export function registerService(handlers: Handlers<World<Rocket>>): void {
  registerPool(handlers);
  registerPulls(handlers);
  registerHolds(handlers);
  registerOffsets(handlers);
  registerClients(handlers);
  registerLocks(handlers);
}
