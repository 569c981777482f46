import type { LocalizedText } from './localized-text';
import { nearest } from './nearest';
import { both, describeValue, formatPath, type Path, plain, quote, Refusal, zhJoin } from './problem';
import type { ConfigClass, ConfigValue, KeySpec, Machine, ProductVersion } from './rocketmq-key-spec';
import {
  BROKER_KEYS,
  CONSUMER_KEYS,
  CONTROLLER_KEYS,
  NAMESRV_KEYS,
  PRODUCER_KEYS,
  SUBSCRIPTION_GROUP_KEYS,
  TOPIC_KEYS,
} from './rocketmq-keys';
import { KEYS_NOT_MODELLED, KEYS_WRITTEN_ELSEWHERE } from './rocketmq-other-keys';

/** Each modelled key with the type of its value. */
type ConfigOf<Table> = { readonly [K in keyof Table]: Table[K] extends KeySpec<infer V> ? V : never };
export type NamesrvConfig = ConfigOf<typeof NAMESRV_KEYS>;
export type ControllerConfig = ConfigOf<typeof CONTROLLER_KEYS>;
export type BrokerConfig = ConfigOf<typeof BROKER_KEYS>;
export type ProducerConfig = ConfigOf<typeof PRODUCER_KEYS>;
export type ConsumerConfig = ConfigOf<typeof CONSUMER_KEYS>;
export type TopicConfig = ConfigOf<typeof TOPIC_KEYS>;
export type SubscriptionGroupConfig = ConfigOf<typeof SUBSCRIPTION_GROUP_KEYS>;

export type ConfigRole =
  | 'nameserver'
  | 'controller'
  | 'broker'
  | 'producer'
  | 'consumer'
  | 'topic'
  | 'subscriptionGroup';
/** A part of a configuration: the keys that a file or an action names. */
export type ConfigPatch = Readonly<Record<string, ConfigValue>>;

export const CONFIG_TABLES: Readonly<Record<ConfigRole, Readonly<Record<string, KeySpec>>>> = {
  nameserver: NAMESRV_KEYS,
  controller: CONTROLLER_KEYS,
  broker: BROKER_KEYS,
  producer: PRODUCER_KEYS,
  consumer: CONSUMER_KEYS,
  topic: TOPIC_KEYS,
  subscriptionGroup: SUBSCRIPTION_GROUP_KEYS,
};

const CLASSES: Readonly<Record<ConfigRole, readonly ConfigClass[]>> = {
  nameserver: ['NamesrvConfig', 'NettyServerConfig'],
  controller: ['ControllerConfig', 'NettyServerConfig'],
  broker: ['BrokerConfig', 'MessageStoreConfig', 'NettyServerConfig', 'NettyClientConfig'],
  producer: ['DefaultMQProducer', 'ClientConfig', 'NettyClientConfig'],
  consumer: ['DefaultMQPushConsumer', 'ClientConfig', 'NettyClientConfig'],
  topic: ['TopicConfig'],
  subscriptionGroup: ['SubscriptionGroupConfig'],
};

const ROLE_NAMES: Readonly<Record<ConfigRole, LocalizedText>> = {
  nameserver: both('a name server', 'NameServer'),
  controller: both('a controller', 'Controller'),
  broker: both('a broker', 'Broker'),
  producer: both('a producer', '生产者'),
  consumer: both('a consumer', '消费者'),
  topic: both('a topic', 'Topic'),
  subscriptionGroup: both('a consumer group', '消费组'),
};

/** The value a key has in the product when nobody sets it. */
function defaultOf(spec: KeySpec, version: ProductVersion, machine: Machine): ConfigValue {
  const value = version === '5.3' ? spec.default5 : spec.default4;
  return typeof value === 'function' ? value(machine) : value;
}

function defaultsOf<Table extends Readonly<Record<string, KeySpec>>>(
  table: Table,
  version: ProductVersion,
  machine: Machine,
): ConfigOf<Table> {
  const entries = Object.entries(table).map(([key, spec]) => [key, defaultOf(spec, version, machine)]);
  return Object.fromEntries(entries) as ConfigOf<Table>;
}

