import { defineEvent, type Handlers } from '../../../core/sim';
import { useCpu } from '../../../model/resources';
import {
  messageBornUs,
  queueOf,
  recordMessage,
  recordPropsOf,
  recordStoredUs,
  type World,
} from '../../../model/world';
import { putInternal } from '../broker/put';
import { putEscaping } from '../broker/put-escape';
import { actsAsMaster, runsSpecialServices } from '../broker/special-services';
import {
  brokerOf,
  isSlave,
  maxOffsetOf,
  minOffsetOf,
  type PutEnded,
  recordAtOffset,
  topicConfigOf,
} from '../broker/store-state';
import { createGroupTopic } from '../broker/topics';
import { Code } from '../protocol';
import type { Broker, Rocket, RocketSim } from '../state';
import { ask } from './ask';
import { armCheck, checkRun } from './check-duty';
import { queueOfTopic, storeOffset } from './offsets';
import { countEnded, createPass, dropFormer, opOffsetAfter, readOps, settle } from './op-reader';
import {
  checkBegun,
  halfChecked,
  halfEscaped,
  halfFirstChecked,
  halfImmune,
  halfParked,
  scanStopped,
} from './transaction-kinds';
import type { CheckPass } from './transaction-state';
import { CHECK_MAX_TOPIC, HALF_TOPIC, OP_TOPIC } from './transaction-topics';

/**
 * `TransactionalMessageCheckService` and `TransactionalMessageServiceImpl#check`: what has not ended is asked about,
 * pass by pass (TX-6, TX-8). A pass that would find nothing is not scheduled.
 */

/** `MAX_PROCESS_TIME_LIMIT`, `SLEEP_WHILE_NO_OP`. */
const PASS_MAX_US = 60_000_000;
const NO_OP_WAIT_US = 1_000_000;
/** 4.9 does not pause: it looks again, and its clock counts milliseconds. */
const CLOCK_US = 1_000;
/** `MAX_RETRY_TIMES_FOR_ESCAPE`. */
const ESCAPES_MAX = 10;
/** A put that fails is tried again and again; how often a second is an assumption. */
const PUT_AGAIN_US = 1_000_000;
/** Reading a half message and putting it anew. */
const MOVE_CPU_NS = 10_000;
const HOUR_US = 3_600_000_000;

/** Why a half message is written anew. */
type Why = 'check' | 'immune' | 'parked' | 'escape';
interface Move {
  readonly at: number;
  readonly why: Why;
  readonly startUs: number;
}
const passGoesOn = defineEvent<{ readonly startUs: number }>('transaction.check-goes-on');
const halfMoves = defineEvent<Move>('transaction.half-moves');
const halfMoved = defineEvent<PutEnded<Move>>('transaction.half-moved');

function onCheck(sim: RocketSim, node: number, { atUs }: { readonly atUs: number }): void {
  const broker = brokerOf(sim, node);
  const { transactions } = broker.store.memory;
  if (transactions.checkAtUs !== atUs) return;
  transactions.checkAtUs = Number.POSITIVE_INFINITY;
  if (!runsSpecialServices(broker)) return;
  const pass = createPass(sim, broker);
  transactions.pass = pass;
  sim.emit(checkBegun, node, Math.max(0, maxOffsetOf(queueOfTopic(sim, broker, HALF_TOPIC)) - pass.at));
  readOps(sim, broker, pass);
  goOn(sim, broker, pass);
}

