import type { Pacing } from '../../worker/protocol';

/** What the bar asks of the run. */
export interface TransportCalls {
  readonly play: () => void;
  readonly pause: () => void;
  readonly step: (unit: 'event' | 'beat', direction: 1 | -1) => void;
  readonly toStart: () => void;
  readonly toEnd: () => void;
  /** To a moment of simulated time. */
  readonly seek: (timeUs: number) => void;
  readonly setPacing: (pacing: Pacing) => void;
  readonly setRate: (rate: number) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** What led to an entry of the trace. */
  readonly why: (entry: number) => void;
  /** Everything that happened, as a list. */
  readonly openLog: () => void;
}
