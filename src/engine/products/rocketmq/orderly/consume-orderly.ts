import { defineEvent, type Handlers } from '../../../core/sim';
import { recordOffset, type World } from '../../../model/world';
import { beginEffects } from '../consumer/business';
import { freeThread, orderlyReturned, startTask, threadFreed } from '../consumer/consume-pool';
import { consumerOf, heldQueue, needsLocks, type QueueRef } from '../consumer/consumer-of';
import type { ProcessQueue } from '../consumer/consumer-state';
import { raiseOffset } from '../consumer/offset-store';
import { cachedCount, firstCached, removeRecord } from '../consumer/process-queue';
import { refOf, roomMade } from '../consumer/pull-turns';
import { orderlyLetGo } from '../consumer/release';
import { type SentBack, sendAsRetry } from '../consumer/send-back';
import { reconsumeTimesOf } from '../retry/retry-topics';
import type { Consumer, Rocket, RocketSim } from '../state';
import { type LockAnswer, lockOne, mayConsume, renewLocks } from './client-locks';
import { givenUpInOrder, lockAwaited, orderGap, orderlyStarted, queueSuspended } from './orderly-kinds';
import { holdThread, letThreadGo, onThread, threadTask } from './scheduled-thread';

/**
 * `ConsumeMessageOrderlyService`: one request a queue at a time, which goes through the queue's messages in order for
 * as long as there are any. A request that waits for a lock or for a failed message holds no thread. [OR-1, OR-4]
 */

const LOCK_SOON_US = 100_000;
const LOCK_AT_ONCE_US = 10_000;
const AGAIN_US = 10_000;
const LOCK_FAILED_US = 3_000_000;
/** `MAX_TIME_CONSUME_CONTINUOUSLY`. */
const CONTINUOUSLY_US = 60_000_000;
const SUSPEND_MIN_US = 10_000;
const SUSPEND_MAX_US = 30_000_000;

const requestDue = defineEvent<QueueRef>('orderly.request-due');
const lockDue = defineEvent<QueueRef>('orderly.lock-due');
const locked = defineEvent<LockAnswer<QueueRef>>('orderly.locked');
const sentAway = defineEvent<SentBack<Leaving>>('orderly.sent-away');

/** Messages that have used up their deliveries leave one by one; `stuck`: one of the batch has to stay. */
interface Leaving {
  readonly task: number;
  readonly at: number;
  readonly stuck: boolean;
}

/** Messages were put into the cache: a request runs, unless one does. */
export function submitOrderly(sim: RocketSim, consumer: Consumer, held: ProcessQueue): void {
  if (held.consuming || cachedCount(held) === 0) return;
  held.consuming = true;
  submit(sim, consumer, held);
}

function submit(sim: RocketSim, consumer: Consumer, held: ProcessQueue): void {
  const { pool, requests } = consumer.state;
  if (pool.running.size >= pool.threads) requests.push(refOf(held));
  else runRequest(sim, consumer, held);
}

/** A thread is free: the next request in line has it. */
function onThreadFreed(sim: RocketSim, node: number): void {
  const consumer = consumerOf(sim, node);
  const { pool, requests } = consumer.state;
  while (requests.length > 0 && pool.running.size < pool.threads) {
    const held = heldQueue(consumer, requests.shift() as QueueRef);
    const cause = sim.currentCause;
    if (held !== undefined) sim.because(cause, () => runRequest(sim, consumer, held));
  }
}

/** `ConsumeRequest#run`. */
function runRequest(sim: RocketSim, consumer: Consumer, held: ProcessQueue): void {
  if (mayConsume(sim, consumer, held)) {
    held.requestUs = sim.nowUs;
    goOn(sim, consumer, held);
  } else lockLater(sim, consumer, held, LOCK_SOON_US);
}

/** One turn of the request's loop. */
function goOn(sim: RocketSim, consumer: Consumer, held: ProcessQueue): void {
  const { node, config } = consumer;
  if (!mayConsume(sim, consumer, held)) {
    lockLater(sim, consumer, held, LOCK_AT_ONCE_US);
    return;
  }
  if (sim.nowUs - held.requestUs > CONTINUOUSLY_US) {
    sim.after(AGAIN_US, node, requestDue, refOf(held));
    return;
  }
  const count = Math.min(config.consumeMessageBatchMaxSize, cachedCount(held));
  if (count === 0) {
    held.consuming = false;
    return;
  }
  const records = Array.from(held.records.subarray(held.start, held.start + count));
  if (held.requestUs === sim.nowUs) {
    const first = recordOffset(sim.state.arena, firstCached(held));
    const cause = sim.currentCause;
    sim.because(cause, () => sim.emit(orderlyStarted, node, held.queue, first));
  }
  held.inListener = true;
  const skips = beginEffects(sim, consumer, records);
  startTask(sim, consumer, { frozen: true, ...refOf(held), records, startUs: sim.nowUs, skips });
}

/** `tryLockLaterAndReconsume`. */
function lockLater(sim: RocketSim, { node }: Consumer, held: ProcessQueue, waitUs: number): void {
  sim.emit(lockAwaited, node, held.queue, waitUs);
  sim.after(waitUs, node, lockDue, refOf(held));
}

