import { createTable, type Table } from '../../../core/table';
import type { BrokerConfig } from '../../../scenario/config';

/** What DLedger adds to a broker: a Raft group replaces its CommitLog by a log that the group shares. */
export const inGroup = ({ config }: { readonly config: BrokerConfig }) => config.enableDLegerCommitLog;

/** Files beside the log. The term and the vote are written before they count; the commit mark is a checkpoint. */
export interface RaftFiles {
  term: number;
  /** Process that this node voted for in its term; `NOBODY`. */
  votedFor: number;
  /** Term of each row of the log. */
  terms: Table;
  /** Rows that a majority is known to have. */
  committed: number;
}

/** `DLedgerConfig.maxPendingRequestsNum`. */
export const PENDING_MAX = 10_000;
export const NOBODY = -1;

export interface RaftMember {
  role: RaftRole;
  leader: number | undefined;
  /** Largest term that was heard of. */
  knownTerm: number;
  /** A larger term was heard of: it is taken up at the next look, before any vote. */
  raisesTerm: boolean;
  /** The latest round failed in a way that the next one begins a new term. */
  nextTerm: boolean;
  voteAtUs: number;
  /** Latest heartbeat of the leader. */
  heardUs: number;
  /** Leader: latest heartbeats, and the latest that a majority answered. */
  sentUs: number;
  quorumUs: number;
  /** When the maintainer's loop looks next. */
  lookAtUs: number;
  /** A round of votes or of heartbeats under way: the loop waits for it. */
  round: Round | undefined;
  rounds: number;
  draws: number;
  /** Leader: the others, by process. */
  peers: Map<number, Peer>;
  /** Leader: puts that wait for a majority, in log order. */
  pending: number[];
  deadlineUs: number;
  /** Puts that were given up, and whose entries may still be committed. */
  givenUp: Set<number>;
  /** The broker has acted on a role of this node: it may register. */
  announced: boolean;
  electedUs: number;
  /** Entries that were cut off this node's log since it started. */
  truncated: number;
}

export type RaftRole = 'candidate' | 'follower' | 'leader';

export interface Round {
  readonly what: 'votes' | 'heartbeats';
  readonly id: number;
  readonly term: number;
  readonly begunUs: number;
  answers: number;
  valid: number;
  /** Votes, or heartbeats accepted. */
  accepted: number;
  notReady: number;
  longerLogs: number;
  hasLeader: boolean;
  inconsistent: boolean;
  knownTerm: number;
}

/** `EntryDispatcher`: the leader's account of one follower. */
export interface Peer {
  phase: 'compare' | 'append';
  /** Row to compare next; −1: the end. */
  compareRow: number;
  /** A compare or truncate is under way. */
  busy: boolean;
  /** Row to push next, and rows that it is known to have. */
  next: number;
  acked: number;
  /** It failed: nothing is sent before. */
  restUntilUs: number;
  /** Commit mark that it was told, the latest push, and when it is told the mark by itself; Infinity when not. */
  told: number;
  pushedUs: number;
  tellAtUs: number;
}

export function createRaftFiles(): RaftFiles {
  return { term: 0, votedFor: NOBODY, terms: createTable(['u32']), committed: 0 };
}

export function createRaftMember(): RaftMember {
  return {
    role: 'candidate',
    leader: undefined,
    knownTerm: -1,
    raisesTerm: false,
    nextTerm: false,
    voteAtUs: Number.NEGATIVE_INFINITY,
    heardUs: Number.NEGATIVE_INFINITY,
    sentUs: Number.NEGATIVE_INFINITY,
    quorumUs: Number.NEGATIVE_INFINITY,
    lookAtUs: Number.POSITIVE_INFINITY,
    round: undefined,
    rounds: 0,
    draws: 0,
    peers: new Map(),
    pending: [],
    deadlineUs: Number.POSITIVE_INFINITY,
    givenUp: new Set(),
    announced: false,
    electedUs: 0,
    truncated: 0,
  };
}
