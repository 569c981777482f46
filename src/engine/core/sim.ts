import { type Agenda, copyAgenda, createAgenda, nextDueUs, popAgenda, pushAgenda } from './agenda';
import { cloneState } from './clone';
import { type Kind, NONE, packSlot } from './kinds';
import { drawBelow } from './rng';
import { createTraceState, digestText, rollDigest, type TraceState, TraceWindow } from './trace';

/** A pending event: a tagged object. Immutable once scheduled, so snapshots share it. */
export interface Due {
  readonly event: EventType<unknown>;
  /** Process that it concerns, or -1 for the environment. */
  readonly node: number;
  /** Incarnation of that process at scheduling; a later one does not get the event. */
  readonly incarnation: number;
  /** Trace entry that led to it. */
  readonly cause: number;
  readonly body: unknown;
}

/** A typed name of an event: what its body looks like is checked where it is scheduled and where it is handled. */
export interface EventType<B> {
  readonly frozen: true;
  readonly name: string;
  /** Place of its handler. It depends on the order of definition: outside of the program that runs, the name counts. */
  readonly id: number;
  readonly body?: B;
}

const events = new Map<string, EventType<unknown>>();

/** The event of this name; there is one object of each. */
export function defineEvent<B>(name: string): EventType<B> {
  let event = events.get(name);
  if (event === undefined) {
    event = { frozen: true, name, id: events.size };
    events.set(name, event);
  }
  return event as EventType<B>;
}

// Written as a method: a handler for the product's world is also one for the environment's view of that world.
export type Handler<S, B> = { handle(sim: Sim<S>, node: number, body: B): void }['handle'];

/** What the events mean. Built once for a product; holds no state. */
export class Handlers<S> {
  /** Names of the events that are handled. */
  readonly names: string[] = [];
  /** By id of the event. */
  private readonly table: (Handler<S, unknown> | undefined)[] = [];

  on<B>(event: EventType<B>, handler: Handler<S, B>): this {
    const { id, name } = event;
    if (this.table[id] !== undefined) throw new Error(`two handlers for ${name}`);
    while (this.table.length <= id) this.table.push(undefined);
    this.table[id] = handler as Handler<S, unknown>;
    this.names.push(name);
    return this;
  }

  of({ id, name }: EventType<unknown>): Handler<S, unknown> {
    const handler = this.table[id];
    if (handler === undefined) throw new Error(`nothing handles ${name}`);
    return handler;
  }
}

/** Everything that a run is at one moment, as plain data. */
export interface WorldOf<S> {
  nowUs: number;
  /** Events handled so far. */
  step: number;
  /** When the latest event was handled; before `nowUs` when time went on without one. */
  lastUs: number;
  agenda: Agenda<Due>;
  trace: TraceState;
  state: S;
}

export interface Snapshot<S> {
  readonly step: number;
  readonly nowUs: number;
  readonly traceCount: number;
  readonly world: WorldOf<S>;
}

/** Sees each trace entry as it is made; keeps what it learns in the state, so that it is restored with it. */
export type Observer<S> = {
  see(sim: Sim<S>, id: number, kind: Kind, node: number, a: number, b: number, cause: number): void;
}['see'];

export interface SimOptions<S> {
  seed: number;
  state: S;
  handlers: Handlers<S>;
  /** The incarnation of a process now; events of a former one are dropped. */
  incarnationOf(state: S, node: number): number;
  /** True when the event was taken over (its process is frozen) and must not be handled now. */
  divert?(sim: Sim<S>, due: Due): boolean;
  observers?: readonly Observer<S>[];
  /** Entries kept; 0 keeps none (the digest still rolls over all). */
  windowEntries?: number;
  /** Virtual time at the beginning; below 0 for a warm-up that ends at 0. */
  startUs?: number;
}

/**
 * The only way time passes. Generic: it never learns what an event means.
 *
 * A run is a function of the state it starts with, the seed and the calls made on it. The state may be mutated
 * inside a step; `snapshot` copies it (tables are shared).
 */
export class Sim<S> {
  readonly seed: number;
  readonly window: TraceWindow | undefined;
  private world: WorldOf<S>;
  private cause = -1;

  constructor(private readonly options: SimOptions<S>) {
    this.seed = options.seed;
    this.window = options.windowEntries === 0 ? undefined : new TraceWindow(options.windowEntries);
    this.world = {
      nowUs: options.startUs ?? 0,
      step: 0,
      lastUs: options.startUs ?? 0,
      agenda: createAgenda<Due>(),
      trace: createTraceState(),
      state: options.state,
    };
  }

  get state(): S {
    return this.world.state;
  }
  get nowUs(): number {
    return this.world.nowUs;
  }
  get steps(): number {
    return this.world.step;
  }
  /** When the latest event was handled. */
  get lastUs(): number {
    return this.world.lastUs;
  }
  get pending(): number {
    return this.world.agenda.size;
  }
  get agenda(): Agenda<Due> {
    return this.world.agenda;
  }
  get nextDueUs(): number {
    return nextDueUs(this.world.agenda);
  }
  /** Trace entries made so far; the id of the next one. */
  get traceCount(): number {
    return this.world.trace.count;
  }
  get digest(): string {
    return digestText(this.world.trace);
  }
  /** Id of the entry that what happens now will name as its cause. */
  get currentCause(): number {
    return this.cause;
  }

