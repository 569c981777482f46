/** The shape of a scenario file. What depends on other parts of the file is checked after this, in normalise.ts. */
import * as z from 'zod/mini';
import {
  ACTIONS_MAX,
  BATCH_MAX,
  BODY_LENGTH_MAX,
  GROUP_LENGTH_MAX,
  LIST_LENGTH_MAX,
  PROCESSES_MAX,
  PROPERTIES_MAX,
  SQL_LENGTH_MAX,
  TEXT_LENGTH_MAX,
  TITLE_LENGTH_MAX,
  TOPIC_LENGTH_MAX,
  TOPICS_MAX,
} from './limits';
import { both } from './problem';
import {
  body,
  chance,
  choice,
  decimal,
  duration,
  either,
  flag,
  integer,
  list,
  mapOf,
  named,
  object,
  pair,
  record,
  text,
  unionByDo,
} from './schema-kit';
import { IDEMPOTENCE } from './types';

const optional = z.optional;

const ID = named(
  /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/,
  both(
    'an id: a letter or digit, then up to 63 letters, digits, ".", "_", ":" or "-"',
    'id：以字母或数字开头，其后至多 63 个字母、数字、"."、"_"、":" 或 "-"',
  ),
);
const nameOf = (lengthMax: number) =>
  named(
    new RegExp(`^[A-Za-z0-9%_|-]{1,${lengthMax}}$`),
    both(
      `a name of 1 to ${lengthMax} letters, digits, "%", "_", "|" or "-"`,
      `1 到 ${lengthMax} 个字母、数字、"%"、"_"、"|" 或 "-" 组成的名称`,
    ),
  );
const TOPIC = nameOf(TOPIC_LENGTH_MAX);
const GROUP = nameOf(GROUP_LENGTH_MAX);
const TAG = named(
  /^[^\s|\p{C}]{1,128}$/u,
  both('a tag of 1 to 128 characters without space or "|"', '1 到 128 个字符的 tag，不含空格和 "|"'),
);
const FILTER = either(
  [text(LIST_LENGTH_MAX * TEXT_LENGTH_MAX), object({ sql: text(SQL_LENGTH_MAX) })],
  both(
    '"*", tags such as "TagA || TagB", or { "sql": "…" }',
    '"*"、形如 "TagA || TagB" 的 tag，或 { "sql": "…" }',
  ),
);
const PROPERTY_VALUE = text(TEXT_LENGTH_MAX);
/** DELAY is an int; what it means beyond the levels is the product's business. */
const DELAY_LEVEL = integer(-1_000, 1_000);
const TIMER_DELAY_MS = integer(-31_536_000_000, 31_536_000_000);
const OUTCOME = choice(['commit', 'rollback', 'unknown', 'exception']);
const ANSWER = choice(['truth', 'commit', 'rollback', 'unknown', 'exception']);
const PAIR = pair(ID);
const MESSAGES = integer(1, 1_000_000_000);
const FACTOR = decimal(0.001, 1_000_000);
const RATE = decimal(0, 100_000);
const MILLISECONDS = decimal(0, 600_000);
const MEGABYTES_PER_SECOND = decimal(0.001, 1_000_000);
/** Keys and types are judged by the product's own table, once the role and the version are known. */
const CONFIG = record();

const networkShape = {
  latencyMs: optional(MILLISECONDS),
  jitterMs: optional(MILLISECONDS),
  bandwidthMBps: optional(MEGABYTES_PER_SECOND),
};

const environment = object({
  network: optional(object(networkShape)),
  disk: optional(
    object({
      fsyncMs: optional(MILLISECONDS),
      sequentialMBps: optional(MEGABYTES_PER_SECOND),
      fileSwitchMs: optional(MILLISECONDS),
      dirtyMB: optional(decimal(0.001, 1_000_000)),
      dirtyExpireMs: optional(MILLISECONDS),
      capacityGB: optional(decimal(0.001, 1_000_000)),
    }),
  ),
  memory: optional(object({ pageCacheMB: optional(decimal(0.001, 1_000_000)) })),
  cpu: optional(object({ cores: optional(integer(1, 1_024)) })),
  hosts: optional(list(object({ id: ID }), PROCESSES_MAX)),
  links: optional(list(object({ between: PAIR, ...networkShape }), PROCESSES_MAX * PROCESSES_MAX)),
});

