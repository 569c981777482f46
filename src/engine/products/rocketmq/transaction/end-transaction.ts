import { defineEvent, type Handlers } from '../../../core/sim';
import { useCpu } from '../../../model/resources';
import {
  messageBornUs,
  messageProducer,
  queueOf,
  recordMessage,
  recordOffset,
  recordPropsOf,
  type World,
} from '../../../model/world';
import { putInternal } from '../broker/put';
import { holds } from '../broker/retry';
import { brokerOf, isSlave, type PutEnded } from '../broker/store-state';
import { Code, type EndTransaction, endTransaction } from '../protocol';
import type { Incoming } from '../remoting';
import type { Broker, Rocket, RocketSim } from '../state';
import { checkedTo } from './offsets';
import { halfDone } from './ops';
import {
  commitFailed,
  commitMisled,
  commitTaken,
  endPending,
  endRefused,
  endTooLate,
  oldCopyEnded,
  rollbackTaken,
} from './transaction-kinds';
import { HALF_TOPIC } from './transaction-topics';

/** `EndTransactionProcessor`: the second phase. It is a oneway: whatever comes of it, nobody is told. [TX-4, TX-11] */

const END_CPU_NS = 12_000;

const process = defineEvent<EndTransaction>('transaction.end');
const committed = defineEvent<PutEnded<{ readonly half: number }>>('transaction.committed');

function onEnd(sim: RocketSim, node: number, end: EndTransaction): void {
  const broker = brokerOf(sim, node);
  const { record: half, state } = end;
  const refused = refusal(sim, broker, end);
  if (refused !== undefined) {
    sim.emit(endRefused, node, half, refused);
    return;
  }
  if (state === 'UNKNOW') {
    sim.emit(endPending, node, half);
    return;
  }
  const { arena } = sim.state;
  const props = recordPropsOf(arena, half);
  const message = recordMessage(arena, half);
  const ageUs = sim.nowUs - messageBornUs(arena, message);
  if (props === undefined) return;
  if (rejects(sim, broker, end, props.immunityUs, ageUs)) {
    sim.emit(endTooLate, node, half, ageUs);
    return;
  }
  const old = recordOffset(arena, half) < checkedTo(sim, broker);
  if (state === 'ROLLBACK') {
    sim.emit(rollbackTaken, node, half, 1);
    if (old) sim.emit(oldCopyEnded, node, half);
    halfDone(sim, node, half);
    return;
  }
  sim.emit(commitTaken, node, half, props.realQueue);
  if (old) sim.emit(oldCopyEnded, node, half);
  const { topic, queueId } = queueOf(arena, props.realQueue);
  // A half message that was hung into the timer wheel remembers the half topic itself, and keeps what it carries.
  const misled = topic === HALF_TOPIC;
  if (misled && props.checkTimes <= 1) sim.emit(commitMisled, node, half);
  const kept = misled ? { ...props, role: 'half' as const } : undefined;
  const done = { event: committed, context: { half } };
  putInternal(sim, node, { message, topic, queueId, props: kept }, done);
}

/** A slave ends nothing; else the half message must be where the request says, and of the group (`checkPrepareMessage`). */
function refusal(
  sim: RocketSim,
  broker: Broker,
  { record, state, producerGroup }: EndTransaction,
): number | undefined {
  const { arena, product } = sim.state;
  if (isSlave(broker)) return Code.SLAVE_NOT_AVAILABLE;
  // What is pending is not looked for.
  if (state === 'UNKNOW') return undefined;
  if (!holds(sim, broker, record)) return Code.SYSTEM_ERROR;
  const group = product.producers.get(messageProducer(arena, recordMessage(arena, record)))?.spec.group;
  return group === producerGroup ? undefined : Code.SYSTEM_ERROR;
}

/**
 * `rejectCommitOrRollback` (5.x): when the immunity of a half message that has its own is over, only the answer to a
 * check counts. Below transactionTimeOut no immunity is over.
 */
function rejects(
  sim: RocketSim,
  { config }: Broker,
  { fromCheck }: EndTransaction,
  immunityUs: number,
  ageUs: number,
): boolean {
  const overUs = Math.max(immunityUs, config.transactionTimeOut * 1000);
  return sim.state.product.version !== '4.9' && !fromCheck && immunityUs >= 0 && ageUs > overUs;
}

/** Only a message that is stored is taken off the half messages. */
function onCommitted(
  sim: RocketSim,
  node: number,
  { context: { half }, status }: PutEnded<{ readonly half: number }>,
): void {
  if (status === Code.SUCCESS) halfDone(sim, node, half);
  else sim.emit(commitFailed, node, half, status);
}

export function registerEndTransaction(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(endTransaction.event, (sim, node, { body }: Incoming<EndTransaction>) =>
      useCpu(sim, node, END_CPU_NS, process, body),
    )
    .on(process, onEnd)
    .on(committed, onCommitted);
}
