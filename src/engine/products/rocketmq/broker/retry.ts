import { hashText } from '../../../core/rng';
import type { Handlers } from '../../../core/sim';
import { defineEvent } from '../../../core/sim';
import { recordAt, rowAtPhys } from '../../../model/log';
import { internText, recordMessage, recordPhys, type World } from '../../../model/world';
import { holdsLocks } from '../orderly/broker-locks';
import { lockedGroupDeadLetters } from '../orderly/orderly-kinds';
import { Code, consumerSendMsgBack, type SendBack } from '../protocol';
import { type Incoming, reply } from '../remoting';
import {
  clientsMaxCounts,
  deadLettered,
  deadLetterTopicMade,
  retryDropped,
  retryScheduled,
  sendBackRefused,
} from '../retry/retry-kinds';
import {
  deadLetterTopicOf,
  RETRY_PREFIX,
  reconsumeTimesOf,
  retryLevel,
  retryTopicOf,
} from '../retry/retry-topics';
import type { Broker, Rocket, RocketSim } from '../state';
import { putInternal, putLeft } from './put';
import { admit, armSweep, backRun } from './send-pool';
import { ensureGroup, groupConfigOf } from './service-clients';
import {
  brokerOf,
  type GivenBack,
  isSlave,
  type PutEnded,
  readableRowsOf,
  type Send,
  topicConfigOf,
} from './store-state';
import { createGroupTopic } from './topics';

/** What a broker does with messages that consumers give back. [CO-20, CO-21, CO-23] */

const RETRY_QUEUE = hashText('broker.retry-queue');

type Request = Incoming<SendBack>;
const stored = defineEvent<PutEnded<Request>>('send-back.stored');

/** It takes its turn among the sends, and is turned away as they are. [BR-28] */
function onRequest(sim: RocketSim, node: number, back: Request): void {
  const { conn, id, body } = back;
  const message = recordMessage(sim.state.arena, body.record);
  admit(sim, node, { back, conn, id, message, cause: sim.currentCause });
}

/** `AbstractSendMessageProcessor#consumerSendMsgBack`. The thread waits for the put. */
function onProcess(sim: RocketSim, node: number, { back: request }: GivenBack): void {
  const broker = brokerOf(sim, node);
  const { group, record, delayLevel, maxReconsumeTimes } = request.body;
  const { arena } = sim.state;
  if (!ensureGroup(sim, node, group)) {
    refuse(sim, node, request, Code.SUBSCRIPTION_GROUP_NOT_EXIST);
    return;
  }
  const { retryMaxTimes, retryQueueNums: queues } = groupConfigOf(sim, node, group);
  if (queues === 0) {
    sim.emit(retryDropped, node, record);
    end(sim, node, request, { body: undefined });
    return;
  }
  if (isSlave(broker) || !holds(sim, broker, record)) {
    refuse(sim, node, request, Code.SYSTEM_ERROR);
    return;
  }
  const reconsumeTimes = reconsumeTimesOf(arena, record);
  const message = recordMessage(arena, record);
  const done = { event: stored, context: request };
  if (retryMaxTimes !== maxReconsumeTimes) {
    const cause = sim.currentCause;
    sim.because(cause, () => sim.emit(clientsMaxCounts, node, retryMaxTimes, maxReconsumeTimes));
  }
  if (reconsumeTimes >= maxReconsumeTimes || delayLevel < 0) {
    const topic = ensureDeadLetterTopic(sim, broker, group);
    sim.emit(deadLettered, node, record, reconsumeTimes);
    const props = { role: 'deadLetter', reconsumeTimes: reconsumeTimes + 1 } as const;
    putInternal(sim, node, { message, topic, queueId: 0, props }, done);
    armSweep(sim, node);
    return;
  }
  const topic = retryTopicOf(group);
  if (topicConfigOf(broker, topic) === undefined) createGroupTopic(sim, node, topic, queues);
  const { memory } = broker.store;
  const queueId = queues === 1 ? 0 : sim.drawBelow(queues, node, RETRY_QUEUE, memory.queuesPicked++);
  sim.emit(retryScheduled, node, record, reconsumeTimes + 1);
  const props = {
    role: 'retry',
    reconsumeTimes: reconsumeTimes + 1,
    delayLevel: delayLevel === 0 ? retryLevel(reconsumeTimes) : delayLevel,
  } as const;
  putInternal(sim, node, { message, topic, queueId, props }, done);
  armSweep(sim, node);
}

/** Only PUT_OK is a success. */
function onStored(sim: RocketSim, node: number, { context, status }: PutEnded<Request>): void {
  if (status === Code.SUCCESS) end(sim, node, context, { body: undefined });
  else refuse(sim, node, context, Code.SYSTEM_ERROR);
}

function refuse(sim: RocketSim, node: number, request: Request, status: number): void {
  const { record } = request.body;
  sim.emit(sendBackRefused, node, record, status);
  end(sim, node, request, {
    status,
    body: undefined,
    remark: `look message by offset failed or put failed`,
  });
}

/** The request is answered, and its thread free. */
function end(sim: RocketSim, node: number, request: Request, answer: Parameters<typeof reply>[3]): void {
  reply(sim, node, request, answer);
  sim.call(putLeft, node, {});
}

/** `lookMessageByOffset`: the broker must have the record itself. */
export function holds(sim: RocketSim, broker: Broker, record: number): boolean {
  const { log } = broker.store;
  const row = rowAtPhys(sim.state, log, recordPhys(sim.state.arena, record));
  return row < readableRowsOf(broker) && recordAt(log, row) === record;
}

function ensureDeadLetterTopic(sim: RocketSim, broker: Broker, group: string): string {
  const topic = deadLetterTopicOf(group);
  if (topicConfigOf(broker, topic) === undefined) {
    const cause = sim.currentCause;
    sim.because(cause, () => {
      sim.emit(deadLetterTopicMade, broker.node, internText(sim.state.arena, topic));
      createGroupTopic(sim, broker.node, topic, 1);
    });
  }
  return topic;
}

/**
 * `SendMessageProcessor#handleRetryAndDLQ`, of a send to a retry topic: a message that its consumer sends to the retry topic itself, since the
 * send-back failed, goes to the dead letters when it has had its retries. [CO-22]
 */
export function redirectRetry(sim: RocketSim, broker: Broker, send: Send): Send {
  const { props, topic, message } = send;
  const reconsumeTimes = props?.reconsumeTimes ?? 0;
  const group = topic.slice(RETRY_PREFIX.length);
  const ordered = holdsLocks(broker.service, group, sim.nowUs);
  const max = send.maxReconsumeTimes ?? groupConfigOf(sim, broker.node, group).retryMaxTimes;
  if (!ordered && reconsumeTimes <= max) return send;
  if (ordered) sim.emit(lockedGroupDeadLetters, broker.node, message);
  const deadLetterTopic = ensureDeadLetterTopic(sim, broker, group);
  sim.emit(deadLettered, broker.node, props?.ref, reconsumeTimes - 1);
  return {
    ...send,
    message,
    topic: deadLetterTopic,
    queueId: 0,
    props: { role: 'deadLetter', reconsumeTimes },
  };
}

export function registerRetry(handlers: Handlers<World<Rocket>>): void {
  handlers.on(consumerSendMsgBack.event, onRequest).on(backRun, onProcess).on(stored, onStored);
}
