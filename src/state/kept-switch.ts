import { isObject, type Json, type JsonObject, readJson } from '../engine/scenario/json';
import { parseScenario } from '../engine/scenario/parse';
import { Refusal } from '../engine/scenario/problem';
import { serializeScenario } from '../engine/scenario/serialize';
import type { Scenario } from '../engine/scenario/types';
import type { LeftSwitch, RunNow } from './versions';

/** What a switch to another version left out, as text that a device keeps until the page is open again. */

const VERSION = 1;

export function packSwitch({ version, leftOut, kept: { run, became, places } }: LeftSwitch): string {
  const { scenario, actions, timesUs, undo } = run;
  return JSON.stringify({
    v: VERSION,
    version,
    leftOut,
    places,
    became: serializeScenario(became),
    run: {
      file: serializeScenario({ ...scenario, actions }),
      timesUs: timesUs.map((us) => us ?? null),
      undo,
    },
  });
}

/** Null for text that is no such thing, or one of another version of this page. */
export function unpackSwitch(text: string): LeftSwitch | null {
  const json = readWhole(text);
  if (!isObject(json) || json.v !== VERSION) return null;
  const { version, leftOut, places } = json;
  const became = scenarioOf(json.became);
  const run = runOf(json.run);
  if ((version !== '5.3' && version !== '4.9') || became === undefined || run === undefined) return null;
  if (!Array.isArray(places) || !places.every(isCount) || places.length !== became.actions.length)
    return null;
  const parts = Array.isArray(leftOut) ? leftOut : [];
  return {
    version,
    leftOut: parts.flatMap((part) =>
      isObject(part) && typeof part.of === 'string' && typeof part.what === 'string'
        ? [{ of: part.of, what: part.what }]
        : [],
    ),
    kept: { run, became, places },
  };
}

function runOf(json: Json | undefined): RunNow | undefined {
  if (!isObject(json)) return undefined;
  const { file, timesUs, undo } = json;
  const scenario = scenarioOf(file);
  if (scenario === undefined || !isCount(undo) || !Array.isArray(timesUs)) return undefined;
  if (timesUs.length !== scenario.actions.length) return undefined;
  const times = timesUs.map((us) => (isCount(us) ? us : undefined));
  return { scenario, actions: scenario.actions, timesUs: times, undo };
}

function scenarioOf(file: Json | undefined): Scenario | undefined {
  if (!isObject(file)) return undefined;
  const parsed = parseScenario(file satisfies JsonObject);
  return parsed.ok ? parsed.scenario : undefined;
}

function readWhole(text: string): Json | undefined {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

const isCount = (value: Json | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
