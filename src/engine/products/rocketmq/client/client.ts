import { hashText } from '../../../core/rng';
import { defineEvent, type Handlers } from '../../../core/sim';
import { processOf } from '../../../model/env';
import { exitProcess } from '../../../model/process';
import { internText, type World } from '../../../model/world';
import { unregisterClient } from '../protocol';
import { type Answered, createRemoting, invoke } from '../remoting';
import type { Rocket, RocketSim } from '../state';
import { startTimer } from '../timers';
import { clientLeaves, clientNamed, clientStarted } from './client-kinds';
import { apiTimeoutUs, clientOf, createClient } from './client-of';
import { heartbeatOnNewChannel, heartbeatTimer, registerHeartbeats } from './heartbeats';
import { registerNameservers, setNameservers } from './name-servers';
import { heartbeatTargets } from './route-tables';
import { registerRoutes, routePoll } from './routes';

/** One `MQClientInstance`: the part that a producer and a consumer share. */
export { createClient } from './client-of';
export type { RouteFetched } from './client-state';
export { sendHeartbeats } from './heartbeats';
export { findBrokerInPublish, findBrokerInSubscribe, subscribeQueues } from './route-tables';
export { clientTopics, fetchRouteNow } from './routes';

/** `ClientManagerImpl.HEART_BEAT_PERIOD` of the clients of version 5. */
const GRPC_HEARTBEAT_US = 10_000_000;

const ADDRESS = hashText('client.address');
const PID = hashText('client.pid');
const NANOS = hashText('client.nanos');

interface Leaving {
  readonly frozen: true;
  readonly targets: readonly number[];
  readonly at: number;
}
const leaveStep = defineEvent<Answered<Leaving, undefined>>('client.unregister-answered');

/** Starts the instance: a name, a list of name servers, the timers of CL-1. The caller has based the timers. */
export function clientStart(sim: RocketSim, node: number): void {
  const { client, config } = clientOf(sim, node);
  client.clientId = clientIdOf(sim, node);
  setNameservers(sim, node);
  const pollUs = config.pollNameServerInterval * 1000;
  const grpc = sim.state.product.consumers.get(node)?.spec.protocol === 'grpc';
  const heartbeatUs = grpc ? GRPC_HEARTBEAT_US : config.heartbeatBrokerInterval * 1000;
  sim.emit(clientStarted, node, pollUs, heartbeatUs);
  sim.emit(clientNamed, node, internText(sim.state.arena, client.clientId));
  startTimer(sim, node, routePoll, pollUs);
  startTimer(sim, node, heartbeatTimer, heartbeatUs);
}

/** The process ended: all that the instance knew is gone. */
export function clientDown(sim: RocketSim, node: number): void {
  const owner = clientOf(sim, node);
  owner.remoting = createRemoting();
  owner.client = createClient();
}

/** A channel that this client opened stands (CL-19). */
export function clientChannelActive(sim: RocketSim, node: number, to: number): void {
  heartbeatOnNewChannel(sim, node, to);
}

/** Unregisters from one broker after the other, then the process exits (CL-23). */
export function clientShutdown(sim: RocketSim, node: number): void {
  const targets = heartbeatTargets(clientOf(sim, node).client, false);
  sim.emit(clientLeaves, node, targets.length);
  leave(sim, node, { frozen: true, targets, at: 0 });
}

export function registerClient(handlers: Handlers<World<Rocket>>): void {
  registerNameservers(handlers);
  registerRoutes(handlers);
  registerHeartbeats(handlers);
  handlers.on(leaveStep, (sim, node, { context }) => leave(sim, node, { ...context, at: context.at + 1 }));
}

function leave(sim: RocketSim, node: number, context: Leaving): void {
  const to = context.targets[context.at];
  if (to === undefined) {
    exitProcess(sim, node);
    return;
  }
  const { client, spec } = clientOf(sim, node);
  const producing = sim.state.product.producers.has(node);
  const group = producing ? { producerGroup: spec.group } : { consumerGroup: spec.group };
  const then = { event: leaveStep, context };
  const options = { timeoutUs: apiTimeoutUs(sim, node), then };
  invoke(sim, node, to, unregisterClient, { clientId: client.clientId, ...group }, options);
}

/**
 * `ip@pid#nanoTime` (CL-2). Consumers sort by this text (CO-28), so its luck is the seed's; with aligned phases it
 * sorts in the order of the scenario.
 */
function clientIdOf(sim: RocketSim, node: number): string {
  const { env, product } = sim.state;
  const { host, incarnation } = processOf(env, node);
  const draw = (from: number, bound: number, purpose: number, of: number, ordinal: number) =>
    from + (product.aligned ? 0 : sim.drawBelow(bound, of, purpose, ordinal));
  const ip = product.aligned
    ? `10.0.${1 + Math.floor(host / 100)}.${100 + (host % 100)}`
    : `10.${[0, 1, 2].map((part) => draw(1, 254, ADDRESS, host, part)).join('.')}`;
  const { instanceName } = clientOf(sim, node).config;
  const broadcasts = product.consumers.get(node)?.spec.messageModel === 'BROADCASTING';
  if (broadcasts || instanceName !== 'DEFAULT') return `${ip}@${instanceName}`;
  const pid = draw(1000 + (product.aligned ? node : 0), 30_000, PID, node, incarnation);
  const nanos = draw(1_000_000_000_000, 1_000_000_000, NANOS, node, incarnation) + incarnation;
  return `${ip}@${pid}#${nanos}`;
}
