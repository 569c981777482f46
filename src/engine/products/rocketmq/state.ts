import type { Sim } from '../../core/sim';
import type { Table } from '../../core/table';
import type { World } from '../../model/world';
import type {
  BrokerConfig,
  ConsumerConfig,
  NamesrvConfig,
  ProducerConfig,
  SubscriptionGroupConfig,
} from '../../scenario/config';
import type { ConsumerSpec, ProducerSpec, TopicSpec } from '../../scenario/types';
import type { Controlled } from './broker/controlled';
import type { MetadataFile } from './broker/metadata-file';
import type { BrokerService } from './broker/service-state';
import type { BrokerStore } from './broker/store-state';
import type { ClientState } from './client/client-state';
import type { ConsumerState } from './consumer/consumer-state';
import type { Controller } from './controller/controller-state';
import type { MessageFilter } from './filter/filter';
import type { NameserverTables, OrderConfs } from './nameserver/nameserver-state';
import type { ProducerState } from './producer/producer-state';
import type { Remoting } from './remoting';
import type { TraceDispatcher } from './trace/trace-state';

/** Dead letters of one topic that one command has sent again: those before an offset that no earlier one has sent. */
export interface Resent {
  readonly frozen: true;
  readonly endOffset: number;
  readonly count: number;
  readonly atUs: number;
  /** Broker that took them; the offset of each chose one of the queues that it had then. */
  readonly to: string;
  readonly queues: number;
}

/**
 * The state of a RocketMQ cluster: plain data, by process number. A part named *Disk* survives the process; what
 * a power cut takes from it is decided when the power goes (`broker/store`).
 */
export interface Rocket {
  readonly version: '5.3' | '4.9';
  readonly aligned: boolean;
  topics: TopicSpec[];
  /** What an administrator says of consumer groups; each broker begins with it. */
  groups: ReadonlyMap<string, SubscriptionGroupConfig>;
  /** What an operator has sent again of a queue of dead letters, by queue and topic, in order (CO-23). */
  resent: Map<string, readonly Resent[]>;
  nameservers: Map<number, Nameserver>;
  controllers: Map<number, Controller>;
  brokers: Map<number, Broker>;
  producers: Map<number, Producer>;
  consumers: Map<number, Consumer>;
  /** What the business of consumers writes to, by scenario id. */
  databases: Map<string, Database>;
  /** See timers.ts. */
  timerBaseUs: number[];
  activeTimers: { name: string; periodUs: number }[][];
  /** Producers and consumers do nothing until the warm-up is over. */
  workloadOn: boolean;
}

export type RocketSim = Sim<World<Rocket>>;

export interface Nameserver {
  readonly node: number;
  config: NamesrvConfig;
  remoting: Remoting;
  tables: NameserverTables;
  /** `kvConfig.json`, of which the one namespace `ORDER_TOPIC_CONFIG` (NS-24). */
  orderFile: MetadataFile<OrderConfs>;
}

export interface Broker {
  readonly node: number;
  readonly brokerName: string;
  /** The id that its configuration names, and the one that it runs with (HA-1). */
  readonly configuredId: number;
  brokerId: number;
  config: BrokerConfig;
  /** The role in force: as configured (HA-1), or as it was elected since. */
  role: BrokerConfig['brokerRole'];
  /** Controller mode; undefined in every other. */
  controlled: Controlled | undefined;
  remoting: Remoting;
  /** CommitLog, ConsumeQueues, flush, replication, topic table, registration. */
  store: BrokerStore;
  /** Pull processing, held pulls, consumer and producer managers, consumer offsets. */
  service: BrokerService;
}

export interface Producer {
  readonly node: number;
  spec: ProducerSpec;
  config: ProducerConfig;
  remoting: Remoting;
  client: ClientState;
  /** Undefined while `enableTrace` is off (TR-1). */
  trace: TraceDispatcher | undefined;
  state: ProducerState;
}

export interface Consumer {
  readonly node: number;
  spec: ConsumerSpec;
  /** What `spec.filter` asks for. */
  readonly filter: MessageFilter;
  config: ConsumerConfig;
  remoting: Remoting;
  client: ClientState;
  /** Undefined while `enableTrace` is off (TR-1). */
  trace: TraceDispatcher | undefined;
  state: ConsumerState;
}

/** A database behind consumers: a server that does one write after the other. */
export interface Database {
  readonly id: string;
  capacityPerSecond: number;
  latencyUs: number;
  /** Nanoseconds until which it is busy. */
  freeNs: number;
  /** Messages, or keys given by hand, whose effect stands: one cell each, by group. */
  effects: Map<string, Table>;
  /** Messages whose local transaction is committed here: one cell each. */
  transactions: Table;
}
