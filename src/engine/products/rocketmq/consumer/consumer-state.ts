import type { MetadataFile } from '../broker/metadata-file';
import type { ScheduledThread } from '../orderly/scheduled-thread';
import type { FifoChain, PopBatch, PopLoop } from '../pop/pop-state';

/**
 * The state of one push consumer (`DefaultMQPushConsumer`): plain data. Everything but `offsetsFile` and `counts` lives in
 * the memory of the process and ends with it.
 */
export interface ConsumerState {
  phase: 'down' | 'starting' | 'running' | 'stopping';
  paused: boolean;
  /** `ProcessQueue`s that it holds, by queue number of the arena, in the order in which they were added. */
  queues: Map<number, ProcessQueue>;
  /** Given to the next ProcessQueue: tells a queue that was dropped and added again from its predecessor. */
  nextSerial: number;
  pool: ConsumePool;
  /** `OffsetStore`: offset to commit by queue; only rises, except by a reset. */
  offsets: Map<number, number>;
  /** `PullAPIWrapper.pullFromWhichNodeTable`: broker id that the last answer suggested by queue, held or not (HA-15). */
  pullFrom: Map<number, number>;
  rebalance: Rebalance;
  /** `SubscriptionData.subVersion` by topic: when it started, renewed when the assignment changes. */
  versionsUs: Map<string, number>;
  /** Shares of `pullThresholdForTopic` and `pullThresholdSizeForTopic` per queue held; 0 while these are off. */
  shareMessages: number;
  shareMiB: number;
  /** 4.x: the one pull thread waits for a connect; -1 while it does not. */
  connectingTo: number;
  /** 4.x: queues whose turn waits for that thread. */
  turnsWaiting: number[];
  /** While it shuts down: until when listener calls may end. */
  stopAtUs: number;
  startedUs: number;
  /** Retries of records that could not be given back and are consumed again here (CO-22). */
  localRetries: Map<number, number>;
  /** Messages that the inner producer has sent to the retry topic: queues in turn. */
  retriesSent: number;
  /** Orderly: queues whose request waits for a thread. */
  requests: { readonly queue: number; readonly serial: number }[];
  scheduled: ScheduledThread;
  /** Pop: the loops by brokerName, and what waits for a thread. */
  pops: Map<string, PopLoop>;
  popWaiting: PopBatch[];
  /** What a client of version 5 goes through in order, one message at a time. */
  fifo: Map<number, FifoChain>;
  counts: ConsumerCounts;
  /** `~/.rocketmq_offsets/<clientId>/<group>/offsets.json`: survives the process. */
  offsetsFile: MetadataFile<OffsetFile>;
}

/** One queue as its consumer sees it: the cache of pulled messages that are not finished, and the pull loop. */
export interface ProcessQueue {
  readonly queue: number;
  readonly serial: number;
  readonly topic: string;
  readonly brokerName: string;
  readonly queueId: number;
  /** Offset that the next pull asks for. */
  nextOffset: number;
  /** Records pulled and not finished, by offset, at [start, end). */
  records: Uint32Array;
  start: number;
  end: number;
  /** Bodies of these records, bytes. */
  bytes: number;
  /** Highest offset ever put in; -1 none. */
  offsetMax: number;
  /** What its pull loop waits for: an answer, a timer, room in the cache, the end of a pause, the one pull thread. */
  waits: 'answer' | 'timer' | 'room' | 'resume' | 'thread';
  /** When the loop last looked (CO-10); retries in steps of 50 ms or 1 s count from here. */
  lastTurnUs: number;
  /** Process of the latest pull; -1 none. */
  source: number;
  /** The latest pull failed. */
  failing: boolean;
  /** The latest answers of a slave were empty and asked to come again at once (HA-16). */
  spinning: boolean;
  /** The last offset that was sent to a broker or written to the local file; at first where the queue began. */
  told: number;
  /** Entry of the correction that the next told offset comes from, for the causes in the trace alone; −1: none. */
  correctedBy: number;
  /** Record of which the trace has told that it holds the commit back (CO-12). */
  toldHead: number;
  /** 4.x: its offset was wrong; it stays here for 10 s, and what it does is void (CO-9). */
  dropped: boolean;
  /** Orderly: whether the broker's lock is held, since when at the latest, and whether a pull has followed (OR-3, OR-5). */
  locked: boolean;
  lockedUs: number;
  readAgain: boolean;
  /** Orderly: a request is under way or waits, its listener runs, and since when it goes on (OR-4, OR-8). */
  consuming: boolean;
  inListener: boolean;
  requestUs: number;
}

/** `ConsumeMessageConcurrentlyService`: threads and the queue of requests in front of them. */
export interface ConsumePool {
  threads: number;
  running: Map<number, ConsumeTask>;
  nextTask: number;
  /** Pulled batches that wait for threads, in order. */
  waiting: Batch[];
  /** How many records of the first waiting batch have been taken. */
  taken: number;
  /** Records in `waiting` that have not been taken. */
  backlog: number;
}

/** A pulled batch: cut into requests of `consumeMessageBatchMaxSize` when threads take it. */
interface Batch {
  readonly frozen: true;
  readonly queue: number;
  readonly serial: number;
  readonly records: readonly number[];
  /** Trace entry that brought it. */
  readonly cause: number;
}

/** One call of the listener. */
export interface ConsumeTask {
  readonly frozen: true;
  readonly queue: number;
  readonly serial: number;
  readonly records: readonly number[];
  readonly startUs: number;
  /** Records whose effect the business will not repeat, by what it saw when it began. */
  readonly skips: readonly number[];
  /** Of a pop consumer: what has to be confirmed, and which loop popped it. */
  readonly pop?: Pick<PopBatch, 'loop' | 'popped' | 'chain'>;
}

/** `RebalanceService`: one thread that asks, computes, and waits. */
export interface Rebalance {
  /** When the last run ended, or the creation of the instance. */
  lastUs: number;
  /** For what moment the next run is scheduled. */
  dueUs: number;
  /** The base of the process's timers when it last ran: another one means that the timers were set anew. */
  baseUs: number;
  /** Grows with each run; answers to a former one are late. */
  round: number;
  /** Ordinal of draws: which broker is asked for the members. */
  asked: number;
  run: RebalanceRun | undefined;
  /** Woken while it ran: once more as soon as allowed. */
  again: boolean;
  /** Client ids of the group as the last run saw them; empty before the first. */
  members: readonly string[];
  /** The group had more consumers than the topic has queues and this one got none. */
  idle: boolean;
}

/** A run in progress: its thread waits for one answer at a time. */
export interface RebalanceRun {
  readonly topics: readonly string[];
  /** Index of the topic that is being balanced. */
  at: number;
  /** Queues that belong to this consumer by the present topic's allocation, and those still to be added. */
  mine: readonly number[];
  fresh: number[];
  added: number[];
  changed: boolean;
  balanced: boolean;
  /** Orderly: queues that are still to be let go, and one whose listener is waited for (OR-8). */
  leaving: number[];
  awaited: number | undefined;
  /** A lock was refused: once more in 500 ms. */
  unlocked: boolean;
}

/** One version of a broadcasting consumer's `offsets.json` (`LocalFileOffsetStore`, CO-17). */
export interface OffsetFile {
  readonly frozen: true;
  readonly offsets: ReadonlyMap<number, number>;
}

interface ConsumerCounts {
  /** Records finished by the listener, well or not, since the run began: ordinal of the draws of its failures. */
  finished: number;
  /** Deliveries that are still to fail by command. */
  failNext: number;
}
