import type { Fault, PromiseRow, Setup } from './promise';
import { clientPromises } from './promises-of-clients';
import { mechanismPromises } from './promises-of-mechanisms';
import { popPromises } from './promises-of-pops';
import { startPromises } from './promises-of-starts';

/**
 * What RocketMQ promises, fault by fault: a table written from the crash matrix (CM-10 to CM-56) before any run was
 * looked at. A judge's finding that a row does not allow is a defect of the engine or of the table.
 */

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

export const promises: readonly PromiseRow[] = [
  ...matrix,
  ...mechanismPromises,
  ...popPromises,
  ...clientPromises,
  ...startPromises,
];

/** Faults with which a run begins. */
export const AT_THE_START: readonly Fault[] = [
  'nameservers-late',
  'brokers-late',
  'consumers-late',
  'any-order',
];
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
