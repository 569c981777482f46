import { defineEvent, type Handlers } from '../../../core/sim';
import { physAt } from '../../../model/log';
import { recordEnd, type World } from '../../../model/world';
import { armDispatch } from '../broker/dispatch';
import { answerPut, refusePut } from '../broker/put-answer';
import { brokerOf, type WaitingPut } from '../broker/store-state';
import { Code } from '../protocol';
import type { Rocket, RocketSim } from '../state';
import { committedLate, entriesCommitted, putsForgotten, quorumTimedOut } from './dledger-kinds';
import { endIndex, nodesOf } from './group';

/**
 * `QuorumAckChecker`: an entry is committed when a majority has it in memory; the put that made it is answered then,
 * or given up after 2.5 s, while the entry stays and may be committed later (HA-21, HA-22).
 */

/** `DLedgerConfig.maxWaitAckTimeMs`. */
const WAIT_US = 2_500_000;
const GIVEN_UP_MAX = 10_000;
const NEVER = Number.POSITIVE_INFINITY;

const deadline = defineEvent<Record<string, never>>('dledger.put-deadline');

/** A put is in the leader's log: it is answered when a majority has it. */
export function awaitQuorum(sim: RocketSim, node: number, put: WaitingPut): void {
  const { memory } = brokerOf(sim, node).store;
  memory.waits.set(put.record, put);
  memory.raft.pending.push(put.record);
  armDeadline(sim, node);
}

/** The quorum's mark: what a majority of the group has at least. */
export function advanceCommit(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { raft } = broker.store.memory;
  const marks = nodesOf(sim, broker).map(({ node: one }) =>
    one === node ? endIndex(broker) + 1 : (raft.peers.get(one)?.acked ?? 0),
  );
  marks.sort((x, y) => y - x);
  const mark = marks[Math.floor(marks.length / 2)] ?? 0;
  if (commitTo(sim, node, mark)) settle(sim, node);
}

/** The node knows that a majority has the first `rows` of its log. True when that is news. */
export function commitTo(sim: RocketSim, node: number, rows: number): boolean {
  const broker = brokerOf(sim, node);
  const { raft } = broker.store.disk;
  const to = Math.min(rows, endIndex(broker) + 1);
  if (to <= raft.committed) return false;
  if (broker.store.memory.raft.role === 'leader') sim.emit(entriesCommitted, node, to, to - raft.committed);
  raft.committed = to;
  sim.because(sim.currentCause, () => armDispatch(sim, node));
  return true;
}

function settle(sim: RocketSim, node: number): void {
  const { memory, log, disk } = brokerOf(sim, node).store;
  const { raft } = memory;
  const committedPhys = physAt(sim.state, log, disk.raft.committed);
  const cause = sim.currentCause;
  let count = 0;
  for (const record of raft.pending) {
    const put = memory.waits.get(record);
    if ((put?.endPhys ?? recordEnd(sim.state.arena, record)) > committedPhys) break;
    count++;
    if (put === undefined) {
      if (raft.givenUp.delete(record)) sim.because(cause, () => sim.emit(committedLate, node, record));
      continue;
    }
    memory.waits.delete(record);
    sim.because(cause, () => answerPut(sim, node, put));
  }
  raft.pending.splice(0, count);
}

function armDeadline(sim: RocketSim, node: number): void {
  const { memory } = brokerOf(sim, node).store;
  const { raft } = memory;
  if (Number.isFinite(raft.deadlineUs)) return;
  for (const record of raft.pending) {
    const put = memory.waits.get(record);
    if (put === undefined) continue;
    raft.deadlineUs = Math.max(sim.nowUs, put.storedUs + WAIT_US);
    sim.at(raft.deadlineUs, node, deadline, {});
    return;
  }
}

/** Puts that are given up stay in the list, so that their late commit is noticed. */
function onDeadline(sim: RocketSim, node: number): void {
  const { memory } = brokerOf(sim, node).store;
  const { raft } = memory;
  raft.deadlineUs = NEVER;
  const old = sim.state.product.version === '4.9';
  const cause = sim.currentCause;
  for (const record of raft.pending) {
    const put = memory.waits.get(record);
    if (put === undefined) continue;
    if (sim.nowUs < put.storedUs + WAIT_US) break;
    memory.waits.delete(record);
    if (raft.givenUp.size < GIVEN_UP_MAX) raft.givenUp.add(record);
    sim.because(cause, () => {
      sim.emit(quorumTimedOut, node, put.message, record);
      if (old)
        refusePut(
          sim,
          node,
          put,
          Code.SYSTEM_BUSY,
          '[PC_SYNCHRONIZED]broker busy, start flow control for a while',
        );
      else refusePut(sim, node, put, Code.SYSTEM_ERROR, 'in-sync replicas are not enough');
    });
  }
  armDeadline(sim, node);
}

/** A node that leads no more answers none of its pending puts: only a leader's checker does. */
export function forgetPuts(sim: RocketSim, node: number): void {
  const { memory } = brokerOf(sim, node).store;
  const { raft } = memory;
  const waiting = raft.pending.flatMap((record) => memory.waits.get(record) ?? []);
  raft.pending = [];
  raft.givenUp.clear();
  if (waiting.length === 0) return;
  const cause = sim.currentCause;
  sim.because(cause, () => sim.emit(putsForgotten, node, waiting.length));
  for (const put of waiting) {
    memory.waits.delete(put.record);
    // A service of the broker's own tries again.
    if (put.done !== undefined)
      sim.because(cause, () => refusePut(sim, node, put, Code.SYSTEM_ERROR, 'TERM_CHANGED'));
  }
}

export function registerQuorum(handlers: Handlers<World<Rocket>>): void {
  handlers.on(deadline, onDeadline);
}
