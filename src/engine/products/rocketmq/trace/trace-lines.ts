import { getCell } from '../../../core/table';
import {
  type Arena,
  keyText,
  messageBytes,
  messageKey,
  messageTag,
  messageTopic,
} from '../../../model/world';
import { LOCAL_STATES } from '../protocol';

/** What one line of trace data says (`TraceDataEncoder`), and how a record keeps it: nine whole numbers. */

const TRACE_TYPES = ['Pub', 'SubBefore', 'SubAfter', 'EndTransaction'] as const;
export type TraceType = (typeof TRACE_TYPES)[number];
/** `ConsumeReturnType`; EXCEPTION and RETURNNULL do not happen here. */
export const CONTEXT_CODES = { success: 0, timeOut: 1, failed: 4 } as const;

export interface TraceLine {
  readonly type: TraceType;
  /** Of a batch: its first one. */
  readonly message: number;
  /** Messages of a Pub; the others of a batch follow in the arena. */
  readonly batch: number;
  readonly timeMs: number;
  readonly costMs: number;
  readonly success: boolean;
  /** Pub: the record, −1 none. SubBefore: retryTimes. SubAfter: contextCode. EndTransaction: which `LOCAL_STATES`. */
  readonly value: number;
  /** SubBefore and SubAfter: what belongs together. EndTransaction: 1 in answer to a check. */
  readonly request: number;
}

const CELLS = 8;
/** `DefaultRegion`, separators, and a time in 13 digits. */
const REGION = 'DefaultRegion'.length;
const TIME = 13;
const ID = 32;
const ADDRESS = '10.0.0.1:10911'.length;

export function encodeLines(lines: readonly TraceLine[]): number[] {
  return lines.flatMap((line) => [
    TRACE_TYPES.indexOf(line.type),
    line.message,
    line.batch,
    line.timeMs,
    line.costMs,
    line.success ? 1 : 0,
    line.value + 1,
    line.request,
  ]);
}

export function decodeLines(cells: readonly number[]): TraceLine[] {
  const lines: TraceLine[] = [];
  for (let at = 0; at < cells.length; at += CELLS) {
    const [type = 0, message = 0, batch = 1, timeMs = 0, costMs = 0, success, value = 0, request = 0] =
      cells.slice(at, at + CELLS);
    lines.push({
      type: TRACE_TYPES[type] as TraceType,
      message,
      batch,
      timeMs,
      costMs,
      success: success === 1,
      value: value - 1,
      request,
    });
  }
  return lines;
}

/** Whether any of these lines is about the message; quick, without decoding. */
export function linesName({ lists }: Arena, at: number, message: number): boolean {
  const end = at + 1 + getCell(lists, at, 0);
  for (let cell = at + 1; cell < end; cell += CELLS) {
    if (getCell(lists, cell + 1, 0) === message) return true;
  }
  return false;
}

const digits = (value: number) => `${value}`.length;
const flag = (value: boolean) => (value ? 4 : 5);
/** A field that is not there is written `null`. */
const orNull = (text: string) => text.length || 4;

/** Bytes of a line as the client writes it, with its separators. */
export function lineBytes(arena: Arena, line: TraceLine, group: string): number {
  const { type, message, batch, costMs, success, value } = line;
  const key = batch > 1 ? 4 : orNull(keyText(arena, messageKey(arena, message)));
  const named = type.length + TIME + group.length + idsBytes(batch) + key;
  if (type === 'SubBefore') return named + REGION + ID + digits(value) + 8;
  if (type === 'SubAfter') return named + ID + digits(costMs) + flag(success) + 2 + 9;
  const sent = REGION + messageTopic(arena, message).length + orNull(messageTag(arena, message)) + ADDRESS;
  if (type === 'EndTransaction') {
    return named + sent + 1 + ID + (LOCAL_STATES[value] ?? '').length + flag(line.request === 1) + 13;
  }
  return named + sent + digits(messageBytes(arena, message)) + digits(costMs) + 1 + ID + flag(success) + 14;
}

/** `SendResult.msgId` of a batch: all ids with commas between them. */
const idsBytes = (batch: number) => batch * (ID + 1) - 1;

/** Bytes of the property KEYS: each id and key once, for the index of the broker. */
export function keysBytes(arena: Arena, lines: readonly TraceLine[]): number {
  const seen = new Set<number>();
  let bytes = 0;
  for (const { message, batch } of lines) {
    if (seen.has(message)) continue;
    seen.add(message);
    bytes += idsBytes(batch) + 1;
    if (batch === 1) bytes += keyText(arena, messageKey(arena, message)).length + 1;
  }
  return bytes;
}
