import type { Table } from '../../../core/table';
import type { LocalTransactionSpec, TransactionOutcome } from '../../../scenario/types';
import type { PublishInfo } from '../client/client-state';

/** The state of one `DefaultMQProducer` and of the application that drives it: plain data. */
export interface ProducerState {
  paused: boolean;
  /** Messages that the workload has made, against its limit. Commands (`send`, `burst`) do not count. */
  made: number;
  /** Messages of any origin: ordinal of the key draws, and what tags take turns by. */
  ordinal: number;
  load: LoadPace;
  /** Sender threads that are in a send or about to begin one (closed loop). */
  threads: Set<number>;
  /** `TopicPublishInfo.sendWhichQueue`, by topic (PR-9). */
  counters: Map<string, QueueCounters>;
  /** Draws of a counter's start so far. */
  counterDraws: number;
  /** `LatencyFaultToleranceImpl.faultItemTable`, by brokerName (PR-10). */
  faults: Map<string, FaultItem>;
  /** Chances of the keys; undefined while all keys have the same. */
  weights: KeyWeights | undefined;
  /** Length of the queue list that the selector last saw, by topic (PR-12). */
  selectorQueues: Map<string, number>;
  /** Numbers of its topic's queues in the arena, by brokerName and queue id: spelling them out costs time. */
  queueNumbers: Map<string, number[]>;
  /** Transactions that have not ended: waiting for the half message's answer, or at the local part. */
  transactions: Map<number, 'half' | 'local'>;
  /** Committed messages of local transactions without a database: known to this process alone. One cell each. */
  remembered: Table;
  /** Checks answered: the answers take turns. */
  checksAnswered: number;
  sent: number;
  acknowledged: number;
  failed: number;
}

/** Where an open-loop load stands: message k of a stretch of one rate is due at base + (k + phase) / rate. */
interface LoadPace {
  /** Grows when the load is set anew; what was scheduled for a former one is ignored. */
  epoch: number;
  baseUs: number;
  ratePerSecond: number;
  /** When the rate changes next; Infinity when it does not. */
  untilUs: number;
  next: number;
}

interface QueueCounters {
  /** A changed route makes a new list, and new counters. */
  readonly info: PublishInfo;
  /** By thread: slot 0 is shared by all senders without a thread of their own. -1: not used yet. */
  index: number[];
}

export interface FaultItem {
  latencyUs: number;
  /** Not before this moment is the broker available again. */
  startUs: number;
  reachable: boolean;
  /** The detector leaves it alone until then. */
  checkUs: number;
}

export interface KeyWeights {
  readonly frozen: true;
  readonly distinct: number;
  readonly skew: number;
  /** Sum of the weights of the first n + 1 keys. */
  readonly sums: Float64Array;
}

/** How long a message is to wait at its broker, as its application said. */
export interface Delay {
  readonly frozen: true;
  /** `DELAY`, raw; 0 and below none (SC-1). */
  readonly level: number;
  /** `TIMER_DELAY_MS`, µs; null none (SC-8). */
  readonly timerUs: number | null;
}

/** One call of `send`: immutable; each attempt makes the next. It travels with the request. */
export interface SendCall {
  readonly frozen: true;
  /** Of a batch: its first one; the others follow it in the arena. */
  readonly message: number;
  /** Messages of the call (PR-14). */
  readonly batch: number;
  readonly topic: string;
  readonly mode: 'sync' | 'async' | 'oneway';
  /** Queue by hash of the key instead of in turn. */
  readonly byKey: boolean;
  /** Sender thread of a closed loop; -1: a thread of its own. */
  readonly thread: number;
  readonly beginUs: number;
  readonly timeoutUs: number;
  readonly attemptsMax: number;
  /** Attempts begun so far. */
  readonly attempts: number;
  /** Queue of the latest attempt; `brokerName` is empty before the first. */
  readonly brokerName: string;
  readonly queueId: number;
  readonly attemptUs: number;
  /** What an earlier attempt was answered, when it was retried elsewhere: an `Outcome`, or 0. */
  readonly earlier: number;
  readonly delay: Delay;
  /** What the latest answer says where it is stored; −1 none. */
  readonly record: number;
  /** The message is a half message; undefined for an ordinary one. */
  readonly half: HalfMessage | undefined;
}

/** What the application will do between the two phases, as its workload said when it sent. */
export interface HalfMessage {
  readonly frozen: true;
  readonly outcome: TransactionOutcome;
  readonly local: LocalTransactionSpec;
}
