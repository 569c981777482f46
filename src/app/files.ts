import type { SharedRun } from '../features/share/SharePanel';
import { engine } from '../state/browser-engine';
import { usePlayground } from '../state/store';

/** Saves the scenario with all actions as a file of the public format. */
export async function downloadScenario(): Promise<void> {
  const { scenario, actions } = usePlayground.getState();
  if (scenario === null) return;
  const { scenarioFile } = await import('../state/scenario-file');
  const file = new Blob([scenarioFile(scenario, actions)], { type: 'application/json' });
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = `${fileName(scenario.title.en)}.json`;
  link.click();
  URL.revokeObjectURL(address);
}

const fileName = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'scenario';

/** The run at the present moment as an address of this page. */
export async function shareRun(): Promise<SharedRun | undefined> {
  const code = await engine().link();
  const { scenario, actions, nowUs, step } = usePlayground.getState();
  if (scenario === null) return undefined;
  return {
    link: code && `${location.origin}${location.pathname}#/r/${code}`,
    title: scenario.title,
    seed: scenario.seed,
    actions: actions.length,
    timeUs: nowUs,
    step,
  };
}
