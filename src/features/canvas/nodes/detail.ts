import { useStore } from '@xyflow/react';
import { createContext, useContext } from 'react';

/** How much a card shows: everything; no numerals, bars for queues; only name, state and verdict. */
export type Detail = 'full' | 'bars' | 'names';

const BARS_BELOW_ZOOM = 0.6;
const NAMES_BELOW_ZOOM = 0.35;

export function detailAt(zoom: number): Detail {
  if (zoom < NAMES_BELOW_ZOOM) return 'names';
  return zoom < BARS_BELOW_ZOOM ? 'bars' : 'full';
}

/** Changes only when a limit is passed, not with each step of the zoom. */
export const useZoomDetail = (): Detail => useStore((state) => detailAt(state.transform[2]));

export const DetailContext = createContext<Detail>('full');
export const useDetail = (): Detail => useContext(DetailContext);
