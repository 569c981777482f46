import type { DataVersion } from '../protocol';

/**
 * Tables of `RouteInfoManager` (NS-2): memory of one process, and of nobody else. Filter servers, static topics and
 * clusters other than the one are not modelled, so those tables stay out.
 */
export interface NameserverTables {
  /** topic → brokerName → queues. */
  topicQueueTable: Map<string, Map<string, QueueData>>;
  /** By brokerName, in order of the first registration. */
  brokerAddrTable: Map<string, BrokerData>;
  /** By address (process number). */
  brokerLiveTable: Map<number, BrokerLive>;
  /** `BatchUnregistrationService`: brokers that are to be removed with the next event. */
  unregistering: Unregistration[];
  /** Broker names whose write permission was taken by a command, for what the trace says when it is back. */
  wiped: Set<string>;
  startedUs: number;
  /** Entry of the latest change, for the causes in the trace alone; −1: none since the run began. */
  changedBy: number;
}

export interface QueueData {
  readonly frozen: true;
  readonly brokerName: string;
  readonly readQueueNums: number;
  readonly writeQueueNums: number;
  /** Bits R=4, W=2, INHERIT=1. */
  readonly perm: number;
}

export interface BrokerData {
  readonly brokerName: string;
  enableActingMaster: boolean;
  /** brokerId → address. */
  addrs: Map<number, number>;
}

interface BrokerLive {
  readonly brokerName: string;
  readonly brokerId: number;
  lastUpdateUs: number;
  /** `heartbeatTimeoutMillis`: 120 s, or what the broker asked for. */
  timeoutUs: number;
  dataVersion: DataVersion;
  /** The connection that the latest registration came on. */
  conn: number;
}

export interface Unregistration {
  readonly frozen: true;
  readonly brokerName: string;
  readonly brokerId: number;
  readonly address: number;
}

/** Topic → `broker-a:4;broker-b:4`. */
export interface OrderConfs {
  readonly frozen: true;
  readonly byTopic: Readonly<Record<string, string>>;
}

export const NO_ORDER_CONFS: OrderConfs = { frozen: true, byTopic: {} };

export function createTables(startedUs: number): NameserverTables {
  return {
    topicQueueTable: new Map(),
    brokerAddrTable: new Map(),
    brokerLiveTable: new Map(),
    unregistering: [],
    wiped: new Set(),
    startedUs,
    changedBy: -1,
  };
}
