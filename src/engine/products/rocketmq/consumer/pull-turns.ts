import { defineEvent, type Handlers } from '../../../core/sim';
import type { World } from '../../../model/world';
import { fetchRouteNow, findBrokerInSubscribe, type RouteFetched } from '../client/client';
import { offsetReadAgain } from '../orderly/orderly-kinds';
import { type PullResult, pullMessage } from '../protocol';
import { type Answered, hasChannel, invoke } from '../remoting';
import type { Consumer, Rocket, RocketSim } from '../state';
import { commitPiggybacked, pullFailed, pullHeldBack, pullThreadBlocked } from './consumer-kinds';
import { consumerOf, heldQueue, isBroadcasting, MASTER_ID, needsLocks, type QueueRef } from './consumer-of';
import type { ProcessQueue } from './consumer-state';
import { cachedCount, cachedMiB, cachedSpan } from './process-queue';
import { findStartOffset, startOffsetFoundAgain } from './start-offset';

/**
 * One pull loop for each queue, all turns taken by one `PullMessageService` thread; the calls are asynchronous. A
 * loop that has no room is not scheduled: when a message leaves the cache, its next step of 50 ms is computed.
 */

/** `BROKER_SUSPEND_MAX_TIME_MILLIS`, `CONSUMER_TIMEOUT_MILLIS_WHEN_SUSPEND`. */
const SUSPEND_US = 15_000_000;
const TIMEOUT_US = 30_000_000;
/** `PULL_TIME_DELAY_MILLS_WHEN_CACHE_FLOW_CONTROL`, `…_WHEN_SUSPEND`. */
const ROOM_STEP_US = 50_000;
const PAUSE_STEP_US = 1_000_000;
/** `pullTimeDelayMillsWhenException`. */
export const PULL_AGAIN_US = 1_000_000;
/** Where 4.x has no `pullBatchSizeInBytes`, the broker's own limits count. */
const NO_BYTE_LIMIT = Number.MAX_SAFE_INTEGER;

const pullTurn = defineEvent<QueueRef>('consumer.pull-turn');
const sourceSought = defineEvent<RouteFetched<QueueRef>>('consumer.source-sought');
/** The answer to a pull, or why there is none. */
export const pullAnswered = defineEvent<Answered<QueueRef, PullResult>>('consumer.pull-answered');

export const refOf = ({ queue, serial }: ProcessQueue): QueueRef => ({ queue, serial });

/** Takes the next turn of a queue's loop after a pause. */
export function pullLater(sim: RocketSim, node: number, held: ProcessQueue, delayUs: number): void {
  held.waits = 'timer';
  sim.byClock(() => sim.after(delayUs, node, pullTurn, refOf(held)));
}

/** `DefaultMQPushConsumerImpl#pullMessage`: one turn. [CO-3] */
export function takeTurn(sim: RocketSim, consumer: Consumer, held: ProcessQueue): void {
  const { state, node } = consumer;
  if (state.phase !== 'running') return;
  if (state.connectingTo >= 0) {
    held.waits = 'thread';
    state.turnsWaiting.push(held.queue);
    return;
  }
  held.lastTurnUs = sim.nowUs;
  if (state.paused) {
    held.waits = 'resume';
    return;
  }
  if (isFull(sim, consumer, held)) {
    if (held.waits !== 'room') sim.emit(pullHeldBack, node, held.queue, cachedCount(held));
    held.waits = 'room';
    return;
  }
  if (needsLocks(consumer) && !held.locked) {
    pullLater(sim, node, held, PULL_AGAIN_US);
    return;
  }
  if (needsLocks(consumer) && !held.readAgain) {
    readOffsetAgain(sim, consumer, held);
    return;
  }
  const source = sourceOf(consumer, held);
  if (source !== undefined) pull(sim, consumer, held, source);
  else {
    held.waits = 'answer';
    fetchRouteNow(sim, node, held.topic, { event: sourceSought, context: refOf(held) });
  }
}

/** The broker that was suggested, or who else of its group is known. [HA-15] */
const sourceOf = ({ client, state }: Consumer, { brokerName, queue }: ProcessQueue) =>
  findBrokerInSubscribe(client, brokerName, state.pullFrom.get(queue) ?? MASTER_ID, false);

/** Nobody of the group was known: the route has been asked for once more. */
function onSourceSought(sim: RocketSim, node: number, { context }: RouteFetched<QueueRef>): void {
  const consumer = consumerOf(sim, node);
  const held = heldQueue(consumer, context);
  if (held === undefined || consumer.state.phase !== 'running') return;
  const source = sourceOf(consumer, held);
  if (source === undefined) pullAgainAfter(sim, consumer, held, PULL_AGAIN_US);
  else pull(sim, consumer, held, source);
}

