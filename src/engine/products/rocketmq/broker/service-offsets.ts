import type { Handlers } from '../../../core/sim';
import { reserveCpu } from '../../../model/resources';
import type { World } from '../../../model/world';
import { recordStoredUs } from '../../../model/world';
import {
  Code,
  type ConsumerOffset,
  getMaxOffset,
  queryConsumerOffset,
  searchOffset,
  updateConsumerOffset,
} from '../protocol';
import { reply } from '../remoting';
import type { Broker, Rocket, RocketSim } from '../state';
import { readMetadata, writeMetadata } from './metadata-file';
import { commitIgnored, offsetLowered, offsetsWritten, zeroFound } from './service-kinds';
import type { BrokerService, OffsetTable } from './service-state';
import {
  brokerOf,
  type ConsumeQueue,
  consumeQueueOf,
  inMemory,
  inPageCache,
  maxOffsetOf,
  minOffsetOf,
  physAtOffset,
  queueNumberOf,
  recordAtOffset,
  topicConfigOf,
} from './store-state';

/** `ConsumerOffsetManager` and `ConsumerManageProcessor`: what a group has committed, in memory and in a file. */

/** CPU of a request that touches memory only. */
export const REQUEST_CPU_NS = 5_000;
const NONE = -1;
/** `BrokerConfig.consumerOffsetUpdateVersionStep`. */
const VERSION_STEP = 500;

export const NO_OFFSETS: OffsetTable = { frozen: true, offsets: new Map(), version: 0 };

/** `topic@group`, as the file spells it. */
export const offsetKey = (topic: string, group: string) => `${topic}@${group}`;

/** Committed offset of a group, as this broker knows it; −1 none. */
export function committedOffset(
  service: BrokerService,
  group: string,
  topic: string,
  queueId: number,
): number {
  return service.offsets.get(offsetKey(topic, group))?.[queueId] ?? NONE;
}

/** `ConsumerOffsetManager#commitOffset`: any value is taken, a lower one with a warning. [CO-16] */
export function commitOffset(
  sim: RocketSim,
  node: number,
  { group, topic, queueId, offset }: ConsumerOffset,
): void {
  const broker = brokerOf(sim, node);
  const { service } = broker;
  const before = putOffset(service.offsets, offsetKey(topic, group), queueId, offset);
  if (++service.commitsSinceVersion === VERSION_STEP) {
    service.commitsSinceVersion = 0;
    service.offsetsVersion++;
  }
  if (offset >= before) return;
  const cause = sim.currentCause;
  sim.because(cause, () => sim.emit(offsetLowered, node, queueNumberOf(sim, broker, topic, queueId), offset));
}

/** Sets an offset and returns the one before. */
export function putOffset(
  table: Map<string, number[]>,
  key: string,
  queueId: number,
  offset: number,
): number {
  let offsets = table.get(key);
  if (offsets === undefined) {
    offsets = [];
    table.set(key, offsets);
  }
  while (offsets.length <= queueId) offsets.push(NONE);
  const before = offsets[queueId] as number;
  offsets[queueId] = offset;
  return before;
}

/** The reset that waits for the next pull of a queue (CO-18); undefined when none. */
export function pendingReset(
  service: BrokerService,
  group: string,
  topic: string,
  queueId: number,
): number | undefined {
  if (service.resets.size === 0) return undefined;
  const offset = service.resets.get(offsetKey(topic, group))?.[queueId] ?? NONE;
  return offset === NONE ? undefined : offset;
}

/** `queryThenEraseResetOffset`: the waiting reset of a queue, which waits no more. */
export function takeReset(
  service: BrokerService,
  group: string,
  topic: string,
  queueId: number,
): number | undefined {
  const offset = pendingReset(service, group, topic, queueId);
  if (offset === undefined) return undefined;
  const key = offsetKey(topic, group);
  const resets = service.resets.get(key) as number[];
  resets[queueId] = NONE;
  if (resets.every((pending) => pending === NONE)) service.resets.delete(key);
  return offset;
}

/** All offsets, for a slave that copies them. [HA-11] */
export function exportOffsets(broker: Broker): ConsumerOffset[] {
  const all: ConsumerOffset[] = [];
  for (const [key, offsets] of broker.service.offsets) {
    const [topic, group] = splitKey(key);
    offsets.forEach((offset, queueId) => {
      if (offset !== NONE) all.push({ group, topic, queueId, offset });
    });
  }
  return all;
}

/** `topicConfigWrapper.putAll`: what the master has for a topic and group replaces what the slave has. [HA-11] */
export function mergeOffsets(broker: Broker, offsets: readonly ConsumerOffset[], version: number): void {
  const fresh = new Map<string, number[]>();
  for (const { group, topic, queueId, offset } of offsets) {
    putOffset(fresh, offsetKey(topic, group), queueId, offset);
  }
  for (const [key, own] of fresh) broker.service.offsets.set(key, own);
  broker.service.offsetsVersion = version;
}

/** Neither a topic nor a group name holds an `@`. */
function splitKey(key: string): [topic: string, group: string] {
  const at = key.lastIndexOf('@');
  return [key.slice(0, at), key.slice(at + 1)];
}

