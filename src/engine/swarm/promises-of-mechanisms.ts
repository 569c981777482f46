import type { PromiseRow } from './promise';

/** As in `promises`: what each mechanism beyond sending and pulling adds to the crash matrix, or takes from it. */
export const mechanismPromises: readonly PromiseRow[] = [
  // Retries and dead letters: a message that fails ends consumed or among the dead letters (CO-19 to CO-23).
  { row: 'CO-20 retries', setup: { work: 'retries' }, faults: ['none'], allows: {} },
  {
    row: 'CO-22 retries',
    setup: { work: 'retries', pool: false },
    faults: ['master-process', 'consumer-process', 'consumer-cut', 'cut-clients'],
    allows: { duplicates: true, twoOwners: true, failed: true },
    shows: ['duplicates'],
  },
  {
    // The copies that wait for their retry are written without waiting for the flush (BR-15, CM-5).
    row: 'CM-5 retries',
    setup: { work: 'retries', flush: 'SYNC_FLUSH', copies: 'alone' },
    faults: ['master-power'],
    allows: { duplicates: true, twoOwners: true, skipped: true, failed: true },
    shows: ['failed'],
  },

  // Order by key: one queue, one owner, one thread (OR-1). A changed route moves the key to another queue.
  {
    row: 'OR-1',
    setup: { work: 'orderly' },
    faults: ['none', 'producer-process', 'lost-answer'],
    allows: { failed: true, unanswered: true },
  },
  {
    row: 'OR-2',
    setup: { work: 'orderly' },
    faults: ['consumer-process', 'consumer-cut'],
    allows: { duplicates: true, twoOwners: true },
    shows: ['duplicates'],
  },
  {
    row: 'OR-1 one broker',
    setup: { work: 'orderly', groups: 1, pool: false },
    faults: ['master-process'],
    allows: { duplicates: true, twoOwners: true, failed: true },
    shows: ['failed'],
  },
  {
    row: 'OR-1 changed route',
    setup: { work: 'orderly', groups: 2, pool: false },
    faults: ['master-process'],
    allows: { duplicates: true, twoOwners: true, failed: true, disorder: true },
    shows: ['failed'],
  },

  // Delay levels: never early, at most 0.1 s late while there is a master (SC-4, SC-5).
  { row: 'SC-4', setup: { work: 'delay' }, faults: ['none'], allows: {} },
  {
    row: 'SC-4 consumers',
    setup: { work: 'delay' },
    faults: ['consumer-process', 'consumer-cut'],
    allows: { duplicates: true, twoOwners: true },
  },
  {
    row: 'SC-6',
    setup: { work: 'delay', pool: false },
    faults: ['master-process'],
    allows: { duplicates: true, twoOwners: true, failed: true, late: true },
    shows: ['duplicates', 'late'],
  },
  {
    // What has come due is written without waiting for the flush (BR-15, CM-5).
    row: 'CM-5 delay',
    setup: { work: 'delay', flush: 'SYNC_FLUSH', copies: 'alone' },
    faults: ['master-power'],
    allows: { duplicates: true, twoOwners: true, skipped: true, failed: true, late: true },
    shows: ['late'],
  },

  // Transactions: the business is committed exactly when the message is seen; a check settles what was not told.
  // With a transient pool the copy that a check writes is not readable for up to 200 ms, and an answer that is faster is
  // refused: at each check, where little is written (BR-16, TX-4).
  { row: 'TX-1', setup: { work: 'transactions', pool: false }, faults: ['none'], allows: {} },
  {
    row: 'TX-7 CM-57',
    setup: { work: 'transactions', pool: false },
    faults: ['producer-process', 'lost-answer', 'cut-clients'],
    allows: { duplicates: true, twoOwners: true, failed: true, unanswered: true },
  },
  {
    row: 'TX-12 TX-13',
    setup: { work: 'transactions', pool: false },
    faults: ['master-process'],
    allows: { duplicates: true, twoOwners: true, failed: true },
    shows: ['failed'],
  },

  // A business with a unique key does everything once, however often it is delivered (CO-33).
  {
    row: 'CO-33 once',
    setup: { work: 'once', pool: false },
    faults: ['none', 'consumer-process', 'consumer-cut', 'master-process', 'lost-answer'],
    allows: { duplicates: true, twoOwners: true, failed: true },
    shows: ['duplicates'],
  },

  // A slave that acts for its master is read from, and takes nothing (HA-19).
  {
    row: 'CM-40 slave',
    setup: { copies: 'acting', version: '5.3', groups: 2, pool: false },
    faults: ['slave-process', 'cut-replicas'],
    allows: {},
  },
  {
    row: 'CM-40',
    setup: { copies: 'acting', version: '5.3', groups: 2, pool: false },
    faults: ['master-process'],
    allows: { duplicates: true, twoOwners: true, failed: true },
  },
  {
    row: 'CM-40 power',
    setup: { copies: 'acting', version: '5.3', groups: 2, pool: false, flush: 'SYNC_FLUSH' },
    faults: ['master-power'],
    allows: { duplicates: true, twoOwners: true, parted: true, failed: true },
  },

  // Controllers elect another master. By default what it had not yet may be cut off (HA-28, HA-29).
  {
    row: 'CM-42 CM-43',
    setup: { copies: 'elected', groups: 1, version: '5.3', pool: false },
    faults: ['master-process', 'master-power'],
    allows: {
      lost: true,
      stranded: true,
      duplicates: true,
      twoOwners: true,
      parted: true,
      skipped: true,
      failed: true,
    },
    shows: ['failed'],
  },
  {
    row: 'CM-44',
    setup: { copies: 'elected-safe', groups: 1, version: '5.3', pool: false },
    faults: ['master-process'],
    allows: { duplicates: true, twoOwners: true, parted: true, failed: true },
    shows: ['failed'],
  },
  {
    // Back before anybody missed it, it leads on in the epoch that it had, which begins anew: no slave shares it, so
    // none replicates (HA-25, HA-29), and minInSyncReplicas refuses every write.
    row: 'CM-44 power',
    setup: { copies: 'elected-safe', groups: 1, version: '5.3', pool: false, flush: 'SYNC_FLUSH' },
    faults: ['master-power'],
    allows: { duplicates: true, twoOwners: true, parted: true, failed: true, unhealed: true },
    shows: ['failed'],
  },
  {
    // As before; and only the slaves have its unflushed tail.
    row: 'CM-44 power unflushed',
    setup: { copies: 'elected-safe', groups: 1, version: '5.3', pool: false, flush: 'ASYNC_FLUSH' },
    faults: ['master-power'],
    allows: {
      stranded: true,
      duplicates: true,
      twoOwners: true,
      parted: true,
      skipped: true,
      failed: true,
      unhealed: true,
    },
    shows: ['failed', 'stranded'],
  },
  {
    row: 'CM-45',
    setup: { copies: 'elected-safe', groups: 1, version: '5.3', pool: false },
    faults: ['slave-process', 'slave-power'],
    allows: { duplicates: true, failed: true },
  },

  // DLedger: SEND_OK says that two of three have it.
  {
    row: 'CM-47',
    setup: { copies: 'dledger', groups: 1, pool: false },
    faults: ['master-process', 'master-power'],
    allows: { duplicates: true, twoOwners: true, parted: true, failed: true },
    shows: ['failed'],
  },
  {
    row: 'CM-48 one follower',
    setup: { copies: 'dledger', groups: 1, pool: false },
    faults: ['slave-process', 'slave-power'],
    allows: { duplicates: true, failed: true },
  },
  ...(['acting', 'elected', 'elected-safe', 'dledger'] as const).flatMap((copies): PromiseRow[] => {
    const setup = { copies, groups: copies === 'acting' ? 2 : 1, version: '5.3', pool: false } as const;
    return [
      { row: `CM-1 ${copies}`, setup, faults: ['none'], allows: {} },
      {
        row: `CM-55 ${copies}`,
        setup,
        faults: ['consumer-process', 'producer-process', 'lost-answer'],
        allows: { duplicates: true, twoOwners: true, failed: true, unanswered: true },
      },
    ];
  }),

  // Who leads after a failover takes up every duty; what had not waited for the others may be gone with the leader.
  ...(['orderly', 'transactions'] as const).flatMap((work): PromiseRow[] => [
    {
      row: `CM-44 ${work}`,
      setup: { copies: 'elected-safe', groups: 1, version: '5.3', pool: false, work },
      faults: ['master-process'],
      allows: { duplicates: true, twoOwners: true, parted: true, failed: true },
    },
    {
      row: `CM-47 ${work}`,
      setup: { copies: 'dledger', groups: 1, version: '5.3', pool: false, work },
      faults: ['master-process', 'master-power'],
      allows: { duplicates: true, twoOwners: true, parted: true, failed: true },
    },
  ]),
  ...(['retries', 'delay'] as const).flatMap((work): PromiseRow[] => [
    {
      row: `CM-44 ${work}`,
      setup: { copies: 'elected-safe', groups: 1, version: '5.3', pool: false, work },
      faults: ['master-process'],
      allows: { duplicates: true, twoOwners: true, parted: true, skipped: true, failed: true, late: true },
    },
    {
      row: `CM-47 ${work}`,
      setup: { copies: 'dledger', groups: 1, version: '5.3', pool: false, work },
      faults: ['master-process', 'master-power'],
      allows: { duplicates: true, twoOwners: true, parted: true, failed: true, late: true },
    },
  ]),
  ...(['orderly', 'retries', 'delay', 'transactions'] as const).map(
    (work): PromiseRow => ({
      row: `CM-40 ${work}`,
      setup: { copies: 'acting', groups: 2, version: '5.3', pool: false, work },
      faults: ['master-process'],
      allows: { duplicates: true, twoOwners: true, failed: true, disorder: true, late: true },
    }),
  ),
];
