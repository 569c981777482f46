import { hashText } from '../../../core/rng';
import { defineEvent, type Handlers } from '../../../core/sim';
import { internQueue, internText, type World } from '../../../model/world';
import { clientTopics, sendHeartbeats, subscribeQueues } from '../client/client';
import { type LockAnswer, lockOne, needsLocks } from '../orderly/client-locks';
import { assignPops, pops } from '../pop/pop-loop';
import { queryAssignment } from '../pop/pop-protocol';
import { Code, getConsumerList, notifyConsumerIdsChanged, rebalanceWake, type TopicRoute } from '../protocol';
import { type Answered, invoke } from '../remoting';
import type { Consumer, Rocket, RocketSim } from '../state';
import { defineTimer, timerBaseUs } from '../timers';
import { compareText, STRATEGIES } from './allocate';
import { consumerOf, isBroadcasting, MASTER_ID } from './consumer-of';
import type { Rebalance, RebalanceRun } from './consumer-state';
import { createProcessQueue } from './process-queue';
import { pullLater, takeTurn } from './pull-turns';
import {
  consumerIdle,
  memberGone,
  notAMember,
  pullExpired,
  queueOwned,
  queueShared,
  rebalanceKept,
  rebalancePostponed,
  rebalanceRan,
} from './rebalance-kinds';
import { letGo, orderlyLetGo, releaseQueue } from './release';
import { findStartOffset, startOffsetFound } from './start-offset';

/**
 * `RebalanceService` and `RebalanceImpl`: one thread that asks a broker for the members of the group, computes its
 * own share of the queues, takes and releases them, and waits. A run is a chain of calls; each waits for the one
 * before it.
 */

/** `RebalanceService.waitInterval` and, since 5.2.0, `minInterval` (VC-1). */
const WAIT_US = 20_000_000;
const MIN_US = 1_000_000;
/** Since 5.0.0: a new queue is pulled for the first time after this (VC-1). */
const FIRST_PULL_US = 500_000;
/** `ProcessQueue.PULL_MAX_IDLE_TIME`. [CO-10] */
const PULL_IDLE_MAX_US = 120_000_000;
/** `rebalanceLater` after a lock was refused; `tryLock` of a queue whose listener runs. */
const LOCK_AGAIN_US = 500_000;
const RELEASE_WAIT_US = 500_000;
const ASKED = hashText('rebalance.broker-asked');

const rebalanceDue = defineEvent<{ readonly dueUs: number; readonly woken: boolean }>(
  'consumer.rebalance-due',
);
const membersListed =
  defineEvent<Answered<{ readonly round: number }, readonly string[]>>('consumer.members-listed');

const assigned = defineEvent<Answered<{ readonly round: number }, undefined>>('consumer.assigned');
const freshLocked = defineEvent<LockAnswer<{ readonly round: number }>>('consumer.fresh-queue-locked');
const releaseDeadline = defineEvent<{ readonly queue: number; readonly round: number }>(
  'consumer.release-deadline',
);

/**
 * The first run of an instance, and again when its timers are set anew: then it looks as if it had just started.
 * All other runs are scheduled by the run before them.
 */
const FIRST_RUN_US = { '5.3': MIN_US, '4.9': WAIT_US };
export const rebalanceTimers = {
  '5.3': defineTimer('consumer.rebalance', FIRST_RUN_US['5.3'], WAIT_US, onTimer),
  '4.9': defineTimer('consumer.rebalance-4.9', FIRST_RUN_US['4.9'], WAIT_US, onTimer),
};

export function createRebalance(nowUs: number, baseUs: number): Rebalance {
  return {
    lastUs: nowUs,
    dueUs: Number.POSITIVE_INFINITY,
    baseUs,
    round: 0,
    asked: 0,
    run: undefined,
    again: false,
    members: [],
    idle: false,
  };
}

function onTimer(sim: RocketSim, node: number): void {
  const consumer = consumerOf(sim, node);
  if (consumer.state.rebalance.baseUs !== timerBaseUs(sim, node)) rebalanceNow(sim, node);
}

/** Woken: runs as soon as a second has passed since the last run; 4.x at once. [CO-24] */
function wake(sim: RocketSim, node: number): void {
  const { state } = consumerOf(sim, node);
  const { rebalance } = state;
  if (state.phase !== 'running') return;
  if (rebalance.run !== undefined) {
    rebalance.again = true;
    return;
  }
  const minUs = sim.state.product.version === '4.9' ? 0 : MIN_US;
  const dueUs = Math.max(sim.nowUs, rebalance.lastUs + minUs);
  if (dueUs >= rebalance.dueUs && rebalance.dueUs > sim.nowUs) return;
  if (dueUs > sim.nowUs) {
    const cause = sim.currentCause;
    sim.because(cause, () => {
      sim.emit(rebalancePostponed, node, dueUs - sim.nowUs);
      schedule(sim, node, rebalance, dueUs, true);
    });
  } else rebalanceNow(sim, node);
}

