import type { Sim } from '../core/sim';
import { appendRow, getCell, setCell } from '../core/table';
import { promiseGiven, promiseHeld } from '../model/ledger';
import { messageTopic, queueOf, recordMessage, recordPropsOf, recordQueue, type World } from '../model/world';
import { committedUnseen, rolledBackSeen } from './judge-kinds';
import type { Transactions } from './transaction-notes';

const PREPARED = 1;
const HALF = 2;
const COMMITTED = 4;
const ROLLED_BACK = 8;
const SEEN = 16;
/** The brokers were told that nobody is to see it. */
const WITHDRAWN = 32;
/** The brokers have given it up without knowing. */
const GIVEN_UP = 64;

const flagsOf = ({ flags }: Transactions, message: number) =>
  message < flags.length ? getCell(flags, message, 0) : 0;

const isUnresolved = (flags: number) => (flags & HALF) !== 0 && (flags & (SEEN | WITHDRAWN)) === 0;
const isUnseen = (flags: number) =>
  (flags & COMMITTED) !== 0 && (flags & SEEN) === 0 && (flags & (WITHDRAWN | GIVEN_UP)) !== 0;
const isWronglySeen = (flags: number) => (flags & ROLLED_BACK) !== 0 && (flags & SEEN) !== 0;

export function onPrepared(sim: Sim<World>, transactions: Transactions, message: number): void {
  while (transactions.flags.length <= message) appendRow(transactions.flags);
  promiseHeld(sim.state.ledger, message);
  note(sim, transactions, message, PREPARED);
}

/** The local transaction has ended. A commit of it is not told as broken yet: its sender is about to say so. */
export function onTransacted(
  sim: Sim<World>,
  transactions: Transactions,
  message: number,
  committed: boolean,
): void {
  if (committed) promiseGiven(sim, message);
  note(sim, transactions, message, committed ? COMMITTED : ROLLED_BACK, !committed);
}

/** A record was stored: a half, or one that consumers can see. */
export function onTransactionStored(sim: Sim<World>, transactions: Transactions, record: number): void {
  const { arena } = sim.state;
  const message = recordMessage(arena, record);
  if (flagsOf(transactions, message) === 0) return;
  const role = recordPropsOf(arena, record)?.role;
  // Of a transaction only the half can be hung into a timer wheel.
  if (role === 'half' || role === 'timed') note(sim, transactions, message, HALF);
  else if (queueOf(arena, recordQueue(arena, record)).topic === messageTopic(arena, message)) {
    note(sim, transactions, message, SEEN);
  }
}

export function onWithdrawn(
  sim: Sim<World>,
  transactions: Transactions,
  record: number,
  known: boolean,
): void {
  note(sim, transactions, recordMessage(sim.state.arena, record), known ? WITHDRAWN : GIVEN_UP);
}

function note(
  sim: Sim<World>,
  transactions: Transactions,
  message: number,
  flag: number,
  aloud = true,
): void {
  const before = flagsOf(transactions, message);
  if (message >= transactions.flags.length || (before & flag) !== 0) return;
  const now = before | flag;
  setCell(transactions.flags, message, 0, now);
  transactions.unresolved += Number(isUnresolved(now)) - Number(isUnresolved(before));
  const [unseen, wronglySeen] = [isUnseen(now), isWronglySeen(now)];
  transactions.broken +=
    Number(unseen) + Number(wronglySeen) - Number(isUnseen(before)) - Number(isWronglySeen(before));
  const kind = unseen && !isUnseen(before) ? committedUnseen : rolledBackSeen;
  const told = kind === committedUnseen || (wronglySeen && !isWronglySeen(before));
  if (aloud && told) sim.because(sim.currentCause, () => sim.emit(kind, -1, message));
}
