import { defineEvent, type EventType, type Handlers } from '../../../core/sim';
import { messageSize, queueOf, recordMessage, recordQueue, type World } from '../../../model/world';
import { fetchRouteNow, findBrokerInPublish, type RouteFetched } from '../client/client';
import { publishQueues } from '../client/route-tables';
import { Code, consumerSendMsgBack, type SendResult, sendMessage } from '../protocol';
import { type Answered, invoke } from '../remoting';
import { retrySent, sendBackAsked, sendBackFailed } from '../retry/retry-kinds';
import { reconsumeMax, reconsumeTimesOf, retryLevel, retryTopicOf } from '../retry/retry-topics';
import type { Consumer, Rocket, RocketSim } from '../state';
import { consumerOf } from './consumer-of';

/**
 * `DefaultMQPushConsumerImpl#sendMessageBack`: a message that could not be consumed goes back to its broker; failing
 * that, to the retry topic on any master, as the inner producer sends it. The thread waits. [CO-19, CO-22]
 */

const TIMEOUT_US = 5_000_000;
/** `DefaultMQProducer` inside the client: 3 s for all of its attempts. */
const SEND_TIMEOUT_US = 3_000_000;
const ATTEMPTS_MAX = 3;

/** Whom to tell whether the message found a place. */
export interface SentBack<C> {
  readonly context: C;
  readonly ok: boolean;
}
interface Giving {
  readonly record: number;
  readonly delayLevel: number;
  readonly toTell: EventType<SentBack<unknown>>;
  readonly context: unknown;
  /** Of the fallback: when it began, attempts made, broker of the last one. */
  readonly beginUs: number;
  readonly attempts: number;
  readonly brokerName: string;
  /** The inner producer has asked for the route of the retry topic. */
  readonly routeAsked?: true;
}
const routeFound = defineEvent<RouteFetched<Giving>>('consumer.retry-route-found');
const backAnswered = defineEvent<Answered<Giving, undefined>>('consumer.send-back-answered');
const retryAnswered = defineEvent<Answered<Giving, SendResult | undefined>>('consumer.retry-answered');

/** Gives a record back; `ended.event` follows. `delayLevel`: 0 as the ladder says, −1 straight to the dead letters. */
export function sendBack<C>(
  sim: RocketSim,
  consumer: Consumer,
  record: number,
  delayLevel: number,
  ended: { readonly event: EventType<SentBack<C>>; readonly context: C },
): void {
  const { node, client, spec, config } = consumer;
  const { arena } = sim.state;
  const { group: brokerName } = queueOf(arena, recordQueue(arena, record));
  const giving: Giving = {
    record,
    delayLevel,
    toTell: ended.event,
    context: ended.context,
    beginUs: 0,
    attempts: 0,
    brokerName: '',
  };
  const master = findBrokerInPublish(client, brokerName);
  if (master === undefined) {
    fallBack(sim, consumer, giving);
    return;
  }
  sim.emit(sendBackAsked, node, record, master);
  const body = {
    group: spec.group,
    record,
    delayLevel,
    maxReconsumeTimes: reconsumeMax({ listener: spec.listener, config }),
  };
  const then = { event: backAnswered, context: giving };
  const message = recordMessage(arena, record);
  invoke(sim, node, master, consumerSendMsgBack, body, { timeoutUs: TIMEOUT_US, message, then });
}

/** An orderly consumer has given a message up: it goes to the retry topic as a new message. [OR-7] */
export function sendAsRetry<C>(
  sim: RocketSim,
  consumer: Consumer,
  record: number,
  ended: { readonly event: EventType<SentBack<C>>; readonly context: C },
): void {
  sendToRetryTopic(sim, consumer, {
    record,
    delayLevel: 0,
    toTell: ended.event,
    context: ended.context,
    beginUs: sim.nowUs,
    attempts: 0,
    brokerName: '',
  });
}

/** `sendMessageBackAsNormalMessage`. */
function fallBack(sim: RocketSim, consumer: Consumer, giving: Giving): void {
  sim.emit(sendBackFailed, consumer.node, giving.record);
  sendToRetryTopic(sim, consumer, { ...giving, beginUs: sim.nowUs });
}

function sendToRetryTopic(sim: RocketSim, consumer: Consumer, giving: Giving): void {
  const { node, client, spec, config, state } = consumer;
  const { arena } = sim.state;
  const topic = retryTopicOf(spec.group);
  const route = client.routes.get(topic);
  if (route === undefined && giving.routeAsked === undefined) {
    const context: Giving = { ...giving, routeAsked: true };
    fetchRouteNow(sim, node, topic, { event: routeFound, context });
    return;
  }
  const leftUs = giving.beginUs + SEND_TIMEOUT_US - sim.nowUs;
  const queues = route === undefined ? [] : publishQueues(route);
  const others = queues.filter(({ brokerName }) => brokerName !== giving.brokerName);
  const from = others.length > 0 ? others : queues;
  const queue = from[state.retriesSent++ % Math.max(1, from.length)];
  const to = queue === undefined ? undefined : findBrokerInPublish(client, queue.brokerName);
  if (queue === undefined || to === undefined || leftUs <= 0 || giving.attempts === ATTEMPTS_MAX) {
    tell(sim, node, giving, false);
    return;
  }
  const { record } = giving;
  const message = recordMessage(arena, record);
  const retried = reconsumeTimesOf(arena, record) + (state.localRetries.get(record) ?? 0);
  const cause = sim.currentCause;
  sim.because(cause, () => {
    sim.emit(retrySent, node, record, to);
    const body = {
      producerGroup: 'CLIENT_INNER_PRODUCER',
      message,
      topic,
      queueId: queue.queueId,
      defaultTopic: 'TBW102',
      defaultTopicQueueNums: 4,
      props: {
        role: 'retry',
        reconsumeTimes: retried + 1,
        delayLevel: retryLevel(retried),
        ref: record,
      } as const,
      maxReconsumeTimes: reconsumeMax({ listener: spec.listener, config }),
    };
    const context: Giving = { ...giving, attempts: giving.attempts + 1, brokerName: queue.brokerName };
    const then = { event: retryAnswered, context };
    const bytes = messageSize(arena, message);
    invoke(sim, node, to, sendMessage, body, { timeoutUs: leftUs, bytes, message, then });
  });
}

function tell(sim: RocketSim, node: number, { toTell, context }: Giving, ok: boolean): void {
  sim.call(toTell, node, { context, ok });
}

const STORED: readonly number[] = [
  Code.SUCCESS,
  Code.FLUSH_DISK_TIMEOUT,
  Code.FLUSH_SLAVE_TIMEOUT,
  Code.SLAVE_NOT_AVAILABLE,
];

export function registerSendBack(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(routeFound, (sim, node, { context }) => sendToRetryTopic(sim, consumerOf(sim, node), context))
    .on(backAnswered, (sim, node, { context, outcome }) => {
      if (outcome.ok && outcome.status === Code.SUCCESS) tell(sim, node, context, true);
      else fallBack(sim, consumerOf(sim, node), context);
    })
    .on(retryAnswered, (sim, node, { context, outcome }) => {
      if (outcome.ok && STORED.includes(outcome.status)) tell(sim, node, context, true);
      else sendToRetryTopic(sim, consumerOf(sim, node), context);
    });
}
