import type { TraceEntry, TraceWindow } from '../core/trace';

/** Longer chains are cut at their root end: a screen shows a handful. */
export const CAUSES_MAX = 64;

/** Root first. */
export interface Causes {
  readonly entries: readonly TraceEntry[];
  /** False when the chain was cut before its root. */
  readonly complete: boolean;
}

/**
 * The chain of causes of an entry, the root first, the entry last. `complete` is false when the root has left the
 * window of kept entries (or the chain is longer than 64).
 */
export function causesOf(window: TraceWindow | undefined, id: number): Causes {
  const entries: TraceEntry[] = [];
  let next = id;
  while (next >= 0) {
    const entry = entries.length < CAUSES_MAX ? window?.get(next) : undefined;
    if (entry === undefined) return { entries: entries.reverse(), complete: false };
    entries.push(entry);
    next = entry.cause;
  }
  return { entries: entries.reverse(), complete: true };
}
