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
  /** An entry of the trace whose causes Why? tells; null: it tells of the selected message. */
  readonly entry: number | null;
  /** Why? is to tell of another entry, or of the selected message. */
  readonly onWhy: (entry: number | null) => void;
  /** Opens the search for a way to lose a message. */
  readonly onChooseScenario: () => void;
}

const ask: Ask = (question) => engine().ask(question);

/** The panel on the right, of the run and the selection that are shown. */
export function Inspector({ tab, onTab, entry, onWhy, onChooseScenario }: InspectorProps) {
  const view = usePlayground((state) => state.view);
  const verdict = usePlayground((state) => state.verdict);
  const step = usePlayground((state) => state.step);
  const process = usePlayground((state) => state.selectedProcess);
  const message = usePlayground((state) => state.selectedMessage);
  const followed = usePlayground((state) => state.followed);
  const nowUs = usePlayground((state) => state.nowUs);
  const marks = usePlayground((state) => state.marks);
  const calls = useMemo(
    () => ({
      ask,
      seek: (timeUs: number) => engine().seek({ timeUs }),
      pickMessage: (picked: number) => engine().selectMessage(picked),
      openMessage: (picked: number) => {
        engine().selectMessage(picked);
        onTab('message');
      },
      follow: (picked: number | null) => engine().selectMessage(picked),
      showWhy: (wanted: number | null) => {
        onWhy(wanted);
        onTab('why');
      },
      chooseScenario: onChooseScenario,
    }),
    [onTab, onWhy, onChooseScenario],
  );
  if (view === null || verdict === null) return <NothingSelected />;
  return (
    <InspectorCallsContext value={calls}>
      <InspectorPanel
        data={{ view, verdict, step, process, message, entry, followed, nowUs, marks }}
        tab={tab}
        onTab={onTab}
      />
    </InspectorCallsContext>
  );
}
