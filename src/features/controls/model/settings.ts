import type {
  Action,
  BrokerSpec,
  ConsumerSpec,
  ControllerSpec,
  DatabaseSpec,
  NameserverSpec,
  Pair,
  ProducerSpec,
  Scenario,
  SubscriptionGroupSpec,
  TopicSpec,
} from '../../../engine/scenario/types';
import type { ConfigRole, ConfigValue } from '../../../state/engine-data';

export type ProcessRole = Exclude<ConfigRole, 'topic' | 'subscriptionGroup'>;

export type ProcessSetting =
  | { readonly role: 'nameserver'; readonly spec: NameserverSpec }
  | { readonly role: 'controller'; readonly spec: ControllerSpec }
  | { readonly role: 'broker'; readonly spec: BrokerSpec }
  | { readonly role: 'producer'; readonly spec: ProducerSpec }
  | { readonly role: 'consumer'; readonly spec: ConsumerSpec };

/** A disk, a processor or all links of a process that are slower than the scenario has them. */
interface Slowed {
  readonly part: 'disk' | 'cpu' | 'network';
  readonly target: string;
  /** Times as slow; null: `valueUs` is the new value itself. */
  readonly factor: number | null;
  readonly valueUs: number | null;
  readonly sinceUs: number | null;
}

/** What the processes are set to at one moment: the scenario and the actions that were done since. */
export interface Settings {
  readonly processes: ReadonlyMap<string, ProcessSetting>;
  /** As each process began. */
  readonly first: ReadonlyMap<string, ProcessSetting>;
  readonly topics: ReadonlyMap<string, TopicSpec>;
  readonly databases: ReadonlyMap<string, DatabaseSpec>;
  /** Groups that somebody has said something of. */
  readonly groups: ReadonlyMap<string, Partial<SubscriptionGroupSpec['config']>>;
  readonly slowed: readonly Slowed[];
  /** When a link was last cut or slowed, by `linkName`; null: between two events of one time. */
  readonly links: ReadonlyMap<string, number | null>;
  /** When a process was last paused, resumed or given other work. */
  readonly workSince: ReadonlyMap<string, number | null>;
}

/** How many actions of a run are done at a moment. They stand in the order in which they happen. */
export function doneAt(actions: readonly Action[], step: number, nowUs: number): number {
  const ahead = actions.findIndex(({ atUs, afterStep }) =>
    afterStep === null ? (atUs ?? 0) > nowUs : afterStep > step,
  );
  return ahead === -1 ? actions.length : ahead;
}

export const linkName = ([one, other]: Pair): string => [one, other].sort().join(' ');

/** The settings after these actions. Actions on what does not exist are passed over. */
export function settingsAfter(scenario: Scenario, done: readonly Action[]): Settings {
  const first = new Map<string, ProcessSetting>([
    ...scenario.nameservers.map((spec) => [spec.id, { role: 'nameserver', spec }] as const),
    ...scenario.controllers.map((spec) => [spec.id, { role: 'controller', spec }] as const),
    ...scenario.brokers.map((spec) => [spec.id, { role: 'broker', spec }] as const),
    ...scenario.producers.map((spec) => [spec.id, { role: 'producer', spec }] as const),
    ...scenario.consumers.map((spec) => [spec.id, { role: 'consumer', spec }] as const),
  ]);
  const processes = new Map(first);
  const topics = new Map(scenario.topics.map((topic) => [topic.name, topic]));
  const databases = new Map(scenario.databases.map((database) => [database.id, database]));
  const groups = new Map<string, Partial<SubscriptionGroupSpec['config']>>(
    scenario.subscriptionGroups.map(({ name, config }) => [name, config]),
  );
  const slowed = new Map<string, Slowed>();
  const links = new Map<string, number | null>();
  const workSince = new Map<string, number | null>();

  for (const action of done) {
    switch (action.do) {
      case 'set': {
        const database = databases.get(action.target);
        if (database) databases.set(database.id, { ...database, ...action.workload });
        const process = processes.get(action.target);
        if (process === undefined) break;
        const config = { ...process.spec.config, ...(action.config as Record<string, ConfigValue>) };
        const spec = { ...process.spec, ...action.workload, config };
        processes.set(action.target, { ...process, spec } as ProcessSetting);
        if (Object.keys(action.workload).length > 0) workSince.set(action.target, action.atUs);
        break;
      }
      case 'pause':
      case 'resume':
        workSince.set(action.target, action.atUs);
        break;
      case 'add': {
        const { role, spec } = action;
        if (role === 'database') {
          databases.set(spec.id, spec);
          break;
        }
        first.set(spec.id, { role, spec } as ProcessSetting);
        processes.set(spec.id, { role, spec } as ProcessSetting);
        break;
      }
      case 'createTopic': {
        const names = [...processes.values()].flatMap((process) =>
          process.role === 'broker' ? [process.spec.brokerName] : [],
        );
        const brokers = action.topic.brokers ?? [...new Set(names)];
        topics.set(action.topic.name, { ...action.topic, brokers });
        break;
      }
      case 'alterTopic': {
        const topic = topics.get(action.topic);
        if (topic === undefined) break;
        const config = { ...topic.config, ...action.config };
        const brokers = [...new Set([...topic.brokers, ...(action.brokers ?? [])])];
        const order = action.order ?? topic.order;
        topics.set(topic.name, { ...topic, brokers, order, config, queues: config.writeQueueNums });
        break;
      }
      case 'alterGroup':
        groups.set(action.group, { ...groups.get(action.group), ...action.config });
        break;
      case 'cut':
      case 'heal':
        links.set(linkName(action.between), action.atUs);
        break;
      case 'slow': {
        if (action.between !== null) links.set(linkName(action.between), action.atUs);
        if (action.target === null) break;
        const { part, target, factor } = action;
        const key = `${part} ${target}`;
        slowed.delete(key);
        if (factor === 1) break;
        const valueUs = action.fsyncUs ?? action.latencyUs;
        slowed.set(key, { part, target, factor, valueUs, sinceUs: action.atUs });
        break;
      }
    }
  }
  return { processes, first, topics, databases, groups, slowed: [...slowed.values()], links, workSince };
}
