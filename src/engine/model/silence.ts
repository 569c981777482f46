import type { Sim } from '../core/sim';
import { type Env, hostOf, linkKey, processOf } from './env';
import type { World } from './world';

/**
 * Which fault is behind a silence. A process that hears nothing cannot know why, but the trace can: what it concludes
 * from the silence names the fault as its cause. Nothing else may ask here: faults act on the model, and no
 * behaviour depends on what this file knows.
 */

/** Longer ago nobody waits for. */
const DROPPED_MAX = 64;

/** The entry that was just made is a fault of this process. */
export function noteFault(sim: Sim<World>, node: number): void {
  sim.state.env.faults.ofProcess.set(node, sim.currentCause);
}

/** The entry that was just made is a fault of the link between two processes. */
export function noteLinkFault(sim: Sim<World>, x: number, y: number): void {
  sim.state.env.faults.ofLink.set(linkKey(x, y), sim.currentCause);
}

/** The entry that was just made tells that a message vanished. */
export function noteDropped(sim: Sim<World>, from: number, to: number, message: unknown): void {
  const { dropped } = sim.state.env.faults;
  dropped.push({ frozen: true, entry: sim.currentCause, from, to, message });
  if (dropped.length > DROPPED_MAX) dropped.shift();
}

/** Entry of the fault that keeps `node` from hearing `peer` as usual; undefined when there is none now. */
export function faultBehind({ state: { env } }: Sim<World>, node: number, peer: number): number | undefined {
  const { ofProcess, ofLink } = env.faults;
  const process = processOf(env, peer);
  if (process.state !== 'up') return ofProcess.get(peer);
  const link = env.links.get(linkKey(node, peer));
  if (link !== undefined && (link.cut || link.factor !== 1 || link.latencyUs !== link.baseLatencyUs)) {
    return ofLink.get(linkKey(node, peer));
  }
  return isSlowed(env, peer) ? ofProcess.get(peer) : undefined;
}

/** Entry that tells what vanished of a conversation between two processes; undefined when nothing did. */
export function droppedBetween(
  { state: { env } }: Sim<World>,
  x: number,
  y: number,
  isMeant: (message: unknown) => boolean,
): number | undefined {
  return env.faults.dropped.findLast(
    ({ from, to, message }) => ((from === x && to === y) || (from === y && to === x)) && isMeant(message),
  )?.entry;
}

function isSlowed(env: Env, node: number): boolean {
  const { disk, cpu } = hostOf(env, node);
  return (
    disk.factor !== 1 ||
    disk.fsyncUs !== env.params.fsyncUs ||
    cpu.factor !== 1 ||
    processOf(env, node).networkFactor !== 1
  );
}
