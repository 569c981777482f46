import { queuesOfConf } from '../nameserver/order-conf';
import type { TopicRoute } from '../protocol';
import type { BrokerAddress, ClientState, SubscribeQueue } from './client-state';

/** What a client derives from a route, and how it looks up addresses. Pure. */

const READ = 4;
const WRITE = 2;
const MASTER_ID = 0;

/** Brokers of a route that have no id 0: their queues cannot be sent to (CL-6). */
export function groupsWithoutMaster(route: TopicRoute): string[] {
  return route.brokers
    .filter(({ addresses }) => addresses.every(([id]) => id !== MASTER_ID))
    .map(({ brokerName }) => brokerName);
}

/**
 * `MQClientInstance#topicRouteData2TopicPublishInfo`: by broker name, writable and with an id 0 only (CL-6). An order
 * topic has the queues of its configuration, whether they can be reached or not (NS-24).
 */
export function publishQueues(route: TopicRoute): SubscribeQueue[] {
  if (route.orderTopicConf) {
    return queuesOfConf(route.orderTopicConf).flatMap(({ brokerName, queues }) =>
      Array.from({ length: queues }, (_, queueId) => ({ brokerName, queueId })),
    );
  }
  const headless = new Set(groupsWithoutMaster(route));
  const known = new Set(route.brokers.map(({ brokerName }) => brokerName));
  const queues: SubscribeQueue[] = [];
  for (const { brokerName, perm, writeQueueNums } of [...route.queues].sort(byBrokerName)) {
    if ((perm & WRITE) === 0 || headless.has(brokerName) || !known.has(brokerName)) continue;
    for (let queueId = 0; queueId < writeQueueNums; queueId++) queues.push({ brokerName, queueId });
  }
  return queues;
}

/** `MQClientInstance#topicRouteData2TopicSubscribeInfo`: every readable queue, master or not (CL-7), sorted. */
export function readableQueues(route: TopicRoute): SubscribeQueue[] {
  const queues: SubscribeQueue[] = [];
  for (const { brokerName, perm, readQueueNums } of [...route.queues].sort(byBrokerName)) {
    if ((perm & READ) === 0) continue;
    for (let queueId = 0; queueId < readQueueNums; queueId++) queues.push({ brokerName, queueId });
  }
  return queues;
}

/** The route of the topic that new topics are made of, as a producer borrows it (PR-15). */
export function borrowRoute(template: TopicRoute, topic: string, queuesMax: number): TopicRoute {
  const queues = template.queues.map((data) => {
    const count = Math.min(queuesMax, data.readQueueNums);
    return { ...data, readQueueNums: count, writeQueueNums: count };
  });
  return { ...template, topic, queues };
}

/** Equal as `TopicRouteData#topicRouteDataChanged` sees it: in any order. */
export function sameRoute(x: TopicRoute, y: TopicRoute): boolean {
  if (x === y) return true;
  if (x.orderTopicConf !== y.orderTopicConf) return false;
  if (x.queues.length !== y.queues.length || x.brokers.length !== y.brokers.length) return false;
  const yQueues = [...y.queues].sort(byBrokerName);
  const sameQueues = [...x.queues].sort(byBrokerName).every((queue, i) => {
    const other = yQueues[i]!;
    return (
      queue.brokerName === other.brokerName &&
      queue.readQueueNums === other.readQueueNums &&
      queue.writeQueueNums === other.writeQueueNums &&
      queue.perm === other.perm
    );
  });
  if (!sameQueues) return false;
  const yBrokers = [...y.brokers].sort(byBrokerName);
  return [...x.brokers].sort(byBrokerName).every((broker, i) => {
    const other = yBrokers[i]!;
    return broker.brokerName === other.brokerName && sameAddresses(broker.addresses, other.addresses);
  });
}

function sameAddresses(x: readonly BrokerAddress[], y: readonly BrokerAddress[]): boolean {
  if (x.length !== y.length) return false;
  const sorted = [...y].sort(byId);
  return [...x].sort(byId).every(([id, node], i) => sorted[i]![0] === id && sorted[i]![1] === node);
}

export function byId(x: BrokerAddress, y: BrokerAddress): number {
  return x[0] - y[0];
}

function byBrokerName(x: { brokerName: string }, y: { brokerName: string }): number {
  return x.brokerName < y.brokerName ? -1 : x.brokerName > y.brokerName ? 1 : 0;
}

/** All readable queues of a topic by the cached route, sorted; empty when the route is unknown (CL-7). */
export function subscribeQueues(client: ClientState, topic: string): readonly SubscribeQueue[] {
  return client.subscribe.get(topic) ?? [];
}

/** The address of id 0 of a broker group, as far as this client knows (CL-9). */
export function findBrokerInPublish(client: ClientState, brokerName: string): number | undefined {
  return client.brokerAddrs.get(brokerName)?.find(([id]) => id === MASTER_ID)?.[1];
}

/**
 * The address to consume from: that id; else, for a slave, the next id; else, unless `onlyThis`, the group's first
 * (CL-9).
 */
export function findBrokerInSubscribe(
  client: ClientState,
  brokerName: string,
  brokerId: number,
  onlyThis: boolean,
): { readonly node: number; readonly brokerId: number } | undefined {
  const addresses = client.brokerAddrs.get(brokerName);
  if (addresses === undefined) return undefined;
  const found =
    addresses.find(([id]) => id === brokerId) ??
    (brokerId === MASTER_ID ? undefined : addresses.find(([id]) => id === brokerId + 1)) ??
    (onlyThis ? undefined : addresses[0]);
  return found === undefined ? undefined : { brokerId: found[0], node: found[1] };
}

/** Brokers to tell that this client lives: all of them, or masters only (CL-18). */
export function heartbeatTargets(client: ClientState, mastersOnly: boolean): number[] {
  const targets: number[] = [];
  for (const addresses of client.brokerAddrs.values()) {
    for (const [id, node] of addresses) if (!mastersOnly || id === MASTER_ID) targets.push(node);
  }
  return targets;
}

/** True when the process is a broker that some cached address names. */
export function knowsBroker(client: ClientState, node: number): boolean {
  for (const addresses of client.brokerAddrs.values())
    if (addresses.some(([, at]) => at === node)) return true;
  return false;
}
