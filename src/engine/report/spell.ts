import { type Kind, NONE, type Slot } from '../core/kinds';
import type { TraceEntry } from '../core/trace';
import { messageName, queueName, recordMessage, textOf, type World } from '../model/world';
import type { Localized } from '../view';

/** What a learner reads of an entry: its kind's sentence with the names and numbers of this run. */
export function sentenceOf(world: World, entry: TraceEntry): Localized {
  return sentenceWith(entry.kind, spellEntry(world, entry));
}

/** An entry's names and numbers, in any language. */
export interface Spelt {
  readonly node: string;
  readonly a: string;
  readonly b: string;
}

export function spellEntry(world: World, { kind, node, a, b }: TraceEntry): Spelt {
  return { node: nodeName(world, node), a: spellSlot(world, kind.a, a), b: spellSlot(world, kind.b, b) };
}

export function sentenceWith({ say }: Kind, spelt: Spelt): Localized {
  const fill = (text: string) =>
    text.replace(/{(node|a|b)(?:\|([^|}]*)\|([^}]*))?}/g, (_, name: keyof Spelt, one, many) =>
      many === undefined ? spelt[name] : spelt[name] === '1' ? one : many,
    );
  return { en: fill(say.en), zh: fill(say.zh) };
}

/** Scenario id of a process; `environment` for −1. */
export function nodeName(world: World, node: number): string {
  return world.env.processes[node]?.name ?? 'environment';
}

/** A slot in words; empty when the entry leaves it open. */
function spellSlot(world: World, slot: Slot, value: number): string {
  if (value === NONE) return '';
  const { arena } = world;
  switch (slot) {
    case 'message':
      return messageName(value);
    case 'record':
      return messageName(recordMessage(arena, value));
    case 'queue': {
      const queue = arena.queues[value];
      return queue === undefined ? String(value) : queueName(queue);
    }
    case 'node':
      return nodeName(world, value);
    case 'us':
      return spellDuration(value);
    case 'bytes':
      return spellBytes(value);
    case 'text':
    case 'group':
    case 'topic':
      return textOf(arena, value);
    case 'none':
      return '';
    default:
      return spellCount(value);
  }
}

/** `12,345`. */
export function spellCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `250 µs`, `4.5 ms`, `30 s`, `2 min`, `29 min 27 s`: the unit in which it reads best, at most three digits behind the point. */
export function spellDuration(us: number): string {
  if (us < 1_000) return `${us} µs`;
  if (us < 1_000_000) return `${rounded(us / 1_000)} ms`;
  const restUs = us % 60_000_000;
  if (us < 120_000_000 || (us < 600_000_000 && restUs !== 0)) return `${rounded(us / 1_000_000)} s`;
  const minutes = `${Math.floor(us / 60_000_000)} min`;
  return restUs === 0 ? minutes : `${minutes} ${rounded(restUs / 1_000_000)} s`;
}

/** `640 B`, `1.2 KiB`, `3 MiB`. */
export function spellBytes(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  if (bytes < 1_048_576) return `${Math.round((bytes / 1_024) * 10) / 10} KiB`;
  if (bytes < 1_073_741_824) return `${Math.round((bytes / 1_048_576) * 10) / 10} MiB`;
  return `${Math.round((bytes / 1_073_741_824) * 10) / 10} GiB`;
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