const processShape = { id: ID, host: optional(ID), config: optional(CONFIG) };

const nameserver = object(processShape);
const controller = object(processShape);

const broker = object({
  ...processShape,
  brokerName: ID,
  brokerId: optional(integer(0, 1_000)),
});

const topicShape = {
  queues: optional(integer(1, 1_024)),
  brokers: optional(list(ID, PROCESSES_MAX, 1)),
  order: optional(flag()),
  config: optional(CONFIG),
};
const topic = object({ name: TOPIC, ...topicShape });
const subscriptionGroup = object({ name: GROUP, config: optional(CONFIG) });

const localTransaction = object({
  database: optional(ID),
  takesMs: optional(MILLISECONDS),
  outcomes: optional(list(OUTCOME, LIST_LENGTH_MAX, 1)),
  answers: optional(list(ANSWER, LIST_LENGTH_MAX, 1)),
  checkImmunitySeconds: optional(integer(0, 1_000_000)),
});

const producerWorkloadShape = {
  mode: optional(choice(['sync', 'async', 'oneway', 'transaction'])),
  localTransaction: optional(localTransaction),
  ratePerSecond: optional(RATE),
  profile: optional(list(object({ from: duration(), rate: RATE }), LIST_LENGTH_MAX, 1)),
  threads: optional(integer(1, 1_000)),
  messages: optional(MESSAGES),
  bodyBytes: optional(integer(0, 16_777_216)),
  keys: optional(object({ distinct: integer(1, 1_000_000), skew: optional(integer(0, 4)) })),
  queueSelector: optional(choice(['roundRobin', 'hashKey'])),
  tags: optional(list(TAG, LIST_LENGTH_MAX)),
  delayLevel: optional(DELAY_LEVEL),
  timerDelayMs: optional(TIMER_DELAY_MS),
  properties: optional(mapOf(list(PROPERTY_VALUE, LIST_LENGTH_MAX, 1), PROPERTIES_MAX)),
  batch: optional(integer(1, BATCH_MAX)),
};
export const producerWorkload = object(producerWorkloadShape);

const producer = object({
  ...processShape,
  ...producerWorkloadShape,
  group: GROUP,
  topic: TOPIC,
});

const consumerWorkloadShape = {
  processingMs: optional(MILLISECONDS),
  failureRate: optional(chance()),
  poisonKeys: optional(list(text(TEXT_LENGTH_MAX), LIST_LENGTH_MAX)),
};
export const consumerWorkload = object(consumerWorkloadShape);

const consumer = object({
  ...processShape,
  ...consumerWorkloadShape,
  group: GROUP,
  topic: TOPIC,
  filter: optional(FILTER),
  messageModel: optional(choice(['CLUSTERING', 'BROADCASTING'])),
  listener: optional(choice(['concurrently', 'orderly'])),
  protocol: optional(choice(['remoting', 'pop', 'grpc'])),
  idempotent: optional(choice(IDEMPOTENCE)),
  dedupeTtl: optional(duration()),
  database: optional(ID),
});

const databaseWorkloadShape = {
  capacityPerSecond: optional(decimal(0.001, 1_000_000)),
  latencyMs: optional(MILLISECONDS),
};
export const databaseWorkload = object(databaseWorkloadShape);
const database = object({ id: ID, ...databaseWorkloadShape });

const moment = { at: optional(duration()), afterStep: optional(integer(0, Number.MAX_SAFE_INTEGER)) };
const on = <Do extends string>(name: Do) => ({ do: z.literal(name), ...moment, target: ID });

const writePermShape = { brokerName: ID, nameservers: optional(list(ID, PROCESSES_MAX, 1)) };

