/**
 * What the screen sees of a cluster: neutral kinds only, so that another product needs no new component.
 * Plain data, made by a product from its state at one moment; all times are virtual microseconds.
 */
export interface Localized {
  readonly en: string;
  readonly zh: string;
}

export type Failure = 'process' | 'power' | 'disk';

/** The truth about a process. What others believe of it stands at the believers. */
export interface ProcessView {
  /** Scenario id, e.g. `broker-a:0`. Selection and actions name it. */
  readonly id: string;
  readonly node: number;
  readonly host: string;
  readonly state: 'up' | 'starting' | 'recovering' | 'stopping' | 'frozen' | 'down';
  readonly failure?: Failure | 'shutdown';
  /** Since when it is in this state. */
  readonly sinceUs: number;
  readonly untilUs?: number;
}

/** A directory of routes: a NameServer. */
export interface RegistryView extends ProcessView {
  readonly rows: readonly {
    readonly group: string;
    readonly replica: number;
    readonly process: string;
    /** Age of its last registration and the age at which it is dropped. */
    readonly ageUs: number;
    readonly limitUs: number;
    /** False when the process is dead or cannot be reached: the row is a belief. */
    readonly true: boolean;
  }[];
  readonly topics: number;
}

/** Where the copies of one message (or of several, when a strip is aggregated) are. */
export interface StripColumn {
  /** 0 none, 1 page cache only (volatile), 2 cached and also on disk. */
  readonly mem: 0 | 1 | 2;
  readonly disk: boolean;
  /** Best copy on a follower: 0 none, 1 its page cache, 2 its disk. */
  readonly replica: 0 | 1 | 2;
  readonly lost: boolean;
  /** Newest message of the column, for selection. */
  readonly message: number;
}

export interface StripView {
  readonly columns: readonly StripColumn[];
  readonly messagesPerColumn: number;
  readonly appendedBytes: number;
  readonly flushedBytes: number;
  readonly replicatedBytes: number;
  /** In messages: what a power cut of this host would erase, what only followers hold, what is gone. */
  readonly unflushed: number;
  readonly replicaOnly: number;
  readonly lost: number;
  readonly followerLag: number;
}

/** The lock of a queue, which only its broker knows. */
export interface QueueLockView {
  /** Process; empty: nobody. It may be dead: the lock lasts until its time is over. */
  readonly holder: string;
  readonly leftUs: number;
  readonly limitUs: number;
}

export interface QueueView {
  /** Number of the queue in the run; unique over topics and groups. */
  readonly queue: number;
  readonly topic: string;
  readonly queueId: number;
  readonly min: number;
  readonly max: number;
  readonly positions: readonly {
    readonly group: string;
    readonly committed: number;
    /** Process that the queue is assigned to, by its own account. Several while views differ. */
    readonly owners: readonly string[];
    /** Of a group that reads in order: who has the broker's lock, and until when; no holder: nobody. */
    readonly lock?: QueueLockView;
  }[];
  /** Offsets at the tail whose message is lost. */
  readonly lostOffsets: readonly number[];
  /** The messages that somebody has yet to read, in order up to `max`; of many the newest 24. */
  readonly tail: readonly number[];
}

/** Transactions of one replica group, as its log has them. */
export interface TransactionsView {
  /** Half messages whose end it has not heard. */
  readonly halves: number;
  /** When it looks at them next; absent while a check runs, or when there is nothing to look at. */
  readonly nextCheckUs?: number;
  /** Half messages that have ended, which nothing but its memory knows yet. */
  readonly endsInMemory: number;
  /** Op messages that its checks have not left behind. */
  readonly ops: number;
}

/** The tail that a replica has just cut off, because its leader's log does not have it. */
export interface CutView {
  readonly atUs: number;
  readonly messages: number;
  readonly bytes: number;
  /** Epoch, or term of an election, that they were written in. */
  readonly epoch: number;
  /** Those that were acknowledged and that no log has any more. */
  readonly lost: number;
  /** Oldest first, at most 8: each stands for a message or, of more, for several, by the worst of them. */
  readonly columns: readonly { readonly message: number; readonly lost: boolean }[];
}

