import type { ConfigPatch, TopicConfig } from './config';
import { ADDABLE_KINDS, expectKnown, type Kind, kindOfTarget, PROCESS_KINDS } from './directory';
import { type Context, configOf, exactlyOne, expectPair, microseconds, scaled } from './normalise-context';
import {
  brokerOf,
  brokersOf,
  consumerOf,
  consumerWorkloadOf,
  databaseOf,
  databaseWorkloadOf,
  nameserverOf,
  producerOf,
  producerWorkloadOf,
  timerDelayOf,
  topicOf,
} from './normalise-processes';
import { both, describeValue, formatPath, type Path, Refusal } from './problem';
import { expectPropertyNames } from './properties';
import * as schema from './schema';
import { readAs } from './schema-kit';
import type { Action, AddedProcess, MessageSpec, ResetPoint, Slowness, WorkloadPatch } from './types';

type FileOf<Do extends schema.ActionFile['do']> = Extract<schema.ActionFile, { do: Do }>;

/** Every client and server, and nothing else. */
const PROCESSES = PROCESS_KINDS;
const CLIENTS = ['producer', 'consumer'] as const;

/**
 * One action with its defaults and in microseconds.
 * @throws Refusal for a target that does not exist or is of the wrong kind, and for fields that do not go together
 */
export function actionOf(file: schema.ActionFile, context: Context, path: Path): Action {
  exactlyOne(file, ['at', 'afterStep'], path);
  const moment = {
    atUs: file.at === undefined ? null : microseconds(file.at),
    afterStep: file.afterStep ?? null,
  };
  const target = (allowed: readonly Kind[]): string => {
    const id = (file as { target: string }).target;
    kindOfTarget(context.directory, id, allowed, [...path, 'target']);
    return id;
  };

  switch (file.do) {
    case 'set':
      return { ...moment, do: 'set', target: file.target, ...changesOf(file, context, path) };
    case 'send':
      return { ...moment, do: 'send', target: target(['producer']), message: messageOf(file, context, path) };
    case 'kill': {
      const failure = file.failure ?? 'process';
      const allowed = failure === 'power' ? ([...PROCESSES, 'host'] as const) : PROCESSES;
      return { ...moment, do: 'kill', target: target(allowed), failure };
    }
    case 'restart':
      return { ...moment, do: 'restart', target: target([...PROCESSES, 'host']) };
    case 'electMaster':
      return { ...moment, do: 'electMaster', target: target(['broker']) };
    case 'cut':
    case 'heal':
      expectPair(file.between, context, [...path, 'between'], 'with roles');
      return { ...moment, do: file.do, between: file.between };
    case 'slow':
      return { ...moment, do: 'slow', ...slownessOf(file, context, path) };
    case 'freeze':
      return { ...moment, do: 'freeze', target: target(PROCESSES), forUs: microseconds(file.for) };
    case 'drop':
      kindOfTarget(context.directory, file.from, PROCESSES, [...path, 'from']);
      kindOfTarget(context.directory, file.to, PROCESSES, [...path, 'to']);
      return { ...moment, do: 'drop', from: file.from, to: file.to, messages: file.messages ?? 1 };
    case 'burst':
      return { ...moment, do: 'burst', target: target(['producer']), messages: file.messages };
    case 'pause':
    case 'resume':
      return { ...moment, do: file.do, target: target(CLIENTS) };
    case 'add':
      return { ...moment, do: 'add', ...addedBy(file, context, path) };
    case 'remove':
      return { ...moment, do: 'remove', target: target(PROCESSES) };
    case 'fail':
      return { ...moment, do: 'fail', target: target(['consumer']), messages: file.messages };
    case 'resetOffset': {
      expectGroup(file.group, context, [...path, 'group']);
      expectTopic(file.topic, context, [...path, 'topic']);
      return {
        ...moment,
        do: 'resetOffset',
        group: file.group,
        topic: file.topic,
        ...resetPointOf(file, path),
      };
    }
    case 'resendDeadLetters': {
      expectGroup(file.group, context, [...path, 'group']);
      if (file.topic !== undefined) expectTopic(file.topic, context, [...path, 'topic']);
      const { group, topic = null, messages = null } = file;
      return { ...moment, do: 'resendDeadLetters', group, topic, messages };
    }
    case 'createTopic': {
      const topic = topicOf(file.topic, context.directory.brokerNames, context, [...path, 'topic']);
      return { ...moment, do: 'createTopic', topic };
    }
    case 'alterTopic': {
      expectTopic(file.topic, context, [...path, 'topic']);
      const brokers = brokersOf(file.brokers, context.directory.brokerNames, path);
      return {
        ...moment,
        do: 'alterTopic',
        topic: file.topic,
        brokers,
        order: file.order ?? null,
        config: alteredBy(file, context, path),
      };
    }
    case 'alterGroup': {
      const config = configOf('subscriptionGroup', file.config, context, [...path, 'config']);
      if (Object.keys(config).length === 0) {
        throw nothingToDo(both('a `config` with a change', '写有改动的 `config`'), [...path, 'config']);
      }
      return { ...moment, do: 'alterGroup', group: file.group, config };
    }
    case 'wipeWritePerm':
    case 'addWritePerm': {
      const { brokerName, nameservers = null } = file;
      const { brokerNames } = context.directory;
      expectKnown(brokerName, brokerNames, both('a brokerName', '一个 brokerName'), [...path, 'brokerName']);
      nameservers?.forEach((id, i) => {
        kindOfTarget(context.directory, id, ['nameserver'], [...path, 'nameservers', i]);
      });
      return { ...moment, do: file.do, brokerName, nameservers };
    }
  }
}

