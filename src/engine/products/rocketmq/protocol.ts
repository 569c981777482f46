import { defineEvent } from '../../core/sim';
import type { RecordProps } from '../../model/record-props';
import type { MessageFilter } from './filter/filter';
import { defineRequest } from './remoting';
import type { Delays } from './schedule/schedule-state';

/**
 * What the processes of a cluster say to each other, and the events by which the parts of one process meet.
 * Bodies are immutable once sent.
 */

/** RocketMQ's response codes (BR-30, BR-31). */
export const Code = {
  SUCCESS: 0,
  SYSTEM_ERROR: 1,
  SYSTEM_BUSY: 2,
  FLUSH_DISK_TIMEOUT: 10,
  SLAVE_NOT_AVAILABLE: 11,
  FLUSH_SLAVE_TIMEOUT: 12,
  MESSAGE_ILLEGAL: 13,
  SERVICE_NOT_AVAILABLE: 14,
  NO_PERMISSION: 16,
  TOPIC_NOT_EXIST: 17,
  PULL_NOT_FOUND: 19,
  PULL_RETRY_IMMEDIATELY: 20,
  PULL_OFFSET_MOVED: 21,
  QUERY_NOT_FOUND: 22,
  SUBSCRIPTION_NOT_EXIST: 24,
  SUBSCRIPTION_NOT_LATEST: 25,
  SUBSCRIPTION_GROUP_NOT_EXIST: 26,
  INVALID_PARAMETER: 29,
  NO_BUYER_ID: 204,
  NOT_IN_CURRENT_UNIT: 205,
  FLOW_CONTROL: 215,
  ILLEGAL_OPERATION: 604,
  GO_AWAY: 1500,
  CONTROLLER_FENCED_MASTER_EPOCH: 2000,
  CONTROLLER_FENCED_SYNC_STATE_SET_EPOCH: 2001,
  CONTROLLER_INVALID_MASTER: 2002,
  CONTROLLER_INVALID_REPLICAS: 2003,
  CONTROLLER_MASTER_NOT_AVAILABLE: 2004,
  CONTROLLER_BROKER_NOT_ALIVE: 2006,
  CONTROLLER_NOT_LEADER: 2007,
  CONTROLLER_BROKER_METADATA_NOT_EXIST: 2008,
  CONTROLLER_BROKER_NEED_TO_BE_REGISTERED: 2010,
  CONTROLLER_MASTER_STILL_EXIST: 2011,
  CONTROLLER_ELECT_MASTER_FAILED: 2012,
  CONTROLLER_ALTER_SYNC_STATE_SET_FAILED: 2013,
  CONTROLLER_BROKER_ID_INVALID: 2014,
} as const;

/** `TopicConfig` as a broker keeps and registers it. */
export interface TopicEntry {
  readonly frozen: true;
  readonly topic: string;
  readonly readQueueNums: number;
  readonly writeQueueNums: number;
  /** Bits R=4, W=2, INHERIT=1. */
  readonly perm: number;
  readonly order: boolean;
}

/** `DataVersion` (NS-14). */
export interface DataVersion {
  readonly frozen: true;
  readonly stateVersion: number;
  readonly timestampUs: number;
  readonly counter: number;
}

export interface RegisterBroker {
  readonly brokerName: string;
  readonly brokerId: number;
  /** Process number: its address. */
  readonly address: number;
  readonly timeoutUs: number | undefined;
  /** 5.x sends the header always, 4.x never (NS-12). */
  readonly enableActingMaster: boolean | undefined;
  readonly topics: readonly TopicEntry[];
  /** True for an incremental registration: exactly the changed topic (NS-6). */
  readonly incremental: boolean;
  readonly dataVersion: DataVersion;
}
/** To a slave: its master (NS-7); undefined while none is registered. */
export interface RegisterResult {
  readonly masterAddress: number | undefined;
}
export const registerBroker = defineRequest<RegisterBroker, RegisterResult>('REGISTER_BROKER');
export const unregisterBroker = defineRequest<{ brokerName: string; brokerId: number; address: number }>(
  'UNREGISTER_BROKER',
);

