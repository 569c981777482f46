import type { Sim } from '../core/sim';
import { processOf } from '../model/env';
import type { World } from '../model/world';
import { oneOwner, twoOwners } from './judge-kinds';

/** Who takes which queue of which group for its own, by the consumers' own accounts (I5). */
export interface Owners {
  /** By `<group>\n<queue>`. */
  byQueue: Map<string, Owner[]>;
  /** Queues with two living owners now: since when. */
  conflicts: Map<string, number>;
  /** How often a queue came to have two owners. */
  broken: number;
  /** `env.endings` when they were last looked at. */
  endings: number;
}

interface Owner {
  readonly frozen: true;
  readonly node: number;
  readonly incarnation: number;
}

export function createOwners(): Owners {
  return { byQueue: new Map(), conflicts: new Map(), broken: 0, endings: 0 };
}

export function onOwned(sim: Sim<World>, owners: Owners, group: string, queue: number, node: number): void {
  const key = `${group}\n${queue}`;
  const { incarnation } = processOf(sim.state.env, node);
  const others = living(sim, owners.byQueue.get(key) ?? []).filter((owner) => owner.node !== node);
  owners.byQueue.set(key, [...others, { frozen: true, node, incarnation }]);
  const other = others[0];
  if (other === undefined || owners.conflicts.has(key)) return;
  owners.broken++;
  owners.conflicts.set(key, sim.nowUs);
  sim.because(sim.currentCause, () => sim.emit(twoOwners, node, queue, other.node));
}

export function onReleased(
  sim: Sim<World>,
  owners: Owners,
  group: string,
  queue: number,
  node: number,
): void {
  const key = `${group}\n${queue}`;
  owners.byQueue.set(
    key,
    (owners.byQueue.get(key) ?? []).filter((owner) => owner.node !== node),
  );
  settle(sim, owners, key);
}

/** Has a process ended? Then looks again at the queues that have two owners. */
export function settleOwners(sim: Sim<World>, owners: Owners): void {
  const { endings } = sim.state.env;
  if (owners.endings === endings) return;
  for (const key of [...owners.conflicts.keys()]) settle(sim, owners, key);
  owners.endings = endings;
}

function settle(sim: Sim<World>, owners: Owners, key: string): void {
  const sinceUs = owners.conflicts.get(key);
  if (sinceUs === undefined) return;
  const left = living(sim, owners.byQueue.get(key) ?? []);
  if (left.length > 1) return;
  owners.byQueue.set(key, left);
  owners.conflicts.delete(key);
  const queue = Number(key.slice(key.indexOf('\n') + 1));
  sim.because(sim.currentCause, () => sim.emit(oneOwner, left[0]?.node ?? -1, queue, sim.nowUs - sinceUs));
}

function living(sim: Sim<World>, owners: readonly Owner[]): Owner[] {
  return owners.filter(({ node, incarnation }) => processOf(sim.state.env, node).incarnation === incarnation);
}
