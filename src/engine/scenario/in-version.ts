import { isObject, type Json, type JsonObject } from './json';
import { parseScenario } from './parse';
import type { ProductVersion } from './rocketmq-key-spec';
import { serializeScenario } from './serialize';
import type { Action, Scenario } from './types';

/** A part of a scenario: of which process or action, and its name there. */
export interface LeftOut {
  readonly of: string;
  readonly what: string;
}

export interface InVersion {
  /** A scenario file with its actions. */
  readonly source: JsonObject;
  /** What the version has not, and what was therefore left out. */
  readonly leftOut: readonly LeftOut[];
  /** For each action of the file its place among those that were given. */
  readonly places: readonly number[];
}

const LEFT_OUT_MAX = 200;

/**
 * A scenario and what was done to it, as a file for another version. Steps of one version mean nothing in another, so
 * each action gets its time from `timesUs`; one that lies ahead between two events has none and is left out.
 */
export function inVersion(
  scenario: Scenario,
  actions: readonly Action[],
  timesUs: readonly (number | undefined)[],
  version: ProductVersion,
): InVersion {
  const known = actions.flatMap((_, i) => (timesUs[i] === undefined ? [] : [i]));
  const timed = known.map((i) => ({ ...actions[i], atUs: timesUs[i], afterStep: null }) as Action);
  const places = [...known];
  let source: JsonObject = { ...serializeScenario({ ...scenario, actions: timed }), productVersion: version };
  const leftOut: LeftOut[] = [];
  while (leftOut.length < LEFT_OUT_MAX) {
    const parsed = parseScenario(source);
    if (parsed.ok) break;
    const path = pathOf(parsed.problem.path);
    const without = removed(source, path);
    if (without === undefined) break;
    leftOut.push(named(source, path));
    const [list, place, ...inside] = path;
    if (list === 'actions' && typeof place === 'number' && inside.length === 0) places.splice(place, 1);
    source = without as JsonObject;
  }
  return { source, leftOut, places };
}

/** `a.b[0]["c d"]` → its parts. */
function pathOf(text: string): readonly (string | number)[] {
  return [...text.matchAll(/\[(\d+)\]|\["([^"]*)"\]|([A-Za-z_]\w*)/g)].map(([, at, quoted, name]) =>
    at === undefined ? (quoted ?? name ?? '') : Number(at),
  );
}

/** `broker-a:0` and `config.slaveReadEnable`; of a whole process its list. */
function named(source: JsonObject, path: readonly (string | number)[]): LeftOut {
  const [list, at, ...rest] = path;
  const all = source[`${list}`];
  const owner = Array.isArray(all) && typeof at === 'number' ? all[at] : undefined;
  if (!isObject(owner as Json)) return { of: '', what: path.join('.') };
  const { id, name, do: deed, target } = owner as JsonObject;
  const of = [id ?? name ?? deed, target].filter((part) => part !== undefined).join(' ');
  return { of, what: rest.length === 0 ? `${list}` : rest.join('.') };
}

/** The value without what stands at a place; undefined when nothing stands there. */
function removed(value: Json, [first, ...rest]: readonly (string | number)[]): Json | undefined {
  if (Array.isArray(value) && typeof first === 'number' && first < value.length) {
    if (rest.length === 0) return value.filter((_, i) => i !== first);
    const inner = removed(value[first] as Json, rest);
    return inner === undefined ? undefined : value.map((each, i) => (i === first ? inner : each));
  }
  if (isObject(value) && typeof first === 'string' && first in value) {
    const { [first]: found, ...others } = value;
    if (rest.length === 0) return others;
    const inner = removed(found as Json, rest);
    return inner === undefined ? undefined : { ...value, [first]: inner };
  }
  return undefined;
}
