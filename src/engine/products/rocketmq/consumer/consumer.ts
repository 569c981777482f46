import { defineEvent, type Handlers } from '../../../core/sim';
import { exitProcess, markUp } from '../../../model/process';
import { internText, type World } from '../../../model/world';
import type { ConsumerSpec, WorkloadPatch } from '../../../scenario/types';
import type { Failure } from '../../../view';
import { createMetadataFile, loseUnsyncedMetadata, readMetadata } from '../broker/metadata-file';
import {
  clientDown,
  clientStart,
  clientTopics,
  createClient,
  fetchRouteNow,
  type RouteFetched,
  sendHeartbeats,
} from '../client/client';
import { compileFilter } from '../filter/filter';
import { startRefused } from '../filter/filter-kinds';
import { registerClientLocks, startLocking, unlock } from '../orderly/client-locks';
import { registerOrderly } from '../orderly/consume-orderly';
import { unlockedOrder } from '../orderly/orderly-kinds';
import { createScheduledThread } from '../orderly/scheduled-thread';
import { registerConsumeGrpc } from '../pop/consume-grpc';
import { registerConsumePop } from '../pop/consume-pop';
import { registerPopLoops } from '../pop/pop-loop';
import { Code, checkClientConfig, rebalanceWake } from '../protocol';
import { type Answered, createRemoting, invoke } from '../remoting';
import type { Consumer, Rocket, RocketSim } from '../state';
import { baseTimers, defineTimer, startTimer, timerBaseUs } from '../timers';
import { forgetTrace, shutDownTraced } from '../trace/dispatcher';
import { createTrace } from '../trace/trace-state';
import { cleanExpired, createPool, poolDrained, registerConsuming } from './consume-pool';
import { consumerStarted, consumerSubscribed, failuresOrdered, workForgotten } from './consumer-kinds';
import { consumerOf, isBroadcasting, isFifo, isGrpc, isOrderly, needsLocks } from './consumer-of';
import type { ConsumerState } from './consumer-state';
import { registerOffsetMoves } from './offset-illegal';
import { NO_FILE, persistAll } from './offset-store';
import { cachedCount } from './process-queue';
import { registerAnswers } from './pull-answers';
import { connectEnded, registerTurns, roomMade } from './pull-turns';
import { anyBrokerOf, createRebalance, rebalanceTimers, registerRebalance } from './rebalance';
import { queueReleased } from './rebalance-kinds';
import { registerSendBack } from './send-back';
import { registerStartOffsets } from './start-offset';

/** A push consumer: `DefaultMQPushConsumer` with a concurrent listener. */
export { addDatabase, createDatabase, setDatabaseWorkload } from './business';
export { pauseConsumer, resumeConsumer } from './pausing';

/** Offsets go out 10 s after the start, then every `persistConsumerOffsetInterval`. [CL-1, CO-16] */
export const persistTimer = defineTimer('consumer.persist-offsets', 10_000_000, 5_000_000, persistAll);
/** Looks each minute whether a multiple of `consumeTimeout`, which is in minutes, has passed. [CO-15] */
const MINUTE_US = 60_000_000;
const expiryTimer = defineTimer('consumer.clean-expired', MINUTE_US, MINUTE_US, (sim, node) => {
  const consumer = consumerOf(sim, node);
  const sinceUs = sim.nowUs - timerBaseUs(sim, node);
  if (sinceUs % (consumer.config.consumeTimeout * MINUTE_US) === 0) cleanExpired(sim, consumer);
});

/**
 * What `start` takes before the first word to a broker: threads, the first connections. Measured: 26 to 383 ms, always
 * longer than the first look for routes waits (CL-1), so that this one comes before the first heartbeat.
 */
const START_US = 50_000;

interface Starting {
  readonly topics: readonly string[];
  readonly at: number;
}
const startUnderWay = defineEvent<Starting>('consumer.start-under-way');
const startStep = defineEvent<RouteFetched<Starting>>('consumer.start-route-fetched');
const filterChecked =
  defineEvent<Answered<{ readonly broker: number }, undefined>>('consumer.filter-checked');
const stopDeadline = defineEvent<Record<string, never>>('consumer.stop-deadline');

export function createConsumer(node: number, spec: ConsumerSpec): Consumer {
  return {
    node,
    spec,
    filter: compileFilter(spec.filter),
    config: spec.config,
    remoting: createRemoting(),
    client: createClient(),
    trace: undefined,
    state: createState(),
  };
}