/** All modelled keys of a name server, as the product of that version starts with them. */
export function namesrvDefaults(version: ProductVersion): NamesrvConfig {
  return defaultsOf(NAMESRV_KEYS, version, { cores: 1 });
}

export function controllerDefaults(version: ProductVersion): ControllerConfig {
  return defaultsOf(CONTROLLER_KEYS, version, { cores: 1 });
}

/** As `namesrvDefaults`; the sizes of a broker's thread pools depend on the cores of its host. */
export function brokerDefaults(version: ProductVersion, machine: Machine): BrokerConfig {
  return defaultsOf(BROKER_KEYS, version, machine);
}

export function producerDefaults(version: ProductVersion): ProducerConfig {
  return defaultsOf(PRODUCER_KEYS, version, { cores: 1 });
}

export function consumerDefaults(version: ProductVersion): ConsumerConfig {
  return defaultsOf(CONSUMER_KEYS, version, { cores: 1 });
}

/** A consumer group as the brokers create it by themselves. */
export function subscriptionGroupDefaults(version: ProductVersion): SubscriptionGroupConfig {
  return defaultsOf(SUBSCRIPTION_GROUP_KEYS, version, { cores: 1 });
}

/** A topic as `mqadmin updateTopic` makes it, with the given number of queues for reading and writing. */
export function topicDefaults(queues: number): TopicConfig {
  return { ...defaultsOf(TOPIC_KEYS, '5.3', { cores: 1 }), readQueueNums: queues, writeQueueNums: queues };
}

/** All modelled keys of a role with what they are when nobody sets them. */
export function configDefaultsOf(
  role: ConfigRole,
  version: ProductVersion,
  machine: Machine,
): Readonly<Record<string, ConfigValue>> {
  return defaultsOf(CONFIG_TABLES[role], version, machine);
}

/**
 * Checks keys, types and ranges of a `config` against the product's own.
 * @throws Refusal at the first key that is unknown, not modelled, of another role or version, or out of range
 */
export function readConfigPatch(
  role: ConfigRole,
  version: ProductVersion,
  config: Readonly<Record<string, unknown>>,
  path: Path,
): ConfigPatch {
  const patch: Record<string, ConfigValue> = {};
  for (const [key, value] of Object.entries(config)) {
    const spec = specOf(role, key);
    if (spec === undefined) throw unknownKey(role, key, path);
    if (spec.only !== undefined && spec.only !== version) throw otherVersion(key, spec.only, version, path);
    patch[key] = readValue(spec, value, [...path, key]);
  }
  return patch;
}

