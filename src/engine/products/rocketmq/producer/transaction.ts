import type { Kind } from '../../../core/kinds';
import { defineEvent, type Handlers } from '../../../core/sim';
import { appendRow, getCell, setCell, type Table } from '../../../core/table';
import { Outcome } from '../../../model/ledger';
import { reserveCpu } from '../../../model/resources';
import {
  internText,
  messageBornUs,
  messageProducer,
  queueOf,
  recordMessage,
  recordPropsOf,
  type World,
} from '../../../model/world';
import type { CheckAnswer, TransactionOutcome } from '../../../scenario/types';
import { findBrokerInPublish } from '../client/route-tables';
import { databaseOf, useDatabase } from '../consumer/business';
import { checkTransactionState, endTransaction, type LocalState } from '../protocol';
import { type Incoming, oneway } from '../remoting';
import type { Producer, Rocket, RocketSim } from '../state';
import { timerBaseUs } from '../timers';
import { noteEnd } from '../trace/hooks';
import type { SendCall } from './producer-state';
import { ended, halfEnded } from './send-end';
import {
  checkAnswered,
  checkUnheard,
  endSent,
  endUnsent,
  localAborted,
  localBegun,
  localCommitted,
  localNeverRun,
  localRolledBack,
  localSkipped,
} from './transaction-kinds';

/**
 * `sendMessageInTransaction` behind its half message: the local transaction, the second phase, and the answers to
 * brokers that ask back (TX-1, TX-2, TX-7).
 */

/** A listener that looks something up. */
const CHECK_CPU_NS = 5_000;
/** Header fields of END_TRANSACTION. */
const END_BYTES = 200;

const worked = defineEvent<{ readonly call: SendCall }>('transaction.worked');
const written = defineEvent<{ readonly call: SendCall }>('transaction.written');
const lookedUp = defineEvent<{ readonly from: number; readonly record: number }>('transaction.looked-up');

/** COMMIT and UNKNOW have written the business's data. */
const WRITES: Readonly<Record<TransactionOutcome, boolean>> = {
  commit: true,
  unknown: true,
  rollback: false,
  exception: false,
};
const STATE: Readonly<Record<TransactionOutcome, LocalState>> = {
  commit: 'COMMIT',
  rollback: 'ROLLBACK',
  unknown: 'UNKNOW',
  exception: 'UNKNOW',
};

/** The half message has its answer. */
function onHalfEnded(
  sim: RocketSim,
  node: number,
  { call, outcome }: { readonly call: SendCall; readonly outcome: number },
): void {
  const producer = sim.state.product.producers.get(node);
  if (producer === undefined || call.half === undefined) return;
  if (outcome === Outcome.failed) {
    conclude(sim, producer, call, localNeverRun, false);
    ended(sim, producer, call);
  } else if (outcome === Outcome.sendOk) {
    const { takesUs } = call.half.local;
    producer.state.transactions.set(call.message, 'local');
    sim.emit(localBegun, node, call.message, takesUs);
    sim.after(takesUs, node, worked, { call });
  } else {
    conclude(sim, producer, call, localSkipped, false);
    tellBroker(sim, producer, call, 'ROLLBACK');
    ended(sim, producer, call);
  }
}

/** The work is done: its data is written, which takes the database's time, or it is given up. */
function onWorked(sim: RocketSim, node: number, { call }: { readonly call: SendCall }): void {
  const half = call.half;
  if (half === undefined) return;
  const doneUs = WRITES[half.outcome] ? useDatabase(sim, { spec: half.local }, 1) : undefined;
  if (doneUs === undefined) onWritten(sim, node, { call });
  else sim.at(doneUs, node, written, { call });
}

/** `executeLocalTransaction` returns, or throws. */
function onWritten(sim: RocketSim, node: number, { call }: { readonly call: SendCall }): void {
  const producer = sim.state.product.producers.get(node);
  if (producer === undefined || call.half === undefined) return;
  const { outcome, local } = call.half;
  const writes = WRITES[outcome];
  if (writes) mark(databaseOf(sim, local)?.transactions ?? producer.state.remembered, call.message);
  conclude(sim, producer, call, writes ? localCommitted : localRolledBack, writes);
  tellBroker(sim, producer, call, STATE[outcome]);
  ended(sim, producer, call);
}

function conclude(
  sim: RocketSim,
  { node, state }: Producer,
  { message }: SendCall,
  kind: Kind,
  committed: boolean,
): void {
  state.transactions.delete(message);
  sim.emit(kind, node, message, committed ? 1 : 0);
}

