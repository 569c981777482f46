import { type ConfigRole, configDefaultsOf, specOf } from '../scenario/config';
import type { ConfigValue } from '../scenario/rocketmq-key-spec';
import type { Scenario } from '../scenario/types';

/** A configuration key that nobody set, whose default is not the same in both versions. */
export interface DifferingSetting {
  readonly key: string;
  /** What the engine goes by; where a version has no such key: what its code does instead. */
  readonly values: readonly [ConfigValue, ConfigValue];
  /** The version that has no such key, by its place; undefined: both have it. */
  readonly lacks: 0 | 1 | undefined;
  /** Processes, groups or topics that go by it. */
  readonly of: readonly string[];
}

interface Owner {
  readonly role: ConfigRole;
  readonly id: string;
  readonly config: Readonly<Record<string, ConfigValue>>;
}

/** The defaults in use that differ between two scenarios, one line for each key and pair of values. */
export function differingDefaults(first: Scenario, second: Scenario): readonly DifferingSetting[] {
  const others = new Map(ownersOf(second).map((owner) => [`${owner.role} ${owner.id}`, owner]));
  const found = new Map<string, DifferingSetting>();
  const defaults = [first, second].map(({ productVersion, environment }) => (role: ConfigRole) => {
    return configDefaultsOf(role, productVersion, environment.cpu);
  });
  for (const { role, id, config } of ownersOf(first)) {
    const other = others.get(`${role} ${id}`);
    for (const [key, value] of Object.entries(config)) {
      const there = other?.config[key];
      const spec = specOf(role, key);
      if (there === undefined || there === value || spec === undefined || spec.inert !== undefined) continue;
      if (value !== defaults[0]?.(role)[key] || there !== defaults[1]?.(role)[key]) continue;
      const { only } = spec;
      const lacks = only === undefined ? undefined : only === first.productVersion ? 1 : 0;
      const at = `${key} ${value} ${there}`;
      const of = [...(found.get(at)?.of ?? []), id];
      found.set(at, { key, values: [value, there], lacks, of });
    }
  }
  return [...found.values()];
}

function ownersOf(scenario: Scenario): readonly Owner[] {
  const { nameservers, controllers, brokers, topics, subscriptionGroups, producers, consumers } = scenario;
  const owners = (role: ConfigRole, list: readonly { id?: string; name?: string; config: object }[]) =>
    list.map(
      ({ id, name, config }): Owner => ({
        role,
        id: id ?? name ?? '',
        config: config as Owner['config'],
      }),
    );
  return [
    ...owners('nameserver', nameservers),
    ...owners('controller', controllers),
    ...owners('broker', brokers),
    ...owners('topic', topics),
    ...owners('subscriptionGroup', subscriptionGroups),
    ...owners('producer', producers),
    ...owners('consumer', consumers),
  ];
}
