/** One process, topic or database of the file with its defaults; the names it uses must exist. */
import {
  brokerDefaults,
  consumerDefaults,
  controllerDefaults,
  namesrvDefaults,
  producerDefaults,
  subscriptionGroupDefaults,
  topicDefaults,
} from './config';
import {
  CONSUMER_DEFAULTS,
  DATABASE_DEFAULTS,
  LOCAL_TRANSACTION_DEFAULTS,
  PRODUCER_DEFAULTS,
  TOPIC_QUEUES_DEFAULT,
} from './defaults';
import { expectKnown } from './directory';
import { filterOf } from './filter';
import { type Context, configOf, exactlyOne, microseconds, scaled } from './normalise-context';
import { both, describeValue, formatPath, type Path, plain, quote, Refusal } from './problem';
import { expectPropertyNames } from './properties';
import type {
  BrokerFile,
  ConsumerFile,
  ConsumerWorkloadFile,
  ControllerFile,
  DatabaseWorkloadFile,
  LocalTransactionFile,
  NameserverFile,
  ProducerFile,
  ProducerWorkloadFile,
  SubscriptionGroupFile,
  TopicFile,
} from './schema';
import type {
  BrokerSpec,
  ConsumerSpec,
  ConsumerWorkload,
  ControllerSpec,
  DatabaseWorkload,
  Load,
  LocalTransactionSpec,
  NameserverSpec,
  NewTopicSpec,
  ProducerSpec,
  ProducerWorkload,
  SubscriptionGroupSpec,
} from './types';

function hostOf(
  { id, host = id }: { id: string; host?: string | undefined },
  { hosts }: Context,
  path: Path,
): string {
  if (host !== id) {
    expectKnown(host, hosts, both('an id of environment.hosts', 'environment.hosts 中的 id'), [
      ...path,
      'host',
    ]);
  }
  return host;
}

export function nameserverOf(file: NameserverFile, context: Context, path: Path): NameserverSpec {
  const config = configOf('nameserver', file.config, context, [...path, 'config']);
  return {
    id: file.id,
    host: hostOf(file, context, path),
    config: { ...namesrvDefaults(context.version), ...config },
  };
}

export function controllerOf(file: ControllerFile, context: Context, path: Path): ControllerSpec {
  refuseBefore5(context, path);
  const config = configOf('controller', file.config, context, [...path, 'config']);
  return {
    id: file.id,
    host: hostOf(file, context, path),
    config: { ...controllerDefaults(context.version), ...config },
  };
}

export function subscriptionGroupOf(
  file: SubscriptionGroupFile,
  context: Context,
  path: Path,
): SubscriptionGroupSpec {
  const config = configOf('subscriptionGroup', file.config, context, [...path, 'config']);
  return { name: file.name, config: { ...subscriptionGroupDefaults(context.version), ...config } };
}

export function brokerOf(file: BrokerFile, context: Context, path: Path): BrokerSpec {
  const config = configOf('broker', file.config, context, [...path, 'config']);
  return {
    id: file.id,
    host: hostOf(file, context, path),
    brokerName: file.brokerName,
    brokerId: file.brokerId ?? 0,
    config: { ...brokerDefaults(context.version, context.machine), ...config },
  };
}

export function producerOf(file: ProducerFile, context: Context, path: Path): ProducerSpec {
  const config = configOf('producer', file.config, context, [...path, 'config']);
  return {
    id: file.id,
    host: hostOf(file, context, path),
    group: file.group,
    topic: file.topic,
    ...PRODUCER_DEFAULTS,
    ...producerWorkloadOf(file, context, path),
    config: { ...producerDefaults(context.version), ...config },
  };
}

