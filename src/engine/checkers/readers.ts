import type { Kind } from '../core/kinds';
import type { Sim } from '../core/sim';
import { appendRow, createTable, getCell, setCell, type Table } from '../core/table';
import { isRunning, processOf } from '../model/env';
import {
  isTextKey,
  messageBusiness,
  messageKey,
  recordMessage,
  recordOffset,
  recordQueue,
  textOfKey,
  type World,
} from '../model/world';
import { deliveredTwice, orderViolated } from './judge-kinds';
import { WAITS_US } from './sends';

/**
 * Who should see each message once: a clustering group, or each consumer of a broadcasting one. What the judges
 * note of its deliveries, per message two bytes.
 */
export interface Reader {
  readonly group: string;
  readonly clustering: boolean;
  /** By message: flags, deliveries. */
  messages: Table;
  /** Latest finished message + 1 by generated key, and by text key. */
  lastOfKey: Table;
  lastOfText: Table;
  deliveries: number;
  distinct: number;
  retries: number;
  duplicates: number;
  orderViolations: number;
  /** Messages that it wants, that its offset went past, and that it was never given. */
  passedOver: number;
  /** Business effects by how often they happened: once, and more often. */
  once: number;
  doubled: number;
  /** Messages that were skipped as done, or given up, and whose effect has not happened; `missedTexts`: their text keys. */
  missed: number;
  missedTexts: Set<number>;
  /** Effects of keys that were given by hand, where two messages may mean the same business. */
  effectsOfText: Map<number, number>;
  /** By queue number. */
  queues: Map<number, ReadQueue>;
}

/** One queue as a reader sees it. */
export interface ReadQueue {
  /** All offsets below are finished; `done` holds the finished ones above. */
  doneTo: number;
  done: Set<number>;
  /** Offset behind the furthest delivery. */
  next: number;
  /** Handed to a listener and not finished, by which incarnation of which process. */
  inHand: number;
  holder: number;
  holderIncarnation: number;
  /** Since when there is something that was not delivered; Infinity while there is not. */
  waitsSinceUs: number;
  /** When something was last delivered or finished. */
  lastUs: number;
  /** The longest time without a delivery while there was something and nothing was in hand. */
  longestUs: number;
  /** Offset behind the latest record that somebody in the group wants, once one was stored since it reads. */
  wantedTo: number | undefined;
  /** A row of a leader's log in front of which it has finished everything. */
  scanned: { readonly node: number; readonly row: number };
}

const DELIVERED = 1;
const REJECTED = 2;
const CONSUMED = 4;
/** Its business effect has happened; more than once. */
const DONE = 8;
const DOUBLED = 16;
/** It was skipped or given up, though its effect has not happened. */
const MISSED = 64;
const PASSED = 32;
const FLAGS = 0;
const DELIVERIES = 1;

export function createReader(group: string, clustering: boolean): Reader {
  return {
    group,
    clustering,
    messages: createTable(['u8', 'u8']),
    lastOfKey: createTable(['u32']),
    lastOfText: createTable(['u32']),
    deliveries: 0,
    distinct: 0,
    retries: 0,
    duplicates: 0,
    orderViolations: 0,
    passedOver: 0,
    once: 0,
    doubled: 0,
    missed: 0,
    missedTexts: new Set(),
    effectsOfText: new Map(),
    queues: new Map(),
  };
}

const flagsOf = (reader: Reader, message: number) =>
  message < reader.messages.length ? getCell(reader.messages, message, FLAGS) : 0;
export const deliveriesOf = (reader: Reader, message: number) =>
  message < reader.messages.length ? getCell(reader.messages, message, DELIVERIES) : 0;
export const hasConsumed = (reader: Reader, message: number) => (flagsOf(reader, message) & CONSUMED) !== 0;
export const wasDelivered = (reader: Reader, message: number) => (flagsOf(reader, message) & DELIVERED) !== 0;

/** The offset goes past a message that was never handed out. Returns false when that is known already. */
export function passOver(reader: Reader, message: number): boolean {
  const flags = flagsOf(reader, message);
  if ((flags & PASSED) !== 0) return false;
  while (reader.messages.length <= message) appendRow(reader.messages);
  setCell(reader.messages, message, FLAGS, flags | PASSED);
  reader.passedOver++;
  return true;
}

