import type { EventType } from '../../../core/sim';
import { createTable, getCell, type Table } from '../../../core/table';
import { endPhys, physAt, type ReplicaLog } from '../../../model/log';
import type { RecordProps } from '../../../model/record-props';
import { internQueue, recordPhys } from '../../../model/world';
import { inGroup, type RaftFiles, type RaftMember } from '../dledger/dledger-state';
import type { DataVersion, MemberGroup, SendBack, TopicEntry } from '../protocol';
import type { Incoming } from '../remoting-types';
import type { DelayOffsets, Schedule } from '../schedule/schedule-state';
import type { TimerCheckpoint, TimerWheel } from '../schedule/timer-state';
import type { Broker, RocketSim } from '../state';
import type { Transactions } from '../transaction/transaction-state';
import type { ReplicaFiles } from './controlled';
import type { MetadataFile } from './metadata-file';

/** The store of one broker: what its files hold, and what its process keeps in memory. */
export interface BrokerStore {
  /** The CommitLog; the judges read it, too. */
  log: ReplicaLog;
  disk: StoreDisk;
  memory: StoreMemory;
}

/** Files beside the CommitLog. They survive the process. */
export interface StoreDisk {
  /** ConsumeQueues by queue number of the arena. */
  queues: Map<number, ConsumeQueue>;
  topicsFile: MetadataFile<TopicTable>;
  /** `delayOffset.json` (SC-6). */
  delayFile: MetadataFile<DelayOffsets>;
  /** Of the timer wheel (SC-10). */
  timerCheckpoint: TimerCheckpoint;
  /** Of a DLedger group. */
  raft: RaftFiles;
  /** Of controller mode. */
  replica: ReplicaFiles;
  /** The `abort` file: present from start to clean shutdown (BR-22). */
  abort: boolean;
  /** When the latest process on this disk ended; undefined before the first start. */
  downSinceUs: number | undefined;
  /** Keys in all index files (BR-10). */
  keysIndexed: number;
  /**
   * A slave whose master lost a tail may go on in the middle of one of the master's records (HA-5): the first row
   * behind the unreadable bytes, and where those end.
   */
  torn: { row: number; endPhys: number } | undefined;
  /** Files of the CommitLog that were begun by a copy from another replica, by number, and when (BR-24). */
  begunUs: Map<number, number>;
  /** Bytes before this are not in the page cache, e.g. after a power loss. */
  coldBelowPhys: number;
  /** Since when bytes of the CommitLog wait in the page cache; undefined when all are on the disk. */
  dirtySinceUs: number | undefined;
  /** A write-back by the kernel that is under way: rows that it will have written. */
  writeBack:
    | { readonly frozen: true; readonly id: number; readonly rows: number; readonly begunUs: number }
    | undefined;
  writeBacks: number;
  /** When the kernel's flusher looks next; Infinity while nothing waits for it. */
  flusherAtUs: number;
}

/** The ConsumeQueue of one queue: entry n − `base` is the record with logical offset n (BR-8). */
export interface ConsumeQueue {
  readonly queue: number;
  /** Logical offset of the first entry ever written; above 0 on a slave that started late. */
  base: number;
  /** Logical offset of the first entry whose record still exists. */
  min: number;
  records: Table;
}

export interface TopicTable {
  readonly frozen: true;
  readonly topics: readonly TopicEntry[];
  readonly dataVersion: DataVersion;
}

