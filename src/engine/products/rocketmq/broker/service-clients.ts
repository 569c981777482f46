import { defineEvent, type Handlers } from '../../../core/sim';
import { close } from '../../../model/net';
import { reserveCpu } from '../../../model/resources';
import { faultBehind } from '../../../model/silence';
import { internText, type World } from '../../../model/world';
import type { SubscriptionGroupConfig } from '../../../scenario/config';
import { MADE_GROUP } from '../../../scenario/made-group';
import { spell } from '../filter/filter';
import {
  filterUnsupported,
  subscriptionErased,
  subscriptionKnown,
  subscriptionReplaced,
} from '../filter/filter-kinds';
import { clearReceipts } from '../pop/receipts';
import {
  Code,
  type ConsumerData,
  checkClientConfig,
  getConsumerList,
  heartBeat,
  notifyConsumerIdsChanged,
  unregisterClient,
} from '../protocol';
import { pushOneway, remotingOf, reply } from '../remoting';
import { retryTopicOf } from '../retry/retry-topics';
import type { Rocket, RocketSim } from '../state';
import { defineTimer, startTimer, tickAtOrAfter } from '../timers';
import { canFilter, NO_SQL } from './service-filter';
import {
  clientExpired,
  clientForgotten,
  clientLingers,
  clientRegistered,
  groupCreated,
  membersNotified,
} from './service-kinds';
import { REQUEST_CPU_NS } from './service-offsets';
import type { BrokerService, ClientChannel, GroupInfo } from './service-state';
import { brokerOf, topicConfigOf } from './store-state';
import { createGroupTopic } from './topics';

/** `ConsumerManager`, `ProducerManager` and `ClientManageProcessor`: who is connected, and who is told of it. */

/** `ClientHousekeepingService`: every 10 s. */
const channelScan = defineTimer('broker.channel-scan', 10_000_000, 10_000_000, scanChannels);
/** `DefaultConsumerIdsChangeListener` with `realTimeNotifyConsumerChange`=false. */
const NOTIFY_BATCH = { firstUs: 30_000_000, periodUs: 15_000_000 };
const notifyBatch = defineEvent<Record<string, never>>('broker.notify-batch');

export function startClients(sim: RocketSim, node: number): void {
  startTimer(sim, node, channelScan);
}

/**
 * `SubscriptionGroupManager#findSubscriptionGroupConfig`: false when the group is unknown and may not be created.
 * A consumer group gets its retry topic with it. [CL-20]
 */
export function ensureGroup(sim: RocketSim, node: number, group: string): boolean {
  const { service, config } = brokerOf(sim, node);
  const { subscriptionGroups } = service.disk;
  if (subscriptionGroups.has(group)) return true;
  if (!config.autoCreateSubscriptionGroup) return false;
  subscriptionGroups.set(group, MADE_GROUP);
  const cause = sim.currentCause;
  sim.because(cause, () => sim.emit(groupCreated, node, internText(sim.state.arena, group)));
  return true;
}

/** What the broker keeps of a group; of one that it does not know, the defaults. */
export function groupConfigOf(sim: RocketSim, node: number, group: string): SubscriptionGroupConfig {
  const known = brokerOf(sim, node).service.disk.subscriptionGroups.get(group);
  return known ?? MADE_GROUP;
}

/** A connection of a client is gone, closed by whomever: the rest of its groups is told at once. [CL-21, CL-22] */
export function forgetConnection(sim: RocketSim, node: number, conn: number): void {
  const { service } = brokerOf(sim, node);
  for (const [group, info] of [...service.groups]) {
    const channel = info.channels.get(conn);
    if (channel === undefined) continue;
    if (channel.grpc) {
      const cause = sim.currentCause;
      const limitUs = brokerOf(sim, node).config.channelExpiredTimeout * 1000;
      sim.because(cause, () => sim.emit(clientLingers, node, channel.peer, limitUs));
      continue;
    }
    leave(service, group, info, conn);
    const cause = sim.currentCause;
    sim.because(cause, () => {
      sim.emit(clientForgotten, node, channel.peer, internText(sim.state.arena, group));
      notifyMembers(sim, node, group);
    });
  }
  for (const clients of service.producers.values()) clients.delete(conn);
}

