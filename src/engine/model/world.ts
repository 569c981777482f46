import type { Sim } from '../core/sim';
import { appendRow, createTable, getCell, setCell, type Table } from '../core/table';
import type { Env } from './env';
import type { Ledger } from './ledger';
import { addRecordProps, createRecordProps, type RecordProps, readRecordProps } from './record-props';

/**
 * The state of a run: the environment, the arena of messages and records that all products share, the product's
 * own state, and what the judges have seen. Plain data throughout.
 */
export interface World<P = unknown> {
  env: Env;
  arena: Arena;
  /** The truth about each message; see ledger.ts. */
  ledger: Ledger;
  product: P;
  judges: Record<string, unknown>;
}

export type SimOf<P> = Sim<World<P>>;

/**
 * Messages and stored records, once each, as rows; everything else refers to them by number.
 *
 * A *message* is what an application hands to `send` once: its attempts, copies and redeliveries all carry this
 * one identity (the unique key). A *record* is one append by a leader: a message at a place in a log. Replicas
 * hold the same record number, so identical logs cost four bytes a record.
 */
export interface Arena {
  messages: Table;
  records: Table;
  /** What some records carry beyond their message; see record-props.ts. */
  recordProps: Table;
  /** Lists of numbers that records carry, one behind the other: each its length, then the numbers. */
  lists: Table;
  queues: Queue[];
  queueByName: Map<string, number>;
  texts: string[];
  textByValue: Map<string, number>;
}

/** One queue of a topic on one replica group. */
export interface Queue {
  readonly frozen: true;
  readonly topic: string;
  readonly group: string;
  readonly queueId: number;
}

const M = {
  born: 0,
  producer: 1,
  topic: 2,
  key: 3,
  tag: 4,
  body: 5,
  bytes: 6,
  size: 7,
  flags: 8,
  properties: 9,
} as const;
const R = { message: 0, queue: 1, offset: 2, phys: 3, size: 4, stored: 5, flags: 6, host: 7 } as const;
const WAITS = 1;
/** Of a message: its key was given by hand. */
const BY_HAND = 2;
const HAS_PROPS = 2;
/** Of a message: its property TRACE_ON is `false`. */
const UNTRACED = 4;
/** Of a message: its client has compressed the body. */
const COMPRESSED = 8;

/** Keys above this bit are texts; below it, the number of a generated key `order-<n>`. */
const TEXT_KEY = 0x8000_0000;
const NO_TEXT = 0xffff_ffff;

export interface Message {
  readonly id: number;
  readonly bornUs: number;
  readonly producer: number;
  readonly topic: string;
  readonly key: string;
  readonly tag: string;
  readonly body: string | undefined;
  readonly bytes: number;
  readonly size: number;
  /** WAIT=true: the answer waits for flush and replicas (`waitStoreMsgOK`). */
  readonly wait: boolean;
  /** What its sender put on it, beside key and tag. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface NewMessage {
  bornUs: number;
  producer: number;
  topic: string;
  key: number | string;
  /** Somebody gave the key to this message: another one with the same key means the same business. */
  keyByHand?: boolean;
  tag: string;
  body?: string | undefined;
  bytes: number;
  /** Bytes of the stored record. */
  size: number;
  wait: boolean;
  properties?: Readonly<Record<string, string>> | undefined;
}

export interface StoredRecord {
  readonly id: number;
  readonly message: number;
  readonly queue: number;
  readonly offset: number;
  /** Physical offset in its leader's log, bytes. */
  readonly phys: number;
  readonly size: number;
  readonly storedUs: number;
  readonly wait: boolean;
}

export function createArena(): Arena {
  return {
    messages: createTable(['f64', 'u16', 'u16', 'u32', 'u16', 'u32', 'u32', 'u32', 'u8', 'u16']),
    records: createTable(['u32', 'u16', 'u32', 'f64', 'u32', 'f64', 'u8', 'u16']),
    recordProps: createRecordProps(),
    lists: createTable(['u32']),
    queues: [],
    queueByName: new Map(),
    texts: [],
    textByValue: new Map(),
  };
}

export function internText(arena: Arena, text: string): number {
  let id = arena.textByValue.get(text);
  if (id === undefined) {
    id = arena.texts.length;
    arena.texts.push(text);
    arena.textByValue.set(text, id);
  }
  return id;
}

export function textOf(arena: Arena, id: number): string {
  return arena.texts[id] ?? '';
}

/** `Orders@broker-a#0`: how a queue is spelled everywhere outside the engine. */
export function queueName(queue: Queue): string {
  return `${queue.topic}@${queue.group}#${queue.queueId}`;
}

