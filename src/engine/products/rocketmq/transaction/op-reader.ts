import { listAt, messageBornUs, recordMessage, recordPropsOf } from '../../../model/world';
import { maxOffsetOf, minOffsetOf, recordAtOffset } from '../broker/store-state';
import type { Broker, RocketSim } from '../state';
import { queueOfTopic, storedOffset, storeOffset } from './offsets';
import type { CheckPass } from './transaction-state';
import { HALF_TOPIC, OP_TOPIC } from './transaction-topics';

/** `OP_MSG_PULL_NUMS`. */
const OPS_AT_ONCE = 32;

/** Halves behind the stored offset that op messages name. */
export function countEnded(sim: RocketSim, broker: Broker): number {
  const pass = createPass(sim, broker);
  while (readOps(sim, broker, pass));
  return pass.removed.size;
}

export function createPass(sim: RocketSim, broker: Broker): CheckPass {
  const halfOffset = storedOffset(sim, broker, HALF_TOPIC);
  const opOffset = storedOffset(sim, broker, OP_TOPIC);
  return {
    startUs: sim.nowUs,
    halfOffset,
    opOffset,
    at: halfOffset,
    nextOp: opOffset,
    lastOpUs: undefined,
    removed: new Map(),
    openOps: new Map(),
    doneOps: [],
    passed: 0,
    escapeFailures: 0,
  };
}

/**
 * `fillOpRemoveMap`: reads the next op messages into the pass. True when there were any. Offsets below the one that
 * the pass began with are done, so what an op message says of an immune half's former copy is not seen.
 */
export function readOps(sim: RocketSim, broker: Broker, pass: CheckPass): boolean {
  const queue = queueOfTopic(sim, broker, OP_TOPIC);
  pass.lastOpUs = undefined;
  if (queue === undefined || pass.nextOp === maxOffsetOf(queue)) return false;
  const from = Math.min(Math.max(pass.nextOp, minOffsetOf(queue)), maxOffsetOf(queue));
  if (from !== pass.nextOp) {
    // An illegal offset is put right, and nothing is read.
    pass.nextOp = from;
    storeOffset(sim, broker.node, OP_TOPIC, from);
    return false;
  }
  const to = Math.min(from + OPS_AT_ONCE, maxOffsetOf(queue));
  for (let op = from; op < to; op++) takeOp(sim, pass, op, recordAtOffset(queue, op));
  const last = recordMessage(sim.state.arena, recordAtOffset(queue, to - 1));
  pass.lastOpUs = messageBornUs(sim.state.arena, last);
  pass.nextOp = to;
  return true;
}

function takeOp({ state: { arena } }: RocketSim, pass: CheckPass, op: number, record: number): void {
  let halves = 0;
  for (const half of listAt(arena, recordPropsOf(arena, record)?.ref ?? -1)) {
    if (half < pass.halfOffset) continue;
    // An op message may name an offset twice, of a half and of one that hangs in the timer wheel (SC-8).
    if (pass.removed.get(half) === op) continue;
    pass.removed.set(half, op);
    halves++;
  }
  if (halves > 0) pass.openOps.set(op, halves);
  else pass.doneOps.push(op);
}

/** The pass has met a half message that an op message names. */
export function settle(pass: CheckPass, half: number, op: number): void {
  pass.removed.delete(half);
  const left = (pass.openOps.get(op) ?? 1) - 1;
  if (left > 0) {
    pass.openOps.set(op, left);
    return;
  }
  pass.openOps.delete(op);
  pass.doneOps.push(op);
}

/** `checkPrepareQueueOffset`: the first copy of an immune half has ended. True when an op message of the pass says so. */
export function dropFormer(pass: CheckPass, former: number): boolean {
  const op = former < 0 ? undefined : pass.removed.get(former);
  if (op === undefined) return false;
  pass.removed.delete(former);
  pass.doneOps.push(op);
  return true;
}

/** `calculateOpOffset`: behind the op messages that are done without a gap. */
export function opOffsetAfter({ doneOps, opOffset }: CheckPass): number {
  let offset = opOffset;
  for (const done of doneOps.sort((x, y) => x - y)) {
    if (done !== offset) break;
    offset++;
  }
  return offset;
}
