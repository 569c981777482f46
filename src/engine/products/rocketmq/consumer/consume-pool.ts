import { defineEvent, type Handlers } from '../../../core/sim';
import { recordOffset, type World } from '../../../model/world';
import type { Consumer, Rocket, RocketSim } from '../state';
import { noteAfter, noteBefore } from '../trace/hooks';
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
import { cachedCount, committable, firstCached, isCached, removeRecord } from './process-queue';
import { roomMade } from './pull-turns';
import { type SentBack, sendBack } from './send-back';

/** `ConsumeMessageConcurrentlyService`: a pool of fixed size with an unbounded queue in front of it. */

/** `ProcessQueue#cleanExpiredMsg`. */
const EXPIRED_MAX = 16;
const EXPIRED_LEVEL = 3;
/** `submitConsumeRequestLater`. */
const CONSUME_LATER_US = 5_000_000;

interface TaskRef {
  readonly task: number;
}
const listenerReturned = defineEvent<TaskRef>('consumer.listener-returned');
const databaseAnswered = defineEvent<TaskRef>('consumer.database-answered');
/** A task that gives its failed messages back: where it is, and which found no place. */
interface Giving extends TaskRef {
  readonly at: number;
  readonly kept: readonly number[];
}
interface Expired extends QueueRef {
  readonly record: number;
  readonly left: number;
}
const sentBack = defineEvent<SentBack<Giving>>('consumer.sent-back');
const expiredSentBack = defineEvent<SentBack<Expired>>('consumer.expired-sent-back');
const consumeAgain = defineEvent<QueueRef & { readonly records: readonly number[] }>(
  'consumer.consume-again',
);
/** Of an orderly listener: what becomes of its result is decided elsewhere (OR-6), as is who gets a free thread. */
export const orderlyReturned = defineEvent<TaskRef & { readonly failed: boolean }>('orderly.returned');
/** The same for messages that were popped. */
export const popReturned = defineEvent<TaskRef & { readonly failed: boolean }>('pop.returned');
export const popThreadFreed = defineEvent<Record<string, never>>('pop.thread-freed');
export const threadFreed = defineEvent<Record<string, never>>('orderly.thread-freed');
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