export function consumerOf(file: ConsumerFile, context: Context, path: Path): ConsumerSpec {
  if (file.protocol === 'pop' || file.protocol === 'grpc') refuseBefore5(context, [...path, 'protocol']);
  const patch = configOf('consumer', file.config, context, [...path, 'config']);
  const config = { ...consumerDefaults(context.version), ...patch };
  // The real client checks this pair in start() and throws. [DefaultMQPushConsumerImpl#checkConfig]
  if (config.consumeThreadMin > config.consumeThreadMax) {
    throw new Refusal({
      path: [...path, 'config', 'consumeThreadMin'],
      found: plain(String(config.consumeThreadMin)),
      expected: both(
        `at most consumeThreadMax, which is ${config.consumeThreadMax}`,
        `不超过 consumeThreadMax，即 ${config.consumeThreadMax}`,
      ),
      remedy: both(
        'Raise consumeThreadMax too: the real client does not start otherwise',
        '请同时调大 consumeThreadMax，否则真实的客户端无法启动',
      ),
    });
  }
  return {
    id: file.id,
    host: hostOf(file, context, path),
    group: file.group,
    topic: file.topic,
    filter: file.filter === undefined ? CONSUMER_DEFAULTS.filter : filterOf(file.filter, [...path, 'filter']),
    messageModel: file.messageModel ?? CONSUMER_DEFAULTS.messageModel,
    listener: file.listener ?? CONSUMER_DEFAULTS.listener,
    protocol: file.protocol ?? CONSUMER_DEFAULTS.protocol,
    processingUs: CONSUMER_DEFAULTS.processingUs,
    failureRate: CONSUMER_DEFAULTS.failureRate,
    poisonKeys: CONSUMER_DEFAULTS.poisonKeys,
    ...consumerWorkloadOf(file),
    idempotent: file.idempotent ?? CONSUMER_DEFAULTS.idempotent,
    dedupeTtlUs: file.dedupeTtl === undefined ? CONSUMER_DEFAULTS.dedupeTtlUs : microseconds(file.dedupeTtl),
    database: databaseFor(file, context, path),
    config,
  };
}

const A_DATABASE = both('an id of databases', 'databases 中的 id');

/** @throws Refusal for an id that is no database */
function expectDatabase(id: string, { directory }: Context, path: Path): void {
  const databases = new Set(
    [...directory.kinds].filter(([, kind]) => kind === 'database').map(([name]) => name),
  );
  expectKnown(id, databases, A_DATABASE, path);
}

function databaseFor(file: ConsumerFile, context: Context, path: Path): string | null {
  const { database, idempotent = CONSUMER_DEFAULTS.idempotent } = file;
  if (database !== undefined) {
    expectDatabase(database, context, [...path, 'database']);
    return database;
  }
  if (idempotent === 'none') return CONSUMER_DEFAULTS.database;
  throw new Refusal({
    path: [...path, 'database'],
    found: describeValue(database),
    expected: A_DATABASE,
    remedy: both(
      `\`idempotent\`: ${quote(idempotent)} keeps its marks in a database; name one`,
      `\`idempotent\` 为 ${quote(idempotent)} 时要在数据库中留下标记，请指定一个`,
    ),
  });
}

/** The parts of a producer's workload that the file gives. */
export function producerWorkloadOf(
  file: ProducerWorkloadFile,
  context: Context,
  path: Path,
): Partial<ProducerWorkload> {
  const { mode, localTransaction, messages, bodyBytes, keys, queueSelector, tags } = file;
  const { delayLevel, properties, batch } = file;
  const load = loadOf(file, path);
  const timerDelayUs = timerDelayOf(file, context, path);
  if (properties !== undefined) expectPropertyNames(properties, [...path, 'properties']);
  return {
    ...(mode && { mode }),
    ...(localTransaction && {
      localTransaction: localTransactionOf(localTransaction, context, [...path, 'localTransaction']),
    }),
    ...(load && { load }),
    ...(messages !== undefined && { messages }),
    ...(bodyBytes !== undefined && { bodyBytes }),
    ...(keys && { keys: { distinct: keys.distinct, skew: keys.skew ?? 0 } }),
    ...(queueSelector && { queueSelector }),
    ...(tags && { tags }),
    ...(delayLevel !== undefined && { delayLevel }),
    ...(timerDelayUs !== null && { timerDelayUs }),
    ...(properties && { properties }),
    ...(batch !== undefined && { batch }),
  };
}

/**
 * The delay of a timer message in microseconds, or null where the file gives none.
 * @throws Refusal under 4.9, which has no such messages
 */
export function timerDelayOf(
  { timerDelayMs }: { readonly timerDelayMs?: number | undefined },
  context: Context,
  path: Path,
): number | null {
  if (timerDelayMs === undefined) return null;
  refuseBefore5(context, [...path, 'timerDelayMs']);
  return timerDelayMs * 1_000;
}

