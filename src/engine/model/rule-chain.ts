import type { TraceEntry } from '../core/trace';

/**
 * The rules that led to a trace entry, as far as they could be read so far. An entry that was not at hand does not
 * end the chain: whoever can make it again goes on at `next`, and comes to the same rules.
 */
export interface RuleChain {
  /** Where it ends: what is to be explained. */
  readonly entry: number;
  /** Root first; what follows from its own kind of rule is told once. */
  readonly rules: readonly string[];
  /** Entries read. */
  readonly length: number;
  /** The entry to read next; -1 when all is told. */
  readonly next: number;
}

/** Entries of one chain: a reader follows a handful. */
const LENGTH_MAX = 16;
/** Causes further back are no part of the story. Less than a run keeps of its trace, so that one that went straight on knows them all. */
const SPAN_ENTRIES = 1_000_000;

export const chainTo = (entry: number): RuleChain => ({ entry, rules: [], length: 0, next: entry });

/** Goes on towards the root until `get` does not know an entry. */
export function extended(chain: RuleChain, get: (id: number) => TraceEntry | undefined): RuleChain {
  const rules = [...chain.rules];
  let { length, next } = chain;
  while (next >= 0) {
    const found = get(next);
    if (found === undefined) break;
    if (rules[0] !== found.kind.rule) rules.unshift(found.kind.rule);
    const isLast = ++length === LENGTH_MAX || found.cause <= chain.entry - SPAN_ENTRIES;
    next = isLast ? -1 : found.cause;
  }
  return { entry: chain.entry, rules, length, next };
}
