import { defineEvent, type Handlers } from '../../core/sim';
import type { World } from '../../model/world';
import type { Rocket, RocketSim } from './state';

/**
 * Periodic timers. A fixed-rate timer starts `firstUs` after its base and ticks every `periodUs`; the base is the
 * start of its process, or time 0 for a warm run with aligned phases (`rebaseTimers`).
 *
 * Timers that would tick without being able to change anything (a 10 ms sweep, a 100 ms wait) are not scheduled:
 * `tickAtOrAfter` tells where their next tick falls when work arrives.
 */
export interface Timer {
  readonly name: string;
  readonly firstUs: number;
  readonly periodUs: number;
}

interface Tick {
  readonly timer: string;
  readonly base: number;
}

const timerTick = defineEvent<Tick>('timer.tick');
type TickHandler = (sim: RocketSim, node: number) => void;

/** Which timers exist and what they do; filled at module level by `defineTimer`. */
const timers = new Map<string, { timer: Timer; tick: TickHandler }>();

export function defineTimer(name: string, firstUs: number, periodUs: number, tick: TickHandler): Timer {
  if (timers.has(name)) throw new Error(`two timers named ${name}`);
  const timer = { name, firstUs, periodUs };
  timers.set(name, { timer, tick });
  return timer;
}

/** The moment that a process's timers count from. */
export function timerBaseUs(sim: RocketSim, node: number): number {
  return sim.state.product.timerBaseUs[node] ?? 0;
}

/** Sets the base of a process's timers to now: call it when the process starts, before its timers. */
export function baseTimers(sim: RocketSim, node: number): void {
  sim.state.product.timerBaseUs[node] = sim.nowUs;
  sim.state.product.activeTimers[node] = [];
}

/** Starts a periodic timer of a process; it ends with the process. `periodUs` may override the definition. */
export function startTimer(sim: RocketSim, node: number, timer: Timer, periodUs = timer.periodUs): void {
  const base = timerBaseUs(sim, node);
  const { activeTimers } = sim.state.product;
  activeTimers[node] = [...(activeTimers[node] ?? []), { name: timer.name, periodUs }];
  sim.at(Math.max(sim.nowUs, base + timer.firstUs), node, timerTick, { timer: timer.name, base });
}

/** First tick of a fixed-rate schedule at or after a moment. */
export function tickAtOrAfter(
  sim: RocketSim,
  node: number,
  schedule: { firstUs: number; periodUs: number },
  us: number,
): number {
  const first = timerBaseUs(sim, node) + schedule.firstUs;
  if (us <= first) return first;
  return first + Math.ceil((us - first) / schedule.periodUs) * schedule.periodUs;
}

/** When a timer of a process ticked last: undefined before its first tick, and when the process does not run it. */
export function lastTickUs(sim: RocketSim, node: number, { name, firstUs }: Timer): number | undefined {
  const active = sim.state.product.activeTimers[node]?.find((timer) => timer.name === name);
  const first = timerBaseUs(sim, node) + firstUs;
  if (active === undefined || sim.nowUs < first) return undefined;
  return sim.nowUs - ((sim.nowUs - first) % active.periodUs);
}

/** All timers of all running processes tick from now on as if their process had just started. */
export function rebaseTimers(sim: RocketSim): void {
  const { product, env } = sim.state;
  env.processes.forEach((process, node) => {
    if (process.state === 'down') return;
    const active = product.activeTimers[node] ?? [];
    baseTimers(sim, node);
    for (const { name, periodUs } of active) {
      const known = timers.get(name);
      if (known !== undefined) startTimer(sim, node, known.timer, periodUs);
    }
  });
}

export function registerTimers(handlers: Handlers<World<Rocket>>): void {
  handlers.on(timerTick, (sim, node, { timer: name, base }) => {
    // A tick of a former base: the timers were rebased in between.
    if (timerBaseUs(sim, node) !== base) return;
    const known = timers.get(name);
    const active = sim.state.product.activeTimers[node]?.find((item) => item.name === name);
    if (known === undefined || active === undefined) return;
    sim.after(active.periodUs, node, timerTick, { timer: name, base });
    known.tick(sim, node);
  });
}
