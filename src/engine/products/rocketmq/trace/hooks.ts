import { processOf } from '../../../model/env';
import { internText, messageTopic, messageTraced, recordMessage } from '../../../model/world';
import type { ConsumeTask } from '../consumer/consumer-state';
import type { SendCall } from '../producer/producer-state';
import { LOCAL_STATES, type LocalState, type SendResult } from '../protocol';
import { reconsumeTimesOf } from '../retry/retry-topics';
import type { Consumer, Producer, RocketSim } from '../state';
import { append } from './dispatcher';
import { traceDiscarded, traceNoted, traceSwitchedOff } from './trace-kinds';
import { CONTEXT_CODES, type TraceLine } from './trace-lines';
import type { TraceDispatcher } from './trace-state';

/** What the hooks of a traced client note. Callers look at `trace` first: without a trace nothing is done. [TR-1] */

const millis = (us: number) => Math.max(0, Math.floor(us / 1_000));
/** Calls of listeners are numbered from 0 in each life of a process. */
const LIFE = 1_000_000;
const MINUTE_US = 60_000_000;

/**
 * `SendMessageTraceHookImpl#sendMessageAfter`: one attempt that has a `SendResult`. An attempt that ends with an
 * exception, or a oneway, leaves nothing.
 */
export function notePub(
  sim: RocketSim,
  { node, trace }: Producer,
  call: SendCall,
  answer: SendResult | undefined,
  success: boolean,
): void {
  if (trace === undefined) return;
  if (answer?.traceOn === false) {
    tellOff(sim, node, trace, call.message);
    return;
  }
  // Repeated asynchronous attempts share the context of the first one.
  const sinceUs = call.mode === 'async' && call.attempts > 1 ? call.beginUs : call.attemptUs;
  note(sim, node, trace, [
    {
      type: 'Pub',
      message: call.message,
      batch: call.batch,
      timeMs: millis(sinceUs),
      costMs: millis(sim.nowUs - sinceUs),
      success,
      value: answer?.record ?? -1,
      request: 0,
    },
  ]);
}

/** `ConsumeMessageTraceHookImpl#consumeMessageBefore`: a line for each message whose broker wants a trace. */
export function noteBefore(sim: RocketSim, consumer: Consumer, id: number, task: ConsumeTask): void {
  const { node, trace, state } = consumer;
  if (trace === undefined) return;
  const { arena } = sim.state;
  for (const record of task.records) {
    const message = recordMessage(arena, record);
    if (!messageTraced(arena, message)) tellOff(sim, node, trace, message);
  }
  const lines = linesOf(sim, consumer, id, task, (record) => ({
    type: 'SubBefore',
    success: true,
    costMs: 0,
    value: reconsumeTimesOf(arena, record) + (state.localRetries.get(record) ?? 0),
  }));
  note(sim, node, trace, lines);
}

/** `consumeMessageAfter`: the listener has returned, whatever becomes of its result. */
export function noteAfter(
  sim: RocketSim,
  consumer: Consumer,
  id: number,
  task: ConsumeTask,
  failed: boolean,
): void {
  const { node, trace, config } = consumer;
  if (trace === undefined) return;
  const tookUs = sim.nowUs - task.startUs;
  const late = tookUs >= config.consumeTimeout * MINUTE_US;
  const { timeOut, success, failed: refused } = CONTEXT_CODES;
  const lines = linesOf(sim, consumer, id, task, () => ({
    type: 'SubAfter',
    success: !failed,
    costMs: Math.floor(millis(tookUs) / task.records.length),
    value: late ? timeOut : failed ? refused : success,
  }));
  note(sim, node, trace, lines);
}

/** `EndTransactionTraceHookImpl`: the second phase, or the answer to a check. It does not ask for traceOn. */
export function noteEnd(
  sim: RocketSim,
  { node, trace }: Producer,
  message: number,
  state: LocalState,
  fromCheck: boolean,
): void {
  if (trace === undefined) return;
  note(sim, node, trace, [
    {
      type: 'EndTransaction',
      message,
      batch: 1,
      timeMs: millis(sim.nowUs),
      costMs: 0,
      success: true,
      value: LOCAL_STATES.indexOf(state),
      request: fromCheck ? 1 : 0,
    },
  ]);
}

function linesOf(
  sim: RocketSim,
  { node }: Consumer,
  id: number,
  { records }: ConsumeTask,
  said: (record: number) => Pick<TraceLine, 'type' | 'success' | 'costMs' | 'value'>,
): TraceLine[] {
  const { arena, env } = sim.state;
  const request = processOf(env, node).incarnation * LIFE + (id % LIFE);
  const timeMs = millis(sim.nowUs);
  return records.flatMap((record) => {
    const message = recordMessage(arena, record);
    return messageTraced(arena, message) ? [{ message, batch: 1, timeMs, request, ...said(record) }] : [];
  });
}

function note(sim: RocketSim, node: number, trace: TraceDispatcher, lines: readonly TraceLine[]): void {
  const [first] = lines;
  if (first === undefined) return;
  const { arena } = sim.state;
  const cause = sim.currentCause;
  const topic = messageTopic(arena, first.message);
  sim.because(cause, () => {
    const kept = append(sim, node, trace, { frozen: true, topic, lines });
    for (const { message, type } of lines) {
      sim.because(cause, () => {
        if (kept) sim.emit(traceNoted, node, message, internText(arena, type));
        else sim.emit(traceDiscarded, node, message, trace.discarded);
      });
    }
  });
}

function tellOff(sim: RocketSim, node: number, trace: TraceDispatcher, message: number): void {
  if (trace.toldOff) return;
  trace.toldOff = true;
  const cause = sim.currentCause;
  sim.because(cause, () => sim.emit(traceSwitchedOff, node, message));
}
