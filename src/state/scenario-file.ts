import { serializeScenario } from '../engine/scenario/serialize';
import type { Action, Scenario } from '../engine/scenario/types';

export { FILE_BYTES_MAX } from '../engine/scenario/limits';

/** The text of a scenario file that holds a scenario and what was done to it. */
export function scenarioFile(scenario: Scenario, actions: readonly Action[]): string {
  return `${JSON.stringify(serializeScenario({ ...scenario, actions }), null, 2)}\n`;
}