function leave(service: BrokerService, group: string, info: GroupInfo, conn: number): void {
  info.channels.delete(conn);
  if (info.channels.size === 0) service.groups.delete(group);
}

/** `ConsumerManager#registerConsumer`. True when the members of the group should hear of it. */
function registerConsumer(
  sim: RocketSim,
  node: number,
  conn: number,
  peer: number,
  clientId: string,
  { group, messageModel, subscriptions, grpc = false }: ConsumerData,
): boolean {
  const { service } = brokerOf(sim, node);
  let info = service.groups.get(group);
  if (info === undefined) {
    info = { messageModel, channels: new Map(), subscriptions: new Map() };
    service.groups.set(group, info);
  }
  info.messageModel = messageModel;
  const before = grpc ? [...info.channels].find(([, channel]) => channel.clientId === clientId)?.[0] : conn;
  const known = info.channels.get(before ?? conn);
  if (known !== undefined && before !== undefined && before !== conn) {
    info.channels.delete(before);
    info.channels.set(conn, known);
  }
  if (known === undefined) {
    info.channels.set(conn, { clientId, peer, lastUs: sim.nowUs, grpc });
    const cause = sim.currentCause;
    sim.because(cause, () => sim.emit(clientRegistered, node, peer, internText(sim.state.arena, group)));
  } else known.lastUs = sim.nowUs;
  const changed = updateSubscriptions(sim, node, peer, info, subscriptions);
  return known === undefined || changed;
}

/** `ConsumerGroupInfo#updateSubscription`: the newest version of a topic wins, topics that are not named go. */
function updateSubscriptions(
  sim: RocketSim,
  node: number,
  peer: number,
  info: GroupInfo,
  subscriptions: ConsumerData['subscriptions'],
): boolean {
  const { arena } = sim.state;
  const cause = sim.currentCause;
  let changed = false;
  for (const subscription of subscriptions) {
    const { topic, filter, versionUs } = subscription;
    const known = info.subscriptions.get(topic);
    if (known !== undefined && versionUs <= known.versionUs) continue;
    if (known === undefined) changed = true;
    info.subscriptions.set(topic, subscription);
    const text = spell(filter);
    if (known === undefined && filter.kind !== 'all') {
      sim.because(cause, () => sim.emit(subscriptionKnown, node, peer, internText(arena, text)));
    } else if (known !== undefined && spell(known.filter) !== text) {
      sim.because(cause, () => sim.emit(subscriptionReplaced, node, peer, internText(arena, text)));
    }
  }
  for (const topic of [...info.subscriptions.keys()]) {
    if (subscriptions.some((subscription) => subscription.topic === topic)) continue;
    info.subscriptions.delete(topic);
    changed = true;
    sim.because(cause, () => sim.emit(subscriptionErased, node, peer, internText(arena, topic)));
  }
  return changed;
}

/** NOTIFY_CONSUMER_IDS_CHANGED to every channel of a clustering group: a hint, sent once. [CL-22] */
function notifyMembers(sim: RocketSim, node: number, group: string): void {
  const { service, config } = brokerOf(sim, node);
  const info = service.groups.get(group);
  if (info === undefined || info.messageModel === 'BROADCASTING' || !config.notifyConsumerIdsChangedEnable)
    return;
  if (config.realTimeNotifyConsumerChange) {
    pushNotice(sim, node, group, info);
    return;
  }
  if (service.notifyLater.size === 0) {
    sim.at(tickAtOrAfter(sim, node, NOTIFY_BATCH, sim.nowUs), node, notifyBatch, {});
  }
  service.notifyLater.add(group);
}

function pushNotice(sim: RocketSim, node: number, group: string, info: GroupInfo): void {
  const cause = sim.currentCause;
  sim.because(cause, () => {
    sim.emit(membersNotified, node, internText(sim.state.arena, group), info.channels.size);
    for (const [conn, { grpc }] of info.channels)
      if (!grpc) pushOneway(sim, node, conn, notifyConsumerIdsChanged, { group });
  });
}

