import type {
  ClientView,
  ClusterView,
  ConsumerView,
  ControllerView,
  ProcessView,
  ReplicaView,
} from '../../engine/view';

/** A cluster of two pairs with a producer and two consumers, as a scenario file writes it. */
export const SAMPLE_FILE = {
  format: 'mq-playground/scenario@1',
  product: 'rocketmq',
  productVersion: '5.3',
  seed: 1,
  environment: { network: { latencyMs: 0.5 } },
  nameservers: [{ id: 'ns-1' }],
  brokers: ['broker-a', 'broker-b'].flatMap((brokerName) => [
    { id: `${brokerName}:0`, brokerName, brokerId: 0 },
    { id: `${brokerName}:1`, brokerName, brokerId: 1, config: { brokerRole: 'SLAVE' } },
  ]),
  topics: [{ name: 'Orders', queues: 4 }],
  producers: [{ id: 'P1', group: 'senders', topic: 'Orders', mode: 'async', ratePerSecond: 20 }],
  consumers: ['billing-1', 'billing-2'].map((id) => ({
    id,
    group: 'billing',
    topic: 'Orders',
    processingMs: 20,
  })),
};

const NAMES = [
  'ns-1',
  'broker-a:0',
  'broker-a:1',
  'broker-b:0',
  'broker-b:1',
  'P1',
  'billing-1',
  'billing-2',
];

const up = (id: string): ProcessView => ({ id, node: NAMES.indexOf(id), host: id, state: 'up', sinceUs: 0 });

function replica(group: string, number: number, differs: Partial<ProcessView>): ReplicaView {
  const follower = number > 0;
  return {
    ...up(`${group}:${number}`),
    ...differs,
    role: follower ? 'follower' : 'leader',
    replica: number,
    chips: [],
    strip: {
      columns: [],
      messagesPerColumn: 1,
      appendedBytes: 0,
      flushedBytes: 0,
      replicatedBytes: 0,
      unflushed: 0,
      replicaOnly: 0,
      lost: 0,
      followerLag: 0,
    },
    believers: [],
    servesReads: !follower,
    ...(follower && { feed: { connected: true, lagMessages: 0, latencyUs: 500 } }),
    waitingFlush: 0,
    waitingReplicas: 0,
    cpu: 0,
    disk: 0,
  };
}

const controller = (id: string, index: number): ControllerView => ({
  ...up(id),
  role: index === 0 ? 'leader' : 'follower',
  term: 1,
  leader: undefined,
  groups: [],
});

const producer: ClientView = {
  ...up('P1'),
  group: 'senders',
  topic: 'Orders',
  mode: 'async',
  ratePerSecond: 20,
  paused: false,
  routeAgeUs: 0,
  waiting: [],
  sent: 0,
  acknowledged: 0,
  failed: 0,
  targets: ['broker-a:0', 'broker-b:0'],
};

const consumer = (id: string, ordinal: number): ConsumerView => ({
  ...up(id),
  group: 'billing',
  label: `C${ordinal}`,
  ordinal,
  paused: false,
  queues: [],
  ratePerSecond: 10,
  processingUs: 20_000,
  cached: 0,
  running: 0,
  offsets: { are: 'sent', agoUs: 0 },
});

export interface Differs {
  /** Of the master of broker-b. */
  readonly master?: Partial<ProcessView>;
  readonly producer?: Partial<ClientView>;
  readonly lanes?: ClusterView['lanes'];
  readonly links?: ClusterView['links'];
  /** Ids of controllers, the first of which leads. */
  readonly controllers?: readonly string[];
}

/** That cluster at 75.5 s: healthy, but for what differs. */
export function sampleView(differs: Differs = {}): ClusterView {
  return {
    nowUs: 75_500_000,
    registries: [{ ...up('ns-1'), rows: [], topics: 1 }],
    groups: ['broker-a', 'broker-b'].map((id) => ({
      id,
      replicas: [0, 1].map((number) =>
        replica(id, number, (id === 'broker-b' && number === 0 && differs.master) || {}),
      ),
      queues: [],
    })),
    clients: [{ ...producer, ...differs.producer }],
    consumerGroups: [
      {
        id: 'billing',
        topics: ['Orders'],
        lag: 0,
        consumers: [consumer('billing-1', 1), consumer('billing-2', 2)],
      },
    ],
    lanes: differs.lanes ?? [],
    links: differs.links ?? [],
    ...(differs.controllers && { controllers: differs.controllers.map(controller) }),
  };
}