function expectTopic(name: string, { directory }: Context, path: Path): void {
  const derived = name.startsWith('%RETRY%') || name.startsWith('%DLQ%');
  if (!derived) expectKnown(name, directory.topics, both('a topic of the scenario', '场景中的 Topic'), path);
}

function alteredBy(file: FileOf<'alterTopic'>, context: Context, path: Path): Partial<TopicConfig> {
  const queues = file.queues === undefined ? {} : { readQueueNums: file.queues, writeQueueNums: file.queues };
  const config = { ...queues, ...configOf('topic', file.config, context, [...path, 'config']) };
  const more = file.brokers !== undefined || file.order !== undefined;
  if (more || Object.keys(config).length > 0) return config;
  const fields = both('`queues`, `brokers`, `order` or `config`', '`queues`、`brokers`、`order` 或 `config`');
  throw nothingToDo(fields, path);
}

function nothingToDo(expected: Refusal['problem']['message'], path: Path): Refusal {
  return new Refusal({ path, found: both('no change', '空的改动'), expected });
}

function changesOf(
  file: FileOf<'set'>,
  context: Context,
  path: Path,
): { readonly config: ConfigPatch; readonly workload: WorkloadPatch } {
  const kind = kindOfTarget(context.directory, file.target, [...PROCESSES, 'database'], [...path, 'target']);
  const configPath = [...path, 'config'];
  if (kind === 'database' && file.config !== undefined) {
    throw new Refusal({
      path: configPath,
      found: describeValue(file.config),
      expected: both('`workload`: a database has no config', '`workload`：数据库没有 config'),
    });
  }
  const config = kind === 'database' ? {} : configOf(kind, file.config, context, configPath);
  const workload = workloadOf(kind, file.workload, context, [...path, 'workload']);
  if (Object.keys(config).length + Object.keys(workload).length === 0) {
    throw nothingToDo(
      both('a `config` or a `workload` with a change', '写有改动的 `config` 或 `workload`'),
      path,
    );
  }
  return { config, workload };
}

function workloadOf(kind: Kind, workload: unknown, context: Context, path: Path): WorkloadPatch {
  if (workload === undefined) return {};
  if (kind === 'producer') {
    return producerWorkloadOf(readAs(schema.producerWorkload, workload, path), context, path);
  }
  if (kind === 'consumer') return consumerWorkloadOf(readAs(schema.consumerWorkload, workload, path));
  if (kind === 'database') return databaseWorkloadOf(readAs(schema.databaseWorkload, workload, path));
  throw new Refusal({
    path,
    found: describeValue(workload),
    expected: both('`config`: a server has no workload', '`config`：服务端进程没有 workload'),
  });
}

