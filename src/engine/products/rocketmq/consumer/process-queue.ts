import { type Arena, messageBytes, queueOf, recordMessage, recordOffset } from '../../../model/world';
import type { ProcessQueue } from './consumer-state';

/**
 * `ProcessQueue`: the messages of one queue that were pulled and are not finished, sorted by offset. They stand as
 * record numbers in one array, so that a thousand cached messages cost a snapshot six kilobytes. A finished
 * message leaves at once: the few unfinished ones in front of it move up by one.
 */
const CAPACITY_MIN = 64;
const MIB = 1_048_576;

export function createProcessQueue(
  arena: Arena,
  queue: number,
  serial: number,
  offset: number,
  nowUs: number,
): ProcessQueue {
  const { topic, group, queueId } = queueOf(arena, queue);
  return {
    queue,
    serial,
    topic,
    brokerName: group,
    queueId,
    nextOffset: offset,
    records: new Uint32Array(0),
    start: 0,
    end: 0,
    bytes: 0,
    offsetMax: offset - 1,
    waits: 'timer',
    lastTurnUs: nowUs,
    source: -1,
    failing: false,
    spinning: false,
    told: offset,
    correctedBy: -1,
    toldHead: -1,
    dropped: false,
    locked: false,
    lockedUs: nowUs,
    readAgain: false,
    consuming: false,
    inListener: false,
    requestUs: nowUs,
  };
}

/** Messages cached: pulled and not finished. */
export const cachedCount = (queue: ProcessQueue) => queue.end - queue.start;
/** Whole MiB of their bodies, as the limit is compared. */
export const cachedMiB = (queue: ProcessQueue) => Math.floor(queue.bytes / MIB);

/** `ProcessQueue#getMaxSpan`: offsets between the first and the last unfinished message. [CO-3] */
export function cachedSpan(arena: Arena, queue: ProcessQueue): number {
  if (queue.end === queue.start) return 0;
  return (
    recordOffset(arena, queue.records[queue.end - 1] as number) - recordOffset(arena, firstCached(queue))
  );
}

/** Record of the smallest unfinished offset. Only for a queue that is not empty. */
export const firstCached = (queue: ProcessQueue) => queue.records[queue.start] as number;

/** Adds a pulled batch, whose offsets are higher than all before. */
export function putRecords(arena: Arena, queue: ProcessQueue, records: readonly number[]): void {
  makeRoom(queue, records.length);
  for (const record of records) {
    queue.records[queue.end++] = record;
    queue.bytes += messageBytes(arena, recordMessage(arena, record));
  }
  const last = records[records.length - 1];
  if (last !== undefined) queue.offsetMax = recordOffset(arena, last);
}

/** Takes a finished message out; false when it is not there. */
export function removeRecord(arena: Arena, queue: ProcessQueue, record: number): boolean {
  const at = find(arena, queue, recordOffset(arena, record));
  if (queue.records[at] !== record || at >= queue.end) return false;
  queue.records.copyWithin(queue.start + 1, queue.start, at);
  queue.start++;
  queue.bytes -= messageBytes(arena, recordMessage(arena, record));
  return true;
}

/** Whether a message is pulled and not finished. */
export function isCached(arena: Arena, queue: ProcessQueue, record: number): boolean {
  const at = find(arena, queue, recordOffset(arena, record));
  return at < queue.end && queue.records[at] === record;
}

/** What may be committed: the smallest unfinished offset, or the one behind all that were ever pulled. [CO-12] */
export function committable(arena: Arena, queue: ProcessQueue): number {
  return queue.end > queue.start ? recordOffset(arena, firstCached(queue)) : queue.offsetMax + 1;
}

/** Index of the first cached record at or behind an offset. */
function find(arena: Arena, queue: ProcessQueue, offset: number): number {
  let low = queue.start;
  let high = queue.end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (recordOffset(arena, queue.records[middle] as number) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function makeRoom(queue: ProcessQueue, count: number): void {
  const { records, start, end } = queue;
  if (end + count <= records.length) return;
  const used = end - start;
  // A third of the array stays free behind the move, so that each record is moved about twice.
  const capacity = Math.max(CAPACITY_MIN, Math.ceil(1.5 * (used + count)));
  const target = capacity <= records.length ? records : new Uint32Array(capacity);
  if (target === records) records.copyWithin(0, start, end);
  else target.set(records.subarray(start, end));
  queue.records = target;
  queue.start = 0;
  queue.end = used;
}
