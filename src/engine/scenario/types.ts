/**
 * A scenario after validation: every default filled in, every time a whole number of microseconds, every size in
 * bytes. This is what the engine reads; the file that people write is described in docs/scenario-format.md.
 */
import type {
  BrokerConfig,
  ConfigPatch,
  ConsumerConfig,
  ControllerConfig,
  NamesrvConfig,
  ProducerConfig,
  SubscriptionGroupConfig,
  TopicConfig,
} from './config';
import type { LocalizedText } from './localized-text';
import type { ProductVersion } from './rocketmq-key-spec';

export type { LocalizedText };

/** [a, b] is a chance of a in b. */
export type Chance = readonly [number, number];
/** Two process ids, or role targets in actions. */
export type Pair = readonly [string, string];

export interface Scenario {
  readonly model: number;
  readonly title: LocalizedText;
  readonly product: 'rocketmq';
  readonly productVersion: ProductVersion;
  /** An unsigned 32-bit integer. */
  readonly seed: number;
  readonly start: 'warm' | 'cold';
  readonly phases: 'seeded' | 'aligned';
  readonly environment: EnvironmentSpec;
  readonly nameservers: readonly NameserverSpec[];
  /** RocketMQ 5's Controllers: one Raft group that all brokers with `enableControllerMode` know. */
  readonly controllers: readonly ControllerSpec[];
  readonly brokers: readonly BrokerSpec[];
  readonly topics: readonly TopicSpec[];
  /** Groups whose settings on the brokers differ from the product's; each name once. */
  readonly subscriptionGroups: readonly SubscriptionGroupSpec[];
  readonly producers: readonly ProducerSpec[];
  readonly consumers: readonly ConsumerSpec[];
  readonly databases: readonly DatabaseSpec[];
  /** In file order, which decides between actions of one moment. */
  readonly actions: readonly Action[];
}

export interface EnvironmentSpec {
  readonly network: NetworkSpec;
  readonly disk: DiskSpec;
  readonly memory: { readonly pageCacheBytes: number };
  readonly cpu: { readonly cores: number };
  /** Hosts that processes share. A process without a host here has one of its own, with the process's id. */
  readonly hosts: readonly HostSpec[];
  readonly links: readonly LinkSpec[];
}

export interface NetworkSpec {
  readonly latencyUs: number;
  readonly jitterUs: number;
  readonly bandwidthBytesPerSecond: number;
}

export interface DiskSpec {
  readonly fsyncUs: number;
  readonly sequentialBytesPerSecond: number;
  readonly fileSwitchUs: number;
  readonly dirtyBytes: number;
  /** 0: the kernel never writes back by itself. */
  readonly dirtyExpireUs: number;
  readonly capacityBytes: number;
}

export interface HostSpec {
  readonly id: string;
}

/** A link that differs from `environment.network`, in both directions. */
export interface LinkSpec extends NetworkSpec {
  readonly between: Pair;
}

interface ProcessSpec {
  readonly id: string;
  /** An id of `environment.hosts`, or the process's own id. */
  readonly host: string;
}

export interface NameserverSpec extends ProcessSpec {
  readonly config: NamesrvConfig;
}

export interface ControllerSpec extends ProcessSpec {
  readonly config: ControllerConfig;
}

/** As the file says it. What the product makes of role and id when the process starts is `startingBrokerId`. */
export interface BrokerSpec extends ProcessSpec {
  readonly brokerName: string;
  readonly brokerId: number;
  readonly config: BrokerConfig;
}

export interface TopicSpec {
  readonly name: string;
  readonly queues: number;
  /** Broker names, each once. */
  readonly brokers: readonly string[];
  /** An order topic: each name server keeps how many queues it has where (`updateTopic -o true`). */
  readonly order: boolean;
  readonly config: TopicConfig;
}

/** What the brokers keep of a consumer group, as `mqadmin updateSubGroup` makes it on all of them. */
export interface SubscriptionGroupSpec {
  readonly name: string;
  readonly config: SubscriptionGroupConfig;
}

/** What drives a producer: a rate, a rate that changes, or threads that each send when their last send has ended. */
export type Load =
  | { readonly kind: 'rate'; readonly ratePerSecond: number }
  | {
      readonly kind: 'profile';
      readonly steps: readonly { readonly fromUs: number; readonly ratePerSecond: number }[];
    }
  | { readonly kind: 'threads'; readonly threads: number };

/** Keys are drawn from `distinct` ones; the weight of key number k (from 1) is 1 / k^skew. */
export interface KeySpace {
  readonly distinct: number;
  readonly skew: number;
}

