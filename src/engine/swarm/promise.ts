/** How the replica group is set up. */
export interface Setup {
  readonly flush: 'ASYNC_FLUSH' | 'SYNC_FLUSH';
  /**
   * `alone`: no slave. `async`: a slave, and the master acknowledges alone (ASYNC_MASTER, or SYNC_MASTER with
   * inSyncReplicas=1 in 5.x, CM-30). `sync`: SEND_OK means that the slave has it (inSyncReplicas=2, or 4.9's
   * SYNC_MASTER). `acting`: as `async`, and the slave acts for its master. `elected`: three brokers under controllers
   * with the product's defaults; `elected-safe`: with allAckInSyncStateSet and minInSyncReplicas=2. `dledger`: a
   * DLedger group of three.
   */
  readonly copies: 'alone' | 'async' | 'sync' | 'acting' | 'elected' | 'elected-safe' | 'dledger';
  /** transientStorePoolEnable. */
  readonly pool: boolean;
  /** Broker groups that hold the topic; faults strike the first. */
  readonly groups: 1 | 2;
  readonly version: '5.3' | '4.9';
  readonly work: Work;
}

/**
 * What the cluster is used for. `retries`: listeners that fail, and dead letters. `grpc…`: clients of version 5 behind
 * the proxies, which fail now and then, too; in order; or with listeners that take longer than the invisible time.
 * `once`: a business that guards itself by a unique key. `tags`, `sql`: groups that subscribe to a part of the topic.
 * `torn-group`: members of one group that subscribe differently. `broadcast`: listeners that fail now and then, too.
 */
export type Work =
  | 'plain'
  | 'retries'
  | 'orderly'
  | 'pop'
  | 'grpc'
  | 'grpc-orderly'
  | 'grpc-long'
  | 'delay'
  | 'timer'
  | 'transactions'
  | 'once'
  | 'tags'
  | 'sql'
  | 'torn-group'
  | 'broadcast'
  | 'oneway';

/** Works whose queues nobody owns: the brokers give their messages to whoever asks. */
export const POPS: readonly Work[] = ['pop', 'grpc', 'grpc-orderly', 'grpc-long'];

/**
 * What happens to the first replica group, to those who talk to it, or to the controllers. All that was ended is started
 * again. `…-leaves`: an orderly shutdown. `write-wiped`: an administrator takes the broker out of the routes of senders.
 * `offset-reset`: an administrator sets the group back, or forward. Of those that begin a run: `…-late` start one by one, each at its moment, when the others wait for them;
 * `any-order`: so do all processes.
 */
export type Fault =
  | 'none'
  | 'master-process'
  | 'master-power'
  | 'master-disk'
  | 'slave-process'
  | 'slave-power'
  | 'both-power'
  | 'cut-replicas'
  | 'cut-clients'
  | 'slow-disk'
  | 'master-frozen'
  | 'nameserver'
  | 'consumer-process'
  | 'master-leaves'
  | 'consumer-leaves'
  | 'write-wiped'
  | 'offset-reset'
  | 'consumer-cut'
  | 'consumer-disk'
  | 'producer-process'
  | 'lost-answer'
  | 'controller-process'
  | 'controller-cut'
  | 'controllers-in-turn'
  | 'controllers-most'
  | 'controller-and-master'
  | 'nameservers-late'
  | 'brokers-late'
  | 'consumers-late'
  | 'any-order';

/** What may be found; what is not named here must not. */
export interface Allowance {
  /** SEND_OK, and no copy left. */
  readonly lost?: true;
  /** A copy left only where an operator would have to fetch it. */
  readonly stranded?: true;
  /** Delivered again without a failure in between. */
  readonly duplicates?: true;
  /** A queue with two owners for a while (CO-26). */
  readonly twoOwners?: true;
  /** The follower's log parts from its leader's (HA-5). */
  readonly parted?: true;
  /** Stored messages that a group passes without having seen them (BR-21; offsets that were lost with a disk). */
  readonly skipped?: true;
  /** A queue popped in order that waits for a message which nobody got (PO-8, PO-11). */
  readonly behind?: true;
  /** Messages sent oneway that were never stored; asked of oneway work only. */
  readonly unstored?: true;
  /** A failed message that a broadcasting consumer is given again (CO-17); asked of broadcasting only. */
  readonly retried?: true;
  /** Sends that end with an exception. */
  readonly failed?: true;
  /** Sends of a producer that is gone: nobody is left to be told. */
  readonly unanswered?: true;
  /** Messages of a key done in another order than they were sent; asked of orderly work only. */
  readonly disorder?: true;
  /** Delayed and timed messages delivered more than 0.1 s after the look that finds them due; asked of these works only. */
  readonly late?: true;
  /** Still no sends long after everything is up again: an operator has to help. */
  readonly unhealed?: true;
}

export interface PromiseRow {
  /** Row of the crash matrix. */
  readonly row: string;
  /** What the row is about. Left out: `work` is plain; `copies` is one of alone, async, sync; the rest is anything. */
  readonly setup: Partial<Setup>;
  readonly faults: readonly Fault[];
  readonly allows: Allowance;
  /** Where messages may be skipped: how the rule begins that must be among the reasons of each. */
  readonly because?: string;
  /** What does come about, says the matrix, though not in every run. */
  readonly shows?: readonly (keyof Allowance)[];
}
