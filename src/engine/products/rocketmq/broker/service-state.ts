import type { Incoming } from '../remoting';
import type { PullMessage } from '../protocol';

/**
 * What a broker's service side keeps: plain data. All but `disk` lives in memory and ends with the process.
 */
export interface BrokerService {
  pool: PullPool;
  /** `PullRequestHoldService`: parked pulls by `topic@queueId`, in order of arrival. */
  held: Map<string, HeldPull[]>;
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
  /** `ConsumerOffsetManager.resetOffsetTable` (CO-18), in the same shape. */
  resets: Map<string, number[]>;
  disk: ServiceDisk;
}

/** Threads of `PullMessageProcessor` and the requests in front of them. */
export interface PullPool {
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
}

/** `ConsumerGroupInfo`. */
export interface GroupInfo {
  messageModel: 'CLUSTERING' | 'BROADCASTING';
  /** By connection. */
  channels: Map<number, ClientChannel>;
  /** `SubscriptionData` by topic: the newest version wins. */
  subscriptions: Map<string, number>;
}

/** `ClientChannelInfo`. */
export interface ClientChannel {
  readonly clientId: string;
  readonly peer: number;
  lastUs: number;
}

/** Files under `config/`: they survive a kill; a power cut takes what the file system had not committed. */
export interface ServiceDisk {
  /** `consumerOffset.json` as it was last written. */
  offsets: OffsetTable;
  /** `consumerOffset.json` as a power cut leaves it. */
  offsetsSynced: OffsetTable;
  /** When the file system's open transaction began. */
  openSinceUs: number;
  /** `subscriptionGroup.json`. */
  subscriptionGroups: Set<string>;
}

/** One version of `consumerOffset.json`. */
export interface OffsetTable {
  readonly frozen: true;
  readonly offsets: ReadonlyMap<string, readonly number[]>;
}
