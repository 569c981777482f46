import { hashText } from './rng';

/** What a data slot of a trace entry holds; tells a reader how to spell the number. */
export type Slot =
  | 'none'
  | 'message'
  | 'record'
  | 'queue'
  | 'node'
  | 'link'
  | 'us'
  | 'bytes'
  | 'count'
  | 'offset'
  | 'text'
  | 'group'
  | 'topic'
  | 'flag';

/**
 * Why an entry deserves a place on the timeline. `none` is ordinary traffic; `hop` is a step in the life of a
 * message (a beat only for the followed one).
 */
export type Beat =
  | 'none'
  | 'hop'
  | 'fault'
  | 'detection'
  | 'route'
  | 'role'
  | 'assignment'
  | 'result'
  | 'loss'
  | 'duplicate'
  | 'recovery'
  | 'action';

/**
 * What an entry means to the judges, whatever the product calls it. Slots by role: sent (a message); attempt (a
 * message, b the queue that it is meant for); result (a message, b outcome); exception (a message, b the text that
 * its sender gets, before the result); unawaited (a message: its store says yes without waiting for all that could
 * keep it); stored (a record, at the leader); delivered, consumed, rejected (a record, at
 * the consumer: handed to the listener, finished, failed; b 0 of consumed: finished without an effect on the
 * business); dropped (a record, at the consumer: its failure was the last try); owned (a queue, b the offset where it begins, at the consumer), released (a queue, at the consumer);
 * committed (a queue, b offset, at the consumer: what it asks the broker to remember); reset (a queue, b offset).
 * Of transactions: prepared (a message: stored or not, nobody is to see it yet); transacted (a message, b 1: the local
 * transaction is committed, 0: it never will be); withdrawn (a record, at the leader: nobody will see its message, b 1:
 * since its sender said so, 0: since nobody knew).
 */
export type Role =
  | 'sent'
  | 'attempt'
  | 'result'
  | 'exception'
  | 'unawaited'
  | 'stored'
  | 'delivered'
  | 'consumed'
  | 'rejected'
  | 'dropped'
  | 'owned'
  | 'released'
  | 'committed'
  | 'reset'
  | 'prepared'
  | 'transacted'
  | 'withdrawn';

/**
 * What a learner reads of an entry; `{node}`, `{a}` and `{b}` stand for the node and the two slots, and
 * `{a|message|messages}` for the first word where the slot is 1, for the second one otherwise.
 */
export interface Sentence {
  readonly en: string;
  readonly zh: string;
}

/** One kind of trace entry: a type (`noun.verb`), the rule that makes it happen, and what its two slots hold. */
export interface Kind {
  readonly id: number;
  readonly type: string;
  readonly rule: string;
  readonly a: Slot;
  readonly b: Slot;
  /** Names of the slots in the data of a JSON trace. */
  readonly names: readonly [string, string];
  readonly beat: Beat;
  readonly role: Role | undefined;
  /** A message that waited, silent, goes on: its story may be told from here. */
  readonly wakes: boolean;
  readonly say: Sentence;
  /** Enters the digest instead of the id, which depends on the order of definition. */
  readonly hash: number;
}

export const NONE = 0xffff_ffff;

const LARGE = 0x8000_0000;
const LARGE_UNIT = 4096;

/**
 * A slot has 32 bits. Durations and sizes from 2³¹ on (36 min, 2 GiB) are kept in units of 4096, up to 101 days and
 * 8 TiB: less than a millionth is lost.
 */
export function packSlot(slot: Slot, value: number): number {
  if (value < LARGE || value === NONE || (slot !== 'us' && slot !== 'bytes')) return value >>> 0;
  return LARGE + Math.min(NONE - LARGE - 1, Math.floor(value / LARGE_UNIT));
}

/** The value of a slot that `packSlot` has made. */
export function unpackSlot(slot: Slot, packed: number): number {
  if (packed < LARGE || packed === NONE || (slot !== 'us' && slot !== 'bytes')) return packed;
  return (packed - LARGE) * LARGE_UNIT;
}

const kinds: Kind[] = [];

export interface KindOptions {
  /** Slot a as `name:slot`, e.g. `message:message` or `until:us`. */
  a?: `${string}:${Slot}`;
  b?: `${string}:${Slot}`;
  beat?: Beat;
  role?: Role;
  wakes?: boolean;
  say: Sentence;
}

/** Defines a kind of trace entry; called once for each kind, at module level. */
export function defineKind(type: string, rule: string, options: KindOptions): Kind {
  const [aName = '', a = 'none'] = options.a?.split(':') ?? [];
  const [bName = '', b = 'none'] = options.b?.split(':') ?? [];
  const kind: Kind = {
    id: kinds.length,
    type,
    rule,
    a: a as Slot,
    b: b as Slot,
    names: [aName, bName],
    beat: options.beat ?? 'none',
    role: options.role,
    wakes: options.wakes ?? false,
    say: options.say,
    hash: hashText(`${type}|${rule}`),
  };
  kinds.push(kind);
  return kind;
}

export function kindById(id: number): Kind {
  const kind = kinds[id];
  if (kind === undefined) throw new RangeError(`no trace kind ${id}`);
  return kind;
}

export function allKinds(): readonly Kind[] {
  return kinds;
}

/** Whether every kind has its sentence: the built worker fetches them apart, after its first picture. */
export function haveSentences(): boolean {
  return kinds.every(({ say }) => say !== undefined);
}

/** Gives kinds that came without it their sentence, by type. */
export function giveSentences(sentences: Readonly<Record<string, Sentence>>): void {
  for (const kind of kinds) Object.assign(kind, { say: kind.say ?? sentences[kind.type] });
}
