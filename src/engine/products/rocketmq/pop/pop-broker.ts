import { hashText } from '../../../core/rng';
import { defineEvent, type Handlers } from '../../../core/sim';
import { useCpu } from '../../../model/resources';
import { internText, queueOf, recordOffset, type World } from '../../../model/world';
import { putInternal } from '../broker/put';
import { ensureGroup, groupConfigOf } from '../broker/service-clients';
import { canFilter } from '../broker/service-filter';
import { commitOffset, committedOffset, takeReset } from '../broker/service-offsets';
import { readQueue } from '../broker/service-read';
import {
  brokerOf,
  consumeQueueOf,
  inPageCache,
  maxOffsetOf,
  minOffsetOf,
  PERM_READ,
  type PutEnded,
  physAtOffset,
  queueNumberOf,
  topicConfigOf,
} from '../broker/store-state';
import { createGroupTopic } from '../broker/topics';
import { ALL } from '../filter/filter';
import { filterUnsupported } from '../filter/filter-kinds';
import { Code } from '../protocol';
import { type Incoming, reply } from '../remoting';
import type { Broker, Rocket, RocketSim } from '../state';
import { holdInOrder, isBlocked, orderKey } from './order-info';
import { holdPop, popRun, popUnblocked } from './pop-hold';
import { checkpointStored, popBegins, popReset, popTaken, retryPoppedFirst } from './pop-kinds';
import {
  NOTHING_POPPED,
  ORDER_REVIVE_QUEUE,
  type PopMessage,
  type Popped,
  popMessage,
  queryAssignment,
} from './pop-protocol';
import { addPopMessage, diffsText, isStored, popRetryTopic } from './pop-records';
import type { OpenPop } from './pop-state';
import { addReceipts } from './receipts';
import { REVIVE_TOPIC } from './revive-topic';

/** `PopMessageProcessor`. [PO-2, PO-3, PO-8, PO-10] */

const POP_CPU_NS = 20_000;
const POP_BYTES_MAX = 4_194_304;
const DRAW = hashText('broker.pop');

const checkpointPut = defineEvent<PutEnded<{ readonly open: number }>>('pop.checkpoint-put');
function refuse(sim: RocketSim, node: number, request: Incoming<PopMessage>, status: number): void {
  reply(sim, node, request, { status, body: NOTHING_POPPED });
}

/** One request: the retry topic in one of five first, then the topic's queues from a random one on. [PO-2] */
function onRun(sim: RocketSim, node: number, request: Incoming<PopMessage>): void {
  const broker = brokerOf(sim, node);
  const { config, service } = broker;
  const { group, topic, maxMessages, order } = request.body;
  const entry = topicConfigOf(broker, topic);
  if ((config.brokerPermission & PERM_READ) === 0) {
    refuse(sim, node, request, Code.NO_PERMISSION);
    return;
  }
  if (!config.timerWheelEnable) {
    refuse(sim, node, request, Code.SYSTEM_ERROR);
    return;
  }
  if (entry === undefined || (entry.perm & PERM_READ) === 0) {
    refuse(sim, node, request, entry === undefined ? Code.TOPIC_NOT_EXIST : Code.NO_PERMISSION);
    return;
  }
  if (!canFilter(broker, request.body.filter)) {
    sim.emit(filterUnsupported, node, request.from, internText(sim.state.arena, group));
    refuse(sim, node, request, Code.SYSTEM_ERROR);
    return;
  }
  if (!ensureGroup(sim, node, group)) {
    refuse(sim, node, request, Code.SUBSCRIPTION_GROUP_NOT_EXIST);
    return;
  }
  if (!groupConfigOf(sim, node, group).consumeEnable) {
    refuse(sim, node, request, Code.NO_PERMISSION);
    return;
  }
  const { pop } = service;
  const retryTopic = popRetryTopic(group, topic, config.enableRetryTopicV2);
  const random = sim.drawBelow(100, node, DRAW, pop.draws++);
  const reviveQueue = order ? ORDER_REVIVE_QUEUE : pop.checkpoints++ % config.reviveQueueNum;
  const taken: OpenPop['taken'][number][] = [];
  let rest = 0;
  const left = () => maxMessages - taken.reduce((sum, { popped }) => sum + popped.records.length, 0);
  const takeFrom = (of: string, queues: number) => {
    for (let i = 0; i < queues; i++) {
      const one = take(sim, broker, request.body, of, (random + i) % queues, reviveQueue, left());
      rest += one.rest;
      if (one.taken !== undefined) taken.push(one.taken);
    }
  };
  // What is popped in order comes again where it stands: there is no retry topic.
  const retryQueues = order ? 0 : (topicConfigOf(broker, retryTopic)?.readQueueNums ?? 0);
  const retryFirst = random < config.popFromRetryProbability;
  if (retryFirst && retryQueues > 0) {
    const cause = sim.currentCause;
    const queue = queueNumberOf(sim, broker, retryTopic, 0);
    sim.because(cause, () => sim.emit(retryPoppedFirst, node, queue));
    takeFrom(retryTopic, retryQueues);
  }
  takeFrom(topic, entry.readQueueNums);
  if (!retryFirst && left() > 0) takeFrom(retryTopic, retryQueues);
  if (taken.length === 0) {
    // There is more behind what the filter did not want: it looks on at once.
    if (rest > 0) useCpu(sim, node, POP_CPU_NS, popRun, request);
    else holdPop(sim, node, request);
    return;
  }
  if (order) {
    const popped = taken.map((one) => one.popped);
    answer(sim, node, request, popped, rest);
    return;
  }
  const open = pop.nextOpen++;
  pop.open.set(open, { frozen: true, request, taken, rest, at: 0, stored: [] });
  storeNext(sim, node, open);
}

