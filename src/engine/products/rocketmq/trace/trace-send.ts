import { hashText } from '../../../core/rng';
import { defineEvent, type Handlers } from '../../../core/sim';
import { addList, addMessage, messageSize, type World } from '../../../model/world';
import { RECORD_FIXED_BYTES } from '../batch';
import { TBW102 } from '../broker/store-state';
import { clientOf } from '../client/client-of';
import type { RouteFetched } from '../client/client-state';
import { findBrokerInPublish } from '../client/route-tables';
import { fetchRouteNow } from '../client/routes';
import { Code, type SendMessage, type SendResult, sendMessage } from '../protocol';
import { type Answered, invoke } from '../remoting';
import type { Rocket, RocketSim } from '../state';
import { traceFailed, traceSent, traceTooLarge, traceUnrouted } from './trace-kinds';
import { encodeLines, keysBytes, lineBytes } from './trace-lines';
import type { TraceContext, TraceSend } from './trace-state';
import { TRACE_TOPIC } from './trace-state';

/**
 * The inner producer of a client's trace (`AsyncDataSendTask`). The real one has a client instance of its own; here it
 * shares the routes and channels of its host's. It is not traced itself. [TR-1]
 */

/** `maxMessageSize` of the inner producer: a buffer is closed when it has reached it. */
const SIZE_MAX = 128_000;
const TIMEOUT_US = 5_000_000;
/** `retryTimesWhenSendAsyncFailed`: in its default, and always to the same broker, as the queue was selected. */
const RETRIES = 2;
const CLOCK_US = 1_000;
const DEFAULT_QUEUES = 4;
/** UNIQ_KEY, WAIT, MSG_REGION, TRACE_ON, and the name of KEYS. */
const PROPERTIES_BYTES = 100;
const FIRST_TURN = hashText('trace.first-turn');
const TURNS = 1_000;

const routeFound = defineEvent<RouteFetched<TraceSend>>('trace.route-found');
const templateFound = defineEvent<RouteFetched<TraceSend>>('trace.template-found');
const answered = defineEvent<Answered<TraceSend, SendResult | undefined>>('trace.answered');
/** One message less waits for a route. */
export const traceRouted = defineEvent<Record<string, never>>('trace.routed');

/** Entries of one batch become a message for each topic that they are about. */
export function sendTrace(sim: RocketSim, node: number, contexts: readonly TraceContext[]): void {
  const { spec } = clientOf(sim, node);
  const { arena } = sim.state;
  const cause = sim.currentCause;
  const topics = new Set(contexts.map(({ topic }) => topic));
  for (const topic of topics) {
    let [buffer, bytes]: [TraceContext[], number] = [[], 0];
    const close = () => sim.because(cause, () => sendBuffer(sim, node, buffer, bytes));
    for (const context of contexts) {
      if (context.topic !== topic) continue;
      buffer.push(context);
      for (const line of context.lines) bytes += lineBytes(arena, line, spec.group);
      if (bytes < SIZE_MAX) continue;
      close();
      [buffer, bytes] = [[], 0];
    }
    if (buffer.length > 0) close();
  }
}

function sendBuffer(sim: RocketSim, node: number, contexts: readonly TraceContext[], bytes: number): void {
  const { arena } = sim.state;
  const entries = contexts.length;
  if (bytes > SIZE_MAX) {
    sim.emit(traceTooLarge, node, entries, bytes);
    return;
  }
  const lines = contexts.flatMap((context) => context.lines);
  const message = addMessage(arena, {
    bornUs: sim.nowUs,
    producer: node,
    topic: TRACE_TOPIC,
    key: '',
    tag: '',
    bytes,
    size: RECORD_FIXED_BYTES + bytes + TRACE_TOPIC.length + PROPERTIES_BYTES + keysBytes(arena, lines),
    wait: true,
  });
  const list = addList(arena, encodeLines(lines));
  const send: TraceSend = {
    frozen: true,
    entries,
    message,
    list,
    beginUs: sim.nowUs,
    attempts: 0,
    brokerName: '',
    queueId: 0,
  };
  if (!choose(sim, node, send)) askRoute(sim, node, send);
}