/** `transaction`: half message, local transaction, second phase (TX). */
export type ProducerMode = 'sync' | 'async' | 'oneway' | 'transaction';

/**
 * How a local transaction, or the answer to a check, ends. `commit` and `unknown` have written what the business had
 * to write, and `unknown` returns UNKNOW all the same; after `rollback` and `exception` nothing is written.
 */
export type TransactionOutcome = 'commit' | 'rollback' | 'unknown' | 'exception';

/** `truth`: the application looks what became of the local transaction, and answers UNKNOW while it still runs. */
export type CheckAnswer = TransactionOutcome | 'truth';

/** What the application does between the two phases. It counts in mode `transaction` only. */
export interface LocalTransactionSpec {
  /** The database that it writes to, or null: it only takes its time. */
  readonly database: string | null;
  readonly takesUs: number;
  /** Taken by the messages in turn; at least one. */
  readonly outcomes: readonly TransactionOutcome[];
  /** Taken by the checks in turn; at least one. */
  readonly answers: readonly CheckAnswer[];
  /** CHECK_IMMUNITY_TIME_IN_SECONDS of the half message, or null: the message does not have the property. */
  readonly checkImmunityUs: number | null;
}

/** Values that messages take in turn, by the name of the user property; each list holds at least one. */
export type PropertyCycles = Readonly<Record<string, readonly string[]>>;

export interface ProducerWorkload {
  readonly mode: ProducerMode;
  readonly localTransaction: LocalTransactionSpec;
  readonly load: Load;
  /** Null: without end. */
  readonly messages: number | null;
  readonly bodyBytes: number;
  /** Null: each message has a key of its own. */
  readonly keys: KeySpace | null;
  readonly queueSelector: 'roundRobin' | 'hashKey';
  /** Given to messages in turn. Empty: no tag. */
  readonly tags: readonly string[];
  /** DELAY of each message as the application sets it: 0 and below none, beyond the last level the last one (SC-1). */
  readonly delayLevel: number;
  /** TIMER_DELAY_MS of each message (5.x), or null: the message does not have the property. */
  readonly timerDelayUs: number | null;
  readonly properties: PropertyCycles;
  /** Messages of one `send` call. Above 1 they go as one batch (PR-14). A load counts messages, not calls. */
  readonly batch: number;
}

export interface ProducerSpec extends ProcessSpec, ProducerWorkload {
  readonly group: string;
  readonly topic: string;
  readonly config: ProducerConfig;
}

export interface ConsumerWorkload {
  readonly processingUs: number;
  readonly failureRate: Chance;
  /** Messages with these keys fail each time. */
  readonly poisonKeys: readonly string[];
}

/** What a consumer subscribes to. No tags: all messages. */
export type Filter =
  | { readonly kind: 'tags'; readonly tags: readonly string[] }
  | { readonly kind: 'sql'; readonly expression: string };

/** How a business guards itself against a second delivery. */
export const IDEMPOTENCE = [
  'none',
  'checkThenAct',
  'markFirst',
  'uniqueKey',
  'stateMachine',
  'expiringKey',
] as const;

export interface ConsumerSpec extends ProcessSpec, ConsumerWorkload {
  readonly group: string;
  readonly topic: string;
  readonly filter: Filter;
  readonly messageModel: 'CLUSTERING' | 'BROADCASTING';
  readonly listener: 'concurrently' | 'orderly';
  /**
   * `pop`: the request mode of the group on its topic is POP, and the brokers share out the queues. `grpc`: a client of
   * version 5, which pops through the proxy in the broker's process.
   */
  readonly protocol: 'remoting' | 'pop' | 'grpc';
  readonly idempotent: (typeof IDEMPOTENCE)[number];
  /** How long a mark of `expiringKey` stays. */
  readonly dedupeTtlUs: number;
  /** The database that the business writes to, or null. */
  readonly database: string | null;
  readonly config: ConsumerConfig;
}

export interface DatabaseWorkload {
  readonly capacityPerSecond: number;
  readonly latencyUs: number;
}

export interface DatabaseSpec extends DatabaseWorkload {
  readonly id: string;
}

/** When an action happens: exactly one of the two is not null. */
interface Moment {
  readonly atUs: number | null;
  /** After this many steps of the engine: between two events of equal time. */
  readonly afterStep: number | null;
}

/** Changed parts of a workload, of the kind that the target has. */
export type WorkloadPatch = Partial<ProducerWorkload & ConsumerWorkload & DatabaseWorkload>;

