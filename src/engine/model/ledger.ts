import { defineKind } from '../core/kinds';
import type { Sim } from '../core/sim';
import { appendRow, createTable, getCell, setCell, type Table } from '../core/table';
import { chainTo, extended, type RuleChain } from './rule-chain';
import type { World } from './world';

/**
 * The truth about each message, kept outside the products: how many copies exist and where, what its sender was
 * told, and whether it is lost. Updated by the shared log (copies) and by the judges (what the trace says), and
 * counted as it changes, so that asking costs nothing.
 */
export interface Ledger {
  /** Ten bytes a message. */
  rows: Table;
  /** How the log of each process counts now, by process number; see `Standing`. */
  standing: number[];
  /** Messages by what their sender knows; by `Outcome`. */
  outcomes: number[];
  /** Acknowledged messages by where they stand; by `Whereabouts`, `none` left out. */
  whereabouts: number[];
  /** What took last copies, in order; a message names its one. */
  takings: Taking[];
}

/** An event that took the last copies of messages: the trace entry that did it, and the rules that led to it. */
export interface Taking extends RuleChain {
  readonly atUs: number;
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

/** What a copy in a log is worth: `serving` can be read now, `waiting` when its process runs again, `withheld` by an operator only. */
export const Standing = { serving: 0, waiting: 1, withheld: 2 } as const;

/** Where an acknowledged message stands. `none`: not acknowledged, or expired by retention. */
export const Whereabouts = { none: 0, served: 1, unavailable: 2, stranded: 3, lost: 4 } as const;

const L = { outcome: 0, copies: 1, serving: 2, waiting: 3, flags: 4, taking: 5 } as const;
const SENT = 1;
/** Retention has deleted a copy of it: what is left elsewhere is past its time, too. */
const RETIRED = 2;
/** Its SEND_OK promises nothing: the second phase of its transaction will say. */
const HELD = 4;
const TAKINGS_MAX = 0xffff;

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

/** A late attempt of a message that was counted as lost is stored after all. */
export const messageFound = defineKind('message.found', 'EN-20', {
  a: 'message:message',
  b: 'record:record',
  beat: 'recovery',
  say: {
    en: 'A late attempt stores {a} again: it is not lost.',
    zh: '迟到的一次发送又存下了 {a}：它没有丢失。',
  },
});

export function createLedger(): Ledger {
  return {
    rows: createTable(['u8', 'u16', 'u16', 'u16', 'u8', 'u16']),
    standing: [],
    outcomes: new Array<number>(Object.keys(Outcome).length).fill(0),
    whereabouts: new Array<number>(Object.keys(Whereabouts).length).fill(0),
    takings: [],
  };
}

const cell = (ledger: Ledger, message: number, column: number) =>
  message < ledger.rows.length ? getCell(ledger.rows, message, column) : 0;

/** Copies of a message on all replicas, in any cache or disk. */
export const copiesOf = (ledger: Ledger, message: number) => cell(ledger, message, L.copies);
export const outcomeOf = (ledger: Ledger, message: number) => cell(ledger, message, L.outcome);
export const wasSent = (ledger: Ledger, message: number) => (cell(ledger, message, L.flags) & SENT) !== 0;
const isHeld = (ledger: Ledger, message: number) => (cell(ledger, message, L.flags) & HELD) !== 0;
const isRetired = (ledger: Ledger, message: number) => (cell(ledger, message, L.flags) & RETIRED) !== 0;
/** Retention has taken it: nothing that could be read is left. */
export const isExpired = (ledger: Ledger, message: number) =>
  isRetired(ledger, message) && cell(ledger, message, L.serving) + cell(ledger, message, L.waiting) === 0;
export const isLost = (ledger: Ledger, message: number) =>
  whereaboutsOf(ledger, message) === Whereabouts.lost;
export const sentCount = (ledger: Ledger) => ledger.outcomes.reduce((sum, count) => sum + count, 0);

/** What took the last copy of a message; undefined while it has one. */
export function takingOf(ledger: Ledger, message: number): Taking | undefined {
  return copiesOf(ledger, message) > 0 ? undefined : ledger.takings[cell(ledger, message, L.taking) - 1];
}

/** The first messages that are lost now: in the order in which their last copies went, then of their numbers. */
export function lostMessages(ledger: Ledger, max: number): number[] {
  const lost: number[] = [];
  if (ledger.whereabouts[Whereabouts.lost] === 0) return lost;
  for (let message = 0; message < ledger.rows.length; message++)
    if (isLost(ledger, message)) lost.push(message);
  const taken = (message: number) => cell(ledger, message, L.taking);
  return lost.sort((x, y) => taken(x) - taken(y) || x - y).slice(0, max);
}

/** Whether it is lost depends on copies alone, not on what they are worth just now. */
export function whereaboutsOf(ledger: Ledger, message: number): number {
  if (cell(ledger, message, L.outcome) !== Outcome.sendOk || isHeld(ledger, message)) return Whereabouts.none;
  if (cell(ledger, message, L.serving) > 0) return Whereabouts.served;
  if (cell(ledger, message, L.waiting) > 0) return Whereabouts.unavailable;
  if (isRetired(ledger, message)) return Whereabouts.none;
  return cell(ledger, message, L.copies) > 0 ? Whereabouts.stranded : Whereabouts.lost;
}

/** An application handed the message to its producer. */
export function messageSent(ledger: Ledger, message: number): void {
  ensure(ledger, message);
  if (wasSent(ledger, message)) return;
  setFlag(ledger, message, SENT);
  count(ledger.outcomes, Outcome.inFlight, 1);
}

/** The message is the first phase of a transaction: that it is stored is no promise that anybody will see it. */
export function promiseHeld(ledger: Ledger, message: number): void {
  messageSent(ledger, message);
  setFlag(ledger, message, HELD);
}

/** The local transaction of the message is committed: from now on its SEND_OK counts as any other. */
export function promiseGiven(sim: Sim<World>, message: number): void {
  const { ledger } = sim.state;
  if (!isHeld(ledger, message)) return;
  const before = whereaboutsOf(ledger, message);
  setCell(ledger.rows, message, L.flags, getCell(ledger.rows, message, L.flags) & ~HELD);
  moved(sim, message, 0xffff_ffff, before);
}

/** The sender learns an outcome. An acknowledgement that arrives when no copy is left is a loss, too. */
export function outcomeKnown(sim: Sim<World>, message: number, outcome: number): void {
  const { ledger } = sim.state;
  messageSent(ledger, message);
  const before = whereaboutsOf(ledger, message);
  count(ledger.outcomes, outcomeOf(ledger, message), -1);
  count(ledger.outcomes, outcome, 1);
  setCell(ledger.rows, message, L.outcome, outcome);
  moved(sim, message, 0xffff_ffff, before);
}

/** A replica's log holds the message once more. */
export function copyAdded(sim: Sim<World>, node: number, message: number, record: number): void {
  const { ledger } = sim.state;
  ensure(ledger, message);
  const before = whereaboutsOf(ledger, message);
  weigh(ledger, node, message, 1);
  moved(sim, message, record, before);
}

/** One copy is gone. By retention a message expires; otherwise an acknowledged one without a copy is lost. */
export function copyGone(
  sim: Sim<World>,
  node: number,
  message: number,
  record: number,
  byRetention = false,
): void {
  const { ledger } = sim.state;
  ensure(ledger, message);
  const before = whereaboutsOf(ledger, message);
  weigh(ledger, node, message, -1);
  if (byRetention) setFlag(ledger, message, RETIRED);
  if (copiesOf(ledger, message) === 0 && !isRetired(ledger, message)) {
    setCell(ledger.rows, message, L.taking, takingNow(sim));
  }
  moved(sim, message, record, before);
}

/**
 * The log of a process counts otherwise from now on. `messages` visits the message of every row of that log.
 */
export function setStanding(
  ledger: Ledger,
  node: number,
  standing: number,
  messages: (visit: (message: number) => void) => void,
): void {
  const old = ledger.standing[node] ?? Standing.serving;
  if (old === standing) return;
  messages((message) => {
    const before = whereaboutsOf(ledger, message);
    if (old !== Standing.withheld) bump(ledger, message, columnOf(old), -1);
    if (standing !== Standing.withheld) bump(ledger, message, columnOf(standing), 1);
    tally(ledger, before, whereaboutsOf(ledger, message));
  });
  while (ledger.standing.length < node) ledger.standing.push(Standing.serving);
  ledger.standing[node] = standing;
}

function weigh(ledger: Ledger, node: number, message: number, by: 1 | -1): void {
  const standing = ledger.standing[node] ?? Standing.serving;
  bump(ledger, message, L.copies, by);
  if (standing !== Standing.withheld) bump(ledger, message, columnOf(standing), by);
}

const columnOf = (standing: number) => (standing === Standing.serving ? L.serving : L.waiting);

function bump(ledger: Ledger, message: number, column: number, by: number): void {
  const value = getCell(ledger.rows, message, column) + by;
  if (value < 0) throw new RangeError(`message ${message} has ${value} copies`);
  setCell(ledger.rows, message, column, value);
}

/** The whereabouts of a message may have changed: count it, and say so when it is lost or found. */
function moved(sim: Sim<World>, message: number, record: number, before: number): void {
  const { ledger } = sim.state;
  const now = whereaboutsOf(ledger, message);
  if (now === before) return;
  tally(ledger, before, now);
  const cause = sim.currentCause;
  if (now === Whereabouts.lost) {
    sim.because(cause, () => sim.emit(messageLost, -1, message, record));
  } else if (before === Whereabouts.lost) {
    sim.because(cause, () => sim.emit(messageFound, -1, message, record));
  }
}

function tally(ledger: Ledger, before: number, now: number): void {
  if (before === now) return;
  if (before !== Whereabouts.none) count(ledger.whereabouts, before, -1);
  if (now !== Whereabouts.none) count(ledger.whereabouts, now, 1);
}

/** Number from 1 of what takes copies now; told with the rules that led to it, as far as the trace is kept. */
function takingNow(sim: Sim<World>): number {
  const { takings } = sim.state.ledger;
  const entry = sim.currentCause;
  if (takings.at(-1)?.entry !== entry && takings.length < TAKINGS_MAX) {
    takings.push({ ...extended(chainTo(entry), (id) => sim.window?.get(id)), atUs: sim.nowUs });
  }
  return takings.length;
}

function ensure(ledger: Ledger, message: number): void {
  while (ledger.rows.length <= message) appendRow(ledger.rows);
}

function setFlag(ledger: Ledger, message: number, flag: number): void {
  setCell(ledger.rows, message, L.flags, getCell(ledger.rows, message, L.flags) | flag);
}

function count(counts: number[], at: number, by: number): void {
  counts[at] = (counts[at] ?? 0) + by;
}
