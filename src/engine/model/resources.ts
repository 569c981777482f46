import type { EventType, Sim } from '../core/sim';
import { hostOf } from './env';
import type { World } from './world';

/**
 * What work costs. Each resource is a server with a queue, accounted in integer nanoseconds; only event times
 * round up to microseconds. Events belong to the process that asked, so they vanish with it.
 */
type AnySim = Sim<World>;

/** Writes `bytes` and waits until the device has them (fsync). Returns when it will be done, µs. */
export function fsync<B>(sim: AnySim, node: number, bytes: number, event: EventType<B>, body: B): number {
  const { disk } = hostOf(sim.state.env, node);
  const costNs = Math.ceil((disk.fsyncUs * 1000 + (bytes * 1e9) / disk.bytesPerSecond) * disk.factor);
  return serveDisk(sim, node, costNs, event, body);
}

/** Reads `bytes` that are not in the page cache. Returns when they are there, µs. */
export function readDisk<B>(sim: AnySim, node: number, bytes: number, event: EventType<B>, body: B): number {
  const { disk } = hostOf(sim.state.env, node);
  return serveDisk(sim, node, Math.ceil(((bytes * 1e9) / disk.bytesPerSecond) * disk.factor), event, body);
}

/**
 * The kernel writes `bytes` of dirty pages by itself, without a barrier. The event is the environment's: it comes
 * even when the process that wrote them has ended. Returns when it will be done, µs.
 */
export function writeBack<B>(sim: AnySim, node: number, bytes: number, event: EventType<B>, body: B): number {
  const { disk } = hostOf(sim.state.env, node);
  return serveDisk(
    sim,
    node,
    Math.ceil(((bytes * 1e9) / disk.bytesPerSecond) * disk.factor),
    event,
    body,
    -1,
  );
}

/** Uses one core for `costNs`; the earliest free core takes it. Returns when it is done, µs. */
export function useCpu<B>(sim: AnySim, node: number, costNs: number, event: EventType<B>, body: B): number {
  const doneUs = reserveCpu(sim, node, costNs);
  sim.at(doneUs, node, event, body);
  return doneUs;
}

/** As `useCpu`, for work whose end needs no event of its own. */
export function reserveCpu(sim: AnySim, node: number, costNs: number): number {
  const { cpu } = hostOf(sim.state.env, node);
  const cores = cpu.coreFreeNs;
  let core = 0;
  for (let i = 1; i < cores.length; i++) if ((cores[i] as number) < (cores[core] as number)) core = i;
  const cost = Math.ceil(costNs * cpu.factor);
  const doneNs = Math.max(sim.nowUs * 1000, cores[core] as number) + cost;
  cores[core] = doneNs;
  cpu.busyNs += cost;
  return Math.ceil(doneNs / 1000);
}

function serveDisk<B>(
  sim: AnySim,
  node: number,
  costNs: number,
  event: EventType<B>,
  body: B,
  owner = node,
): number {
  const { disk } = hostOf(sim.state.env, node);
  const doneNs = Math.max(sim.nowUs * 1000, disk.freeNs) + costNs;
  disk.freeNs = doneNs;
  disk.busyNs += costNs;
  const doneUs = Math.ceil(doneNs / 1000);
  sim.at(doneUs, owner, event, body);
  return doneUs;
}
