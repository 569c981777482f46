import { hashText } from '../../../core/rng';
import { defineEvent, type Handlers } from '../../../core/sim';
import { internQueue, internText, type World } from '../../../model/world';
import { clientTopics, fetchRouteNow, type RouteFetched, subscribeQueues } from '../client/client';
import { assignPops } from '../pop/pop-loop';
import { queryAssignment } from '../pop/pop-protocol';
import { Code, getConsumerList, notifyConsumerIdsChanged, rebalanceWake, type TopicRoute } from '../protocol';
import { type Answered, invoke } from '../remoting';
import type { Consumer, Rocket, RocketSim } from '../state';
import { defineTimer, timerBaseUs } from '../timers';
import { compareText, STRATEGIES } from './allocate';
import { consumerOf, isBroadcasting, MASTER_ID, pops } from './consumer-of';
import type { Rebalance, RebalanceRun } from './consumer-state';
import { registerQueueTable, runOf, takeShare, topicBalanced } from './queue-table';
import {
  consumerIdle,
  memberGone,
  notAMember,
  rebalanceKept,
  rebalancePostponed,
  rebalanceRan,
  routeMissing,
} from './rebalance-kinds';

/**
 * `RebalanceService` and `RebalanceImpl`: one thread that asks a broker for the members of the group, computes its
 * own share of the queues, takes and releases them, and waits. A run is a chain of calls; each waits for the one
 * before it.
 */

/** `RebalanceService.waitInterval` and, since 5.2.0, `minInterval` (VC-1). */
const WAIT_US = 20_000_000;
const MIN_US = 1_000_000;
/** `rebalanceLater` after a lock was refused. */
const LOCK_AGAIN_US = 500_000;
const ASKED = hashText('rebalance.broker-asked');

const rebalanceDue = defineEvent<{ readonly dueUs: number; readonly woken: boolean }>(
  'consumer.rebalance-due',
);
const membersListed =
  defineEvent<Answered<{ readonly round: number }, readonly string[]>>('consumer.members-listed');

const assigned = defineEvent<Answered<{ readonly round: number }, undefined>>('consumer.assigned');
const routeFound = defineEvent<RouteFetched<{ readonly round: number }>>('consumer.rebalance-route-fetched');

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
  if (isBroadcasting(consumer) && !popsTopic(consumer, topic)) {
    if (queues.length === 0) nextTopic(sim, node, run);
    else takeShare(sim, node, run, topic, queues);
    return;
  }
  const broker = anyBrokerOf(sim, node, consumer.client.routes.get(topic));
  if (broker === undefined) {
    lookForRoute(sim, consumer, topic);
    return;
  }
  if (popsTopic(consumer, topic)) {
    askAssignment(sim, consumer, topic, broker);
    return;
  }
  if (queues.length === 0) {
    keep(sim, node, run, topic);
    return;
  }
  const then = { event: membersListed, context: { round: consumer.state.rebalance.round } };
  const timeoutUs = consumer.config.mqClientApiTimeout * 1000;
  invoke(sim, node, broker, getConsumerList, { group: consumer.spec.group }, { timeoutUs, then });
}

const popsTopic = (consumer: Consumer, topic: string) => pops(consumer) && topic === consumer.spec.topic;

/** Nobody is known who could be asked about the topic: its route is. */
function lookForRoute(sim: RocketSim, { node, state }: Consumer, topic: string): void {
  sim.emit(routeMissing, node, internText(sim.state.arena, topic));
  fetchRouteNow(sim, node, topic, { event: routeFound, context: { round: state.rebalance.round } });
}

/** The queues of a run are those that were known when it came to the topic: these wait for the next one. [CO-25] */
function onRouteFound(
  sim: RocketSim,
  node: number,
  { context, topic }: RouteFetched<{ readonly round: number }>,
): void {
  const consumer = consumerOf(sim, node);
  const run = runOf(consumer, context.round);
  if (run === undefined) return;
  const broker = anyBrokerOf(sim, node, consumer.client.routes.get(topic));
  if (broker !== undefined && popsTopic(consumer, topic)) askAssignment(sim, consumer, topic, broker);
  else nextTopic(sim, node, run);
}

/** `QUERY_ASSIGNMENT`: a broker says that the group pops; every member then asks all brokers of the route. [PO-1] */
function askAssignment(sim: RocketSim, consumer: Consumer, topic: string, broker: number): void {
  const { state, node, spec, config } = consumer;
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
  const mine = allocate(sim, consumer, topic, members);
  noteMembers(sim, consumer, topic, members, queues.length, mine.length);
  takeShare(sim, node, run, topic, mine);
}

/** Its share by the strategy of its configuration. [CO-27] */
function allocate(sim: RocketSim, consumer: Consumer, topic: string, members: readonly string[]): number[] {
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

function endRun(sim: RocketSim, node: number, run: RebalanceRun): void {
  const { state } = consumerOf(sim, node);
  const { rebalance } = state;
  rebalance.run = undefined;
  rebalance.lastUs = sim.nowUs;
  const soon = !run.balanced && sim.state.product.version !== '4.9';
  sim.byClock(() => schedule(sim, node, rebalance, sim.nowUs + (soon ? MIN_US : WAIT_US), false));
  if (run.unlocked) sim.after(LOCK_AGAIN_US, node, rebalanceWake, {});
  if (rebalance.again) wake(sim, node);
}

export function registerRebalance(handlers: Handlers<World<Rocket>>): void {
  registerQueueTable(handlers);
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
    .on(routeFound, onRouteFound)
    .on(topicBalanced, (sim, node, { round }) => {
      const run = runOf(consumerOf(sim, node), round);
      if (run !== undefined) nextTopic(sim, node, run);
    });
}
