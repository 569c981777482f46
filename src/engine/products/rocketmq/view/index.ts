import { processOf } from '../../../model/env';
import { messageTopic, queueOf } from '../../../model/world';
import type { LogAccess } from '../../../product';
import type { ClusterView, LinkView, MoveView } from '../../../view';
import { isSlave } from '../broker/store-state';
import { inGroup } from '../dledger/dledger-state';
import { matchesMessage } from '../filter/filter';
import { RETRY_PREFIX } from '../retry/retry-topics';
import type { RocketSim } from '../state';
import { consumerGroupViews } from './consumers';
import { controllerViews } from './controllers';
import { laneOfTopic } from './lane-topics';
import { laneViews } from './lanes';
import { movesOf } from './moves';
import { nameOf } from './processes';
import { clientViews } from './producers';
import { byText, committedOffset, isSystemTopic, leaderOf, maxOffset } from './queues';
import { registryViews } from './registries';
import { replicaGroupViews } from './replica-groups';

export { flight } from './flights';

/** The whole cluster as the screen sees it. */
export function view(sim: RocketSim): ClusterView {
  return {
    nowUs: sim.nowUs,
    registries: registryViews(sim),
    ...(sim.state.product.controllers.size === 0 ? {} : { controllers: controllerViews(sim) }),
    groups: replicaGroupViews(sim),
    clients: clientViews(sim),
    consumerGroups: consumerGroupViews(sim),
    lanes: laneViews(sim, new Set(moves(sim).flatMap(({ from, to }) => [from, to]))),
    links: linkViews(sim),
  };
}

/** Looked for only where a broker has stored something apart; what comes to a retry topic has come from elsewhere. */
export function moves(sim: RocketSim): readonly MoveView[] {
  const { arena, product } = sim.state;
  for (const { store } of product.brokers.values()) {
    for (const queue of store.memory.nextOffsets.keys()) {
      const { topic } = queueOf(arena, queue);
      if (!topic.startsWith(RETRY_PREFIX) && laneOfTopic(topic, '') !== undefined) return movesOf(sim);
    }
  }
  return [];
}

/** Links that are cut or slower than the scenario made them. */
function linkViews(sim: RocketSim): LinkView[] {
  const { env } = sim.state;
  const views: LinkView[] = [];
  for (const link of env.links.values()) {
    const slowed = link.factor !== 1 || link.latencyUs !== link.baseLatencyUs;
    const unusual = link.latencyUs !== undefined;
    if (!link.cut && !slowed && !unusual) continue;
    views.push({
      between: [nameOf(sim, link.a), nameOf(sim, link.b)],
      cut: link.cut,
      latencyUs: Math.ceil((link.latencyUs ?? env.params.latencyUs) * link.factor),
    });
  }
  return views;
}

/** Every broker's log, and what its copies are worth to consumers (`Product.logs`). */
export function logs(sim: RocketSim): LogAccess[] {
  const { product } = sim.state;
  return [...product.brokers.values()].map((broker) => {
    const leader = leaderOf(sim, broker.brokerName);
    const readable = !isSlave(broker) || product.version === '4.9' || broker.config.slaveReadEnable;
    // Consumers read from the master while it runs, whatever surplus a slave may hold (HA-5, HA-9).
    const masterDown = leader === undefined || processOf(sim.state.env, leader.node).state === 'down';
    return {
      node: broker.node,
      group: broker.brokerName,
      role: broker === leader ? 'leader' : 'follower',
      log: broker.store.log,
      // A group elects another leader by itself.
      servable: broker === leader || inGroup(broker) || (readable && masterDown),
    };
  });
}

export function groupOf(sim: RocketSim, node: number): string | undefined {
  return sim.state.product.consumers.get(node)?.spec.group;
}

export function groupsOf(sim: RocketSim, topic: string): readonly string[] {
  const groups = new Set<string>();
  for (const { spec } of sim.state.product.consumers.values())
    if (spec.topic === topic) groups.add(spec.group);
  return [...groups];
}

export function wants(sim: RocketSim, group: string, message: number): boolean {
  const { arena, product } = sim.state;
  for (const { spec, filter } of product.consumers.values()) {
    if (spec.group !== group || spec.topic !== messageTopic(arena, message)) continue;
    if (matchesMessage(arena, filter, message)) return true;
  }
  return false;
}

/** Committed and maximal offset of every queue by group, and its owner by the owner's own account. */
export function offsets(
  sim: RocketSim,
): { group: string; queue: number; committed: number; max: number; owner: string | undefined }[] {
  const { product, arena, env } = sim.state;
  const rows: { group: string; queue: number; committed: number; max: number; owner: string | undefined }[] =
    [];
  arena.queues.forEach((queue, number) => {
    if (isSystemTopic(queue.topic)) return;
    for (const group of groupsOf(sim, queue.topic)) {
      let owner: string | undefined;
      for (const consumer of product.consumers.values()) {
        if (consumer.spec.group !== group || processOf(env, consumer.node).state === 'down') continue;
        if (consumer.state.queues.has(number)) owner ??= nameOf(sim, consumer.node);
      }
      rows.push({
        group,
        queue: number,
        committed: Math.max(0, committedOffset(sim, group, number)),
        max: maxOffset(sim, number),
        owner,
      });
    }
  });
  return rows;
}

export function readsAlone(sim: RocketSim, node: number): boolean {
  return sim.state.product.consumers.get(node)?.spec.messageModel === 'BROADCASTING';
}

/** What every NameServer would answer about each topic: the broker names that it lists (NS-21). */
export function routes(sim: RocketSim): Record<string, Record<string, readonly string[]>> {
  const answers: Record<string, Record<string, readonly string[]>> = {};
  for (const { node, tables } of sim.state.product.nameservers.values()) {
    const topics: Record<string, readonly string[]> = {};
    for (const [topic, queues] of tables.topicQueueTable) {
      if (!isSystemTopic(topic)) topics[topic] = [...queues.keys()].sort(byText);
    }
    answers[nameOf(sim, node)] = topics;
  }
  return answers;
}
