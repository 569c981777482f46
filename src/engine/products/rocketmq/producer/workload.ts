import { hashText } from '../../../core/rng';
import { defineEvent, type EventType, type Handlers } from '../../../core/sim';
import { processOf } from '../../../model/env';
import { useCpu } from '../../../model/resources';
import { addMessage, type World } from '../../../model/world';
import { MESSAGE_DEFAULTS } from '../../../scenario/defaults';
import type {
  Load,
  MessageSpec,
  ProducerSpec,
  TransactionOutcome,
  WorkloadPatch,
} from '../../../scenario/types';
import { BATCH_PROPERTIES_BYTES, RECORD_FIXED_BYTES } from '../batch';
import type { Producer, Rocket, RocketSim } from '../state';
import { drawKey } from './key-space';
import type { Delay, HalfMessage } from './producer-state';
import { registerSend, send } from './send';
import { sendEnded } from './send-end';

/**
 * The application: when it makes messages, and what they are.
 *
 * A rate is an open loop: each message is sent by a thread of its own at a fixed pace, whatever became of the
 * others; all of them share one queue counter (PR-9 has one for each thread). Threads are a closed loop: each sends
 * its next message when its last `send` has ended, with a queue counter of its own. A send has ended when the
 * application knows its result; a oneway when it was written. With a `batch` each `send` takes so many messages, and
 * a rate counts messages all the same (PR-14).
 */

const PHASE = hashText('producer.pace-phase');
const STAGGER = hashText('producer.thread-start');
const PHASE_BOUND = 1_000_000;
const STAGGER_US = 1_000;
/** What the client spends on one send before the next one can begin on the same thread. */
const CLIENT_NS = 5_000;
/** A thread whose send failed without any time passing does not spin. */
const IN_NO_TIME_US = 1_000;
const NO_DELAY: Delay = { frozen: true, level: 0, timerUs: null };
/** Properties that a client adds to each message. */
const PROPERTIES_BYTES = 60;

const pace = defineEvent<{ epoch: number }>('producer.pace');
const threadSends = defineEvent<{ thread: number }>('producer.thread-sends');
const burstSends = defineEvent<{ left: number }>('producer.burst');
const sendsByHand = defineEvent<MessageSpec>('producer.send-by-hand');

/** The workloads of all producers that run begin now; those that start later begin with their process. */
export function startWorkload(sim: RocketSim): void {
  sim.state.product.workloadOn = true;
  for (const producer of sim.state.product.producers.values()) beginLoad(sim, producer);
}

/** Sets the load's pace from now on. Does nothing while the process or the workload does not run. */
export function beginLoad(sim: RocketSim, producer: Producer): void {
  const { state, node, spec } = producer;
  state.load.epoch++;
  if (!mayWork(sim, producer)) return;
  if (spec.load.kind === 'threads') startThreads(sim, producer, spec.load.threads);
  else {
    enterStretch(sim, producer, spec.load);
    schedulePace(sim, node, producer);
  }
}

export function pauseProducer(sim: RocketSim, node: number): void {
  const { state } = producerOf(sim, node);
  state.paused = true;
  state.load.epoch++;
}

export function resumeProducer(sim: RocketSim, node: number): void {
  const producer = producerOf(sim, node);
  producer.state.paused = false;
  beginLoad(sim, producer);
}

/** Changes parts of the workload from now on. The limit counts what was made before. */
export function setProducerWorkload(sim: RocketSim, node: number, patch: WorkloadPatch): void {
  const producer = producerOf(sim, node);
  const batch = batchOf(producer.spec);
  producer.spec = { ...producer.spec, ...patch };
  const paceChanges = patch.load !== undefined || batchOf(producer.spec) !== batch;
  if (paceChanges || patch.messages !== undefined) beginLoad(sim, producer);
}

/** One message by hand: what is null is as the workload says. A process that stands still sends it later. */
export function sendNow(sim: RocketSim, node: number, message: MessageSpec): void {
  byHand(sim, node, sendsByHand, message);
}

/** So many messages at once, one behind the other as fast as one thread hands them over. */
export function burst(sim: RocketSim, node: number, count: number): void {
  if (count > 0) byHand(sim, node, burstSends, { left: count });
}

function byHand<B>(sim: RocketSim, node: number, event: EventType<B>, body: B): void {
  if (processOf(sim.state.env, node).state === 'frozen') sim.at(sim.nowUs, node, event, body);
  else sim.call(event, node, body);
}

