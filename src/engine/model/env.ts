import type { Due } from '../core/sim';
import type { Failure } from '../view';

/**
 * The environment that the protocols run on: hosts, processes, links, connections, disks, cores. Faults act
 * here, never on a protocol's logic. One cost model for every product.
 */
export interface Env {
  params: EnvParams;
  hosts: Host[];
  processes: Process[];
  processByName: Map<string, number>;
  /** Links that differ from the ordinary network, by `linkKey`. */
  links: Map<number, Link>;
  conns: Map<number, Conn>;
  nextConn: number;
  /** How often a process has ended so far. */
  endings: number;
  /** For the causes in the trace alone. */
  faults: Faults;
}

/** Trace entries of the faults that may be behind a silence; see `silence.ts`. */
export interface Faults {
  /** The latest fault of a process or of its host, by process. */
  ofProcess: Map<number, number>;
  /** The latest fault of a link, by `linkKey`. */
  ofLink: Map<number, number>;
  /** What vanished on the wire lately, oldest first. */
  dropped: Dropped[];
}

export interface Dropped {
  readonly frozen: true;
  readonly entry: number;
  readonly from: number;
  readonly to: number;
  readonly message: unknown;
}

export interface EnvParams {
  readonly frozen: true;
  readonly latencyUs: number;
  readonly jitterUs: number;
  readonly bandwidthBytesPerSecond: number;
  readonly fsyncUs: number;
  readonly sequentialBytesPerSecond: number;
  readonly fileSwitchUs: number;
  readonly dirtyBytesMax: number;
  /** 0: the kernel never writes back by itself. */
  readonly dirtyExpireUs: number;
  readonly diskCapacityBytes: number;
  readonly pageCacheBytes: number;
  readonly cores: number;
}

export interface Host {
  readonly name: string;
  up: boolean;
  /** Nanoseconds until which the network card is sending. */
  nicFreeNs: number;
  disk: Disk;
  cpu: Cpu;
}

export interface Disk {
  freeNs: number;
  busyNs: number;
  fsyncUs: number;
  bytesPerSecond: number;
  /** Multiplies every service time; 1 is the ordinary disk. */
  factor: number;
}

export interface Cpu {
  /** Time at which each core is free, nanoseconds. */
  coreFreeNs: number[];
  busyNs: number;
  factor: number;
}

export type ProcessState = 'up' | 'starting' | 'recovering' | 'stopping' | 'frozen' | 'down';

export interface Process {
  readonly name: string;
  /** What runs in it: the product's word, e.g. `broker`. */
  readonly kind: string;
  readonly host: number;
  state: ProcessState;
  failure: Failure | 'shutdown' | undefined;
  sinceUs: number;
  untilUs: number | undefined;
  /** Grows when the process ends; events of a former incarnation are dropped. */
  incarnation: number;
  /** What it was before it froze, and will be again. */
  thawsTo: ProcessState;
  /** Events that came while it was frozen, in order. */
  inbox: Due[];
  /** Purposes of connections on which it listens no more. */
  refuses: readonly string[];
  networkFactor: number;
}

export interface Link {
  readonly a: number;
  readonly b: number;
  cut: boolean;
  latencyUs: number | undefined;
  /** What the scenario gave it; healing returns to it. */
  baseLatencyUs: number | undefined;
  bandwidthBytesPerSecond: number | undefined;
  factor: number;
  /** The next so many messages in each direction vanish. */
  dropAB: number;
  dropBA: number;
  /** Nanoseconds until which a limited link is sending, each way. */
  freeNsAB: number;
  freeNsBA: number;
}

/** A TCP connection. End 0 opened it, end 1 accepted it. */
export interface Conn {
  readonly id: number;
  /** What it is for, e.g. `remoting` or `ha`; the product's word. */
  readonly purpose: string;
  readonly ends: readonly [ConnEnd, ConnEnd];
  state: 'connecting' | 'open';
}

