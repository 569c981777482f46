import { Code } from '../protocol';
import type { AlterSyncStateSet, ApplyBrokerId, Group, GroupInfo, Replica, Version } from './requests';

/**
 * `ReplicasInfoManager`: what becomes of the groups by each request, as a function of what the controllers hold. A
 * request that changes nothing returns the same groups.
 */
export interface Decision {
  readonly status: number;
  readonly groups: readonly Group[];
}

type Groups = Version['groups'];
type IsAlive = (id: number) => boolean;

/** What an election compares of a live broker (HA-26). */
export interface Candidate {
  readonly id: number;
  readonly epoch: number;
  readonly maxPhys: number;
  readonly priority: number;
}

const FIRST_ID = 1;

const groupOf = (groups: Groups, brokerName: string) =>
  groups.find((group) => group.brokerName === brokerName);
const replace = (groups: Groups, changed: Group): Groups =>
  groups.map((group) => (group.brokerName === changed.brokerName ? changed : group));
const kept = (status: number, groups: Groups): Decision => ({ status, groups });

export function nextIdOf(groups: Groups, brokerName: string): number {
  return groupOf(groups, brokerName)?.nextId ?? FIRST_ID;
}

/** An id is given to whom asks for it first; who has it already may ask again. */
export function applyId(groups: Groups, { brokerName, id, code, address }: ApplyBrokerId): Decision {
  const group = groupOf(groups, brokerName);
  if (group === undefined) {
    if (id !== FIRST_ID) return kept(Code.CONTROLLER_BROKER_ID_INVALID, groups);
    const first: Group = {
      brokerName,
      replicas: [{ id, address, code }],
      nextId: FIRST_ID + 1,
      masterId: undefined,
      masterEpoch: 0,
      set: [],
      setEpoch: 0,
    };
    return { status: Code.SUCCESS, groups: [...groups, first] };
  }
  const holder = group.replicas.find((replica) => replica.id === id);
  if (holder !== undefined) {
    return kept(holder.code === code ? Code.SUCCESS : Code.CONTROLLER_BROKER_ID_INVALID, groups);
  }
  const replicas = [...group.replicas, { id, address, code }];
  return { status: Code.SUCCESS, groups: replace(groups, { ...group, replicas, nextId: group.nextId + 1 }) };
}

/** A broker that starts: it must have its id, and learns the master if that is alive. */
export function canRegister(groups: Groups, { brokerName, id }: Replica): boolean {
  return groupOf(groups, brokerName)?.replicas.some((replica) => replica.id === id) === true;
}

/** What a broker is told of its group; without the master when `masterAlive` is false. */
export function infoOf(group: Group, masterAlive: boolean): GroupInfo {
  const { masterId, masterEpoch, set, setEpoch } = group;
  const known = masterAlive ? masterId : undefined;
  return {
    masterId: known,
    masterAddress: group.replicas.find(({ id }) => id === known)?.address,
    masterEpoch,
    set,
    setEpoch,
  };
}

/**
 * `ReplicasInfoManager#electMaster` with `DefaultElectPolicy` (HA-26). `asking`: the broker that asks; undefined when
 * the controller itself has noticed that the master is gone. `designated`: an administrator asks for this broker.
 */
export function elect(
  groups: Groups,
  brokerName: string,
  asking: number | undefined,
  unclean: boolean,
  isAlive: IsAlive,
  candidateOf: (id: number) => Candidate,
  designated = false,
): Decision {
  const group = groupOf(groups, brokerName);
  if (group === undefined) return kept(Code.CONTROLLER_BROKER_NEED_TO_BE_REGISTERED, groups);
  const all = unclean ? group.replicas.map(({ id }) => id) : [];
  const best = (pool: readonly number[]) =>
    bestOf(pool.filter(isAlive), group.masterId, candidateOf, designated ? asking : undefined);
  const winner = group.masterEpoch === 0 && asking !== undefined ? asking : (best(group.set) ?? best(all));
  if (winner === undefined) {
    if (asking !== undefined) return kept(Code.CONTROLLER_ELECT_MASTER_FAILED, groups);
    // The state machine is told that there is no master: its epoch grows, its set is kept.
    const headless: Group = { ...group, masterId: undefined, masterEpoch: group.masterEpoch + 1 };
    return { status: Code.CONTROLLER_MASTER_NOT_AVAILABLE, groups: replace(groups, headless) };
  }
  if (winner === group.masterId) return kept(Code.CONTROLLER_MASTER_STILL_EXIST, groups);
  const elected: Group = {
    ...group,
    masterId: winner,
    masterEpoch: group.masterEpoch + 1,
    set: [winner],
    setEpoch: group.setEpoch + 1,
  };
  return { status: Code.SUCCESS, groups: replace(groups, elected) };
}

/**
 * The broker that is asked for or nobody; else the old master if it may stay, else the furthest one: by epoch, then
 * offset, then priority. `DefaultElectPolicy` casts the differences of offsets to int: a gap of 2 to 4 GiB counts as a lead of who is behind.
 */
function bestOf(
  pool: readonly number[],
  oldMaster: number | undefined,
  candidateOf: (id: number) => Candidate,
  wanted: number | undefined,
): number | undefined {
  if (wanted !== undefined) return pool.includes(wanted) ? wanted : undefined;
  if (oldMaster !== undefined && pool.includes(oldMaster)) return oldMaster;
  return pool
    .map(candidateOf)
    .sort((x, y) => y.epoch - x.epoch || (y.maxPhys - x.maxPhys) | 0 || (x.priority - y.priority) | 0)[0]?.id;
}

/** `ReplicasInfoManager#alterSyncStateSet`: the checks of HA-27, in their order. */
export function alterSet(groups: Groups, request: AlterSyncStateSet, isAlive: IsAlive): Decision {
  const group = groupOf(groups, request.brokerName);
  const { set } = request;
  if (group === undefined || sameSet(group.set, set)) {
    return kept(Code.CONTROLLER_ALTER_SYNC_STATE_SET_FAILED, groups);
  }
  if (group.masterId !== request.masterId) return kept(Code.CONTROLLER_INVALID_MASTER, groups);
  if (group.masterEpoch !== request.masterEpoch) {
    return kept(Code.CONTROLLER_FENCED_MASTER_EPOCH, groups);
  }
  if (group.setEpoch !== request.setEpoch) {
    return kept(Code.CONTROLLER_FENCED_SYNC_STATE_SET_EPOCH, groups);
  }
  for (const id of set) {
    if (!group.replicas.some((replica) => replica.id === id)) {
      return kept(Code.CONTROLLER_INVALID_REPLICAS, groups);
    }
    if (!isAlive(id)) return kept(Code.CONTROLLER_BROKER_NOT_ALIVE, groups);
  }
  if (!set.includes(request.masterId)) return kept(Code.CONTROLLER_ALTER_SYNC_STATE_SET_FAILED, groups);
  const changed: Group = { ...group, set: [...set].sort((x, y) => x - y), setEpoch: group.setEpoch + 1 };
  return { status: Code.SUCCESS, groups: replace(groups, changed) };
}

export function sameSet(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}
