import { defineEvent, type Handlers } from '../../../core/sim';
import { recordOffset, type World } from '../../../model/world';
import type { Consumer, Rocket, RocketSim } from '../state';
import { beginEffects, endEffect, fails, useDatabase } from './business';
import {
  commitHeldBack,
  consumedLater,
  consumeOverdue,
  failureDropped,
  recordConsumed,
  recordDelivered,
  recordRejected,
  recordSkipped,
  requestDropped,
  resultIgnored,
} from './consumer-kinds';
import { consumerOf, heldQueue, isBroadcasting, type QueueRef } from './consumer-of';
import type { ConsumePool, ConsumeTask, ProcessQueue } from './consumer-state';
import { raiseOffset } from './offset-store';
import { cachedCount, committable, firstCached, removeRecord } from './process-queue';
import { roomMade } from './pull-turns';

/** `ConsumeMessageConcurrentlyService`: a pool of fixed size with an unbounded queue in front of it. */

/** `submitConsumeRequestLater`. */
const CONSUME_LATER_US = 5_000_000;

interface TaskRef {
  readonly task: number;
}
const listenerReturned = defineEvent<TaskRef>('consumer.listener-returned');
const databaseAnswered = defineEvent<TaskRef>('consumer.database-answered');
const consumeAgain = defineEvent<QueueRef & { readonly records: readonly number[] }>(
  'consumer.consume-again',
);
/** A consumer that shuts down has nothing left in its pool. */
export const poolDrained = defineEvent<Record<string, never>>('consumer.pool-drained');

export function createPool(threads: number): ConsumePool {
  return { threads, running: new Map(), nextTask: 0, waiting: [], taken: 0, backlog: 0 };
}

/** Queues a pulled batch; it is cut into requests of `consumeMessageBatchMaxSize`. [CO-11] */
export function submitBatch(
  sim: RocketSim,
  consumer: Consumer,
  { queue, serial, records }: QueueRef & { readonly records: readonly number[] },
): void {
  if (records.length === 0) return;
  const { pool } = consumer.state;
  pool.waiting.push({ frozen: true, queue, serial, records, cause: sim.currentCause });
  pool.backlog += records.length;
  fillThreads(sim, consumer);
}

/** Free threads take requests from the head of the queue. */
function fillThreads(sim: RocketSim, consumer: Consumer): void {
  const { pool } = consumer.state;
  while (pool.running.size < pool.threads) {
    const batch = pool.waiting[0];
    if (batch === undefined) break;
    if (heldQueue(consumer, batch) === undefined) {
      dropBatch(sim, consumer);
      continue;
    }
    const from = pool.taken;
    const to = Math.min(batch.records.length, from + consumer.config.consumeMessageBatchMaxSize);
    const records = to - from === batch.records.length ? batch.records : batch.records.slice(from, to);
    pool.taken = to;
    pool.backlog -= to - from;
    if (to === batch.records.length) {
      pool.waiting.shift();
      pool.taken = 0;
    }
    const { queue, serial } = batch;
    const skips = beginEffects(sim, consumer, records);
    const task: ConsumeTask = { frozen: true, queue, serial, records, startUs: sim.nowUs, skips };
    sim.because(batch.cause, () => startTask(sim, consumer, task));
  }
}

/** Requests of a queue that was lost are not run. [CO-11] */
function dropBatch(sim: RocketSim, { state: { pool }, node }: Consumer): void {
  const batch = pool.waiting.shift();
  if (batch === undefined) return;
  const left = batch.records.length - pool.taken;
  pool.taken = 0;
  pool.backlog -= left;
  const cause = sim.currentCause;
  sim.because(cause, () => sim.emit(requestDropped, node, batch.queue, left));
}

function startTask(sim: RocketSim, { state: { pool }, node, spec }: Consumer, task: ConsumeTask): void {
  const id = pool.nextTask++;
  pool.running.set(id, task);
  const cause = sim.currentCause;
  for (const record of task.records) sim.emit(recordDelivered, node, record, undefined, cause);
  sim.after(spec.processingUs, node, listenerReturned, { task: id });
}

