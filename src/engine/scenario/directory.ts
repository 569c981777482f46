/** Who is who in a scenario file: every name that another part of the file may use. */
import { PROCESSES_MAX, TOPICS_MAX } from './limits';
import type { LocalizedText } from './localized-text';
import { nearest } from './nearest';
import { both, type Path, plain, quote, Refusal, zhJoin } from './problem';
import type { ScenarioFile } from './schema';

export const PROCESS_KINDS = ['nameserver', 'controller', 'broker', 'producer', 'consumer'] as const;
/** What can come later. Controllers are one Raft group, whose members are fixed. */
export const ADDABLE_KINDS = ['nameserver', 'broker', 'producer', 'consumer', 'database'] as const;
export type ProcessKind = (typeof PROCESS_KINDS)[number];
export type Kind = ProcessKind | 'database' | 'host';

export interface Directory {
  /** Every id of the file, those of `add` actions included. */
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly brokerNames: ReadonlySet<string>;
  /** Broker names that stand in `brokers`: the others come by an `add` action. */
  readonly firstBrokerNames: ReadonlySet<string>;
  /** Topics that are declared, created, or sent to. */
  readonly topics: ReadonlySet<string>;
  /** Topics that are declared or created: a name may be taken once. */
  readonly declaredTopics: ReadonlySet<string>;
  readonly consumerGroups: ReadonlySet<string>;
}

const KIND_NAMES: Readonly<Record<Kind, LocalizedText>> = {
  nameserver: both('a name server', 'NameServer'),
  controller: both('a controller', 'Controller'),
  broker: both('a broker', 'Broker'),
  producer: both('a producer', '生产者'),
  consumer: both('a consumer', '消费者'),
  database: both('a database', '数据库'),
  host: both('a host', '主机'),
};

/** Roles that stand for a process where products are compared, with the kind that they mean. */
const ROLE_TARGETS: readonly (readonly [RegExp, ProcessKind])[] = [
  [/^(?:leaderOf|replicaOf):busiest$/, 'broker'],
  [/^metadata$/, 'nameserver'],
  [/^consumer:[1-9]\d{0,3}$/, 'consumer'],
];

function roleTarget(target: string): ProcessKind | undefined {
  return ROLE_TARGETS.find(([pattern]) => pattern.test(target))?.[1];
}

/**
 * Collects all names.
 * @throws Refusal for an id or a topic that is taken, for an id that is a role target, and beyond the limits
 */
export function buildDirectory(file: ScenarioFile): Directory {
  const kinds = new Map<string, Kind>();
  const enter = (kind: Kind, id: string, path: Path): void => {
    const taken = kinds.get(id);
    if (taken !== undefined || roleTarget(id) !== undefined) throw idTaken(id, taken, path);
    kinds.set(id, kind);
  };
  file.environment?.hosts?.forEach(({ id }, i) => {
    enter('host', id, ['environment', 'hosts', i, 'id']);
  });
  for (const kind of [...PROCESS_KINDS, 'database'] as const) {
    file[`${kind}s`]?.forEach(({ id }, i) => {
      enter(kind, id, [`${kind}s`, i, 'id']);
    });
  }
  const added = (file.actions ?? []).flatMap((action, i) => (action.do === 'add' ? [{ action, i }] : []));
  for (const { action, i } of added) {
    for (const kind of ADDABLE_KINDS) {
      const process = action[kind];
      if (process !== undefined) enter(kind, process.id, ['actions', i, kind, 'id']);
    }
  }
  refuseTooManyProcesses([...kinds.values()].filter((kind) => kind !== 'host').length);

  const brokers = file.brokers ?? [];
  const producers = [...(file.producers ?? []), ...added.flatMap(({ action }) => action.producer ?? [])];
  const consumers = [...(file.consumers ?? []), ...added.flatMap(({ action }) => action.consumer ?? [])];
  const addedBrokers = added.flatMap(({ action }) => action.broker ?? []);
  const declaredTopics = declareTopics(file);
  return {
    kinds,
    firstBrokerNames: new Set(brokers.map(({ brokerName }) => brokerName)),
    brokerNames: new Set([...brokers, ...addedBrokers].map(({ brokerName }) => brokerName)),
    topics: new Set([...declaredTopics, ...producers.map(({ topic }) => topic)]),
    declaredTopics,
    consumerGroups: new Set(consumers.map(({ group }) => group)),
  };
}

function idTaken(id: string, taken: Kind | undefined, path: Path): Refusal {
  return new Refusal({
    path,
    found: plain(quote(id)),
    expected: both('an id that is used once', '只使用一次的 id'),
    remedy:
      taken === undefined
        ? both('This word names a role; choose another id', '这个词用来指代角色，请换一个 id')
        : both(
            `Choose another id: it already names ${KIND_NAMES[taken].en}`,
            zhJoin(zhJoin('请换一个 id：它已经是', KIND_NAMES[taken].zh), '的 id'),
          ),
  });
}

