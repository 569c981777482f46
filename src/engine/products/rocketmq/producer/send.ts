import { defineEvent, type Handlers } from '../../../core/sim';
import { internText, messageBytes, messageTopic, type World } from '../../../model/world';
import { topicUnknown } from '../client/client-kinds';
import type { Template } from '../client/client-state';
import { fetchRouteNow, type RouteFetched } from '../client/routes';
import type { Producer, Rocket, RocketSim } from '../state';
import { BODY_EMPTY, bodyTooLarge, noNameserver, noRoute } from './exceptions';
import { sendCalled, topicBorrowed } from './producer-kinds';
import type { SendCall } from './producer-state';
import { registerAnswers } from './send-answers';
import { attempt, registerAttempts } from './send-attempt';
import { endFailed } from './send-end';

/** A call of `send`: what is checked, and how a topic's route is found (PR-2, CL-5, PR-15). */

const routeFound = defineEvent<RouteFetched<SendCall>>('producer.route-found');
const templateFound = defineEvent<RouteFetched<SendCall>>('producer.template-found');

/** The application hands a message to `send`. `thread`: of a closed loop; -1 for a call of its own. */
export function send(sim: RocketSim, producer: Producer, message: number, thread: number): void {
  const { node, spec, config, state, client } = producer;
  const { arena } = sim.state;
  const timeoutUs = config.sendMsgTimeout * 1000;
  const byKey = spec.queueSelector === 'hashKey';
  // A half message goes by the synchronous send.
  const mode = spec.mode === 'transaction' ? 'sync' : spec.mode;
  const call: SendCall = {
    frozen: true,
    message,
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
  };
  state.sent++;
  sim.emit(sendCalled, node, message, timeoutUs);
  const bytes = messageBytes(arena, message);
  if (bytes === 0) endFailed(sim, producer, call, BODY_EMPTY);
  else if (bytes > config.maxMessageSize) endFailed(sim, producer, call, bodyTooLarge(config.maxMessageSize));
  else {
    const info = client.publish.get(call.topic);
    if (info !== undefined && info.queues.length > 0) attempt(sim, producer, call, info, false);
    else findRoute(sim, producer, call);
  }
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
