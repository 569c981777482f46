import type { ProductVersion } from '../../state/engine-data';

/** How the brokers of a group follow each other, and who takes over when a master dies. */
export const REPLICATIONS = ['masterSlave', 'actingMaster', 'controller', 'dledger'] as const;
export type Replication = (typeof REPLICATIONS)[number];

/** What a learner chooses of a cluster of his own. */
export interface ClusterChoice {
  readonly version: ProductVersion;
  readonly replication: Replication;
  readonly nameservers: number;
  readonly controllers: number;
  /** Broker names, and processes of each. */
  readonly groups: number;
  readonly copies: number;
  readonly producers: number;
  readonly consumers: number;
  readonly disk: Disk;
}

/** A small one is full after a burst of some thousand messages. */
export type Disk = 'large' | 'small';

/** Room for some files of a CommitLog whose files are small as well. */
const SMALL = { capacityGB: 0.002, mappedFileSizeCommitLog: 120_000 };

/** Copies that a replication needs to show what it is for. */
export const COPIES: Readonly<Record<Replication, number>> = {
  masterSlave: 2,
  actingMaster: 2,
  controller: 3,
  dledger: 3,
};

/** Controllers and acting masters came with version 5. */
export const isIn = (version: ProductVersion, replication: Replication): boolean =>
  version !== '4.9' || replication === 'masterSlave' || replication === 'dledger';

/** The scenario file of that cluster. Without clients it stands idle until some are added. */
export function clusterFile(choice: ClusterChoice, title: { readonly en: string; readonly zh: string }) {
  const { version, replication, disk } = choice;
  const names = [...'abcd'].slice(0, choice.groups).map((letter) => `broker-${letter}`);
  const numbered = (stem: string, count: number) =>
    Array.from({ length: count }, (_, i) => ({ id: `${stem}-${i + 1}` }));
  return {
    format: 'mq-playground/scenario@1',
    title,
    product: 'rocketmq',
    productVersion: version,
    seed: 1,
    ...(disk === 'small' && { environment: { disk: { capacityGB: SMALL.capacityGB } } }),
    nameservers: numbered('ns', choice.nameservers).map((each) => ({
      ...each,
      ...(replication === 'actingMaster' && { config: { supportActingMaster: true } }),
    })),
    controllers: numbered('controller', replication === 'controller' ? choice.controllers : 0),
    brokers: names.flatMap((brokerName) =>
      Array.from({ length: choice.copies }, (_, brokerId) => ({
        ...{ id: `${brokerName}:${brokerId}`, brokerName, brokerId },
        config: {
          ...CONFIG[replication],
          ...(brokerId > 0 && BY_ROLE.includes(replication) && { brokerRole: 'SLAVE' }),
          ...(disk === 'small' && { mappedFileSizeCommitLog: SMALL.mappedFileSizeCommitLog }),
        },
      })),
    ),
    topics: [{ name: 'Orders', queues: 4, brokers: names }],
    producers: numbered('producer', choice.producers).map((each) => ({
      ...each,
      ...{ group: 'order-producers', topic: 'Orders', mode: 'sync', ratePerSecond: 20, bodyBytes: 1_024 },
      keys: { distinct: 50, skew: 0 },
    })),
    consumers: numbered('consumer', choice.consumers).map((each) => ({
      ...each,
      ...{ group: 'order-service', topic: 'Orders', processingMs: 20 },
    })),
  };
}

/** Where the file says who is the master; elsewhere it is elected. */
const BY_ROLE: readonly Replication[] = ['masterSlave', 'actingMaster'];

const CONFIG: Readonly<Record<Replication, Readonly<Record<string, boolean>>>> = {
  masterSlave: {},
  actingMaster: { enableSlaveActingMaster: true, enableRemoteEscape: true },
  controller: { enableControllerMode: true },
  dledger: { enableDLegerCommitLog: true },
};