/** A thread hands messages to the listener. */
export function startTask(sim: RocketSim, consumer: Consumer, task: ConsumeTask): void {
  const { node, spec } = consumer;
  const { pool } = consumer.state;
  const id = pool.nextTask++;
  pool.running.set(id, task);
  const cause = sim.currentCause;
  for (const record of task.records) sim.emit(recordDelivered, node, record, undefined, cause);
  if (consumer.trace !== undefined) noteBefore(sim, consumer, id, task);
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

/** The listener is done. A thread whose messages failed gives them back first, one by one. [CO-14, CO-19] */
function finishTask(sim: RocketSim, consumer: Consumer, id: number, task: ConsumeTask): void {
  const { node } = consumer;
  const failed = fails(sim, consumer, task.records);
  const held = heldQueue(consumer, task);
  const cause = sim.currentCause;
  // What becomes of failed messages follows from their failure.
  let rejected = cause;
  for (const record of task.records) {
    sim.because(cause, () => {
      if (failed) rejected = sim.emit(recordRejected, node, record);
      else if (task.skips.includes(record) || !endEffect(sim, consumer, record)) {
        sim.emit(recordSkipped, node, record, 0);
      } else sim.emit(recordConsumed, node, record);
      if (held === undefined && task.pop === undefined) sim.emit(resultIgnored, node, record, task.queue);
    });
  }
  if (consumer.trace !== undefined) sim.because(cause, () => noteAfter(sim, consumer, id, task, failed));
  if (task.pop !== undefined) {
    sim.because(rejected, () => sim.call(popReturned, node, { task: id, failed }));
    return;
  }
  if (consumer.spec.listener === 'orderly') {
    sim.because(rejected, () => sim.call(orderlyReturned, node, { task: id, failed }));
    return;
  }
  if (held !== undefined && failed && !isBroadcasting(consumer)) {
    sim.because(rejected, () => giveBack(sim, consumer, { task: id, kept: [], at: 0 }));
    return;
  }
  if (held !== undefined) sim.because(rejected, () => settle(sim, consumer, held, task.records, failed));
  freeThread(sim, consumer, id);
}

/** The task is over: its thread takes what waits. */
export function freeThread(sim: RocketSim, consumer: Consumer, id: number): void {
  const { state, node } = consumer;
  const cause = sim.currentCause;
  state.pool.running.delete(id);
  sim.because(cause, () => fillThreads(sim, consumer));
  if (state.requests.length > 0) sim.call(threadFreed, node, {});
  if (state.popWaiting.length > 0) sim.call(popThreadFreed, node, {});
  if (state.phase === 'stopping' && state.pool.running.size === 0) sim.call(poolDrained, node, {});
}

/** Gives the next failed message of a task back, or ends the task: what found no place is consumed again here. */
function giveBack(sim: RocketSim, consumer: Consumer, giving: Giving): void {
  const { state, node } = consumer;
  const task = state.pool.running.get(giving.task);
  if (task === undefined) return;
  const record = task.records[giving.at];
  const held = heldQueue(consumer, task);
  if (record !== undefined && held !== undefined && !isCached(sim.state.arena, held, record)) {
    // Given back already, when it had run for too long (CO-15).
    giveBack(sim, consumer, { ...giving, at: giving.at + 1 });
    return;
  }
  if (record !== undefined) {
    sendBack(sim, consumer, record, 0, { event: sentBack, context: giving });
    return;
  }
  const cause = sim.currentCause;
  if (held !== undefined) {
    const { kept } = giving;
    for (const again of kept) {
      state.localRetries.set(again, (state.localRetries.get(again) ?? 0) + 1);
      sim.because(cause, () => sim.emit(consumedLater, node, again, CONSUME_LATER_US));
    }
    const { queue, serial, records } = task;
    if (kept.length > 0) sim.after(CONSUME_LATER_US, node, consumeAgain, { queue, serial, records: kept });
    const gone = records.filter((each) => !kept.includes(each));
    if (gone.length > 0) sim.because(cause, () => settle(sim, consumer, held, gone, false));
  }
  freeThread(sim, consumer, giving.task);
}

/** `processConsumeResult`: what leaves the cache, and what may be committed then. [CO-12, CO-13, CO-14] */
function settle(
  sim: RocketSim,
  consumer: Consumer,
  held: ProcessQueue,
  records: readonly number[],
  failed: boolean,
): void {
  const { node, state } = consumer;
  const { arena } = sim.state;
  const cause = sim.currentCause;
  for (const record of records) {
    if (failed) sim.because(cause, () => sim.emit(failureDropped, node, record));
    state.localRetries.delete(record);
    removeRecord(arena, held, record);
  }
  raiseOffset(consumer, held.queue, committable(arena, held));
  noteHeldBack(sim, consumer, held, records[records.length - 1] as number);
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

/**
 * `cleanExpiredMsg`, every `consumeTimeout`: the head of each queue, when its listener has been at it for longer,
 * goes back with level 3 and leaves the cache; then the next head, up to 16 a queue. The thread is not interrupted.
 * [CO-15]
 */
export function cleanExpired(sim: RocketSim, consumer: Consumer): void {
  const cause = sim.currentCause;
  for (const held of consumer.state.queues.values()) {
    sim.because(cause, () => expireHead(sim, consumer, held, EXPIRED_MAX));
  }
}

function expireHead(sim: RocketSim, consumer: Consumer, held: ProcessQueue, left: number): void {
  const { state, node, config } = consumer;
  if (cachedCount(held) === 0 || left === 0) return;
  const head = firstCached(held);
  const task = [...state.pool.running.values()].find(
    ({ serial, records }) => serial === held.serial && records.includes(head),
  );
  if (task === undefined || sim.nowUs - task.startUs <= config.consumeTimeout * 60_000_000) return;
  sim.emit(consumeOverdue, node, head, sim.nowUs - task.startUs);
  const { queue, serial } = held;
  sendBack(sim, consumer, head, EXPIRED_LEVEL, {
    event: expiredSentBack,
    context: { queue, serial, record: head, left: left - 1 },
  });
}

export function registerConsuming(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(listenerReturned, onReturned)
    .on(databaseAnswered, (sim, node, { task: id }) => {
      const consumer = consumerOf(sim, node);
      const task = consumer.state.pool.running.get(id);
      if (task !== undefined) finishTask(sim, consumer, id, task);
    })
    .on(sentBack, (sim, node, { context, ok }) => {
      const consumer = consumerOf(sim, node);
      const record = consumer.state.pool.running.get(context.task)?.records[context.at];
      if (record === undefined) return;
      const kept = ok ? context.kept : [...context.kept, record];
      giveBack(sim, consumer, { ...context, at: context.at + 1, kept });
    })
    .on(expiredSentBack, (sim, node, { context, ok }) => {
      const consumer = consumerOf(sim, node);
      const held = heldQueue(consumer, context);
      if (held === undefined || !ok) return;
      if (cachedCount(held) > 0 && firstCached(held) === context.record) {
        // It leaves the cache and nothing else: what may be committed is told by the next one that ends.
        removeRecord(sim.state.arena, held, context.record);
        roomMade(sim, consumer, held);
      }
      expireHead(sim, consumer, held, context.left);
    })
    .on(consumeAgain, (sim, node, batch) => {
      const consumer = consumerOf(sim, node);
      if (consumer.state.phase === 'running' && heldQueue(consumer, batch) !== undefined) {
        submitBatch(sim, consumer, batch);
      }
    });
}
