import { defineEvent, type EventType, type Handlers } from '../../../core/sim';
import type { World } from '../../../model/world';
import { ALL } from '../filter/filter';
import { Code, type ConsumerData, type Heartbeat, heartBeat, rebalanceWake } from '../protocol';
import { type Answered, invoke } from '../remoting';
import type { Rocket, RocketSim } from '../state';
import { defineTimer } from '../timers';
import { brokerForgotten, heartbeatOnChannel, heartbeatRound, producerHeartbeat } from './client-kinds';
import { apiTimeoutUs, clientOf } from './client-of';
import { heartbeatTargets, knowsBroker } from './route-tables';

/** How brokers learn that a client lives, and what it is (CL-8, CL-18, CL-19, PR-17). */

interface Round {
  readonly frozen: true;
  readonly targets: readonly number[];
  readonly at: number;
  /** What the caller does when the round has ended. */
  readonly then: EventType<Record<string, never>> | undefined;
}
const heartbeatAnswered = defineEvent<Answered<Round, undefined>>('client.heartbeat-answered');
const channelHeartbeatAnswered = defineEvent<Answered<undefined, undefined>>(
  'client.channel-heartbeat-answered',
);

/**
 * CL-1: first after 1 s; the period is `heartbeatBrokerInterval`. The second counts from when the instance starts its
 * schedule, that of the first rebalance (CO-24) from when it was made, some 20 ms before: at one moment the two would
 * contend for the lock, which a real client's do now and then, and then its queues wait for the next heartbeat (FI-6).
 */
export const heartbeatTimer = defineTimer('client.heartbeat', 1_020_000, 30_000_000, (sim, node) => {
  cleanOfflineBrokers(sim, node);
  sendHeartbeats(sim, node);
});

/**
 * One round: each broker in turn, the next one when the last has answered or failed. `then` follows the last one, or
 * follows at once when there is nobody to tell or a round is under way. Of two that begin at one moment the lock takes
 * neither for the later one: what the second has to tell goes out, too.
 */
export function sendHeartbeats(sim: RocketSim, node: number, then?: EventType<Record<string, never>>): void {
  const { client } = clientOf(sim, node);
  const producing = sim.state.product.producers.has(node);
  const targets = heartbeatTargets(client, producing);
  const underWay = client.heartbeating && client.heartbeatUs < sim.nowUs;
  if (underWay || targets.length === 0) {
    if (then !== undefined) sim.call(then, node, {});
    return;
  }
  client.heartbeating = true;
  client.heartbeatUs = sim.nowUs;
  sim.emit(producing ? producerHeartbeat : heartbeatRound, node, targets.length);
  sendTo(sim, node, { frozen: true, targets, at: 0, then });
}

/**
 * A new channel to a broker: it hears of this client at once, and a consumer then looks at its queues (CL-19). Not while
 * a round is under way, which holds the lock: a channel that the round opened carries the round's own heartbeat.
 */
export function heartbeatOnNewChannel(sim: RocketSim, node: number, to: number): void {
  const { client, config } = clientOf(sim, node);
  if (!config.enableHeartbeatChannelEventListener || !knowsBroker(client, to)) return;
  if (client.heartbeating) return;
  sim.emit(heartbeatOnChannel, node, to);
  const then = { event: channelHeartbeatAnswered, context: undefined };
  invoke(sim, node, to, heartBeat, heartbeatOf(sim, node), { timeoutUs: apiTimeoutUs(sim, node), then });
}

export function registerHeartbeats(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(heartbeatAnswered, (sim, node, { context }) => {
      const at = context.at + 1;
      if (at === context.targets.length) {
        clientOf(sim, node).client.heartbeating = false;
        if (context.then !== undefined) sim.call(context.then, node, {});
      } else sendTo(sim, node, { ...context, at });
    })
    .on(channelHeartbeatAnswered, (sim, node, { outcome }) => {
      const told = outcome.ok && outcome.status === Code.SUCCESS;
      if (told && sim.state.product.consumers.has(node)) sim.call(rebalanceWake, node, {});
    });
}

function sendTo(sim: RocketSim, node: number, context: Round): void {
  const then = { event: heartbeatAnswered, context };
  const options = { timeoutUs: apiTimeoutUs(sim, node), then };
  invoke(sim, node, context.targets[context.at]!, heartBeat, heartbeatOf(sim, node), options);
}

function heartbeatOf(sim: RocketSim, node: number): Heartbeat {
  const { producers, consumers } = sim.state.product;
  const { clientId } = clientOf(sim, node).client;
  const producer = producers.get(node);
  const consumer = consumers.get(node);
  return {
    clientId,
    producerGroups: producer === undefined ? [] : [producer.spec.group],
    consumers: consumer === undefined ? [] : [consumerDataOf(consumer)],
  };
}

/** All of the retry topic is wanted: what comes back from it was wanted before. */
function consumerDataOf({
  spec,
  state,
  filter,
}: NonNullable<ReturnType<Rocket['consumers']['get']>>): ConsumerData {
  const retries = spec.messageModel === 'CLUSTERING' && spec.protocol !== 'grpc';
  const topics = retries ? [spec.topic, `%RETRY%${spec.group}`] : [spec.topic];
  return {
    group: spec.group,
    messageModel: spec.messageModel,
    grpc: spec.protocol === 'grpc',
    subscriptions: topics.map((topic) => ({
      frozen: true,
      topic,
      filter: topic === spec.topic ? filter : ALL,
      versionUs: state.versionsUs.get(topic) ?? Number.NEGATIVE_INFINITY,
    })),
  };
}

/** `MQClientInstance#cleanOfflineBroker`: addresses that no cached route names are dropped (CL-8). */
function cleanOfflineBrokers(sim: RocketSim, node: number): void {
  const { client } = clientOf(sim, node);
  const named = new Set<number>();
  for (const route of client.routes.values()) {
    for (const { addresses } of route.brokers) for (const [, broker] of addresses) named.add(broker);
  }
  const cause = sim.currentCause;
  for (const [brokerName, addresses] of client.brokerAddrs) {
    const kept = addresses.filter(([, broker]) => named.has(broker));
    if (kept.length === addresses.length) continue;
    for (const [, broker] of addresses) {
      if (!named.has(broker)) sim.because(cause, () => sim.emit(brokerForgotten, node, broker));
    }
    if (kept.length === 0) client.brokerAddrs.delete(brokerName);
    else client.brokerAddrs.set(brokerName, kept);
  }
}
