import { useRef } from 'react';
import { create } from 'zustand';
import type { ClusterView, FlightGlyph, ProcessView } from '../../engine/view';
import type { Motion } from '../../worker/protocol';
import { reuse } from './reuse';

/** What the graph shows: the newest frame and the selection. */
interface Feed {
  view: ClusterView | null;
  process: string | null;
  link: readonly [string, string] | null;
  message: number | null;
  motion: Motion | null;
  nowUs: number;
  clockRate: number;
}
export const useGraphFeed = create<Feed>(() => ({
  view: null,
  process: null,
  link: null,
  message: null,
  motion: null,
  nowUs: 0,
  clockRate: 0,
}));

/** A part of the view. Parts that have not changed since the last frame keep their identity. */
export function useView<T>(select: (view: ClusterView) => T): T | undefined {
  const last = useRef<T | undefined>(undefined);
  return useGraphFeed(({ view }) => {
    if (!view) return undefined;
    last.current = reuse(last.current, select(view));
    return last.current;
  });
}

export const useSelectedProcess = (): string | null => useGraphFeed((s) => s.process);
export const useSelectedLink = () => useGraphFeed((s) => s.link);
export const selectProcess = (process: string | null): void => useGraphFeed.setState({ process, link: null });
export const selectLink = (link: readonly [string, string]): void =>
  useGraphFeed.setState({ process: null, link });
export const useSelectedMessage = (): number | null => useGraphFeed((s) => s.message);

/** The present while a process is in a state that lasts, otherwise 0, so that its card is not drawn for the clock. */
export function useNow(process: ProcessView | undefined): number {
  const moving = process?.state === 'frozen' || process?.state === 'recovering';
  return useGraphFeed(({ view }) => (moving && view ? view.nowUs : 0));
}

export const currentView = (): ClusterView | null => useGraphFeed.getState().view;

export const FLIGHT_GLYPHS: readonly FlightGlyph[] = [
  'message',
  'ack',
  'refusal',
  'replica',
  'fetch',
  'delivery',
  'heartbeat',
  'other',
];

export interface FrameNow {
  readonly motion: Motion;
  readonly nowUs: number;
  /** Clock mode above 10x. */
  readonly asBands: boolean;
}

export function currentFrame(): FrameNow | undefined {
  const { motion, nowUs, clockRate } = useGraphFeed.getState();
  return motion ? { motion, nowUs, asBands: clockRate > 10 } : undefined;
}

export function onFrame(listener: () => void): () => void {
  return useGraphFeed.subscribe((state, before) => {
    if (state.motion !== before.motion || state.nowUs !== before.nowUs) listener();
  });
}

/** What is on the wire, as of the last beat. */
export const useWire = (): Motion | null => useGraphFeed((s) => s.motion);
