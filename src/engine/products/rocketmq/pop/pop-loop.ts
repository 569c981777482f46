import { defineEvent, type Handlers } from '../../../core/sim';
import type { World } from '../../../model/world';
import { findBrokerInSubscribe, subscribeQueues } from '../client/client';
import { pullFailed, pullHeldBack, pullLost } from '../consumer/consumer-kinds';
import { consumerOf, isFifo, isGrpc, MASTER_ID } from '../consumer/consumer-of';
import { Code } from '../protocol';
import { type Answered, invoke } from '../remoting';
import type { Consumer, Rocket, RocketSim } from '../state';
import { submitReceived } from './consume-grpc';
import { submitPopped } from './consume-pop';
import { popAssigned } from './pop-kinds';
import { PopCode, type PopResult, popMessage } from './pop-protocol';
import { firstQueueOf, type PopLoop, popRoom } from './pop-state';

/** `DefaultMQPushConsumerImpl#popMessage`: one loop for each broker, not for each queue. [PO-1, PO-2] */

const POLL_US = 15_000_000;
const TIMEOUT_US = 30_000_000;
const AGAIN_US = 1_000_000;
const FLOW_CONTROL_US = 20_000;
const ROOM_STEP_US = 50_000;
/** What the proxy makes of a request: `defaultInvisibleTimeMills`, the longest polling, no choice of the beginning. */
const PROXY = { invisibleUs: 60_000_000, pollUs: 20_000_000, fromFirst: false };
/** `grpcClientConsumerLongPollingBatchSize`, and `maxCacheMessageCount` of a client of version 5. */
const BATCH_MAX = 32;
const CACHED_MAX = 1_024;
const INVISIBLE_MIN_US = 5_000_000;
const INVISIBLE_MAX_US = 300_000_000;

interface LoopRef {
  readonly brokerName: string;
  readonly serial: number;
}
const popTurn = defineEvent<LoopRef>('pop.turn');
const popAnswered = defineEvent<Answered<LoopRef, PopResult>>('pop.answered');

/** The brokers of the route are asked from now on, all of them by every member. Returns whether anything changed. */
export function assignPops(sim: RocketSim, consumer: Consumer): boolean {
  const { node, state, spec, client } = consumer;
  const queues = subscribeQueues(client, spec.topic);
  const names = new Set(queues.map(({ brokerName }) => brokerName));
  let changed = false;
  for (const name of [...state.pops.keys()])
    if (!names.has(name)) changed = state.pops.delete(name) || changed;
  const cause = sim.currentCause;
  for (const brokerName of names) {
    if (state.pops.has(brokerName)) continue;
    changed = true;
    const loop: PopLoop = {
      brokerName,
      serial: state.nextSerial++,
      waits: 'timer',
      lastUs: sim.nowUs,
      unacked: 0,
      attempt: 0,
    };
    state.pops.set(brokerName, loop);
    sim.because(cause, () => takeTurn(sim, consumer, loop));
  }
  if (changed) sim.because(cause, () => sim.emit(popAssigned, node, names.size, queues.length));
  return changed;
}

function later(sim: RocketSim, node: number, loop: PopLoop, waitUs: number): void {
  loop.waits = 'timer';
  sim.after(waitUs, node, popTurn, { brokerName: loop.brokerName, serial: loop.serial });
}