export function registerWorkload(handlers: Handlers<World<Rocket>>): void {
  registerSend(handlers);
  handlers
    .on(pace, onPace)
    .on(sendsByHand, (sim, node, message) => sendNew(sim, producerOf(sim, node), message, 1, -1))
    .on(burstSends, (sim, node, { left }) => {
      const producer = producerOf(sim, node);
      const batch = Math.min(left, batchOf(producer.spec));
      const cause = sim.currentCause;
      sim.because(cause, () => sendNew(sim, producer, MESSAGE_DEFAULTS, batch, -1));
      if (left > batch) useCpu(sim, node, CLIENT_NS, burstSends, { left: left - batch });
    })
    .on(threadSends, (sim, node, { thread }) => {
      const producer = producerOf(sim, node);
      if (!threadGoesOn(sim, producer, thread)) producer.state.threads.delete(thread);
      else sendNext(sim, producer, thread);
    })
    .on(sendEnded, (sim, node, { thread, inNoTime }) => {
      sim.byClock(() => {
        if (inNoTime) sim.after(IN_NO_TIME_US, node, threadSends, { thread });
        else useCpu(sim, node, CLIENT_NS, threadSends, { thread });
      });
    });
}

export function producerOf(sim: RocketSim, node: number): Producer {
  const producer = sim.state.product.producers.get(node);
  if (producer === undefined) throw new RangeError(`process ${node} is no producer`);
  return producer;
}

/** What is due while the process is frozen waits for it. */
function mayWork(sim: RocketSim, { node, state, spec }: Producer): boolean {
  const { state: process } = processOf(sim.state.env, node);
  return (
    sim.state.product.workloadOn &&
    !state.paused &&
    (process === 'up' || process === 'frozen') &&
    (spec.messages === null || state.made < spec.messages)
  );
}

/**
 * Messages of one call. `send(Collection)` has no oneway, no selector and no transaction: such producers send one by
 * one, whatever their `batch` says. [PR-14]
 */
function batchOf({ batch, mode, queueSelector }: ProducerSpec): number {
  return (mode === 'sync' || mode === 'async') && queueSelector !== 'hashKey' ? batch : 1;
}

/** The next call of the workload. The last batch before the limit is smaller. */
function sendNext(sim: RocketSim, producer: Producer, thread: number): void {
  const { state, spec } = producer;
  const left = spec.messages === null ? Number.POSITIVE_INFINITY : spec.messages - state.made;
  const batch = Math.min(batchOf(spec), left);
  state.made += batch;
  sendNew(sim, producer, MESSAGE_DEFAULTS, batch, thread);
}

function startThreads(sim: RocketSim, { node, state }: Producer, threads: number): void {
  for (let thread = 0; thread < threads; thread++) {
    if (state.threads.has(thread)) continue;
    state.threads.add(thread);
    const waitUs = sim.state.product.aligned ? 0 : sim.drawBelow(STAGGER_US, node, STAGGER, thread);
    sim.after(waitUs, node, threadSends, { thread });
  }
}

function threadGoesOn(sim: RocketSim, producer: Producer, thread: number): boolean {
  const { load } = producer.spec;
  return load.kind === 'threads' && thread < load.threads && mayWork(sim, producer);
}

/** The stretch of one rate that the present moment lies in. */
function enterStretch(sim: RocketSim, { state }: Producer, load: Exclude<Load, { kind: 'threads' }>): void {
  const { nowUs } = sim;
  state.load.baseUs = nowUs;
  state.load.next = 0;
  state.load.untilUs = Number.POSITIVE_INFINITY;
  if (load.kind === 'rate') {
    state.load.ratePerSecond = load.ratePerSecond;
    return;
  }
  state.load.ratePerSecond = 0;
  for (const { fromUs, ratePerSecond } of load.steps) {
    if (fromUs > nowUs) {
      state.load.untilUs = Math.min(state.load.untilUs, fromUs);
      break;
    }
    state.load.ratePerSecond = ratePerSecond;
    state.load.baseUs = fromUs;
  }
}

/** Schedules the next call of the pace, or the next change of the rate. Moments that have passed are left out. */
function schedulePace(sim: RocketSim, node: number, { state, spec }: Producer): void {
  const { load } = state;
  const callUs = 1_000_000 * batchOf(spec);
  const { baseUs, ratePerSecond, untilUs, epoch } = load;
  let dueUs = Number.POSITIVE_INFINITY;
  if (ratePerSecond > 0) {
    const phase = sim.state.product.aligned ? 0.5 : sim.drawBelow(PHASE_BOUND, node, PHASE, 0) / PHASE_BOUND;
    const at = (k: number) => baseUs + Math.floor(((k + phase) * callUs) / ratePerSecond);
    const passed = Math.floor(((sim.nowUs - baseUs) * ratePerSecond) / callUs - phase);
    load.next = Math.max(load.next, passed);
    while (at(load.next) < sim.nowUs) load.next++;
    dueUs = at(load.next);
  }
  const nextUs = Math.min(dueUs, untilUs);
  if (Number.isFinite(nextUs)) sim.byClock(() => sim.at(nextUs, node, pace, { epoch }));
}