/** From where the pass is to its end, or to where it has to wait. */
function goOn(sim: RocketSim, broker: Broker, pass: CheckPass): void {
  const { node, config } = broker;
  const { arena } = sim.state;
  while (sim.nowUs - pass.startUs <= PASS_MAX_US && runsSpecialServices(broker)) {
    const op = pass.removed.get(pass.at);
    if (op !== undefined) {
      settle(pass, pass.at++, op);
      pass.passed++;
      continue;
    }
    const queue = queueOfTopic(sim, broker, HALF_TOPIC);
    if (queue === undefined || pass.at >= maxOffsetOf(queue)) {
      pass.at = maxOffsetOf(queue);
      break;
    }
    if (pass.at < minOffsetOf(queue)) {
      pass.at = minOffsetOf(queue);
      continue;
    }
    const half = recordAtOffset(queue, pass.at);
    const props = recordPropsOf(arena, half);
    if (props === undefined) throw new RangeError(`record ${half} is no half message`);
    if (isSlave(broker) && actsAsMaster(broker)) {
      move(sim, broker, pass, 'escape');
      return;
    }
    const ageUs = sim.nowUs - messageBornUs(arena, recordMessage(arena, half));
    if (props.checkTimes >= config.transactionCheckMax || ageUs > config.fileReservedTime * HOUR_US) {
      move(sim, broker, pass, 'parked');
      return;
    }
    if (recordStoredUs(arena, half) >= pass.startUs) break;
    const timeOutUs = config.transactionTimeOut * 1000;
    const immunityUs = props.immunityUs >= 0 ? props.immunityUs : timeOutUs;
    if (ageUs < immunityUs) {
      if (props.immunityUs < 0) {
        sim.emit(scanStopped, node, half, ageUs);
        break;
      }
      if (dropFormer(pass, props.ref)) {
        pass.at++;
        continue;
      }
      move(sim, broker, pass, 'immune');
      return;
    }
    const { lastOpUs } = pass;
    const asks = lastOpUs === undefined ? ageUs > immunityUs : lastOpUs - pass.startUs > timeOutUs;
    if (asks) {
      move(sim, broker, pass, 'check');
      return;
    }
    if (!readOps(sim, broker, pass)) {
      const version4 = sim.state.product.version === '4.9';
      if (version4 && ageUs > immunityUs) continue;
      wait(sim, broker, pass, version4 ? CLOCK_US : NO_OP_WAIT_US);
      return;
    }
  }
  end(sim, broker, pass);
}

function wait(sim: RocketSim, { node }: Broker, { startUs }: CheckPass, us: number): void {
  sim.after(us, node, passGoesOn, { startUs });
}

function move(sim: RocketSim, { node }: Broker, { at, startUs }: CheckPass, why: Why): void {
  useCpu(sim, node, MOVE_CPU_NS, halfMoves, { at, why, startUs });
}

/** The pass that a step belongs to; undefined when it is over. */
function passOf(sim: RocketSim, node: number, startUs: number): CheckPass | undefined {
  const { pass } = brokerOf(sim, node).store.memory.transactions;
  return pass?.startUs === startUs ? pass : undefined;
}

/** The half message is written anew: to the end of its queue, where nobody asks about it, or to another master. */
function onMoves(sim: RocketSim, node: number, moves: Move): void {
  const broker = brokerOf(sim, node);
  const pass = passOf(sim, node, moves.startUs);
  const queue = queueOfTopic(sim, broker, HALF_TOPIC);
  if (pass === undefined || queue === undefined) return;
  const half = recordAtOffset(queue, pass.at);
  const { arena } = sim.state;
  const props = recordPropsOf(arena, half);
  if (props === undefined) return;
  const put = { message: recordMessage(arena, half), topic: HALF_TOPIC, queueId: 0, props };
  const done = { event: halfMoved, context: moves };
  const counted = { ...props, checkTimes: props.checkTimes + 1 };
  if (moves.why === 'escape') {
    // `buildTransactionalMessageFromHalfMessage`: the other master makes a half message of it.
    const { topic, queueId } = queueOf(arena, props.realQueue);
    const { immunityUs, checkTimes } = props;
    const anew = {
      message: put.message,
      topic,
      queueId,
      props: { role: 'half', immunityUs, checkTimes },
    } as const;
    putEscaping(sim, node, anew, done);
  } else if (moves.why === 'check') putInternal(sim, node, { ...put, props: counted }, done);
  else if (moves.why === 'immune') {
    // `renewImmunityHalfMessageInner`: it remembers the first copy, and the pass has counted it already.
    const ref = props.ref >= 0 ? props.ref : pass.at;
    putInternal(sim, node, { ...put, props: { ...counted, ref } }, done);
  } else {
    ensureParkingTopic(sim, broker);
    const parked = { ...put, topic: CHECK_MAX_TOPIC, props: { ...props, role: 'discarded' as const } };
    putInternal(sim, node, parked, done);
  }
}

