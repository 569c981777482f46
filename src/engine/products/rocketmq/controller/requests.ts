import { defineRequest } from '../remoting';

/** What brokers and controllers say to each other, and controllers among themselves. Bodies are immutable. */

/** What the controllers hold of a broker group: who is its master, since which epoch, and who is in sync. */
export interface GroupInfo {
  readonly masterId: number | undefined;
  /** Process number: its address. */
  readonly masterAddress: number | undefined;
  readonly masterEpoch: number;
  readonly set: readonly number[];
  readonly setEpoch: number;
}

/** To any controller: who leads them. */
export const getControllerMetadata = defineRequest<Record<string, never>, { leader: number | undefined }>(
  'CONTROLLER_GET_METADATA_INFO',
);
export const getNextBrokerId = defineRequest<{ brokerName: string }, { id: number }>(
  'CONTROLLER_GET_NEXT_BROKER_ID',
);
/** `code`: the registerCheckCode, by which a broker that asks again is known. */
export interface ApplyBrokerId {
  readonly brokerName: string;
  readonly id: number;
  readonly code: string;
  readonly address: number;
}
export const applyBrokerId = defineRequest<ApplyBrokerId>('CONTROLLER_APPLY_BROKER_ID');
export interface Replica {
  readonly brokerName: string;
  readonly id: number;
  readonly address: number;
}
export const registerToController = defineRequest<Replica, GroupInfo>('CONTROLLER_REGISTER_BROKER');
export const electMaster = defineRequest<Replica, GroupInfo>('CONTROLLER_ELECT_MASTER');
export const getReplicaInfo = defineRequest<{ brokerName: string }, GroupInfo>('CONTROLLER_GET_REPLICA_INFO');
export interface AlterSyncStateSet {
  readonly brokerName: string;
  readonly masterId: number;
  readonly masterEpoch: number;
  readonly set: readonly number[];
  readonly setEpoch: number;
}
export const alterSyncStateSet = defineRequest<AlterSyncStateSet, GroupInfo>(
  'CONTROLLER_ALTER_SYNC_STATE_SET',
);

/** Oneway, to every controller (HA-25). */
export interface BrokerHeartbeat extends Replica {
  readonly timeoutUs: number;
  /** Of its newest entry in the epoch file, −1 for none. */
  readonly epoch: number;
  readonly maxPhys: number;
  readonly confirmPhys: number;
  readonly priority: number;
}
export const brokerHeartbeat = defineRequest<BrokerHeartbeat>('CONTROLLER_BROKER_HEARTBEAT');
/** Oneway, from the leader of the controllers to every live broker of a group. */
export const notifyRoleChanged = defineRequest<GroupInfo>('NOTIFY_BROKER_ROLE_CHANGED');

/** One version of what the controllers hold. A later one replaces an earlier one as a whole. */
export interface Version {
  readonly frozen: true;
  readonly term: number;
  readonly index: number;
  readonly groups: readonly Group[];
}
export interface Group {
  readonly brokerName: string;
  readonly replicas: readonly { readonly id: number; readonly address: number; readonly code: string }[];
  readonly nextId: number;
  readonly masterId: number | undefined;
  readonly masterEpoch: number;
  readonly set: readonly number[];
  readonly setEpoch: number;
}
/** Between controllers: a vote, and the leader's newest version, which is its heartbeat, too. */
export const requestVote = defineRequest<{ term: number; lastTerm: number; lastIndex: number }>('VOTE');
export const voteGiven = defineRequest<{ term: number; granted: boolean }>('VOTE_ANSWER');
export const appendVersion = defineRequest<{ term: number; version: Version }>('APPEND');
export const versionAppended = defineRequest<{ term: number; index: number }>('APPEND_ANSWER');
