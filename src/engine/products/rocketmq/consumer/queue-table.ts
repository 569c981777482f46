import { defineEvent, type Handlers } from '../../../core/sim';
import type { World } from '../../../model/world';
import { sendHeartbeats } from '../client/client';
import { type LockAnswer, lockOne } from '../orderly/client-locks';
import type { Consumer, Rocket, RocketSim } from '../state';
import { consumerOf, needsLocks } from './consumer-of';
import type { RebalanceRun } from './consumer-state';
import { createProcessQueue } from './process-queue';
import { pullLater, takeTurn } from './pull-turns';
import { pullExpired, queueOwned, queueShared } from './rebalance-kinds';
import { letGo, orderlyLetGo, releaseQueue } from './release';
import { findStartOffset, startOffsetFound } from './start-offset';

/**
 * `RebalanceImpl#updateProcessQueueTableInRebalance`: a consumer knows its share of a topic, and takes and releases queues until
 * it has just these. Each step may wait for an answer; `topicBalanced` follows the last one.
 */

/** Since 5.0.0: a new queue is pulled for the first time after this (VC-1). */
const FIRST_PULL_US = 500_000;
/** `ProcessQueue.PULL_MAX_IDLE_TIME`. [CO-10] */
const PULL_IDLE_MAX_US = 120_000_000;
/** `tryLock` of a queue whose listener runs. */
const RELEASE_WAIT_US = 500_000;

/** The queues of one topic are as they should be. */
export const topicBalanced = defineEvent<{ readonly round: number }>('consumer.topic-balanced');
const freshLocked = defineEvent<LockAnswer<{ readonly round: number }>>('consumer.fresh-queue-locked');
const releaseDeadline = defineEvent<{ readonly queue: number; readonly round: number }>(
  'consumer.release-deadline',
);

/** The rebalance that an answer belongs to; undefined when it came too late. */
export function runOf({ state }: Consumer, round: number): RebalanceRun | undefined {
  const { rebalance, phase } = state;
  return phase === 'running' && rebalance.round === round ? rebalance.run : undefined;
}

/** `updateProcessQueueTableInRebalance`: first gives back what is not its own, then takes the rest one by one. */
export function takeShare(
  sim: RocketSim,
  node: number,
  run: RebalanceRun,
  topic: string,
  mine: readonly number[],
): void {
  const consumer = consumerOf(sim, node);
  const { queues } = consumer.state;
  const cause = sim.currentCause;
  for (const held of [...queues.values()]) {
    if (held.topic !== topic) continue;
    const silentUs = sim.nowUs - held.lastTurnUs;
    // A loop that waits for room looks every 50 ms, though none of these looks is an event.
    const expired = silentUs > PULL_IDLE_MAX_US && held.waits !== 'room' && held.waits !== 'resume';
    if (mine.includes(held.queue) && !expired) continue;
    if (!needsLocks(consumer)) run.changed = true;
    sim.because(cause, () => {
      if (mine.includes(held.queue)) sim.emit(pullExpired, node, held.queue, silentUs);
      if (needsLocks(consumer)) {
        held.dropped = true;
        run.leaving.push(held.queue);
      } else releaseQueue(sim, consumer, held);
    });
  }
  run.mine = mine;
  run.added = [];
  releaseNext(sim, node, run);
}

/** Lets queues with locks go one by one; without any goes on to the fresh ones. [OR-8] */
function releaseNext(sim: RocketSim, node: number, run: RebalanceRun): void {
  const consumer = consumerOf(sim, node);
  const { queues, rebalance } = consumer.state;
  const cause = sim.currentCause;
  for (;;) {
    const held = queues.get(run.leaving.shift() ?? -1);
    if (held === undefined) break;
    if (sim.because(cause, () => letGo(sim, consumer, held, false))) run.changed = true;
    else {
      run.awaited = held.queue;
      sim.after(RELEASE_WAIT_US, node, releaseDeadline, { queue: held.queue, round: rebalance.round });
      return;
    }
  }
  run.fresh = run.mine.filter((queue) => !queues.has(queue));
  nextQueue(sim, node, run);
}

