import { defineEvent, type Handlers } from '../../../core/sim';
import { internText, type World } from '../../../model/world';
import { getRoute, type TopicRoute } from '../protocol';
import { type Answered, invoke, SUCCESS } from '../remoting';
import type { Broker, Rocket, RocketSim } from '../state';
import { escapesAsked } from './acting-kinds';
import { actsAsMaster } from './special-services';
import { brokerOf, type EscapeRoute, isSlave, PERM_WRITE } from './store-state';

export interface EscapeTarget {
  /** Process number of the broker that stores it. */
  readonly node: number;
  /** The queue that it goes to there; undefined: the one that the message names. */
  readonly queueId: number | undefined;
}

const MASTER_ID = 0;
/** `loadBalancePollNameServerInterval`. */
const ROUTE_AGE_US = 30_000_000;
const ROUTE_TIMEOUT_US = 3_000_000;

const routeAnswered =
  defineEvent<Answered<{ readonly topic: string }, TopicRoute | undefined>>('escape.route-answered');

/** A name server has answered what a broker asked about a topic, or has not. */
export const routeSettled = defineEvent<{ readonly topic: string }>('escape.route-settled');

/**
 * Where the special services of a broker write (`EscapeBridge#putMessage`): into its own store when it is a master,
 * into a queue of another master when it acts for its own and enableRemoteEscape is on. Undefined: nowhere.
 * `unknown`: no queue of another master is known (`TopicRouteInfoManager#tryToFindTopicPublishInfo` asks then, and
 * its thread waits for the answer). A route of 30 s is asked for anew while the old one serves.
 */
export function escapeTarget(
  sim: RocketSim,
  node: number,
  topic: string,
): EscapeTarget | 'unknown' | undefined {
  const broker = brokerOf(sim, node);
  if (!isSlave(broker)) return { node, queueId: undefined };
  if (!actsAsMaster(broker) || !broker.config.enableRemoteEscape) return undefined;
  const { members } = broker.store.memory;
  const known = members.routes.get(topic);
  const [first] = known?.queues ?? [];
  if (known === undefined || first === undefined) return 'unknown';
  if (sim.nowUs - known.askedUs > ROUTE_AGE_US) askRoute(sim, node, topic);
  return known.queues[members.escaped++ % known.queues.length] ?? first;
}

/** Asks a name server where a topic is; `routeSettled` follows. False: there is none to ask. */
export function askRoute(sim: RocketSim, node: number, topic: string): boolean {
  const broker = brokerOf(sim, node);
  const { routes } = broker.store.memory.members;
  const asked = nameserverAsked(sim, broker);
  if (asked === undefined) return false;
  routes.set(topic, { frozen: true, askedUs: sim.nowUs, queues: routes.get(topic)?.queues ?? [] });
  sim.emit(escapesAsked, node, asked, internText(sim.state.arena, topic));
  const then = { event: routeAnswered, context: { topic } };
  invoke(sim, node, asked, getRoute, { topic }, { timeoutUs: ROUTE_TIMEOUT_US, then });
  return true;
}

/** The name server that a broker asks: the next one of its list after each failure. */
export function nameserverAsked(sim: RocketSim, { store }: Broker): number | undefined {
  const all = [...sim.state.product.nameservers.keys()];
  return all.length === 0 ? undefined : all[store.memory.members.failures % all.length];
}

/** Writable queues of groups that have a master: a producer's view of the route. */
function otherMasters({ brokerName }: Broker, route: TopicRoute): EscapeRoute['queues'] {
  return route.queues.flatMap((queue) => {
    if (queue.brokerName === brokerName || (queue.perm & PERM_WRITE) === 0) return [];
    const group = route.brokers.find((one) => one.brokerName === queue.brokerName);
    const master = group?.addresses.find(([id]) => id === MASTER_ID);
    if (master === undefined) return [];
    return Array.from({ length: queue.writeQueueNums }, (_, queueId) => ({ node: master[1], queueId }));
  });
}

export function registerEscapeTargets(handlers: Handlers<World<Rocket>>): void {
  handlers.on(routeAnswered, (sim, node, { context: { topic }, outcome }) => {
    const broker = brokerOf(sim, node);
    const { members } = broker.store.memory;
    if (!outcome.ok) members.failures++;
    else if (outcome.status === SUCCESS && outcome.body !== undefined) {
      const queues = otherMasters(broker, outcome.body);
      members.routes.set(topic, { frozen: true, askedUs: sim.nowUs, queues });
    }
    sim.call(routeSettled, node, { topic });
  });
}
