import { SCENARIO_DEFAULTS } from './defaults';
import { buildDirectory } from './directory';
import { QUEUES_MAX } from './limits';
import { actionOf } from './normalise-actions';
import type { Context } from './normalise-context';
import { environmentOf } from './normalise-environment';
import {
  brokerOf,
  consumerOf,
  controllerOf,
  databaseOf,
  nameserverOf,
  producerOf,
  subscriptionGroupOf,
  topicOf,
} from './normalise-processes';
import { notesOn } from './notes';
import { both, type Path, plain, quote, Refusal } from './problem';
import type { ScenarioFile } from './schema';
import type { Note, Scenario, TopicSpec } from './types';

/**
 * A file of the right shape as the engine reads it: defaults, microseconds, bytes.
 * @throws Refusal where the parts of the file do not fit together
 */
export function normalise(file: ScenarioFile): { scenario: Scenario; notes: Note[] } {
  const directory = buildDirectory(file);
  const environment = environmentOf(file.environment, directory);
  const context: Context = {
    version: file.productVersion ?? SCENARIO_DEFAULTS.productVersion,
    machine: { cores: environment.cpu.cores },
    directory,
    hosts: new Set(environment.hosts.map(({ id }) => id)),
    notes: [],
  };
  const firstBrokers = directory.firstBrokerNames;
  const topics = each(file.topics, 'topics', (topic, path): TopicSpec => {
    const spec = topicOf(topic, firstBrokers, context, path);
    return { ...spec, brokers: spec.brokers ?? [...firstBrokers] };
  });
  const scenario: Scenario = {
    model: file.model ?? SCENARIO_DEFAULTS.model,
    title: file.title ?? SCENARIO_DEFAULTS.title,
    product: 'rocketmq',
    productVersion: context.version,
    seed: file.seed ?? SCENARIO_DEFAULTS.seed,
    start: file.start ?? SCENARIO_DEFAULTS.start,
    phases: file.phases ?? SCENARIO_DEFAULTS.phases,
    environment,
    nameservers: each(file.nameservers, 'nameservers', (spec, path) => nameserverOf(spec, context, path)),
    controllers: each(file.controllers, 'controllers', (spec, path) => controllerOf(spec, context, path)),
    brokers: each(file.brokers, 'brokers', (spec, path) => brokerOf(spec, context, path)),
    topics,
    subscriptionGroups: each(file.subscriptionGroups, 'subscriptionGroups', (group, path) => {
      const first = file.subscriptionGroups?.findIndex(({ name }) => name === group.name) ?? -1;
      if (first >= 0 && first !== path[1]) throw namedTwice(group.name, path);
      return subscriptionGroupOf(group, context, path);
    }),
    producers: each(file.producers, 'producers', (spec, path) => producerOf(spec, context, path)),
    consumers: each(file.consumers, 'consumers', (spec, path) => consumerOf(spec, context, path)),
    databases: each(file.databases, 'databases', databaseOf),
    actions: each(file.actions, 'actions', (action, path) => actionOf(action, context, path)),
  };
  refuseTooManyQueues(scenario, directory.brokerNames.size);
  return { scenario, notes: [...notesOn(scenario), ...context.notes] };
}

function each<In, Out>(
  items: readonly In[] | undefined,
  section: string,
  read: (item: In, path: Path) => Out,
): Out[] {
  return (items ?? []).map((item, i) => read(item, [section, i]));
}

function namedTwice(name: string, path: Path): Refusal {
  return new Refusal({
    path: [...path, 'name'],
    found: plain(quote(name)),
    expected: both('a group that is not listed above', '前面没有列出过的消费组'),
  });
}

/** Counts each topic at its largest, on every broker that may ever hold it. */
function refuseTooManyQueues({ topics, actions }: Scenario, allBrokers: number): void {
  const sizes = new Map<string, { queues: number; brokers: number }>();
  const count = (name: string, { readQueueNums = 0, writeQueueNums = 0 }, brokers: number): void => {
    const before = sizes.get(name) ?? { queues: 0, brokers: 0 };
    sizes.set(name, {
      queues: Math.max(before.queues, readQueueNums, writeQueueNums),
      brokers: Math.max(before.brokers, brokers),
    });
  };
  for (const { name, config, brokers } of topics) count(name, config, brokers.length);
  for (const action of actions) {
    if (action.do === 'createTopic')
      count(action.topic.name, action.topic.config, action.topic.brokers?.length ?? allBrokers);
    if (action.do === 'alterTopic')
      count(action.topic, action.config, action.brokers === null ? 0 : allBrokers);
  }
  let total = 0;
  for (const { queues, brokers } of sizes.values()) total += queues * brokers;
  if (total <= QUEUES_MAX) return;
  throw new Refusal({
    path: ['topics'],
    found: both(`${total} queues`, `${total} 个队列`),
    expected: both(
      `at most ${QUEUES_MAX} queues of all topics over all brokers`,
      `所有 Topic 在所有 Broker 上的队列一共不超过 ${QUEUES_MAX} 个`,
    ),
  });
}
