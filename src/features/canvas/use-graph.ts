import type { NodeChange } from '@xyflow/react';
import { useCallback, useMemo, useState } from 'react';
import { useView } from './cluster';
import { flowEdges, flowNodes, type GraphEdge, type GraphNode } from './flow-elements';
import { type Box, type GraphLayout, layoutGraph } from './layout';
import { processNumbers } from './names';
import type { GraphRoutes } from './route-types';
import { routeGraph, withMoves } from './routes';
import { graphShape } from './shape';
import { MoveWays } from './travel/move-ways';
import { indexRoutes, type RouteIndex } from './travel/route-index';

type Moves = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

const NO_MOVES: Moves = new Map();
const EMPTY: GraphLayout = { nodes: [], bounds: { x: 0, y: 0, width: 1, height: 1 } };

export interface Graph {
  readonly nodes: GraphNode[];
  readonly edges: GraphEdge[];
  readonly routes: GraphRoutes;
  readonly index: RouteIndex;
  readonly moveWays: MoveWays;
  readonly bounds: Box;
  readonly onNodesChange: (changes: NodeChange<GraphNode>[]) => void;
  readonly resetLayout: () => void;
}

const NO_ROUTES: GraphRoutes = { routes: [], trunks: [], stubs: [], leads: [] };

/** The graph of the cluster: laid out anew when its shape changes, and only then. */
export function useGraph(): Graph {
  const shape = useView(graphShape);
  const [moves, setMoves] = useState<Moves>(NO_MOVES);
  const layout = useMemo(() => (shape ? layoutGraph(shape) : EMPTY), [shape]);
  const boxes = useMemo(() => withMoves(layout, moves), [layout, moves]);
  const nodes = useMemo(() => flowNodes(boxes), [boxes]);
  const routes = useMemo(() => (shape ? routeGraph(shape, boxes) : NO_ROUTES), [shape, boxes]);
  const edges = useMemo(() => flowEdges(routes), [routes]);
  const numbers = useView(processNumbers);
  const index = useMemo(() => indexRoutes(routes.routes, new Map(numbers)), [routes, numbers]);
  const moveWays = useMemo(
    () => new MoveWays(boxes, new Map(numbers?.map(([id, number]) => [number, id]))),
    [boxes, numbers],
  );
  const onNodesChange = useCallback((changes: NodeChange<GraphNode>[]) => {
    const moved = changes.flatMap((change) =>
      change.type === 'position' && change.position ? [[change.id, change.position] as const] : [],
    );
    if (moved.length > 0) setMoves((before) => new Map([...before, ...moved]));
  }, []);
  const resetLayout = useCallback(() => setMoves(NO_MOVES), []);
  return { nodes, edges, routes, index, moveWays, bounds: layout.bounds, onNodesChange, resetLayout };
}
