/** What a scenario means where its file says nothing. Product defaults of `config` are in rocketmq-keys.ts. */
import { MODEL_VERSION } from './products';
import type {
  ConsumerSpec,
  DatabaseWorkload,
  EnvironmentSpec,
  LocalTransactionSpec,
  MessageSpec,
  ProducerWorkload,
  Scenario,
} from './types';

export const MEGABYTE = 1_000_000;
export const GIGABYTE = 1_000_000_000;

export const SCENARIO_DEFAULTS = {
  model: MODEL_VERSION,
  title: { en: 'Untitled scenario', zh: '未命名场景' },
  productVersion: '5.3',
  seed: 1,
  start: 'warm',
  phases: 'seeded',
} as const satisfies Partial<Scenario>;

export const ENVIRONMENT_DEFAULTS = {
  network: { latencyUs: 250, jitterUs: 50, bandwidthBytesPerSecond: 1_000 * MEGABYTE },
  disk: {
    fsyncUs: 4_000,
    sequentialBytesPerSecond: 500 * MEGABYTE,
    fileSwitchUs: 100,
    dirtyBytes: 1_024 * MEGABYTE,
    dirtyExpireUs: 0,
    capacityBytes: 500 * GIGABYTE,
  },
  memory: { pageCacheBytes: 1_024 * MEGABYTE },
  cpu: { cores: 8 },
} as const satisfies Partial<EnvironmentSpec>;

/** What `mqadmin updateTopic` makes when it is given no number. */
export const TOPIC_QUEUES_DEFAULT = 8;

export const LOCAL_TRANSACTION_DEFAULTS = {
  database: null,
  takesUs: 5_000,
  outcomes: ['commit'],
  answers: ['truth'],
  checkImmunityUs: null,
} as const satisfies LocalTransactionSpec;

export const PRODUCER_DEFAULTS = {
  mode: 'sync',
  localTransaction: LOCAL_TRANSACTION_DEFAULTS,
  load: { kind: 'rate', ratePerSecond: 0 },
  messages: null,
  bodyBytes: 1_024,
  keys: null,
  queueSelector: 'roundRobin',
  tags: [],
  delayLevel: 0,
  timerDelayUs: null,
  properties: {},
  batch: 1,
} as const satisfies ProducerWorkload;

/** A message by hand of which nothing is said: all as the producer's workload has it. */
export const MESSAGE_DEFAULTS = {
  key: null,
  tag: null,
  body: null,
  delayLevel: null,
  timerDelayUs: null,
  properties: null,
  outcome: null,
} as const satisfies MessageSpec;

export const CONSUMER_DEFAULTS = {
  filter: { kind: 'tags', tags: [] },
  messageModel: 'CLUSTERING',
  listener: 'concurrently',
  protocol: 'remoting',
  processingUs: 10_000,
  failureRate: [0, 1],
  poisonKeys: [],
  idempotent: 'none',
  dedupeTtlUs: 3_600_000_000,
  database: null,
} as const satisfies Partial<ConsumerSpec>;

export const DATABASE_DEFAULTS = {
  capacityPerSecond: 2_000,
  latencyUs: 2_000,
} as const satisfies DatabaseWorkload;
