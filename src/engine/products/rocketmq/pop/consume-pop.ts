import { defineEvent, type Handlers } from '../../../core/sim';
import { messageBornUs, queueOf, recordMessage, recordOffset, type World } from '../../../model/world';
import { findBrokerInPublish } from '../client/client';
import { beginEffects } from '../consumer/business';
import { freeThread, popReturned, popThreadFreed, startTask } from '../consumer/consume-pool';
import { consumerOf, isGrpc } from '../consumer/consumer-of';
import { matchesMessage } from '../filter/filter';
import { droppedByClient } from '../filter/filter-kinds';
import { type Answered, invoke } from '../remoting';
import { reconsumeMax, reconsumeTimesOf } from '../retry/retry-topics';
import type { Consumer, Rocket, RocketSim } from '../state';
import { grpcReturned } from './consume-grpc';
import { invisibleChanged, popGivenUp, popTooLate } from './pop-kinds';
import { ackMessage, changeInvisibleTime, handleOf, type PopHandle, type Popped } from './pop-protocol';
import { popFinished } from './pop-state';

/** `ConsumeMessagePopConcurrentlyService`: each message is confirmed by itself, as long as it is invisible. [PO-7] */

const TIMEOUT_US = 3_000_000;
/** `DefaultMQPushConsumer.popDelayLevel`, seconds. */
const BACKOFF_SECONDS = [10, 30, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600, 1_200, 1_800, 3_600, 7_200];
const LAST_SECONDS = 7_200;

const told = defineEvent<Answered<undefined, unknown>>('pop.told');

interface LoopRef {
  readonly brokerName: string;
  readonly serial: number;
}

/** What was popped of one queue is cut into requests and queued for threads. */
export function submitPopped(sim: RocketSim, consumer: Consumer, loop: LoopRef, popped: Popped): void {
  const size = consumer.config.consumeMessageBatchMaxSize;
  const records = wantedOf(sim, consumer, loop, popped);
  for (let at = 0; at < records.length; at += size) {
    consumer.state.popWaiting.push({
      frozen: true,
      loop,
      popped,
      records: records.slice(at, at + size),
      cause: sim.currentCause,
    });
  }
  fill(sim, consumer);
}

/** `processPopResult`: what only shares its hash with a wanted tag is dropped, and confirmed at once. [FI-2] */
function wantedOf(sim: RocketSim, consumer: Consumer, loop: LoopRef, popped: Popped): readonly number[] {
  const { queue, records } = popped;
  const { arena } = sim.state;
  const { filter, spec, node } = consumer;
  if (filter.kind !== 'tags' || queueOf(arena, queue).topic !== spec.topic) return records;
  const cause = sim.currentCause;
  const wanted = records.filter((record) => matchesMessage(arena, filter, recordMessage(arena, record)));
  for (const record of records) {
    if (wanted.includes(record)) continue;
    sim.because(cause, () => {
      sim.emit(droppedByClient, node, record);
      ack(sim, consumer, loop, popped, record);
    });
  }
  if (wanted.length < records.length) popFinished(sim, consumer, loop, records.length - wanted.length);
  return wanted;
}

/** Free threads take what waits; what has been visible again meanwhile is left to others. */
function fill(sim: RocketSim, consumer: Consumer): void {
  const { state, node } = consumer;
  const { pool, popWaiting } = state;
  while (pool.running.size < pool.threads) {
    const batch = popWaiting.shift();
    if (batch === undefined) return;
    const { popped, records, loop, cause, chain } = batch;
    if (!isGrpc(consumer) && isLate(sim, popped)) {
      sim.because(cause, () => tellLate(sim, node, popped, records));
      popFinished(sim, consumer, loop, records.length);
      continue;
    }
    const skips = beginEffects(sim, consumer, records);
    sim.because(cause, () =>
      startTask(sim, consumer, {
        frozen: true,
        queue: popped.queue,
        serial: loop.serial,
        records,
        startUs: sim.nowUs,
        skips,
        pop: { loop, popped, chain },
      }),
    );
  }
}

