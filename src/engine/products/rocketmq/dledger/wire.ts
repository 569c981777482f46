import { defineRequest } from '../remoting';

/** What the nodes of a DLedger group say to each other; immutable once sent. Indices are rows of the log. */

export interface VoteAsk {
  readonly frozen: true;
  readonly term: number;
  readonly candidate: number;
  /** Row and term of the candidate's last entry; −1 for none. */
  readonly endIndex: number;
  readonly endTerm: number;
}
export type VoteResult =
  | 'ACCEPT'
  | 'REJECT_EXPIRED_LEDGER_TERM'
  | 'REJECT_SMALL_LEDGER_END_INDEX'
  | 'REJECT_EXPIRED_VOTE_TERM'
  | 'REJECT_ALREADY_HAS_LEADER'
  | 'REJECT_ALREADY_VOTED'
  | 'REJECT_TERM_NOT_READY'
  | 'REJECT_TERM_SMALL_THAN_LEDGER';
export interface VoteAnswer {
  readonly term: number;
  readonly result: VoteResult;
}
export const askVote = defineRequest<VoteAsk, VoteAnswer>('DLEDGER_VOTE');

export interface Beat {
  readonly frozen: true;
  readonly term: number;
  readonly leader: number;
}
export interface BeatAnswer {
  readonly term: number;
  readonly code: 'SUCCESS' | 'EXPIRED_TERM' | 'TERM_NOT_READY' | 'INCONSISTENT_LEADER';
}
export const leaderBeat = defineRequest<Beat, BeatAnswer>('DLEDGER_HEART_BEAT');

export interface Push {
  readonly frozen: true;
  readonly type: 'append' | 'compare' | 'truncate' | 'commit';
  readonly term: number;
  readonly leader: number;
  /** Row of the first entry. */
  readonly index: number;
  readonly records: readonly number[];
  /** Term of each of them. */
  readonly terms: readonly number[];
  readonly committed: number;
}
export interface PushAnswer {
  readonly code: 'SUCCESS' | 'INCONSISTENT_STATE' | 'NOT_FOLLOWER';
  /** First and last row of the follower's log; last −1 when it is empty. */
  readonly beginIndex: number;
  readonly endIndex: number;
}
export const pushEntries = defineRequest<Push, PushAnswer>('DLEDGER_PUSH');
