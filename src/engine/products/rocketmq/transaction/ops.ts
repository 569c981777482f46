import { defineEvent, type Handlers } from '../../../core/sim';
import { addList, addMessage, queueOf, recordOffset, recordQueue, type World } from '../../../model/world';
import { RECORD_FIXED_BYTES } from '../batch';
import { putInternal } from '../broker/put';
import { brokerOf, type PutEnded } from '../broker/store-state';
import { Code } from '../protocol';
import type { Broker, Rocket, RocketSim } from '../state';
import { timerBaseUs } from '../timers';
import { checkedTo } from './offsets';
import { opFailed, opsForgotten, opWritten, wrongHalfDone } from './transaction-kinds';
import { HALF_TOPIC, OP_TOPIC } from './transaction-topics';

/**
 * Op messages: which half messages are done (TX-5). 4.9 writes one for each; 5.x collects offsets in memory, and
 * `TransactionalOpBatchService` writes them.
 */

/** Tag `d`, UNIQ_KEY. */
const PROPERTIES_BYTES = 60;

const opRun = defineEvent<{ readonly atUs: number }>('transaction.op-run');
const opPut = defineEvent<PutEnded<{ readonly halves: number }>>('transaction.op-put');

const textBytes = (offset: number) => `${offset},`.length;

/** `TransactionalMessageServiceImpl#deletePrepareMessage`: the half message is done. */
export function halfDone(sim: RocketSim, node: number, half: number): void {
  const broker = brokerOf(sim, node);
  const { transactions } = broker.store.memory;
  const { arena } = sim.state;
  const offset = recordOffset(arena, half);
  if (offset >= checkedTo(sim, broker)) transactions.ended++;
  if (queueOf(arena, recordQueue(arena, half)).topic !== HALF_TOPIC) {
    // A half message that hangs in the timer wheel: the offset is one of another queue.
    transactions.crossed = true;
    sim.because(sim.currentCause, () => sim.emit(wrongHalfDone, node, half, offset));
  }
  if (sim.state.product.version === '4.9') {
    putOp(sim, node, [offset]);
    return;
  }
  transactions.ops.push(offset);
  transactions.opBytes += textBytes(offset);
  transactions.opWrittenUs ??= sim.nowUs;
  // A full message wakes the thread, whose waits then count from here.
  if (transactions.opBytes > broker.config.transactionOpMsgMaxSize) run(sim, broker);
  else arm(sim, broker);
}

/** The thread wakes each interval, and writes when its last op message is an interval old. */
function arm(sim: RocketSim, broker: Broker): void {
  const { node, config } = broker;
  const { transactions } = broker.store.memory;
  if (transactions.ops.length === 0 || Number.isFinite(transactions.opAtUs)) return;
  const base = transactions.opBaseUs ?? timerBaseUs(sim, node);
  const periodUs = config.transactionOpBatchInterval * 1000;
  const fromUs = Math.max(sim.nowUs, (transactions.opWrittenUs ?? sim.nowUs) + periodUs);
  transactions.opAtUs = periodUs === 0 ? fromUs : base + Math.ceil((fromUs - base) / periodUs) * periodUs;
  sim.at(transactions.opAtUs, node, opRun, { atUs: transactions.opAtUs });
}

/** `batchSendOpMessage`: one op message; more while what is left fills another. */
function run(sim: RocketSim, broker: Broker): void {
  const { transactions } = broker.store.memory;
  const sizeMax = broker.config.transactionOpMsgMaxSize;
  const cause = sim.currentCause;
  transactions.opAtUs = Number.POSITIVE_INFINITY;
  transactions.opBaseUs = sim.nowUs;
  transactions.opWrittenUs = sim.nowUs;
  do {
    let [count, bytes] = [0, 0];
    while (count < transactions.ops.length && (count === 0 || bytes < sizeMax)) {
      bytes += textBytes(transactions.ops[count++] as number);
    }
    const halves = transactions.ops.splice(0, count);
    transactions.opBytes -= bytes;
    sim.because(cause, () => putOp(sim, broker.node, halves));
  } while (transactions.ops.length > 0 && transactions.opBytes >= sizeMax);
  arm(sim, broker);
}

function putOp(sim: RocketSim, node: number, halves: readonly number[]): void {
  const { arena } = sim.state;
  const bytes = halves.reduce((sum, offset) => sum + textBytes(offset), 0);
  const message = addMessage(arena, {
    bornUs: sim.nowUs,
    producer: node,
    topic: OP_TOPIC,
    key: '',
    tag: 'd',
    bytes,
    size: RECORD_FIXED_BYTES + bytes + OP_TOPIC.length + PROPERTIES_BYTES,
    wait: false,
  });
  const props = { role: 'op', ref: addList(arena, halves) } as const;
  const done = { event: opPut, context: { halves: halves.length } };
  putInternal(sim, node, { message, topic: OP_TOPIC, queueId: 0, props }, done);
}

/** The process is gone, and with it what it had not written down. [TX-12] */
export function tellOpsForgotten(sim: RocketSim, { node, store: { memory } }: Broker): void {
  const { length } = memory.transactions.ops;
  if (length > 0) sim.emit(opsForgotten, node, length);
}

export function registerOps(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(opRun, (sim, node, { atUs }) => {
      const broker = brokerOf(sim, node);
      const { closed, transactions } = broker.store.memory;
      // A shutdown ends the thread before the store closes.
      if (transactions.opAtUs === atUs && !closed) run(sim, broker);
    })
    .on(opPut, (sim, node, { context: { halves }, status, record }) => {
      if (status === Code.SUCCESS) sim.emit(opWritten, node, record, halves);
      else sim.emit(opFailed, node, halves, status);
    });
}
