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
  ENVIRONMENT_DEFAULTS,
  GIGABYTE,
  LOCAL_TRANSACTION_DEFAULTS,
  MEGABYTE,
  PRODUCER_DEFAULTS,
  SCENARIO_DEFAULTS,
  TOPIC_QUEUES_DEFAULT,
} from './defaults';
import { formatDuration } from './duration';
import { spellFilter } from './filter';
import type { Json, JsonObject } from './json';
import { FORMAT } from './migrate';
import type { ConfigValue, Machine, ProductVersion } from './rocketmq-key-spec';
import type {
  Action,
  AddedProcess,
  BrokerSpec,
  ConsumerSpec,
  ControllerSpec,
  DatabaseSpec,
  EnvironmentSpec,
  LocalTransactionSpec,
  MessageSpec,
  NameserverSpec,
  NetworkSpec,
  NewTopicSpec,
  ProducerSpec,
  Scenario,
  SubscriptionGroupSpec,
  WorkloadPatch,
} from './types';

/** What the defaults of a `config` depend on. */
interface Surroundings {
  readonly version: ProductVersion;
  readonly machine: Machine;
}

const MILLISECOND = 1_000;
const SECOND = 1_000_000;

/**
 * A scenario in the public file format: times as text with the largest exact unit, defaults left out.
 * Reading it gives the same scenario again. The result is plain JSON data; spell it with `JSON.stringify`.
 */
export function serializeScenario(scenario: Scenario): JsonObject {
  const { productVersion: version, environment } = scenario;
  const around: Surroundings = { version, machine: environment.cpu };
  const allBrokers = [...new Set(scenario.brokers.map(({ brokerName }) => brokerName))];
  const byDefault = SCENARIO_DEFAULTS;
  return filled({
    format: FORMAT,
    model: scenario.model,
    title: unless({ ...scenario.title }, byDefault.title),
    product: scenario.product,
    productVersion: unless(version, byDefault.productVersion),
    seed: unless(scenario.seed, byDefault.seed),
    start: unless(scenario.start, byDefault.start),
    phases: unless(scenario.phases, byDefault.phases),
    environment: writeEnvironment(environment),
    nameservers: scenario.nameservers.map((spec) => writeNameserver(spec, around)),
    controllers: scenario.controllers.map((spec) => writeController(spec, around)),
    brokers: scenario.brokers.map((spec) => writeBroker(spec, around)),
    topics: scenario.topics.map((topic) =>
      writeTopic({ ...topic, brokers: unless(topic.brokers, allBrokers) ?? null }),
    ),
    subscriptionGroups: scenario.subscriptionGroups.map((group) => writeSubscriptionGroup(group, around)),
    producers: scenario.producers.map((spec) => writeProducer(spec, around)),
    consumers: scenario.consumers.map((spec) => writeConsumer(spec, around)),
    databases: scenario.databases.map(writeDatabase),
    actions: scenario.actions.map((action) => writeAction(action, around)),
  });
}

/** The value, or undefined where it is what the file means without it. */
function unless<T>(value: T, byDefault: unknown): T | undefined {
  // Both sides are plain data made by this folder, with their keys in one order.
  return JSON.stringify(value) === JSON.stringify(byDefault) ? undefined : value;
}

/** The fields that differ from their defaults. */
function changed<T extends object>(fields: T, defaults: { readonly [K in keyof T]?: unknown }): Partial<T> {
  const kept = Object.entries(fields).filter(
    ([key, value]) => unless(value, defaults[key as keyof T]) !== undefined,
  );
  return Object.fromEntries(kept) as Partial<T>;
}

type Fields = Readonly<Record<string, Json | undefined>>;

/** The fields that are given. */
function given(fields: Fields): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as JsonObject;
}

/** The fields that are given and say something: an empty object or list is what a file without it means. */
function filled(fields: Fields): JsonObject {
  const isEmpty = (value: Json | undefined) =>
    typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return given(Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value))));
}

function divided(value: number | null | undefined, unit: number): number | undefined {
  return value === undefined || value === null ? undefined : value / unit;
}

function writeEnvironment({ network, disk, memory, cpu, hosts, links }: EnvironmentSpec): JsonObject {
  const byDefault = ENVIRONMENT_DEFAULTS;
  const own = changed(disk, byDefault.disk);
  return filled({
    network: writeNetwork(network, byDefault.network),
    disk: given({
      fsyncMs: divided(own.fsyncUs, MILLISECOND),
      sequentialMBps: divided(own.sequentialBytesPerSecond, MEGABYTE),
      fileSwitchMs: divided(own.fileSwitchUs, MILLISECOND),
      dirtyMB: divided(own.dirtyBytes, MEGABYTE),
      dirtyExpireMs: divided(own.dirtyExpireUs, MILLISECOND),
      capacityGB: divided(own.capacityBytes, GIGABYTE),
    }),
    memory: given({
      pageCacheMB: divided(unless(memory.pageCacheBytes, byDefault.memory.pageCacheBytes), MEGABYTE),
    }),
    cpu: given({ cores: unless(cpu.cores, byDefault.cpu.cores) }),
    hosts: hosts.map(({ id }) => ({ id })),
    links: links.map(({ between, ...rest }) => ({ between, ...writeNetwork(rest, network) })),
  });
}

