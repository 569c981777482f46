import { defineEvent, type EventType, type Handlers } from '../../../core/sim';
import { internText, type World } from '../../../model/world';
import { Code, type TopicRoute } from '../protocol';
import type { CallOutcome } from '../remoting';
import type { Rocket, RocketSim } from '../state';
import { defineTimer } from '../timers';
import {
  groupUnwritable,
  otherView,
  queuesByOrderConf,
  queuesReadable,
  routeKept,
  routeReplaced,
  topicNarrowed,
} from './client-kinds';
import { clientOf } from './client-of';
import type { Fetch, RouteFetched, Template } from './client-state';
import { askRoute, type RouteAsk, routeAsked } from './name-servers';
import {
  borrowRoute,
  byId,
  groupsWithoutMaster,
  publishQueues,
  readableQueues,
  sameRoute,
} from './route-tables';

/** The routes that a client caches: when it asks for them, and what an answer changes (CL-3, CL-4, CL-5). */

export interface FetchThen<C> {
  readonly event: EventType<RouteFetched<C>>;
  readonly context: C;
}

interface PollRound {
  readonly frozen: true;
  readonly topics: readonly string[];
  readonly at: number;
}
const pollStep = defineEvent<RouteFetched<PollRound>>('client.poll-step');

/** CL-1: first after 10 ms; the period is `pollNameServerInterval`. */
export const routePoll = defineTimer('client.route-poll', 10_000, 30_000_000, (sim, node) => {
  const { client } = clientOf(sim, node);
  const topics = clientTopics(sim, node);
  if (client.polling || topics.length === 0) return;
  client.polling = true;
  poll(sim, node, { frozen: true, topics, at: 0 });
});

/** Topics that a local producer has sent to or a local consumer subscribes to. */
export function clientTopics(sim: RocketSim, node: number): string[] {
  const topics = [...clientOf(sim, node).client.publishTopics];
  const spec = sim.state.product.consumers.get(node)?.spec;
  if (spec !== undefined) {
    topics.push(spec.topic);
    if (spec.messageModel === 'CLUSTERING' && spec.protocol !== 'grpc') topics.push(`%RETRY%${spec.group}`);
  }
  return topics;
}

/**
 * Asks a name server for the route of a topic now and continues with `then.event`. Who asks for the same thing
 * while a question is under way shares its answer.
 */
export function fetchRouteNow<C>(
  sim: RocketSim,
  node: number,
  topic: string,
  then: FetchThen<C>,
  template?: Template,
): void {
  const { client } = clientOf(sim, node);
  const key = template === undefined ? topic : `${topic} as ${template.topic}`;
  const underWay = client.fetching.get(key);
  if (underWay !== undefined) {
    underWay.waiting.push(then);
    return;
  }
  client.fetching.set(key, { topic, template, waiting: [then] });
  askRoute(sim, node, key, template?.topic ?? topic);
}

export function registerRoutes(handlers: Handlers<World<Rocket>>): void {
  handlers.on(routeAsked, onRouteAsked).on(pollStep, (sim, node, { context, result }) => {
    const next = context.at + 1;
    // A remoting failure ends the round: the other topics wait for the next one (CL-4).
    if (result === 'failed' || next === context.topics.length) clientOf(sim, node).client.polling = false;
    else poll(sim, node, { ...context, at: next });
  });
}

function poll(sim: RocketSim, node: number, context: PollRound): void {
  fetchRouteNow(sim, node, context.topics[context.at]!, { event: pollStep, context });
}

function onRouteAsked(
  sim: RocketSim,
  node: number,
  { ask, answer }: { ask: RouteAsk; answer: CallOutcome<TopicRoute | undefined> },
): void {
  const { client } = clientOf(sim, node);
  const fetch = client.fetching.get(ask.key);
  if (fetch === undefined) return;
  client.fetching.delete(ask.key);
  const { topic, waiting } = fetch;
  const result = take(sim, node, fetch, ask.nameserver, answer);
  const cause = sim.currentCause;
  for (const { event, context } of waiting) {
    sim.because(cause, () => sim.call(event, node, { context, topic, result }));
  }
}

function take(
  sim: RocketSim,
  node: number,
  { topic, template }: Fetch,
  nameserver: number,
  answer: CallOutcome<TopicRoute | undefined>,
): RouteFetched<unknown>['result'] {
  const { client } = clientOf(sim, node);
  const found = answer.ok && answer.status === Code.SUCCESS ? answer.body : undefined;
  if (found === undefined) {
    if (client.routes.has(topic)) sim.emit(routeKept, node, text(sim, topic), nameserver);
    return answer.ok ? 'absent' : 'failed';
  }
  const route = template === undefined ? found : borrowRoute(found, topic, template.queuesMax);
  const changed = replace(sim, node, route, template !== undefined, nameserver);
  client.answeredBy = nameserver;
  return changed ? 'changed' : 'same';
}

/** Replaces what is derived from a route, if the answer differs from what is cached (CL-3). */
function replace(sim: RocketSim, node: number, route: TopicRoute, borrowed: boolean, from: number): boolean {
  const { client } = clientOf(sim, node);
  const { topic } = route;
  const old = client.routes.get(topic);
  const wasBorrowed = client.publish.get(topic)?.borrowed === true;
  client.confirmedUs.set(topic, sim.nowUs);
  if (old !== undefined && sameRoute(old, route) && wasBorrowed === borrowed) return false;
  if (old !== undefined && client.answeredBy !== undefined && client.answeredBy !== from) {
    sim.emit(otherView, node, text(sim, topic), from);
  }
  const changedBy = sim.state.product.nameservers.get(from)?.tables.changedBy ?? -1;
  sim.emit(routeReplaced, node, text(sim, topic), from, changedBy >= 0 ? changedBy : undefined);
  for (const { brokerName, addresses } of route.brokers) {
    client.brokerAddrs.set(brokerName, [...addresses].sort(byId));
  }
  client.routes.set(topic, route);
  const queues = publishQueues(route);
  client.publish.set(topic, { frozen: true, borrowed, queues });
  const cause = sim.currentCause;
  if (sim.state.product.consumers.has(node)) {
    const readable = readableQueues(route);
    client.subscribe.set(topic, readable);
    sim.because(cause, () => sim.emit(queuesReadable, node, text(sim, topic), readable.length));
    return true;
  }
  if (wasBorrowed && !borrowed && old !== undefined && route.queues.length < old.queues.length) {
    sim.because(cause, () => sim.emit(topicNarrowed, node, text(sim, topic), route.queues.length));
  }
  if (route.orderTopicConf) {
    sim.because(cause, () => sim.emit(queuesByOrderConf, node, text(sim, topic), queues.length));
    return true;
  }
  for (const group of groupsWithoutMaster(route)) {
    sim.because(cause, () => sim.emit(groupUnwritable, node, text(sim, topic), text(sim, group)));
  }
  return true;
}

function text(sim: RocketSim, value: string): number {
  return internText(sim.state.arena, value);
}