/** `DefaultMQProducerImpl#endTransaction`: to the broker that has the half message. [TX-2] */
function tellBroker(sim: RocketSim, producer: Producer, call: SendCall, state: LocalState): void {
  const { node, spec, client } = producer;
  const { message, record } = call;
  const to = record < 0 ? undefined : findBrokerInPublish(client, brokerNameOf(sim, record));
  sim.emit(to === undefined ? endUnsent : endSent, node, message, internText(sim.state.arena, state));
  if (producer.trace !== undefined) noteEnd(sim, producer, message, state, false);
  if (to === undefined) return;
  const body = { producerGroup: spec.group, record, state, fromCheck: false };
  oneway(sim, node, to, endTransaction, body, { bytes: END_BYTES, message });
}

/** The broker of the `MessageQueue` in the answer. */
function brokerNameOf({ state: { arena } }: RocketSim, record: number): string {
  const props = recordPropsOf(arena, record);
  return props === undefined ? '' : queueOf(arena, props.realQueue).group;
}

/** The process is gone: what its transactions had not committed is rolled back by the database. [EN-18] */
export function abortTransactions(sim: RocketSim, { node, state }: Producer): void {
  const cause = sim.currentCause;
  for (const message of state.transactions.keys()) {
    sim.because(cause, () => sim.emit(localAborted, node, message, 0));
  }
  state.transactions = new Map();
}

/** `ClientRemotingProcessor#checkTransactionState`: the listener is asked in a pool of its own. [TX-7] */
function onCheck(
  sim: RocketSim,
  node: number,
  { from, body: { record } }: Incoming<{ readonly record: number }>,
): void {
  const producer = sim.state.product.producers.get(node);
  if (producer === undefined) return;
  if (producer.spec.mode !== 'transaction') {
    sim.emit(checkUnheard, node, recordMessage(sim.state.arena, record));
    return;
  }
  const doneUs = reserveCpu(sim, node, CHECK_CPU_NS);
  const { latencyUs = 0 } = databaseOf(sim, producer.spec.localTransaction) ?? {};
  sim.at(doneUs + latencyUs, node, lookedUp, { from, record });
}

function onLookedUp(
  sim: RocketSim,
  node: number,
  { from, record }: { readonly from: number; readonly record: number },
): void {
  const producer = sim.state.product.producers.get(node);
  if (producer === undefined) return;
  const { spec, state } = producer;
  const { arena } = sim.state;
  const message = recordMessage(arena, record);
  const { answers } = spec.localTransaction;
  const answer = answers[state.checksAnswered++ % answers.length] as CheckAnswer;
  const local = answer === 'truth' ? truth(sim, producer, message) : STATE[answer];
  sim.emit(checkAnswered, node, message, internText(arena, local));
  if (producer.trace !== undefined) noteEnd(sim, producer, message, local, true);
  const body = { producerGroup: spec.group, record, state: local, fromCheck: true };
  oneway(sim, node, from, endTransaction, body, { bytes: END_BYTES, message });
}

/**
 * What an honest listener finds. Data that is there is committed. Data that is not there will never be, unless the
 * sender is still at it; and who cannot look where the sender writes does not know: another database, or the memory
 * of another process.
 */
function truth(sim: RocketSim, asked: Producer, message: number): LocalState {
  const { arena, product } = sim.state;
  const { localTransaction } = asked.spec;
  const database = databaseOf(sim, localTransaction);
  if (isMarked(database?.transactions ?? asked.state.remembered, message)) return 'COMMIT';
  const sender = product.producers.get(messageProducer(arena, message));
  const looksInPlace =
    database === undefined
      ? sender === asked && messageBornUs(arena, message) >= timerBaseUs(sim, asked.node)
      : sender?.spec.localTransaction.database === localTransaction.database;
  if (!looksInPlace || sender?.state.transactions.has(message)) return 'UNKNOW';
  return 'ROLLBACK';
}

function mark(table: Table, row: number): void {
  while (table.length <= row) appendRow(table);
  setCell(table, row, 0, 1);
}

const isMarked = (table: Table, row: number) => row < table.length && getCell(table, row, 0) === 1;

export function registerTransactions(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(halfEnded, onHalfEnded)
    .on(worked, onWorked)
    .on(written, onWritten)
    .on(checkTransactionState.event, onCheck)
    .on(lookedUp, onLookedUp);
}
