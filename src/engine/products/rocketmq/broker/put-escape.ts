import { defineEvent, type Handlers } from '../../../core/sim';
import { messageBytes, type World } from '../../../model/world';
import { Code, type SendResult, sendMessage } from '../protocol';
import { type Answered, invoke, SUCCESS } from '../remoting';
import type { Rocket, RocketSim } from '../state';
import { escapeFailed, messageEscaped } from './acting-kinds';
import { askRoute, type EscapeTarget, escapeTarget, routeSettled } from './escape-target';
import { putInternal } from './put';
import { brokerOf, type EscapingPut, type PutDone } from './store-state';

/** `EscapeBridge.SEND_TIMEOUT`. */
const TIMEOUT_US = 3_000_000;

interface Escape {
  readonly to: number;
  readonly message: number;
  readonly done: PutDone;
}
const escapeAnswered = defineEvent<Answered<Escape, SendResult | undefined>>('escape.send-answered');

/**
 * `EscapeBridge#putMessage`: a special service stores a message, in its own store or, on a slave that acts for its
 * master, by a send to another master (HA-19). `done` is told how it ended. The first put of a topic waits for its
 * route.
 */
export function putEscaping<C>(
  sim: RocketSim,
  node: number,
  put: EscapingPut['put'],
  done: PutDone<C>,
): void {
  const escaping: EscapingPut = { put, done: done as PutDone };
  const target = escapeTarget(sim, node, put.topic);
  if (target === 'unknown') awaitRoute(sim, node, escaping);
  else putTo(sim, node, target, escaping);
}

/** One question at a time: who comes while it is on its way waits for the same answer. */
function awaitRoute(sim: RocketSim, node: number, escaping: EscapingPut): void {
  const { members } = brokerOf(sim, node).store.memory;
  const { topic } = escaping.put;
  const waiting = members.escaping.get(topic);
  if (waiting !== undefined) waiting.push(escaping);
  else if (askRoute(sim, node, topic)) members.escaping.set(topic, [escaping]);
  else putTo(sim, node, undefined, escaping);
}

function onRoute(sim: RocketSim, node: number, { topic }: { readonly topic: string }): void {
  const { members } = brokerOf(sim, node).store.memory;
  const waiting = members.escaping.get(topic) ?? [];
  members.escaping.delete(topic);
  const cause = sim.currentCause;
  for (const escaping of waiting) {
    const target = escapeTarget(sim, node, topic);
    sim.because(cause, () => putTo(sim, node, target === 'unknown' ? undefined : target, escaping));
  }
}

function putTo(
  sim: RocketSim,
  node: number,
  target: EscapeTarget | undefined,
  { put, done }: EscapingPut,
): void {
  if (target?.node === node) putInternal(sim, node, put, done);
  else if (target === undefined) end(sim, node, done, Code.SERVICE_NOT_AVAILABLE, -1);
  else {
    const { message, topic, queueId, props } = put;
    sim.emit(messageEscaped, node, message, target.node);
    const body = {
      producerGroup: 'InnerProducerGroup',
      message,
      topic,
      queueId: target.queueId ?? queueId,
      defaultTopic: '',
      defaultTopicQueueNums: 0,
      props,
    };
    const context: Escape = { to: target.node, message, done };
    const bytes = messageBytes(sim.state.arena, message);
    const then = { event: escapeAnswered, context };
    invoke(sim, node, target.node, sendMessage, body, { timeoutUs: TIMEOUT_US, message, bytes, then });
  }
}

function end(
  sim: RocketSim,
  node: number,
  { event, context }: PutDone,
  status: number,
  record: number,
): void {
  sim.call(event, node, { context, status, record });
}

export function registerEscape(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(routeSettled, onRoute)
    .on(escapeAnswered, (sim, node, { context: { to, message, done }, outcome }) => {
      if (outcome.ok && outcome.status === SUCCESS) end(sim, node, done, SUCCESS, outcome.body?.record ?? -1);
      else {
        sim.emit(escapeFailed, node, message, to);
        end(sim, node, done, Code.SYSTEM_ERROR, -1);
      }
    });
}