/** `isPopTimeout`. */
const isLate = (sim: RocketSim, { popUs, invisibleUs }: Popped) => sim.nowUs - popUs >= invisibleUs;

function tellLate(sim: RocketSim, node: number, { popUs }: Popped, records: readonly number[]): void {
  const cause = sim.currentCause;
  for (const record of records)
    sim.because(cause, () => sim.emit(popTooLate, node, record, sim.nowUs - popUs));
}

/** The listener is done: acks, or more invisible time; nothing when its own time is over. */
function onReturned(
  sim: RocketSim,
  node: number,
  { task: id, failed }: { readonly task: number; readonly failed: boolean },
): void {
  const consumer = consumerOf(sim, node);
  const task = consumer.state.pool.running.get(id);
  if (task?.pop === undefined) return;
  if (isGrpc(consumer)) {
    grpcReturned(sim, consumer, id, task, failed);
    return;
  }
  const { loop, popped } = task.pop;
  const cause = sim.currentCause;
  if (isLate(sim, popped)) tellLate(sim, node, popped, task.records);
  else {
    for (const record of task.records) {
      sim.because(cause, () => {
        if (failed) postpone(sim, consumer, loop, popped, record);
        else ack(sim, consumer, loop, popped, record);
      });
    }
  }
  popFinished(sim, consumer, loop, task.records.length);
  freeThread(sim, consumer, id);
}

function handleTo(sim: RocketSim, { spec }: Consumer, popped: Popped, record: number): PopHandle {
  const offset = recordOffset(sim.state.arena, record);
  return handleOf(popped, { group: spec.group, offset, record, clientId: undefined });
}

function ack(sim: RocketSim, consumer: Consumer, loop: LoopRef, popped: Popped, record: number): void {
  const master = findBrokerInPublish(consumer.client, loop.brokerName);
  if (master === undefined) return;
  const then = { event: told, context: undefined };
  const handle = handleTo(sim, consumer, popped, record);
  invoke(sim, consumer.node, master, ackMessage, handle, { timeoutUs: TIMEOUT_US, mode: 'async', then });
}

/** `changePopInvisibleTime`; a message that has failed for too long is confirmed and dropped. [PO-7] */
function postpone(sim: RocketSim, consumer: Consumer, loop: LoopRef, popped: Popped, record: number): void {
  const { node, spec, config } = consumer;
  const { arena } = sim.state;
  const retried = reconsumeTimesOf(arena, record);
  const ageUs = sim.nowUs - messageBornUs(arena, recordMessage(arena, record));
  let level = retried;
  if (retried >= reconsumeMax({ listener: spec.listener, config })) {
    if (ageUs > 2 * LAST_SECONDS * 1_000_000) {
      sim.emit(popGivenUp, node, record, ageUs);
      ack(sim, consumer, loop, popped, record);
      return;
    }
    level = BACKOFF_SECONDS.filter((seconds) => ageUs >= seconds * 1_000_000).length;
  }
  const nextInvisibleUs = (BACKOFF_SECONDS[level] ?? LAST_SECONDS) * 1_000_000;
  sim.emit(invisibleChanged, node, record, nextInvisibleUs);
  const master = findBrokerInPublish(consumer.client, loop.brokerName);
  if (master === undefined) return;
  const body = { ...handleTo(sim, consumer, popped, record), nextInvisibleUs };
  const then = { event: told, context: undefined };
  invoke(sim, node, master, changeInvisibleTime, body, { timeoutUs: TIMEOUT_US, mode: 'async', then });
}

export function registerConsumePop(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(popReturned, onReturned)
    .on(popThreadFreed, (sim, node) => fill(sim, consumerOf(sim, node)))
    // Callbacks only log: what was not confirmed comes again.
    .on(told, () => undefined);
}