function answer(
  sim: RocketSim,
  node: number,
  request: Incoming<PopMessage>,
  popped: readonly Popped[],
  rest: number,
): void {
  const records = popped.flatMap((one) => one.records);
  const attemptsMax = groupConfigOf(sim, node, request.body.group).retryMaxTimes + 1;
  const status = records.length > 0 ? Code.SUCCESS : Code.SYSTEM_ERROR;
  addReceipts(sim, node, request, popped);
  reply(sim, node, request, { status, body: { records, popped, attemptsMax } });
  if (rest > 0) popUnblocked(sim, node, request.body.topic, request.body.group);
}

interface Take {
  readonly taken?: OpenPop['taken'][number];
  /** `restNum`: how many messages of the queue it has not come to. */
  readonly rest: number;
}

/** Reads one queue for the group, unless another pop is at it. */
function take(
  sim: RocketSim,
  broker: Broker,
  { group, invisibleUs, fromFirst, order, attemptId, ...asked }: PopMessage,
  topic: string,
  queueId: number,
  reviveQueue: number,
  maxMessages: number,
): Take {
  const { node, service } = broker;
  const queue = queueNumberOf(sim, broker, topic, queueId);
  const key = orderKey(group, queue);
  if (service.pop.locks.has(key)) {
    service.pop.passedBy.add(key);
    return { rest: 0 };
  }
  let offset = beginAt(sim, broker, group, topic, queueId, fromFirst);
  if (order && isBlocked(sim, broker, key, queue, attemptId)) return { rest: 0 };
  if (maxMessages <= 0) return { rest: maxOffsetOf(consumeQueueOf(sim, broker, topic, queueId)) - offset };
  // All of the retry topic is wanted: what comes back from it was wanted before.
  const filter = topic === asked.topic ? asked.filter : ALL;
  const readAt = (at: number) => {
    const asking = { maxBytes: POP_BYTES_MAX, commitOffset: undefined, suspendUs: 0, subVersionUs: 0 };
    return readQueue(sim, node, { group, topic, queueId, offset: at, maxMessages, ...asking }, filter);
  };
  let read = readAt(offset);
  if (read.status === 'OFFSET_TOO_SMALL' || read.status === 'OFFSET_OVERFLOW_BADLY') {
    offset = read.nextOffset;
    commitOffset(sim, node, { group, topic, queueId, offset });
    read = readAt(offset);
  }
  const rest = read.maxOffset - read.nextOffset;
  if (read.status === 'NO_MATCHED_MESSAGE') {
    commitOffset(sim, node, { group, topic, queueId, offset: read.nextOffset });
    return { rest };
  }
  if (read.status !== 'FOUND') return { rest: 0 };
  const cause = sim.currentCause;
  sim.because(cause, () => sim.emit(popTaken, node, queue, read.records.length));
  const popped: Popped = {
    frozen: true,
    queue,
    startOffset: offset,
    popUs: sim.nowUs,
    invisibleUs,
    reviveQueue,
    records: read.records,
  };
  if (order) {
    const consumed = sim.because(cause, () => holdInOrder(sim, broker, key, popped, attemptId));
    commitOffset(sim, node, { group, topic, queueId, offset });
    return { taken: { popped: { ...popped, consumed }, nextOffset: offset }, rest };
  }
  service.pop.locks.add(key);
  return { taken: { popped, nextOffset: read.nextOffset }, rest };
}