/** The queue of a reader, which begins at `offset` when it is new: what lies before concerns nobody. */
export function readQueue(reader: Reader, queue: number, offset: number, nowUs: number): ReadQueue {
  let found = reader.queues.get(queue);
  if (found === undefined) {
    found = {
      doneTo: offset,
      done: new Set(),
      next: offset,
      inHand: 0,
      holder: -1,
      holderIncarnation: 0,
      waitsSinceUs: Number.POSITIVE_INFINITY,
      lastUs: nowUs,
      longestUs: 0,
      wantedTo: undefined,
      scanned: { node: -1, row: 0 },
    };
    reader.queues.set(queue, found);
  }
  return found;
}

/** A record is handed to a listener. Returns whether it is the group's first delivery of that message. */
export function onDelivered(
  sim: Sim<World>,
  reader: Reader,
  node: number,
  record: number,
  storedTo: number,
): boolean {
  const { arena } = sim.state;
  const message = recordMessage(arena, record);
  noteProgress(sim, readQueue(reader, recordQueue(arena, record), recordOffset(arena, record), sim.nowUs), {
    node,
    offset: recordOffset(arena, record),
    storedTo,
  });
  while (reader.messages.length <= message) appendRow(reader.messages);
  const flags = flagsOf(reader, message);
  const deliveries = Math.min(deliveriesOf(reader, message) + 1, 255);
  setCell(reader.messages, message, DELIVERIES, deliveries);
  setCell(reader.messages, message, FLAGS, (flags | DELIVERED) & ~REJECTED & ~PASSED);
  if ((flags & PASSED) !== 0) reader.passedOver--;
  reader.deliveries++;
  if ((flags & DELIVERED) === 0) {
    reader.distinct++;
    return true;
  }
  if ((flags & REJECTED) !== 0) reader.retries++;
  else {
    reader.duplicates++;
    tell(sim, deliveredTwice, node, message, deliveries);
  }
  return false;
}

/** How a listener finished a record: by failing, or well, with or without an effect on the business. */
export type Ending = 'failed' | 'done' | 'skipped';

/** A listener finished a record. Returns true for the group's first good end of that message. */
export function onFinished(
  sim: Sim<World>,
  reader: Reader,
  node: number,
  record: number,
  ending: Ending,
): boolean {
  const { arena } = sim.state;
  const message = recordMessage(arena, record);
  const offset = recordOffset(arena, record);
  const queue = readQueue(reader, recordQueue(arena, record), offset, sim.nowUs);
  queue.inHand = Math.max(0, queue.inHand - 1);
  queue.lastUs = sim.nowUs;
  finish(queue, offset);
  while (reader.messages.length <= message) appendRow(reader.messages);
  const flags = flagsOf(reader, message);
  if (ending === 'failed') {
    setCell(reader.messages, message, FLAGS, flags | REJECTED);
    return false;
  }
  setCell(reader.messages, message, FLAGS, (flags | CONSUMED) & ~REJECTED);
  const business = messageBusiness(arena, message);
  if (ending === 'skipped') countMiss(reader, business);
  if (ending === 'done') {
    if ((flags & DONE) === 0) checkOrder(sim, reader, node, message);
    countEffect(reader, business, message);
  }
  return (flags & CONSUMED) === 0;
}

/**
 * What a listener skips before its effect has happened, or fails at for the last time, is lost, unless whoever is at
 * it yet ends well.
 */
export function countMiss(reader: Reader, business: number): void {
  if (isTextKey(business)) {
    if (reader.effectsOfText.has(business) || reader.missedTexts.has(business)) return;
    reader.missedTexts.add(business);
  } else {
    const flags = flagsOf(reader, business);
    if ((flags & (DONE | MISSED)) !== 0) return;
    setCell(reader.messages, business, FLAGS, flags | MISSED);
  }
  reader.missed++;
}

