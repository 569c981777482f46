import { internText } from '../../../model/world';
import type { DataVersion, RegisterBroker, RegisterResult, TopicEntry } from '../protocol';
import type { Nameserver, RocketSim } from '../state';
import {
  addressRefused,
  addressTaken,
  brokerListed,
  brokerRegistered,
  incrementTooEarly,
  registrationUnchanged,
  slaveToldMaster,
  slaveTopicsIgnored,
  slaveTopicsTaken,
  topicListed,
  topicOutlived,
  topicRemoved,
  writeReturned,
} from './nameserver-kinds';
import type { BrokerData, NameserverTables, QueueData } from './nameserver-state';

/** `RouteInfoManager#registerBroker` (NS-7, NS-10 to NS-14). */

const MASTER_ID = 0;
const WRITE = 2;
/** `RouteInfoManager.DEFAULT_BROKER_CHANNEL_EXPIRED_TIME`. */
const EXPIRED_US = 120_000_000;

/** Takes a registration; undefined when it is refused (SYSTEM_ERROR). */
export function register(
  sim: RocketSim,
  nameserver: Nameserver,
  request: RegisterBroker,
  conn: number,
): RegisterResult | undefined {
  const { node, tables } = nameserver;
  const { brokerName, brokerId, address } = request;
  let first = !tables.brokerAddrTable.has(brokerName);
  const broker = brokerDataOf(nameserver, request);
  // The same process may only stand under one id: a slave that was made master leaves its old one.
  for (const [id, at] of broker.addrs) if (at === address && id !== brokerId) broker.addrs.delete(id);

  const holder = broker.addrs.get(brokerId);
  if (holder !== undefined && holder !== address) {
    const known = tables.brokerLiveTable.get(holder);
    if (known !== undefined && known.dataVersion.stateVersion > request.dataVersion.stateVersion) {
      tables.brokerLiveTable.delete(address);
      sim.emit(addressRefused, node, address, holder);
      return { masterAddress: undefined };
    }
    sim.emit(addressTaken, node, address, holder);
  }
  const listed = [...broker.addrs.values()].includes(address);
  if (!listed && request.incremental) {
    sim.emit(incrementTooEarly, node, address);
    return undefined;
  }
  broker.addrs.set(brokerId, address);
  first ||= holder === undefined;
  if (first) noteChange(sim, tables, sim.emit(brokerListed, node, address));

  takeTopics(sim, nameserver, broker, request, first);
  tables.brokerLiveTable.set(address, {
    brokerName,
    brokerId,
    lastUpdateUs: sim.nowUs,
    timeoutUs: request.timeoutUs ?? EXPIRED_US,
    dataVersion: request.dataVersion,
    conn,
  });
  const master = brokerId === MASTER_ID ? undefined : broker.addrs.get(MASTER_ID);
  const masterAddress = master !== undefined && tables.brokerLiveTable.has(master) ? master : undefined;
  if (masterAddress !== undefined) sim.emit(slaveToldMaster, node, address, masterAddress);
  return { masterAddress };
}

function brokerDataOf({ tables }: Nameserver, request: RegisterBroker): BrokerData {
  const { brokerName, enableActingMaster } = request;
  let broker = tables.brokerAddrTable.get(brokerName);
  if (broker === undefined) {
    broker = { brokerName, enableActingMaster: false, addrs: new Map() };
    tables.brokerAddrTable.set(brokerName, broker);
  }
  broker.enableActingMaster = enableActingMaster === true;
  return broker;
}

