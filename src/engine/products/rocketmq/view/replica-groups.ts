import { hostOf, linkKey, processOf } from '../../../model/env';
import { logLength } from '../../../model/log';
import { canReach } from '../../../model/net';
import type { ElectionView, ReplicaGroupView, ReplicaView } from '../../../view';
import { actsAsMaster } from '../broker/special-services';
import { isSlave } from '../broker/store-state';
import { inGroup, NOBODY } from '../dledger/dledger-state';
import type { Broker, RocketSim } from '../state';
import { believersOf } from './beliefs';
import { electedView } from './controllers';
import { cutView } from './cut';
import { nameOf, processView } from './processes';
import { byText, epochLed, leaderOf, queueViews } from './queues';
import { followerStripOf, stripOf } from './strip';
import { transactionsView } from './transactions';

export function replicaGroupViews(sim: RocketSim): ReplicaGroupView[] {
  const { brokers } = sim.state.product;
  const names = [...new Set([...brokers.values()].map(({ brokerName }) => brokerName))].sort(byText);
  return names.map((id) => {
    const members = [...brokers.values()]
      .filter(({ brokerName }) => brokerName === id)
      .sort((x, y) => x.brokerId - y.brokerId || x.node - y.node);
    const leader = leaderOf(sim, id) as Broker;
    const slaves = members.filter((member) => member !== leader);
    return {
      id,
      replicas: members.map((member) => replicaView(sim, member, member === leader ? slaves : [], leader)),
      queues: queueViews(sim, leader),
    };
  });
}

function replicaView(sim: RocketSim, broker: Broker, slaves: readonly Broker[], leader: Broker): ReplicaView {
  const { env } = sim.state;
  const { node, config, store, brokerId } = broker;
  const strip = broker === leader ? stripOf(sim, broker, slaves) : followerStripOf(sim, broker, leader);
  const host = hostOf(env, node);
  const waits = [...store.memory.waits.values()];
  const follower = broker !== leader;
  const { feed } = store.memory;
  const elapsedNs = Math.max(1, sim.nowUs) * 1000;
  return {
    ...processView(sim, node),
    role: follower ? 'follower' : 'leader',
    replica: brokerId,
    chips: inGroup(broker)
      ? [
          { key: 'role', value: store.memory.raft.role },
          { key: 'term', value: `term ${store.disk.raft.term}` },
        ]
      : [
          { key: 'flushDiskType', value: config.flushDiskType },
          { key: 'brokerRole', value: broker.role },
        ],
    ...(inGroup(broker) ? { election: electionView(sim, broker) } : {}),
    ...(actsAsMaster(broker) ? { acting: true } : {}),
    ...(follower && epochLed(broker) >= 0 ? { replaced: true } : {}),
    strip,
    ...cutPart(sim, broker),
    ...(store.memory.diskFull ? { diskFull: true } : {}),
    believers: believersOf(sim, broker),
    servesReads:
      processOf(env, node).state === 'up' &&
      (!isSlave(broker) || config.slaveReadEnable || sim.state.product.version === '4.9'),
    ...(follower
      ? {
          feed: {
            connected:
              (inGroup(broker) ? isFed(broker, leader) : feed.state === 'open') &&
              canReach(sim, node, leader.node) &&
              processOf(env, leader.node).state !== 'down',
            lagMessages: Math.max(0, logLength(leader.store.log) - logLength(store.log)),
            latencyUs: env.links.get(linkKey(node, leader.node))?.latencyUs ?? env.params.latencyUs,
          },
        }
      : {}),
    ...(broker.controlled === undefined ? {} : { elected: electedView(sim, broker) }),
    waitingFlush: waits.filter(({ flush }) => flush === 'waiting').length,
    waitingReplicas: waits.filter(({ replicas }) => replicas === 'waiting').length,
    ...transactionsPart(sim, broker),
    cpu: Math.min(1, host.cpu.busyNs / (elapsedNs * host.cpu.coreFreeNs.length)),
    disk: Math.min(1, host.disk.busyNs / elapsedNs),
  };
}

function transactionsPart(sim: RocketSim, broker: Broker): Pick<ReplicaView, 'transactions'> {
  const transactions = transactionsView(sim, broker);
  return transactions === undefined ? {} : { transactions };
}

function cutPart(sim: RocketSim, broker: Broker): Pick<ReplicaView, 'cut'> {
  const cut = cutView(sim, broker);
  return cut === undefined ? {} : { cut };
}

/** A follower whose leader knows where their logs agree. */
const isFed = (broker: Broker, leader: Broker) =>
  broker.store.memory.raft.leader === leader.node &&
  leader.store.memory.raft.peers.get(broker.node)?.phase === 'append';

function electionView(sim: RocketSim, { store }: Broker): ElectionView {
  const { term, votedFor, committed } = store.disk.raft;
  const { role, truncated } = store.memory.raft;
  return {
    role,
    term,
    ...(votedFor === NOBODY ? {} : { votedFor: nameOf(sim, votedFor) }),
    entries: logLength(store.log),
    committed,
    truncated,
  };
}