function pull(
  sim: RocketSim,
  consumer: Consumer,
  held: ProcessQueue,
  source: NonNullable<ReturnType<typeof sourceOf>>,
): void {
  const { state, node } = consumer;
  if (sim.state.product.version === '4.9' && !hasChannel(sim, node, source.node)) {
    state.connectingTo = source.node;
    sim.emit(pullThreadBlocked, node, source.node);
  }
  held.waits = 'answer';
  held.source = source.node;
  const { pullBatchSize, pullBatchSizeInBytes } = consumer.config;
  const body = {
    group: consumer.spec.group,
    topic: held.topic,
    queueId: held.queueId,
    offset: held.nextOffset,
    maxMessages: pullBatchSize,
    maxBytes: sim.state.product.version === '4.9' ? NO_BYTE_LIMIT : pullBatchSizeInBytes,
    commitOffset: source.brokerId === MASTER_ID ? piggyback(sim, consumer, held) : undefined,
    suspendUs: SUSPEND_US,
    subVersionUs: state.versionsUs.get(held.topic) ?? Number.NEGATIVE_INFINITY,
  };
  const then = { event: pullAnswered, context: refOf(held) };
  invoke(sim, node, source.node, pullMessage, body, { timeoutUs: TIMEOUT_US, mode: 'async', then });
}

/**
 * The first pull with the lock in hand asks once more where the queue begins: another owner may have committed more
 * meanwhile, and where nothing is committed `consumeFromWhere` is asked anew. [OR-5]
 */
function readOffsetAgain(sim: RocketSim, consumer: Consumer, held: ProcessQueue): void {
  held.waits = 'answer';
  findStartOffset(sim, consumer, held.queue, refOf(held));
}

function onFoundAgain(
  sim: RocketSim,
  node: number,
  { held: ref, offset }: { readonly held: QueueRef; readonly offset: number | undefined },
): void {
  const consumer = consumerOf(sim, node);
  const held = heldQueue(consumer, ref);
  if (held === undefined) return;
  if (offset === undefined) {
    pullLater(sim, node, held, PULL_AGAIN_US);
    return;
  }
  held.readAgain = true;
  held.nextOffset = offset;
  sim.emit(offsetReadAgain, node, held.queue, offset);
  takeTurn(sim, consumer, held);
}

/** The committed offset that a pull carries along, if it is above 0. [CO-8] */
function piggyback(sim: RocketSim, consumer: Consumer, held: ProcessQueue): number | undefined {
  const offset = isBroadcasting(consumer) ? 0 : (consumer.state.offsets.get(held.queue) ?? 0);
  if (offset <= 0) return undefined;
  if (offset !== held.told) {
    // The pull itself has another cause: it is the next turn of the loop.
    const cause = held.correctedBy >= 0 ? held.correctedBy : sim.currentCause;
    sim.because(cause, () => sim.emit(commitPiggybacked, consumer.node, held.queue, offset));
  }
  held.told = offset;
  held.correctedBy = -1;
  return offset;
}

/** The three limits of the cache: messages, MiB of bodies, span of unfinished offsets. [CO-3] */
function isFull(sim: RocketSim, { config, state, spec }: Consumer, held: ProcessQueue): boolean {
  const count = cachedCount(held);
  return (
    count > (state.shareMessages || config.pullThresholdForQueue) ||
    cachedMiB(held) > (state.shareMiB || config.pullThresholdSizeForQueue) ||
    (spec.listener === 'concurrently' &&
      cachedSpan(sim.state.arena, held) > config.consumeConcurrentlyMaxSpan)
  );
}

/** Messages left the cache, or a limit was raised: a loop that waited for room goes on at its next step. [CO-3] */
export function roomMade(sim: RocketSim, consumer: Consumer, held: ProcessQueue): void {
  if (held.waits !== 'room' || isFull(sim, consumer, held)) return;
  atNextStep(sim, consumer.node, held, ROOM_STEP_US);
}

/** The consumer goes on: each loop looks at its next step of a second. [CO-3] */
export function pauseEnded(sim: RocketSim, { node }: Consumer, held: ProcessQueue): void {
  if (held.waits === 'resume') atNextStep(sim, node, held, PAUSE_STEP_US);
}

function atNextStep(sim: RocketSim, node: number, held: ProcessQueue, stepUs: number): void {
  const steps = Math.max(1, Math.ceil((sim.nowUs - held.lastTurnUs) / stepUs));
  pullLater(sim, node, held, held.lastTurnUs + steps * stepUs - sim.nowUs);
}

/** A pull that came to nothing is tried again after a pause. [CO-4] */
export function pullAgainAfter(
  sim: RocketSim,
  { node }: Consumer,
  held: ProcessQueue,
  pauseUs: number,
): void {
  sim.emit(pullFailed, node, held.queue, pauseUs);
  held.failing = true;
  pullLater(sim, node, held, pauseUs);
}

/** 4.x: the connect that the one pull thread waited for has ended, well or not. [CO-34] */
export function connectEnded(sim: RocketSim, consumer: Consumer): void {
  const { state } = consumer;
  if (state.connectingTo < 0) return;
  state.connectingTo = -1;
  const waiting = state.turnsWaiting;
  state.turnsWaiting = [];
  const cause = sim.currentCause;
  for (const queue of waiting) {
    const held = state.queues.get(queue);
    if (held?.waits === 'thread' && !held.dropped) sim.because(cause, () => takeTurn(sim, consumer, held));
  }
}

export function registerTurns(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(startOffsetFoundAgain, onFoundAgain)
    .on(sourceSought, onSourceSought)
    .on(pullTurn, (sim, node, ref) => {
      const consumer = consumerOf(sim, node);
      const held = heldQueue(consumer, ref);
      if (held?.waits === 'timer') takeTurn(sim, consumer, held);
    });
}