/** `getPopOffset`: where a reset says, else what is committed; a new group's first offset is committed at once. [CO-18, PO-10] */
function beginAt(
  sim: RocketSim,
  broker: Broker,
  group: string,
  topic: string,
  queueId: number,
  fromFirst: boolean,
): number {
  const reset = takeReset(broker.service, group, topic, queueId);
  if (reset !== undefined) {
    const queue = queueNumberOf(sim, broker, topic, queueId);
    const cause = sim.currentCause;
    sim.because(cause, () => sim.emit(popReset, broker.node, queue, reset));
    broker.service.pop.orders.delete(orderKey(group, queue));
    commitOffset(sim, broker.node, { group, topic, queueId, offset: reset });
    return reset;
  }
  const known = committedOffset(broker.service, group, topic, queueId);
  if (known >= 0) return known;
  const queue = consumeQueueOf(sim, broker, topic, queueId);
  const min = minOffsetOf(queue);
  let offset = min;
  if (!fromFirst && !topic.startsWith('%RETRY%') && queue !== undefined) {
    const young =
      broker.config.initPopOffsetByCheckMsgInMem &&
      min === 0 &&
      maxOffsetOf(queue) > 0 &&
      inPageCache(sim, broker, physAtOffset(sim, queue, 0));
    offset = young ? 0 : Math.max(maxOffsetOf(queue) - 1, 0);
  }
  commitOffset(sim, broker.node, { group, topic, queueId, offset });
  const cause = sim.currentCause;
  sim.because(cause, () =>
    sim.emit(popBegins, broker.node, queueNumberOf(sim, broker, topic, queueId), offset),
  );
  return offset;
}

/** Stores the checkpoint of each queue in turn; then the answer goes out. [PO-3] */
function storeNext(sim: RocketSim, node: number, id: number): void {
  const { pop } = brokerOf(sim, node).service;
  const open = pop.open.get(id);
  if (open === undefined) return;
  const next = open.taken[open.at];
  if (next === undefined) {
    pop.open.delete(id);
    answer(sim, node, open.request, open.stored, open.rest);
    return;
  }
  const { popped } = next;
  putCheckpoint(sim, node, open.request.body.group, popped, 0, {
    event: checkpointPut,
    context: { open: id },
  });
}

/** Writes a checkpoint for messages that are invisible from `popUs` on. */
export function putCheckpoint<C>(
  sim: RocketSim,
  node: number,
  group: string,
  { queue, startOffset, popUs, invisibleUs, reviveQueue, records }: Popped,
  written: number,
  done: Parameters<typeof putInternal<C>>[3],
): void {
  const { arena } = sim.state;
  const offsets = records.map((record) => recordOffset(arena, record));
  const message = addPopMessage(arena, node, 'ck', group, popUs, diffsText(startOffset, offsets));
  const props = {
    role: 'popCheckpoint',
    realQueue: queue,
    ref: startOffset,
    reconsumeTimes: records.length,
    checkTimes: written,
    deliverUs: popUs + invisibleUs,
  } as const;
  putInternal(sim, node, { message, topic: REVIVE_TOPIC, queueId: reviveQueue, props, waits: true }, done);
}

function onCheckpointPut(
  sim: RocketSim,
  node: number,
  { context, status }: PutEnded<{ readonly open: number }>,
): void {
  const { pop } = brokerOf(sim, node).service;
  const open = pop.open.get(context.open);
  const next = open?.taken[open.at];
  if (open === undefined || next === undefined) return;
  const { popped, nextOffset } = next;
  const { group, topic: asked } = open.request.body;
  const stored = isStored(status);
  const key = orderKey(group, popped.queue);
  pop.locks.delete(key);
  const cause = sim.currentCause;
  if (stored) {
    const { topic, queueId } = queueOf(sim.state.arena, popped.queue);
    sim.because(cause, () => {
      sim.emit(checkpointStored, node, popped.queue, nextOffset);
      commitOffset(sim, node, { group, topic, queueId, offset: nextOffset });
    });
  }
  pop.open.set(context.open, {
    ...open,
    at: open.at + 1,
    stored: stored ? [...open.stored, popped] : open.stored,
  });
  if (pop.passedBy.delete(key)) sim.because(cause, () => popUnblocked(sim, node, asked, group));
  sim.because(cause, () => storeNext(sim, node, context.open));
}

/** The group's own retry topic for pop, made with the first message that needs it. */
export function ensurePopRetryTopic(sim: RocketSim, broker: Broker, group: string, topic: string): string {
  if (topic.startsWith('%RETRY%')) return topic;
  const retryTopic = popRetryTopic(group, topic, broker.config.enableRetryTopicV2);
  if (topicConfigOf(broker, retryTopic) === undefined) createGroupTopic(sim, broker.node, retryTopic, 1);
  return retryTopic;
}

export function registerPopBroker(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(popMessage.event, (sim, node, request) => useCpu(sim, node, POP_CPU_NS, popRun, request))
    .on(popRun, onRun)
    .on(checkpointPut, onCheckpointPut)
    .on(queryAssignment.event, (sim, node, request) => reply(sim, node, request, { body: undefined }));
}
