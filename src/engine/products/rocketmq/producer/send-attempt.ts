import type { Kind } from '../../../core/kinds';
import { defineEvent, type Handlers } from '../../../core/sim';
import { useCpu } from '../../../model/resources';
import { internQueue, markCompressed, messageBytes, type World } from '../../../model/world';
import { emitEach, requestBytes } from '../batch';
import { masterAddressed } from '../client/client-kinds';
import type { PublishInfo, SubscribeQueue } from '../client/client-state';
import { findBrokerInPublish } from '../client/route-tables';
import { type SendMessage, type SendResult, sendMessage } from '../protocol';
import { type Answered, hasChannel, invoke, oneway } from '../remoting';
import type { Producer, Rocket, RocketSim } from '../state';
import { CALL_TIMEOUT, noBroker, SELECT_TIMEOUT, stillFailed } from './exceptions';
import {
  attemptAvoiding,
  attemptByKey,
  attemptInTurn,
  attemptSameQueueId,
  batchSent,
  bodyCompressed,
  budgetSpent,
  mayBeTwice,
} from './producer-kinds';
import type { SendCall } from './producer-state';
import { chooseQueue } from './queue-choice';
import { endFailed, endWith } from './send-end';

/** One attempt of a send: which queue, how much time is left, and off it goes (PR-2, PR-3, PR-13). */

/** ZLIB at level 5 takes about 50 MB/s on one core. The stored size stays that of the body: an assumption. */
const COMPRESS_NS_PER_BYTE = 20;
/** The client counts in `System.currentTimeMillis`: less than a whole millisecond is no time left. */
export const CLOCK_US = 1_000;

export const sendAnswered = defineEvent<Answered<SendCall, SendResult | undefined>>('producer.send-answered');
export const onewayEnded = defineEvent<Answered<SendCall, undefined>>('producer.oneway-ended');
const compressed = defineEvent<{ call: SendCall; to: number; leftUs: number }>('producer.compressed');

/**
 * Begins the next attempt of a call, or ends the call when its budget is spent. `doubtful`: the attempt before may
 * have been stored.
 */
export function attempt(
  sim: RocketSim,
  producer: Producer,
  call: SendCall,
  info: PublishInfo,
  doubtful: boolean,
): void {
  let made = call;
  while (made.attempts < made.attemptsMax) {
    const queue = chooseQueue(sim, producer, made, info);
    const leftUs = made.timeoutUs - (sim.nowUs - made.beginUs);
    if (leftUs < CLOCK_US) {
      endSpent(sim, producer, made);
      return;
    }
    if (doubtful) emitEach(sim, mayBeTwice, producer.node, made.message, made.attempts, made.batch);
    made = attemptAt(made, queue.brokerName, queue.queueId, sim.nowUs);
    const to = findBrokerInPublish(producer.client, queue.brokerName);
    if (to !== undefined) {
      const kind = made.byKey
        ? attemptByKey
        : producer.config.sendLatencyFaultEnable
          ? attemptAvoiding
          : attemptInTurn;
      go(sim, producer, made, to, kind, capped(producer, made, leftUs));
      return;
    }
  }
  if (made.earlier !== 0) endWith(sim, producer, made, made.earlier);
  else {
    const exception = noBroker(made.brokerName);
    endFailed(sim, producer, made, made.byKey ? exception : stillFailed(made.attempts, exception));
  }
}

/** `MQClientAPIImpl#onExceptionImpl`: the same request again, to another broker, with its old queue id (PR-8). */
export function attemptAsyncAgain(
  sim: RocketSim,
  producer: Producer,
  call: SendCall,
  info: PublishInfo,
  leftUs: number,
): void {
  // The client still holds the queues of its call; where the newest route has none left, their broker is tried again.
  const target: SubscribeQueue =
    call.byKey || info.queues.length === 0 ? call : chooseQueue(sim, producer, call, info);
  const made = attemptAt(call, target.brokerName, call.queueId, sim.nowUs);
  const to = findBrokerInPublish(producer.client, target.brokerName);
  if (to === undefined) endFailed(sim, producer, made, noBroker(target.brokerName));
  else go(sim, producer, made, to, attemptSameQueueId, leftUs);
}

