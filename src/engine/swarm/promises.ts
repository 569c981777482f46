import { mechanismPromises } from './promises-of-mechanisms';

/**
 * What RocketMQ promises, fault by fault: a table written from the crash matrix (CM-10 to CM-56) before any run was
 * looked at. A judge's finding that a row does not allow is a defect of the engine or of the table.
 */

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
 * What the cluster is used for. `retries`: listeners that fail, and dead letters. `once`: a business that guards itself
 * by a unique key.
 */
export type Work = 'plain' | 'retries' | 'orderly' | 'pop' | 'delay' | 'transactions' | 'once';

/** What happens to the first replica group, or to those who talk to it. All that was ended is started again. */
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
  | 'consumer-cut'
  | 'producer-process'
  | 'lost-answer';

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
  /** Sends that end with an exception. */
  readonly failed?: true;
  /** Sends of a producer that is gone: nobody is left to be told. */
  readonly unanswered?: true;
  /** Messages of a key done in another order than they were sent; asked of orderly work only. */
  readonly disorder?: true;
  /** Delayed messages delivered more than 0.1 s after they were due; asked of delayed work only. */
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
  /** What does come about, says the matrix, though not in every run. */
  readonly shows?: readonly (keyof Allowance)[];
}

/** The first row that fits decides. Order: special setups first. */
const matrix: readonly PromiseRow[] = [
  { row: 'CM-1 nothing happens', setup: {}, faults: ['none'], allows: {} },

  // A dead process loses nothing but what a transient pool held; the page cache is the kernel's.
  {
    row: 'CM-10 with a transient pool',
    setup: { pool: true },
    faults: ['master-process'],
    allows: { lost: true, duplicates: true, twoOwners: true, skipped: true, failed: true },
    shows: ['lost', 'failed', 'duplicates'],
  },
  {
    row: 'CM-10 CM-20 CM-31',
    setup: { pool: false },
    faults: ['master-process'],
    allows: { duplicates: true, twoOwners: true, failed: true },
    shows: ['failed', 'duplicates'],
  },

  // A power loss takes what was not flushed; what only a slave has is stranded there.
  {
    row: 'CM-11 without a slave',
    setup: { flush: 'ASYNC_FLUSH', copies: 'alone' },
    faults: ['master-power'],
    allows: { lost: true, duplicates: true, twoOwners: true, skipped: true, failed: true },
    shows: ['lost', 'skipped', 'failed'],
  },
  {
    row: 'CM-11 with a slave',
    setup: { flush: 'ASYNC_FLUSH', copies: 'async' },
    faults: ['master-power'],
    allows: {
      lost: true,
      stranded: true,
      duplicates: true,
      twoOwners: true,
      parted: true,
      skipped: true,
      failed: true,
    },
    shows: ['lost', 'stranded', 'parted', 'skipped', 'failed'],
  },
  {
    row: 'CM-32',
    setup: { flush: 'ASYNC_FLUSH', copies: 'sync' },
    faults: ['master-power'],
    allows: { stranded: true, duplicates: true, twoOwners: true, parted: true, skipped: true, failed: true },
    shows: ['stranded', 'parted', 'failed'],
  },
  {
    // 4.x shows messages before their fsync (BR-6): a group may have passed an offset that is given again (BR-21).
    row: 'CM-21 in 4.x without a slave',
    setup: { flush: 'SYNC_FLUSH', copies: 'alone', version: '4.9' },
    faults: ['master-power'],
    allows: { duplicates: true, twoOwners: true, skipped: true, failed: true },
  },
  {
    row: 'CM-21 without a slave',
    setup: { flush: 'SYNC_FLUSH', copies: 'alone', version: '5.3' },
    faults: ['master-power'],
    allows: { duplicates: true, twoOwners: true, failed: true },
    shows: ['failed', 'duplicates'],
  },
  {
    row: 'CM-21 CM-36 in 4.x with a slave',
    setup: { flush: 'SYNC_FLUSH', version: '4.9' },
    faults: ['master-power'],
    allows: { duplicates: true, twoOwners: true, parted: true, skipped: true, failed: true },
  },
  {
    // What is replicated before it is flushed may be left on the slave alone, though nobody was told SEND_OK for it.
    row: 'CM-21 CM-36 with a slave',
    setup: { flush: 'SYNC_FLUSH', version: '5.3' },
    faults: ['master-power'],
    allows: { duplicates: true, twoOwners: true, parted: true, failed: true },
  },

  // A lost disk takes all that no slave has; the group's offsets go with it.
  {
    row: 'CM-12 CM-22 without a slave',
    setup: { copies: 'alone' },
    faults: ['master-disk'],
    allows: { lost: true, duplicates: true, twoOwners: true, skipped: true, failed: true },
    shows: ['lost', 'failed'],
  },
  {
    row: 'CM-12 CM-22 with a slave',
    setup: { copies: 'async' },
    faults: ['master-disk'],
    allows: {
      lost: true,
      stranded: true,
      duplicates: true,
      twoOwners: true,
      parted: true,
      skipped: true,
      failed: true,
    },
    shows: ['lost', 'stranded', 'parted', 'failed'],
  },
  {
    row: 'CM-33',
    setup: { copies: 'sync' },
    faults: ['master-disk'],
    allows: { stranded: true, duplicates: true, twoOwners: true, parted: true, skipped: true, failed: true },
    shows: ['stranded', 'parted', 'failed'],
  },

  // A slave that is down or cut off concerns nobody, unless the master waits for it.
  { row: 'CM-13 CM-23', setup: { copies: 'async' }, faults: ['slave-process'], allows: {} },
  {
    // The timeout of one send closes the channel, the others on it fail at once and are sent again (CL-13, CL-14).
    row: 'CM-34 CM-37',
    setup: { copies: 'sync' },
    faults: ['slave-process'],
    allows: { duplicates: true, failed: true },
    shows: ['failed'],
  },
  { row: 'CM-13 CM-23 power', setup: { copies: 'async' }, faults: ['slave-power'], allows: {} },
  {
    row: 'CM-34 CM-38 power',
    setup: { copies: 'sync' },
    faults: ['slave-power'],
    allows: { duplicates: true, failed: true },
    shows: ['failed'],
  },
  { row: 'CM-14 CM-23', setup: { copies: 'async' }, faults: ['cut-replicas'], allows: {} },
  {
    row: 'CM-35 CM-38',
    setup: { copies: 'sync' },
    faults: ['cut-replicas'],
    allows: { duplicates: true, failed: true },
    shows: ['failed'],
  },

  // Both hosts at once: only what both had flushed is safe, or what the master had.
  {
    row: 'CM-32 both',
    setup: { flush: 'ASYNC_FLUSH' },
    faults: ['both-power'],
    allows: {
      lost: true,
      stranded: true,
      duplicates: true,
      twoOwners: true,
      parted: true,
      skipped: true,
      failed: true,
    },
    shows: ['lost', 'failed'],
  },
  {
    row: 'CM-21 CM-36 both in 4.x',
    setup: { flush: 'SYNC_FLUSH', version: '4.9' },
    faults: ['both-power'],
    allows: { duplicates: true, twoOwners: true, parted: true, skipped: true, failed: true },
  },
  {
    row: 'CM-21 CM-36 both',
    setup: { flush: 'SYNC_FLUSH', version: '5.3' },
    faults: ['both-power'],
    allows: { duplicates: true, twoOwners: true, parted: true, failed: true },
  },

  // Clients, name servers and time: nothing stored is ever lost.
  {
    row: 'CM-15',
    setup: {},
    faults: ['cut-clients'],
    allows: { duplicates: true, twoOwners: true, failed: true },
    shows: ['failed', 'duplicates'],
  },
  {
    row: 'CM-24',
    setup: {},
    faults: ['slow-disk'],
    allows: { duplicates: true, failed: true },
    shows: ['failed'],
  },
  {
    row: 'CM-15 frozen',
    setup: {},
    faults: ['master-frozen'],
    allows: { duplicates: true, twoOwners: true, failed: true },
    shows: ['failed'],
  },
  { row: 'CM-52 CM-53', setup: { groups: 1, copies: 'alone' }, faults: ['nameserver'], allows: {} },
  { row: 'CM-52 CM-53 in 4.x', setup: { groups: 1, version: '4.9' }, faults: ['nameserver'], allows: {} },
  {
    // Routes come back broker by broker: a client that polls in between drops the queues of the others (CO-26).
    row: 'CM-53 two groups',
    setup: { groups: 2, copies: 'alone' },
    faults: ['nameserver'],
    allows: { duplicates: true, twoOwners: true },
  },
  {
    row: 'CM-53 two groups in 4.x',
    setup: { groups: 2, version: '4.9' },
    faults: ['nameserver'],
    allows: { duplicates: true, twoOwners: true },
  },
  {
    // A 5.x slave that registers before its master publishes the topics (NS-12): for producers they have no queue yet.
    row: 'CM-53 with a slave',
    setup: {},
    faults: ['nameserver'],
    allows: { duplicates: true, twoOwners: true, failed: true },
  },
  {
    row: 'CM-55',
    setup: {},
    faults: ['consumer-process'],
    allows: { duplicates: true, twoOwners: true },
    shows: ['duplicates'],
  },
  {
    row: 'CM-56',
    setup: {},
    faults: ['consumer-cut'],
    allows: { duplicates: true, twoOwners: true },
    shows: ['duplicates'],
  },
  { row: 'CM-1 producer', setup: {}, faults: ['producer-process'], allows: { unanswered: true } },
  {
    row: 'CM-2 lost answer',
    setup: {},
    faults: ['lost-answer'],
    allows: { duplicates: true, failed: true },
    shows: ['failed'],
  },
];

export const promises: readonly PromiseRow[] = [...matrix, ...mechanismPromises];

const NEED_A_SLAVE: readonly Fault[] = ['slave-process', 'slave-power', 'both-power', 'cut-replicas'];
const CLASSIC: readonly Setup['copies'][] = ['alone', 'async', 'sync'];

/** The row for a setup and a fault; undefined where nothing is promised, or nothing there could fail so. */
export function promiseFor(setup: Setup, fault: Fault): PromiseRow | undefined {
  if (setup.copies === 'alone' && NEED_A_SLAVE.includes(fault)) return undefined;
  return promises.find(
    (row) =>
      row.faults.includes(fault) &&
      (row.setup.work ?? 'plain') === setup.work &&
      (row.setup.copies !== undefined || CLASSIC.includes(setup.copies)) &&
      Object.entries(row.setup).every(([key, value]) => setup[key as keyof Setup] === value),
  );
}
