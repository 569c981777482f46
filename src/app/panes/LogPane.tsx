import { useMemo } from 'react';
import { EventLog } from '../../features/event-log/EventLog';
import { engine } from '../../state/browser-engine';
import { usePlayground } from '../../state/store';
import type { EntryView, FoundMessage, QuestionOf } from '../../worker/protocol';
import { changeShell, showInspector } from '../shell-state';

const FOUND_MAX = 20;

/** The event log of the run that is shown. */
export default function LogPane() {
  const step = usePlayground((state) => state.step);
  const nowUs = usePlayground((state) => state.nowUs);
  const history = usePlayground((state) => `${state.run} ${state.actions.length}`);
  const processes = usePlayground((state) => state.processes);
  const nodes = useMemo(
    () => Object.values(processes).map(({ node, id }) => ({ node, name: id })),
    [processes],
  );
  return (
    <EventLog
      step={step}
      nowUs={nowUs}
      history={history}
      nodes={nodes}
      ask={ask}
      find={findMessages}
      onPick={pick}
    />
  );
}

const ask = (question: QuestionOf<'entries'>) => engine().ask<'entries'>(question);

export async function findMessages(text: string): Promise<readonly FoundMessage[]> {
  const answer = await engine().ask<'find'>({ kind: 'find', text, max: FOUND_MAX });
  return answer.kind === 'find' ? answer.messages : [];
}

/** What the line is about is selected, the run rests at its moment, and Why? tells what led to it. */
function pick({ id, timeUs, node, message }: EntryView): void {
  if (message >= 0) engine().selectMessage(message);
  else {
    const process = Object.values(usePlayground.getState().processes).find((each) => each.node === node);
    if (process) engine().selectProcess(process.id);
  }
  engine().pause();
  engine().seek({ timeUs });
  changeShell({ whyEntry: id });
  showInspector('why');
}
