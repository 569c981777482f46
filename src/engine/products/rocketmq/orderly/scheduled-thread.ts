import { defineEvent } from '../../../core/sim';
import { consumerOf, type QueueRef } from '../consumer/consumer-of';
import type { RocketSim } from '../state';

/**
 * `ConsumeMessageScheduledThread_`: one thread of an orderly consumer renews all locks, asks for single ones, and takes
 * up what has waited for its time. While a broker does not answer, all of that stands still. [OR-3]
 */

type Task = { readonly kind: 'submit' | 'lock'; readonly held: QueueRef } | { readonly kind: 'renew' };

export interface ScheduledThread {
  /** It waits for the answer of a broker. */
  busy: boolean;
  waiting: { readonly frozen: true; readonly task: Task; readonly cause: number }[];
}

/** The thread has come to a task. Called, never scheduled. */
export const threadTask = defineEvent<Task>('orderly.thread-task');

export const createScheduledThread = (): ScheduledThread => ({ busy: false, waiting: [] });

export function onThread(sim: RocketSim, node: number, task: Task): void {
  const { scheduled } = consumerOf(sim, node).state;
  if (scheduled.busy) scheduled.waiting.push({ frozen: true, task, cause: sim.currentCause });
  else sim.call(threadTask, node, task);
}

/** The thread waits for an answer from now on. */
export function holdThread(sim: RocketSim, node: number): void {
  consumerOf(sim, node).state.scheduled.busy = true;
}

/** The answer is there: what came meanwhile is done in its order. */
export function letThreadGo(sim: RocketSim, node: number): void {
  const { scheduled } = consumerOf(sim, node).state;
  scheduled.busy = false;
  while (!scheduled.busy) {
    const next = scheduled.waiting.shift();
    if (next === undefined) return;
    sim.because(next.cause, () => sim.call(threadTask, node, next.task));
  }
}