function writeNetwork(network: NetworkSpec, byDefault: NetworkSpec): JsonObject {
  const own = changed(network, byDefault);
  return given({
    latencyMs: divided(own.latencyUs, MILLISECOND),
    jitterMs: divided(own.jitterUs, MILLISECOND),
    bandwidthMBps: divided(own.bandwidthBytesPerSecond, MEGABYTE),
  });
}

function writeConfig(
  config: Readonly<Record<string, ConfigValue>>,
  defaults: Readonly<Record<string, ConfigValue>>,
): JsonObject {
  return Object.fromEntries(Object.entries(config).filter(([key, value]) => defaults[key] !== value));
}

function writeIdentity({ id, host }: { readonly id: string; readonly host: string }): Fields {
  return { id, host: unless(host, id) };
}

function writeNameserver(spec: NameserverSpec, { version }: Surroundings): JsonObject {
  return filled({ ...writeIdentity(spec), config: writeConfig(spec.config, namesrvDefaults(version)) });
}

function writeController(spec: ControllerSpec, { version }: Surroundings): JsonObject {
  return filled({ ...writeIdentity(spec), config: writeConfig(spec.config, controllerDefaults(version)) });
}

function writeSubscriptionGroup(
  { name, config }: SubscriptionGroupSpec,
  { version }: Surroundings,
): JsonObject {
  return filled({ name, config: writeConfig(config, subscriptionGroupDefaults(version)) });
}

function writeBroker(spec: BrokerSpec, { version, machine }: Surroundings): JsonObject {
  return filled({
    ...writeIdentity(spec),
    brokerName: spec.brokerName,
    brokerId: spec.brokerId,
    config: writeConfig(spec.config, brokerDefaults(version, machine)),
  });
}

function writeTopic({ name, queues, brokers, order, config }: NewTopicSpec): JsonObject {
  return filled({
    name,
    queues: unless(queues, TOPIC_QUEUES_DEFAULT),
    brokers: brokers ?? undefined,
    order: unless(order, false),
    config: writeConfig(config, topicDefaults(queues)),
  });
}

function writeProducer(spec: ProducerSpec, { version }: Surroundings): JsonObject {
  const { id, host, group, topic, config, ...workload } = spec;
  return filled({
    ...writeIdentity({ id, host }),
    group,
    topic,
    ...writeWorkload(changed(workload, PRODUCER_DEFAULTS)),
    config: writeConfig(config, producerDefaults(version)),
  });
}

function writeConsumer(spec: ConsumerSpec, { version }: Surroundings): JsonObject {
  const { processingUs, failureRate, poisonKeys } = spec;
  return filled({
    ...writeIdentity(spec),
    group: spec.group,
    topic: spec.topic,
    filter: unless(spellFilter(spec.filter), spellFilter(CONSUMER_DEFAULTS.filter)),
    messageModel: unless(spec.messageModel, CONSUMER_DEFAULTS.messageModel),
    listener: unless(spec.listener, CONSUMER_DEFAULTS.listener),
    protocol: unless(spec.protocol, CONSUMER_DEFAULTS.protocol),
    ...writeWorkload(changed({ processingUs, failureRate, poisonKeys }, CONSUMER_DEFAULTS)),
    idempotent: unless(spec.idempotent, CONSUMER_DEFAULTS.idempotent),
    dedupeTtl:
      spec.dedupeTtlUs === CONSUMER_DEFAULTS.dedupeTtlUs ? undefined : formatDuration(spec.dedupeTtlUs),
    database: spec.database ?? undefined,
    config: writeConfig(spec.config, consumerDefaults(version)),
  });
}

