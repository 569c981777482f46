import { defineEvent, type Handlers } from '../../../core/sim';
import { readDisk } from '../../../model/resources';
import { internText, type World } from '../../../model/world';
import type { MessageFilter } from '../filter/filter';
import {
  filterUnsupported,
  nothingMatched,
  subscriptionOutdated,
  topicNotSubscribed,
} from '../filter/filter-kinds';
import { Code, type PullMessage, type PullResult, pullMessage } from '../protocol';
import { type Incoming, reply } from '../remoting';
import type { Rocket, RocketSim } from '../state';
import { ensureGroup, groupConfigOf } from './service-clients';
import { canFilter, NO_SQL } from './service-filter';
import { holdPull } from './service-hold';
import {
  pullAnswered,
  pullCut,
  pullFromStranger,
  pullMoved,
  pullOverload,
  pullRedirected,
  pullRefused,
  pullRejected,
  resetDelivered,
} from './service-kinds';
import { commitOffset, takeReset } from './service-offsets';
import { NOTHING, pullRun, refusePull, releaseThread, submitPull } from './service-pool';
import { type ReadResult, readQueue } from './service-read';
import type { PullTask } from './service-state';
import { brokerOf, isSlave, PERM_READ, queueNumberOf, topicConfigOf } from './store-state';

/** `PullMessageProcessor`: one pull from the request to the answer, or to the hold. */

/** `SubscriptionGroupConfig.brokerId` and `.whichBrokerWhenConsumeSlowly`. */
const GROUP_BROKER_ID = 0;
const SLOW_BROKER_ID = 1;

interface Read {
  readonly task: PullTask;
  readonly read: ReadResult;
  readonly filter: MessageFilter;
}
const pullRead = defineEvent<Read>('broker.pull-read');

function onRequest(sim: RocketSim, node: number, request: Incoming<PullMessage>): void {
  const broker = brokerOf(sim, node);
  const { config, service } = broker;
  if (sim.state.product.version === '5.3' && isSlave(broker) && !config.slaveReadEnable) {
    sim.emit(
      pullRejected,
      node,
      request.from,
      queueNumberOf(sim, broker, request.body.topic, request.body.queueId),
    );
    refusePull(
      sim,
      node,
      request,
      Code.SYSTEM_BUSY,
      '[REJECTREQUEST]system busy, start flow control for a while',
    );
  } else if (service.pool.waiting.length >= config.pullThreadPoolQueueCapacity) {
    sim.emit(pullOverload, node, request.from, service.pool.waiting.length);
    refusePull(sim, node, request, Code.SYSTEM_BUSY, '[OVERLOAD]system busy, start flow control for a while');
  } else submitPull(sim, node, request, true);
}

/** The checks in front of a read; a code when the pull is refused. [BR-32, FI-5, FI-6] */
function check(sim: RocketSim, node: number, { from, body }: Incoming<PullMessage>): number | MessageFilter {
  const broker = brokerOf(sim, node);
  if ((broker.config.brokerPermission & PERM_READ) === 0) return Code.NO_PERMISSION;
  if (!ensureGroup(sim, node, body.group)) return Code.SUBSCRIPTION_GROUP_NOT_EXIST;
  const groupConfig = groupConfigOf(sim, node, body.group);
  if (!groupConfig.consumeEnable) return Code.NO_PERMISSION;
  const topic = topicConfigOf(broker, body.topic);
  if (topic === undefined) return Code.TOPIC_NOT_EXIST;
  if ((topic.perm & PERM_READ) === 0) return Code.NO_PERMISSION;
  if (body.queueId < 0 || body.queueId >= topic.readQueueNums) return Code.INVALID_PARAMETER;
  const { arena } = sim.state;
  const group = broker.service.groups.get(body.group);
  const subscription = group?.subscriptions.get(body.topic);
  if (group === undefined) {
    sim.emit(pullFromStranger, node, from, internText(arena, body.group));
    return Code.SUBSCRIPTION_NOT_EXIST;
  }
  if (group.messageModel === 'BROADCASTING' && !groupConfig.consumeBroadcastEnable) return Code.NO_PERMISSION;
  if (subscription === undefined) {
    sim.emit(topicNotSubscribed, node, from, internText(arena, body.topic));
    return Code.SUBSCRIPTION_NOT_EXIST;
  }
  if (subscription.versionUs < body.subVersionUs) {
    sim.emit(subscriptionOutdated, node, from, internText(arena, body.topic));
    return Code.SUBSCRIPTION_NOT_LATEST;
  }
  if (!canFilter(broker, subscription.filter)) {
    sim.emit(filterUnsupported, node, from, internText(arena, body.group));
    return Code.SYSTEM_ERROR;
  }
  return subscription.filter;
}

/** Refusals that have told the trace why. */
const TOLD: readonly number[] = [
  Code.SUBSCRIPTION_NOT_EXIST,
  Code.SUBSCRIPTION_NOT_LATEST,
  Code.SYSTEM_ERROR,
];