function refuseTooManyProcesses(count: number): void {
  if (count <= PROCESSES_MAX) return;
  throw new Refusal({
    path: [],
    found: both(`${count} processes`, `${count} 个进程`),
    expected: both(
      `at most ${PROCESSES_MAX} name servers, controllers, brokers, producers, consumers and databases, added ones included`,
      `NameServer、Controller、Broker、生产者、消费者、数据库连同后来加入的一共不超过 ${PROCESSES_MAX} 个`,
    ),
  });
}

/** [TopicValidator] */
const SYSTEM_TOPICS = new Set([
  'TBW102',
  'SCHEDULE_TOPIC_XXXX',
  'BenchmarkTest',
  'RMQ_SYS_TRANS_HALF_TOPIC',
  'RMQ_SYS_TRACE_TOPIC',
  'RMQ_SYS_TRANS_OP_HALF_TOPIC',
  'TRANS_CHECK_MAX_TIME_TOPIC',
  'SELF_TEST_TOPIC',
  'OFFSET_MOVED_EVENT',
  'CHECKPOINT_TOPIC',
]);

function declareTopics(file: ScenarioFile): Set<string> {
  const created = (file.actions ?? []).flatMap((action, i) =>
    action.do === 'createTopic' ? [{ name: action.topic.name, path: ['actions', i, 'topic', 'name'] }] : [],
  );
  const listed = (file.topics ?? []).map(({ name }, i) => ({ name, path: ['topics', i, 'name'] }));
  const names = new Set<string>();
  for (const { name, path } of [...listed, ...created]) {
    const isSystem = SYSTEM_TOPICS.has(name) || name.startsWith('rmq_sys_');
    if (isSystem || names.has(name)) {
      throw new Refusal({
        path,
        found: plain(quote(name)),
        expected: both('a topic name that is not taken', '未被占用的 Topic 名称'),
        remedy: isSystem
          ? both('The product keeps this name for itself', '产品自己保留了这个名称')
          : both(
              'Declare a topic once; change it by alterTopic',
              '一个 Topic 只声明一次；修改请用 alterTopic',
            ),
      });
    }
    names.add(name);
  }
  if (names.size > TOPICS_MAX) {
    throw new Refusal({
      path: ['topics'],
      found: both(`${names.size} topics`, `${names.size} 个 Topic`),
      expected: both(
        `at most ${TOPICS_MAX} topics, created ones included`,
        `连同后来创建的一共不超过 ${TOPICS_MAX} 个 Topic`,
      ),
    });
  }
  return names;
}

/**
 * The kind that a target names.
 * @throws Refusal when the id names nothing, or a kind that the action cannot act on
 */
export function kindOfTarget<K extends Kind>(
  { kinds }: Directory,
  target: string,
  allowed: readonly K[],
  path: Path,
  roleTargets: 'with roles' | 'ids only' = 'with roles',
): K {
  const kind = kinds.get(target) ?? (roleTargets === 'with roles' ? roleTarget(target) : undefined);
  const fits = allowed.find((one) => one === kind);
  if (fits !== undefined) return fits;
  const names = allowed.map((one) => KIND_NAMES[one].en);
  const expected = both(
    `the id of ${names.slice(0, -1).join(', ')}${names.length > 1 ? ' or ' : ''}${names.at(-1)}`,
    zhJoin(allowed.map((one) => KIND_NAMES[one].zh).join('、'), '的 id'),
  );
  const found =
    kind === undefined
      ? both(`${quote(target)}, which names nothing`, `${quote(target)}，它不指代任何东西`)
      : both(
          `${quote(target)}, ${KIND_NAMES[kind].en}`,
          `${quote(target)}，${zhJoin('它是', KIND_NAMES[kind].zh)}`,
        );
  const candidates = [...kinds].filter(([, one]) => allowed.some((each) => each === one)).map(([id]) => id);
  throw new Refusal({ path, found, expected, remedy: hint(target, candidates) });
}

/**
 * Checks that a name is among the known ones.
 * @throws Refusal with the nearest known name
 */
export function expectKnown(name: string, known: ReadonlySet<string>, what: LocalizedText, path: Path): void {
  if (known.has(name)) return;
  throw new Refusal({
    path,
    found: both(`${quote(name)}, which names nothing`, `${quote(name)}，它不指代任何东西`),
    expected: what,
    remedy: hint(name, [...known]),
  });
}

const LISTED_MAX = 8;

function hint(name: string, known: readonly string[]): LocalizedText | undefined {
  const near = nearest(name, known);
  if (near !== undefined) return both(`Did you mean "${near}"?`, `是不是 "${near}"？`);
  if (known.length === 0) return both('The file declares none', '文件中一个也没有声明');
  const shown = known.slice(0, LISTED_MAX);
  const more = known.length > LISTED_MAX;
  return both(
    `There are: ${shown.join(', ')}${more ? ', …' : ''}`,
    `已有：${shown.join('、')}${more ? '……' : ''}`,
  );
}
