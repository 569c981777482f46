import { isObject, type Json, type JsonObject } from '../engine/scenario/json';
import { parseScenario } from '../engine/scenario/parse';
import type { Problem } from '../engine/scenario/problem';
import { serializeScenario } from '../engine/scenario/serialize';
import type { Action, Scenario } from '../engine/scenario/types';
import type { ProductVersion } from './engine-data';

export interface InVersion {
  /** A scenario file with its actions. */
  readonly source: JsonObject;
  /** What the version has not, and what was therefore left out. */
  readonly refused: readonly Problem[];
}

const REFUSED_MAX = 200;

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
  const timed = actions.flatMap((action, i): Action[] => {
    const atUs = timesUs[i];
    return atUs === undefined ? [] : [{ ...action, atUs, afterStep: null }];
  });
  let source: JsonObject = { ...serializeScenario({ ...scenario, actions: timed }), productVersion: version };
  const refused: Problem[] = [];
  while (refused.length < REFUSED_MAX) {
    const parsed = parseScenario(source);
    if (parsed.ok) break;
    const without = removed(source, pathOf(parsed.problem.path));
    if (without === undefined) break;
    refused.push(parsed.problem);
    source = without as JsonObject;
  }
  return { source, refused };
}

/** `a.b[0]["c d"]` → its parts. */
function pathOf(text: string): readonly (string | number)[] {
  return [...text.matchAll(/\[(\d+)\]|\["([^"]*)"\]|([A-Za-z_]\w*)/g)].map(([, at, quoted, name]) =>
    at === undefined ? (quoted ?? name ?? '') : Number(at),
  );
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
