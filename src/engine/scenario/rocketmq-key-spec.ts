import type { LocalizedText } from './localized-text';

/** The Java class that declares the key. Server classes are read from the `.conf` file, client classes by setter. */
export type ConfigClass =
  | 'NamesrvConfig'
  | 'ControllerConfig'
  | 'NettyServerConfig'
  | 'BrokerConfig'
  | 'MessageStoreConfig'
  | 'ClientConfig'
  | 'NettyClientConfig'
  | 'DefaultMQProducer'
  | 'DefaultMQPushConsumer'
  | 'TopicConfig'
  | 'SubscriptionGroupConfig';

export type ConfigValue = number | boolean | string;
export type ProductVersion = '5.3' | '4.9';

/** What a default may depend on. */
export interface Machine {
  readonly cores: number;
}

export type Default<V extends ConfigValue> = V | ((machine: Machine) => V);

/** One configuration key that the engine honours. Times are in the product's own unit: milliseconds unless said. */
export interface KeySpec<V extends ConfigValue = ConfigValue> {
  readonly where: ConfigClass;
  readonly type: 'int' | 'long' | 'bool' | 'enum' | 'string';
  readonly default5: Default<V>;
  /** For a key that 4.9 lacks: what its code does instead, so that the engine reads one record for both versions. */
  readonly default4: Default<V>;
  readonly min: number;
  readonly max: number;
  /** The only values allowed, when there are few. */
  readonly values?: readonly V[];
  /** A value below `min` that means "off". */
  readonly off?: number;
  /** What a string must look like. */
  readonly pattern?: RegExp;
  /** A string that fits, where the default is empty. */
  readonly example?: string;
  /** The one version that has the key. */
  readonly only?: ProductVersion;
  /** False: the product reads the key only while its process starts. */
  readonly settableAtRuntime: boolean;
  /** Set by a Java system property: no setter reaches it. */
  readonly property?: string;
  /** Why setting the key changes nothing in a cluster that this playground can build. */
  readonly inert?: LocalizedText;
  readonly modelled: true;
}

interface Options<V extends ConfigValue> {
  default4?: Default<V>;
  min?: number;
  max?: number;
  values?: readonly V[];
  off?: number;
  only?: ProductVersion;
  restart?: true;
  property?: string;
  example?: string;
  inert?: LocalizedText;
}

const INT_MAX = 2_147_483_647;

/** Makes the rows of one Java class. Without `restart` a change is honoured while the process runs. */
export function keysOf(where: ConfigClass) {
  function row<V extends ConfigValue>(
    type: KeySpec['type'],
    value: Default<V>,
    options: Options<V>,
  ): KeySpec<V> {
    const { restart, ...rest } = options;
    const max = type === 'long' ? Number.MAX_SAFE_INTEGER : INT_MAX;
    return {
      where,
      type,
      default5: value,
      default4: value,
      min: 0,
      max,
      settableAtRuntime: restart !== true,
      modelled: true,
      ...rest,
    };
  }
  return {
    int: (value: Default<number>, options: Options<number> = {}) => row('int', value, options),
    long: (value: Default<number>, options: Options<number> = {}) => row('long', value, options),
    bool: (value: boolean, options: Options<boolean> = {}) => row<boolean>('bool', value, options),
    choice: <const V extends string>(values: readonly V[], value: NoInfer<V>, options: Options<V> = {}) =>
      row<V>('enum', value, { ...options, values }),
    text: (value: string, pattern: RegExp, options: Options<string> = {}) => ({
      ...row<string>('string', value, options),
      pattern,
    }),
  };
}