function onPace(sim: RocketSim, node: number, { epoch }: { epoch: number }): void {
  const producer = producerOf(sim, node);
  const { state, spec } = producer;
  if (epoch !== state.load.epoch || spec.load.kind === 'threads' || !mayWork(sim, producer)) return;
  if (sim.nowUs >= state.load.untilUs) enterStretch(sim, producer, spec.load);
  else {
    state.load.next++;
    sendNext(sim, producer, -1);
  }
  schedulePace(sim, node, producer);
}

/** One call of `send` with new messages. */
function sendNew(sim: RocketSim, producer: Producer, said: MessageSpec, batch: number, thread: number): void {
  const half = halfOf(producer, said);
  const first = newMessage(sim, producer, said, batch);
  for (let i = 1; i < batch; i++) newMessage(sim, producer, said, batch);
  send(sim, producer, first, batch, thread, delayOf(producer, said), half);
}

/** A half message has no level: `sendMessageInTransaction` clears it, and forgets the timer. */
function delayOf({ spec }: Producer, said: MessageSpec): Delay {
  const level = spec.mode === 'transaction' ? 0 : (said.delayLevel ?? spec.delayLevel);
  const timerUs = said.timerDelayUs ?? spec.timerDelayUs;
  return level <= 0 && timerUs === null ? NO_DELAY : { frozen: true, level, timerUs };
}

/** What comes behind a half message; outcomes take turns, as tags do. Undefined for a producer without transactions. */
function halfOf({ spec, state }: Producer, said: MessageSpec): HalfMessage | undefined {
  if (spec.mode !== 'transaction') return undefined;
  const { localTransaction: local } = spec;
  const inTurn = local.outcomes[state.ordinal % local.outcomes.length] as TransactionOutcome;
  return { frozen: true, outcome: said.outcome ?? inTurn, local };
}

function newMessage(sim: RocketSim, producer: Producer, said: MessageSpec, batch: number): number {
  const { node, spec, state } = producer;
  const { arena } = sim.state;
  const ordinal = state.ordinal++;
  const bytes = said.body === null ? spec.bodyBytes : utf8Bytes(said.body);
  const properties = said.properties ?? propertiesInTurn(spec, ordinal);
  const propertiesBytes =
    PROPERTIES_BYTES + (batch > 1 ? BATCH_PROPERTIES_BYTES : 0) + propertyBytes(properties);
  return addMessage(arena, {
    bornUs: sim.nowUs,
    producer: node,
    topic: spec.topic,
    key: said.key === null ? generatedKey(sim, producer, ordinal) : spelledKey(said.key),
    keyByHand: said.key !== null,
    tag: said.tag ?? spec.tags[ordinal % spec.tags.length] ?? '',
    body: said.body ?? undefined,
    bytes,
    size: RECORD_FIXED_BYTES + bytes + spec.topic.length + propertiesBytes,
    wait: true,
    properties,
  });
}

/** Each property takes its values in turn, message by message. */
function propertiesInTurn({ properties }: ProducerSpec, ordinal: number): Record<string, string> | undefined {
  if (Object.keys(properties).length === 0) return undefined;
  const taken = Object.entries(properties).map(([name, values]) => [name, values[ordinal % values.length]]);
  return Object.fromEntries(taken) as Record<string, string>;
}

/** A name, its value, and a byte behind each. */
function propertyBytes(properties: Readonly<Record<string, string>> | undefined): number {
  if (properties === undefined) return 0;
  let bytes = 0;
  for (const [name, value] of Object.entries(properties)) bytes += utf8Bytes(name) + utf8Bytes(value) + 2;
  return bytes;
}

/** Without a key space each message has a key of its own: the number that it gets. */
function generatedKey(sim: RocketSim, producer: Producer, ordinal: number): number {
  const { keys } = producer.spec;
  return keys === null ? sim.state.arena.messages.length : drawKey(sim, producer, keys, ordinal);
}

/** A key written by hand that looks like a generated one is that one. */
function spelledKey(key: string): number | string {
  const number = /^order-(0|[1-9]\d{0,8})$/.exec(key)?.[1];
  return number === undefined ? key : Number(number);
}

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}