/** `createTopicOfTranCheckMaxTime`: one queue, made when it is needed first. */
function ensureParkingTopic(sim: RocketSim, broker: Broker): void {
  if (topicConfigOf(broker, CHECK_MAX_TOPIC) !== undefined) return;
  sim.because(sim.currentCause, () => createGroupTopic(sim, broker.node, CHECK_MAX_TOPIC, 1));
}

function onMoved(sim: RocketSim, node: number, { context, status, record }: PutEnded<Move>): void {
  const broker = brokerOf(sim, node);
  const pass = passOf(sim, node, context.startUs);
  if (pass === undefined) return;
  const { why } = context;
  const stored = status === Code.SUCCESS;
  const waitUs = stored ? undefined : againUs(pass, why);
  if (waitUs !== undefined) {
    wait(sim, broker, pass, waitUs);
    return;
  }
  const cause = sim.currentCause;
  pass.escapeFailures = 0;
  if (stored)
    sim.because(cause, () => tell(sim, broker, why, why === 'escape' ? halfAt(sim, broker, pass) : record));
  // Its end is known in memory only: the copy will be asked about all the same.
  if (broker.store.memory.transactions.ops.includes(pass.at)) pass.passed++;
  pass.at++;
  sim.because(cause, () => goOn(sim, broker, pass));
}

/** When a half that could not be written is tried again; undefined: it is passed over, as what cannot be parked is. */
function againUs(pass: CheckPass, why: Why): number | undefined {
  if (why === 'parked') return undefined;
  if (why !== 'escape') return PUT_AGAIN_US;
  if (pass.escapeFailures >= ESCAPES_MAX) return undefined;
  // The product means to double its pause and writes `2 ^ n`, which is an exclusive or.
  return 100_000 * (2 ^ ++pass.escapeFailures);
}

function halfAt(sim: RocketSim, broker: Broker, { at }: CheckPass): number {
  const queue = queueOfTopic(sim, broker, HALF_TOPIC);
  if (queue === undefined) throw new RangeError('no half queue');
  return recordAtOffset(queue, at);
}

function tell(sim: RocketSim, broker: Broker, why: Why, record: number): void {
  const { node } = broker;
  const { arena } = sim.state;
  const { checkTimes = 0, immunityUs = 0 } = recordPropsOf(arena, record) ?? {};
  const ageUs = sim.nowUs - messageBornUs(arena, recordMessage(arena, record));
  if (why === 'escape') sim.emit(halfEscaped, node, record);
  else if (why === 'parked') sim.emit(halfParked, node, record, 0);
  else if (why === 'immune') sim.emit(halfImmune, node, record, immunityUs - ageUs);
  else {
    if (checkTimes === 1) sim.emit(halfFirstChecked, node, record, ageUs);
    else sim.emit(halfChecked, node, record, checkTimes);
    ask(sim, broker, record);
  }
}

/** The offsets are kept, and the thread waits for an interval. */
function end(sim: RocketSim, broker: Broker, pass: CheckPass): void {
  const { node } = broker;
  const { transactions } = broker.store.memory;
  const opOffset = opOffsetAfter(pass);
  if (pass.at !== pass.halfOffset) storeOffset(sim, node, HALF_TOPIC, pass.at);
  if (opOffset !== pass.opOffset) storeOffset(sim, node, OP_TOPIC, opOffset);
  transactions.pass = undefined;
  if (transactions.crossed) transactions.ended = countEnded(sim, broker);
  else transactions.ended -= pass.passed;
  if (sim.nowUs > pass.startUs) transactions.checkBaseUs = sim.nowUs;
  armCheck(sim, node, sim.nowUs + 1);
}

export function registerChecks(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(checkRun, onCheck)
    .on(passGoesOn, (sim, node, { startUs }) => {
      const pass = passOf(sim, node, startUs);
      if (pass !== undefined) goOn(sim, brokerOf(sim, node), pass);
    })
    .on(halfMoves, onMoves)
    .on(halfMoved, onMoved);
}
