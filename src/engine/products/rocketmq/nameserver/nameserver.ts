import { defineEvent, type Handlers } from '../../../core/sim';
import { exitProcess, markUp } from '../../../model/process';
import { reserveCpu, useCpu } from '../../../model/resources';
import { internText, type World } from '../../../model/world';
import type { NameserverSpec, TopicSpec } from '../../../scenario/types';
import type { Failure } from '../../../view';
import { createMetadataFile, loseUnsyncedMetadata, readMetadata } from '../broker/metadata-file';
import {
  brokerHeartbeat,
  Code,
  getMemberGroup,
  getRoute,
  type RegisterBroker,
  registerBroker,
  type TopicRoute,
  unregisterBroker,
} from '../protocol';
import { createRemoting, type Incoming, reply } from '../remoting';
import type { Nameserver, Rocket, RocketSim } from '../state';
import { baseTimers, startTimer } from '../timers';
import {
  actingMasterShown,
  listens,
  notYetServing,
  routeGiven,
  routeUnknown,
  startedEmpty,
} from './nameserver-kinds';
import {
  type BrokerData,
  createTables,
  type NameserverTables,
  NO_ORDER_CONFS,
  type Unregistration,
} from './nameserver-state';
import { orderConfsOf } from './order-conf';
import { register } from './registration';
import { nameserverOf, registerRemoval, scan4, scan5, submit } from './removal';

/**
 * A name server: tables in memory that brokers fill and clients read. It knows no other name server, asks nobody
 * and tells nobody (NS-1, NS-25).
 */
export { nameserverChannelClosed } from './removal';

const PORT = 9876;
const MASTER_ID = 0;
const WRITE = 2;
const REQUEST_NS = 5_000;
const ROUTE_ROW_BYTES = 120;

const serveRegister = defineEvent<Incoming<RegisterBroker>>('nameserver.register');
const serveUnregister = defineEvent<Incoming<Omit<Unregistration, 'frozen'>>>('nameserver.unregister');
const serveRoute = defineEvent<Incoming<{ topic: string }>>('nameserver.route');

/** `topics`: those that were made before it; a name server that joins later knows no order configuration. */
export function createNameserver(
  node: number,
  spec: NameserverSpec,
  topics: readonly TopicSpec[] = [],
): Nameserver {
  const orderFile = createMetadataFile(orderConfsOf(topics));
  return { node, config: spec.config, remoting: createRemoting(), tables: createTables(0), orderFile };
}

/** It serves at once: there is nothing to load. */
export function nameserverStart(sim: RocketSim, node: number): void {
  const nameserver = nameserverOf(sim, node);
  nameserver.tables = createTables(sim.nowUs);
  baseTimers(sim, node);
  markUp(sim, node);
  sim.emit(startedEmpty, node);
  sim.emit(listens, node, PORT);
  const timer = sim.state.product.version === '4.9' ? scan4 : scan5;
  startTimer(sim, node, timer, nameserver.config.scanNotActiveBrokerInterval * 1000);
}

/** No route state is on a disk, whatever the failure was (NS-1); the order configuration is in a file (NS-24). */
export function nameserverDown(sim: RocketSim, node: number, failure: Failure | 'shutdown'): void {
  const nameserver = nameserverOf(sim, node);
  if (failure === 'power') loseUnsyncedMetadata(nameserver.orderFile, sim.nowUs);
  if (failure === 'disk') nameserver.orderFile = createMetadataFile(NO_ORDER_CONFS);
  nameserver.tables = createTables(sim.nowUs);
  nameserver.remoting = createRemoting();
}

export function nameserverShutdown(sim: RocketSim, node: number): void {
  exitProcess(sim, node);
}