function schedule(sim: RocketSim, node: number, rebalance: Rebalance, dueUs: number, woken: boolean): void {
  rebalance.dueUs = dueUs;
  sim.at(dueUs, node, rebalanceDue, { dueUs, woken });
}

/** One run over all subscribed topics. [CO-25] */
export function rebalanceNow(sim: RocketSim, node: number): void {
  const { state } = consumerOf(sim, node);
  const { rebalance } = state;
  if (state.phase !== 'running' || rebalance.run !== undefined) return;
  rebalance.dueUs = Number.POSITIVE_INFINITY;
  rebalance.baseUs = timerBaseUs(sim, node);
  rebalance.again = false;
  // A paused consumer does not look; it does so when it goes on.
  if (state.paused) return;
  rebalance.round++;
  sim.emit(rebalanceRan, node, sim.nowUs - rebalance.lastUs);
  rebalance.run = {
    topics: clientTopics(sim, node),
    at: -1,
    mine: [],
    fresh: [],
    added: [],
    changed: false,
    balanced: true,
    leaving: [],
    awaited: undefined,
    unlocked: false,
  };
  nextTopic(sim, node, rebalance.run);
}

function nextTopic(sim: RocketSim, node: number, run: RebalanceRun): void {
  const consumer = consumerOf(sim, node);
  const topic = run.topics[++run.at];
  if (topic === undefined) {
    endRun(sim, node, run);
    return;
  }
  const queues = queuesOf(sim, consumer, topic);
  if (pops(consumer) && topic === consumer.spec.topic) {
    askAssignment(sim, consumer, topic);
    return;
  }
  if (isBroadcasting(consumer)) {
    if (queues.length === 0) nextTopic(sim, node, run);
    else apply(sim, node, run, topic, queues);
    return;
  }
  const broker = anyBrokerOf(sim, node, consumer.client.routes.get(topic));
  if (broker === undefined || queues.length === 0) {
    keep(sim, node, run, topic);
    return;
  }
  const then = { event: membersListed, context: { round: consumer.state.rebalance.round } };
  const timeoutUs = consumer.config.mqClientApiTimeout * 1000;
  invoke(sim, node, broker, getConsumerList, { group: consumer.spec.group }, { timeoutUs, then });
}

/** `QUERY_ASSIGNMENT`: a broker says that the group pops; every member then asks all brokers of the route. [PO-1] */
function askAssignment(sim: RocketSim, consumer: Consumer, topic: string): void {
  const { state, node, client, spec, config } = consumer;
  const { run } = state.rebalance;
  const broker = anyBrokerOf(sim, node, client.routes.get(topic));
  if (run === undefined) return;
  if (broker === undefined) {
    keep(sim, node, run, topic);
    return;
  }
  const then = { event: assigned, context: { round: state.rebalance.round } };
  const timeoutUs = config.mqClientApiTimeout * 1000;
  invoke(sim, node, broker, queryAssignment, { group: spec.group, topic }, { timeoutUs, then });
}

function onAssigned(
  sim: RocketSim,
  node: number,
  { context, outcome }: Answered<{ readonly round: number }, undefined>,
): void {
  const consumer = consumerOf(sim, node);
  const run = runOf(consumer, context.round);
  if (run === undefined) return;
  const cause = sim.currentCause;
  if (outcome.ok && outcome.status === Code.SUCCESS) sim.because(cause, () => assignPops(sim, consumer));
  sim.because(cause, () => nextTopic(sim, node, run));
}

/** All queues of a topic that the cached route lists, sorted as `MessageQueue`s are. */
function queuesOf(sim: RocketSim, { client }: Consumer, topic: string): number[] {
  return subscribeQueues(client, topic).map(({ brokerName, queueId }) =>
    internQueue(sim.state.arena, topic, brokerName, queueId),
  );
}

/** `MQClientInstance#findBrokerAddrByTopic`: any broker of the route; its master, else any of its addresses. */
export function anyBrokerOf(sim: RocketSim, node: number, route: TopicRoute | undefined): number | undefined {
  const brokers = route?.brokers ?? [];
  if (brokers.length === 0) return undefined;
  const { state } = consumerOf(sim, node);
  const pick = sim.drawBelow(brokers.length, node, ASKED, state.rebalance.asked++);
  const addresses = brokers[pick]?.addresses ?? [];
  return (addresses.find(([id]) => id === MASTER_ID) ?? addresses[0])?.[1];
}