/** Broker to name server, oneway (NS-8): it lives. */
export const brokerHeartbeat = defineRequest<{ readonly address: number }>('BROKER_HEARTBEAT');

/** `BrokerMemberGroup`: a group's addresses by id, as a name server lists them (HA-20). */
export type MemberGroup = readonly (readonly [brokerId: number, node: number])[];
export const getMemberGroup = defineRequest<{ readonly brokerName: string }, MemberGroup>(
  'GET_BROKER_MEMBER_GROUP',
);
/** Among the brokers of a group: a master says where it is, a slave asks for it (HA-20). */
export interface HaInfo {
  readonly master: number | undefined;
}
export const exchangeHaInfo = defineRequest<HaInfo, HaInfo>('EXCHANGE_BROKER_HA_INFO');

/** `TopicRouteData` (NS-2); arrays in the name server's order. */
export interface TopicRoute {
  readonly frozen: true;
  readonly topic: string;
  readonly queues: readonly {
    brokerName: string;
    readQueueNums: number;
    writeQueueNums: number;
    perm: number;
  }[];
  readonly brokers: readonly {
    brokerName: string;
    addresses: readonly (readonly [brokerId: number, node: number])[];
  }[];
  /** `broker-a:4;broker-b:4`: of an order topic, where name servers give it (NS-24). */
  readonly orderTopicConf?: string;
}
export const getRoute = defineRequest<{ topic: string }, TopicRoute | undefined>('GET_ROUTEINFO_BY_TOPIC');

export interface SendMessage {
  readonly producerGroup: string;
  /** Of a batch: its first one; the others follow it in the arena (PR-14). */
  readonly message: number;
  /** Messages of the request; more than one: SEND_BATCH_MESSAGE. */
  readonly batch?: number;
  readonly topic: string;
  readonly queueId: number;
  /** For auto-creation (PR-15). */
  readonly defaultTopic: string;
  readonly defaultTopicQueueNums: number;
  /** Properties that say more than a plain message does: a delay, a transaction, a redelivery. */
  readonly props?: Partial<RecordProps>;
  /** Of a message to a retry topic: how many retries its consumer allows (CO-22). */
  readonly maxReconsumeTimes?: number;
  /** `TIMER_DELAY_MS` (SC-8). */
  readonly timerDelayUs?: number;
}
/**
 * Status is the response code; SEND_OK and the three half-answers of BR-30 carry where it was stored, a batch's
 * first message.
 */
export interface SendResult {
  readonly record: number;
  readonly queueId: number;
  readonly offset: number;
  /** `TRACE_ON` of the answer; absent for true (TR-1). */
  readonly traceOn?: false;
}
export const sendMessage = defineRequest<SendMessage, SendResult | undefined>('SEND_MESSAGE');

/** The end of a transaction, or the answer to a check: UNKNOW changes nothing. */
export const LOCAL_STATES = ['COMMIT', 'ROLLBACK', 'UNKNOW'] as const;
export type LocalState = (typeof LOCAL_STATES)[number];

/** Named by the record of the half message, which stands for its two offsets. */
export interface EndTransaction {
  readonly producerGroup: string;
  readonly record: number;
  readonly state: LocalState;
  readonly fromCheck: boolean;
}
export const endTransaction = defineRequest<EndTransaction>('END_TRANSACTION');
/** From a broker to a producer: what became of the local transaction of this half message? */
export const checkTransactionState = defineRequest<{ record: number }>('CHECK_TRANSACTION_STATE');

export interface Heartbeat {
  readonly clientId: string;
  readonly producerGroups: readonly string[];
  readonly consumers: readonly ConsumerData[];
}
/** `SubscriptionData`: what a group asks of a topic; the newest version counts (FI-6). */
export interface SubscriptionData {
  readonly frozen: true;
  readonly topic: string;
  readonly filter: MessageFilter;
  readonly versionUs: number;
}
export interface ConsumerData {
  readonly group: string;
  readonly messageModel: 'CLUSTERING' | 'BROADCASTING';
  readonly subscriptions: readonly SubscriptionData[];
  /** It comes through the proxy (PO-11). */
  readonly grpc?: boolean;
}
export const heartBeat = defineRequest<Heartbeat>('HEART_BEAT');
export const unregisterClient = defineRequest<{
  clientId: string;
  producerGroup?: string;
  consumerGroup?: string;
}>('UNREGISTER_CLIENT');
export const notifyConsumerIdsChanged = defineRequest<{ group: string }>('NOTIFY_CONSUMER_IDS_CHANGED');

