import type { ClusterView, ConsumerView, LinkView, ProcessView } from '../../../engine/view';
import { processesOf } from '../names';

/** The link between two processes, in either direction; undefined while it is an ordinary one. */
export function linkBetween(view: ClusterView, a: string, b: string): LinkView | undefined {
  return view.links.find(
    ({ between: [one, other] }) => (one === a && other === b) || (one === b && other === a),
  );
}

export interface LinkState {
  readonly cut: boolean;
  /** The one-way delay of a link that was slowed; 0 of an ordinary one. */
  readonly slowUs: number;
}

export function linkState(view: ClusterView, a: string, b: string): LinkState {
  const link = linkBetween(view, a, b);
  return { cut: link?.cut ?? false, slowUs: link && !link.cut ? link.latencyUs : 0 };
}

type SendLook = 'live' | 'dead-end' | 'idle' | 'none';

export interface SendState extends LinkState {
  readonly look: SendLook;
  /** Sends without an answer. */
  readonly waiting: number;
}

/** How the way from a producer to a broker looks: what it would send to now, and what it waits for. */
export function sendState(view: ClusterView, from: string, to: string): SendState {
  const client = view.clients.find(({ id }) => id === from);
  const target = replicaIn(view, to);
  const link = linkState(view, from, to);
  const waiting = client?.waiting.find(({ on }) => on === to)?.count ?? 0;
  const aims = client?.targets.includes(to) ?? false;
  const answers = target !== undefined && target.state === 'up' && !link.cut;
  return { ...link, waiting, look: sendLook(client, aims || waiting > 0, answers) };
}

function sendLook(client: ProcessView | undefined, used: boolean, answers: boolean): SendLook {
  if (!client || !used) return 'none';
  if (client.state === 'down') return 'idle';
  return answers ? 'live' : 'dead-end';
}

export interface RibbonState extends LinkState {
  /** Its colour, from 1. */
  readonly ordinal: number;
  /** `changing`: more than one consumer of the group holds the queue by its own account. */
  readonly look: 'assigned' | 'failing' | 'changing';
}

/** How the assignment of a queue looks. */
export function ribbonState(
  view: ClusterView,
  queue: number,
  consumerId: string,
  from: string,
): RibbonState | undefined {
  for (const { consumers } of view.consumerGroups) {
    const consumer = consumers.find(({ id }) => id === consumerId);
    if (!consumer) continue;
    const link = linkState(view, from, consumerId);
    const failing = consumer.state === 'down' || link.cut || held(consumer, queue)?.failing === true;
    const holders = consumers.filter((other) => held(other, queue)).length;
    return {
      ...link,
      ordinal: consumer.ordinal,
      look: failing ? 'failing' : holders > 1 ? 'changing' : 'assigned',
    };
  }
  return undefined;
}

const held = (consumer: ConsumerView, queue: number) =>
  consumer.queues.find((other) => other.queue === queue);

export interface FeedState extends LinkState {
  readonly connected: boolean;
}

/** How a follower is fed. */
export function feedState(view: ClusterView, leader: string, follower: string): FeedState {
  const replica = replicaIn(view, follower);
  const source = replicaIn(view, leader);
  const link = linkState(view, leader, follower);
  const stands = replica?.state !== 'down' && source?.state !== 'down';
  return { ...link, connected: stands && !link.cut && (replica?.feed?.connected ?? false) };
}

export interface BusState {
  readonly dead: boolean;
  /** Registries to which the link of this process is cut, or slowed with the delay. */
  readonly cut: readonly string[];
  readonly slow: readonly { readonly registry: string; readonly latencyUs: number }[];
}

/** How a process reaches the registries. */
export function busState(view: ClusterView, process: string): BusState {
  const links = view.registries.map(({ id }) => ({ id, ...linkState(view, process, id) }));
  return {
    dead: processIn(view, process)?.state === 'down',
    cut: links.filter(({ cut }) => cut).map(({ id }) => id),
    slow: links
      .filter(({ slowUs }) => slowUs > 0)
      .map(({ id, slowUs }) => ({ registry: id, latencyUs: slowUs })),
  };
}

const replicaIn = (view: ClusterView, id: string) =>
  view.groups.flatMap(({ replicas }) => replicas).find((replica) => replica.id === id);

export const processIn = (view: ClusterView, id: string): ProcessView | undefined =>
  processesOf(view).find((process) => process.id === id);
