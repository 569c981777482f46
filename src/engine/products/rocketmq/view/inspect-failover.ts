import type { DetailSection } from '../../../details';
import { actsAsMaster } from '../broker/special-services';
import { inGroup, NOBODY } from '../dledger/dledger-state';
import { nodesOf } from '../dledger/group';
import type { BrokerData } from '../nameserver/nameserver-state';
import type { Broker, RocketSim } from '../state';
import { nameOf } from './processes';

/** What the inspector shows of a broker in a failover mode; nothing of a classic one. */
export function failoverSections(sim: RocketSim, broker: Broker): DetailSection[] {
  const sections: DetailSection[] = [];
  if (inGroup(broker)) sections.push(...groupSections(sim, broker));
  if (broker.config.enableSlaveActingMaster) sections.push(membersSection(sim, broker));
  return sections;
}

function groupSections(sim: RocketSim, broker: Broker): DetailSection[] {
  const { memory, disk, log } = broker.store;
  const { raft } = memory;
  const { votedFor } = disk.raft;
  return [
    {
      title: { en: 'DLedger node', zh: 'DLedger 节点' },
      source: 'MemberState',
      rows: [
        [
          'group',
          nodesOf(sim, broker)
            .map(({ node }, i) => `n${i}: ${nameOf(sim, node)}`)
            .join(', '),
        ],
        ['role', raft.role],
        ['currTerm', `${disk.raft.term}`],
        ['currVoteFor', votedFor === NOBODY ? '–' : nameOf(sim, votedFor)],
        ['leaderId', raft.leader === undefined ? '–' : nameOf(sim, raft.leader)],
        ['entries', `${log.records.length}`],
        ['committed', `${disk.raft.committed}`],
        ['truncated', `${raft.truncated}`],
      ],
    },
    ...(raft.role === 'leader'
      ? [
          {
            title: { en: 'What the followers have', zh: '各 follower 的进度' },
            source: 'DLedgerEntryPusher.peerWaterMarksByTerm',
            columns: ['follower', 'state', 'entries'],
            rows: [...raft.peers].map(([node, { phase, acked }]) => [
              nameOf(sim, node),
              phase.toUpperCase(),
              `${acked}`,
            ]),
          },
        ]
      : []),
  ];
}

function membersSection(sim: RocketSim, broker: Broker): DetailSection {
  const { members } = broker.store.memory;
  return {
    title: { en: 'View of its group', zh: '对本组的视图' },
    source: 'BrokerController.syncBrokerMemberGroup',
    rows: [
      ['isIsolated', `${members.isolated}`],
      ['minBrokerIdInGroup', `${members.minBrokerId}`],
      ['minBrokerAddrInGroup', members.minBroker === undefined ? '–' : nameOf(sim, members.minBroker)],
      ['aliveReplicasNum', `${members.alive ?? broker.config.totalReplicas}`],
      ['acting master', `${actsAsMaster(broker)}`],
    ],
  };
}

/** The addresses of a group as a route shows them: the acting master under id 0 (NS-22). */
export function addressesShown(
  sim: RocketSim,
  { addrs, enableActingMaster }: BrokerData,
  supportActingMaster: boolean,
): string {
  const smallest = Math.min(...addrs.keys());
  const acting = supportActingMaster && enableActingMaster && smallest > 0;
  return [...addrs]
    .map(([id, address]) => `${acting && id === smallest ? `0 ← ${id}` : id}: ${nameOf(sim, address)}`)
    .join(', ');
}
