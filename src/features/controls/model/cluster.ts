import type { Pair } from '../../../engine/scenario/types';
import type { ClusterView, LinkView, ProcessView, ReplicaView } from '../../../engine/view';
import { linkName, type ProcessRole } from './settings';

/** A process as the controls name it. */
export interface Named {
  readonly process: ProcessView;
  readonly role: ProcessRole;
  /** `C1` for a consumer, else the id. */
  readonly label: string;
}

/** Every process of the cluster, in the order of the picture. */
export function processesOf(view: ClusterView): readonly Named[] {
  const plain = (role: ProcessRole) => (process: ProcessView) => ({ process, role, label: process.id });
  return [
    ...view.registries.map(plain('nameserver')),
    ...(view.controllers ?? []).map(plain('controller')),
    ...view.groups.flatMap((group) => group.replicas.map(plain('broker'))),
    ...view.clients.map(plain('producer')),
    ...view.consumerGroups.flatMap((group) =>
      group.consumers.map((process) => ({ process, role: 'consumer' as const, label: process.label })),
    ),
  ];
}

export function namedIn(view: ClusterView, id: string | null): Named | undefined {
  return id === null ? undefined : processesOf(view).find(({ process }) => process.id === id);
}

export const labelIn = (view: ClusterView, id: string): string => namedIn(view, id)?.label ?? id;

export function leaderIn(group: ClusterView['groups'][number]): ReplicaView | undefined {
  return group.replicas.find(({ role }) => role === 'leader');
}

/** Whom the faults act on: the selected process, else the first master. */
export function targetIn(view: ClusterView, selected: string | null): Named | undefined {
  const [group] = view.groups;
  return namedIn(view, selected) ?? namedIn(view, (group && leaderIn(group)?.id) ?? null);
}

/** Processes that a process may talk to, the likeliest first: its replicas, and those that it sends to or pulls from. */
export function peersOf(view: ClusterView, { process, role }: Named): readonly Named[] {
  const all = processesOf(view).filter((other) => other.process.id !== process.id);
  const group = view.groups.find(({ replicas }) => replicas.some(({ id }) => id === process.id));
  const consumers = view.consumerGroups.flatMap((each) => each.consumers);
  const called = new Set([
    ...(group?.replicas.map(({ id }) => id) ?? []),
    ...(view.clients.find(({ id }) => id === process.id)?.targets ?? []),
    ...(consumers.find(({ id }) => id === process.id)?.queues.map(({ from }) => from) ?? []),
  ]);
  const near = (other: Named): number => {
    if (called.has(other.process.id)) return 0;
    if (other.role === 'broker') return role === 'broker' ? 4 : 1;
    if (other.role === 'nameserver') return 2;
    return role === 'broker' ? 3 : 4;
  };
  const talks = all.filter((other) => {
    const servers = [role, other.role].filter((each) => each === 'broker' || each === 'nameserver').length;
    return servers > 0 && !(role === 'nameserver' && other.role === 'nameserver');
  });
  return talks
    .map((other) => [near(other), other] as const)
    .sort(([x], [y]) => x - y)
    .map(([, other]) => other);
}

export function linkIn(view: ClusterView, between: Pair): LinkView | undefined {
  return view.links.find((link) => linkName(link.between) === linkName(between));
}