  /** Schedules an event at an absolute time (integer µs, not before now). */
  at<B>(timeUs: number, node: number, event: EventType<B>, body: B): void {
    const { nowUs, agenda, state } = this.world;
    if (!(timeUs >= nowUs) || !Number.isSafeInteger(timeUs)) {
      throw new RangeError(`${event.name}: due ${timeUs}, now ${nowUs}`);
    }
    const incarnation = node < 0 ? 0 : this.options.incarnationOf(state, node);
    pushAgenda(agenda, timeUs, { event, node, incarnation, cause: this.cause, body });
  }

  after<B>(delayUs: number, node: number, event: EventType<B>, body: B): void {
    this.at(this.world.nowUs + delayUs, node, event, body);
  }

  /** Puts back an event that was diverted, unchanged, due now. */
  requeue(due: Due): void {
    pushAgenda(this.world.agenda, this.world.nowUs, due);
  }

  /** Handles an event at once, within this step. */
  call<B>(event: EventType<B>, node: number, body: B): void {
    this.options.handlers.of(event)(this, node, body);
  }

  /** Records that something happened, by which rule; what follows in this step names it as its cause. */
  emit(kind: Kind, node: number, a: number = NONE, b: number = NONE, cause: number = this.cause): number {
    const { trace, nowUs } = this.world;
    const id = trace.count++;
    const aBits = packSlot(kind.a, a);
    const bBits = packSlot(kind.b, b);
    rollDigest(trace, nowUs, node, kind, cause, aBits, bBits);
    this.window?.push(id, nowUs, node, kind.id, cause, aBits, bBits);
    this.cause = id;
    const observers = this.options.observers;
    if (observers !== undefined)
      for (const observe of observers) observe(this, id, kind, node, aBits, bBits, cause);
    return id;
  }

  /** Runs `body` with another cause, and returns to the present one: for side branches of a step. */
  because<T>(cause: number, body: () => T): T {
    const kept = this.cause;
    this.cause = cause;
    const result = body();
    this.cause = kept;
    return result;
  }

  /**
   * Runs `body` as what the clock brings: the next turn of a loop is not the effect of what its last turn did, and
   * names no cause.
   */
  byClock<T>(body: () => T): T {
    return this.because(-1, body);
  }

  /** A draw in [0, bound) for the ordinal-th use of a purpose by a node; the purpose is a `hashText` of its name. */
  drawBelow(bound: number, node: number, purpose: number, ordinal: number): number {
    return drawBelow(bound, this.seed, node, purpose, ordinal);
  }

  /** Handles the next event. False when nothing is left to happen. */
  step(): boolean {
    const world = this.world;
    const timeUs = nextDueUs(world.agenda);
    const due = popAgenda(world.agenda);
    if (due === undefined) return false;
    world.nowUs = timeUs;
    world.lastUs = timeUs;
    world.step++;
    this.cause = due.cause;
    if (due.node >= 0) {
      if (this.options.incarnationOf(world.state, due.node) !== due.incarnation) return true;
      if (this.options.divert?.(this, due)) return true;
    }
    this.options.handlers.of(due.event)(this, due.node, due.body);
    return true;
  }

  /**
   * Handles events until the next one is due after `untilUs`, or `stepsMax` were handled; then time stands at
   * `untilUs`. Returns true when that time was reached.
   */
  runUntil(untilUs: number, stepsMax = Number.POSITIVE_INFINITY): boolean {
    const agenda = this.world.agenda;
    for (let steps = 0; nextDueUs(agenda) <= untilUs; steps++) {
      if (steps >= stepsMax) return false;
      this.step();
    }
    if (untilUs > this.world.nowUs && Number.isFinite(untilUs)) this.world.nowUs = untilUs;
    return true;
  }

  /** Lets time pass up to a moment before which nothing is due. */
  waitUntil(timeUs: number): void {
    if (timeUs > nextDueUs(this.world.agenda)) throw new RangeError('something is due before that');
    if (timeUs > this.world.nowUs) this.world.nowUs = timeUs;
  }

  /** The warm-up is over: what happened so far leaves the trace, the digest and the count of steps. */
  forgetHistory(): void {
    const { agenda } = this.world;
    for (let i = 0; i < agenda.size; i++) agenda.entries[i] = { ...(agenda.entries[i] as Due), cause: -1 };
    this.world.trace = createTraceState();
    this.world.step = 0;
    this.cause = -1;
    this.window?.cut(0);
  }

  /** Begins an outside intervention (a command): what follows has no cause but itself. */
  intervene(body: () => void): void {
    this.cause = -1;
    body();
  }

  snapshot(): Snapshot<S> {
    const { nowUs, step, lastUs, agenda, trace, state } = this.world;
    return {
      step,
      nowUs,
      traceCount: trace.count,
      world: {
        nowUs,
        step,
        lastUs,
        agenda: copyAgenda(agenda),
        trace: { ...trace },
        state: cloneState(state),
      },
    };
  }

  /** Goes to the moment of a snapshot, which stays usable. The trace window is cut back to it. */
  restore(snapshot: Snapshot<S>): void {
    const { nowUs, step, lastUs, agenda, trace, state } = snapshot.world;
    this.world = {
      nowUs,
      step,
      lastUs,
      agenda: copyAgenda(agenda),
      trace: { ...trace },
      state: cloneState(state),
    };
    this.cause = -1;
    this.window?.cut(trace.count);
  }
}
