import { defineKind } from '../core/kinds';
import type { Sim } from '../core/sim';
import { appendRow, createTable, getCell, setCell, type Table } from '../core/table';
import type { World } from './world';

/**
 * The truth about each message, kept outside the products: how many copies exist, what its sender was told, and
 * whether it is lost. Updated by the shared log (copies) and by the judges (what the trace says).
 */
export interface Ledger {
  rows: Table;
}

/** What the sender knows. `sendOk` … `slaveNotAvailable` are the four SendStatus values. */
export const Outcome = {
  inFlight: 0,
  sendOk: 1,
  flushDiskTimeout: 2,
  flushSlaveTimeout: 3,
  slaveNotAvailable: 4,
  failed: 5,
  oneway: 6,
} as const;

const L = { outcome: 0, copies: 1, flags: 2 } as const;
const LOST = 1;
const EXPIRED = 2;

/** No copy is left on any disk or in any living page cache, and the sender was told SEND_OK. */
export const messageLost = defineKind('message.lost', 'EN-20', {
  a: 'message:message',
  b: 'record:record',
  beat: 'loss',
  say: {
    en: 'No copy of {a} is left anywhere, and its sender was told SEND_OK.',
    zh: '{a} 在任何地方都没有副本了，而发送方已收到 SEND_OK。',
  },
});

export function createLedger(): Ledger {
  return { rows: createTable(['u8', 'u8', 'u8']) };
}

/** Copies of a message on all replicas, in any cache or disk. */
export const copiesOf = (ledger: Ledger, message: number) =>
  message < ledger.rows.length ? getCell(ledger.rows, message, L.copies) : 0;
export const outcomeOf = (ledger: Ledger, message: number) =>
  message < ledger.rows.length ? getCell(ledger.rows, message, L.outcome) : Outcome.inFlight;
export const isLost = (ledger: Ledger, message: number) => hasFlag(ledger, message, LOST);
export const isExpired = (ledger: Ledger, message: number) => hasFlag(ledger, message, EXPIRED);

export function copyAdded(ledger: Ledger, message: number): void {
  ensure(ledger, message);
  const copies = getCell(ledger.rows, message, L.copies);
  if (copies < 255) setCell(ledger.rows, message, L.copies, copies + 1);
}

/** One copy is gone. By retention a message expires; otherwise an acknowledged one without a copy is lost. */
export function copyGone(sim: Sim<World>, message: number, record: number, byRetention = false): void {
  const { ledger } = sim.state;
  ensure(ledger, message);
  const copies = Math.max(0, getCell(ledger.rows, message, L.copies) - 1);
  setCell(ledger.rows, message, L.copies, copies);
  if (copies > 0) return;
  if (byRetention) setFlag(ledger, message, EXPIRED);
  else if (outcomeOf(ledger, message) === Outcome.sendOk) lose(sim, message, record);
}

/** The sender learns an outcome. An acknowledgement that arrives when no copy is left is a loss, too. */
export function outcomeKnown(sim: Sim<World>, message: number, outcome: number): void {
  const { ledger } = sim.state;
  ensure(ledger, message);
  setCell(ledger.rows, message, L.outcome, outcome);
  if (outcome === Outcome.sendOk && copiesOf(ledger, message) === 0 && !isExpired(ledger, message)) {
    lose(sim, message, 0xffff_ffff);
  }
}

function lose(sim: Sim<World>, message: number, record: number): void {
  setFlag(sim.state.ledger, message, LOST);
  const cause = sim.currentCause;
  sim.because(cause, () => sim.emit(messageLost, -1, message, record));
}

function ensure(ledger: Ledger, message: number): void {
  while (ledger.rows.length <= message) appendRow(ledger.rows);
}

function hasFlag(ledger: Ledger, message: number, flag: number): boolean {
  return message < ledger.rows.length && (getCell(ledger.rows, message, L.flags) & flag) !== 0;
}

function setFlag(ledger: Ledger, message: number, flag: number): void {
  setCell(ledger.rows, message, L.flags, getCell(ledger.rows, message, L.flags) | flag);
}
