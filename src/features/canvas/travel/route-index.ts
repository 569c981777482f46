import { type PointTable, pointTable } from '../path';
import type { Route } from '../route-types';

/** Finds the way between two processes by their numbers, in either direction, without an allocation. */
export interface RouteIndex {
  readonly routes: readonly Route[];
  readonly tables: readonly PointTable[];
  /** Twice the number of the route, plus one for the way back; -1 where no way is known. */
  slot(from: number, to: number): number;
}

/** Several ribbons between the same two processes: what travels keeps to the middle one. */
export function indexRoutes(routes: readonly Route[], numberOf: ReadonlyMap<string, number>): RouteIndex {
  const size = Math.max(-1, ...numberOf.values()) + 1;
  const slots = new Int32Array(size * size).fill(-1);
  const between = new Map<string, number[]>();
  routes.forEach(({ from, to }, i) => {
    const key = `${from}|${to}`;
    between.set(key, [...(between.get(key) ?? []), i]);
  });
  for (const same of between.values()) {
    const i = same[same.length >> 1]!;
    const { from, to } = routes[i]!;
    const a = numberOf.get(from);
    const b = numberOf.get(to);
    if (a === undefined || b === undefined) continue;
    slots[a * size + b] = 2 * i;
    slots[b * size + a] = 2 * i + 1;
  }
  return {
    routes,
    tables: routes.map(({ path }) => pointTable(path)),
    slot: (from, to) => (from < size && to < size ? slots[from * size + to]! : -1),
  };
}