export function internQueue(arena: Arena, topic: string, group: string, queueId: number): number {
  const name = `${topic}@${group}#${queueId}`;
  let id = arena.queueByName.get(name);
  if (id === undefined) {
    id = arena.queues.length;
    arena.queues.push({ frozen: true, topic, group, queueId });
    arena.queueByName.set(name, id);
  }
  return id;
}

export function queueOf(arena: Arena, id: number): Queue {
  const queue = arena.queues[id];
  if (queue === undefined) throw new RangeError(`no queue ${id}`);
  return queue;
}

export function addMessage(arena: Arena, message: NewMessage): number {
  const table = arena.messages;
  const row = appendRow(table);
  const key = typeof message.key === 'number' ? message.key : TEXT_KEY + internText(arena, message.key);
  setCell(table, row, M.born, message.bornUs);
  setCell(table, row, M.producer, message.producer);
  setCell(table, row, M.topic, internText(arena, message.topic));
  setCell(table, row, M.key, key);
  setCell(table, row, M.tag, internText(arena, message.tag));
  setCell(table, row, M.body, message.body === undefined ? NO_TEXT : internText(arena, message.body));
  setCell(table, row, M.bytes, message.bytes);
  setCell(table, row, M.size, message.size);
  setCell(table, row, M.flags, (message.wait ? WAITS : 0) | (message.keyByHand ? BY_HAND : 0));
  if (message.properties !== undefined) {
    const properties = Object.entries(message.properties);
    if (properties.length > 0)
      setCell(table, row, M.properties, 1 + internText(arena, joinProperties(properties)));
  }
  return row;
}

/** `MessageDecoder#messageProperties2String`: 1 between a name and its value, 2 behind each. */
const joinProperties = (properties: readonly (readonly [string, string])[]) =>
  properties.map(([name, value]) => `${name}\u0001${value}\u0002`).join('');

function splitProperties(text: string): Record<string, string> {
  const pairs = text.split('\u0002').filter((pair) => pair !== '');
  return Object.fromEntries(pairs.map((pair) => pair.split('\u0001', 2) as [string, string]));
}

function messageProperties(arena: Arena, id: number): Readonly<Record<string, string>> {
  const text = getCell(arena.messages, id, M.properties);
  return text === 0 ? {} : splitProperties(textOf(arena, text - 1));
}

/** One property that its sender put on a message; undefined when it has none of that name. */
export function messageProperty(arena: Arena, id: number, name: string): string | undefined {
  const properties = messageProperties(arena, id);
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}

export const isCompressed = (arena: Arena, id: number): boolean =>
  (getCell(arena.messages, id, M.flags) & COMPRESSED) !== 0;

export function markCompressed(arena: Arena, id: number): void {
  setCell(arena.messages, id, M.flags, getCell(arena.messages, id, M.flags) | COMPRESSED);
}

/** The whole message as an object; for the inspector and reports, not for hot paths. */
export function messageOf(arena: Arena, id: number): Message {
  const table = arena.messages;
  if (id >= table.length) throw new RangeError(`no message ${id}`);
  const body = getCell(table, id, M.body);
  return {
    id,
    bornUs: getCell(table, id, M.born),
    producer: getCell(table, id, M.producer),
    topic: textOf(arena, getCell(table, id, M.topic)),
    key: keyText(arena, getCell(table, id, M.key)),
    tag: textOf(arena, getCell(table, id, M.tag)),
    body: body === NO_TEXT ? undefined : textOf(arena, body),
    bytes: getCell(table, id, M.bytes),
    size: getCell(table, id, M.size),
    wait: messageWaits(arena, id),
    properties: messageProperties(arena, id),
  };
}

/** A number that is equal exactly for equal keys. */
export const messageKey = (arena: Arena, id: number) => getCell(arena.messages, id, M.key);
export const messageBornUs = (arena: Arena, id: number) => getCell(arena.messages, id, M.born);
export const messageProducer = (arena: Arena, id: number) => getCell(arena.messages, id, M.producer);
export const messageBytes = (arena: Arena, id: number) => getCell(arena.messages, id, M.bytes);
export const messageSize = (arena: Arena, id: number) => getCell(arena.messages, id, M.size);
export const messageWaits = (arena: Arena, id: number) =>
  (getCell(arena.messages, id, M.flags) & WAITS) !== 0;
/** Whether the broker that stored it last wants clients to trace it. */
export const messageTraced = (arena: Arena, id: number) =>
  (getCell(arena.messages, id, M.flags) & UNTRACED) === 0;