/** Every 5 s and at a graceful shutdown: rewrites `consumerOffset.json` without an fsync. [BR-19] */
export function persistOffsets(sim: RocketSim, node: number): void {
  const { service } = brokerOf(sim, node);
  const file = service.disk.offsetsFile;
  const changed = countDifferences(service.offsets, readMetadata(file).offsets);
  // The product rewrites an unchanged file, too; nobody can tell.
  if (changed === 0) return;
  const cause = sim.currentCause;
  sim.because(cause, () => sim.emit(offsetsWritten, node, changed));
  const content = {
    frozen: true,
    offsets: copyOffsets(service.offsets),
    version: service.offsetsVersion,
  } as const;
  writeMetadata(file, content, sim.nowUs);
}

/** At start: what the file holds counts, however old it is. [BR-19, HA-18] */
export function loadOffsets(service: BrokerService): void {
  const { offsets, version } = readMetadata(service.disk.offsetsFile);
  service.offsets = copyOffsets(offsets);
  service.offsetsVersion = version;
}

type Offsets = ReadonlyMap<string, readonly number[]>;

function copyOffsets(offsets: Offsets): Map<string, number[]> {
  const copy = new Map<string, number[]>();
  for (const [key, values] of offsets) copy.set(key, [...values]);
  return copy;
}

/** Offsets that the second table has not, or has otherwise. */
export function countDifferences(offsets: Offsets, others: Offsets): number {
  let sum = 0;
  for (const [key, values] of offsets) {
    const known = others.get(key);
    values.forEach((offset, queueId) => {
      if (offset !== (known?.[queueId] ?? NONE)) sum++;
    });
  }
  return sum;
}

/** `getOffsetInQueueByTime`: the first message stored at or after a moment, or the end of the queue. */
export function offsetAtTime(sim: RocketSim, queue: ConsumeQueue | undefined, timeUs: number): number {
  if (queue === undefined) return 0;
  let low = minOffsetOf(queue);
  let high = maxOffsetOf(queue);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (recordStoredUs(sim.state.arena, recordAtOffset(queue, middle)) < timeUs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Whether a group without an offset is told "0, found": the queue begins at 0 and message 0 is in memory, as 5.1
 * and later ask the page cache, and 4.9 estimates by the distance from the log's end. [CO-31]
 */
function answersZero(sim: RocketSim, broker: Broker, queue: ConsumeQueue | undefined): boolean {
  if (minOffsetOf(queue) > 0) return false;
  if (queue === undefined || maxOffsetOf(queue) === 0) return sim.state.product.version === '4.9';
  const phys = physAtOffset(sim, queue, 0);
  return sim.state.product.version === '4.9' ? inMemory(sim, broker, phys) : inPageCache(sim, broker, phys);
}

export function registerOffsets(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(queryConsumerOffset.event, (sim, node, request) => {
      reserveCpu(sim, node, REQUEST_CPU_NS);
      const { group, topic, queueId, setZeroIfNotFound } = request.body;
      const broker = brokerOf(sim, node);
      const offset = committedOffset(broker.service, group, topic, queueId);
      if (offset >= 0) {
        reply(sim, node, request, { body: offset });
      } else if (setZeroIfNotFound && answersZero(sim, broker, consumeQueueOf(sim, broker, topic, queueId))) {
        sim.emit(zeroFound, node, queueNumberOf(sim, broker, topic, queueId));
        reply(sim, node, request, { body: 0 });
      } else reply(sim, node, request, { status: Code.QUERY_NOT_FOUND, body: undefined });
    })
    .on(updateConsumerOffset.event, (sim, node, request) => {
      reserveCpu(sim, node, REQUEST_CPU_NS);
      const { service, config } = brokerOf(sim, node);
      const { group, topic, queueId, offset } = request.body;
      const known = service.disk.subscriptionGroups.has(group) || config.autoCreateSubscriptionGroup;
      if (!known) {
        reply(sim, node, request, { status: Code.SUBSCRIPTION_GROUP_NOT_EXIST, body: undefined });
        return;
      }
      if (topicConfigOf(brokerOf(sim, node), topic) === undefined) {
        reply(sim, node, request, { status: Code.TOPIC_NOT_EXIST, body: undefined });
        return;
      }
      if (config.useServerSideResetOffset && pendingReset(service, group, topic, queueId) !== undefined) {
        sim.emit(commitIgnored, node, queueNumberOf(sim, brokerOf(sim, node), topic, queueId), offset);
      } else commitOffset(sim, node, request.body);
      reply(sim, node, request, { body: undefined });
    })
    .on(getMaxOffset.event, (sim, node, request) => {
      reserveCpu(sim, node, REQUEST_CPU_NS);
      const { topic, queueId } = request.body;
      const queue = consumeQueueOf(sim, brokerOf(sim, node), topic, queueId);
      reply(sim, node, request, { body: maxOffsetOf(queue) });
    })
    .on(searchOffset.event, (sim, node, request) => {
      reserveCpu(sim, node, REQUEST_CPU_NS);
      const { topic, queueId, timeUs } = request.body;
      const queue = consumeQueueOf(sim, brokerOf(sim, node), topic, queueId);
      reply(sim, node, request, { body: offsetAtTime(sim, queue, timeUs) });
    });
}
