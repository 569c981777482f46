import type {
  ClusterView,
  ConsumerGroupView,
  LaneView,
  QueueView,
  ReplicaGroupView,
  ReplicaView,
} from '../../engine/view';

/** What of a cluster decides where its parts are drawn. Numbers that only count change nothing here. */
export interface GraphShape {
  readonly registries: readonly string[];
  readonly controllers?: readonly string[];
  /** Rows to leave room for in each registry: one for each process that could register. */
  readonly registryRows: number;
  readonly groups: readonly GroupShape[];
  readonly clients: readonly ClientShape[];
  readonly consumerGroups: readonly ConsumerGroupShape[];
  readonly ribbons: readonly RibbonShape[];
  /** Rows of lanes below the logs. */
  readonly lanes: readonly LaneRow[];
}

/** The lanes of one consumer group, or of none: what waits stands left, what is parked right. */
export interface LaneRow {
  readonly group: string;
  readonly left: string | undefined;
  readonly right: string | undefined;
}

export interface GroupShape {
  readonly id: string;
  /** The process drawn with the whole log, and below it those drawn with one row. */
  readonly leader: string;
  readonly followers: readonly string[];
  readonly lanes: readonly LaneShape[];
}

/** A line below the log: the name of a topic where there are several, or a queue. */
export type LaneShape =
  | { readonly topic: string }
  | {
      readonly queue: number;
      readonly name: string;
      /** Consumer groups that read it: a row for each, and one when there is none. */
      readonly groups: readonly string[];
    };

interface ClientShape {
  readonly id: string;
  /** Replica groups that hold a queue of its topic. */
  readonly groups: readonly string[];
}

export interface ConsumerGroupShape {
  readonly id: string;
  readonly consumers: readonly string[];
}

/** A queue in the hands of a consumer, by that consumer's own account. */
export interface RibbonShape {
  readonly queue: number;
  readonly group: string;
  /** The process that it pulls from; the leader until it has chosen. */
  readonly from: string;
  readonly consumer: string;
  readonly consumerGroup: string;
}

export function graphShape(view: ClusterView): GraphShape {
  return {
    registries: view.registries.map(({ id }) => id),
    controllers: view.controllers?.map(({ id }) => id) ?? [],
    registryRows: view.groups.reduce((sum, group) => sum + group.replicas.length, 0),
    groups: view.groups.map(groupShape),
    clients: view.clients.map(({ id, topic }) => ({
      id,
      groups: view.groups
        .filter((group) => group.queues.some((queue) => queue.topic === topic))
        .map((g) => g.id),
    })),
    consumerGroups: view.consumerGroups.map((group) => ({
      id: group.id,
      consumers: group.consumers.map(({ id }) => id),
    })),
    ribbons: view.consumerGroups.flatMap((group) => ribbonShapes(group, view.groups)),
    lanes: laneRows(view.lanes),
  };
}

/** What was given up stands right of what led to it. */
const RIGHT_OF: Partial<Record<LaneView['kind'], LaneView['kind']>> = {
  deadLetter: 'retry',
  discarded: 'half',
};

function laneRows(lanes: readonly LaneView[]): readonly LaneRow[] {
  const rowOf = ({ kind, group }: LaneView) => `${RIGHT_OF[kind] ?? kind}:${group}`;
  return [...new Set(lanes.map(rowOf))].map((row) => {
    const own = lanes.filter((lane) => rowOf(lane) === row);
    return {
      group: own[0]?.group ?? '',
      left: own.find(({ kind }) => !(kind in RIGHT_OF))?.id,
      right: own.find(({ kind }) => kind in RIGHT_OF)?.id,
    };
  });
}

/** The process whose card shows the log and the queues: the leader, or the first when there is none. */
export function leaderOf(group: ReplicaGroupView): ReplicaView | undefined {
  return group.replicas.find(({ role }) => role === 'leader') ?? group.replicas[0];
}

/** A topic of the product's own, such as `%RETRY%group`, is drawn once something has arrived in it. */
const isShown = (queue: QueueView): boolean => !queue.topic.startsWith('%') || queue.max > 0;

function groupShape(group: ReplicaGroupView): GroupShape {
  const leader = leaderOf(group);
  return {
    id: group.id,
    leader: leader?.id ?? group.id,
    followers: group.replicas.filter((replica) => replica !== leader).map(({ id }) => id),
    lanes: laneShapes(group.queues.filter(isShown)),
  };
}

function laneShapes(queues: readonly QueueView[]): readonly LaneShape[] {
  const topics = [...new Set(queues.map(({ topic }) => topic))];
  return topics.flatMap((topic): LaneShape[] => [
    ...(topics.length > 1 ? [{ topic }] : []),
    ...queues
      .filter((queue) => queue.topic === topic)
      .map(({ queue, queueId, positions }) => ({
        queue,
        name: `q${queueId}`,
        groups: positions.map(({ group }) => group),
      })),
  ]);
}

function ribbonShapes(group: ConsumerGroupView, groups: readonly ReplicaGroupView[]): RibbonShape[] {
  const shown = new Set(groups.flatMap((g) => g.queues.filter(isShown).map(({ queue }) => queue)));
  const leaders = new Map(groups.map((g) => [g.id, leaderOf(g)?.id ?? '']));
  return group.consumers.flatMap((consumer) =>
    consumer.queues
      .filter(({ queue }) => shown.has(queue))
      .map(({ queue, replicaGroup, from }) => ({
        queue,
        group: replicaGroup,
        from: from || (leaders.get(replicaGroup) ?? ''),
        consumer: consumer.id,
        consumerGroup: group.id,
      })),
  );
}
