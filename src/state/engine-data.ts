/** The engine's tables that the screen shows: configuration keys, their defaults, and what a change looks like. */
import {
  brokerDefaults,
  CONFIG_TABLES,
  type ConfigRole,
  consumerDefaults,
  controllerDefaults,
  namesrvDefaults,
  producerDefaults,
  subscriptionGroupDefaults,
  topicDefaults,
} from '../engine/scenario/config';
import { TOPIC_QUEUES_DEFAULT } from '../engine/scenario/defaults';
import type { ConfigValue, KeySpec, ProductVersion } from '../engine/scenario/rocketmq-key-spec';

export { describeConfigChange } from '../engine/scenario/describe-config-change';
export { BATCH_MAX, BODY_LENGTH_MAX, TEXT_LENGTH_MAX, TOPIC_LENGTH_MAX } from '../engine/scenario/limits';
export { checkSql } from '../engine/scenario/sql';
export type { ConfigRole, ConfigValue, KeySpec, ProductVersion };
export { TOPIC_QUEUES_DEFAULT };

/** What each key of a role is when nobody sets it. The thread pools of a broker depend on the cores of its host. */
export function configDefaults(
  role: ConfigRole,
  version: ProductVersion,
  cores: number,
): Readonly<Record<string, ConfigValue>> {
  switch (role) {
    case 'broker':
      return brokerDefaults(version, { cores });
    case 'nameserver':
      return namesrvDefaults(version);
    case 'controller':
      return controllerDefaults(version);
    case 'producer':
      return producerDefaults(version);
    case 'consumer':
      return consumerDefaults(version);
    case 'subscriptionGroup':
      return subscriptionGroupDefaults(version);
    case 'topic':
      return topicDefaults(TOPIC_QUEUES_DEFAULT);
  }
}

/** The keys that a role has in a version, in the order of the reference. */
export function keysOf(role: ConfigRole, version: ProductVersion): readonly (readonly [string, KeySpec])[] {
  return Object.entries(CONFIG_TABLES[role]).filter(([, { only }]) => only === undefined || only === version);
}

/** A rule that the engine follows, as the reference tells it. */
export interface RuleText {
  readonly en: string;
  readonly zh: string;
  /** Real class and method, or where the behaviour is described. */
  readonly source: string;
}

/** All rules by their id, those of the environment and of the judges included. Loaded when the first one is asked for. */
export async function loadRules(): Promise<Readonly<Record<string, RuleText>>> {
  const [{ rules }, { environmentRules }] = await Promise.all([
    import('../engine/products/rocketmq/rules'),
    import('../engine/model/env-rules'),
  ]);
  return { ...environmentRules, ...rules };
}
