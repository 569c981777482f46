import { createAgenda, popAgenda, pushAgenda } from '../src/engine/core/agenda';
import { defineEvent, Handlers, Sim } from '../src/engine/core/sim';
import { Run } from '../src/engine/run';
import { best, line, millions, seconds } from './measure';
import { busyScenario } from './scenario';

const SPAN_US = 60_000_000;

/** How fast the engine is, and the bare agenda beside it. Speeds are events a wall second. */
export interface EngineSpeeds {
  readonly events: number;
  /** Events that waited at the end of the run; as many wait in the bare agenda. */
  readonly pending: number;
  readonly bare: number;
  readonly traceOff: number;
  readonly traceOn: number;
  readonly messages: number;
  readonly entries: number;
}

/** The engine on a RocketMQ scenario, and a bare agenda with as many events and as many pending. */
export function measureEngine(): EngineSpeeds {
  const run = (windowEntries?: number) => {
    const one = new Run(busyScenario(), windowEntries === undefined ? {} : { windowEntries });
    const spent = seconds(() => one.advance(SPAN_US));
    return { one, spent };
  };
  const off = run(0);
  const events = off.one.sim.steps;
  const pending = off.one.sim.pending;
  const { sim } = run().one;
  return {
    events,
    pending,
    bare: best(3, () => bareAgenda(events, pending)),
    traceOff: best(3, () => events / run(0).spent),
    traceOn: best(3, () => events / run().spent),
    messages: sim.state.arena.messages.length,
    entries: sim.traceCount,
  };
}

export function reportEngine(
  { events, pending, bare, traceOff, traceOn, messages, entries }: EngineSpeeds,
  where: string,
): void {
  const ofBare = (speed: number) => `1/${(bare / speed).toFixed(1)} of the bare agenda`;
  line(`bare agenda, pop and push, ${where}`, millions(bare), `${pending} pending`);
  line(`engine, trace off, ${where}`, millions(traceOff), `${ofBare(traceOff)} (goal 1/10)`);
  line(`engine, full trace, ${where}`, millions(traceOn), `${ofBare(traceOn)} (goal 1/30)`);
  line('virtual seconds a second, trace off', (SPAN_US / 1e6 / (events / traceOff)).toFixed(0));
  line(
    'messages sent to committed a second',
    Math.round((messages * traceOff) / events).toLocaleString('en'),
  );
  line('events a message', (events / messages).toFixed(1));
  line('trace entries a message', (entries / messages).toFixed(1));
}

function bareAgenda(events: number, pending: number): number {
  const agenda = createAgenda<object>();
  const entry = {};
  let x = 1;
  const next = () => {
    x = (Math.imul(x, 1_103_515_245) + 12_345) >>> 0;
    return x % 10_000;
  };
  for (let i = 0; i < pending; i++) pushAgenda(agenda, next(), entry);
  let now = 0;
  const spent = seconds(() => {
    for (let i = 0; i < events; i++) {
      now = agenda.times[0] as number;
      popAgenda(agenda);
      pushAgenda(agenda, now + next(), entry);
    }
  });
  return events / spent;
}

/** A queue with exponential-like times on the engine's core: two events a customer. */
export function benchQueue(customers: number): number {
  const handlers = new Handlers<{ waiting: number; arrived: number; served: number }>();
  const arrive = defineEvent<null>('arrive');
  const leave = defineEvent<null>('leave');
  const draw = (
    sim: Sim<{ arrived: number; served: number }>,
    mean: number,
    ordinal: number,
    purpose: number,
  ) => 1 + sim.drawBelow(2 * mean, 0, purpose, ordinal);
  handlers
    .on(arrive, (sim) => {
      const { state } = sim;
      if (state.arrived++ < customers) sim.after(draw(sim, 1111, state.arrived, 1), -1, arrive, null);
      if (state.waiting++ === 0) sim.after(draw(sim, 1000, state.served, 2), -1, leave, null);
    })
    .on(leave, (sim) => {
      const { state } = sim;
      state.served++;
      if (--state.waiting > 0) sim.after(draw(sim, 1000, state.served, 2), -1, leave, null);
    });
  const sim = new Sim({
    seed: 1,
    state: { waiting: 0, arrived: 0, served: 0 },
    handlers,
    incarnationOf: () => 0,
    windowEntries: 0,
  });
  sim.at(0, -1, arrive, null);
  const spent = seconds(() => sim.runUntil(Number.MAX_SAFE_INTEGER - 1));
  return sim.steps / spent;
}