/** A message sent by hand. Null: as the producer's workload says. */
export interface MessageSpec {
  readonly key: string | null;
  readonly tag: string | null;
  readonly body: string | null;
  readonly delayLevel: number | null;
  readonly timerDelayUs: number | null;
  readonly properties: Readonly<Record<string, string>> | null;
  /** Of its local transaction, in mode `transaction`. */
  readonly outcome: TransactionOutcome | null;
}

/** A topic made while the cluster runs. Null brokers: all that are registered then. */
export interface NewTopicSpec extends Omit<TopicSpec, 'brokers'> {
  readonly brokers: readonly string[] | null;
}

export type AddedProcess =
  | { readonly role: 'producer'; readonly spec: ProducerSpec }
  | { readonly role: 'consumer'; readonly spec: ConsumerSpec }
  | { readonly role: 'broker'; readonly spec: BrokerSpec }
  | { readonly role: 'nameserver'; readonly spec: NameserverSpec }
  | { readonly role: 'database'; readonly spec: DatabaseSpec };

/** A part of the environment made slower or faster. Factor 1 gives the configured value back. */
export interface Slowness {
  readonly part: 'disk' | 'network' | 'cpu';
  /** The process whose host's disk or CPU, or all of whose links, are meant. Null with `between`. */
  readonly target: string | null;
  /** The one link that is meant, for the network. Null with `target`. */
  readonly between: Pair | null;
  /** Times as slow. Null when `fsyncUs` or `latencyUs` gives the new value itself. */
  readonly factor: number | null;
  readonly fsyncUs: number | null;
  readonly latencyUs: number | null;
}

export type ResetPoint =
  | { readonly to: 'earliest' }
  | { readonly to: 'latest' }
  | { readonly to: 'time'; readonly timeUs: number }
  | { readonly to: 'offset'; readonly offset: number };

interface Plain<Do extends string> {
  readonly do: Do;
  readonly target: string;
}
interface Counted<Do extends string> extends Plain<Do> {
  readonly messages: number;
}
interface OnLink<Do extends string> {
  readonly do: Do;
  readonly between: Pair;
}

type Deed =
  | {
      readonly do: 'set';
      readonly target: string;
      readonly config: ConfigPatch;
      readonly workload: WorkloadPatch;
    }
  | { readonly do: 'send'; readonly target: string; readonly message: MessageSpec }
  | { readonly do: 'kill'; readonly target: string; readonly failure: 'process' | 'power' | 'disk' }
  | Plain<'restart'>
  | Plain<'electMaster'>
  | OnLink<'cut'>
  | OnLink<'heal'>
  | ({ readonly do: 'slow' } & Slowness)
  | { readonly do: 'freeze'; readonly target: string; readonly forUs: number }
  | { readonly do: 'drop'; readonly from: string; readonly to: string; readonly messages: number }
  | Counted<'burst'>
  | Plain<'pause'>
  | Plain<'resume'>
  | ({ readonly do: 'add' } & AddedProcess)
  | Plain<'remove'>
  | Counted<'fail'>
  | ({ readonly do: 'resetOffset'; readonly group: string; readonly topic: string } & ResetPoint)
  | {
      readonly do: 'resendDeadLetters';
      readonly group: string;
      /** Only those that had been sent to this topic. Null: all. */
      readonly topic: string | null;
      /** At most so many, the oldest first. Null: all. */
      readonly messages: number | null;
    }
  | { readonly do: 'createTopic'; readonly topic: NewTopicSpec }
  | {
      readonly do: 'alterTopic';
      readonly topic: string;
      /** Null: the brokers that hold the topic then. */
      readonly brokers: readonly string[] | null;
      /** Null: as it was. */
      readonly order: boolean | null;
      readonly config: Partial<TopicConfig>;
    }
  | {
      readonly do: 'alterGroup';
      readonly group: string;
      readonly config: Partial<SubscriptionGroupConfig>;
    }
  | {
      readonly do: 'wipeWritePerm' | 'addWritePerm';
      readonly brokerName: string;
      /** Null: all that run then. */
      readonly nameservers: readonly string[] | null;
    };

/** What the user did, and when. A target is an id or, where products are compared, a role. */
export type Action = Moment & Deed;
export type ActionOf<Do extends Action['do']> = Extract<Action, { do: Do }>;

/** A scenario file that was read. */
export interface ReadScenario {
  readonly scenario: Scenario;
  readonly notes: readonly Note[];
}

/** Something that the file says correctly, and that the real product treats otherwise than one may think. */
export interface Note {
  /** JSON path, as in `Problem`. */
  readonly path: string;
  /** Rule of the behaviour reference. */
  readonly rule?: string;
  readonly message: LocalizedText;
}