/** `tryGetMessageQueueBrokerSet`, then the queues of the topic in turn; false while no route is known. */
function choose(sim: RocketSim, node: number, send: TraceSend): boolean {
  const { client, trace } = clientOf(sim, node);
  const queues = client.publish.get(TRACE_TOPIC)?.queues ?? [];
  if (trace === undefined || queues.length === 0) return false;
  if (trace.turn < 0) trace.turn = sim.drawBelow(TURNS, node, FIRST_TURN, 0);
  const queue = queues[trace.turn++ % queues.length];
  transmit(sim, node, { ...send, ...queue });
  return true;
}

function askRoute(sim: RocketSim, node: number, send: TraceSend): void {
  const { client, trace } = clientOf(sim, node);
  if (trace === undefined) return;
  client.publishTopics.add(TRACE_TOPIC);
  trace.routing++;
  fetchRouteNow(sim, node, TRACE_TOPIC, { event: routeFound, context: send });
}

/** Nobody lists the topic: as any other it may be created by sending (PR-15), with the queues of `TBW102`. */
function onRoute(sim: RocketSim, node: number, { context: send, result }: RouteFetched<TraceSend>): void {
  if (choose(sim, node, send)) routed(sim, node);
  else if (result === 'failed') lose(sim, node, send);
  else {
    const template = { frozen: true, topic: TBW102, queuesMax: DEFAULT_QUEUES } as const;
    fetchRouteNow(sim, node, TRACE_TOPIC, { event: templateFound, context: send }, template);
  }
}

function lose(sim: RocketSim, node: number, send: TraceSend): void {
  sim.emit(traceUnrouted, node, send.entries);
  routed(sim, node);
}

function routed(sim: RocketSim, node: number): void {
  const { trace } = clientOf(sim, node);
  if (trace !== undefined) trace.routing--;
  sim.call(traceRouted, node, {});
}

function transmit(sim: RocketSim, node: number, send: TraceSend): void {
  const { client, spec } = clientOf(sim, node);
  const made = { ...send, attempts: send.attempts + 1 };
  const to = findBrokerInPublish(client, send.brokerName);
  const leftUs = TIMEOUT_US - (sim.nowUs - send.beginUs);
  if (to === undefined || leftUs < CLOCK_US) {
    sim.emit(traceFailed, node, send.entries, send.attempts);
    return;
  }
  const producing = sim.state.product.producers.has(node);
  const { message, list, queueId } = made;
  const body: SendMessage = {
    producerGroup: `_INNER_TRACE_PRODUCER-${spec.group}-${producing ? 'PRODUCE' : 'CONSUME'}-1`,
    message,
    topic: TRACE_TOPIC,
    queueId,
    defaultTopic: TBW102,
    defaultTopicQueueNums: DEFAULT_QUEUES,
    props: { role: 'trace', ref: list },
  };
  sim.emit(traceSent, node, message, to);
  const then = { event: answered, context: made };
  const bytes = messageSize(sim.state.arena, message);
  invoke(sim, node, to, sendMessage, body, { timeoutUs: leftUs, mode: 'async', bytes, message, then });
}

/** An answer ends it, whatever it says; a call that fails is made once more while there is time. */
function onAnswer(
  sim: RocketSim,
  node: number,
  { context: send, outcome }: Answered<TraceSend, SendResult | undefined>,
): void {
  if (outcome.ok && STORED.has(outcome.status)) return;
  const again = !outcome.ok && outcome.error !== 'budget' && send.attempts <= RETRIES;
  if (again) transmit(sim, node, send);
  else sim.emit(traceFailed, node, send.entries, send.attempts);
}

const STORED: ReadonlySet<number> = new Set([
  Code.SUCCESS,
  Code.FLUSH_DISK_TIMEOUT,
  Code.FLUSH_SLAVE_TIMEOUT,
  Code.SLAVE_NOT_AVAILABLE,
]);

export function registerTraceSending(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(routeFound, onRoute)
    .on(templateFound, (sim, node, { context: send }) => {
      if (choose(sim, node, send)) routed(sim, node);
      else lose(sim, node, send);
    })
    .on(answered, onAnswer);
}