function onReturned(sim: RocketSim, node: number, { task: id }: TaskRef): void {
  const consumer = consumerOf(sim, node);
  const task = consumer.state.pool.running.get(id);
  if (task === undefined) return;
  const doneUs = useDatabase(sim, consumer, task.records.length);
  if (doneUs === undefined) finishTask(sim, consumer, id, task);
  else sim.at(doneUs, node, databaseAnswered, { task: id });
}

function finishTask(sim: RocketSim, consumer: Consumer, id: number, task: ConsumeTask): void {
  const { state, node } = consumer;
  state.pool.running.delete(id);
  const failed = fails(sim, consumer, task.records);
  const held = heldQueue(consumer, task);
  const cause = sim.currentCause;
  for (const record of task.records) {
    sim.because(cause, () => {
      if (failed) sim.emit(recordRejected, node, record);
      else if (task.skips.includes(record) || !endEffect(sim, consumer, record)) {
        sim.emit(recordSkipped, node, record, 0);
      } else sim.emit(recordConsumed, node, record);
      if (held === undefined) sim.emit(resultIgnored, node, record, task.queue);
    });
  }
  if (held !== undefined) sim.because(cause, () => processResult(sim, consumer, held, task, failed));
  sim.because(cause, () => fillThreads(sim, consumer));
  if (state.phase === 'stopping' && state.pool.running.size === 0) sim.call(poolDrained, node, {});
}

/** `processConsumeResult`: what leaves the cache, and what may be committed then. [CO-12, CO-13, CO-14] */
function processResult(
  sim: RocketSim,
  consumer: Consumer,
  held: ProcessQueue,
  task: ConsumeTask,
  failed: boolean,
): void {
  const { node } = consumer;
  const { arena } = sim.state;
  const cause = sim.currentCause;
  if (failed && !isBroadcasting(consumer)) {
    for (const record of task.records) {
      sim.because(cause, () => sim.emit(consumedLater, node, record, CONSUME_LATER_US));
    }
    const { queue, serial, records } = task;
    sim.after(CONSUME_LATER_US, node, consumeAgain, { queue, serial, records });
    return;
  }
  for (const record of task.records) {
    if (failed) sim.because(cause, () => sim.emit(failureDropped, node, record));
    removeRecord(arena, held, record);
  }
  const offset = committable(arena, held);
  raiseOffset(consumer, held.queue, offset);
  noteHeldBack(sim, consumer, held, task.records[task.records.length - 1] as number);
  roomMade(sim, consumer, held);
}

/** A message in front of a finished one is not done: it holds the commit back. The trace says so once for each. */
function noteHeldBack(sim: RocketSim, { node }: Consumer, held: ProcessQueue, finished: number): void {
  if (cachedCount(held) === 0) return;
  const head = firstCached(held);
  if (head === held.toldHead) return;
  const { arena } = sim.state;
  const offset = recordOffset(arena, head);
  if (offset > recordOffset(arena, finished)) return;
  held.toldHead = head;
  const cause = sim.currentCause;
  sim.because(cause, () => sim.emit(commitHeldBack, node, head, offset));
}

/** `cleanExpiredMsg`, every `consumeTimeout`: looks at the head of each queue. [CO-15] */
export function cleanExpired(sim: RocketSim, consumer: Consumer): void {
  const { state, node, config } = consumer;
  const limitUs = config.consumeTimeout * 60_000_000;
  const cause = sim.currentCause;
  for (const held of state.queues.values()) {
    if (cachedCount(held) === 0) continue;
    const head = firstCached(held);
    const task = [...state.pool.running.values()].find(
      ({ serial, records }) => serial === held.serial && records.includes(head),
    );
    if (task === undefined || sim.nowUs - task.startUs <= limitUs || held.toldOverdue === head) continue;
    held.toldOverdue = head;
    sim.because(cause, () => sim.emit(consumeOverdue, node, head, sim.nowUs - task.startUs));
  }
}

export function registerConsuming(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(listenerReturned, onReturned)
    .on(databaseAnswered, (sim, node, { task: id }) => {
      const consumer = consumerOf(sim, node);
      const task = consumer.state.pool.running.get(id);
      if (task !== undefined) finishTask(sim, consumer, id, task);
    })
    .on(consumeAgain, (sim, node, batch) => {
      const consumer = consumerOf(sim, node);
      if (consumer.state.phase === 'running' && heldQueue(consumer, batch) !== undefined) {
        submitBatch(sim, consumer, batch);
      }
    });
}
