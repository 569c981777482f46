import type { Sim } from '../core/sim';
import { appendRow, createTable, getCell, setCell, type Table, truncateTable } from '../core/table';
import { copyAdded, copyGone } from './ledger';
import { recordEnd, recordMessage, recordPhys, type World } from './world';

/**
 * One replica's log: the numbers of its records in order, and two marks. It is the durable state that the judges
 * read: what stands here exists, on a disk or in a page cache that survives.
 *
 * Rows [0, flushed) are on the disk, [flushed, cached) only in the page cache, [cached, length) only in the memory
 * of the process (a transient store pool).
 */
export interface ReplicaLog {
  readonly node: number;
  records: Table;
  /** Rows in the page cache or on disk. */
  cached: number;
  flushed: number;
  /** Physical offset where the log begins (older files deleted or never received). */
  startPhys: number;
  /** First row that still exists; retention deletes from the front. */
  first: number;
  /** The newest records of the tail that was lost last, for the picture; at most `LOST_TAIL_MAX`. */
  lostTail: readonly number[];
}

const LOST_TAIL_MAX = 8_192;

export function createLog(node: number): ReplicaLog {
  return { node, records: createTable(['u32']), cached: 0, flushed: 0, startPhys: 0, first: 0, lostTail: [] };
}

export const logLength = (log: ReplicaLog) => log.records.length;
export const recordAt = (log: ReplicaLog, row: number) => getCell(log.records, row, 0);

/** Physical offset behind the last record, bytes. Blank tails of files lie before the next record. */
export function endPhys(world: World, log: ReplicaLog): number {
  const length = log.records.length;
  return length === log.first ? log.startPhys : recordEnd(world.arena, recordAt(log, length - 1));
}

/** Physical offset behind row `row − 1`: up to where the first `row` rows reach. */
export function physAt(world: World, log: ReplicaLog, row: number): number {
  return row <= log.first ? log.startPhys : recordEnd(world.arena, recordAt(log, row - 1));
}

/** Appends a record (to the page cache, or to process memory when `inPool`). */
export function appendCopy(sim: Sim<World>, log: ReplicaLog, record: number, inPool = false): void {
  const row = appendRow(log.records);
  setCell(log.records, row, 0, record);
  if (!inPool) log.cached = row + 1;
  copyAdded(sim, log.node, recordMessage(sim.state.arena, record), record);
}

/** Everything from row `length` on is gone from this replica. The caller has told why (a fault, a truncation). */
export function loseTail(sim: Sim<World>, log: ReplicaLog, length: number): void {
  for (let row = Math.max(length, log.first); row < log.records.length; row++) {
    copyGone(sim, log.node, recordMessage(sim.state.arena, recordAt(log, row)), recordAt(log, row));
  }
  const tail: number[] = [];
  for (
    let row = Math.max(length, log.first, log.records.length - LOST_TAIL_MAX);
    row < log.records.length;
    row++
  ) {
    tail.push(recordAt(log, row));
  }
  log.lostTail = tail;
  truncateTable(log.records, length);
  log.first = Math.min(log.first, length);
  log.cached = Math.min(log.cached, length);
  log.flushed = Math.min(log.flushed, length);
}

/** The disk is gone, and with it the whole log: the next one begins at 0. */
export function wipeLog(sim: Sim<World>, log: ReplicaLog): void {
  loseTail(sim, log, 0);
  log.first = 0;
  log.startPhys = 0;
}

/** Retention: rows before `first` are deleted; `startPhys` is where the first remaining file begins. */
export function dropHead(sim: Sim<World>, log: ReplicaLog, first: number, startPhys: number): void {
  for (let row = log.first; row < first; row++) {
    copyGone(sim, log.node, recordMessage(sim.state.arena, recordAt(log, row)), recordAt(log, row), true);
  }
  log.first = first;
  log.startPhys = startPhys;
}

/** Row of the record that begins at or behind a physical offset; `length` when there is none. */
export function rowAtPhys(world: World, log: ReplicaLog, phys: number): number {
  let low = log.first;
  let high = log.records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (recordPhys(world.arena, recordAt(log, middle)) < phys) low = middle + 1;
    else high = middle;
  }
  return low;
}
