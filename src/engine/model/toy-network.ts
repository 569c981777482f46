import { Handlers, type Observer, Sim } from '../core/sim';
import { addProcess, createEnv, type EnvParams, processOf } from './env';
import { createLedger } from './ledger';
import { netAccepted, netClosed, netMessage, netOpened, netRefused, registerNet } from './net';
import {
  divertFrozen,
  exitProcess,
  markUp,
  processDown,
  processShutdown,
  processStart,
  registerProcesses,
  startProcess,
} from './process';
import { createArena, type World } from './world';

/**
 * For tests of the environment: three processes that only note what they are told. `a` has a host of its own,
 * `b` and `c` share one; each link takes 5 ms.
 */
export const A = 0;
export const B = 1;
export const C = 2;
export const MS = 1_000;
export const SECOND = 1_000_000;
export const LATENCY_US = 5 * MS;

export interface ToyNetwork {
  readonly sim: Sim<World>;
  /** `<ms> <process> <what>`, in order. */
  readonly told: string[];
}

export function toyNetwork(
  params: Partial<EnvParams> = {},
  observers: readonly Observer<World>[] = [],
  judges: World['judges'] = {},
): ToyNetwork {
  const env = createEnv({
    frozen: true,
    latencyUs: LATENCY_US,
    jitterUs: 0,
    bandwidthBytesPerSecond: 1e9,
    fsyncUs: 4 * MS,
    sequentialBytesPerSecond: 1e9,
    fileSwitchUs: 0,
    dirtyBytesMax: 1e9,
    dirtyExpireUs: 0,
    diskCapacityBytes: 1e12,
    pageCacheBytes: 1e9,
    cores: 2,
    ...params,
  });
  addProcess(env, 'a', 'toy', 'host-1');
  addProcess(env, 'b', 'toy', 'host-2');
  addProcess(env, 'c', 'toy', 'host-2');
  const told: string[] = [];
  const note = (sim: Sim<World>, node: number, what: string) =>
    told.push(`${Math.floor(sim.nowUs / MS)} ${processOf(sim.state.env, node).name} ${what}`);
  const handlers = new Handlers<World>();
  registerNet(handlers);
  registerProcesses(handlers);
  handlers
    .on(netAccepted, (sim, node) => note(sim, node, 'accepted'))
    .on(netOpened, (sim, node) => note(sim, node, 'opened'))
    .on(netRefused, (sim, node) => note(sim, node, 'refused'))
    .on(netClosed, (sim, node) => note(sim, node, 'closed'))
    .on(netMessage, (sim, node, { message }) => note(sim, node, String(message)))
    .on(processStart, (sim, node) => markUp(sim, node))
    .on(processDown, (sim, node, { failure }) => note(sim, node, failure))
    .on(processShutdown, (sim, node) => exitProcess(sim, node));
  const sim = new Sim<World>({
    seed: 1,
    state: { env, arena: createArena(), ledger: createLedger(), product: undefined, judges },
    handlers,
    incarnationOf: (state, node) => processOf(state.env, node).incarnation,
    divert: divertFrozen,
    observers,
  });
  for (const node of [A, B, C]) startProcess(sim, node);
  return { sim, told };
}
