import type { Fault, Setup } from './promise';

/** Parts of a scenario file that a setup decides. */
export type Part = Readonly<Record<string, unknown>>;

export interface Dice {
  readonly below: (bound: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

const FIRST = 'broker-a';

/** The brokers of a setup: the group that faults strike, and another master where the topic has two groups. */
export function brokersOf(setup: Setup, dice: Dice): Part[] {
  const other = { id: 'broker-b:0', brokerName: 'broker-b', brokerId: 0 };
  const brokers = [...FIRST_GROUP[setup.copies](setup, dice), ...(setup.groups === 1 ? [] : [other])];
  return setup.work === 'sql' ? brokers.map(filtering) : brokers;
}

/** As many controllers as the setup asks for; three where they fail. */
export function controllersOf({ copies }: Setup, fault: Fault, { pick }: Dice): Part[] {
  const elect = copies === 'elected' || copies === 'elected-safe';
  const count = elect ? (fault.startsWith('controller') ? 3 : pick([1, 3])) : 0;
  return Array.from({ length: count }, (_, index) => ({ id: `controller-${index + 1}` }));
}

const filtering = (broker: Part): Part => ({
  ...broker,
  config: { ...(broker.config as Part | undefined), enablePropertyFilter: true },
});

const replica = (brokerId: number, config: Part): Part => ({
  id: `${FIRST}:${brokerId}`,
  brokerName: FIRST,
  brokerId,
  config,
});

const three = (config: Part): Part[] => [0, 1, 2].map((id) => replica(id, config));

const FIRST_GROUP: Readonly<Record<Setup['copies'], (setup: Setup, dice: Dice) => Part[]>> = {
  alone: ({ flush, pool }) => [
    replica(0, {
      flushDiskType: flush,
      brokerRole: 'ASYNC_MASTER',
      ...(pool && { transientStorePoolEnable: true }),
    }),
  ],
  async: (setup, { below }) =>
    masterAndSlave(setup, below(4) === 0, {
      brokerRole: setup.version === '5.3' && below(3) === 0 ? 'SYNC_MASTER' : 'ASYNC_MASTER',
    }),
  sync: (setup, { below }) =>
    masterAndSlave(setup, below(4) === 0, {
      brokerRole: 'SYNC_MASTER',
      ...(setup.version === '5.3' && { inSyncReplicas: 2 }),
    }),
  acting: (setup) => masterAndSlave(setup, true, {}, { enableSlaveActingMaster: true }),
  elected: ({ flush }) => three({ flushDiskType: flush, enableControllerMode: true }),
  'elected-safe': ({ flush }) =>
    three({
      flushDiskType: flush,
      enableControllerMode: true,
      allAckInSyncStateSet: true,
      inSyncReplicas: 2,
      minInSyncReplicas: 2,
      totalReplicas: 3,
    }),
  dledger: ({ flush }) => three({ flushDiskType: flush, enableDLegerCommitLog: true }),
};

function masterAndSlave(
  { flush, pool }: Setup,
  slaveReadEnable: boolean,
  master: Part,
  both: Part = {},
): Part[] {
  return [
    replica(0, {
      flushDiskType: flush,
      ...both,
      ...master,
      ...(pool && { transientStorePoolEnable: true }),
    }),
    replica(1, { brokerRole: 'SLAVE', flushDiskType: flush, slaveReadEnable, ...both }),
  ];
}