function takeTopics(
  sim: RocketSim,
  nameserver: Nameserver,
  broker: BrokerData,
  request: RegisterBroker,
  first: boolean,
): void {
  const { node, tables } = nameserver;
  const { brokerId, address, topics } = request;
  // Brokers of 4.x send no such header, so their slaves are never prime (NS-12).
  const prime =
    request.enableActingMaster !== undefined &&
    brokerId !== MASTER_ID &&
    brokerId === Math.min(...broker.addrs.keys());
  if (brokerId !== MASTER_ID && !prime) {
    sim.emit(slaveTopicsIgnored, node, address);
    return;
  }
  const known = tables.brokerLiveTable.get(address);
  const changed = first || known === undefined || !sameVersion(known.dataVersion, request.dataVersion);
  const fresh = topics.filter(
    ({ topic }) => changed || !tables.topicQueueTable.get(topic)?.has(broker.brokerName),
  );
  if (fresh.length === 0) {
    sim.emit(registrationUnchanged, node, address);
    return;
  }
  sim.emit(prime ? slaveTopicsTaken : brokerRegistered, node, address, topics.length);
  const cause = sim.currentCause;
  for (const entry of fresh) {
    sim.because(cause, () => putQueueData(sim, nameserver, broker, address, entry, prime));
  }
  const writable = fresh.filter(({ perm }) => (perm & WRITE) !== 0).length;
  if (writable > 0 && tables.wiped.has(broker.brokerName)) {
    if (!request.incremental) tables.wiped.delete(broker.brokerName);
    sim.because(cause, () => sim.emit(writeReturned, node, address, writable));
  }
  if (!request.incremental) sim.because(cause, () => tellOutlived(sim, nameserver, broker, address, topics));
}

function putQueueData(
  sim: RocketSim,
  { node, tables }: Nameserver,
  { brokerName, enableActingMaster }: BrokerData,
  address: number,
  entry: TopicEntry,
  prime: boolean,
): void {
  const { topic, readQueueNums, writeQueueNums } = entry;
  // An acting master is read only.
  const perm = prime && enableActingMaster ? entry.perm & ~WRITE : entry.perm;
  const data: QueueData = { frozen: true, brokerName, readQueueNums, writeQueueNums, perm };
  let byBroker = tables.topicQueueTable.get(topic);
  if (byBroker === undefined) {
    byBroker = new Map();
    tables.topicQueueTable.set(topic, byBroker);
  }
  const old = byBroker.get(brokerName);
  if (old !== undefined && sameQueueData(old, data)) return;
  byBroker.set(brokerName, data);
  noteChange(sim, tables, sim.emit(topicListed, node, address, internText(sim.state.arena, topic)));
}

/** What a warm-up has changed, nobody can look up. */
function noteChange({ nowUs }: RocketSim, tables: NameserverTables, entry: number): void {
  if (nowUs >= 0) tables.changedBy = entry;
}

/** A topic that the broker no longer has stays listed, unless the name server is told to delete it (NS-13). */
function tellOutlived(
  sim: RocketSim,
  { node, tables, config }: Nameserver,
  { brokerName }: BrokerData,
  address: number,
  topics: readonly TopicEntry[],
): void {
  const registered = new Set(topics.map(({ topic }) => topic));
  const cause = sim.currentCause;
  for (const [topic, byBroker] of tables.topicQueueTable) {
    if (registered.has(topic) || !byBroker.has(brokerName)) continue;
    const kind = config.deleteTopicWithBrokerRegistration ? topicRemoved : topicOutlived;
    if (config.deleteTopicWithBrokerRegistration) {
      byBroker.delete(brokerName);
      if (byBroker.size === 0) tables.topicQueueTable.delete(topic);
    }
    sim.because(cause, () => sim.emit(kind, node, address, internText(sim.state.arena, topic)));
  }
}

/** `DataVersion#equals` (NS-14). */
function sameVersion(x: DataVersion, y: DataVersion): boolean {
  return x.stateVersion === y.stateVersion && x.timestampUs === y.timestampUs && x.counter === y.counter;
}

function sameQueueData(x: QueueData, y: QueueData): boolean {
  return x.readQueueNums === y.readQueueNums && x.writeQueueNums === y.writeQueueNums && x.perm === y.perm;
}
