import type { GraphEdge } from './flow-elements';
import type { Link } from './menu';
import type { Graph } from './use-graph';

/** The links that an edge stands for: one, or all those of a process that lead over the same bus. */
export function linksOfEdge({ data }: GraphEdge, { routes: { routes } }: Graph): readonly Link[] {
  if (!data || 'trunk' in data || 'lead' in data) return [];
  if ('route' in data) return [[data.route.from, data.route.to]];
  const { process, kind } = data.stub;
  return routes
    .filter((route) => route.kind === kind && route.from === process)
    .map(({ from, to }) => [from, to]);
}
