import type { Allowance, Fault, PromiseRow } from './promise';

/** What a client or broker that comes back, or is out of reach for a while, may do to what is stored: nothing. */
const AGAIN: Allowance = { duplicates: true, twoOwners: true, failed: true };
const NEXT_TO_THE_LOG: readonly Fault[] = [
  'consumer-process',
  'consumer-cut',
  'cut-clients',
  'master-process',
];

/** As in `promises`: who is given what, who asks for no answer, and what waits for a moment. */
export const clientPromises: readonly PromiseRow[] = [
  // Filters: what a group subscribes comes, and nothing else does (FI-1 to FI-5).
  ...(['tags', 'sql'] as const).flatMap((work): PromiseRow[] => [
    { row: `FI-1 ${work}`, setup: { work }, faults: ['none'], allows: {} },
    {
      row: `FI-2 ${work}`,
      setup: { work, pool: false },
      faults: NEXT_TO_THE_LOG,
      allows: AGAIN,
      shows: ['duplicates'],
    },
  ]),
  {
    // Members that subscribe differently: each queue's owner asks for less than its group does.
    row: 'FI-6',
    setup: { work: 'torn-group', pool: false },
    faults: ['none', 'consumer-process', 'cut-clients'],
    allows: { ...AGAIN, skipped: true },
    shows: ['skipped'],
    because: 'FI-',
  },

  // Broadcasting: each consumer is given each message, a failed one not again (CO-17).
  { row: 'CO-17', setup: { work: 'broadcast' }, faults: ['none'], allows: {} },
  {
    row: 'CO-17 brokers',
    setup: { work: 'broadcast', pool: false },
    faults: ['master-process', 'cut-clients'],
    allows: { ...AGAIN, retried: true },
    shows: ['failed'],
  },
  {
    // The file is up to 5 s old.
    row: 'CO-17 consumer',
    setup: { work: 'broadcast' },
    faults: ['consumer-process'],
    allows: { duplicates: true, retried: true },
    shows: ['duplicates', 'retried'],
  },
  {
    // Without its file a consumer begins at the end of each queue.
    row: 'CO-17 disk',
    setup: { work: 'broadcast' },
    faults: ['consumer-disk'],
    allows: { duplicates: true, retried: true, skipped: true },
    shows: ['skipped'],
    because: 'CO-30',
  },

  // Oneway: nobody hears of what does not arrive (PR-8).
  { row: 'PR-8', setup: { work: 'oneway' }, faults: ['none'], allows: {} },
  {
    row: 'PR-8 brokers',
    setup: { work: 'oneway', pool: false },
    faults: ['master-process', 'master-frozen', 'cut-clients'],
    allows: { ...AGAIN, unstored: true },
    shows: ['unstored'],
  },

  // Timers: never early, and behind the full second by one look at most while there is a master (SC-8 to SC-10).
  { row: 'SC-9', setup: { work: 'timer', version: '5.3' }, faults: ['none'], allows: {} },
  {
    row: 'SC-9 consumers',
    setup: { work: 'timer', version: '5.3' },
    faults: ['consumer-process', 'consumer-cut'],
    allows: { duplicates: true, twoOwners: true },
  },
  {
    row: 'SC-10',
    setup: { work: 'timer', version: '5.3', pool: false },
    faults: ['master-process'],
    allows: { ...AGAIN, late: true },
    shows: ['late'],
  },
  {
    row: 'CM-5 timer',
    setup: { work: 'timer', version: '5.3', flush: 'SYNC_FLUSH', copies: 'alone' },
    faults: ['master-power'],
    allows: { ...AGAIN, skipped: true, late: true },
    shows: ['late'],
  },
  {
    row: 'CM-40 timer',
    setup: { copies: 'acting', groups: 2, version: '5.3', pool: false, work: 'timer' },
    faults: ['master-process'],
    allows: { ...AGAIN, late: true },
  },
  {
    row: 'CM-44 timer',
    setup: { copies: 'elected-safe', groups: 1, version: '5.3', pool: false, work: 'timer' },
    faults: ['master-process'],
    allows: { ...AGAIN, parted: true, skipped: true, late: true },
  },
];