export interface ReplicaView extends ProcessView {
  readonly role: 'leader' | 'follower';
  readonly replica: number;
  /** Settings worth a chip: real keys and values. */
  readonly chips: readonly { readonly key: string; readonly value: string }[];
  readonly strip: StripView;
  /** For some seconds after it happened. */
  readonly cut?: CutView;
  /** Its disk is so full that it refuses writes. */
  readonly diskFull?: boolean;
  /** Registries and clients that still take a dead or unreachable process for alive. */
  readonly believers: readonly { readonly by: string; readonly leftUs: number; readonly limitUs: number }[];
  readonly servesReads: boolean;
  /** Its part in the election of a leader, where the replicas hold one. */
  readonly election?: ElectionView;
  /** It stands in for a leader that is gone. */
  readonly acting?: boolean;
  /** It led its group when it ended, or takes itself for the leader still: another one has been elected since. */
  readonly replaced?: boolean;
  /** Replication from the leader: connected, and the delay of its link when slowed. */
  readonly feed?: { readonly connected: boolean; readonly lagMessages: number; readonly latencyUs: number };
  /** Where a quorum elects the leader: what the process itself knows of it. */
  readonly elected?: {
    /** Its id in the group; undefined before it was given one. */
    readonly id: number | undefined;
    /** The epoch whose leader it is or follows. */
    readonly epoch: number;
    /** It has no role yet: no writes, not in any registry. */
    readonly fenced: boolean;
    /** Leader: the processes that are in sync with it, itself included. */
    readonly inSync: readonly string[];
    /** Leader: the quorum cannot be reached; it may have been replaced. */
    readonly alone: boolean;
    /** Messages that it had to cut off when it began to follow its leader. */
    readonly truncated: number;
  };
  /** Replies waiting for a flush or for replicas. */
  readonly waitingFlush: number;
  readonly waitingReplicas: number;
  /** Absent on a replica that never had a half message. */
  readonly transactions?: TransactionsView;
  readonly cpu: number;
  readonly disk: number;
}

export interface ElectionView {
  readonly role: 'leader' | 'follower' | 'candidate';
  readonly term: number;
  /** Process that it voted for in this term. */
  readonly votedFor?: string;
  /** Entries of its log, those that it knows to be committed, and those that were cut off since it started. */
  readonly entries: number;
  readonly committed: number;
  readonly truncated: number;
}

export interface ReplicaGroupView {
  readonly id: string;
  readonly replicas: readonly ReplicaView[];
  readonly queues: readonly QueueView[];
}

/** A member of the quorum that decides who leads each replica group. */
export interface ControllerView extends ProcessView {
  readonly role: 'leader' | 'follower' | 'candidate';
  readonly term: number;
  /** Who leads the quorum, as far as it knows: a process id. */
  readonly leader: string | undefined;
  /** Process that it voted for in this term. */
  readonly votedFor?: string;
  /** What a majority has agreed on, as far as it knows; replicas are process ids. */
  readonly groups: readonly {
    readonly group: string;
    readonly master: string | undefined;
    readonly epoch: number;
    readonly inSync: readonly string[];
    readonly setEpoch: number;
    /** Those that it takes for alive. */
    readonly alive: readonly string[];
  }[];
}

/** A producer. */
export interface ClientView extends ProcessView {
  readonly group: string;
  readonly topic: string;
  readonly mode: string;
  readonly ratePerSecond: number;
  readonly paused: boolean;
  readonly routeAgeUs: number;
  /** Sends without an answer, by the process they wait for. */
  readonly waiting: readonly { readonly on: string; readonly count: number }[];
  readonly sent: number;
  readonly acknowledged: number;
  readonly failed: number;
  /** Process ids that it would send to now. */
  readonly targets: readonly string[];
}

export interface ConsumerView extends ProcessView {
  readonly group: string;
  /** C1, C2 … in scenario order over all groups; the colour follows it. */
  readonly label: string;
  /** From 1: that of C1. */
  readonly ordinal: number;
  readonly paused: boolean;
  readonly queues: readonly {
    readonly queue: number;
    readonly topic: string;
    readonly replicaGroup: string;
    readonly queueId: number;
    /** Process it pulls from, and whether the last pull failed. */
    readonly from: string;
    readonly failing: boolean;
    readonly cached: number;
  }[];
  readonly ratePerSecond: number;
  readonly processingUs: number;
  readonly cached: number;
  readonly running: number;
  /** What it has consumed is told in offsets, now and then, or by an ack of each message. */
  readonly offsets:
    | { readonly are: 'sent'; readonly agoUs: number }
    | { readonly are: 'due'; readonly inUs: number }
    | { readonly are: 'acks' };
}