/** The listener of a queue that is waited for has returned, or has had its time. */
function onRelease(
  sim: RocketSim,
  node: number,
  { queue, round }: { readonly queue: number; readonly round: number },
): void {
  const consumer = consumerOf(sim, node);
  const run = runOf(consumer, round);
  const held = consumer.state.queues.get(queue);
  if (run === undefined || run.awaited !== queue || held === undefined) return;
  run.awaited = undefined;
  const cause = sim.currentCause;
  if (sim.because(cause, () => letGo(sim, consumer, held, true))) run.changed = true;
  sim.because(cause, () => releaseNext(sim, node, run));
}

function nextQueue(sim: RocketSim, node: number, run: RebalanceRun): void {
  const queue = run.fresh.shift();
  const consumer = consumerOf(sim, node);
  if (queue === undefined) endTopic(sim, node, run);
  else if (needsLocks(consumer)) {
    lockOne(sim, consumer, queue, {
      event: freshLocked,
      context: { round: consumer.state.rebalance.round },
    });
  } else findStartOffset(sim, consumer, queue);
}

/** A new queue is taken only with its lock. [OR-2] */
function onFreshLocked(
  sim: RocketSim,
  node: number,
  { context, queue, locked }: LockAnswer<{ readonly round: number }>,
): void {
  const consumer = consumerOf(sim, node);
  const run = runOf(consumer, context.round);
  if (run === undefined) return;
  if (locked) findStartOffset(sim, consumer, queue);
  else {
    run.unlocked = true;
    nextQueue(sim, node, run);
  }
}

/** The start offset of a queue is known, or could not be learnt: then the next rebalance tries again. */
function onStartOffset(
  sim: RocketSim,
  node: number,
  { queue, offset, round }: { queue: number; offset: number | undefined; round: number },
): void {
  const consumer = consumerOf(sim, node);
  const run = runOf(consumer, round);
  if (run === undefined) return;
  const { state } = consumer;
  const cause = sim.currentCause;
  if (offset !== undefined) {
    const held = createProcessQueue(sim.state.arena, queue, state.nextSerial++, offset, sim.nowUs);
    held.locked = needsLocks(consumer);
    state.queues.set(queue, held);
    run.added.push(queue);
    run.changed = true;
    sim.because(cause, () => {
      sim.emit(queueOwned, node, queue, offset);
      tellSharing(sim, consumer, queue);
    });
  }
  sim.because(cause, () => nextQueue(sim, node, run));
}

/** Another member may still hold the queue: nobody coordinates. [CO-26] */
function tellSharing(sim: RocketSim, { node, spec }: Consumer, queue: number): void {
  if (spec.messageModel === 'BROADCASTING') return;
  for (const other of sim.state.product.consumers.values()) {
    if (other.node === node || other.spec.group !== spec.group || !other.state.queues.has(queue)) continue;
    sim.emit(queueShared, node, queue, other.node);
  }
}

/** `dispatchPullRequest` and `messageQueueChanged`. [CO-25] */
function endTopic(sim: RocketSim, node: number, run: RebalanceRun): void {
  const consumer = consumerOf(sim, node);
  const { state } = consumer;
  const cause = sim.currentCause;
  for (const queue of run.added) {
    const held = state.queues.get(queue);
    if (held === undefined) continue;
    sim.because(cause, () => {
      if (sim.state.product.version === '4.9') takeTurn(sim, consumer, held);
      else pullLater(sim, node, held, FIRST_PULL_US);
    });
  }
  if (run.changed) {
    state.versionsUs.set(run.topics[run.at] as string, sim.nowUs);
    divideThresholds(consumer);
    sim.because(cause, () => sendHeartbeats(sim, node));
  }
  if (run.mine.some((queue) => !state.queues.has(queue))) run.balanced = false;
  run.changed = false;
  run.mine = [];
  sim.call(topicBalanced, node, { round: state.rebalance.round });
}

/** Limits per topic are divided by the queues held. [CO-1] */
function divideThresholds({ state, config }: Consumer): void {
  const share = (limit: number) =>
    limit === -1 || state.queues.size === 0 ? 0 : Math.max(1, Math.floor(limit / state.queues.size));
  state.shareMessages = share(config.pullThresholdForTopic);
  state.shareMiB = share(config.pullThresholdSizeForTopic);
}

export function registerQueueTable(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(freshLocked, onFreshLocked)
    .on(releaseDeadline, onRelease)
    .on(orderlyLetGo, (sim, node, { queue }) =>
      onRelease(sim, node, { queue, round: consumerOf(sim, node).state.rebalance.round }),
    )
    .on(startOffsetFound, onStartOffset);
}
