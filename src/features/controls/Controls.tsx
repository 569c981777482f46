import { useMemo, useState } from 'react';
import { engine } from '../../state/browser-engine';
import { usePlayground } from '../../state/store';
import { ControlsPanel } from './ControlsPanel';
import { type ControlsCalls, ControlsCallsContext } from './calls';
import { doneAt, settingsAfter } from './model/settings';
import { steadyView } from './model/steady';
import { useRefusal } from './use-refusal';

const FOUND_MAX = 50;

const calls: ControlsCalls = {
  act: (...actions) => {
    for (const action of actions) engine().act(action);
  },
  find: async (text) => {
    const answer = await engine().ask<'find'>({ kind: 'find', text, max: FOUND_MAX });
    return answer.kind === 'find' ? answer.messages : [];
  },
  follow: (message) => engine().selectMessage(message),
};

/** The panel on the left, of the run that is shown. Empty until there is one. */
export function Controls() {
  const [steady] = useState(steadyView);
  const view = usePlayground((state) => steady(state.view));
  const scenario = usePlayground((state) => state.scenario);
  const actions = usePlayground((state) => state.actions);
  const done = usePlayground((state) => doneAt(state.actions, state.step, state.nowUs));
  const marks = usePlayground((state) => state.marks);
  const process = usePlayground((state) => state.selectedProcess);
  const link = usePlayground((state) => state.selectedLink);
  const refusal = useRefusal();
  const settings = useMemo(
    () => (scenario === null ? null : settingsAfter(scenario, actions.slice(0, done))),
    [scenario, actions, done],
  );
  if (view === null || scenario === null || settings === null) return null;
  return (
    <ControlsCallsContext value={calls}>
      <ControlsPanel data={{ view, scenario, actions, settings, marks, process, link, refusal }} />
    </ControlsCallsContext>
  );
}
