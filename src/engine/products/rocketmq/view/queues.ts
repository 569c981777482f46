import { processOf } from '../../../model/env';
import { isLost } from '../../../model/ledger';
import { queueOf, recordMessage, recordOffset, recordQueue } from '../../../model/world';
import type { QueueLockView, QueueView } from '../../../view';
import { isElected } from '../broker/controlled';
import { readMetadata } from '../broker/metadata-file';
import { type ConsumeQueue, isSlave, maxOffsetOf, minOffsetOf, recordAtOffset } from '../broker/store-state';
import { isBroadcasting, needsLocks } from '../consumer/consumer-of';
import { localOffset } from '../consumer/offset-store';
import { inGroup } from '../dledger/dledger-state';
import { LOCK_LIVES_US } from '../orderly/lock-table';
import type { Broker, RocketSim } from '../state';
import { CHECK_MAX_TOPIC } from '../transaction/transaction-topics';
import { nameOf } from './processes';
import { reads } from './reading';

/**
 * Whether a broker stands for its group rather than the other: where masters are elected, the master of the higher
 * epoch or term, else the lower id.
 */
function leads(broker: Broker, other: Broker): boolean {
  const epoch = epochLed(broker);
  const than = epochLed(other);
  return epoch === than ? broker.brokerId < other.brokerId : epoch > than;
}

/** The epoch or term in which an elected broker is, or was when it ended, a master; −1 for every other. */
export function epochLed(broker: Broker): number {
  if (inGroup(broker)) return isSlave(broker) ? -1 : broker.store.disk.raft.term;
  return broker.controlled !== undefined && isElected(broker) ? broker.controlled.masterEpoch : -1;
}

/** The broker whose store stands for its group: the master, else the slave with the lowest id. */
export function leaderOf(sim: RocketSim, brokerName: string): Broker | undefined {
  let best: Broker | undefined;
  for (const broker of sim.state.product.brokers.values()) {
    if (broker.brokerName !== brokerName) continue;
    if (best === undefined || leads(broker, best)) best = broker;
  }
  return best;
}

/** Logical offset behind the newest message of a queue, as its group's leader has it. */
export function maxOffset(sim: RocketSim, queue: number): number {
  const leader = leaderOf(sim, queueOf(sim.state.arena, queue).group);
  return maxOffsetOf(leader?.store.disk.queues.get(queue));
}

/**
 * Committed offset of a group on the leader of the queue; -1 none. Of a dead leader, what its file holds. A broadcasting
 * group commits nothing there: of it, how far the slowest of its consumers has come by its own account. [CO-17]
 */
export function committedOffset(sim: RocketSim, group: string, number: number): number {
  const queue = queueOf(sim.state.arena, number);
  const own = broadcastOffset(sim, group, number, queue.topic);
  if (own !== undefined) return own;
  const leader = leaderOf(sim, queue.group);
  if (leader === undefined) return -1;
  const down = processOf(sim.state.env, leader.node).state === 'down';
  const table = down ? readMetadata(leader.service.disk.offsetsFile).offsets : leader.service.offsets;
  return table.get(`${queue.topic}@${group}`)?.[queue.queueId] ?? -1;
}

/** Undefined for a group that does not broadcast; a consumer that has read nothing yet stands where it began. */
function broadcastOffset(
  { state: { product, env } }: RocketSim,
  group: string,
  number: number,
  topic: string,
): number | undefined {
  let slowest: number | undefined;
  for (const consumer of product.consumers.values()) {
    const { spec, state, node } = consumer;
    if (spec.group !== group || spec.topic !== topic || !isBroadcasting(consumer)) continue;
    const alive = processOf(env, node).state !== 'down';
    const offset =
      (alive ? state.offsets.get(number) : undefined) ??
      localOffset(consumer, number) ??
      (alive ? state.queues.get(number)?.nextOffset : undefined);
    slowest = Math.min(slowest ?? Number.POSITIVE_INFINITY, offset ?? -1);
  }
  return slowest;
}

/** As many as a lane has squares for. */
const TAIL_MAX = 24;