const DEEDS = [
  object({ ...on('set'), config: optional(CONFIG), workload: optional(record()) }),
  object({
    ...on('send'),
    message: optional(
      object({
        key: optional(text(TEXT_LENGTH_MAX)),
        tag: optional(TAG),
        body: optional(body(BODY_LENGTH_MAX)),
        delayLevel: optional(DELAY_LEVEL),
        timerDelayMs: optional(TIMER_DELAY_MS),
        properties: optional(mapOf(PROPERTY_VALUE, PROPERTIES_MAX)),
        outcome: optional(OUTCOME),
      }),
    ),
  }),
  object({ ...on('kill'), failure: optional(choice(['process', 'power', 'disk'])) }),
  object(on('restart')),
  object(on('electMaster')),
  object({ do: z.literal('cut'), ...moment, between: PAIR }),
  object({ do: z.literal('heal'), ...moment, between: PAIR }),
  object({
    do: z.literal('slow'),
    ...moment,
    target: optional(ID),
    between: optional(PAIR),
    part: choice(['disk', 'network', 'cpu']),
    factor: optional(FACTOR),
    fsyncMs: optional(MILLISECONDS),
    latencyMs: optional(MILLISECONDS),
  }),
  object({ ...on('freeze'), for: duration() }),
  object({ do: z.literal('drop'), ...moment, from: ID, to: ID, messages: optional(MESSAGES) }),
  object({ ...on('burst'), messages: MESSAGES }),
  object(on('pause')),
  object(on('resume')),
  object({
    do: z.literal('add'),
    ...moment,
    producer: optional(producer),
    consumer: optional(consumer),
    broker: optional(broker),
    nameserver: optional(nameserver),
    database: optional(database),
  }),
  object(on('remove')),
  object({ ...on('fail'), messages: MESSAGES }),
  object({
    do: z.literal('resetOffset'),
    ...moment,
    group: GROUP,
    topic: TOPIC,
    to: choice(['earliest', 'latest', 'time', 'offset']),
    time: optional(duration()),
    offset: optional(integer(0, Number.MAX_SAFE_INTEGER)),
  }),
  object({
    do: z.literal('resendDeadLetters'),
    ...moment,
    group: GROUP,
    topic: optional(TOPIC),
    messages: optional(MESSAGES),
  }),
  object({ do: z.literal('createTopic'), ...moment, topic }),
  object({ do: z.literal('alterTopic'), ...moment, topic: TOPIC, ...topicShape }),
  object({ do: z.literal('alterGroup'), ...moment, group: GROUP, config: CONFIG }),
  object({ do: z.literal('wipeWritePerm'), ...moment, ...writePermShape }),
  object({ do: z.literal('addWritePerm'), ...moment, ...writePermShape }),
] as const;

const [firstDeed, ...otherDeeds] = DEEDS.map((deed) => deed.def.shape.do.def.values[0]!);
const action = unionByDo(DEEDS, [firstDeed!, ...otherDeeds]);

export const scenario = object({
  format: text(TEXT_LENGTH_MAX),
  model: optional(integer(1, 1_000_000)),
  title: optional(object({ en: text(TITLE_LENGTH_MAX), zh: text(TITLE_LENGTH_MAX) })),
  product: text(TEXT_LENGTH_MAX),
  productVersion: optional(choice(['5.3', '4.9'])),
  seed: optional(integer(0, 4_294_967_295)),
  start: optional(choice(['warm', 'cold'])),
  phases: optional(choice(['seeded', 'aligned'])),
  environment: optional(environment),
  nameservers: optional(list(nameserver, PROCESSES_MAX)),
  controllers: optional(list(controller, PROCESSES_MAX)),
  brokers: optional(list(broker, PROCESSES_MAX)),
  topics: optional(list(topic, TOPICS_MAX)),
  subscriptionGroups: optional(list(subscriptionGroup, LIST_LENGTH_MAX)),
  producers: optional(list(producer, PROCESSES_MAX)),
  consumers: optional(list(consumer, PROCESSES_MAX)),
  databases: optional(list(database, PROCESSES_MAX)),
  actions: optional(list(action, ACTIONS_MAX)),
});

export type ScenarioFile = z.input<typeof scenario>;
export type ActionFile = NonNullable<ScenarioFile['actions']>[number];
export type NameserverFile = z.output<typeof nameserver>;
export type ControllerFile = z.output<typeof controller>;
export type BrokerFile = z.output<typeof broker>;
export type TopicFile = z.output<typeof topic>;
export type SubscriptionGroupFile = z.output<typeof subscriptionGroup>;
export type LocalTransactionFile = z.output<typeof localTransaction>;
export type ProducerFile = z.output<typeof producer>;
export type ConsumerFile = z.output<typeof consumer>;
export type ProducerWorkloadFile = z.output<typeof producerWorkload>;
export type ConsumerWorkloadFile = z.output<typeof consumerWorkload>;
export type DatabaseWorkloadFile = z.output<typeof databaseWorkload>;