function countEffect(reader: Reader, business: number, message: number): void {
  setCell(reader.messages, message, FLAGS, flagsOf(reader, message) | (business === message ? 0 : DONE));
  if (isTextKey(business)) {
    if (reader.missedTexts.delete(business)) reader.missed--;
    const effects = reader.effectsOfText.get(business) ?? 0;
    reader.effectsOfText.set(business, effects + 1);
    countOnceOrMore(reader, effects);
    return;
  }
  const flags = flagsOf(reader, business);
  if ((flags & MISSED) !== 0) reader.missed--;
  const effects = (flags & DONE) === 0 ? 0 : (flags & DOUBLED) === 0 ? 1 : 2;
  setCell(reader.messages, business, FLAGS, (flags & ~MISSED) | (effects === 0 ? DONE : DOUBLED));
  countOnceOrMore(reader, effects);
}

function countOnceOrMore(reader: Reader, effectsBefore: number): void {
  if (effectsBefore === 0) reader.once++;
  else if (effectsBefore === 1) {
    reader.once--;
    reader.doubled++;
  }
}

function checkOrder(sim: Sim<World>, reader: Reader, node: number, message: number): void {
  const key = messageKey(sim.state.arena, message);
  const table = isTextKey(key) ? reader.lastOfText : reader.lastOfKey;
  const row = isTextKey(key) ? textOfKey(key) : key;
  while (table.length <= row) appendRow(table);
  const last = getCell(table, row, 0) - 1;
  if (message > last) setCell(table, row, 0, message + 1);
  else {
    reader.orderViolations++;
    tell(sim, orderViolated, node, message, last);
  }
}

/** Offsets from `doneTo` on that are finished without a gap move it forward. */
function finish(queue: ReadQueue, offset: number): void {
  if (offset > queue.doneTo) queue.done.add(offset);
  if (offset !== queue.doneTo) return;
  queue.doneTo++;
  while (queue.done.delete(queue.doneTo)) queue.doneTo++;
}

/** Everything below `offset` counts as finished from now on. */
export function finishTo(queue: ReadQueue, offset: number): void {
  if (offset <= queue.doneTo) return;
  queue.doneTo = offset;
  for (const done of queue.done) if (done < offset) queue.done.delete(done);
  while (queue.done.delete(queue.doneTo)) queue.doneTo++;
}

/** A record was stored that the reader wants: a reader that had everything now has something to wait for. */
export function onStored(queue: ReadQueue, offset: number, nowUs: number): void {
  if (queue.next > offset) queue.next = offset;
  if (queue.waitsSinceUs === Number.POSITIVE_INFINITY) queue.waitsSinceUs = nowUs;
  queue.wantedTo = offset + 1;
}

function noteProgress(
  sim: Sim<World>,
  queue: ReadQueue,
  { node, offset, storedTo }: { node: number; offset: number; storedTo: number },
): void {
  queue.longestUs = waitedUs(sim, queue);
  queue.next = Math.max(queue.next, offset + 1);
  queue.lastUs = sim.nowUs;
  if (queue.next >= storedTo) queue.waitsSinceUs = Number.POSITIVE_INFINITY;
  const { incarnation } = processOf(sim.state.env, node);
  if (queue.holder !== node || queue.holderIncarnation !== incarnation) {
    queue.holder = node;
    queue.holderIncarnation = incarnation;
    queue.inHand = 0;
  }
  queue.inHand++;
}

/** The longest time until now in which the queue had something, and nothing of it was in hand or handed out. */
export function waitedUs(sim: Sim<World>, queue: ReadQueue): number {
  const sinceUs = Math.max(queue.waitsSinceUs, queue.lastUs);
  if (sim.nowUs - sinceUs <= Math.max(WAITS_US, queue.longestUs)) return queue.longestUs;
  if (queue.inHand > 0) {
    const process = processOf(sim.state.env, queue.holder);
    if (process.incarnation === queue.holderIncarnation && isRunning(process)) return queue.longestUs;
  }
  return sim.nowUs - sinceUs;
}

function tell(sim: Sim<World>, kind: Kind, node: number, a: number, b: number): void {
  sim.because(sim.currentCause, () => sim.emit(kind, node, a, b));
}
