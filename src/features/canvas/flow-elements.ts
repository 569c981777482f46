import { type Edge, type Node, Position } from '@xyflow/react';
import type { NodeBox, NodeKind } from './layout';
import type { GraphRoutes, Lead, Route, RouteKind, Stub, Trunk } from './route-types';

export type GraphNode = Node<{ readonly box: NodeBox; readonly id: string }, NodeKind>;

type EdgeData =
  | { readonly route: Route }
  | { readonly stub: Stub }
  | { readonly trunk: Trunk }
  | { readonly lead: Lead };
export type GraphEdge = Edge<EdgeData, RouteKind | 'lead'>;

/** The nodes for React Flow. It is told all sizes, so nothing has to be measured before it can be drawn. */
export function flowNodes(boxes: readonly NodeBox[]): GraphNode[] {
  return boxes.map((box) => {
    const { width, height } = box;
    const handle = { x: 0, y: 0, width: 1, height: 1 };
    return {
      id: box.id,
      type: box.kind,
      position: { x: box.x, y: box.y },
      data: { box, id: box.id.slice(box.kind.length + 1) },
      width,
      height,
      measured: { width, height },
      handles: [
        { type: 'source', position: Position.Right, ...handle },
        { type: 'target', position: Position.Left, ...handle },
      ],
      style: { pointerEvents: 'none' }, // its cards take the pointer; what lies between them is for the edges
    };
  });
}

/** One edge for each way that is drawn, one for each shared line, one for each way onto it. */
export function flowEdges({ routes, trunks, stubs, leads }: GraphRoutes): GraphEdge[] {
  const drawn = routes.filter(({ hidden }) => !hidden);
  const shared = (kind: RouteKind) => routes.find((route) => route.kind === kind);
  return [
    ...trunks.flatMap((trunk) => {
      const ends = shared(trunk.kind);
      return ends ? [edge(`${trunk.kind}:trunk`, trunk.kind, ends.fromNode, ends.toNode, { trunk })] : [];
    }),
    ...stubs.flatMap((stub) => {
      const ends = shared(stub.kind);
      return ends ? [edge(`${stub.kind}:${stub.process}`, stub.kind, stub.node, ends.toNode, { stub })] : [];
    }),
    ...leads.map((lead) => edge(lead.id, 'lead', lead.fromNode, lead.toNode, { lead })),
    ...drawn.map((route) => edge(route.id, route.kind, route.fromNode, route.toNode, { route })),
  ];
}

const edge = (
  id: string,
  type: RouteKind | 'lead',
  source: string,
  target: string,
  data: EdgeData,
): GraphEdge => ({
  id,
  type,
  source,
  target,
  data,
});