/** What is left out is the default, in a change too: a local transaction is changed as a whole. */
function localTransactionOf(file: LocalTransactionFile, context: Context, path: Path): LocalTransactionSpec {
  const { database, takesMs, outcomes, answers, checkImmunitySeconds } = file;
  const byDefault = LOCAL_TRANSACTION_DEFAULTS;
  if (database !== undefined) expectDatabase(database, context, [...path, 'database']);
  return {
    database: database ?? byDefault.database,
    takesUs: takesMs === undefined ? byDefault.takesUs : scaled(takesMs, 1_000),
    outcomes: outcomes ?? byDefault.outcomes,
    answers: answers ?? byDefault.answers,
    checkImmunityUs: checkImmunitySeconds === undefined ? null : checkImmunitySeconds * 1_000_000,
  };
}

/** @throws Refusal under 4.9, for a part that came with 5.0 */
function refuseBefore5({ version }: Context, path: Path): void {
  if (version !== '4.9') return;
  const where = formatPath(path);
  throw new Refusal({
    path,
    found: both('a part of RocketMQ 5', 'RocketMQ 5 的功能'),
    expected: both('a part of RocketMQ 4.9', 'RocketMQ 4.9 的功能'),
    headline: both(
      `${where} came with RocketMQ 5, and this scenario is of 4.9`,
      `${where} 是 RocketMQ 5 才有的功能，而本场景是 4.9`,
    ),
    remedy: both('Remove it, or set `productVersion` to "5.3"', '请删除，或把 `productVersion` 设为 "5.3"'),
  });
}

const LOADS = ['ratePerSecond', 'profile', 'threads'] as const;

function loadOf(file: ProducerWorkloadFile, path: Path): Load | undefined {
  if (LOADS.every((key) => file[key] === undefined)) return undefined;
  exactlyOne(file, LOADS, path);
  if (file.threads !== undefined) return { kind: 'threads', threads: file.threads };
  if (file.profile === undefined) return { kind: 'rate', ratePerSecond: file.ratePerSecond! };

  const steps = file.profile.map(({ from, rate }) => ({ fromUs: microseconds(from), ratePerSecond: rate }));
  const late = steps.findIndex((step, i) => i > 0 && step.fromUs <= steps[i - 1]!.fromUs);
  if (late !== -1) {
    throw new Refusal({
      path: [...path, 'profile', late, 'from'],
      found: plain(quote(file.profile[late]!.from)),
      expected: both('a later time than that of the step before', '比上一段更晚的时间'),
    });
  }
  return { kind: 'profile', steps };
}

/** The parts of a consumer's workload that the file gives. */
export function consumerWorkloadOf(file: ConsumerWorkloadFile): Partial<ConsumerWorkload> {
  const { processingMs, failureRate, poisonKeys } = file;
  return {
    ...(processingMs !== undefined && { processingUs: scaled(processingMs, 1_000) }),
    ...(failureRate && { failureRate }),
    ...(poisonKeys && { poisonKeys }),
  };
}

/** The parts of a database's workload that the file gives. */
export function databaseWorkloadOf(file: DatabaseWorkloadFile): Partial<DatabaseWorkload> {
  const { capacityPerSecond, latencyMs } = file;
  return {
    ...(capacityPerSecond !== undefined && { capacityPerSecond }),
    ...(latencyMs !== undefined && { latencyUs: scaled(latencyMs, 1_000) }),
  };
}

export function databaseOf({ id, ...workload }: { id: string } & DatabaseWorkloadFile) {
  return { id, ...DATABASE_DEFAULTS, ...databaseWorkloadOf(workload) };
}

/** A topic with its defaults; `known` are the broker names that may hold it. */
export function topicOf(
  file: TopicFile,
  known: ReadonlySet<string>,
  context: Context,
  path: Path,
): NewTopicSpec {
  const queues = file.queues ?? TOPIC_QUEUES_DEFAULT;
  const config = configOf('topic', file.config, context, [...path, 'config']);
  return {
    name: file.name,
    queues,
    brokers: brokersOf(file.brokers, known, path),
    order: file.order ?? false,
    config: { ...topicDefaults(queues), ...config },
  };
}

/** Broker names of a topic, or null when the file leaves them out. */
export function brokersOf(
  brokers: readonly string[] | undefined,
  known: ReadonlySet<string>,
  path: Path,
): readonly string[] | null {
  brokers?.forEach((name, i) => {
    const at = [...path, 'brokers', i];
    expectKnown(name, known, both('a brokerName', '一个 brokerName'), at);
    if (brokers.indexOf(name) !== i) {
      throw new Refusal({
        path: at,
        found: both(`${quote(name)} again`, `再次出现的 ${quote(name)}`),
        expected: both('each broker name once', '每个 brokerName 只写一次'),
      });
    }
  });
  return brokers ?? null;
}
