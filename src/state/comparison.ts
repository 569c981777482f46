/** Two versions of one run, compared: how it is asked for, and how what came of it is written. */
import { otherVersion } from '../engine/comparison/behind';
import { openComparer } from '../worker/worker-transport';
import { engine } from './browser-engine';
import { usePlayground } from './store';

export { changesBehind, sideOf } from '../engine/comparison/behind';
export { sectionWords } from '../engine/comparison/row-words';
export { type ComparedRow, isRowWord } from '../engine/comparison/rows';
export { comparisonMarkdown, rowName, spellCell, spellDifference } from '../engine/comparison/spell';
export type { ChangeAtWork, OneSided, VersionsCompared } from '../engine/comparison/versions';
export type { FromComparer } from '../worker/comparing';

type Hear = Parameters<typeof openComparer>[1];

/**
 * Plays the run that is shown, what was done to it included, in both versions up to its present moment. The run itself
 * goes on as it does. The returned function ends it; undefined: there is no run.
 */
export async function compareWithOther(hear: Hear): Promise<(() => void) | undefined> {
  const answer = await engine().ask<'actions'>({ kind: 'actions' });
  const { scenario, actions, nowUs } = usePlayground.getState();
  if (scenario === null) return undefined;
  const timesUs = answer.kind === 'actions' ? answer.timesUs : actions.map(({ atUs }) => atUs ?? undefined);
  const version = otherVersion(scenario.productVersion);
  return openComparer(
    { type: 'compare', asked: { scenario, actions, timesUs, version, untilUs: Math.max(0, nowUs) } },
    hear,
  );
}
