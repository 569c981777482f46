import { processOf } from '../../../model/env';
import { internText } from '../../../model/world';
import type { ActResult } from '../../../product';
import type { TopicConfig } from '../../../scenario/config';
import type { NewTopicSpec } from '../../../scenario/types';
import { dropOrderConf, putOrderConf } from '../nameserver/order-conf';
import type { DataVersion, TopicEntry } from '../protocol';
import type { Broker, RocketSim } from '../state';
import { traceTopicMade } from '../trace/trace-kinds';
import { TRACE_TOPIC } from '../trace/trace-state';
import { readMetadata, writeMetadata } from './metadata-file';
import { topicsWritten } from './recovery-kinds';
import { registerAll, registerTopic } from './registration';
import { versionMoved } from './registration-kinds';
import { topicAutoCreated } from './send-kinds';
import { topicEntryOf } from './store-create';
import { brokerOf, PERM_INHERIT, PERM_READ, PERM_WRITE, type Send, TBW102 } from './store-state';

/** `TopicConfigManager`: the topics of one broker, with the version by which name servers see that they changed. */

/**
 * What a starting broker has: its file, TBW102 while topics may be created by sending (PR-15), and the topic of the
 * trace where it is asked for (TR-1).
 */
export function loadTopics(sim: RocketSim, node: number): void {
  const { store, config } = brokerOf(sim, node);
  const { topics, dataVersion } = readMetadata(store.disk.topicsFile);
  store.memory.topics = new Map(topics.map((topic) => [topic.topic, topic]));
  store.memory.dataVersion = dataVersion;
  if (config.traceTopicEnable && !store.memory.topics.has(TRACE_TOPIC)) {
    store.memory.topics.set(TRACE_TOPIC, {
      frozen: true,
      topic: TRACE_TOPIC,
      readQueueNums: 1,
      writeQueueNums: 1,
      perm: PERM_READ | PERM_WRITE,
      order: false,
    });
    sim.because(sim.currentCause, () => sim.emit(traceTopicMade, node, 1));
  }
  if (!config.autoCreateTopicEnable) return;
  const queues = config.defaultTopicQueueNums;
  store.memory.topics.set(TBW102, {
    frozen: true,
    topic: TBW102,
    readQueueNums: queues,
    writeQueueNums: queues,
    perm: PERM_READ | PERM_WRITE | PERM_INHERIT,
    order: false,
  });
}

/** `%RETRY%group`, made when a group is first heard of (CL-20), or `%DLQ%group`, with its first dead letter. */
export function createGroupTopic(sim: RocketSim, node: number, topic: string, queues: number): void {
  put(
    sim,
    node,
    {
      frozen: true,
      topic,
      readQueueNums: queues,
      writeQueueNums: queues,
      perm: PERM_READ | PERM_WRITE,
      order: false,
    },
    announceMade,
  );
}

/** A send met a topic that this broker does not have (`createTopicInSendMessageMethod`). */
export function createTopicForSend(sim: RocketSim, node: number, send: Send): TopicEntry | undefined {
  const { store, config } = brokerOf(sim, node);
  const model = store.memory.topics.get(send.defaultTopic);
  const inherits = model !== undefined && (model.perm & PERM_INHERIT) !== 0;
  if (!inherits || (send.defaultTopic === TBW102 && !config.autoCreateTopicEnable)) return undefined;
  const queues = Math.max(0, Math.min(send.defaultTopicQueueNums, model.writeQueueNums));
  const topic: TopicEntry = {
    frozen: true,
    topic: send.topic,
    readQueueNums: queues,
    writeQueueNums: queues,
    perm: model.perm & ~PERM_INHERIT,
    order: false,
  };
  sim.because(sim.currentCause, () => {
    sim.emit(topicAutoCreated, node, internText(sim.state.arena, send.topic), queues);
    put(sim, node, topic, announceMade);
  });
  return topic;
}

/** A slave takes over its master's table (HA-11). */
export function replaceTopics(
  sim: RocketSim,
  node: number,
  topics: readonly TopicEntry[],
  dataVersion: DataVersion,
): void {
  const { memory } = brokerOf(sim, node).store;
  if (sameVersion(memory.dataVersion, dataVersion)) return;
  memory.topics = new Map(topics.map((topic) => [topic.topic, topic]));
  memory.dataVersion = dataVersion;
  persist(sim, node);
}

/** `mqadmin updateTopic` with a new name: on the named brokers, or on every master that runs. */
export function createTopicOn(sim: RocketSim, spec: NewTopicSpec): ActResult {
  const { name, queues, brokers, order, config } = spec;
  const masters = runningMasters(sim, brokers);
  if (masters.length === 0)
    return refuse(`No master runs that could hold ${name}.`, `没有正在运行的主节点可以创建 ${name}。`);
  if (masters.some((broker) => broker.store.memory.topics.has(name))) {
    return refuse(`${name} exists already.`, `${name} 已经存在。`);
  }
  const cause = sim.currentCause;
  for (const { node } of masters) sim.because(cause, () => put(sim, node, topicEntryOf(spec)));
  const names = [...new Set(masters.map(({ brokerName }) => brokerName))];
  if (order) keepOrder(sim, name, names, config.writeQueueNums);
  sim.state.product.topics.push({ name, queues, brokers: names, order, config });
  return { ok: true };
}

