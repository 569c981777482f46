import { useEffect } from 'react';
import { ScenarioDrawer } from '../../features/scenarios/ScenarioDrawer';
import { engine } from '../../state/browser-engine';
import { FILE_BYTES_MAX, scenarioFile } from '../../state/scenario-file';
import { usePlayground } from '../../state/store';
import { forgetSwitch, recallSwitch, switchTo, useSwitched } from '../../state/versions';
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
  const switched = useSwitched(({ last }) => last);
  useEffect(() => {
    if (open && run !== 0) void recallSwitch();
  }, [open, run]);
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
      onVersion={(next) => void switchTo(next)}
      onCompare={() => changeShell({ scenariosOpen: false, compareOpen: true })}
      onBuiltIn={(id) => {
        forgetSwitch();
        openBuiltIn(id);
        changeShell({ scenariosOpen: false });
      }}
      onFile={(text) => {
        forgetSwitch();
        changeShell({ firstDone: true, whyEntry: null });
        engine().open(text, { play: true });
      }}
      onBuild={(text) => {
        forgetSwitch();
        changeShell({ firstDone: true, whyEntry: null, scenariosOpen: false });
        engine().open(text, { play: true });
      }}
      onExport={downloadScenario}
      onUndo={() => engine().undo()}
      onReset={reset}
    />
  );
}

/** The same scenario from its beginning, without what was done to it. */
function reset(): void {
  const { scenario, builtIn } = usePlayground.getState();
  if (builtIn !== null) openBuiltIn(builtIn);
  else if (scenario !== null) engine().open(scenarioFile(scenario, []), { play: true });
}