function createState(): ConsumerState {
  return {
    phase: 'down',
    paused: false,
    queues: new Map(),
    nextSerial: 1,
    pool: createPool(0),
    offsets: new Map(),
    pullFrom: new Map(),
    rebalance: createRebalance(0, 0),
    versionsUs: new Map(),
    shareMessages: 0,
    shareMiB: 0,
    connectingTo: -1,
    turnsWaiting: [],
    stopAtUs: Number.POSITIVE_INFINITY,
    startedUs: 0,
    localRetries: new Map(),
    retriesSent: 0,
    requests: [],
    scheduled: createScheduledThread(),
    pops: new Map(),
    popWaiting: [],
    fifo: new Map(),
    counts: { finished: 0, failNext: 0 },
    offsetsFile: createMetadataFile(NO_FILE),
  };
}

/** `DefaultMQPushConsumerImpl#start`: the instance, routes of its topics, a heartbeat, a first look at the queues. */
export function consumerStart(sim: RocketSim, node: number): void {
  const { product, arena } = sim.state;
  const consumer = consumerOf(sim, node);
  const { counts, offsetsFile, nextSerial } = consumer.state;
  if (isGrpc(consumer)) {
    // It makes its listener once, as the proxy tells it.
    const listener = isFifo(product, consumer) ? 'orderly' : 'concurrently';
    consumer.spec = { ...consumer.spec, listener };
  }
  const { spec, config } = consumer;
  baseTimers(sim, node);
  markUp(sim, node);
  consumer.state = {
    ...createState(),
    phase: 'starting',
    pool: createPool(config.consumeThreadMin),
    rebalance: createRebalance(sim.nowUs, timerBaseUs(sim, node)),
    startedUs: sim.nowUs,
    nextSerial,
    counts,
    offsetsFile,
  };
  consumer.trace = createTrace(config.enableTrace && !isGrpc(consumer), sim.nowUs);
  const cause = sim.currentCause;
  sim.because(cause, () => {
    sim.emit(consumerStarted, node, config.consumeThreadMin, config.pullBatchSize);
    const topics = clientTopics(sim, node);
    for (const topic of topics) {
      consumer.state.versionsUs.set(topic, sim.nowUs);
      sim.emit(consumerSubscribed, node, internText(arena, topic), internText(arena, spec.messageModel));
    }
    clientStart(sim, node);
    startTimer(sim, node, persistTimer, config.persistConsumerOffsetInterval * 1000);
    if (isOrderly(consumer) && isBroadcasting(consumer)) sim.emit(unlockedOrder, node);
    if (needsLocks(consumer)) startLocking(sim, node);
    else startTimer(sim, node, expiryTimer);
    startTimer(sim, node, rebalanceTimers[product.version]);
    sim.after(START_US, node, startUnderWay, { topics, at: 0 });
  });
}

function fetchNext(sim: RocketSim, node: number, context: Starting): void {
  const { state } = consumerOf(sim, node);
  const topic = context.topics[context.at];
  if (topic !== undefined) {
    fetchRouteNow(sim, node, topic, { event: startStep, context });
    return;
  }
  if (state.phase === 'starting') checkFilter(sim, node);
}

/** `MQClientInstance#checkClientInBroker`: a subscription by SQL92 needs a broker that allows it. [FI-5] */
function checkFilter(sim: RocketSim, node: number): void {
  const { client, spec, filter, config } = consumerOf(sim, node);
  const broker = filter.kind === 'sql' ? anyBrokerOf(sim, node, client.routes.get(spec.topic)) : undefined;
  if (broker === undefined) {
    enter(sim, node);
    return;
  }
  const then = { event: filterChecked, context: { broker } };
  const timeoutUs = config.mqClientApiTimeout * 1000;
  invoke(sim, node, broker, checkClientConfig, { group: spec.group, filter }, { timeoutUs, then });
}

function enter(sim: RocketSim, node: number): void {
  consumerOf(sim, node).state.phase = 'running';
  sendHeartbeats(sim, node, rebalanceWake);
}

/** The process is gone: everything but its files and the run's own counts. */
export function consumerDown(sim: RocketSim, node: number, failure: Failure | 'shutdown'): void {
  const consumer = consumerOf(sim, node);
  const { counts, offsetsFile, nextSerial } = consumer.state;
  if (failure !== 'shutdown') tellForgotten(sim, consumer);
  if (failure === 'power') loseUnsyncedMetadata(offsetsFile, sim.nowUs);
  const file = failure === 'disk' ? createMetadataFile(NO_FILE) : offsetsFile;
  consumer.state = { ...createState(), counts, nextSerial, offsetsFile: file };
  forgetTrace(sim, node);
  consumer.trace = undefined;
  clientDown(sim, node);
}

