import { useRef } from 'react';
import type { Pair } from '../../engine/scenario/types';
import type { ClusterView, ProcessView } from '../../engine/view';
import { movingNow } from '../../state/motion';
import { reconcile } from '../../state/reconcile';
import { usePlayground } from '../../state/store';
import type { Motion } from '../../worker/protocol';
import { REDUCED_MOTION, useMedia } from './use-media';

/**
 * A part of the view. Parts that have not changed since the last view keep their identity, and nothing is computed
 * while the view stays the same.
 */
export function useView<T>(select: (view: ClusterView) => T): T | undefined {
  const cache = useRef<{ view: ClusterView; select: (view: ClusterView) => T; value: T }>(undefined);
  return usePlayground(({ view }) => {
    if (!view) return undefined;
    const last = cache.current;
    if (last && last.view === view && last.select === select) return last.value;
    const value = reconcile(last?.value, select(view));
    cache.current = { view, select, value };
    return value;
  });
}

/** The present while a process is in a state that lasts, otherwise 0, so that its card is not drawn for the clock. */
export function useNow(process: ProcessView | undefined): number {
  const lasts = process?.state === 'frozen' || process?.state === 'recovering';
  return usePlayground(({ view }) => (lasts && view ? view.nowUs : 0));
}

export const currentView = (): ClusterView | null => usePlayground.getState().view;

export const useSelectedProcess = (): string | null => usePlayground((state) => state.selectedProcess);
export const useSelectedLink = (): Pair | null => usePlayground((state) => state.selectedLink);
export const useSelectedMessage = (): number | null => usePlayground((state) => state.selectedMessage);

/** A selected message stays selected. */
export const selectProcess = (selectedProcess: string | null): void =>
  usePlayground.setState({ selectedProcess, selectedLink: null });
export const selectLink = (selectedLink: Pair): void =>
  usePlayground.setState({ selectedLink, selectedProcess: null });

/** In Clock pacing above this rate glyphs become bands. */
const BANDS_ABOVE_RATE = 10;

export interface WireNow {
  readonly motion: Motion;
  readonly nowUs: number;
  /** Time passes too fast for single glyphs. */
  readonly asBands: boolean;
  /** The message whose life is told, and its key. */
  readonly followed: number | null;
  readonly followedKey: string | null;
  readonly selected: number | null;
}

/** What is on the wire in the newest frame. */
export function wireNow(): WireNow | undefined {
  const moving = movingNow();
  if (!moving) return undefined;
  const { motion, nowUs, pacing, playing, followed, followedKey } = moving;
  const { settings, selectedMessage: selected } = usePlayground.getState();
  const asBands = playing && pacing === 'clock' && settings.clockRate > BANDS_ABOVE_RATE;
  return { motion, nowUs, asBands, followed, followedKey, selected };
}

/** What is on the wire, as of the last beat; while the run rests, as of the present step. */
export function useWireOfBeat(): Motion | undefined {
  const moment = usePlayground(({ playing, step, marks, nowUs }) =>
    playing ? `beat ${marks.findLast(({ timeUs }) => timeUs <= nowUs)?.id}` : `step ${step}`,
  );
  const kept = useRef<{ moment: string; motion: Motion | undefined }>(undefined);
  if (kept.current?.moment !== moment || !kept.current.motion) {
    kept.current = { moment, motion: wireNow()?.motion };
  }
  return kept.current.motion;
}

/** Whether nothing is to travel: by the reader's choice, else as the system asks. */
export function useStill(): boolean {
  const chosen = usePlayground(({ settings }) => settings.motion);
  const asked = useMedia(REDUCED_MOTION);
  return chosen === 'reduced' || (chosen === 'system' && asked);
}

/** Whether single letters are keys. */
export const useSingleKeys = (): boolean => usePlayground(({ settings }) => settings.singleKeys);