export function registerNameserver(handlers: Handlers<World<Rocket>>): void {
  registerRemoval(handlers);
  handlers
    .on(registerBroker.event, (sim, node, incoming) => useCpu(sim, node, REQUEST_NS, serveRegister, incoming))
    .on(unregisterBroker.event, (sim, node, incoming) =>
      useCpu(sim, node, REQUEST_NS, serveUnregister, incoming),
    )
    .on(getRoute.event, (sim, node, incoming) => useCpu(sim, node, REQUEST_NS, serveRoute, incoming))
    .on(serveRegister, (sim, node, incoming) => {
      const body = register(sim, nameserverOf(sim, node), incoming.body, incoming.conn);
      const status = body === undefined ? Code.SYSTEM_ERROR : Code.SUCCESS;
      reply(sim, node, incoming, { status, body });
    })
    .on(serveUnregister, (sim, node, incoming) => {
      submit(sim, nameserverOf(sim, node), { frozen: true, ...incoming.body });
      reply(sim, node, incoming, { body: undefined });
    })
    .on(serveRoute, onRouteAsked)
    .on(brokerHeartbeat.event, (sim, node, { body }) => {
      reserveCpu(sim, node, REQUEST_NS);
      const live = nameserverOf(sim, node).tables.brokerLiveTable.get(body.address);
      if (live !== undefined) live.lastUpdateUs = sim.nowUs;
    })
    .on(getMemberGroup.event, (sim, node, incoming) => {
      reserveCpu(sim, node, REQUEST_NS);
      const broker = nameserverOf(sim, node).tables.brokerAddrTable.get(incoming.body.brokerName);
      reply(sim, node, incoming, { body: [...(broker?.addrs ?? [])] });
    });
}

function onRouteAsked(sim: RocketSim, node: number, incoming: Incoming<{ topic: string }>): void {
  const { tables, config, orderFile } = nameserverOf(sim, node);
  const { topic } = incoming.body;
  const text = internText(sim.state.arena, topic);
  const readyUs = tables.startedUs + config.waitSecondsForService * 1_000_000;
  if (config.needWaitForService && sim.nowUs < readyUs) {
    sim.emit(notYetServing, node, incoming.from, text);
    reply(sim, node, incoming, {
      status: Code.SYSTEM_ERROR,
      body: undefined,
      remark: 'name server not ready',
    });
    return;
  }
  const route = pickRoute(tables, topic, config.supportActingMaster);
  sim.emit(route === undefined ? routeUnknown : routeGiven, node, incoming.from, text);
  if (route !== undefined && config.supportActingMaster) tellActing(sim, nameserverOf(sim, node), route);
  if (route === undefined) {
    const remark = `No topic route info in name server for the topic: ${topic}`;
    reply(sim, node, incoming, { status: Code.TOPIC_NOT_EXIST, body: undefined, remark });
    return;
  }
  const bytes = (route.queues.length + route.brokers.length) * ROUTE_ROW_BYTES;
  const orderTopicConf = config.orderMessageEnable ? readMetadata(orderFile).byTopic[topic] : undefined;
  const body = orderTopicConf === undefined ? route : { ...route, orderTopicConf };
  reply(sim, node, incoming, { body, bytes });
}

/**
 * `RouteInfoManager#pickupTopicRouteData`: at least one row of queues and one of brokers, in the order of the broker
 * names. It never checks whether a broker answers (NS-21).
 */
function pickRoute(tables: NameserverTables, topic: string, acting: boolean): TopicRoute | undefined {
  const rows = [...(tables.topicQueueTable.get(topic)?.values() ?? [])];
  rows.sort((x, y) => (x.brokerName < y.brokerName ? -1 : 1));
  const brokers = rows.flatMap(({ brokerName, perm }) => {
    const broker = tables.brokerAddrTable.get(brokerName);
    if (broker === undefined) return [];
    const addresses = [...broker.addrs].sort((x, y) => x[0] - y[0]);
    const shown = acting && (perm & WRITE) === 0 ? withActingMaster(broker, addresses) : addresses;
    return [{ brokerName, addresses: shown }];
  });
  if (rows.length === 0 || brokers.length === 0) return undefined;
  const queues = rows.map(({ brokerName, readQueueNums, writeQueueNums, perm }) => ({
    brokerName,
    readQueueNums,
    writeQueueNums,
    perm,
  }));
  return { frozen: true, topic, queues, brokers };
}

/** A group without a master whose queues are read only shows its smallest id as 0 (NS-22). */
function withActingMaster(
  { enableActingMaster }: BrokerData,
  addresses: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const [first, ...others] = addresses;
  if (!enableActingMaster || first === undefined || first[0] === MASTER_ID) return addresses;
  return [[MASTER_ID, first[1]], ...others];
}

function tellActing(sim: RocketSim, { node, tables }: Nameserver, { topic, brokers }: TopicRoute): void {
  const cause = sim.currentCause;
  for (const { brokerName, addresses } of brokers) {
    const [id, address] = addresses[0] ?? [];
    if (id !== MASTER_ID || tables.brokerAddrTable.get(brokerName)?.addrs.has(MASTER_ID)) continue;
    sim.because(cause, () => sim.emit(actingMasterShown, node, address, internText(sim.state.arena, topic)));
  }
}
