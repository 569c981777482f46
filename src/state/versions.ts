import { create } from 'zustand';
import { inVersion, type LeftOut } from '../engine/scenario/in-version';
import type { JsonObject } from '../engine/scenario/json';
import { parseScenario } from '../engine/scenario/parse';
import { serializeScenario } from '../engine/scenario/serialize';
import type { Action, Scenario } from '../engine/scenario/types';
import type { Past } from '../worker/protocol';
import { deviceStorage, engine } from './browser-engine';
import type { ProductVersion } from './engine-data';
import { packSwitch, unpackSwitch } from './kept-switch';
import { usePlayground } from './store';

export type { LeftOut };

/** A run as it stands: what was loaded, what was done since, and when. */
export interface RunNow {
  readonly scenario: Scenario;
  readonly actions: readonly Action[];
  readonly timesUs: readonly (number | undefined)[];
  /** How many of the last actions can be taken back. */
  readonly undo: number;
}

/** A run that was left for another version: going back brings back what that one could not hold. */
export interface KeptRun {
  readonly run: RunNow;
  /** What the other version made of it, and for each of its actions the place of the one that it was. */
  readonly became: Scenario;
  readonly places: readonly number[];
}

export interface VersionSwitch {
  /** A scenario file with its actions. */
  readonly source: JsonObject;
  readonly past: Past;
  readonly leftOut: readonly LeftOut[];
  readonly kept: KeptRun;
}

interface Done {
  readonly action: Action;
  /** Undefined: it lies ahead, between two events. */
  readonly atUs: number | undefined;
  /** It can be taken back. */
  readonly made: boolean;
}

/**
 * A run in another version of its product. Where it came from that version, everything that it had there comes back:
 * `kept` is what the last switch kept. What was done since is done there too; what was taken back stays taken back.
 */
export function switchVersion(run: RunNow, version: ProductVersion, kept: KeptRun | null): VersionSwitch {
  const from = kept !== null && isBack(run, version, kept) ? kept : null;
  const done = from === null ? doneOf(run) : restored(doneOf(run), from);
  const { scenario } = from === null ? run : from.run;
  const actions = done.map(({ action }) => action);
  const timesUs = done.map(({ atUs }) => atUs);
  const { source, leftOut, places } = inVersion(scenario, actions, timesUs, version);
  const parsed = parseScenario(source);
  if (!parsed.ok) throw new RangeError(parsed.problem.message.en);
  const became = parsed.scenario;
  const made = places.map((place) => done[place]?.made === true);
  return { source, past: pastOf(became.actions, made), leftOut, kept: { run, became, places } };
}

/** It is what the kept run became, actions aside, and goes back to the version of that one. */
const isBack = ({ scenario }: RunNow, version: ProductVersion, { run, became }: KeptRun): boolean =>
  run.scenario.productVersion === version && isSameFile(scenario, became);

function isSameFile(one: Scenario, other: Scenario): boolean {
  const text = (each: Scenario) => JSON.stringify(serializeScenario({ ...each, actions: [] }));
  return text(one) === text(other);
}

const doneOf = ({ actions, timesUs, undo }: RunNow): readonly Done[] =>
  actions.map((action, i) => ({ action, atUs: timesUs[i], made: i >= actions.length - undo }));

/** What was done, with the actions of the kept run in place of what became of them, and those that were left out. */
function restored(done: readonly Done[], { run, became, places }: KeptRun): readonly Done[] {
  const original = doneOf(run);
  let next = 0;
  const found = done.map((each): Done => {
    const at = became.actions.findIndex((action, i) => i >= next && isSame(action, each));
    if (at === -1) return each;
    next = at + 1;
    return original[places[at] ?? -1] ?? each;
  });
  const leftOut = original.filter((_, i) => !places.includes(i));
  return [...found, ...leftOut]
    .map((each, i) => ({ each, i }))
    .sort((x, y) => (x.each.atUs ?? Infinity) - (y.each.atUs ?? Infinity) || x.i - y.i)
    .map(({ each }) => each);
}

const isSame = (action: Action, { action: other, atUs }: Done): boolean =>
  action.atUs === atUs &&
  JSON.stringify({ ...action, atUs: null, afterStep: null }) ===
    JSON.stringify({ ...other, atUs: null, afterStep: null });

/** Actions that were done by hand and by nothing after them can be taken back one by one, the last one first. */
function pastOf(actions: readonly Action[], made: readonly boolean[]): Past {
  const first = made.lastIndexOf(false) + 1;
  const done = actions.slice(first).map((action, i) => ({
    at: { timeUs: action.atUs ?? 0 },
    actions: actions.slice(0, first + i),
    sharedActions: first + i,
  }));
  return { done, undone: [] };
}

/** A switch, and what it left out. */
export interface LeftSwitch {
  readonly version: ProductVersion;
  readonly leftOut: readonly LeftOut[];
  readonly kept: KeptRun;
}

/** The switch that was made last; it belongs to the page and not to the run. */
export const useSwitched = create<{
  /** `from`: the run that was left; 0 when that was before the page was loaded. */
  readonly last: (LeftSwitch & { readonly from: number }) | null;
}>(() => ({ last: null }));

/** Where the device keeps the last switch, so that a reload of the page does not forget what was left out. */
const KEY = 'run-other-version';

/** Plays the same scenario and what was done to it, from the beginning, in another version. */
export async function switchTo(version: ProductVersion, storage = deviceStorage): Promise<void> {
  await recallSwitch(storage);
  const answer = await engine().ask<'actions'>({ kind: 'actions' });
  const { scenario, actions, run, undoCount } = usePlayground.getState();
  if (scenario === null) return;
  const timesUs = answer.kind === 'actions' ? answer.timesUs : actions.map(({ atUs }) => atUs ?? undefined);
  const now = { scenario, actions, timesUs, undo: Math.min(undoCount, actions.length) };
  const former = useSwitched.getState().last?.kept ?? null;
  const { source, past, leftOut, kept } = switchVersion(now, version, former);
  const last = { version, from: run, leftOut, kept };
  useSwitched.setState({ last });
  engine().open(source, { past, play: true });
  await quietly(() => storage.set(KEY, packSwitch(last)));
}

/** The last switch that this device kept counts again, when the run is what it made. */
export async function recallSwitch(storage = deviceStorage): Promise<void> {
  if (useSwitched.getState().last !== null) return;
  const text = await quietly(() => storage.get(KEY));
  const { scenario } = usePlayground.getState();
  const left = typeof text === 'string' ? unpackSwitch(text) : null;
  if (left === null || scenario === null || useSwitched.getState().last !== null) return;
  if (isSameFile(scenario, left.kept.became)) useSwitched.setState({ last: { ...left, from: 0 } });
}

/** Another run is opened: nothing is to be brought back into it. */
export function forgetSwitch(storage = deviceStorage): void {
  useSwitched.setState({ last: null });
  void quietly(() => storage.del(KEY));
}

/** Storage may be missing, full or forbidden: then the page forgets with its reload. */
async function quietly<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