export interface ConnEnd {
  readonly node: number;
  incarnation: number;
  open: boolean;
  lastReadUs: number;
  lastWriteUs: number;
  /** Messages sent from this end so far; ordinal of the jitter draws. */
  sent: number;
  /** Earliest arrival of the next message at the other end: TCP keeps order. */
  arriveUs: number;
  /** Sent while the other host could not be reached: kept by the kernel for retransmission. */
  held: Held[];
  /** Until when a retransmission is under way; later messages queue behind it. */
  blockedUntilUs: number;
}

export interface Held {
  readonly frozen: true;
  readonly message: unknown;
  readonly bytes: number;
  readonly sinceUs: number;
}

export function processOf(env: Env, node: number): Process {
  const process = env.processes[node];
  if (process === undefined) throw new RangeError(`no process ${node}`);
  return process;
}

export function hostOf(env: Env, node: number): Host {
  return env.hosts[processOf(env, node).host] as Host;
}

export function nodeOf(env: Env, name: string): number | undefined {
  return env.processByName.get(name);
}

/** Running and scheduled: not down and not frozen. */
export function isRunning(process: Process): boolean {
  return process.state !== 'down' && process.state !== 'frozen';
}

export function createEnv(params: EnvParams): Env {
  return {
    params,
    hosts: [],
    processes: [],
    processByName: new Map(),
    links: new Map(),
    conns: new Map(),
    nextConn: 1,
    endings: 0,
    faults: { ofProcess: new Map(), ofLink: new Map(), dropped: [] },
  };
}

/** A warm-up runs before time 0, so what was never used is not merely free since 0. */
const ALWAYS_FREE_NS = Number.NEGATIVE_INFINITY;

export function addHost(env: Env, name: string): number {
  const known = env.hosts.findIndex((host) => host.name === name);
  if (known >= 0) return known;
  const { fsyncUs, sequentialBytesPerSecond, cores } = env.params;
  env.hosts.push({
    name,
    up: true,
    nicFreeNs: ALWAYS_FREE_NS,
    disk: { freeNs: ALWAYS_FREE_NS, busyNs: 0, fsyncUs, bytesPerSecond: sequentialBytesPerSecond, factor: 1 },
    cpu: { coreFreeNs: new Array<number>(cores).fill(ALWAYS_FREE_NS), busyNs: 0, factor: 1 },
  });
  return env.hosts.length - 1;
}

/** Adds a process that is down; `startProcess` starts it. Names are unique. */
export function addProcess(env: Env, name: string, kind: string, hostName: string): number {
  if (env.processByName.has(name)) throw new Error(`two processes named ${name}`);
  const node = env.processes.length;
  env.processes.push({
    name,
    kind,
    host: addHost(env, hostName),
    state: 'down',
    failure: undefined,
    sinceUs: 0,
    untilUs: undefined,
    incarnation: 0,
    thawsTo: 'up',
    inbox: [],
    refuses: [],
    networkFactor: 1,
  });
  env.processByName.set(name, node);
  return node;
}

const NODES_MAX = 65_536;

export function linkKey(x: number, y: number): number {
  return x < y ? x * NODES_MAX + y : y * NODES_MAX + x;
}

/** The link between two processes, made when it first differs from the ordinary network. */
export function linkBetween(env: Env, x: number, y: number): Link {
  const key = linkKey(x, y);
  let link = env.links.get(key);
  if (link === undefined) {
    link = {
      a: Math.min(x, y),
      b: Math.max(x, y),
      cut: false,
      latencyUs: undefined,
      baseLatencyUs: undefined,
      bandwidthBytesPerSecond: undefined,
      factor: 1,
      dropAB: 0,
      dropBA: 0,
      freeNsAB: ALWAYS_FREE_NS,
      freeNsBA: ALWAYS_FREE_NS,
    };
    env.links.set(key, link);
  }
  return link;
}
