import { useMemo } from 'react';
import { engine } from '../../state/browser-engine';
import { usePlayground } from '../../state/store';
import { type Ask, InspectorCallsContext } from './calls';
import type { InspectorTab } from './data';
import { NothingSelected } from './Empty';
import { InspectorPanel } from './InspectorPanel';

export interface InspectorProps {
  readonly tab: InspectorTab;
  readonly onTab: (tab: InspectorTab) => void;
  /** An entry of the event log whose causes Why? tells; null: it tells of the selected message. */
  readonly entry: number | null;
  /** Opens the search for a way to lose a message. */
  readonly onChooseScenario: () => void;
}

const ask: Ask = (question) => engine().ask(question);

/** The panel on the right, of the run and the selection that are shown. */
export function Inspector({ tab, onTab, entry, onChooseScenario }: InspectorProps) {
  const view = usePlayground((state) => state.view);
  const verdict = usePlayground((state) => state.verdict);
  const step = usePlayground((state) => state.step);
  const process = usePlayground((state) => state.selectedProcess);
  const message = usePlayground((state) => state.selectedMessage);
  const followed = usePlayground((state) => state.followed);
  const calls = useMemo(
    () => ({
      ask,
      seek: (timeUs: number) => engine().seek({ timeUs }),
      pickMessage: (picked: number) => engine().selectMessage(picked),
      follow: (picked: number | null) => engine().selectMessage(picked),
      showWhy: () => onTab('why'),
      chooseScenario: onChooseScenario,
    }),
    [onTab, onChooseScenario],
  );
  if (view === null || verdict === null) return <NothingSelected />;
  return (
    <InspectorCallsContext value={calls}>
      <InspectorPanel
        data={{ view, verdict, step, process, message, entry, followed }}
        tab={tab}
        onTab={onTab}
      />
    </InspectorCallsContext>
  );
}