export interface StoreMemory {
  topics: Map<string, TopicEntry>;
  dataVersion: DataVersion;
  /** Arena numbers of a topic's queues, by queue id. */
  queueNumbers: Map<string, number[]>;
  /** Next logical offset of each queue (BR-9). */
  nextOffsets: Map<number, number>;
  /** Rows dispatched to ConsumeQueues. */
  dispatchedRows: number;
  dispatchArmed: boolean;
  /** The broker's own account of what is flushed; the kernel may have written more or, after a restart, less. */
  flushedRows: number;
  flush: FlushLoop;
  commit: CommitLoop;
  sends: SendPool;
  lock: PutLock;
  /** Puts whose answer waits for a flush or for replicas, by record. */
  waits: Map<number, WaitingPut>;
  /** Records that wait for a flush, and for replicas, in log order. */
  flushWaits: number[];
  replicaWaits: number[];
  /** When the next deadline of those is looked at; Infinity when none. */
  flushCheckUs: number;
  replicaCheckUs: number;
  /** Master: its slaves' connections. */
  links: Map<number, HaLink>;
  /** Slave: its connection to the master. */
  feed: HaFeed;
  /** Acting-master mode: what it knows of its own group (HA-19, HA-20). */
  members: MemberView;
  /** What it cut off last to follow its leader; for the picture alone. */
  cut: CutTail | undefined;
  /** DLedger: the node's part in its group (HA-21). */
  raft: RaftMember;
  /** Levels of delayed messages (SC-4). */
  schedule: Schedule;
  /** The wheel of timer messages (SC-10). */
  timers: TimerWheel;
  /** Ends of transactions and checks (TX-5, TX-6). */
  transactions: Transactions;
  diskFull: boolean;
  /** Entry that told of it, for the causes in the trace alone; −1: none. */
  diskFullBy: number;
  /** The shutdown hook runs: no registrations any more (NS-9), and later no puts. */
  stopping: boolean;
  closed: boolean;
  /** First record of this start: its format was shown (BR-3). */
  formatShown: boolean;
  flagShown: boolean;
  /** First record of this start that is a copy of one before it: its new name was shown (TR-6). */
  copyShown: boolean;
  registration: { round: number; answered: number };
  /** Ordinal of draws: queues picked for sends without one (BR-32). */
  queuesPicked: number;
}

/** `FlushRealTimeService` or `GroupCommitService`. */
export interface FlushLoop {
  /** Beginning of an iteration; others follow each interval while nothing is flushed. */
  baseUs: number;
  /** Beginning of the latest iteration that flushed whatever there was; undefined before the first. */
  thoroughUs: number | undefined;
  /** Attempt that is scheduled; Infinity when none. */
  atUs: number;
  /** Rows that the running flush covers. */
  running: number | undefined;
  /** Woken during the running flush (BR-13). */
  woken: boolean;
}

/** `CommitRealTimeService` of the transient store pool (BR-16). */
export interface CommitLoop {
  committedUs: number;
  /** The latest put that woke it: its wait begins anew. */
  wokenUs: number;
  atUs: number;
}

/** The send thread pool and its queue (BR-27, BR-28). */
export interface SendPool {
  busy: number;
  queue: QueuedTask[];
  sweepAtUs: number;
}

/** A message that is to be put, by a SEND_MESSAGE request or by the broker itself, and whom to answer. */
export interface Send {
  /** Connection and id of the request; −1 for a put of the broker's own, which `done` is told of. */
  readonly conn: number;
  readonly id: number;
  /** A put of the broker's own that lacks WAIT=false. */
  readonly waits?: true;
  readonly message: number;
  /** Messages of the request, from `message` on; one where it is absent (PR-14). */
  readonly batch?: number;
  readonly topic: string;
  readonly queueId: number;
  readonly defaultTopic: string;
  readonly defaultTopicQueueNums: number;
  /** What the record will carry beyond its message. */
  readonly props: Partial<RecordProps> | undefined;
  /** Of a message to a retry topic: what its consumer allows (CO-22). */
  readonly maxReconsumeTimes?: number;
  /** `TIMER_DELAY_MS` (SC-8). */
  readonly timerDelayUs?: number;
  readonly done: PutDone | undefined;
  /** Trace entry that brought it: what happens to it later is told from there. */
  readonly cause: number;
}

/** What a broker does when a put of its own has ended. */
export interface PutDone<C = unknown> {
  readonly event: EventType<PutEnded<C>>;
  readonly context: C;
}

/** The end of a broker's own put: `PUT_OK` is SUCCESS; `record` is −1 when nothing was stored. */
export interface PutEnded<C> {
  readonly context: C;
  readonly status: number;
  readonly record: number;
}

/** A message that a consumer gives back: it takes a thread of the same pool. */
export interface GivenBack {
  readonly back: Incoming<SendBack>;
  readonly conn: number;
  readonly id: number;
  readonly message: number;
  readonly cause: number;
}

export type QueuedTask = (Send | GivenBack) & { readonly arrivedUs: number };

/** The put lock. Appends take no time of their own, so it is held only while one of them is blocked. */
export interface PutLock {
  /** The blocked put. */
  holder: Send | undefined;
  heldSinceUs: number;
  /** What the holder waits for. */
  why: 'page-cache' | 'new-file' | undefined;
  /** Entry that told of it, for the causes in the trace alone; −1: none. */
  blockedBy: number;
  /** The next file of the log, while it is made: the blank record of the one before stands already (BR-5). */
  newFile: { readonly frozen: true; readonly phys: number; readonly readyUs: number } | undefined;
  waiting: Send[];
}

