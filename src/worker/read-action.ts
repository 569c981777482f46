import type { Run } from '../engine/run';
import { formatDuration } from '../engine/scenario/duration';
import { parseScenario } from '../engine/scenario/parse';
import { serializeScenario } from '../engine/scenario/serialize';
import type { Action, Scenario } from '../engine/scenario/types';
import type { Localized } from '../engine/view';
import type { ActionRequest } from './protocol';

/**
 * An action as the page asks for it, checked as the next one of the file that this run would be saved as: what it
 * names must exist then, and what it adds must be new.
 */
export function readAction(
  scenario: Scenario,
  run: Run,
  request: ActionRequest,
): { readonly ok: true; readonly action: Action } | { readonly ok: false; readonly message: Localized } {
  const file = serializeScenario({ ...scenario, actions: run.actions.slice(0, run.actionsDone) });
  const done = Array.isArray(file.actions) ? file.actions : [];
  const asked = { ...request, at: formatDuration(Math.max(0, run.sim.nowUs)) };
  const parsed = parseScenario({ ...file, actions: [...done, asked] });
  if (!parsed.ok) return { ok: false, message: parsed.problem.message };
  return { ok: true, action: parsed.scenario.actions.at(-1) as Action };
}