export function setMessageTraced(arena: Arena, id: number, traced: boolean): void {
  if (messageTraced(arena, id) === traced) return;
  setCell(arena.messages, id, M.flags, getCell(arena.messages, id, M.flags) ^ UNTRACED);
}
export const messageTag = (arena: Arena, id: number) => textOf(arena, getCell(arena.messages, id, M.tag));
export const messageTopic = (arena: Arena, id: number) => textOf(arena, getCell(arena.messages, id, M.topic));

/**
 * What a message means to the business that consumes it. A generated message means something of its own, whatever its
 * key: the number of the message. One whose key was given by hand means what the key says: a text (see `isTextKey`), or
 * an earlier message that was generated with this key for itself.
 */
export function messageBusiness(arena: Arena, id: number): number {
  if (!hasKeyByHand(arena, id)) return id;
  const key = messageKey(arena, id);
  if (isTextKey(key)) return key;
  const isOwn = key < id && messageKey(arena, key) === key && !hasKeyByHand(arena, key);
  return isOwn ? key : TEXT_KEY + internText(arena, keyText(arena, key));
}

const hasKeyByHand = (arena: Arena, id: number) => (getCell(arena.messages, id, M.flags) & BY_HAND) !== 0;
export const isTextKey = (key: number) => key >= TEXT_KEY;
/** Of a text key: the number of its text. */
export const textOfKey = (key: number) => key - TEXT_KEY;

export function keyText(arena: Arena, key: number): string {
  return key >= TEXT_KEY ? textOf(arena, key - TEXT_KEY) : `order-${key}`;
}

/** `m-000731`: how a message is named in reports and on the screen. */
export function messageName(id: number): string {
  return `m-${String(id).padStart(6, '0')}`;
}

export function addRecord(
  arena: Arena,
  record: {
    message: number;
    queue: number;
    offset: number;
    phys: number;
    size: number;
    storedUs: number;
    wait: boolean;
    /** The process that appended it first; its replicas keep that name in their bytes. */
    host?: number;
  },
  props?: Partial<RecordProps>,
): number {
  const table = arena.records;
  const row = appendRow(table);
  setCell(table, row, R.message, record.message);
  setCell(table, row, R.queue, record.queue);
  setCell(table, row, R.offset, record.offset);
  setCell(table, row, R.phys, record.phys);
  setCell(table, row, R.size, record.size);
  setCell(table, row, R.stored, record.storedUs);
  setCell(table, row, R.host, record.host ?? 0);
  setCell(table, row, R.flags, (record.wait ? WAITS : 0) | (props === undefined ? 0 : HAS_PROPS));
  if (props !== undefined) addRecordProps(arena.recordProps, row, props);
  return row;
}

/** Keeps a list of whole numbers below 2^32 for a record to name; returns where it begins. */
export function addList({ lists }: Arena, numbers: readonly number[]): number {
  const at = appendRow(lists);
  setCell(lists, at, 0, numbers.length);
  for (const number of numbers) setCell(lists, appendRow(lists), 0, number);
  return at;
}

export function listAt({ lists }: Arena, at: number): readonly number[] {
  const length = getCell(lists, at, 0);
  return Array.from({ length }, (_, i) => getCell(lists, at + 1 + i, 0));
}

export function recordOf(arena: Arena, id: number): StoredRecord {
  const table = arena.records;
  if (id >= table.length) throw new RangeError(`no record ${id}`);
  return {
    id,
    message: getCell(table, id, R.message),
    queue: getCell(table, id, R.queue),
    offset: getCell(table, id, R.offset),
    phys: getCell(table, id, R.phys),
    size: getCell(table, id, R.size),
    storedUs: getCell(table, id, R.stored),
    wait: (getCell(table, id, R.flags) & WAITS) !== 0,
  };
}

/** What a record carries beyond its message; undefined for a plain one. */
export function recordPropsOf(arena: Arena, id: number): RecordProps | undefined {
  if ((getCell(arena.records, id, R.flags) & HAS_PROPS) === 0) return undefined;
  return readRecordProps(arena.recordProps, id);
}

export const recordMessage = (arena: Arena, id: number) => getCell(arena.records, id, R.message);
export const recordQueue = (arena: Arena, id: number) => getCell(arena.records, id, R.queue);
export const recordOffset = (arena: Arena, id: number) => getCell(arena.records, id, R.offset);
export const recordPhys = (arena: Arena, id: number) => getCell(arena.records, id, R.phys);
export const recordSize = (arena: Arena, id: number) => getCell(arena.records, id, R.size);
/** The process that appended it first. */
export const recordHost = (arena: Arena, id: number) => getCell(arena.records, id, R.host);
export const recordStoredUs = (arena: Arena, id: number) => getCell(arena.records, id, R.stored);
/** Physical offset just behind the record. */
export const recordEnd = (arena: Arena, id: number) => recordPhys(arena, id) + recordSize(arena, id);