export type Wait = 'done' | 'waiting' | 'timeout' | 'no-slave';

/** A stored message whose answer is due when both waits have ended (BR-17). */
export interface WaitingPut extends Pick<Send, 'conn' | 'id' | 'message' | 'batch' | 'done'> {
  readonly record: number;
  readonly queueId: number;
  readonly offset: number;
  readonly endPhys: number;
  readonly storedUs: number;
  /** Copies that must exist, the master's included (HA-7). */
  readonly acksNeeded: number;
  flush: Wait;
  replicas: Wait;
}

/** `DefaultHAConnection`: the master's side of one slave. */
export interface HaLink {
  readonly conn: number;
  readonly slave: number;
  /** Id of the slave in its group, as its handshake says (controller mode); −1 without one. */
  readonly slaveId: number;
  /** −1 until the slave has reported its position. */
  nextPhys: number;
  /** Controller mode: a log without a file has no begin; its sender looks for one each 500 ms (HA-4). */
  awaitsFile: boolean;
  ackPhys: number;
  /** End of the log when a piece was sent last, and when that was. */
  sentMaxPhys: number;
  sentUs: number;
  /** It has sent everything and waits; its waits count from `idleSinceUs`. */
  idle: boolean;
  idleSinceUs: number;
  /** When it looks for more; Infinity when only a put can wake it. */
  lookAtUs: number;
  lastReadUs: number;
  lastWriteUs: number;
  /** Flow control: the second that is being counted, and its bytes. */
  secondUs: number;
  secondBytes: number;
}

/** `DefaultHAClient`: the slave's side. */
export interface HaFeed {
  /** `handshake`: connected, and the logs are not yet compared (controller mode). */
  state: 'idle' | 'connecting' | 'handshake' | 'open';
  conn: number;
  /** Epoch of the latest piece of this connection; −1 before the first (controller mode). */
  epoch: number;
  /** Known since a registration was answered (NS-7); kept when later answers name none. */
  master: number | undefined;
  /** Where metadata comes from: as the latest registration said. */
  metadataFrom: number | undefined;
  /** When it connects next; Infinity when it does not wait. */
  retryAtUs: number;
  lastReadUs: number;
  lastWriteUs: number;
  /** The latest metadata sync that began, and that was answered (HA-11). */
  syncAskedUs: number;
  syncedUs: number;
}

/** A tail that a replica has cut off because its leader's log does not have it; `log.lostTail` has its records. */
export interface CutTail {
  readonly frozen: true;
  readonly atUs: number;
  readonly messages: number;
  readonly bytes: number;
  /** Epoch (DLedger: term) that the first of them was written in. */
  readonly epoch: number;
}

/** A broker's view of its group, as name servers tell it once a second. */
export interface MemberView {
  /** Not registered: the handshake before it goes online is under way. */
  isolated: boolean;
  /** `minBrokerIdInGroup` and the process under that id. */
  minBrokerId: number;
  minBroker: number | undefined;
  /** `aliveReplicasNum`; the configured `totalReplicas` until a name server has answered. */
  alive: number | undefined;
  /** Name servers are asked in turn: the next one after a failure. */
  failures: number;
  /** Before it goes online: members that a master has shaken hands with, and whose link is waited for. */
  handshakes: number;
  awaited: Handshake | undefined;
  /** `TopicRouteInfoManager`: routes of topics that were escaped. */
  routes: Map<string, EscapeRoute>;
  /** Puts that wait for the route of their topic, in order. */
  escaping: Map<string, EscapingPut[]>;
  /** Messages escaped: queues take turns. */
  escaped: number;
}

export interface Handshake {
  readonly frozen: true;
  readonly with: number;
  /** The group as it was listed. */
  readonly members: MemberGroup;
  readonly sinceUs: number;
}

/** What a special service stores, and who is told how it ended. */
export interface EscapingPut {
  readonly put: Pick<Send, 'message' | 'topic' | 'queueId' | 'props'>;
  readonly done: PutDone;
}

export interface EscapeRoute {
  readonly frozen: true;
  readonly askedUs: number;
  /** Queues of other masters; empty until a name server has answered. */
  readonly queues: readonly { readonly node: number; readonly queueId: number }[];
}

export const TBW102 = 'TBW102';
export const PERM_READ = 4;
export const PERM_WRITE = 2;
export const PERM_INHERIT = 1;