/** What comes again because nobody was told that it is done, or because it was in hand. [CO-33] */
function tellForgotten(sim: RocketSim, { state, node, spec }: Consumer): void {
  let finished = 0;
  for (const held of state.queues.values()) {
    const known =
      spec.messageModel === 'BROADCASTING'
        ? (readMetadata(state.offsetsFile).offsets.get(held.queue) ?? held.told)
        : held.told;
    finished += Math.max(0, held.offsetMax + 1 - Math.max(known, 0) - cachedCount(held));
  }
  let running = 0;
  for (const { records } of state.pool.running.values()) running += records.length;
  if (finished + running === 0) return;
  const cause = sim.currentCause;
  sim.because(cause, () => sim.emit(workForgotten, node, finished, running));
}

/**
 * Graceful: the pool may go on for `awaitTerminationMillisWhenShutdown`, then offsets go out, what still runs is
 * given up, and the brokers are told. [CL-23, CO-33]
 */
export function consumerShutdown(sim: RocketSim, node: number): void {
  const { state, config } = consumerOf(sim, node);
  if (state.phase === 'starting' || state.phase === 'down') {
    exitProcess(sim, node);
    return;
  }
  state.phase = 'stopping';
  const awaitUs = config.awaitTerminationMillisWhenShutdown * 1000;
  if (awaitUs === 0 || state.pool.running.size === 0) leave(sim, node);
  else sim.after(awaitUs, node, stopDeadline, {});
}

function leave(sim: RocketSim, node: number): void {
  const consumer = consumerOf(sim, node);
  const { state } = consumer;
  if (state.phase !== 'stopping') return;
  state.phase = 'down';
  const cause = sim.currentCause;
  sim.because(cause, () => persistAll(sim, node));
  tellForgotten(sim, consumer);
  for (const held of state.queues.values()) {
    if (needsLocks(consumer)) sim.because(cause, () => unlock(sim, consumer, held));
    sim.because(cause, () => sim.emit(queueReleased, node, held.queue, cachedCount(held)));
  }
  state.queues.clear();
  state.pops.clear();
  state.pool = createPool(0);
  sim.because(cause, () => shutDownTraced(sim, node));
}

/** The next deliveries of this consumer end in RECONSUME_LATER. */
export function failNext(sim: RocketSim, node: number, deliveries: number): void {
  consumerOf(sim, node).state.counts.failNext += deliveries;
  sim.emit(failuresOrdered, node, deliveries);
}

/** Changes what the listener does with messages that it gets from now on. */
export function setConsumerWorkload(sim: RocketSim, node: number, patch: WorkloadPatch): void {
  const consumer = consumerOf(sim, node);
  const { processingUs, failureRate, poisonKeys } = { ...consumer.spec, ...patch };
  consumer.spec = { ...consumer.spec, processingUs, failureRate, poisonKeys };
}

/** A limit may have been raised by hand: loops that wait for room look again. */
export function consumerConfigSet(sim: RocketSim, node: number): void {
  const consumer = consumerOf(sim, node);
  for (const held of consumer.state.queues.values()) roomMade(sim, consumer, held);
}

/** A channel that this consumer opened stands: the 4.x pull thread may have waited for it. */
export function consumerChannelActive(sim: RocketSim, node: number, to: number): void {
  const consumer = consumerOf(sim, node);
  if (consumer.state.connectingTo === to) connectEnded(sim, consumer);
}

export function registerConsumer(handlers: Handlers<World<Rocket>>): void {
  registerTurns(handlers);
  registerAnswers(handlers);
  registerConsuming(handlers);
  registerOffsetMoves(handlers);
  registerRebalance(handlers);
  registerStartOffsets(handlers);
  registerSendBack(handlers);
  registerClientLocks(handlers);
  registerOrderly(handlers);
  registerPopLoops(handlers);
  registerConsumePop(handlers);
  registerConsumeGrpc(handlers);
  handlers
    .on(startUnderWay, fetchNext)
    .on(startStep, (sim, node, { context }) => fetchNext(sim, node, { ...context, at: context.at + 1 }))
    .on(filterChecked, (sim, node, { context: { broker }, outcome }) => {
      if (consumerOf(sim, node).state.phase !== 'starting') return;
      if (outcome.ok && outcome.status === Code.SUCCESS) enter(sim, node);
      else {
        sim.emit(startRefused, node, broker);
        exitProcess(sim, node);
      }
    })
    .on(poolDrained, leave)
    .on(stopDeadline, leave);
}