function takeTurn(sim: RocketSim, consumer: Consumer, loop: PopLoop): void {
  const { state, node, client, spec, config } = consumer;
  if (state.phase !== 'running') return;
  loop.lastUs = sim.nowUs;
  if (state.paused) {
    later(sim, node, loop, AGAIN_US);
    return;
  }
  const room = isGrpc(consumer)
    ? Math.max(1, Math.floor(CACHED_MAX / state.pops.size)) - loop.unacked
    : BATCH_MAX;
  if (room <= 0) {
    sim.emit(pullHeldBack, node, firstQueueOf(sim, consumer, loop), loop.unacked);
    later(sim, node, loop, AGAIN_US);
    return;
  }
  if (!isGrpc(consumer) && loop.unacked > config.popThresholdForQueue) {
    const queue = firstQueueOf(sim, consumer, loop);
    if (loop.waits !== 'room') sim.emit(pullHeldBack, node, queue, loop.unacked);
    loop.waits = 'room';
    return;
  }
  const broker = findBrokerInSubscribe(client, loop.brokerName, MASTER_ID, true);
  if (broker === undefined) {
    later(sim, node, loop, AGAIN_US);
    return;
  }
  loop.waits = 'answer';
  const invisibleUs = config.popInvisibleTime * 1000;
  const allowed = invisibleUs >= INVISIBLE_MIN_US && invisibleUs <= INVISIBLE_MAX_US;
  const remoting = {
    maxMessages: config.popBatchNums,
    invisibleUs: allowed ? invisibleUs : PROXY.invisibleUs,
    pollUs: POLL_US,
    fromFirst: config.consumeFromWhere === 'CONSUME_FROM_FIRST_OFFSET',
  };
  const body = {
    group: spec.group,
    topic: spec.topic,
    ...(isGrpc(consumer) ? { ...PROXY, maxMessages: Math.min(room, BATCH_MAX) } : remoting),
    bornUs: sim.nowUs,
    filter: consumer.filter,
    clientId: isGrpc(consumer) ? client.clientId : undefined,
    order: isGrpc(consumer) && isFifo(sim.state.product, consumer),
    attemptId: `${node}:${loop.serial}:${loop.attempt}`,
  };
  const then = { event: popAnswered, context: { brokerName: loop.brokerName, serial: loop.serial } };
  invoke(sim, node, broker.node, popMessage, body, { timeoutUs: TIMEOUT_US, mode: 'async', then });
}

function onAnswered(sim: RocketSim, node: number, { context, outcome }: Answered<LoopRef, PopResult>): void {
  const consumer = consumerOf(sim, node);
  const loop = loopOf(consumer, context);
  if (consumer.state.phase !== 'running') return;
  if (loop === undefined) {
    // Of a broker that the route no longer has: the loop ends, what it brought is consumed (`onReceiveMessageResult`).
    if (isGrpc(consumer) && outcome.ok && outcome.status === Code.SUCCESS)
      submitReceived(sim, consumer, context, outcome.body);
    return;
  }
  const queue = firstQueueOf(sim, consumer, loop);
  if (!outcome.ok) {
    sim.emit(pullLost, node, queue, -1);
    later(sim, node, loop, AGAIN_US);
    return;
  }
  const cause = sim.currentCause;
  const { status, body } = outcome;
  if (status === Code.SUCCESS) {
    loop.unacked += body.records.length;
    loop.attempt++;
    if (isGrpc(consumer)) sim.because(cause, () => submitReceived(sim, consumer, context, body));
    else {
      for (const popped of body.popped)
        sim.because(cause, () => submitPopped(sim, consumer, context, popped));
    }
  } else if (status !== PopCode.POLLING_TIMEOUT) {
    const waitUs = status === Code.FLOW_CONTROL ? FLOW_CONTROL_US : AGAIN_US;
    sim.emit(pullFailed, node, queue, waitUs);
    later(sim, node, loop, waitUs);
    return;
  }
  if (!isGrpc(consumer) && consumer.config.pullInterval > 0)
    later(sim, node, loop, consumer.config.pullInterval * 1000);
  else sim.because(cause, () => takeTurn(sim, consumer, loop));
}

function loopOf({ state }: Consumer, { brokerName, serial }: LoopRef): PopLoop | undefined {
  const loop = state.pops.get(brokerName);
  return loop?.serial === serial ? loop : undefined;
}

export function registerPopLoops(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(popTurn, (sim, node, ref) => {
      const consumer = consumerOf(sim, node);
      const loop = loopOf(consumer, ref);
      if (loop?.waits === 'timer') takeTurn(sim, consumer, loop);
    })
    .on(popAnswered, onAnswered)
    .on(popRoom, (sim, node, ref) => {
      const consumer = consumerOf(sim, node);
      const loop = loopOf(consumer, ref);
      if (loop?.waits !== 'room' || loop.unacked > consumer.config.popThresholdForQueue) return;
      const steps = Math.max(1, Math.ceil((sim.nowUs - loop.lastUs) / ROOM_STEP_US));
      later(sim, node, loop, loop.lastUs + steps * ROOM_STEP_US - sim.nowUs);
    });
}
