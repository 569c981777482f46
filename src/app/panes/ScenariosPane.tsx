import { useState } from 'react';
import { ScenarioDrawer } from '../../features/scenarios/ScenarioDrawer';
import { engine } from '../../state/browser-engine';
import type { ProductVersion } from '../../state/engine-data';
import { FILE_BYTES_MAX, scenarioFile } from '../../state/scenario-file';
import { usePlayground } from '../../state/store';
import type { LeftOut } from '../../state/versions';
import { downloadScenario } from '../files';
import { openBuiltIn } from '../routes';
import { changeShell, useShell } from '../shell-state';

export default function ScenariosPane() {
  const open = useShell((shell) => shell.scenariosOpen);
  const builtIn = usePlayground((state) => state.builtIn);
  const undo = usePlayground((state) => state.undoCount);
  const problem = usePlayground((state) => state.problem);
  const notes = usePlayground((state) => state.scenarioNotes);
  const version = usePlayground((state) => state.scenario?.productVersion ?? null);
  const run = usePlayground((state) => state.run);
  const [switched, setSwitched] = useState<Switched | null>(null);
  const isOfRun = switched !== null && switched.from !== run && switched.version === version;
  return (
    <ScenarioDrawer
      open={open}
      onOpenChange={(next) => changeShell({ scenariosOpen: next })}
      current={builtIn}
      undo={undo}
      bytesMax={FILE_BYTES_MAX}
      problem={problem}
      notes={notes}
      version={version}
      leftOut={isOfRun ? switched.leftOut : []}
      onVersion={async (next) => setSwitched(await switchTo(next))}
      onCompare={() => changeShell({ scenariosOpen: false, compareOpen: true })}
      onBuiltIn={(id) => {
        setSwitched(null);
        openBuiltIn(id);
        changeShell({ scenariosOpen: false });
      }}
      onFile={(text) => {
        setSwitched(null);
        changeShell({ firstDone: true, whyEntry: null });
        engine().open(text, { play: true });
      }}
      onExport={downloadScenario}
      onUndo={() => engine().undo()}
      onReset={reset}
    />
  );
}

interface Switched {
  readonly version: ProductVersion;
  /** The run that was left. */
  readonly from: number;
  readonly leftOut: readonly LeftOut[];
}

/** The same scenario and what was done to it, from the beginning, in another version. */
async function switchTo(version: ProductVersion): Promise<Switched | null> {
  const { scenario, actions, run } = usePlayground.getState();
  if (scenario === null) return null;
  const [{ inVersion }, answer] = await Promise.all([
    import('../../state/versions'),
    engine().ask<'actions'>({ kind: 'actions' }),
  ]);
  const timesUs = answer.kind === 'actions' ? answer.timesUs : actions.map(({ atUs }) => atUs ?? undefined);
  const { source, leftOut } = inVersion(scenario, actions, timesUs, version);
  engine().open(source, { play: true });
  return { version, from: run, leftOut };
}

/** The same scenario from its beginning, without what was done to it. */
function reset(): void {
  const { scenario, builtIn } = usePlayground.getState();
  if (builtIn !== null) openBuiltIn(builtIn);
  else if (scenario !== null) engine().open(scenarioFile(scenario, []), { play: true });
}
