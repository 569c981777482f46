import { createLog } from '../../../model/log';
import type { World } from '../../../model/world';
import type { TopicSpec } from '../../../scenario/types';
import { createRaftFiles, createRaftMember } from '../dledger/dledger-state';
import type { TopicEntry } from '../protocol';
import { createDelayFile, createSchedule } from '../schedule/schedule-state';
import { createTimerWheel, NO_CHECKPOINT } from '../schedule/timer-state';
import type { Rocket } from '../state';
import { createTransactions } from '../transaction/transaction-state';
import { createReplicaFiles } from './controlled';
import { createMetadataFile } from './metadata-file';
import type { BrokerStore, StoreDisk, StoreMemory, TopicTable } from './store-state';

/** Stores as they are before anything was written, and memories as they are before anything was loaded. */

export function createStore(world: World<Rocket>, node: number, brokerName: string): BrokerStore {
  // A broker that joins a running cluster was not there when the administrator made the topics.
  const { topics: all, workloadOn } = world.product;
  const topics = workloadOn ? [] : all.filter((topic) => topic.brokers.includes(brokerName));
  const table: TopicTable = {
    frozen: true,
    topics: topics.map(topicEntryOf),
    dataVersion: { frozen: true, stateVersion: 0, timestampUs: 0, counter: topics.length },
  };
  return {
    log: createLog(node),
    disk: createDisk(table),
    memory: createMemory(),
  };
}

export function createDisk(topics: TopicTable): StoreDisk {
  return {
    queues: new Map(),
    topicsFile: createMetadataFile(topics),
    delayFile: createDelayFile(),
    timerCheckpoint: NO_CHECKPOINT,
    raft: createRaftFiles(),
    replica: createReplicaFiles(),
    abort: false,
    downSinceUs: undefined,
    keysIndexed: 0,
    torn: undefined,
    begunUs: new Map(),
    coldBelowPhys: 0,
    dirtySinceUs: undefined,
    writeBack: undefined,
    writeBacks: 0,
    flusherAtUs: Number.POSITIVE_INFINITY,
  };
}

export const NO_TOPICS: TopicTable = {
  frozen: true,
  topics: [],
  dataVersion: { frozen: true, stateVersion: 0, timestampUs: 0, counter: 0 },
};

/** What a process has before it has loaded anything. */
export function createMemory(): StoreMemory {
  const never = Number.POSITIVE_INFINITY;
  return {
    topics: new Map(),
    dataVersion: NO_TOPICS.dataVersion,
    queueNumbers: new Map(),
    nextOffsets: new Map(),
    dispatchedRows: 0,
    dispatchArmed: false,
    flushedRows: 0,
    flush: {
      baseUs: Number.NEGATIVE_INFINITY,
      thoroughUs: undefined,
      atUs: never,
      running: undefined,
      woken: false,
    },
    commit: { committedUs: Number.NEGATIVE_INFINITY, wokenUs: 0, atUs: never },
    sends: { busy: 0, queue: [], sweepAtUs: never },
    lock: {
      holder: undefined,
      heldSinceUs: 0,
      why: undefined,
      blockedBy: -1,
      newFile: undefined,
      waiting: [],
    },
    waits: new Map(),
    flushWaits: [],
    replicaWaits: [],
    flushCheckUs: never,
    replicaCheckUs: never,
    links: new Map(),
    feed: {
      state: 'idle',
      conn: 0,
      epoch: -1,
      master: undefined,
      metadataFrom: undefined,
      retryAtUs: never,
      lastReadUs: 0,
      lastWriteUs: 0,
      syncAskedUs: Number.NEGATIVE_INFINITY,
      syncedUs: Number.NEGATIVE_INFINITY,
    },
    members: {
      isolated: false,
      minBrokerId: 0,
      minBroker: undefined,
      alive: undefined,
      failures: 0,
      handshakes: 0,
      awaited: undefined,
      routes: new Map(),
      escaping: new Map(),
      escaped: 0,
    },
    cut: undefined,
    raft: createRaftMember(),
    schedule: createSchedule(),
    timers: createTimerWheel(),
    transactions: createTransactions(),
    diskFull: false,
    diskFullBy: -1,
    stopping: false,
    closed: false,
    formatShown: false,
    flagShown: false,
    copyShown: false,
    registration: { round: 0, answered: 0 },
    queuesPicked: 0,
  };
}

/** The topic as `mqadmin updateTopic` makes it. */
export function topicEntryOf({
  name,
  order,
  config,
}: Pick<TopicSpec, 'name' | 'order' | 'config'>): TopicEntry {
  const { readQueueNums, writeQueueNums, perm } = config;
  return { frozen: true, topic: name, readQueueNums, writeQueueNums, perm, order };
}
