import type { TraceEntry } from '../engine/core/trace';
import type { World } from '../engine/model/world';
import { messageIn } from '../engine/report/causes';
import { sentenceOf } from '../engine/report/spell';
import type { EntryView } from './protocol';

/** An entry as the page reads it: its sentence with the names and numbers of this run. */
export function viewEntry(world: World, entry: TraceEntry): EntryView {
  return { ...viewFacts(world, entry), cause: entry.cause, text: sentenceOf(world, entry) };
}

/** An entry without its words and its cause. */
export function viewFacts(world: World, entry: TraceEntry): Omit<EntryView, 'cause' | 'text'> {
  const { id, timeUs, kind } = entry;
  return {
    id,
    timeUs,
    node: nodeIn(entry),
    type: kind.type,
    rule: kind.rule,
    beat: kind.beat,
    message: messageIn(world, entry),
  };
}

/** The process of an entry; -1 the environment. */
export function nodeIn({ node }: TraceEntry): number {
  return node === ENVIRONMENT ? -1 : node;
}

/** How the trace's window spells -1. */
const ENVIRONMENT = 0xffff;
