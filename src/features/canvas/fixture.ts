import type {
  ClusterView,
  ConsumerView,
  FlightGlyph,
  LaneView,
  ProcessView,
  QueueView,
  ReplicaGroupView,
  ReplicaView,
  StripColumn,
  StripView,
} from '../../engine/view';
import { FLIGHT_GLYPHS } from '../../state/motion';
import type { Motion } from '../../worker/protocol';
import { processNumbers } from './names';

/** The run of the design's sample data at 75.5 s: broker-b lost its power at 71.9 s, three messages are gone. */
export function sampleView(): ClusterView {
  return numbered({
    nowUs: 75_500_000,
    registries: ['ns-1', 'ns-2'].map((id) => ({
      ...up(id),
      topics: 1,
      rows: [
        registration('broker-a', 0, 5.5, true),
        registration('broker-a', 1, 4.1, true),
        registration('broker-b', 0, 33, false),
        registration('broker-b', 1, 2.9, true),
      ],
    })),
    groups: [brokerA(), brokerB()],
    clients: [producer('P1', 'web-1', 13), producer('P2', 'web-2', 8.4)],
    consumerGroups: [
      {
        id: 'order-billing',
        topics: ['Orders'],
        lag: 67,
        consumers: [
          consumer('C1', 1, 15, 20_000, 2, 1.2, ['broker-a 0 0', 'broker-a 1 1', 'broker-a 2 2']),
          consumer('C2', 2, 4, 250_000, 3, 3.8, [
            'broker-a 3 3',
            'broker-b 4 0 failing',
            'broker-b 5 1 failing',
          ]),
          consumer('C3', 3, 0, 250_000, 0, 30, ['broker-b 6 2 failing', 'broker-b 7 3 failing']),
        ],
      },
    ],
    lanes: [],
    links: [{ between: ['broker-b:0', 'broker-b:1'], cut: false, latencyUs: 150_000 }],
  });
}

export interface ClusterSize {
  readonly registries: number;
  readonly groups: number;
  readonly followers: number;
  readonly queues: number;
  readonly clients: number;
  /** Consumers of each consumer group. */
  readonly consumers: readonly number[];
  /** Lanes of each consumer group. */
  readonly lanes?: readonly (readonly LaneView['kind'][])[];
}

/** A lane of a group without a message in it. */
export function laneOf(kind: LaneView['kind'], group: string, parts: Partial<LaneView> = {}): LaneView {
  const topic = {
    retry: `%RETRY%${group}`,
    deadLetter: `%DLQ%${group}`,
    delay: 'SCHEDULE_TOPIC_XXXX',
    timer: 'rmq_sys_wheel_timer',
    half: 'RMQ_SYS_TRANS_HALF_TOPIC',
    discarded: 'TRANS_CHECK_MAX_TIME_TOPIC',
  }[kind];
  return {
    ...{ id: `${kind}:${group}`, kind, topic, group },
    ...{ waiting: 0, ready: 0, levels: [], parked: [] },
    ...parts,
  };
}

/** A healthy cluster of any size; queues are assigned averagely. */
export function clusterOf(size: ClusterSize): ClusterView {
  const groupIds = Array.from({ length: size.groups }, (_, g) => `broker-${'abcdefgh'[g]}`);
  const consumerGroups = size.consumers.map((count, n) => {
    const before = size.consumers.slice(0, n).reduce((sum, other) => sum + other, 0);
    return consumersOf(groupIds, size.queues, n, count, before);
  });
  const groups = groupIds.map(
    (id, g): ReplicaGroupView => ({
      id,
      replicas: Array.from({ length: 1 + size.followers }, (_, replica) => replicaOf(id, replica, {})),
      queues: Array.from({ length: size.queues }, (_, queueId): QueueView => {
        const queue = g * size.queues + queueId;
        return {
          queue,
          topic: 'Orders',
          queueId,
          min: 0,
          max: 10,
          positions: consumerGroups.map((group) => ({
            group: group.id,
            committed: 10,
            owners: group.consumers
              .filter((c) => c.queues.some((q) => q.queue === queue))
              .map(({ id: owner }) => owner),
          })),
          lostOffsets: [],
          tail: [],
        };
      }),
    }),
  );
  return numbered({
    nowUs: 0,
    registries: Array.from({ length: size.registries }, (_, i) => ({
      ...up(`ns-${i + 1}`),
      topics: 1,
      rows: groups.flatMap(({ id, replicas }) => replicas.map((r) => registration(id, r.replica, 1, true))),
    })),
    groups,
    clients: Array.from({ length: size.clients }, (_, i) => ({
      ...producer(`producer-${i + 1}`, `producer-${i + 1}`, 1),
      waiting: [],
      targets: groupIds.map((id) => `${id}:0`),
    })),
    consumerGroups,
    lanes: (size.lanes ?? []).flatMap((kinds, n) => kinds.map((kind) => laneOf(kind, `service-${n + 1}`))),
    links: [],
  });
}

