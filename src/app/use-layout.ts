import { useSyncExternalStore } from 'react';

/**
 * How much room there is. `phone`: the graph alone, with playback. `drawers`: both panels are drawers. `inspector-drawer`:
 * the controls are an icon rail and the inspector is a drawer. `rail`: only the controls are folded. `full`: all panels
 * stand. `wide`: the same with more room.
 */
export type Layout = 'phone' | 'drawers' | 'inspector-drawer' | 'rail' | 'full' | 'wide';

const FROM_PX: readonly (readonly [Layout, number])[] = [
  ['wide', 1920],
  ['full', 1440],
  ['rail', 1280],
  ['inspector-drawer', 1024],
  ['drawers', 768],
];
/** Below this height the charts fold to one row of verdict chips. */
const LOW_PX = 800;

const queries = FROM_PX.map(([layout, px]) => ({ layout, media: matchMedia(`(min-width: ${px}px)`) }));
const tall = matchMedia(`(min-height: ${LOW_PX}px)`);

export function useLayout(): Layout {
  return useSyncExternalStore(subscribe, () => queries.find(({ media }) => media.matches)?.layout ?? 'phone');
}

/** Whether the window is too low for charts. */
export function useIsLow(): boolean {
  return useSyncExternalStore(subscribe, () => !tall.matches);
}

function subscribe(listener: () => void): () => void {
  const all = [...queries.map(({ media }) => media), tall];
  for (const media of all) media.addEventListener('change', listener);
  return () => {
    for (const media of all) media.removeEventListener('change', listener);
  };
}
