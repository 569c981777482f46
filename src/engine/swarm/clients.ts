import type { Dice, Part } from './cluster';
import type { Setup, Work } from './promise';
import { PROPERTIES, SQL_FILTERS, TAG_FILTERS, TAGS } from './subscriptions';

/** The clients of a trial, as a scenario file has them. */
export interface Clients {
  readonly producers: readonly Part[];
  readonly consumers: readonly Part[];
  readonly databases: readonly Part[];
  /** What the brokers keep of `order-service`. */
  readonly subscriptionGroups: readonly Part[];
}

/** Producers and consumers of `Orders`, with what they need. */
export function clientsOf(setup: Setup, healedMs: number, dice: Dice): Clients {
  const { below, pick } = dice;
  const rate = 5 + below(FAILING.includes(setup.work) ? 8 : 25);
  const work = WORKS[setup.work](dice);
  const ratePerSecond = work.ratePerSecond ?? rate;
  return {
    producers: [
      {
        id: 'producer-1',
        group: 'order-producers',
        topic: 'Orders',
        mode: pick(['sync', 'sync', 'async']),
        ratePerSecond,
        messages: Math.ceil(ratePerSecond * (healedMs / 1_000 + 10)),
        bodyBytes: 100 + below(3_000),
        queueSelector: pick(['roundRobin', 'hashKey']),
        // A unique key guards one message each, where nobody gives keys by hand.
        ...(setup.work !== 'once' && { keys: { distinct: 5 + below(20), skew: 0 } }),
        ...work.producer,
      },
    ],
    consumers: [
      ...Array.from({ length: Math.max(1 + below(3), work.consumersMin ?? 1) }, (_, index) => ({
        id: `consumer-${index + 1}`,
        group: 'order-service',
        topic: 'Orders',
        processingMs: 1 + below(60),
        ...work.consumer,
        ...work.filters?.(index),
        config: {
          consumeThreadMin: 20,
          consumeThreadMax: 20,
          pullBatchSize: pick([8, 32]),
          ...work.consumerConfig,
        },
      })),
      ...(work.others ?? []),
    ],
    databases: work.databases ?? [],
    subscriptionGroups: work.groupConfig ? [{ name: 'order-service', config: work.groupConfig }] : [],
  };
}

/** Works whose failures keep the listeners waiting. */
const FAILING: readonly Work[] = ['retries', 'grpc', 'grpc-orderly'];

/** What a work asks for. */
interface WorkParts {
  readonly producer?: Part;
  readonly ratePerSecond?: number;
  readonly groupConfig?: Part;
  readonly consumer?: Part;
  readonly consumerConfig?: Part;
  readonly consumersMin?: number;
  /** What each member of the group subscribes to. */
  readonly filters?: (index: number) => Part;
  /** Consumers of other groups. */
  readonly others?: readonly Part[];
  readonly databases?: readonly Part[];
}

const anotherGroup = (filter: Part | string): Part => ({
  id: 'consumer-9',
  group: 'audit-service',
  topic: 'Orders',
  processingMs: 5,
  filter,
});

const WORKS: Readonly<Record<Work, (dice: Dice) => WorkParts>> = {
  plain: ({ below }) =>
    below(5) === 0 ? { producer: { mode: 'sync', queueSelector: 'roundRobin', batch: 2 + below(4) } } : {},
  retries: ({ below }) => ({
    consumer: { failureRate: [1, 2 + below(8)], poisonKeys: ['order-1'] },
    // Delivered at once, after 10 s and after 30 s more: then a dead letter.
    consumerConfig: { maxReconsumeTimes: 2 },
  }),
  orderly: ({ pick }) => ({
    producer: { mode: 'sync', queueSelector: 'hashKey' },
    consumer: { listener: 'orderly', failureRate: [0, 1], processingMs: pick([1, 5, 20]) },
  }),
  pop: ({ pick }) => ({
    consumer: { protocol: 'pop' },
    consumerConfig: { popInvisibleTime: pick([10_000, 20_000]) },
  }),
  grpc: ({ below }) => ({
    consumer: {
      protocol: 'grpc',
      ...(below(2) === 0 && { failureRate: [1, 2 + below(8)], poisonKeys: ['order-1'] }),
    },
    // Delivered at once, after 1 s and after 5 s more: then a dead letter.
    groupConfig: { retryMaxTimes: 2 },
  }),
  'grpc-orderly': ({ pick }) => ({
    producer: { mode: 'sync', queueSelector: 'hashKey' },
    consumer: {
      protocol: 'grpc',
      failureRate: pick([
        [0, 1],
        [1, 40],
      ]),
      processingMs: pick([1, 5, 10]),
    },
    // Sixteen retries: nothing becomes a dead letter, which would be out of the order when it comes again.
    groupConfig: { consumeMessageOrderly: true },
  }),
  'grpc-long': ({ below, pick }) => ({
    ratePerSecond: 0.2,
    consumersMin: 2,
    consumer: { protocol: 'grpc', processingMs: pick([30_000, 60_000 + below(30_000)]) },
  }),
  tags: ({ pick }) => ({
    producer: { tags: TAGS },
    consumer: { filter: pick(TAG_FILTERS) },
    others: [anotherGroup(pick(TAG_FILTERS))],
  }),
  sql: ({ pick }) => ({
    producer: { tags: TAGS, properties: PROPERTIES },
    consumer: { filter: { sql: pick(SQL_FILTERS) } },
    others: [anotherGroup({ sql: pick(SQL_FILTERS) })],
  }),
  'torn-group': ({ below }) => {
    const first = below(TAG_FILTERS.length);
    return {
      producer: { tags: TAGS },
      consumersMin: 2,
      filters: (index) => ({ filter: TAG_FILTERS[(first + index) % TAG_FILTERS.length] }),
    };
  },
  broadcast: ({ below }) => ({
    consumer: { messageModel: 'BROADCASTING', failureRate: [1, 4 + below(8)] },
  }),
  oneway: () => ({ producer: { mode: 'oneway' } }),
  timer: ({ pick }) => ({ producer: { timerDelayMs: pick([700, 1_500, 4_000, 9_730, 20_000]) } }),
  delay: ({ below }) => ({ producer: { delayLevel: 1 + below(4) } }),
  transactions: ({ pick }) => ({
    producer: {
      mode: 'transaction',
      queueSelector: 'roundRobin',
      // A database outlives the producer that wrote to it: what became of a transaction can be looked up.
      localTransaction: {
        database: 'orders-db',
        takesMs: pick([1, 5, 200]),
        outcomes: pick([['commit'], ['commit', 'rollback'], ['commit', 'unknown', 'rollback', 'exception']]),
      },
    },
    databases: [{ id: 'orders-db' }],
  }),
  once: () => ({
    consumer: { idempotent: 'uniqueKey', database: 'orders-db' },
    databases: [{ id: 'orders-db' }],
  }),
};
