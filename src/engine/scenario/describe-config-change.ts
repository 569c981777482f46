import { type ConfigRole, specOf } from './config';
import type { ConfigValue, KeySpec } from './rocketmq-key-spec';

/** How an operator or a programmer makes the same change to the real product. */
export interface ConfigChange {
  /** The line of the server's `.conf` file, or null for a client. */
  readonly conf: string | null;
  /** The command that changes a running server, or null for a client. Placeholders stand in angle brackets. */
  readonly mqadmin: string | null;
  /** The line of Java, or the JVM option, for a client; null for a server. */
  readonly code: string | null;
  /** True: the product reads the key only while the process starts, so the change waits for a restart. */
  readonly needsRestart: boolean;
}

const COMMANDS = {
  broker: 'updateBrokerConfig -b <addr>',
  nameserver: 'updateNamesrvConfig -n <addr>',
  controller: 'updateControllerConfig -a <addr>',
} as const;

/** @throws RangeError for a key that the role does not have: callers pass what `parseScenario` has accepted */
export function describeConfigChange(
  role: Exclude<ConfigRole, 'topic' | 'subscriptionGroup'>,
  key: string,
  value: ConfigValue,
): ConfigChange {
  const spec = specOf(role, key);
  if (spec === undefined) throw new RangeError(`${role} has no key ${key}`);
  const needsRestart = !spec.settableAtRuntime;
  if (role === 'producer' || role === 'consumer') {
    return { conf: null, mqadmin: null, code: clientLine(role, key, value, spec), needsRestart };
  }
  return {
    conf: `${key}=${value}`,
    // The delay levels hold spaces, which a shell would split.
    mqadmin: `mqadmin ${COMMANDS[role]} -k ${key} -v ${/[\s;]/.test(String(value)) ? `'${value}'` : value}`,
    code: null,
    needsRestart,
  };
}

/** Where a setter takes an object and no plain value: key → Java expression. */
const JAVA_VALUES: Readonly<Record<string, (value: ConfigValue) => string>> = {
  consumeFromWhere: (value) => `ConsumeFromWhere.${value}`,
  allocateMessageQueueStrategy: (value) => `new ${STRATEGY_CLASSES[String(value)]}()`,
};

const STRATEGY_CLASSES: Readonly<Record<string, string>> = {
  AVG: 'AllocateMessageQueueAveragely',
  AVG_BY_CIRCLE: 'AllocateMessageQueueAveragelyByCircle',
  CONSISTENT_HASH: 'AllocateMessageQueueConsistentHash',
};

function clientLine(client: string, key: string, value: ConfigValue, spec: KeySpec): string {
  if (spec.property !== undefined) return `-D${spec.property}=${value}`;
  const setter = `set${key[0]!.toUpperCase()}${key.slice(1)}`;
  const java =
    JAVA_VALUES[key]?.(value) ?? (typeof value === 'string' ? JSON.stringify(value) : String(value));
  return `${client}.${setter}(${java});`;
}
