import { hashText } from '../../../core/rng';
import { defineEvent, type Handlers } from '../../../core/sim';
import { processOf } from '../../../model/env';
import type { World } from '../../../model/world';
import { getRoute, type TopicRoute } from '../protocol';
import { type Answered, type CallOutcome, ensureChannel, invoke } from '../remoting';
import type { Rocket, RocketSim } from '../state';
import { nameserverChosen, queryTimedOut, routingBlind } from './client-kinds';
import { apiTimeoutUs, clientOf, hasOrOpensChannel } from './client-of';

/** Which name server a client talks to, and one question to it (CL-10, CL-11). */

const SHUFFLE = hashText('client.nameserver-shuffle');
const CURSOR = hashText('client.nameserver-cursor');
/** `NettyRemotingClient#initValueIndex`: a random number in [0, 998]. */
const CURSOR_BOUND = 999;
/** Draws of one incarnation of a client; more name servers than this cannot be in a scenario. */
const DRAWS_MAX = 64;

/** What a query was about; whoever asked is found by `key`. */
export interface RouteAsk {
  readonly frozen: true;
  readonly key: string;
  /** The topic asked for; with a borrowed route it differs from the topic that wants one. */
  readonly topic: string;
  readonly nameserver: number;
  readonly begunUs: number;
  readonly tries: number;
}

/** The end of a query: a route, `undefined` when no name server lists the topic, or no answer. */
export const routeAsked = defineEvent<{ ask: RouteAsk; answer: CallOutcome<TopicRoute | undefined> }>(
  'client.route-asked',
);
const routeAnswered = defineEvent<Answered<RouteAsk, TopicRoute | undefined>>('client.route-answered');

/** `NettyRemotingClient#updateNameServerAddressList`: the list is shuffled when it is set. */
export function setNameservers(sim: RocketSim, node: number): void {
  const { client } = clientOf(sim, node);
  const list = [...sim.state.product.nameservers.keys()];
  const luck = processOf(sim.state.env, node).incarnation * DRAWS_MAX;
  for (let i = list.length - 1; i > 0; i--) {
    const k = sim.drawBelow(i + 1, node, SHUFFLE, luck + i);
    [list[i], list[k]] = [list[k]!, list[i]!];
  }
  client.nameservers = list;
  client.cursor = sim.drawBelow(CURSOR_BOUND, node, CURSOR, luck);
  client.chosen = undefined;
}

/** Asks one name server for the route of a topic; `routeAsked` follows, at once when there is nobody to ask. */
export function askRoute(sim: RocketSim, node: number, key: string, topic: string): void {
  ask(sim, node, key, topic, 0, sim.nowUs);
}

export function registerNameservers(handlers: Handlers<World<Rocket>>): void {
  handlers.on(routeAnswered, onRouteAnswered);
}

/** How many name servers one call tries: one; in 4.9 the whole list (VC-1). */
function triesMax(sim: RocketSim, node: number): number {
  return sim.state.product.version === '4.9' ? clientOf(sim, node).client.nameservers.length : 1;
}

function ask(sim: RocketSim, node: number, key: string, topic: string, tries: number, begunUs: number): void {
  const nameserver = choose(sim, node);
  const context: RouteAsk = { frozen: true, key, topic, nameserver: nameserver ?? -1, begunUs, tries };
  const left = apiTimeoutUs(sim, node) - (sim.nowUs - begunUs);
  if (nameserver === undefined || left <= 0) {
    // 4.9: the connects before have used the call up; the next call finds this channel open.
    if (nameserver !== undefined) ensureChannel(sim, node, nameserver);
    fail(sim, node, context, nameserver === undefined ? 'connect' : 'timeout');
    return;
  }
  const then = { event: routeAnswered, context };
  invoke(sim, node, nameserver, getRoute, { topic }, { timeoutUs: left, then });
}

/** The one that it is with while the channel stands; else the next of the list. */
function choose(sim: RocketSim, node: number): number | undefined {
  const { client } = clientOf(sim, node);
  if (client.nameservers.length !== sim.state.product.nameservers.size) setNameservers(sim, node);
  if (client.chosen !== undefined && hasOrOpensChannel(sim, node, client.chosen)) return client.chosen;
  if (client.nameservers.length === 0) return undefined;
  client.cursor++;
  const next = client.nameservers[client.cursor % client.nameservers.length];
  if (next !== undefined && next !== client.chosen) sim.emit(nameserverChosen, node, next);
  client.chosen = next;
  return next;
}

function onRouteAnswered(
  sim: RocketSim,
  node: number,
  { context, outcome }: Answered<RouteAsk, TopicRoute | undefined>,
): void {
  if (outcome.ok) {
    clientOf(sim, node).client.failedQueries = 0;
    sim.call(routeAsked, node, { ask: context, answer: outcome });
    return;
  }
  if (outcome.error === 'connect' && context.tries + 1 < triesMax(sim, node)) {
    ask(sim, node, context.key, context.topic, context.tries + 1, context.begunUs);
    return;
  }
  if (outcome.error === 'timeout') {
    sim.emit(queryTimedOut, node, context.nameserver, sim.nowUs - context.begunUs);
  }
  fail(sim, node, context, outcome.error);
}

function fail(
  sim: RocketSim,
  node: number,
  context: RouteAsk,
  error: 'timeout' | 'closed' | 'connect' | 'budget',
): void {
  const { client } = clientOf(sim, node);
  client.failedQueries++;
  const round = sim.state.product.version === '4.9' ? 1 : Math.max(1, client.nameservers.length);
  if (client.failedQueries === round) sim.emit(routingBlind, node, client.failedQueries);
  sim.call(routeAsked, node, { ask: context, answer: { ok: false, error } });
}
