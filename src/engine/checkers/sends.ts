import { appendRow, createTable, getCell, setCell, type Table } from '../core/table';
import { Outcome } from '../model/ledger';
import { addDuration, createHistogram, type Histogram } from './histogram';

/** What the judges note of sends: attempts, latencies, and when a queue could not be written. */
export interface Sends {
  /**
   * Seventeen bytes a message: attempts, kind of its result + 1, queue and time of the latest attempt, exception + 1,
   * kind of the entry that its store did not wait by + 1.
   */
  rows: Table;
  attempts: number;
  /** How often senders got which exception, by text number of the arena. */
  exceptions: Map<number, number>;
  latency: Histogram;
  /** By queue number. */
  queues: Outage[];
}

/** When a queue did not serve. */
export interface Outage {
  used: boolean;
  /** Since when attempts fail; −1 while the latest one did not. */
  sinceUs: number;
  lastOkUs: number;
  longestUs: number;
}

const S = { attempts: 0, result: 1, queue: 2, atUs: 3, exception: 4, unawaited: 5 } as const;
const NO_QUEUE = 0xffff;
/** An attempt that takes longer than this waits, though it may succeed. */
export const WAITS_US = 1_000_000;

export function createSends(): Sends {
  return {
    rows: createTable(['u8', 'u16', 'u16', 'f64', 'u16', 'u16']),
    attempts: 0,
    exceptions: new Map(),
    latency: createHistogram(),
    queues: [],
  };
}

export const attemptsOf = (sends: Sends, message: number) =>
  message < sends.rows.length ? getCell(sends.rows, message, S.attempts) : 0;

/** Id of the kind of entry that told the result; undefined while it is in flight. */
export function resultKindOf(sends: Sends, message: number): number | undefined {
  const stored = message < sends.rows.length ? getCell(sends.rows, message, S.result) : 0;
  return stored === 0 ? undefined : stored - 1;
}

/** Text number of the exception that the sender got; undefined when it got none. */
export function exceptionOf(sends: Sends, message: number): number | undefined {
  const stored = message < sends.rows.length ? getCell(sends.rows, message, S.exception) : 0;
  return stored === 0 ? undefined : stored - 1;
}

/** Id of the kind of entry that let its store answer without waiting; undefined when it waited. */
export function unawaitedKindOf(sends: Sends, message: number): number | undefined {
  const stored = message < sends.rows.length ? getCell(sends.rows, message, S.unawaited) : 0;
  return stored === 0 ? undefined : stored - 1;
}

/** The queue that the latest attempt was meant for. */
function attemptQueueOf(sends: Sends, message: number): number | undefined {
  const queue = message < sends.rows.length ? getCell(sends.rows, message, S.queue) : NO_QUEUE;
  return attemptsOf(sends, message) === 0 || queue === NO_QUEUE ? undefined : queue;
}

/** A further attempt means that the one before has failed. */
export function onAttempt(sends: Sends, message: number, queue: number, nowUs: number): void {
  while (sends.rows.length <= message) appendRow(sends.rows);
  const { rows } = sends;
  sends.attempts++;
  const attempts = getCell(rows, message, S.attempts);
  if (attempts > 0) fails(sends, message);
  setCell(rows, message, S.attempts, Math.min(attempts + 1, 255));
  setCell(rows, message, S.unawaited, 0);
  setCell(rows, message, S.queue, Math.min(queue, NO_QUEUE));
  setCell(rows, message, S.atUs, nowUs);
}

export function onResult(
  sends: Sends,
  message: number,
  outcome: number,
  kind: number,
  sentUs: number,
  nowUs: number,
): void {
  while (sends.rows.length <= message) appendRow(sends.rows);
  setCell(sends.rows, message, S.result, kind + 1);
  if (outcome === Outcome.failed) {
    if (attemptsOf(sends, message) > 0) fails(sends, message);
    return;
  }
  if (outcome === Outcome.oneway) return;
  addDuration(sends.latency, nowUs - sentUs);
  const outage = outageOf(sends, message);
  if (outage === undefined) return;
  const tookUs = nowUs - getCell(sends.rows, message, S.atUs);
  if (outage.sinceUs < 0 && tookUs > WAITS_US) outage.sinceUs = nowUs - tookUs;
  outage.longestUs = longestUs(outage, nowUs);
  outage.sinceUs = -1;
  outage.lastOkUs = nowUs;
}

export function onException(sends: Sends, message: number, text: number): void {
  while (sends.rows.length <= message) appendRow(sends.rows);
  setCell(sends.rows, message, S.exception, text + 1);
  sends.exceptions.set(text, (sends.exceptions.get(text) ?? 0) + 1);
}

/** Later records of a message whose sender knows its result (retries, second phases) are no answer to the sender. */
export function onUnawaited(sends: Sends, message: number, kind: number): void {
  while (sends.rows.length <= message) appendRow(sends.rows);
  if (resultKindOf(sends, message) !== undefined) return;
  setCell(sends.rows, message, S.unawaited, kind + 1);
}

function fails(sends: Sends, message: number): void {
  const outage = outageOf(sends, message);
  if (outage === undefined || outage.sinceUs >= 0) return;
  outage.sinceUs = Math.max(getCell(sends.rows, message, S.atUs), outage.lastOkUs);
}

function outageOf(sends: Sends, message: number): Outage | undefined {
  const queue = attemptQueueOf(sends, message);
  if (queue === undefined) return undefined;
  while (sends.queues.length <= queue)
    sends.queues.push({ used: false, sinceUs: -1, lastOkUs: 0, longestUs: 0 });
  const outage = sends.queues[queue] as Outage;
  outage.used = true;
  return outage;
}

/** The longest outage of a queue until now, µs, the present one included. */
export function longestUs(outage: Outage, nowUs: number): number {
  return outage.sinceUs < 0 ? outage.longestUs : Math.max(outage.longestUs, nowUs - outage.sinceUs);
}
