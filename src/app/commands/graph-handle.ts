import type { RefObject } from 'react';
import type { GraphHandle } from '../../features/canvas/ClusterGraph';

let graph: RefObject<GraphHandle | null> | undefined;

/** The graph that the commands of the page mean; returns what takes it away again. */
export function setGraph(current: RefObject<GraphHandle | null>): () => void {
  graph = current;
  return () => {
    if (graph === current) graph = undefined;
  };
}

export const graphNow = (): GraphHandle | null => graph?.current ?? null;