function consumersOf(groupIds: readonly string[], queues: number, n: number, count: number, before: number) {
  const all = groupIds.flatMap((id, g) =>
    Array.from({ length: queues }, (_, queueId) => `${id} ${g * queues + queueId} ${queueId}`),
  );
  const share = Math.ceil(all.length / Math.max(1, count));
  return {
    id: `service-${n + 1}`,
    topics: ['Orders'],
    lag: 0,
    consumers: Array.from({ length: count }, (_, i) => ({
      ...consumer(
        `consumer-${before + i + 1}`,
        before + i + 1,
        10,
        10_000,
        0,
        1,
        all.slice(i * share, (i + 1) * share),
      ),
      group: `service-${n + 1}`,
    })),
  };
}

/** Gives each process its number, in the order of the graph. */
function numbered(view: ClusterView): ClusterView {
  let node = 0;
  const number = <P extends ProcessView>(process: P): P => ({ ...process, node: node++ });
  return {
    ...view,
    registries: view.registries.map(number),
    groups: view.groups.map((group) => ({ ...group, replicas: group.replicas.map(number) })),
    clients: view.clients.map(number),
    consumerGroups: view.consumerGroups.map((group) => ({
      ...group,
      consumers: group.consumers.map(number),
    })),
  };
}

/** Something on the wire, as shares of its way: `from to glyph share [message]`. */
export function motionOf(view: ClusterView, flights: readonly string[]): Motion {
  const numbers = new Map(processNumbers(view));
  const parsed = flights.map((text) => text.split(' '));
  const node = (column: number) =>
    Uint16Array.from(parsed, (flight) => numbers.get(flight[column] ?? '') ?? 0);
  const share = parsed.map((flight) => Number(flight[3]));
  return {
    count: flights.length,
    leftOut: 0,
    from: node(0),
    to: node(1),
    sentUs: Float64Array.from(share, (part) => view.nowUs - part * 1_000),
    arriveUs: Float64Array.from(share, (part) => view.nowUs + (1 - part) * 1_000),
    glyph: Uint8Array.from(parsed, ([, , glyph]) => FLIGHT_GLYPHS.indexOf(glyph as FlightGlyph)),
    message: Int32Array.from(parsed, (flight) => Number(flight[4] ?? -1)),
    conn: new Uint32Array(flights.length),
    moves: [],
    flows: { from: new Uint16Array(), to: new Uint16Array(), perSecond: new Float32Array() },
  };
}

/** What is on the wire in the sample. */
export const SAMPLE_FLIGHTS = [
  'P1 broker-a:0 message 0.42 1466',
  'P2 broker-a:0 message 0.3 1465',
  'broker-a:0 P2 ack 0.35 1464',
  'broker-a:0 C1 delivery 0.6 1460',
  'broker-a:0 ns-2 heartbeat 0.7',
  'broker-b:1 ns-1 heartbeat 0.2',
] as const;

export function up(id: string, host = id): ProcessView {
  return { id, node: 0, host, state: 'up', sinceUs: 0 };
}

function registration(group: string, replica: number, ageSeconds: number, alive: boolean) {
  return {
    group,
    replica,
    process: `${group}:${replica}`,
    ageUs: ageSeconds * 1_000_000,
    limitUs: 120_000_000,
    true: alive,
  };
}

function producer(id: string, host: string, routeAgeSeconds: number) {
  return {
    ...up(id, host),
    group: 'order-producers',
    topic: 'Orders',
    mode: 'async',
    ratePerSecond: 20,
    paused: false,
    routeAgeUs: routeAgeSeconds * 1_000_000,
    waiting: [{ on: 'broker-b:0', count: 30 }],
    sent: 1_510,
    acknowledged: 1_480,
    failed: 0,
    targets: ['broker-a:0', 'broker-b:0'],
  };
}

/** Queues as `group queue queueId [failing]`. */
function consumer(
  label: string,
  number: number,
  ratePerSecond: number,
  processingUs: number,
  cached: number,
  offsetAgeSeconds: number,
  queues: readonly string[],
): ConsumerView {
  return {
    ...up(label),
    group: 'order-billing',
    label: `C${number}`,
    ordinal: number,
    paused: false,
    queues: queues.map((text) => {
      const [replicaGroup = '', queue, queueId, failing] = text.split(' ');
      return {
        queue: Number(queue),
        topic: 'Orders',
        replicaGroup,
        queueId: Number(queueId),
        from: `${replicaGroup}:0`,
        failing: failing !== undefined,
        cached: 0,
      };
    }),
    ratePerSecond,
    processingUs,
    cached,
    running: Math.min(cached, 1),
    offsets: { are: 'sent', agoUs: offsetAgeSeconds * 1_000_000 },
  };
}

