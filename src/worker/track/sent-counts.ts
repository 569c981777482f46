import type { World } from '../../engine/model/world';

/** Messages sent so far from one process to another over the connections that are there, by edge. */
export type SentCounts = ReadonlyMap<number, number>;

const NODES_MAX = 65_536;

export const edgeFrom = (edge: number) => Math.floor(edge / NODES_MAX);
export const edgeTo = (edge: number) => edge % NODES_MAX;

export function sentCounts({ env }: World): SentCounts {
  const counts = new Map<number, number>();
  const add = (from: number, to: number, count: number) => {
    const edge = from * NODES_MAX + to;
    if (count > 0) counts.set(edge, (counts.get(edge) ?? 0) + count);
  };
  for (const { ends } of env.conns.values()) {
    const [x, y] = ends;
    add(x.node, y.node, x.sent);
    add(y.node, x.node, y.sent);
  }
  return counts;
}
