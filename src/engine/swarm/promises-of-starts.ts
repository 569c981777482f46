import type { PromiseRow } from './promise';

/** As in `promises`: clusters that come up in any order, controllers that fail, and what administrators do. */
export const startPromises: readonly PromiseRow[] = [
  // A shutdown in order: a broker writes all that it has, a transient pool included; a consumer says where it is.
  {
    row: 'CM-10 in order',
    setup: {},
    faults: ['master-leaves'],
    allows: { duplicates: true, twoOwners: true, failed: true },
    shows: ['failed'],
  },
  {
    row: 'CO-29 in order',
    setup: {},
    faults: ['consumer-leaves'],
    allows: { duplicates: true, twoOwners: true },
  },
  // Readers stay; senders go to the other brokers, where there are any (NS-23).
  { row: 'NS-23', setup: { groups: 2 }, faults: ['write-wiped'], allows: {} },
  { row: 'NS-23 one group', setup: { groups: 1 }, faults: ['write-wiped'], allows: { failed: true } },
  {
    row: 'CO-18 reset',
    setup: {},
    faults: ['offset-reset'],
    allows: { duplicates: true, skipped: true },
    shows: ['duplicates'],
    because: 'CO-18',
  },
  // Who starts has to wait for the others, a master for its slave, and for a poll: nothing that is stored meanwhile is passed by.
  {
    row: 'CL-5 name servers late',
    setup: {},
    faults: ['nameservers-late'],
    allows: { duplicates: true, twoOwners: true, failed: true },
    shows: ['failed'],
  },
  {
    row: 'NS-5 brokers late',
    setup: {},
    faults: ['brokers-late'],
    allows: { duplicates: true, twoOwners: true, failed: true },
    shows: ['failed'],
  },
  {
    row: 'CO-31 consumers late',
    setup: {},
    faults: ['consumers-late'],
    allows: { duplicates: true, twoOwners: true, failed: true },
  },
  {
    row: 'NS-5 any order',
    setup: {},
    faults: ['any-order'],
    allows: { duplicates: true, twoOwners: true, failed: true },
    shows: ['failed'],
  },
  ...(['acting', 'elected', 'elected-safe', 'dledger'] as const).map(
    (copies): PromiseRow => ({
      row: `NS-5 ${copies}`,
      setup: { copies, groups: copies === 'acting' ? 2 : 1, version: '5.3', pool: false },
      faults: ['brokers-late', 'any-order'],
      allows: { duplicates: true, twoOwners: true, failed: true },
      shows: ['failed'],
    }),
  ),

  // Controllers decide when a majority of them lives, and nobody else notices when they do not (HA-24).
  ...(['elected', 'elected-safe'] as const).flatMap((copies): PromiseRow[] => {
    const setup = { copies, groups: 1, version: '5.3', pool: false } as const;
    const safe = copies === 'elected-safe';
    return [
      {
        row: `HA-24 ${copies}`,
        setup,
        faults: ['controller-process', 'controller-cut', 'controllers-in-turn', 'controllers-most'],
        allows: {},
      },
      {
        row: `HA-26 ${copies}`,
        setup,
        faults: ['controller-and-master'],
        allows: {
          // Back before a controller leads again, the master begins its epoch anew, and no slave shares it: as in the row
          // `CM-44 power`, minInSyncReplicas then refuses every write.
          ...(safe
            ? ({ unhealed: true } as const)
            : ({ lost: true, stranded: true, skipped: true } as const)),
          duplicates: true,
          twoOwners: true,
          parted: true,
          failed: true,
        },
        shows: ['failed'],
      },
    ];
  }),
];