/** The listener has returned; its result counts as long as the queue is held. [OR-6] */
function onReturned(
  sim: RocketSim,
  node: number,
  { task: id, failed }: { readonly task: number; readonly failed: boolean },
): void {
  const consumer = consumerOf(sim, node);
  const task = consumer.state.pool.running.get(id);
  if (task === undefined) return;
  const known = consumer.state.queues.get(task.queue);
  if (known?.serial === task.serial) known.inListener = false;
  const held = heldQueue(consumer, task);
  if (held === undefined) {
    const cause = sim.currentCause;
    freeThread(sim, consumer, id);
    sim.because(cause, () => sim.call(orderlyLetGo, node, { queue: task.queue }));
    return;
  }
  if (!failed) conclude(sim, consumer, held, id, task.records);
  else leave(sim, consumer, held, { task: id, at: 0, stuck: false });
}

/** `checkReconsumeTimes`: what has had its deliveries is sent away; anything else makes the queue wait. [OR-7] */
function leave(sim: RocketSim, consumer: Consumer, held: ProcessQueue, leaving: Leaving): void {
  const { state, node, config } = consumer;
  const task = state.pool.running.get(leaving.task);
  if (task === undefined) return;
  const max = config.maxReconsumeTimes === -1 ? Number.POSITIVE_INFINITY : config.maxReconsumeTimes;
  let { stuck } = leaving;
  for (let { at } = leaving; at < task.records.length; at++) {
    const record = task.records[at] as number;
    const retried = state.localRetries.get(record) ?? 0;
    if (reconsumeTimesOf(sim.state.arena, record) + retried < max) {
      state.localRetries.set(record, retried + 1);
      stuck = true;
      continue;
    }
    sim.emit(givenUpInOrder, node, record, retried + 1);
    sendAsRetry(sim, consumer, record, {
      event: sentAway,
      context: { task: leaving.task, at, stuck },
    });
    return;
  }
  if (stuck) suspend(sim, consumer, held, leaving.task, task.records[0] as number);
  else {
    const cause = sim.currentCause;
    for (const record of task.records) sim.because(cause, () => sim.emit(orderGap, node, record, held.queue));
    conclude(sim, consumer, held, leaving.task, task.records);
  }
}

/** The same messages stay first; the whole queue waits. [OR-6] */
function suspend(sim: RocketSim, consumer: Consumer, held: ProcessQueue, id: number, record: number): void {
  const { node, config } = consumer;
  const waitUs = Math.min(
    SUSPEND_MAX_US,
    Math.max(SUSPEND_MIN_US, config.suspendCurrentQueueTimeMillis * 1000),
  );
  sim.emit(queueSuspended, node, record, waitUs);
  sim.after(waitUs, node, requestDue, refOf(held));
  freeThread(sim, consumer, id);
}

/** The batch is done with: commit behind it, and on with the next one. */
function conclude(
  sim: RocketSim,
  consumer: Consumer,
  held: ProcessQueue,
  id: number,
  records: readonly number[],
): void {
  const { state } = consumer;
  const { arena } = sim.state;
  for (const record of records) {
    state.localRetries.delete(record);
    removeRecord(arena, held, record);
  }
  raiseOffset(consumer, held.queue, recordOffset(arena, records[records.length - 1] as number) + 1);
  const cause = sim.currentCause;
  sim.because(cause, () => roomMade(sim, consumer, held));
  // The same thread goes on, before any other request can have it.
  state.pool.running.delete(id);
  sim.byClock(() => goOn(sim, consumer, held));
  freeThread(sim, consumer, id);
}

export function registerOrderly(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(orderlyReturned, onReturned)
    .on(threadFreed, onThreadFreed)
    .on(requestDue, (sim, node, held) => onThread(sim, node, { kind: 'submit', held }))
    .on(lockDue, (sim, node, held) => onThread(sim, node, { kind: 'lock', held }))
    .on(threadTask, (sim, node, task) => {
      const consumer = consumerOf(sim, node);
      if (task.kind === 'renew') {
        renewLocks(sim, consumer);
        return;
      }
      const held = heldQueue(consumer, task.held);
      if (held === undefined || consumer.state.phase !== 'running') return;
      if (task.kind === 'submit') submit(sim, consumer, held);
      else if (needsLocks(consumer)) {
        holdThread(sim, node);
        lockOne(sim, consumer, held.queue, { event: locked, context: task.held });
      }
    })
    .on(locked, (sim, node, { context, locked: granted }) => {
      const held = heldQueue(consumerOf(sim, node), context);
      if (held !== undefined) sim.after(granted ? AGAIN_US : LOCK_FAILED_US, node, requestDue, context);
      letThreadGo(sim, node);
    })
    .on(sentAway, (sim, node, { context, ok }) => {
      const consumer = consumerOf(sim, node);
      const { state } = consumer;
      const task = state.pool.running.get(context.task);
      const record = task?.records[context.at];
      if (task === undefined || record === undefined) return;
      if (!ok) state.localRetries.set(record, (state.localRetries.get(record) ?? 0) + 1);
      const held = heldQueue(consumer, task);
      if (held === undefined) freeThread(sim, consumer, context.task);
      else
        leave(sim, consumer, held, {
          task: context.task,
          at: context.at + 1,
          stuck: context.stuck || !ok,
        });
    });
}
