import { defineEvent, type Handlers } from '../../../core/sim';
import { close } from '../../../model/net';
import { faultBehind } from '../../../model/silence';
import type { World } from '../../../model/world';
import type { Nameserver, Rocket, RocketSim } from '../state';
import { defineTimer } from '../timers';
import {
  brokerRemoved,
  connectionLost,
  groupGone,
  groupHeadless,
  groupReadOnly,
  nobodyTold,
  oldConnectionIgnored,
  registrationExpired,
  silenceNoticed,
  unregisterQueueFull,
} from './nameserver-kinds';
import type { BrokerData, NameserverTables, Unregistration } from './nameserver-state';

/** The three ways out of the tables, and the one step in which they end (NS-15 to NS-20). */

const MASTER_ID = 0;
const WRITE = 2;

const drain = defineEvent<Record<string, never>>('nameserver.drain-unregistrations');

/** NS-16: in 5.3 first 5 ms after the start, by a slip of units; every `scanNotActiveBrokerInterval`. */
export const scan5 = defineTimer('nameserver.scan', 5_000, 5_000_000, scanNotActive);
/** 4.9: first after 5 s. */
export const scan4 = defineTimer('nameserver.scan-4', 5_000_000, 10_000_000, scanNotActive);

export function registerRemoval(handlers: Handlers<World<Rocket>>): void {
  handlers.on(drain, (sim, node) => {
    const nameserver = nameserverOf(sim, node);
    const waiting = nameserver.tables.unregistering;
    nameserver.tables.unregistering = [];
    const cause = sim.currentCause;
    for (const request of waiting) sim.because(cause, () => unregister(sim, nameserver, request));
  });
}

export function nameserverOf(sim: RocketSim, node: number): Nameserver {
  const nameserver = sim.state.product.nameservers.get(node);
  if (nameserver === undefined) throw new RangeError(`process ${node} is no name server`);
  return nameserver;
}

/**
 * A connection ended, by its peer or because it was idle: whoever last registered on it is removed. An older
 * connection of the same broker removes nothing (NS-17).
 */
export function nameserverChannelClosed(
  sim: RocketSim,
  node: number,
  peer: number,
  conn: number,
  idle: boolean,
): void {
  const nameserver = nameserverOf(sim, node);
  const live = nameserver.tables.brokerLiveTable.get(peer);
  if (live === undefined) return;
  if (live.conn !== conn) {
    sim.emit(oldConnectionIgnored, node, peer);
    return;
  }
  const { brokerName, brokerId } = live;
  sim.emit(idle ? silenceNoticed : connectionLost, node, peer, sim.nowUs - live.lastUpdateUs);
  submit(sim, nameserver, { frozen: true, brokerName, brokerId, address: peer });
}

/** Queues a removal for the batch thread; 4.9 does it inline (VC-1). */
export function submit(sim: RocketSim, nameserver: Nameserver, request: Unregistration): void {
  const { node, tables, config } = nameserver;
  if (sim.state.product.version === '4.9') {
    unregister(sim, nameserver, request);
    return;
  }
  if (tables.unregistering.length >= config.unRegisterBrokerQueueCapacity) {
    sim.emit(unregisterQueueFull, node, request.address);
    return;
  }
  tables.unregistering.push(request);
  if (tables.unregistering.length === 1) sim.at(sim.nowUs, node, drain, {});
}

/** `RouteInfoManager#scanNotActiveBroker`: strictly older than its timeout (NS-16). */
function scanNotActive(sim: RocketSim, node: number): void {
  const nameserver = nameserverOf(sim, node);
  const cause = sim.currentCause;
  for (const [address, live] of [...nameserver.tables.brokerLiveTable]) {
    const ageUs = sim.nowUs - live.lastUpdateUs;
    if (ageUs <= live.timeoutUs) continue;
    sim.because(cause, () => {
      sim.emit(registrationExpired, node, address, ageUs, faultBehind(sim, node, address));
      nameserver.remoting.accepted.delete(live.conn);
      close(sim, live.conn, node);
      const { brokerName, brokerId } = live;
      submit(sim, nameserver, { frozen: true, brokerName, brokerId, address });
    });
  }
}

/** `RouteInfoManager#unRegisterBroker` (NS-18). */
function unregister(sim: RocketSim, nameserver: Nameserver, request: Unregistration): void {
  const { node, tables } = nameserver;
  const { brokerName, address } = request;
  const broker = tables.brokerAddrTable.get(brokerName);
  tables.brokerLiveTable.delete(address);
  if (broker === undefined || ![...broker.addrs.values()].includes(address)) return;
  for (const [id, at] of broker.addrs) if (at === address) broker.addrs.delete(id);
  tables.changedBy = sim.emit(brokerRemoved, node, address);
  const cause = sim.currentCause;
  if (broker.addrs.size === 0) {
    tables.brokerAddrTable.delete(brokerName);
    const topics = dropQueues(tables, brokerName);
    sim.because(cause, () => sim.emit(groupGone, node, address, topics));
  } else if (!broker.addrs.has(MASTER_ID)) {
    if (broker.enableActingMaster) {
      wipeWrite(tables, broker);
      sim.because(cause, () => sim.emit(groupReadOnly, node, address, broker.addrs.size));
    } else sim.because(cause, () => sim.emit(groupHeadless, node, address, broker.addrs.size));
  }
  sim.because(cause, () => sim.emit(nobodyTold, node, address));
}

function dropQueues(tables: NameserverTables, brokerName: string): number {
  let topics = 0;
  for (const [topic, byBroker] of tables.topicQueueTable) {
    if (!byBroker.delete(brokerName)) continue;
    topics++;
    if (byBroker.size === 0) tables.topicQueueTable.delete(topic);
  }
  return topics;
}

function wipeWrite(tables: NameserverTables, { brokerName }: BrokerData): void {
  for (const byBroker of tables.topicQueueTable.values()) {
    const data = byBroker.get(brokerName);
    if (data !== undefined) byBroker.set(brokerName, { ...data, perm: data.perm & ~WRITE });
  }
}
