import type { Handlers } from '../../../core/sim';
import { reserveCpu } from '../../../model/resources';
import type { World } from '../../../model/world';
import type { BrokerService } from '../broker/service-state';
import { brokerOf, queueNumberOf } from '../broker/store-state';
import { defineRequest, type Incoming, reply } from '../remoting';
import type { Rocket, RocketSim } from '../state';
import { LOCK_LIVES_US, type QueueLock } from './lock-table';
import { lockGranted, lockLeftBehind, lockRefused, lockReleased, lockTaken } from './orderly-kinds';

/** `RebalanceLockManager`: which client may consume a queue in order. In the memory of one broker only. [OR-2] */

const LOCK_CPU_NS = 5_000;

interface LockBatch {
  readonly group: string;
  readonly clientId: string;
  readonly queues: readonly { readonly topic: string; readonly queueId: number }[];
}
/** Answers with the queues, by number, that the client holds now. */
export const lockBatchMq = defineRequest<LockBatch, readonly number[]>('LOCK_BATCH_MQ');
export const unlockBatchMq = defineRequest<LockBatch>('UNLOCK_BATCH_MQ');

/** A group with a lock that has not expired consumes in order (`isLockAllExpired`). [OR-7] */
export function holdsLocks({ locks }: BrokerService, group: string, nowUs: number): boolean {
  return [...(locks.get(group)?.values() ?? [])].some(({ lastUs }) => nowUs - lastUs <= LOCK_LIVES_US);
}

function onLock(sim: RocketSim, node: number, request: Incoming<LockBatch>): void {
  reserveCpu(sim, node, LOCK_CPU_NS);
  const { group, queues } = request.body;
  const broker = brokerOf(sim, node);
  const { locks } = broker.service;
  let table = locks.get(group);
  if (table === undefined) {
    table = new Map();
    locks.set(group, table);
  }
  const granted: number[] = [];
  const cause = sim.currentCause;
  for (const { topic, queueId } of queues) {
    const queue = queueNumberOf(sim, broker, topic, queueId);
    if (sim.because(cause, () => lock(sim, node, request, table, queue))) granted.push(queue);
  }
  reply(sim, node, request, { body: granted });
}

/** A lock is given when it is free, one's own, or expired. */
function lock(
  sim: RocketSim,
  node: number,
  { from, body: { clientId, group } }: Incoming<LockBatch>,
  table: Map<number, QueueLock>,
  queue: number,
): boolean {
  const known = table.get(queue);
  if (known !== undefined && known.clientId !== clientId) {
    const ageUs = sim.nowUs - known.lastUs;
    if (ageUs <= LOCK_LIVES_US) {
      sim.emit(lockRefused, node, queue, ageUs);
      const members = brokerOf(sim, node).service.groups.get(group)?.channels.values() ?? [];
      const left = ![...members].some((member) => member.clientId === known.clientId);
      if (left) sim.emit(lockLeftBehind, node, queue, LOCK_LIVES_US - ageUs);
      return false;
    }
    sim.emit(lockTaken, node, queue, ageUs);
  }
  if (known === undefined || known.clientId !== clientId) sim.emit(lockGranted, node, queue, from);
  table.set(queue, { clientId, holder: from, lastUs: sim.nowUs });
  return true;
}

function onUnlock(sim: RocketSim, node: number, request: Incoming<LockBatch>): void {
  reserveCpu(sim, node, LOCK_CPU_NS);
  const { group, clientId, queues } = request.body;
  const broker = brokerOf(sim, node);
  const table = broker.service.locks.get(group);
  const cause = sim.currentCause;
  for (const { topic, queueId } of queues) {
    const queue = queueNumberOf(sim, broker, topic, queueId);
    if (table?.get(queue)?.clientId !== clientId) continue;
    table.delete(queue);
    sim.because(cause, () => sim.emit(lockReleased, node, queue, request.from));
  }
  reply(sim, node, request, { body: undefined });
}

export function registerLocks(handlers: Handlers<World<Rocket>>): void {
  handlers.on(lockBatchMq.event, onLock).on(unlockBatchMq.event, onUnlock);
}
