import { type Due, defineEvent, type Handlers, type Sim } from '../core/sim';
import type { Failure } from '../view';
import { hostOf, linkBetween, processOf } from './env';
import {
  diskLost,
  linkCut,
  linkHealed,
  powerLost,
  processFrozen,
  processKilled,
  processStarted,
  processStopped,
  processThawed,
} from './kinds';
import { closeAll, resumeHeld, vanishAll } from './net';
import { noteFault, noteLinkFault } from './silence';
import type { World } from './world';

/**
 * The life of processes and hosts. A product handles three hooks: a process starts (load, recover, then mark it
 * `up`), a process was killed (drop what lived in memory, and on power or disk loss what was not durable), and a
 * process is asked to shut down (do what a shutdown hook does, then call `exitProcess`).
 */
export const processStart = defineEvent<Record<string, never>>('process.start');
export const processDown = defineEvent<{ failure: Failure | 'shutdown' }>('process.down');
export const processShutdown = defineEvent<Record<string, never>>('process.shutdown');
const thaw = defineEvent<{ untilUs: number }>('process.thaw');
const terminate = defineEvent<Record<string, never>>('process.terminate');

type AnySim = Sim<World>;

/** Starts a process that is down; its host gets its power back. */
export function startProcess(sim: AnySim, node: number): void {
  const { env } = sim.state;
  const process = processOf(env, node);
  if (process.state !== 'down') return;
  const host = hostOf(env, node);
  const hostWasDown = !host.up;
  host.up = true;
  process.state = 'starting';
  process.failure = undefined;
  process.refuses = [];
  process.sinceUs = sim.nowUs;
  process.untilUs = undefined;
  sim.emit(processStarted, node);
  if (hostWasDown) resumeHeld(sim, (x, y) => hostOf(env, x) === host || hostOf(env, y) === host);
  sim.call(processStart, node, {});
}

/** The process is ready to serve. */
export function markUp(sim: AnySim, node: number): void {
  const process = processOf(sim.state.env, node);
  process.state = 'up';
  process.sinceUs = sim.nowUs;
  process.untilUs = undefined;
}

export function killProcess(sim: AnySim, node: number, failure: Failure): void {
  const { env } = sim.state;
  const victims = failure === 'power' ? sameHost(sim, node) : [node];
  if (processOf(env, node).state === 'down') return;
  sim.emit(failure === 'process' ? processKilled : failure === 'power' ? powerLost : diskLost, node);
  const cause = sim.currentCause;
  if (failure === 'power') hostOf(env, node).up = false;
  for (const victim of victims) {
    if (processOf(env, victim).state === 'down') continue;
    noteFault(sim, victim);
    sim.because(cause, () => end(sim, victim, failure));
  }
}

/** Asks for a graceful shutdown; the product answers with `exitProcess`, now or later. */
export function shutdownProcess(sim: AnySim, node: number): void {
  const process = processOf(sim.state.env, node);
  if (process.state === 'down' || process.state === 'stopping') return;
  if (process.state === 'frozen') {
    // A signal to a stopped process waits until it goes on.
    const { incarnation, inbox } = process;
    inbox.push({ event: terminate, node, incarnation, cause: sim.currentCause, body: {} });
    return;
  }
  process.state = 'stopping';
  process.sinceUs = sim.nowUs;
  sim.call(processShutdown, node, {});
}

export function exitProcess(sim: AnySim, node: number): void {
  sim.emit(processStopped, node);
  noteFault(sim, node);
  end(sim, node, 'shutdown');
}

/** Nothing of the process runs for `forUs`; its sockets stay, its kernel keeps what arrives. */
export function freezeProcess(sim: AnySim, node: number, forUs: number): void {
  const process = processOf(sim.state.env, node);
  if (process.state === 'down') return;
  if (process.state !== 'frozen') {
    process.thawsTo = process.state;
    process.state = 'frozen';
  }
  process.sinceUs = sim.nowUs;
  process.untilUs = sim.nowUs + forUs;
  sim.emit(processFrozen, node, forUs);
  noteFault(sim, node);
  sim.at(process.untilUs, -1, thaw, { untilUs: process.untilUs });
}

export function cutLink(sim: AnySim, x: number, y: number): void {
  linkBetween(sim.state.env, x, y).cut = true;
  sim.emit(linkCut, x, y);
  noteLinkFault(sim, x, y);
}

export function healLink(sim: AnySim, x: number, y: number): void {
  const link = linkBetween(sim.state.env, x, y);
  link.cut = false;
  sim.emit(linkHealed, x, y);
  resumeHeld(sim, (a, b) => (a === x && b === y) || (a === y && b === x));
}

/** For `SimOptions.divert`: events of a frozen process wait in its inbox. */
export function divertFrozen(sim: AnySim, due: Due): boolean {
  const process = processOf(sim.state.env, due.node);
  if (process.state !== 'frozen') return false;
  process.inbox.push(due);
  return true;
}

export function registerProcesses(handlers: Handlers<World>): void {
  handlers.on(terminate, shutdownProcess).on(thaw, (sim, _node, { untilUs }) => {
    sim.state.env.processes.forEach((process, node) => {
      if (process.state !== 'frozen' || process.untilUs !== untilUs) return;
      process.state = process.thawsTo;
      process.sinceUs = sim.nowUs;
      process.untilUs = undefined;
      sim.emit(processThawed, node);
      const inbox = process.inbox;
      process.inbox = [];
      for (const due of inbox) sim.requeue(due);
    });
  });
}

function sameHost(sim: AnySim, node: number): number[] {
  const { env } = sim.state;
  const host = processOf(env, node).host;
  return env.processes.flatMap((process, other) => (process.host === host ? [other] : []));
}

function end(sim: AnySim, node: number, failure: Failure | 'shutdown'): void {
  const process = processOf(sim.state.env, node);
  process.state = 'down';
  process.failure = failure;
  process.sinceUs = sim.nowUs;
  process.untilUs = undefined;
  process.inbox = [];
  const cause = sim.currentCause;
  if (failure === 'power') vanishAll(sim, node);
  else closeAll(sim, node);
  process.incarnation++;
  sim.state.env.endings++;
  sim.because(cause, () => sim.call(processDown, node, { failure }));
}
