import { useStore, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import type { Box } from './layout';

/** All of a cluster of fifty processes is seen at it. */
export const ZOOM_MIN = 0.12;
export const ZOOM_MAX = 2.5;
const FIT_MAX = 1.5;
/** So close to its own size the graph is drawn at it: text on whole pixels reads best. */
const SNAP = 0.04;
/** What its margins can spare for that: no card is cut off. */
const SPARE_PX = 12;
/** A small graph hangs a little below the top; that much room may stay free below a large one. */
const FREE_BELOW = 120;

export interface Fitted {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/**
 * The largest zoom at which all of the graph is seen, and where it then stands; the lowest `keptPx` of the pane are
 * for something else.
 */
export function fitted(bounds: Box, width: number, height: number, keptPx = 0): Fitted {
  const exact = Math.min(FIT_MAX, width / bounds.width, (height - keptPx) / bounds.height);
  const overPx = Math.max(bounds.width - width, bounds.height - (height - keptPx));
  const zoom = Math.max(ZOOM_MIN, exact < 1 + SNAP && overPx <= SPARE_PX ? 1 : exact);
  const free = height - bounds.height * zoom;
  return {
    x: Math.round((width - bounds.width * zoom) / 2),
    y: Math.round(Math.max(0, free - FREE_BELOW) / 3),
    zoom,
  };
}

/** Fits the graph into its pane, and again whenever either changes, until the user moves the view. */
export function useFit(
  bounds: Box,
  keptPx: number,
): {
  readonly fitView: () => void;
  readonly onMoveStart: (event: unknown) => void;
} {
  const store = useStoreApi();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const moved = useRef(false);
  const fitView = useCallback(() => {
    moved.current = false;
    if (width > 0 && height > 0)
      void store.getState().panZoom?.setViewport(fitted(bounds, width, height, keptPx));
  }, [store, bounds, width, height, keptPx]);
  useEffect(() => {
    if (!moved.current) fitView();
  }, [fitView]);
  const onMoveStart = useCallback((event: unknown) => {
    if (event) moved.current = true; // a movement of our own has no event
  }, []);
  return { fitView, onMoveStart };
}
