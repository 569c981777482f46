import { defineEvent, type Handlers } from '../../../core/sim';
import type { World } from '../../../model/world';
import { clientShutdown } from '../client/client';
import { clientOf } from '../client/client-of';
import type { Consumer, Producer, Rocket, RocketSim } from '../state';
import { tickAtOrAfter } from '../timers';
import { traceFlushed, traceForgotten } from './trace-kinds';
import { registerTraceSending, sendTrace, traceRouted } from './trace-send';
import { createTrace, type TraceContext, type TraceDispatcher } from './trace-state';

/**
 * `AsyncTraceDispatcher`: hooks put what they note into a queue, a worker takes ten at a time, or what there is when
 * the last flush is more than 5 s ago. So after a silence the first entry leaves at once and alone. [TR-1]
 */

const TRACE_QUEUE_MAX = 2_048;
const BATCH = 10;
const FLUSH_INTERVAL_US = 5_000_000;
/** `currentTimeMillis`: more than 5000 ms is 5001. */
const CLOCK_US = 1_000;
/** The worker sleeps so long when there is nothing to do for it. */
const LOOK = { firstUs: 0, periodUs: 5_000 };

const look = defineEvent<{ readonly atUs: number }>('trace.look');

/** Puts an entry into the queue; false when it is full, and the entry dropped. */
export function append(sim: RocketSim, node: number, trace: TraceDispatcher, context: TraceContext): boolean {
  if (trace.queue.length >= TRACE_QUEUE_MAX) {
    trace.discarded++;
    return false;
  }
  trace.queue.push(context);
  arm(sim, node, trace);
  return true;
}

function arm(sim: RocketSim, node: number, trace: TraceDispatcher): void {
  if (trace.queue.length === 0 || trace.leaving) return;
  const readyUs =
    trace.queue.length >= BATCH
      ? sim.nowUs
      : Math.max(sim.nowUs, trace.lastFlushUs + FLUSH_INTERVAL_US + CLOCK_US);
  const atUs = tickAtOrAfter(sim, node, LOOK, readyUs);
  if (atUs >= trace.dueUs) return;
  trace.dueUs = atUs;
  sim.at(atUs, node, look, { atUs });
}

/** `flushTraceContext(false)`, again and again without a sleep while a batch is full. */
function onLook(sim: RocketSim, node: number, { atUs }: { readonly atUs: number }): void {
  const { trace } = clientOf(sim, node);
  if (trace === undefined || trace.dueUs !== atUs || trace.leaving) return;
  trace.dueUs = Number.POSITIVE_INFINITY;
  const cause = sim.currentCause;
  while (
    trace.queue.length >= BATCH ||
    (trace.queue.length > 0 && sim.nowUs - trace.lastFlushUs > FLUSH_INTERVAL_US)
  ) {
    sim.because(cause, () => flush(sim, node, trace));
  }
  arm(sim, node, trace);
}

function flush(sim: RocketSim, node: number, trace: TraceDispatcher): void {
  const contexts = trace.queue.splice(0, BATCH);
  trace.lastFlushUs = sim.nowUs;
  sim.emit(traceFlushed, node, contexts.length, trace.queue.length);
  sendTrace(sim, node, contexts);
}

/** `DefaultMQProducer#shutdown`: all that is in the queue is sent, then the client leaves (CL-23). */
export function shutDownTraced(sim: RocketSim, node: number): void {
  const { trace } = clientOf(sim, node);
  const cause = sim.currentCause;
  if (trace !== undefined) {
    trace.leaving = true;
    while (trace.queue.length > 0) sim.because(cause, () => flush(sim, node, trace));
    if (trace.routing > 0) return;
  }
  sim.because(cause, () => clientShutdown(sim, node));
}

/** The process is gone, and its queue with it. */
export function forgetTrace(sim: RocketSim, node: number): void {
  const entries = clientOf(sim, node).trace?.queue.length ?? 0;
  const cause = sim.currentCause;
  if (entries > 0) sim.because(cause, () => sim.emit(traceForgotten, node, entries));
}

/** `enableTrace` was set on a client that runs: as after an instant restart, what waited in the queue is gone. */
export function traceSet(sim: RocketSim, client: Producer | Consumer): void {
  const isGrpc = 'protocol' in client.spec && client.spec.protocol === 'grpc';
  const wanted = client.config.enableTrace && !isGrpc;
  if (wanted === (client.trace !== undefined)) return;
  forgetTrace(sim, client.node);
  client.trace = createTrace(wanted, sim.nowUs);
}

export function registerTrace(handlers: Handlers<World<Rocket>>): void {
  registerTraceSending(handlers);
  handlers.on(look, onLook).on(traceRouted, (sim, node) => {
    const { trace } = clientOf(sim, node);
    if (trace?.leaving && trace.routing === 0) clientShutdown(sim, node);
  });
}
