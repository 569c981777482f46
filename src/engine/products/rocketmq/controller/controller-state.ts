import type { ControllerConfig } from '../../../scenario/config';
import type { Remoting } from '../remoting';
import type { RocketSim } from '../state';
import type { Group, Version } from './requests';

/** A process of the controller quorum. */
export interface Controller {
  readonly node: number;
  config: ControllerConfig;
  remoting: Remoting;
  disk: ControllerDisk;
  memory: ControllerMemory;
}

/** The Raft log of a controller, of which only the newest version matters. It survives the process. */
export interface ControllerDisk {
  term: number;
  /** Whom it voted for in its term, by process number. */
  votedFor: number | undefined;
  version: Version;
}

export interface ControllerMemory {
  role: 'follower' | 'candidate' | 'leader';
  /** The leader of its term, as far as it knows. */
  leader: number | undefined;
  /** The newest version that a majority has: what is told to brokers. */
  applied: Version;
  /** Leader: the first index of its own term. Nothing is served before that is committed. */
  ownIndex: number;
  votes: Set<number>;
  /** Leader: the newest index that each other controller has, and when it answered last. */
  peers: Map<number, { index: number; answeredUs: number }>;
  /** When it becomes a candidate, or asks for votes again; Infinity while it leads. */
  electionAtUs: number;
  /** Draws of its vote intervals so far. */
  votesAsked: number;
  /** Answers that wait until a majority has the version which they tell of. */
  proposals: Proposal[];
  /** Brokers by `liveKey`: what their latest heartbeat said. */
  live: Map<string, LiveBroker>;
}

/** A version that is not yet known to a majority, and what is done when it is. */
export interface Proposal {
  readonly version: Version;
  /** Trace entry that led to it. */
  readonly cause: number;
  /** What has then come about, for the trace. */
  readonly outcome: Outcome | undefined;
  /** The request to answer; undefined when the controller itself had decided. */
  readonly answer:
    | { readonly conn: number; readonly id: number; readonly status: number; readonly body: unknown }
    | undefined;
  /** Group whose live brokers are told of their new master. */
  readonly notify: string | undefined;
}

export interface Outcome {
  readonly what: 'led' | 'id-given' | 'elected' | 'elected-unclean' | 'headless' | 'set-changed';
  readonly a: number;
  readonly b: number;
}

/** `BrokerLiveInfo`. */
export interface LiveBroker {
  readonly brokerName: string;
  readonly id: number;
  readonly address: number;
  /** The connection of its first heartbeat: the one whose end is noticed at once. */
  readonly conn: number;
  lastUs: number;
  timeoutUs: number;
  epoch: number;
  maxPhys: number;
  priority: number;
}

const NO_VERSION: Version = { frozen: true, term: 0, index: 0, groups: [] };

export function createControllerDisk(): ControllerDisk {
  return { term: 0, votedFor: undefined, version: NO_VERSION };
}

export function createControllerMemory(): ControllerMemory {
  return {
    role: 'follower',
    leader: undefined,
    applied: NO_VERSION,
    ownIndex: 0,
    votes: new Set(),
    peers: new Map(),
    electionAtUs: Number.POSITIVE_INFINITY,
    votesAsked: 0,
    proposals: [],
    live: new Map(),
  };
}

export function controllerOf(sim: RocketSim, node: number): Controller {
  const controller = sim.state.product.controllers.get(node);
  if (controller === undefined) throw new RangeError(`process ${node} is no controller`);
  return controller;
}

export const liveKey = (brokerName: string, id: number) => `${brokerName}#${id}`;

/** `isBrokerActive`: its latest heartbeat is not older than the time that it named. */
export function isAlive(sim: RocketSim, { memory }: Controller, brokerName: string, id: number): boolean {
  const live = memory.live.get(liveKey(brokerName, id));
  return live !== undefined && live.lastUs + live.timeoutUs >= sim.nowUs;
}

export function groupIn(version: Version, brokerName: string): Group | undefined {
  return version.groups.find((group) => group.brokerName === brokerName);
}