/** The given parts of a workload. An empty list stays: as a change it says "none from now on". */
function writeWorkload(workload: WorkloadPatch): JsonObject {
  const { mode, localTransaction, load, messages, bodyBytes, keys, queueSelector, tags } = workload;
  const { delayLevel, timerDelayUs, properties, batch } = workload;
  const { processingUs, failureRate, poisonKeys, capacityPerSecond, latencyUs } = workload;
  return given({
    mode,
    localTransaction: localTransaction && writeLocalTransaction(localTransaction),
    ratePerSecond: load?.kind === 'rate' ? load.ratePerSecond : undefined,
    profile:
      load?.kind === 'profile'
        ? load.steps.map((step) => ({ from: formatDuration(step.fromUs), rate: step.ratePerSecond }))
        : undefined,
    threads: load?.kind === 'threads' ? load.threads : undefined,
    messages: messages ?? undefined,
    bodyBytes,
    keys: keys ? { distinct: keys.distinct, skew: keys.skew } : undefined,
    queueSelector,
    tags,
    delayLevel,
    timerDelayMs: divided(timerDelayUs, MILLISECOND),
    properties: properties && { ...properties },
    batch,
    processingMs: divided(processingUs, MILLISECOND),
    failureRate,
    poisonKeys,
    capacityPerSecond,
    latencyMs: divided(latencyUs, MILLISECOND),
  });
}

function writeLocalTransaction(spec: LocalTransactionSpec): JsonObject {
  const own = changed(spec, LOCAL_TRANSACTION_DEFAULTS);
  return given({
    database: own.database ?? undefined,
    takesMs: divided(own.takesUs, MILLISECOND),
    outcomes: own.outcomes,
    answers: own.answers,
    checkImmunitySeconds: divided(own.checkImmunityUs, SECOND),
  });
}

function writeMessage({
  key,
  tag,
  body,
  delayLevel,
  timerDelayUs,
  properties,
  outcome,
}: MessageSpec): JsonObject {
  return given({
    key: key ?? undefined,
    tag: tag ?? undefined,
    body: body ?? undefined,
    delayLevel: delayLevel ?? undefined,
    timerDelayMs: divided(timerDelayUs, MILLISECOND),
    properties: properties ?? undefined,
    outcome: outcome ?? undefined,
  });
}

function writeAction(action: Action, around: Surroundings): JsonObject {
  const { atUs, afterStep } = action;
  const moment: Fields = {
    at: atUs === null ? undefined : formatDuration(atUs),
    afterStep: afterStep ?? undefined,
  };
  return given({ ...moment, do: action.do, ...writeDeed(action, around) });
}

/** What an action says beside its moment and its `do`. */
function writeDeed(action: Action, around: Surroundings): Fields {
  switch (action.do) {
    case 'set':
      return {
        target: action.target,
        ...filled({ config: action.config, workload: writeWorkload(action.workload) }),
      };
    case 'send':
      return { target: action.target, ...filled({ message: writeMessage(action.message) }) };
    case 'kill':
      return { target: action.target, failure: unless(action.failure, 'process') };
    case 'restart':
    case 'electMaster':
    case 'pause':
    case 'resume':
    case 'remove':
      return { target: action.target };
    case 'cut':
    case 'heal':
      return { between: action.between };
    case 'slow':
      return {
        target: action.target ?? undefined,
        between: action.between ?? undefined,
        part: action.part,
        factor: action.factor ?? undefined,
        fsyncMs: divided(action.fsyncUs, MILLISECOND),
        latencyMs: divided(action.latencyUs, MILLISECOND),
      };
    case 'freeze':
      return { target: action.target, for: formatDuration(action.forUs) };
    case 'drop':
      return { from: action.from, to: action.to, messages: unless(action.messages, 1) };
    case 'burst':
    case 'fail':
      return { target: action.target, messages: action.messages };
    case 'add':
      return { [action.role]: writeAdded(action, around) };
    case 'resetOffset':
      return {
        group: action.group,
        topic: action.topic,
        to: action.to,
        time: action.to === 'time' ? formatDuration(action.timeUs) : undefined,
        offset: action.to === 'offset' ? action.offset : undefined,
      };
    case 'resendDeadLetters':
      return {
        group: action.group,
        topic: action.topic ?? undefined,
        messages: action.messages ?? undefined,
      };
    case 'createTopic':
      return { topic: writeTopic(action.topic) };
    case 'alterTopic':
      return {
        topic: action.topic,
        brokers: action.brokers ?? undefined,
        order: action.order ?? undefined,
        ...filled({ config: { ...action.config } }),
      };
    case 'alterGroup':
      return { group: action.group, config: { ...action.config } };
    case 'wipeWritePerm':
    case 'addWritePerm':
      return { brokerName: action.brokerName, nameservers: action.nameservers ?? undefined };
  }
}

function writeDatabase({ id, ...workload }: DatabaseSpec): JsonObject {
  return { id, ...writeWorkload(changed(workload, DATABASE_DEFAULTS)) };
}

function writeAdded(added: AddedProcess, around: Surroundings): JsonObject {
  switch (added.role) {
    case 'nameserver':
      return writeNameserver(added.spec, around);
    case 'broker':
      return writeBroker(added.spec, around);
    case 'producer':
      return writeProducer(added.spec, around);
    case 'consumer':
      return writeConsumer(added.spec, around);
    case 'database':
      return writeDatabase(added.spec);
  }
}
