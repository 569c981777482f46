import { catalog } from '../../content/scenarios/catalog';
import { isObject, type Json, type JsonObject, readJson } from '../../engine/scenario/json';
import { parseScenario } from '../../engine/scenario/parse';
import { Refusal } from '../../engine/scenario/problem';
import { MODEL_VERSION } from '../../engine/scenario/products';
import { serializeScenario } from '../../engine/scenario/serialize';
import type { Action, Scenario } from '../../engine/scenario/types';
import type { Localized } from '../../engine/view';
import type { Moment } from '../../worker/protocol';

/** Version of the package's own shape. */
const VERSION = 1;

/** Going to a moment takes the engine some seconds for each million events. */
const STEP_MAX = 100_000_000;

/** What it takes to see a run again: what a share link holds, and what a device keeps. */
export interface RunPackage {
  readonly scenario: Scenario;
  /** Id of the built-in scenario that it began as; it is named instead of repeated while it is unchanged. */
  readonly builtIn: string | null;
  readonly actions: readonly Action[];
  readonly moment: Required<Moment>;
  readonly digest: string;
}

/** A package as it was read: a scenario file with its actions, where to go in it, and what has to be said. */
export interface ReadPackage {
  readonly source: JsonObject;
  readonly builtIn: string | null;
  readonly moment: Moment | undefined;
  readonly digest: string | undefined;
  /** Made with another version of the engine's behaviour; null: with this one. */
  readonly otherModel: number | null;
  readonly notes: readonly Localized[];
}

export type Unpacked =
  | { readonly ok: true; readonly run: ReadPackage }
  | { readonly ok: false; readonly message: Localized };

/** JSON text: `{ v, model, scenario | built-in id, actions, moment, digest }`. */
export function pack({ scenario, builtIn, actions, moment, digest }: RunPackage): string {
  const { actions: done = [], ...file } = serializeScenario({ ...scenario, actions });
  return JSON.stringify({
    v: VERSION,
    model: MODEL_VERSION,
    scenario: builtIn !== null && isUnchanged(builtIn, scenario) ? builtIn : file,
    actions: done,
    moment,
    digest,
  });
}

/** Reads a package from anywhere. What can not be read is said: as the reason why nothing opens, or as a note. */
export function unpack(text: string): Unpacked {
  const json = readWhole(text);
  if (json === undefined || !isObject(json)) return refused(NOT_A_RUN);
  const { v, model, scenario, actions, moment, digest, ...rest } = json;
  if (v !== VERSION) {
    return refused(typeof v === 'number' && v > VERSION ? NEWER : NOT_A_RUN);
  }
  const notes: Localized[] = [];
  const unknown = Object.keys(rest);
  if (unknown.length > 0) notes.push(unknownParts(unknown));
  const otherModel = model === MODEL_VERSION ? null : typeof model === 'number' ? model : 0;

  const file = typeof scenario === 'string' ? fileOf(scenario) : scenario;
  if (!isObject(file)) return refused(typeof scenario === 'string' ? noBuiltIn(scenario) : NOT_A_RUN);
  const builtIn = typeof scenario === 'string' ? scenario : null;
  const at = readMoment(moment);
  const expected = typeof digest === 'string' && /^[0-9a-f]{16}$/.test(digest) ? digest : undefined;
  if (at === undefined) notes.push(NO_MOMENT);
  if (at !== undefined && expected === undefined) notes.push(NO_DIGEST);

  const source: JsonObject = actions === undefined ? file : { ...file, actions };
  const whole = parseScenario(source);
  if (whole.ok)
    return { ok: true, run: { source, builtIn, moment: at, digest: expected, otherModel, notes } };
  const without: JsonObject = { ...file, actions: [] };
  if (!parseScenario(without).ok) return refused(whole.problem.message);
  notes.push(noActions(whole.problem.message));
  return {
    ok: true,
    run: { source: without, builtIn, moment: undefined, digest: undefined, otherModel, notes },
  };
}

function readWhole(text: string): Json | undefined {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function fileOf(id: string): Json | undefined {
  const file = catalog.find((entry) => entry.id === id)?.file;
  return file === undefined ? undefined : readJson(file);
}

function isUnchanged(builtIn: string, scenario: Scenario): boolean {
  const parsed = parseScenario(fileOf(builtIn));
  if (!parsed.ok) return false;
  const text = (one: Scenario) => JSON.stringify(serializeScenario({ ...one, actions: [] }));
  return text(parsed.scenario) === text(scenario);
}

function readMoment(moment: Json | undefined): Moment | undefined {
  if (!isObject(moment)) return undefined;
  const { step, timeUs } = moment;
  if (!isCount(step) || step > STEP_MAX) return undefined;
  return isCount(timeUs) ? { step, timeUs } : { step };
}

function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function refused(message: Localized): Unpacked {
  return { ok: false, message };
}

const NOT_A_RUN: Localized = {
  en: 'It holds no run that could be read.',
  zh: '其中没有可读取的运行。',
};
const NEWER: Localized = {
  en: 'It was made by a newer version of this page. Reload the page to get that version.',
  zh: '它由本页面的更新版本生成。请刷新页面以获取新版本。',
};
const NO_MOMENT: Localized = {
  en: 'Its moment could not be read: the run opens at its beginning.',
  zh: '其中的时刻无法读取：从头打开这次运行。',
};
const NO_DIGEST: Localized = {
  en: 'It has no digest, so nobody can tell whether this is the run that was shared.',
  zh: '其中没有摘要，无法判断这是否就是当初分享的运行。',
};

function noBuiltIn(id: string): Localized {
  const shown = id.slice(0, 60);
  return { en: `There is no built-in scenario "${shown}".`, zh: `没有名为“${shown}”的内置场景。` };
}

function unknownParts(keys: readonly string[]): Localized {
  const shown = keys
    .slice(0, 5)
    .map((key) => key.slice(0, 40))
    .join(', ');
  return {
    en: `It has parts that this page does not know, and leaves out: ${shown}.`,
    zh: `其中有本页面不认识的部分，已略去：${shown}。`,
  };
}

function noActions({ en, zh }: Localized): Localized {
  return {
    en: `Its actions could not be read, and the run opens without them. ${en}`,
    zh: `其中的操作无法读取，打开的运行不含这些操作。${zh}`,
  };
}