/** A message that a consumer gives back, named by the record that it got. */
export interface SendBack {
  readonly group: string;
  readonly record: number;
  /** 0 as the ladder says, above 0 this level, −1 straight to the dead letters. */
  readonly delayLevel: number;
  readonly maxReconsumeTimes: number;
}
export const consumerSendMsgBack = defineRequest<SendBack>('CONSUMER_SEND_MSG_BACK');

export interface PullMessage {
  readonly group: string;
  readonly topic: string;
  readonly queueId: number;
  readonly offset: number;
  readonly maxMessages: number;
  readonly maxBytes: number;
  /** Committed offset piggybacked (CO-8); undefined when none. */
  readonly commitOffset: number | undefined;
  /** 0: do not hold (flag SUSPEND absent). */
  readonly suspendUs: number;
  /** Version of the subscription by which the consumer will look at what it gets. */
  readonly subVersionUs: number;
}
export interface PullResult {
  readonly records: readonly number[];
  readonly nextOffset: number;
  readonly minOffset: number;
  readonly maxOffset: number;
  readonly suggestBrokerId: number;
}
export const pullMessage = defineRequest<PullMessage, PullResult>('PULL_MESSAGE');

/** `CHECK_CLIENT_CONFIG`: whether the broker can filter as the consumer wishes (FI-5). */
export const checkClientConfig = defineRequest<{ readonly group: string; readonly filter: MessageFilter }>(
  'CHECK_CLIENT_CONFIG',
);

export const getConsumerList = defineRequest<{ group: string }, readonly string[]>(
  'GET_CONSUMER_LIST_BY_GROUP',
);
export const queryConsumerOffset = defineRequest<
  { group: string; topic: string; queueId: number; setZeroIfNotFound: boolean },
  number | undefined
>('QUERY_CONSUMER_OFFSET');
export const updateConsumerOffset = defineRequest<{
  group: string;
  topic: string;
  queueId: number;
  offset: number;
}>('UPDATE_CONSUMER_OFFSET');
export const getMaxOffset = defineRequest<{ topic: string; queueId: number }, number>('GET_MAX_OFFSET');
/** Offset of the first message stored at or after a moment. */
export const searchOffset = defineRequest<{ topic: string; queueId: number; timeUs: number }, number>(
  'SEARCH_OFFSET_BY_TIMESTAMP',
);

/** Slave to master (HA-11): topic table with its version, and all consumer offsets. */
export const getAllMetadata = defineRequest<
  Record<string, never>,
  {
    topics: readonly TopicEntry[];
    dataVersion: DataVersion;
    offsets: readonly ConsumerOffset[];
    offsetsVersion: number;
    /** Of the delay levels (SC-6). */
    delays: Delays;
  }
>('GET_ALL_METADATA');
/** Slave to master, each 3 s: how far the timer wheel is (HA-11). */
export const getTimerCheckpoint = defineRequest<
  Record<string, never>,
  { readonly frozen: true; readonly readUs: number; readonly queueOffset: number }
>('GET_TIMER_CHECK_POINT');
export interface ConsumerOffset {
  readonly group: string;
  readonly topic: string;
  readonly queueId: number;
  readonly offset: number;
}

// Where the parts of one process meet.

/** Broker: a record became visible in its ConsumeQueue (BR-7); held pulls of that queue are re-run (CO-7). */
export interface Arrival {
  readonly topic: string;
  /** Arena number. */
  readonly queue: number;
  readonly offset: number;
  readonly record: number;
}
export const messageArriving = defineEvent<Arrival>('broker.message-arriving');
/** Client: run a rebalance now or as soon as its minimum interval allows (CO-24). */
export const rebalanceWake = defineEvent<Record<string, never>>('consumer.rebalance-wake');