const SLOW_FIELDS = {
  disk: { where: ['target'], how: ['factor', 'fsyncMs'] },
  cpu: { where: ['target'], how: ['factor'] },
  network: { where: ['target', 'between'], how: ['factor', 'latencyMs'] },
} as const;

function slownessOf(file: FileOf<'slow'>, context: Context, path: Path): Slowness {
  const { where, how } = SLOW_FIELDS[file.part];
  const fitting: readonly string[] = [...where, ...how];
  for (const key of ['target', 'between', 'factor', 'fsyncMs', 'latencyMs'] as const) {
    if (file[key] !== undefined && !fitting.includes(key)) {
      throw new Refusal({
        path: [...path, key],
        found: describeValue(file[key]),
        expected: both(`one of ${fitting.join(', ')}`, `${fitting.join('、')} 之一`),
        headline: both(
          `${formatPath(path)}: \`${key}\` does not go with part "${file.part}", which takes ${fitting.join(', ')}`,
          `${formatPath(path)}：part 为 "${file.part}" 时不能写 \`${key}\`，可以写 ${fitting.join('、')}`,
        ),
      });
    }
  }
  exactlyOne(file, where, path);
  exactlyOne(file, how, path);
  if (file.target !== undefined) kindOfTarget(context.directory, file.target, PROCESSES, [...path, 'target']);
  if (file.between !== undefined) expectPair(file.between, context, [...path, 'between'], 'with roles');
  return {
    part: file.part,
    target: file.target ?? null,
    between: file.between ?? null,
    factor: file.factor ?? null,
    fsyncUs: file.fsyncMs === undefined ? null : scaled(file.fsyncMs, 1_000),
    latencyUs: file.latencyMs === undefined ? null : scaled(file.latencyMs, 1_000),
  };
}

function addedBy(file: FileOf<'add'>, context: Context, path: Path): AddedProcess {
  const role = exactlyOne(file, ADDABLE_KINDS, path);
  const at = [...path, role];
  switch (role) {
    case 'nameserver':
      return { role, spec: nameserverOf(file.nameserver!, context, at) };
    case 'broker':
      return { role, spec: brokerOf(file.broker!, context, at) };
    case 'producer':
      return { role, spec: producerOf(file.producer!, context, at) };
    case 'consumer':
      return { role, spec: consumerOf(file.consumer!, context, at) };
    case 'database':
      return { role, spec: databaseOf(file.database!) };
  }
}

function messageOf({ message = {} }: FileOf<'send'>, context: Context, path: Path): MessageSpec {
  const at = [...path, 'message'];
  const {
    key = null,
    tag = null,
    body = null,
    delayLevel = null,
    properties = null,
    outcome = null,
  } = message;
  if (properties !== null) expectPropertyNames(properties, [...at, 'properties']);
  return {
    key,
    tag,
    body,
    delayLevel,
    timerDelayUs: timerDelayOf(message, context, at),
    properties,
    outcome,
  };
}

function expectGroup(group: string, { directory }: Context, path: Path): void {
  expectKnown(group, directory.consumerGroups, both('the group of a consumer', '某个消费者的 group'), path);
}

function resetPointOf(file: FileOf<'resetOffset'>, path: Path): ResetPoint {
  const { to, time, offset } = file;
  for (const key of ['time', 'offset'] as const) {
    if ((file[key] !== undefined) !== (to === key)) {
      throw new Refusal({
        path: [...path, key],
        found: describeValue(file[key]),
        expected: both(`\`${key}\` exactly when \`to\` is "${key}"`, `\`to\` 为 "${key}" 时的 \`${key}\``),
        headline: both(
          `${formatPath(path)}: \`${key}\` stands exactly when \`to\` is "${key}"`,
          `${formatPath(path)}：\`to\` 为 "${key}" 时必须写 \`${key}\`，其他时候不能写`,
        ),
      });
    }
  }
  if (to === 'time') return { to, timeUs: microseconds(time!) };
  if (to === 'offset') return { to, offset: offset! };
  return { to };
}