export function registerAttempts(handlers: Handlers<World<Rocket>>): void {
  handlers.on(compressed, (sim, node, { call, to, leftUs }) => {
    const producer = sim.state.product.producers.get(node);
    if (producer !== undefined) transmit(sim, producer, call, to, leftUs - (sim.nowUs - call.attemptUs));
  });
}

function attemptAt(call: SendCall, brokerName: string, queueId: number, attemptUs: number): SendCall {
  return { ...call, attempts: call.attempts + 1, brokerName, queueId, attemptUs };
}

/** `sendMsgMaxTimeoutPerRequest` bounds every attempt but the last (PR-3). */
function capped({ config }: Producer, call: SendCall, leftUs: number): number {
  const capMs = config.sendMsgMaxTimeoutPerRequest;
  const applies = capMs > -1 && call.mode === 'sync' && call.attempts < call.attemptsMax;
  return applies ? Math.min(leftUs, capMs * 1000) : leftUs;
}

function endSpent(sim: RocketSim, producer: Producer, call: SendCall): void {
  sim.emit(budgetSpent, producer.node, call.message, call.attempts);
  if (call.earlier !== 0) endWith(sim, producer, call, call.earlier);
  else endFailed(sim, producer, call, call.byKey ? SELECT_TIMEOUT : CALL_TIMEOUT);
}

function go(
  sim: RocketSim,
  producer: Producer,
  call: SendCall,
  to: number,
  kind: Kind,
  leftUs: number,
): void {
  const { node, config } = producer;
  const { arena } = sim.state;
  emitEach(sim, kind, node, call.message, queueNumber(sim, producer, call), call.batch);
  if (call.batch > 1) {
    // Neither the batch nor its messages are compressed.
    sim.emit(batchSent, node, call.message, call.batch);
    transmit(sim, producer, call, to, leftUs);
    return;
  }
  const bytes = messageBytes(arena, call.message);
  if (bytes < config.compressMsgBodyOverHowmuch) {
    transmit(sim, producer, call, to, leftUs);
    return;
  }
  sim.emit(bodyCompressed, node, call.message, bytes);
  markCompressed(arena, call.message);
  useCpu(sim, node, bytes * COMPRESS_NS_PER_BYTE, compressed, { call, to, leftUs });
}

function queueNumber(sim: RocketSim, { state }: Producer, { topic, brokerName, queueId }: SendCall): number {
  let numbers = state.queueNumbers.get(brokerName);
  if (numbers === undefined) {
    numbers = [];
    state.queueNumbers.set(brokerName, numbers);
  }
  while (numbers.length <= queueId) numbers.push(-1);
  if (numbers[queueId] === -1) numbers[queueId] = internQueue(sim.state.arena, topic, brokerName, queueId);
  return numbers[queueId] as number;
}

function transmit(
  sim: RocketSim,
  { node, spec, config }: Producer,
  call: SendCall,
  to: number,
  leftUs: number,
): void {
  const { message, batch, topic, queueId, mode } = call;
  const body: SendMessage = {
    producerGroup: spec.group,
    message,
    batch,
    topic,
    queueId,
    defaultTopic: config.createTopicKey,
    defaultTopicQueueNums: config.defaultTopicQueueNums,
    props: propsOf(call),
    timerDelayUs: call.delay.timerUs ?? undefined,
  };
  if (!hasChannel(sim, node, to)) sim.emit(masterAddressed, node, to);
  const bytes = requestBytes(sim.state.arena, topic, message, batch);
  if (mode === 'oneway') {
    const then = { event: onewayEnded, context: call };
    oneway(sim, node, to, sendMessage, body, { bytes, message, then });
    return;
  }
  const then = { event: sendAnswered, context: call };
  invoke(sim, node, to, sendMessage, body, { timeoutUs: leftUs, mode, bytes, message, then });
}

/** The properties of a half message, or of one of a delay level. */
function propsOf({ delay, half }: SendCall): SendMessage['props'] {
  if (half !== undefined) return { role: 'half', immunityUs: half.local.checkImmunityUs ?? -1 };
  return delay.level > 0 ? { delayLevel: delay.level } : undefined;
}