/** Channels without a heartbeat for `channelExpiredTimeout` are dropped and closed; nobody is told. [CL-21] */
function scanChannels(sim: RocketSim, node: number): void {
  const { service, config } = brokerOf(sim, node);
  const limitUs = config.channelExpiredTimeout * 1000;
  const expired = new Map<number, ClientChannel>();
  const collect = (channels: Map<number, ClientChannel>) => {
    for (const [conn, channel] of [...channels]) {
      if (sim.nowUs - channel.lastUs <= limitUs) continue;
      channels.delete(conn);
      expired.set(conn, channel);
    }
  };
  for (const [group, info] of [...service.groups]) {
    collect(info.channels);
    if (info.channels.size === 0) service.groups.delete(group);
  }
  for (const clients of service.producers.values()) collect(clients);
  const cause = sim.currentCause;
  for (const [conn, channel] of expired) {
    sim.because(cause, () => {
      const silentUs = sim.nowUs - channel.lastUs;
      sim.emit(clientExpired, node, channel.peer, silentUs, faultBehind(sim, node, channel.peer));
      if (channel.grpc) {
        clearReceipts(sim, node, channel.clientId, channel.peer);
        return;
      }
      remotingOf(sim, node).accepted.delete(conn);
      close(sim, conn, node);
    });
  }
}

export function registerClients(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(heartBeat.event, (sim, node, request) => {
      reserveCpu(sim, node, REQUEST_CPU_NS);
      const { conn, from, body } = request;
      const { service } = brokerOf(sim, node);
      for (const consumer of body.consumers) {
        if (!ensureGroup(sim, node, consumer.group)) continue;
        const retryTopic = retryTopicOf(consumer.group);
        if (topicConfigOf(brokerOf(sim, node), retryTopic) === undefined)
          createGroupTopic(sim, node, retryTopic, groupConfigOf(sim, node, consumer.group).retryQueueNums);
        if (registerConsumer(sim, node, conn, from, body.clientId, consumer)) {
          notifyMembers(sim, node, consumer.group);
        }
      }
      for (const group of body.producerGroups) {
        let clients = service.producers.get(group);
        if (clients === undefined) {
          clients = new Map();
          service.producers.set(group, clients);
        }
        const known = clients.get(conn);
        if (known === undefined)
          clients.set(conn, { clientId: body.clientId, peer: from, lastUs: sim.nowUs, grpc: false });
        else known.lastUs = sim.nowUs;
      }
      reply(sim, node, request, { body: undefined });
    })
    .on(unregisterClient.event, (sim, node, request) => {
      reserveCpu(sim, node, REQUEST_CPU_NS);
      const { conn, body } = request;
      const { service } = brokerOf(sim, node);
      if (body.producerGroup !== undefined) service.producers.get(body.producerGroup)?.delete(conn);
      if (body.consumerGroup !== undefined) {
        const info = service.groups.get(body.consumerGroup);
        const channel = info?.channels.get(conn);
        if (info !== undefined && channel !== undefined) {
          leave(service, body.consumerGroup, info, conn);
          if (channel.grpc) clearReceipts(sim, node, channel.clientId, channel.peer);
          notifyMembers(sim, node, body.consumerGroup);
        }
      }
      reply(sim, node, request, { body: undefined });
    })
    .on(checkClientConfig.event, (sim, node, request) => {
      reserveCpu(sim, node, REQUEST_CPU_NS);
      const { from, body } = request;
      if (canFilter(brokerOf(sim, node), body.filter)) reply(sim, node, request, { body: undefined });
      else {
        sim.emit(filterUnsupported, node, from, internText(sim.state.arena, body.group));
        reply(sim, node, request, { status: Code.SYSTEM_ERROR, body: undefined, remark: NO_SQL });
      }
    })
    .on(getConsumerList.event, (sim, node, request) => {
      reserveCpu(sim, node, REQUEST_CPU_NS);
      const info = brokerOf(sim, node).service.groups.get(request.body.group);
      if (info === undefined) {
        const remark = `no consumer for this group, ${request.body.group}`;
        reply(sim, node, request, { status: Code.SYSTEM_ERROR, body: [], remark });
      } else {
        reply(sim, node, request, { body: [...info.channels.values()].map(({ clientId }) => clientId) });
      }
    })
    .on(notifyBatch, (sim, node) => {
      const { service } = brokerOf(sim, node);
      const groups = [...service.notifyLater];
      service.notifyLater.clear();
      for (const group of groups) {
        const info = service.groups.get(group);
        if (info !== undefined) pushNotice(sim, node, group, info);
      }
    });
}