/** The row of a key that the role's config may hold. */
export function specOf(role: ConfigRole, key: string): KeySpec | undefined {
  const table = CONFIG_TABLES[role];
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function readValue(spec: KeySpec, value: unknown, path: Path): ConfigValue {
  if (isAllowed(spec, value)) return value;
  const expected = describeAllowed(spec);
  const near =
    spec.type === 'enum' && typeof value === 'string' ? nearest(value, spec.values!.map(String)) : undefined;
  const quoted = typeof value === 'string' && spec.type !== 'enum' && spec.type !== 'string';
  const remedy =
    near !== undefined
      ? both(`Did you mean "${near}"?`, `是不是 "${near}"？`)
      : quoted
        ? both('Write the value without quotes', '请去掉值的引号')
        : undefined;
  throw new Refusal({ path, found: describeValue(value), expected, remedy });
}

function isAllowed(spec: KeySpec, value: unknown): value is ConfigValue {
  if (spec.type === 'bool') return typeof value === 'boolean';
  if (spec.type === 'string')
    return typeof value === 'string' && value.length <= 512 && spec.pattern!.test(value);
  if (spec.values !== undefined) return spec.values.some((allowed) => allowed === value);
  if (!Number.isSafeInteger(value)) return false;
  const number = value as number;
  return number === spec.off || (number >= spec.min && number <= spec.max);
}

function describeAllowed(spec: KeySpec): LocalizedText {
  if (spec.type === 'bool') return plain('true / false');
  if (spec.type === 'string')
    return both(
      `text like "${spec.example ?? spec.default5}"`,
      `形如 "${spec.example ?? spec.default5}" 的文本`,
    );
  if (spec.values !== undefined)
    return both(`one of ${spec.values.join(', ')}`, `${spec.values.join('、')} 之一`);
  const off =
    spec.off === undefined ? both('', '') : both(`, or ${spec.off} for off`, `，或用 ${spec.off} 表示关闭`);
  return both(
    `an integer from ${spec.min} to ${spec.max}${off.en}`,
    `${spec.min} 到 ${spec.max} 的整数${off.zh}`,
  );
}

function otherVersion(key: string, only: ProductVersion, version: ProductVersion, path: Path): Refusal {
  return new Refusal({
    path: [...path, key],
    found: both(`the key \`${key}\``, `键 \`${key}\``),
    expected: both(`a key of RocketMQ ${version}`, `RocketMQ ${version} 的键`),
    remedy: both(
      `Remove it, or set \`productVersion\` to "${only}"`,
      `请删除，或把 \`productVersion\` 设为 "${only}"`,
    ),
    headline: both(
      `\`${key}\` at ${formatPath(path)} exists in RocketMQ ${only} only, and this scenario is of ${version}`,
      `${formatPath(path)} 中的 \`${key}\` 只存在于 RocketMQ ${only}，而本场景是 ${version}`,
    ),
  });
}

/** The class of the role that has the key among those that are not modelled. */
function classDeclaring(key: string, role: ConfigRole): ConfigClass | undefined {
  return CLASSES[role].find((where) => KEYS_NOT_MODELLED[where].split(/\s+/).includes(key));
}

function unknownKey(role: ConfigRole, key: string, path: Path): Refusal {
  const complaint = {
    path: [...path, key],
    found: both(`the key ${quote(key)}`, `键 ${quote(key)}`),
    expected: both(`a key of ${CLASSES[role].join(', ')}`, `${CLASSES[role].join('、')} 的键`),
  };
  const where = formatPath(path);

  const declaring = classDeclaring(key, role);
  const instead = KEYS_WRITTEN_ELSEWHERE[role];
  if (instead !== undefined && Object.hasOwn(instead, key)) {
    return new Refusal({
      ...complaint,
      headline: both(
        `\`${key}\` is a real key, but its value stands elsewhere in this format (${where})`,
        `\`${key}\` 是真实的键，但它的值在本格式中写在别处（${where}）`,
      ),
      remedy: both(`Write ${instead[key]!.en}`, zhJoin('请写', instead[key]!.zh)),
    });
  }
  if (declaring !== undefined) {
    return new Refusal({
      ...complaint,
      headline: both(
        `\`${key}\` is a real key of ${declaring}, but this playground does not model it (${where})`,
        `\`${key}\` 是 ${declaring} 的真实配置项，但本演练场没有模拟它（${where}）`,
      ),
      remedy: both('Remove it', '请删除'),
    });
  }
  const owner = (Object.keys(CONFIG_TABLES) as ConfigRole[]).find(
    (other) => specOf(other, key) !== undefined,
  );
  if (owner !== undefined) {
    return new Refusal({
      ...complaint,
      headline: both(
        `\`${key}\` is a key of ${specOf(owner, key)!.where} and not of ${ROLE_NAMES[role].en} (${where})`,
        `\`${key}\` 是 ${specOf(owner, key)!.where} 的键，${zhJoin('不属于', ROLE_NAMES[role].zh)}（${where}）`,
      ),
      remedy: both(
        `Write it in the config of ${ROLE_NAMES[owner].en}`,
        zhJoin(zhJoin('请写进', ROLE_NAMES[owner].zh), '的 config'),
      ),
    });
  }
  const near = nearest(key, Object.keys(CONFIG_TABLES[role]));
  return new Refusal({
    ...complaint,
    headline: both(`unknown key ${backquote(key)} at ${where}`, `${where} 中有未知的键 ${backquote(key)}`),
    remedy:
      near === undefined
        ? both('The user documentation lists the modelled keys', '用户文档列出了全部已模拟的键')
        : both(`Did you mean \`${near}\`?`, `是不是 \`${near}\`？`),
  });
}

function backquote(key: string): string {
  return `\`${quote(key).slice(1, -1)}\``;
}
