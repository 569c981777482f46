/** What a scenario means where its file says nothing. Product defaults of `config` are in rocketmq-keys.ts. */
import { MODEL_VERSION } from './products';
import type { ConsumerSpec, DatabaseWorkload, EnvironmentSpec, ProducerSpec, Scenario } from './types';

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

export const PRODUCER_DEFAULTS = {
  mode: 'sync',
  load: { kind: 'rate', ratePerSecond: 0 },
  messages: null,
  bodyBytes: 1_024,
  keys: null,
  queueSelector: 'roundRobin',
  tags: [],
} as const satisfies Partial<ProducerSpec>;

export const CONSUMER_DEFAULTS = {
  filter: '*',
  messageModel: 'CLUSTERING',
  listener: 'concurrently',
  protocol: 'remoting',
  processingUs: 10_000,
  failureRate: [0, 1],
  poisonKeys: [],
  idempotent: 'none',
  database: null,
} as const satisfies Partial<ConsumerSpec>;

export const DATABASE_DEFAULTS = {
  capacityPerSecond: 2_000,
  latencyUs: 2_000,
} as const satisfies DatabaseWorkload;
