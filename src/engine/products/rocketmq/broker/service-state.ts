import type { SubscriptionGroupConfig } from '../../../scenario/config';
import type { MessageFilter } from '../filter/filter';
import type { LockTable } from '../orderly/lock-table';
import type { OrdersFile, PopService } from '../pop/pop-state';
import type { PullMessage, SubscriptionData } from '../protocol';
import type { Incoming } from '../remoting';
import type { MetadataFile } from './metadata-file';

/**
 * What a broker's service side keeps: plain data. All but `disk` lives in memory and ends with the process.
 */
export interface BrokerService {
  pool: PullPool;
  /** `PullRequestHoldService`: parked pulls by arena number of the queue, in order of arrival. */
  held: Map<number, HeldPull[]>;
  heldCount: number;
  /** For when the next sweep of parked pulls is scheduled; Infinity when none. */
  sweepAtUs: number;
  /** `ConsumerManager.consumerTable`, by group. */
  groups: Map<string, GroupInfo>;
  /** `ProducerManager.groupChannelTable`: group → connection → client. */
  producers: Map<string, Map<number, ClientChannel>>;
  /** `realTimeNotifyConsumerChange`=false: groups to notify at the next batch. */
  notifyLater: Set<string>;
  /** `ConsumerOffsetManager.offsetTable`: `topic@group` → offset by queue id; -1 none. */
  offsets: Map<string, number[]>;
  /** Counter of its `DataVersion`, and commits since it last moved on (`consumerOffsetUpdateVersionStep`). */
  offsetsVersion: number;
  commitsSinceVersion: number;
  /** `ConsumerOffsetManager.resetOffsetTable` (CO-18), in the same shape. */
  resets: Map<string, number[]>;
  /** `RebalanceLockManager.mqLockTable` (OR-2). */
  locks: LockTable;
  /** Pop consumption (PO-2). */
  pop: PopService;
  disk: ServiceDisk;
}

/** Threads of `PullMessageProcessor` and the requests in front of them. */
interface PullPool {
  threads: number;
  busy: number;
  waiting: PullTask[];
  /** For when the fast-failure sweep of the queue is scheduled; Infinity when none. */
  sweepAtUs: number;
}

export interface PullTask {
  readonly frozen: true;
  readonly request: Incoming<PullMessage>;
  readonly arrivedUs: number;
  /** False for the second run of a parked pull, which is answered whatever it finds. */
  readonly mayHold: boolean;
}

export interface HeldPull {
  readonly frozen: true;
  readonly request: Incoming<PullMessage>;
  readonly sinceUs: number;
  readonly untilUs: number;
  /** The subscription of its group when it was parked. */
  readonly filter: MessageFilter;
}

/** `ConsumerGroupInfo`. */
export interface GroupInfo {
  messageModel: 'CLUSTERING' | 'BROADCASTING';
  /** By connection. */
  channels: Map<number, ClientChannel>;
  /** `SubscriptionData` by topic: the newest version wins. */
  subscriptions: Map<string, SubscriptionData>;
}

/** `ClientChannelInfo`. */
export interface ClientChannel {
  readonly clientId: string;
  readonly peer: number;
  lastUs: number;
  /** A client of the proxy: known by its name, not by its connection (PO-11). */
  readonly grpc: boolean;
}

/** Files under `config/`: they survive the process. */
export interface ServiceDisk {
  /** `consumerOffset.json` (BR-19). */
  offsetsFile: MetadataFile<OffsetTable>;
  /** `subscriptionGroup.json`: groups that a heartbeat or a pull has created (CL-20). */
  subscriptionGroups: Map<string, SubscriptionGroupConfig>;
  /** `consumerOrderInfo.json` (PO-8). */
  ordersFile: MetadataFile<OrdersFile>;
}

/** One version of `consumerOffset.json`, in the shape of `BrokerService.offsets`. */
export interface OffsetTable {
  readonly frozen: true;
  readonly offsets: ReadonlyMap<string, readonly number[]>;
  readonly version: number;
}