export function brokerOf(sim: RocketSim, node: number): Broker {
  const broker = sim.state.product.brokers.get(node);
  if (broker === undefined) throw new RangeError(`process ${node} is no broker`);
  return broker;
}

export const isSlave = (broker: Broker) => broker.role === 'SLAVE';

/** The topic as this broker's table has it now; undefined when it has none. */
export function topicConfigOf(broker: Broker, topic: string): TopicEntry | undefined {
  return broker.store.memory.topics.get(topic);
}

/** Arena number of a queue of this broker's group. */
export function queueNumberOf(sim: RocketSim, broker: Broker, topic: string, queueId: number): number {
  const { queueNumbers } = broker.store.memory;
  let numbers = queueNumbers.get(topic);
  if (numbers === undefined) {
    numbers = [];
    queueNumbers.set(topic, numbers);
  }
  while (numbers.length <= queueId) {
    numbers.push(internQueue(sim.state.arena, topic, broker.brokerName, numbers.length));
  }
  return numbers[queueId] as number;
}

/** The ConsumeQueue of a queue; undefined while nothing was ever dispatched to it. */
export function consumeQueueOf(
  sim: RocketSim,
  broker: Broker,
  topic: string,
  queueId: number,
): ConsumeQueue | undefined {
  return broker.store.disk.queues.get(queueNumberOf(sim, broker, topic, queueId));
}

export function createConsumeQueue(queue: number, base: number): ConsumeQueue {
  return { queue, base, min: base, records: createTable(['u32']) };
}

/** Logical offset behind the last entry. */
export const maxOffsetOf = (queue: ConsumeQueue | undefined) =>
  queue === undefined ? 0 : queue.base + queue.records.length;
export const minOffsetOf = (queue: ConsumeQueue | undefined) => (queue === undefined ? 0 : queue.min);

/** Record of a logical offset, min ≤ offset < max. */
export const recordAtOffset = (queue: ConsumeQueue, offset: number) =>
  getCell(queue.records, offset - queue.base, 0);

/** Physical offset behind the last byte of the log: the maximum that a slave reports and a master sends up to. */
export function maxPhysOf(sim: RocketSim, broker: Broker): number {
  const { log, disk } = broker.store;
  const end = endPhys(sim.state, log);
  return disk.torn === undefined ? end : Math.max(end, disk.torn.endPhys);
}

/** Physical offset behind what readers, dispatch and replication may see: not what waits in a transient pool. */
export function readablePhysOf(sim: RocketSim, broker: Broker): number {
  const { log } = broker.store;
  return log.cached === log.records.length ? maxPhysOf(sim, broker) : physAt(sim.state, log, log.cached);
}

/** Rows that can be read: in the page cache, before bytes that are no record (HA-5), in a group committed (HA-21). */
export function readableRowsOf(broker: Broker): number {
  const { log, disk } = broker.store;
  if (inGroup(broker)) return Math.min(log.cached, disk.raft.committed);
  return disk.torn === undefined ? log.cached : Math.min(log.cached, disk.torn.row);
}

/** `accessMessageInMemoryMaxRatio`; ten less on a slave (HA-14). */
export function memoryRatioOf(broker: Broker): number {
  const ratio = broker.config.accessMessageInMemoryMaxRatio;
  return isSlave(broker) ? Math.max(0, ratio - 10) : ratio;
}

/**
 * The broker's estimate that what lies at a physical offset is in memory: the log's end is not further away than
 * its share of the machine's memory (HA-14, CO-6). The memory of the model's machine is its page cache.
 */
export function inMemory(sim: RocketSim, broker: Broker, phys: number): boolean {
  const limit = Math.floor((sim.state.env.params.pageCacheBytes * memoryRatioOf(broker)) / 100);
  return maxPhysOf(sim, broker) - phys <= limit;
}

/** Whether the page cache really holds what lies at a physical offset: the newest bytes that were written or read. */
export function inPageCache(sim: RocketSim, broker: Broker, phys: number): boolean {
  const { disk } = broker.store;
  return phys >= Math.max(disk.coldBelowPhys, maxPhysOf(sim, broker) - sim.state.env.params.pageCacheBytes);
}

/** Physical offset of the record at a logical offset. */
export const physAtOffset = (sim: RocketSim, queue: ConsumeQueue, offset: number) =>
  recordPhys(sim.state.arena, recordAtOffset(queue, offset));