/** The queues of a broker group: those of its topic table, in order of topic and id. */
export function queueViews(sim: RocketSim, leader: Broker): QueueView[] {
  const { product, arena } = sim.state;
  const topics = new Map<string, number>();
  for (const { topic, readQueueNums, writeQueueNums } of readMetadata(leader.store.disk.topicsFile).topics) {
    topics.set(topic, Math.max(readQueueNums, writeQueueNums));
  }
  for (const entry of leader.store.memory.topics.values()) {
    topics.set(entry.topic, Math.max(entry.readQueueNums, entry.writeQueueNums));
  }
  const ordered = new Set([...product.consumers.values()].filter(needsLocks).map(({ spec }) => spec.group));
  const views: QueueView[] = [];
  for (const topic of [...topics.keys()].sort(byText)) {
    if (isSystemTopic(topic)) continue;
    for (let queueId = 0; queueId < (topics.get(topic) as number); queueId++) {
      const number = arena.queueByName.get(`${topic}@${leader.brokerName}#${queueId}`);
      const groups = new Map<string, string[]>();
      for (const consumer of product.consumers.values()) {
        if (consumer.spec.topic !== topic) continue;
        const owners = groups.get(consumer.spec.group) ?? [];
        groups.set(consumer.spec.group, owners);
        const alive = processOf(sim.state.env, consumer.node).state !== 'down';
        if (number !== undefined && alive && reads(sim, consumer, number))
          owners.push(nameOf(sim, consumer.node));
      }
      const store = number === undefined ? undefined : leader.store.disk.queues.get(number);
      const lost = number === undefined ? [] : lostRecords(sim, leader, number);
      const lostMax = lost.length === 0 ? 0 : recordOffset(arena, lost.at(-1) as number) + 1;
      const max = Math.max(maxOffsetOf(store), lostMax);
      const positions = [...groups].map(([group, owners]) => ({
        group,
        committed: number === undefined ? 0 : Math.max(0, committedOffset(sim, group, number)),
        owners,
        ...(ordered.has(group) && { lock: lockOf(sim, leader, group, number) }),
      }));
      const unread = Math.max(0, ...positions.map(({ committed }) => max - committed));
      views.push({
        queue: number ?? -1,
        topic,
        queueId,
        min: minOffsetOf(store),
        max,
        positions,
        lostOffsets: lost.map((record) => recordOffset(arena, record)),
        tail: tailOf(sim, store, lost, Math.min(unread, TAIL_MAX)),
      });
    }
  }
  return views;
}

/** Who has the lock of a queue, dead or alive; nobody once its time is over. [OR-2] */
function lockOf(sim: RocketSim, leader: Broker, group: string, number: number | undefined): QueueLockView {
  const lock = number === undefined ? undefined : leader.service.locks.get(group)?.get(number);
  const leftUs = lock === undefined ? 0 : lock.lastUs + LOCK_LIVES_US - sim.nowUs;
  const holder = lock === undefined || leftUs < 0 ? '' : nameOf(sim, lock.holder);
  return { holder, leftUs: Math.max(0, leftUs), limitUs: LOCK_LIVES_US };
}

/** Records of a dead broker's lost tail that no copy is left of. */
function lostRecords(sim: RocketSim, leader: Broker, number: number): readonly number[] {
  if (processOf(sim.state.env, leader.node).state !== 'down') return [];
  const { arena, ledger } = sim.state;
  return leader.store.log.lostTail.filter(
    (record) => recordQueue(arena, record) === number && isLost(ledger, recordMessage(arena, record)),
  );
}

/** The messages of the last `count` offsets, those of the lost tail included. */
function tailOf(
  { state: { arena } }: RocketSim,
  store: ConsumeQueue | undefined,
  lost: readonly number[],
  count: number,
): readonly number[] {
  const max = maxOffsetOf(store);
  const gone = lost.filter((record) => recordOffset(arena, record) >= max).slice(-count);
  const from = Math.max(minOffsetOf(store), max - (count - gone.length));
  const kept = Array.from({ length: count === 0 ? 0 : max - from }, (_, i) =>
    recordAtOffset(store as ConsumeQueue, from + i),
  );
  return [...kept, ...gone].map((record) => recordMessage(arena, record));
}

/** Topics of RocketMQ's own, which the picture leaves out. */
export function isSystemTopic(topic: string): boolean {
  return (
    topic === 'TBW102' ||
    topic === CHECK_MAX_TOPIC ||
    topic.startsWith('%') ||
    topic.startsWith('RMQ_SYS_') ||
    topic.startsWith('rmq_sys_')
  );
}

/** Code-unit order: the same in every environment. */
export function byText(x: string, y: string): number {
  return x < y ? -1 : x > y ? 1 : 0;
}