export interface ConsumerGroupView {
  readonly id: string;
  readonly topics: readonly string[];
  readonly consumers: readonly ConsumerView[];
  readonly lag: number;
}

/** A message that stands apart. */
export interface ParkedView {
  readonly message: number;
  readonly key: string;
  /** When its time comes, or when it is asked about next; 0 when no clock decides. */
  readonly dueUs: number;
  /** Delay level; 0 none. */
  readonly level: number;
  /** Retries that led here, or checks of a half message. */
  readonly attempt: number;
  /** Where its copies are, as in a strip. */
  readonly copies: Omit<StripColumn, 'message'>;
  /** Of a dead letter that an operator has sent again: when, and to which queue. It stays where it is. */
  readonly resent?: ResentView;
}

export interface ResentView {
  readonly atUs: number;
  readonly topic: string;
  readonly replicaGroup: string;
  readonly queueId: number;
}

/** Messages of one delay level. */
export interface DelayLevelView {
  readonly level: number;
  readonly delayUs: number;
  readonly count: number;
  /** When the first of them is due. */
  readonly nextUs: number;
}

/** Messages that stand apart from the queues that consumers read: for their time, for a decision, or for a person. */
export interface LaneView {
  readonly id: string;
  readonly kind: 'retry' | 'deadLetter' | 'delay' | 'timer' | 'half' | 'discarded';
  /** Where they are stored in the end: a topic of the product's own, or where delayed messages wait. */
  readonly topic: string;
  /** Consumer group that they belong to; empty: to no group. */
  readonly group: string;
  /** Those that wait for their time, or for a decision. */
  readonly waiting: number;
  /** Those that stand in the topic, not read yet: by the group, or by the wheel of timers. */
  readonly ready: number;
  /** Of dead letters: those of `ready` that an operator has sent again. */
  readonly resent?: number;
  readonly levels: readonly DelayLevelView[];
  /** Those that stand in the topic first, then the soonest; of those for a person the newest first. At most 24. */
  readonly parked: readonly ParkedView[];
}

/** A link that differs from the ordinary network. */
export interface LinkView {
  readonly between: readonly [string, string];
  readonly cut: boolean;
  readonly latencyUs: number;
}

export interface ClusterView {
  readonly nowUs: number;
  readonly registries: readonly RegistryView[];
  /** Absent where nothing elects. */
  readonly controllers?: readonly ControllerView[];
  readonly groups: readonly ReplicaGroupView[];
  readonly clients: readonly ClientView[];
  readonly consumerGroups: readonly ConsumerGroupView[];
  /** Only those that hold something, or have held it. */
  readonly lanes: readonly LaneView[];
  readonly links: readonly LinkView[];
}

/**
 * How something on the wire is drawn: a message on its way to be stored, the answer that it is (`ack`) or is not
 * (`refusal`), a copy for a replica, a request for messages and the answer that brings them, a sign of life.
 */
export type FlightGlyph =
  | 'message'
  | 'ack'
  | 'refusal'
  | 'replica'
  | 'fetch'
  | 'delivery'
  | 'heartbeat'
  | 'other';

export interface FlightView {
  readonly glyph: FlightGlyph;
  /** Number of the message that it carries or concerns; -1 none, or several. */
  readonly message: number;
}

/**
 * A message that a process puts from one of its places into another, without any network: what becomes due, what is
 * committed, what is given up. It has gone (now − since) / (until − since) of its way; past `untilUs` it waits at the
 * end of it.
 */
export interface MoveView {
  readonly message: number;
  /** Number of the process. */
  readonly node: number;
  /** Id of the lane that it leaves; empty: it has just come to the log of the process. */
  readonly from: string;
  /** Id of the lane, or number of the queue, that it goes to. */
  readonly to: string | number;
  /** What it is until it is there. */
  readonly as: KeptView['as'];
  readonly sinceUs: number;
  readonly untilUs: number;
}

/** A record of a message that is more than the message: a retry, a delayed one, half of a transaction. */
export interface KeptView {
  readonly as: 'retry' | 'deadLetter' | 'delayed' | 'timed' | 'half' | 'discarded';
  /** Retries that led to it, or checks of a half message. */
  readonly attempt: number;
  /** Delay level; 0 none. */
  readonly level: number;
}