/** Without queues or members the present assignment stays. [CO-25] */
function keep(sim: RocketSim, node: number, run: RebalanceRun, topic: string): void {
  const cause = sim.currentCause;
  sim.because(cause, () => sim.emit(rebalanceKept, node, internText(sim.state.arena, topic)));
  nextTopic(sim, node, run);
}

function onListed(
  sim: RocketSim,
  node: number,
  { context, outcome }: Answered<{ readonly round: number }, readonly string[]>,
): void {
  const consumer = consumerOf(sim, node);
  const run = runOf(consumer, context.round);
  const topic = run?.topics[run.at];
  if (run === undefined || topic === undefined) return;
  const members = outcome.ok && outcome.status === Code.SUCCESS ? [...outcome.body].sort(compareText) : [];
  const queues = queuesOf(sim, consumer, topic);
  if (members.length === 0 || queues.length === 0) {
    keep(sim, node, run, topic);
    return;
  }
  const mine = allocate(sim, consumer, topic, queues.length, members);
  noteMembers(sim, consumer, topic, members, queues.length, mine.length);
  apply(sim, node, run, topic, mine);
}

/** Its share by the strategy of its configuration. [CO-27] */
function allocate(
  sim: RocketSim,
  consumer: Consumer,
  topic: string,
  _count: number,
  members: readonly string[],
): number[] {
  const { client, config } = consumer;
  const queues = subscribeQueues(client, topic).map(({ brokerName, queueId }) => ({
    topic,
    brokerName,
    queueId,
  }));
  const strategy = STRATEGIES[config.allocateMessageQueueStrategy];
  return strategy(client.clientId, queues, members).map(({ brokerName, queueId }) =>
    internQueue(sim.state.arena, topic, brokerName, queueId),
  );
}

/** What the list of members tells of the group; said for the topic that the consumer is about. */
function noteMembers(
  sim: RocketSim,
  { state, node, client, spec }: Consumer,
  topic: string,
  members: readonly string[],
  queues: number,
  mine: number,
): void {
  const { rebalance } = state;
  const cause = sim.currentCause;
  const listed = members.includes(client.clientId);
  if (!listed) sim.because(cause, () => sim.emit(notAMember, node, internText(sim.state.arena, topic)));
  if (topic !== spec.topic) return;
  const before = rebalance.members;
  rebalance.members = members;
  if (before.some((member) => !members.includes(member))) {
    sim.because(cause, () => sim.emit(memberGone, node, before.length, members.length));
  }
  const idle = listed && mine === 0 && members.length > queues;
  if (idle && !rebalance.idle) sim.because(cause, () => sim.emit(consumerIdle, node, members.length, queues));
  rebalance.idle = idle;
}

/** `updateProcessQueueTableInRebalance`: first gives back what is not its own, then takes the rest one by one. */
function apply(
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
  nextTopic(sim, node, run);
}

/** Limits per topic are divided by the queues held. [CO-1] */
function divideThresholds({ state, config }: Consumer): void {
  const share = (limit: number) =>
    limit === -1 || state.queues.size === 0 ? 0 : Math.max(1, Math.floor(limit / state.queues.size));
  state.shareMessages = share(config.pullThresholdForTopic);
  state.shareMiB = share(config.pullThresholdSizeForTopic);
}

function endRun(sim: RocketSim, node: number, run: RebalanceRun): void {
  const { state } = consumerOf(sim, node);
  const { rebalance } = state;
  rebalance.run = undefined;
  rebalance.lastUs = sim.nowUs;
  const soon = !run.balanced && sim.state.product.version !== '4.9';
  schedule(sim, node, rebalance, sim.nowUs + (soon ? MIN_US : WAIT_US), false);
  if (run.unlocked) sim.after(LOCK_AGAIN_US, node, rebalanceWake, {});
  if (rebalance.again) wake(sim, node);
}

function runOf({ state }: Consumer, round: number): RebalanceRun | undefined {
  const { rebalance, phase } = state;
  return phase === 'running' && rebalance.round === round ? rebalance.run : undefined;
}

export function registerRebalance(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(rebalanceWake, wake)
    .on(notifyConsumerIdsChanged.event, wake)
    .on(rebalanceDue, (sim, node, { dueUs, woken }) => {
      const { rebalance } = consumerOf(sim, node).state;
      if (rebalance.dueUs !== dueUs) return;
      // The timers were set anew since: the first run by the new base comes instead.
      if (!woken && rebalance.baseUs !== timerBaseUs(sim, node)) return;
      rebalanceNow(sim, node);
    })
    .on(membersListed, onListed)
    .on(assigned, onAssigned)
    .on(freshLocked, onFreshLocked)
    .on(releaseDeadline, onRelease)
    .on(orderlyLetGo, (sim, node, { queue }) =>
      onRelease(sim, node, { queue, round: consumerOf(sim, node).state.rebalance.round }),
    )
    .on(startOffsetFound, onStartOffset);
}