function brokerA(): ReplicaGroupView {
  return {
    id: 'broker-a',
    replicas: [
      replicaOf('broker-a', 0, {
        strip: {
          ...columns(26, (i) => ({
            mem: i < 19 ? 2 : 1,
            disk: i < 19,
            replica: i < 25 ? (i < 19 ? 2 : 1) : 0,
          })),
          ...{ appendedBytes: 1_832_488, flushedBytes: 1_824_060, replicatedBytes: 1_831_284, unflushed: 7 },
        },
      }),
      replicaOf('broker-a', 1, {
        strip: {
          ...columns(25, (i) => ({ mem: i < 19 ? 2 : 1, disk: i < 19 })),
          ...{ appendedBytes: 1_831_284, flushedBytes: 1_824_060, unflushed: 6 },
        },
        feed: { connected: true, lagMessages: 1, latencyUs: 600 },
      }),
    ],
    queues: [
      queue(0, 0, 398, 396, 'C1'),
      queue(1, 1, 372, 372, 'C1'),
      queue(2, 2, 381, 380, 'C1'),
      queue(3, 3, 371, 347, 'C2'),
    ],
  };
}

function brokerB(): ReplicaGroupView {
  return {
    id: 'broker-b',
    replicas: [
      replicaOf('broker-b', 0, {
        state: 'down',
        failure: 'power',
        sinceUs: 71_900_000,
        strip: {
          ...columns(26, (i) => ({
            mem: 0,
            disk: i < 15,
            replica: i < 15 ? 2 : i < 23 ? 1 : 0,
            lost: i >= 23,
          })),
          ...{ appendedBytes: 1_731_352, flushedBytes: 1_718_108, replicatedBytes: 1_727_740 },
          ...{ replicaOnly: 8, lost: 3 },
        },
        believers: [
          { by: 'ns-1', leftUs: 87_000_000, limitUs: 120_000_000 },
          { by: 'ns-2', leftUs: 87_000_000, limitUs: 120_000_000 },
        ],
        servesReads: false,
      }),
      replicaOf('broker-b', 1, {
        strip: {
          ...columns(23, (i) => ({ mem: i < 16 ? 2 : 1, disk: i < 16 })),
          ...{ appendedBytes: 1_727_740, flushedBytes: 1_719_312, unflushed: 7 },
        },
        feed: { connected: false, lagMessages: 3, latencyUs: 150_000 },
        servesReads: false,
      }),
    ],
    queues: [
      { ...queue(4, 0, 352, 341, 'C2'), lostOffsets: [351] },
      queue(5, 1, 371, 360, 'C2'),
      { ...queue(6, 2, 402, 391, 'C3'), lostOffsets: [400, 401] },
      queue(7, 3, 313, 306, 'C3'),
    ],
  };
}

function queue(number: number, queueId: number, max: number, committed: number, owner: string): QueueView {
  return {
    queue: number,
    topic: 'Orders',
    queueId,
    min: 0,
    max,
    positions: [{ group: 'order-billing', committed, owners: [owner] }],
    lostOffsets: [],
    tail: Array.from({ length: max - committed }, (_, i) => 100 * number + i),
  };
}

type ReplicaParts = Partial<Omit<ReplicaView, 'strip'>> & { readonly strip?: Partial<StripView> };

function replicaOf(group: string, replica: number, { strip, ...parts }: ReplicaParts): ReplicaView {
  return {
    ...up(`${group}:${replica}`),
    role: replica === 0 ? 'leader' : 'follower',
    replica,
    chips:
      replica === 0
        ? [
            { key: 'flushDiskType', value: 'ASYNC_FLUSH' },
            { key: 'brokerRole', value: 'ASYNC_MASTER' },
          ]
        : [{ key: 'brokerRole', value: 'SLAVE' }],
    strip: {
      ...columns(26, () => ({ mem: 2, disk: true, replica: 2 })),
      ...{ appendedBytes: 0, flushedBytes: 0, replicatedBytes: 0 },
      ...{ unflushed: 0, replicaOnly: 0, lost: 0, followerLag: 0 },
      ...strip,
    },
    believers: [],
    servesReads: true,
    ...(replica === 0 ? {} : { feed: { connected: true, lagMessages: 0, latencyUs: 250 } }),
    waitingFlush: 0,
    waitingReplicas: 0,
    cpu: 0.1,
    disk: 0.1,
    ...parts,
  };
}

function columns(count: number, of: (index: number) => Partial<StripColumn>) {
  return {
    messagesPerColumn: 1,
    columns: Array.from(
      { length: count },
      (_, i): StripColumn => ({
        ...{ mem: 0, disk: false, replica: 0, lost: false, message: i },
        ...of(i),
      }),
    ),
  };
}