function onRun(sim: RocketSim, node: number, { task }: { readonly task: PullTask }): void {
  const { request } = task;
  const filter = check(sim, node, request);
  if (typeof filter === 'number') {
    if (!TOLD.includes(filter)) sim.emit(pullRefused, node, request.from, filter);
    refusePull(sim, node, request, filter, filter === Code.SYSTEM_ERROR ? NO_SQL : '');
    releaseThread(sim, node);
    return;
  }
  if (answerReset(sim, node, task)) {
    releaseThread(sim, node);
    return;
  }
  const read = readQueue(sim, node, request.body, filter);
  if (read.coldBytes > 0) {
    readDisk(sim, node, read.coldBytes, pullRead, { task, read, filter });
    return;
  }
  conclude(sim, node, task, read, filter);
  releaseThread(sim, node);
}

/** A reset of the queue's offset is told once, instead of a read. [CO-18] */
function answerReset(sim: RocketSim, node: number, { request, mayHold }: PullTask): boolean {
  const broker = brokerOf(sim, node);
  const { group, topic, queueId, commitOffset: piggyback } = request.body;
  if (!broker.config.useServerSideResetOffset) return false;
  const offset = takeReset(broker.service, group, topic, queueId);
  if (offset === undefined) return false;
  sim.emit(resetDelivered, node, queueNumberOf(sim, broker, topic, queueId), offset);
  if (mayHold && piggyback !== undefined) {
    commitOffset(sim, node, { group, topic, queueId, offset: piggyback });
  }
  const body: PullResult = { ...NOTHING, nextOffset: offset };
  reply(sim, node, request, { status: Code.PULL_OFFSET_MOVED, body });
  return true;
}

/** `composeResponseHeader` and `DefaultPullMessageResultHandler`: the code, the suggestion, and the answer or hold. */
function conclude(
  sim: RocketSim,
  node: number,
  { request, mayHold }: PullTask,
  read: ReadResult,
  filter: MessageFilter,
): void {
  const broker = brokerOf(sim, node);
  const { group, topic, queueId, offset, commitOffset: piggyback, suspendUs } = request.body;
  const queue = queueNumberOf(sim, broker, topic, queueId);
  const status = statusOf(sim, node, read, offset);
  const suggestBrokerId = suggestionOf(sim, node, read);
  // Committed with the first run only, whatever the pull finds (CO-8).
  if (mayHold && piggyback !== undefined)
    commitOffset(sim, node, { group, topic, queueId, offset: piggyback });
  if (status === Code.PULL_NOT_FOUND && mayHold && suspendUs > 0) {
    holdPull(sim, node, request, queue, filter);
    return;
  }
  if (status === Code.SUCCESS) sim.emit(read.cut ? pullCut : pullAnswered, node, queue, read.records.length);
  else if (read.status === 'NO_MATCHED_MESSAGE') sim.emit(nothingMatched, node, queue, read.nextOffset);
  else if (status === Code.PULL_OFFSET_MOVED) sim.emit(pullMoved, node, queue, read.nextOffset);
  if (read.suggestSlave && suggestBrokerId !== broker.brokerId)
    sim.emit(pullRedirected, node, queue, suggestBrokerId);
  const { records, nextOffset, minOffset, maxOffset, bytes } = read;
  reply(sim, node, request, {
    status,
    body: { records, nextOffset, minOffset, maxOffset, suggestBrokerId },
    bytes,
  });
}

function statusOf(sim: RocketSim, node: number, read: ReadResult, offset: number): number {
  const broker = brokerOf(sim, node);
  if (read.status === 'FOUND') return Code.SUCCESS;
  if (read.status === 'NO_MATCHED_MESSAGE') return Code.PULL_RETRY_IMMEDIATELY;
  // A caught-up 5.x slave sends the reader to its master, to come again at once (HA-16), if it knows of one (HA-19).
  const hasMaster = broker.store.memory.members.minBrokerId === GROUP_BROKER_ID;
  if (isSlave(broker) && hasMaster && sim.state.product.version === '5.3') return Code.PULL_RETRY_IMMEDIATELY;
  if (read.status === 'OFFSET_OVERFLOW_ONE') return Code.PULL_NOT_FOUND;
  if (read.status === 'NO_MESSAGE_IN_QUEUE' && offset === 0) return Code.PULL_NOT_FOUND;
  const corrects = !isSlave(broker) || broker.config.offsetCheckInSlave;
  return corrects ? Code.PULL_OFFSET_MOVED : Code.PULL_RETRY_IMMEDIATELY;
}

/** Which broker of the group the next pull should ask. [HA-14, HA-16] */
function suggestionOf(sim: RocketSim, node: number, read: ReadResult): number {
  const broker = brokerOf(sim, node);
  if (!broker.config.slaveReadEnable) return GROUP_BROKER_ID;
  return read.suggestSlave ? SLOW_BROKER_ID : GROUP_BROKER_ID;
}

export function registerPulls(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(pullMessage.event, onRequest)
    .on(pullRun, onRun)
    .on(pullRead, (sim, node, { task, read, filter }) => {
      conclude(sim, node, task, read, filter);
      releaseThread(sim, node);
    });
}
