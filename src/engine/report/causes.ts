import { NONE } from '../core/kinds';
import type { TraceEntry, TraceWindow } from '../core/trace';
import { messageBornUs, recordMessage, type World } from '../model/world';

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
export function causesOf(world: World, window: TraceWindow | undefined, id: number): Causes {
  const entries: TraceEntry[] = [];
  let next = id;
  while (next >= 0) {
    const entry = entries.length < CAUSES_MAX ? window?.get(next) : undefined;
    if (entry === undefined) return { entries: entries.reverse(), complete: false };
    entries.push(entry);
    next = causeOf(world, window, entry);
  }
  return { entries: entries.reverse(), complete: true };
}

/** What led to an entry: the one that it names, or what had happened to its message before. −1: nothing. */
function causeOf(world: World, window: TraceWindow | undefined, entry: TraceEntry): number {
  const message = clockedMessage(world, entry);
  if (message < 0 || window === undefined) return entry.cause;
  const life = new LifeBefore(world, entry);
  window.scan(firstAt(window, messageBornUs(world.arena, message)), entry.id, (each) => {
    life.see(each);
    return true;
  });
  return life.latest;
}

/**
 * The message to which the clock brought an entry (a delay that is over, a check of a half message): such an entry
 * names no cause, and what led to it is what had happened to that message before. −1: the entry is not of that kind.
 */
export function clockedMessage(world: World, entry: TraceEntry): number {
  return entry.cause >= 0 || entry.kind.role === 'sent' ? -1 : messageIn(world, entry);
}

/** The latest entry about the message of an entry among those seen: at the same process, if there is any. */
export class LifeBefore {
  private readonly message: number;
  private here = -1;
  private anywhere = -1;

  constructor(
    private readonly world: World,
    private readonly entry: TraceEntry,
  ) {
    this.message = messageIn(world, entry);
  }

  see(each: TraceEntry): void {
    if (messageIn(this.world, each) !== this.message) return;
    this.anywhere = Math.max(this.anywhere, each.id);
    if (each.node === this.entry.node) this.here = Math.max(this.here, each.id);
  }

  get latest(): number {
    return this.here >= 0 ? this.here : this.anywhere;
  }
}

/** The message that an entry is about; -1 none. */
export function messageIn({ arena }: World, { kind, a, b }: TraceEntry): number {
  if (kind.a === 'message' && a !== NONE) return a;
  if (kind.b === 'message' && b !== NONE) return b;
  if (kind.a === 'record' && a !== NONE) return recordMessage(arena, a);
  if (kind.b === 'record' && b !== NONE) return recordMessage(arena, b);
  return -1;
}

/** Id of the first kept entry at or after a moment. */
export function firstAt(window: TraceWindow, us: number): number {
  let low = window.firstId;
  let high = window.endId;
  while (low < high) {
    const middle = low + ((high - low) >> 1);
    if ((window.get(middle)?.timeUs ?? 0) < us) low = middle + 1;
    else high = middle;
  }
  return low;
}