/** `mqadmin updateTopic` with a known name: on the named brokers, or on those that hold it. */
export function alterTopic(
  sim: RocketSim,
  name: string,
  brokers: readonly string[] | null,
  config: Partial<TopicConfig>,
  order: boolean | null = null,
): ActResult {
  const holders = runningMasters(sim, brokers).filter((broker) => broker.store.memory.topics.has(name));
  if (holders.length === 0)
    return refuse(`No running master holds ${name}.`, `没有正在运行的主节点持有 ${name}。`);
  const cause = sim.currentCause;
  for (const { node, store } of holders) {
    const topic = store.memory.topics.get(name) as TopicEntry;
    sim.because(cause, () => put(sim, node, { ...topic, ...config, order: order ?? topic.order }));
  }
  if (order === false) sim.because(cause, () => dropOrderConf(sim, name));
  for (const { brokerName, store } of order === true ? holders : []) {
    const { writeQueueNums } = store.memory.topics.get(name) as TopicEntry;
    sim.because(cause, () => keepOrder(sim, name, [brokerName], writeQueueNums));
  }
  return { ok: true };
}

/** `updateTopic -o true`: beside the brokers, the tool tells the name servers. */
function keepOrder(sim: RocketSim, topic: string, brokerNames: readonly string[], queues: number): void {
  putOrderConf(sim, topic, new Map(brokerNames.map((brokerName) => [brokerName, queues])));
}

function runningMasters(sim: RocketSim, names: readonly string[] | null): Broker[] {
  const { product, env } = sim.state;
  return [...product.brokers.values()].filter(
    ({ node, brokerId, brokerName }) =>
      brokerId === 0 && processOf(env, node).state === 'up' && (names === null || names.includes(brokerName)),
  );
}

/** `DataVersion#nextVersion`: name servers take a registration for changed. */
function moveVersion(sim: RocketSim, node: number, stateVersion: number): void {
  const { memory } = brokerOf(sim, node).store;
  const counter = memory.dataVersion.counter + 1;
  memory.dataVersion = { frozen: true, stateVersion, timestampUs: sim.nowUs, counter };
}

/** `updateBrokerConfig brokerPermission`: all topics have another permission, and the version says so. */
export function permissionMoved(sim: RocketSim, node: number): void {
  const { memory } = brokerOf(sim, node).store;
  moveVersion(sim, node, memory.dataVersion.stateVersion);
  sim.emit(versionMoved, node, memory.dataVersion.counter);
  registerAll(sim, node);
}

/** The table belongs to a master's epoch: a name server drops what an older one says (NS-11). */
export function moveToEpoch(sim: RocketSim, node: number, epoch: number): void {
  moveVersion(sim, node, epoch);
  sim.emit(versionMoved, node, brokerOf(sim, node).store.memory.dataVersion.counter);
}

type Announce = (sim: RocketSim, node: number, topic: TopicEntry) => void;

/** A topic that a broker made by itself: 4.x registers all that it has, 5.x this one. */
function announceMade(sim: RocketSim, node: number, topic: TopicEntry): void {
  if (sim.state.product.version === '4.9') registerAll(sim, node);
  else registerTopic(sim, node, topic);
}

function put(sim: RocketSim, node: number, topic: TopicEntry, announce: Announce = registerTopic): void {
  const { memory } = brokerOf(sim, node).store;
  memory.topics.set(topic.topic, topic);
  moveVersion(sim, node, memory.dataVersion.stateVersion);
  const cause = sim.currentCause;
  sim.because(cause, () => sim.emit(versionMoved, node, memory.dataVersion.counter));
  sim.because(cause, () => persist(sim, node));
  sim.because(cause, () => announce(sim, node, topic));
}

/** `topics.json`: rewritten whole, without fsync (BR-19). */
function persist(sim: RocketSim, node: number): void {
  const { memory, disk } = brokerOf(sim, node).store;
  const topics = [...memory.topics.values()].filter(({ topic }) => topic !== TBW102);
  writeMetadata(disk.topicsFile, { frozen: true, topics, dataVersion: memory.dataVersion }, sim.nowUs);
  sim.emit(topicsWritten, node, topics.length);
}

function sameVersion(one: DataVersion, other: DataVersion): boolean {
  return (
    one.stateVersion === other.stateVersion &&
    one.timestampUs === other.timestampUs &&
    one.counter === other.counter
  );
}

function refuse(en: string, zh: string): ActResult {
  return { ok: false, message: { en, zh } };
}
