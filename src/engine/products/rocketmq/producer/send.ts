import { defineEvent, type Handlers } from '../../../core/sim';
import { type Arena, internText, messageBytes, messageTopic, type World } from '../../../model/world';
import { emitEach, encodedBytes } from '../batch';
import { topicUnknown } from '../client/client-kinds';
import type { RouteFetched, Template } from '../client/client-state';
import { fetchRouteNow } from '../client/routes';
import { uniqueKeyMade } from '../query/query-kinds';
import type { Producer, Rocket, RocketSim } from '../state';
import { BATCH_ILLEGAL, BODY_EMPTY, bodyTooLarge, noNameserver, noRoute } from './exceptions';
import { sendCalled, topicBorrowed, transactionBegun } from './producer-kinds';
import type { Delay, HalfMessage, SendCall } from './producer-state';
import { registerAnswers } from './send-answers';
import { attempt, registerAttempts } from './send-attempt';
import { endFailed } from './send-end';

/** A call of `send`: what is checked, and how a topic's route is found (PR-2, CL-5, PR-15). */

const routeFound = defineEvent<RouteFetched<SendCall>>('producer.route-found');
const templateFound = defineEvent<RouteFetched<SendCall>>('producer.template-found');

/**
 * The application hands a message to `send`, or a batch: so many that follow each other in the arena (PR-14).
 * `thread`: of a closed loop; -1 for a call of its own.
 */
export function send(
  sim: RocketSim,
  producer: Producer,
  message: number,
  batch: number,
  thread: number,
  delay: Delay,
  half?: HalfMessage,
): void {
  const { node, spec, config, state, client } = producer;
  const { arena } = sim.state;
  const timeoutUs = config.sendMsgTimeout * 1000;
  // A half message goes by the synchronous send without a selector.
  const byKey = spec.queueSelector === 'hashKey' && half === undefined;
  const mode = spec.mode === 'transaction' ? 'sync' : spec.mode;
  const call: SendCall = {
    frozen: true,
    message,
    batch,
    topic: messageTopic(arena, message),
    mode,
    byKey,
    thread,
    beginUs: sim.nowUs,
    timeoutUs,
    attemptsMax: mode === 'sync' && !byKey ? 1 + config.retryTimesWhenSendFailed : 1,
    attempts: 0,
    brokerName: '',
    queueId: 0,
    attemptUs: sim.nowUs,
    earlier: 0,
    delay,
    record: -1,
    half,
  };
  const isFirst = state.sent === 0;
  state.sent += batch;
  emitEach(sim, sendCalled, node, message, timeoutUs, batch);
  if (isFirst) sim.because(sim.currentCause, () => sim.emit(uniqueKeyMade, node, message));
  if (half !== undefined) {
    state.transactions.set(message, 'half');
    sim.emit(transactionBegun, node, message);
  }
  const refused = batch === 1 ? refusal(arena, message, config) : batchRefusal(arena, call, producer);
  if (refused !== undefined) endFailed(sim, producer, call, refused);
  else {
    const info = client.publish.get(call.topic);
    if (info !== undefined && info.queues.length > 0) attempt(sim, producer, call, info, false);
    else findRoute(sim, producer, call);
  }
}

/** `Validators#checkMessage`: the exception that a message ends with before anything is sent. */
function refusal(arena: Arena, message: number, { maxMessageSize }: Producer['config']): string | undefined {
  const bytes = messageBytes(arena, message);
  if (bytes === 0) return BODY_EMPTY;
  return bytes > maxMessageSize ? bodyTooLarge(maxMessageSize) : undefined;
}

/** `DefaultMQProducer#batch` checks each message and takes no delayed ones; then all are checked as one body. [PR-14] */
function batchRefusal(
  arena: Arena,
  { topic, message, batch, delay }: SendCall,
  { config }: Producer,
): string | undefined {
  if (delay.level > 0) return BATCH_ILLEGAL;
  for (let i = 0; i < batch; i++) {
    if (refusal(arena, message + i, config) !== undefined) return BATCH_ILLEGAL;
  }
  const { maxMessageSize } = config;
  const bytes = encodedBytes(arena, topic, message, batch);
  return bytes > maxMessageSize ? bodyTooLarge(maxMessageSize) : undefined;
}

export function registerSend(handlers: Handlers<World<Rocket>>): void {
  registerAttempts(handlers);
  registerAnswers(handlers);
  handlers
    .on(routeFound, (sim, node, { context: call, result }) => {
      const producer = sim.state.product.producers.get(node);
      if (producer === undefined) return;
      if (result === 'failed') endFailed(sim, producer, call, noNameserver(call.topic));
      else if (producer.client.publish.has(call.topic)) proceed(sim, producer, call);
      else findTemplate(sim, producer, call);
    })
    .on(templateFound, (sim, node, { context: call, result }) => {
      const producer = sim.state.product.producers.get(node);
      if (producer === undefined) return;
      if (result === 'failed') endFailed(sim, producer, call, noNameserver(call.topic));
      else {
        if (result === 'changed') tellBorrowed(sim, producer, call.topic);
        proceed(sim, producer, call);
      }
    });
}

/** `DefaultMQProducerImpl#tryToFindTopicPublishInfo`: asks for the topic itself (CL-5). */
function findRoute(sim: RocketSim, { node, client }: Producer, call: SendCall): void {
  if (!client.publish.has(call.topic)) {
    client.publishTopics.add(call.topic);
    sim.emit(topicUnknown, node, internText(sim.state.arena, call.topic));
  }
  fetchRouteNow(sim, node, call.topic, { event: routeFound, context: call });
}

/** Nobody lists the topic: its route is borrowed from `createTopicKey` (PR-15). */
function findTemplate(sim: RocketSim, { node, config }: Producer, call: SendCall): void {
  const template: Template = {
    frozen: true,
    topic: config.createTopicKey,
    queuesMax: config.defaultTopicQueueNums,
  };
  fetchRouteNow(sim, node, call.topic, { event: templateFound, context: call }, template);
}

function proceed(sim: RocketSim, producer: Producer, call: SendCall): void {
  const info = producer.client.publish.get(call.topic);
  if (info !== undefined && info.queues.length > 0) attempt(sim, producer, call, info, false);
  else endFailed(sim, producer, call, noRoute(call.topic));
}

function tellBorrowed(sim: RocketSim, { node, client }: Producer, topic: string): void {
  const groups = client.routes.get(topic)?.queues.length ?? 0;
  const cause = sim.currentCause;
  sim.because(cause, () => sim.emit(topicBorrowed, node, internText(sim.state.arena, topic), groups));
}
