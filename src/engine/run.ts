import { createJudges, judge } from './checkers/judges';
import { Handlers, Sim, type Snapshot } from './core/sim';
import { processOf } from './model/env';
import { registerNet } from './model/net';
import { divertFrozen, registerProcesses } from './model/process';
import type { World } from './model/world';
import { type ActResult, type Product, WARM_UP_US } from './product';
import { productById } from './products';
import type { Action, Scenario } from './scenario/types';

/** The version of the engine's behaviour: grows when the same scenario and seed give another trace. */
export const MODEL = 1;

export interface RunOptions {
  /** Trace entries kept; 0 none. */
  windowEntries?: number;
  /** What runs the scenario; the product that it names when absent. */
  product?: Product<unknown>;
  /** Begins at this moment of another run of the same scenario, instead of at its start. */
  from?: RunSnapshot;
}

/** A run at one moment; what `restore` takes. */
export interface RunSnapshot {
  readonly sim: Snapshot<World>;
  readonly nextAction: number;
}

/**
 * One run of one scenario: a pure function of scenario, seed and actions. Actions stand outside the agenda: one
 * `at` a time comes before the events due at that time; one `afterStep` right behind that step.
 */
export class Run {
  readonly product: Product<unknown>;
  readonly sim: Sim<World>;
  /** All actions, those of the file and those done since, in order. */
  actions: readonly Action[];
  private nextAction = 0;
  /** When each action was done, by its place. */
  private readonly doneUs: number[] = [];

  constructor(
    readonly scenario: Scenario,
    options: RunOptions = {},
  ) {
    const product = options.product ?? productById(scenario.product);
    const handlers = new Handlers<World>();
    registerNet(handlers);
    registerProcesses(handlers);
    product.register(handlers);
    const world = product.create(scenario);
    world.judges = createJudges();
    const { windowEntries } = options;
    this.product = product;
    this.actions = inOrder(scenario.actions);
    this.sim = new Sim<World>({
      seed: scenario.seed,
      state: world,
      handlers,
      incarnationOf: (state, node) => processOf(state.env, node).incarnation,
      divert: divertFrozen,
      observers: [judge(product)],
      ...(windowEntries === undefined ? {} : { windowEntries }),
      startUs: scenario.start === 'warm' ? -WARM_UP_US : 0,
    });
    if (options.from === undefined) product.begin(this.sim, scenario);
    else this.restore(options.from);
  }

  /**
   * Runs until `untilUs` or until `stepsMax` events were handled, doing the actions that fall due. Returns true
   * when that time was reached.
   */
  advance(untilUs: number, stepsMax = Number.POSITIVE_INFINITY): boolean {
    const { sim } = this;
    const last = sim.steps + stepsMax;
    for (;;) {
      const action = this.actions[this.nextAction];
      if (action === undefined) return sim.runUntil(untilUs, last - sim.steps);
      if (action.afterStep !== null) {
        if (sim.steps < action.afterStep) {
          const reached = sim.runUntil(untilUs, Math.min(last, action.afterStep) - sim.steps);
          if (sim.steps < action.afterStep) return reached;
          continue;
        }
      } else {
        const atUs = action.atUs ?? 0;
        if (atUs > untilUs) return sim.runUntil(untilUs, last - sim.steps);
        if (!sim.runUntil(atUs - 1, last - sim.steps)) return false;
        sim.waitUntil(atUs);
      }
      this.doneUs[this.nextAction++] = sim.nowUs;
      this.perform(action);
    }
  }

  /** Handles one event, or the actions that come before it. False when nothing is left to happen. */
  step(): boolean {
    const dueUs = this.nextDueUs;
    if (!Number.isFinite(dueUs)) return false;
    this.advance(dueUs, 1);
    return true;
  }

  /** When the next event or action is due; Infinity when nothing is left to happen. */
  get nextDueUs(): number {
    return Math.min(this.sim.nextDueUs, this.nextActionUs());
  }

  /** Does an action now and keeps it among the run's actions; those that lay ahead are given up. */
  act(action: Action): ActResult {
    const result = this.perform(action);
    if (result.ok) {
      this.actions = [...this.actions.slice(0, this.nextAction), this.stamped(action)];
      this.doneUs[this.nextAction] = this.sim.nowUs;
      this.nextAction = this.actions.length;
    }
    return result;
  }

  snapshot(): RunSnapshot {
    return { sim: this.sim.snapshot(), nextAction: this.nextAction };
  }

  restore(snapshot: RunSnapshot): void {
    this.sim.restore(snapshot.sim);
    this.nextAction = snapshot.nextAction;
  }

  /** Number of actions done so far. */
  get actionsDone(): number {
    return this.nextAction;
  }

  /** When each action happens; undefined for one between two events that lies ahead. */
  get actionsUs(): readonly (number | undefined)[] {
    return this.actions.map(({ atUs }, i) => atUs ?? this.doneUs[i]);
  }

  private perform(action: Action): ActResult {
    let result: ActResult = { ok: true };
    this.sim.intervene(() => {
      result = this.product.act(this.sim, action);
    });
    return result;
  }

  /**
   * The action with the moment at which it was done, so that a replay does it at the same point: a time, unless
   * an event of this very time has been handled already.
   */
  private stamped(action: Action): Action {
    const { nowUs, lastUs, steps } = this.sim;
    return lastUs < nowUs || steps === 0
      ? { ...action, atUs: nowUs, afterStep: null }
      : { ...action, atUs: null, afterStep: steps };
  }

  private nextActionUs(): number {
    const action = this.actions[this.nextAction];
    if (action === undefined) return Number.POSITIVE_INFINITY;
    if (action.afterStep !== null)
      return this.sim.steps >= action.afterStep ? this.sim.nowUs : Number.POSITIVE_INFINITY;
    return action.atUs ?? 0;
  }
}

/** Actions of a file by time, file order kept among equals; a recorded list (`afterStep`) is in order already. */
function inOrder(actions: readonly Action[]): readonly Action[] {
  if (actions.some((action) => action.afterStep !== null)) return actions;
  return actions
    .map((action, index) => ({ action, index }))
    .sort((x, y) => (x.action.atUs ?? 0) - (y.action.atUs ?? 0) || x.index - y.index)
    .map(({ action }) => action);
}
