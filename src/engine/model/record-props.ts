import { appendRow, createTable, getCell, setCell, type Table } from '../core/table';

/**
 * What a stored record carries beyond its message, where it carries anything: a retry's count, a delay, a
 * transaction's state, where it goes when its time has come. Most records carry nothing and cost nothing here.
 * One row a record, in the order of the records, so that a row is found by halving.
 */
export interface RecordProps {
  /** What the record is for its broker; `plain` for an ordinary message that carries something. */
  readonly role: RecordRole;
  /** Redeliveries that led to it. */
  readonly reconsumeTimes: number;
  /** Level of a delayed message; 0 none. */
  readonly delayLevel: number;
  /** When it is to be delivered, µs; 0 none. */
  readonly deliverUs: number;
  /** Arena number of the queue that it is meant for in the end; `NO_QUEUE` where it stands there already. */
  readonly realQueue: number;
  /** How often the state of a transaction was asked for. */
  readonly checkTimes: number;
  /** Another record or offset that it is about, by its role; −1 none. Of an `op`: its list in `Arena.lists`. */
  readonly ref: number;
  /** For how long a half message must not be asked about, from its birth, µs; −1: it does not say. */
  readonly immunityUs: number;
}

/** What brokers use records for. */
export const RECORD_ROLES = [
  'plain',
  'retry',
  'deadLetter',
  'delayed',
  'timed',
  'half',
  'op',
  'discarded',
  'popCheckpoint',
  'popAck',
  'trace',
] as const;
export type RecordRole = (typeof RECORD_ROLES)[number];

export const NO_QUEUE = 0xffff;

const P = {
  record: 0,
  role: 1,
  reconsume: 2,
  level: 3,
  checks: 4,
  realQueue: 5,
  deliver: 6,
  ref: 7,
  immunity: 8,
} as const;

export function createRecordProps(): Table {
  return createTable(['u32', 'u8', 'u8', 'u8', 'u8', 'u16', 'f64', 'f64', 'f64']);
}

/** Notes what the newest record carries. */
export function addRecordProps(table: Table, record: number, props: Partial<RecordProps>): void {
  const row = appendRow(table);
  setCell(table, row, P.record, record);
  setCell(table, row, P.role, RECORD_ROLES.indexOf(props.role ?? 'plain'));
  setCell(table, row, P.reconsume, props.reconsumeTimes ?? 0);
  setCell(table, row, P.level, props.delayLevel ?? 0);
  setCell(table, row, P.checks, props.checkTimes ?? 0);
  setCell(table, row, P.realQueue, props.realQueue ?? NO_QUEUE);
  setCell(table, row, P.deliver, props.deliverUs ?? 0);
  setCell(table, row, P.ref, props.ref ?? -1);
  setCell(table, row, P.immunity, props.immunityUs ?? -1);
}

/** What the records of a role are about (`ref`), from the oldest on: calls `take` with the record and its `ref`. */
export function eachOfRole(
  table: Table,
  role: RecordRole,
  take: (record: number, ref: number) => void,
): void {
  const wanted = RECORD_ROLES.indexOf(role);
  for (let row = 0; row < table.length; row++) {
    if (getCell(table, row, P.role) !== wanted) continue;
    take(getCell(table, row, P.record), getCell(table, row, P.ref));
  }
}

/** Throws a RangeError for a record that carries nothing. */
export function readRecordProps(table: Table, record: number): RecordProps {
  let low = 0;
  let high = table.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (getCell(table, middle, P.record) < record) low = middle + 1;
    else high = middle;
  }
  if (low === table.length || getCell(table, low, P.record) !== record) {
    throw new RangeError(`record ${record} carries nothing`);
  }
  return {
    role: RECORD_ROLES[getCell(table, low, P.role)] as RecordRole,
    reconsumeTimes: getCell(table, low, P.reconsume),
    delayLevel: getCell(table, low, P.level),
    deliverUs: getCell(table, low, P.deliver),
    realQueue: getCell(table, low, P.realQueue),
    checkTimes: getCell(table, low, P.checks),
    ref: getCell(table, low, P.ref),
    immunityUs: getCell(table, low, P.immunity),
  };
}
