import type { ControllerView, ReplicaView } from '../../../view';
import { isElected } from '../broker/controlled';
import { type Controller, groupIn, isAlive } from '../controller/controller-state';
import type { Group } from '../controller/requests';
import type { Broker, RocketSim } from '../state';
import { nameOf, processView } from './processes';
import { byText } from './queues';

/** The controllers, and what a broker knows of its election. */
export function controllerViews(sim: RocketSim): ControllerView[] {
  return [...sim.state.product.controllers.values()].map((controller) => {
    const { node, disk, memory } = controller;
    return {
      ...processView(sim, node),
      role: memory.role,
      term: disk.term,
      leader: memory.leader === undefined ? undefined : nameOf(sim, memory.leader),
      ...(disk.votedFor === undefined ? {} : { votedFor: nameOf(sim, disk.votedFor) }),
      groups: versionOf(controller)
        .groups.map((group) => groupView(sim, controller, group))
        .sort((x, y) => byText(x.group, y.group)),
    };
  });
}

/** Of a leader what is committed; a follower keeps the newest version that it was sent. */
const versionOf = ({ disk, memory }: Controller) =>
  memory.role === 'leader' ? memory.applied : disk.version;

function groupView(
  sim: RocketSim,
  controller: Controller,
  { brokerName, replicas, masterId, masterEpoch, set, setEpoch }: Group,
): ControllerView['groups'][number] {
  const names = (ids: readonly number[]) =>
    replicas.filter(({ id }) => ids.includes(id)).map(({ address }) => nameOf(sim, address));
  return {
    group: brokerName,
    master: names(masterId === undefined ? [] : [masterId])[0],
    epoch: masterEpoch,
    inSync: names(set),
    setEpoch,
    alive: names(replicas.map(({ id }) => id).filter((id) => isAlive(sim, controller, brokerName, id))),
  };
}

/** Undefined outside controller mode. */
export function electedView(sim: RocketSim, broker: Broker): ReplicaView['elected'] {
  const { controlled } = broker;
  if (controlled === undefined) return undefined;
  const { id, masterEpoch, fenced, set, alone, truncated } = controlled;
  const group = [...sim.state.product.brokers.values()].filter(
    ({ brokerName }) => brokerName === broker.brokerName,
  );
  return {
    id: id < 0 ? undefined : id,
    epoch: masterEpoch,
    fenced,
    inSync: isElected(broker)
      ? group
          .filter(({ store }) => set.includes(store.disk.replica.id ?? -1))
          .map(({ node }) => nameOf(sim, node))
      : [],
    alone,
    truncated,
  };
}

/** Tables of a controller for the inspector. */
export function controllerSections(sim: RocketSim, controller: Controller) {
  const { memory, disk } = controller;
  const { groups } = versionOf(controller);
  return [
    {
      title: { en: 'Quorum', zh: '多数派' },
      source: 'DLedgerController',
      columns: ['role', 'term', 'leader'],
      rows: [[memory.role, `${disk.term}`, memory.leader === undefined ? '–' : nameOf(sim, memory.leader)]],
    },
    {
      title: { en: 'Groups', zh: 'Broker 组' },
      source: 'ReplicasInfoManager.syncStateSetInfoTable',
      columns: ['broker', 'master', 'epoch', 'SyncStateSet', 'set epoch'],
      rows: groups.map(({ brokerName, masterId, masterEpoch, set, setEpoch, replicas }) => {
        const master = replicas.find(({ id }) => id === masterId);
        return [
          brokerName,
          master === undefined ? '–' : `${masterId}: ${nameOf(sim, master.address)}`,
          `${masterEpoch}`,
          `{${set.join(', ')}}`,
          `${setEpoch}`,
        ];
      }),
    },
    {
      title: { en: 'Live brokers', zh: '存活的 Broker' },
      source: 'DefaultBrokerHeartbeatManager.brokerLiveTable',
      columns: ['broker', 'id', 'process', 'epoch', 'max offset', 'age'],
      rows: [...memory.live.values()].map((live) => [
        live.brokerName,
        `${live.id}`,
        nameOf(sim, live.address),
        `${live.epoch}`,
        `${live.maxPhys}`,
        groupIn(disk.version, live.brokerName) === undefined
          ? ''
          : `${((sim.nowUs - live.lastUs) / 1e6).toFixed(1)} s`,
      ]),
    },
  ];
}
