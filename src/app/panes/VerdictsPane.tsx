import { firstMessage, type VerdictName } from '../../features/verdicts/first-message';
import { Verdicts } from '../../features/verdicts/Verdicts';
import { charts } from '../../i18n/areas/charts';
import { engine } from '../../state/browser-engine';
import { usePlayground } from '../../state/store';
import { changeShell, showInspector } from '../shell-state';

/** The judges' counts of the run that is shown. */
export function VerdictsPane({ row }: { readonly row: boolean }) {
  const verdict = usePlayground((state) => state.verdict);
  return <Verdicts verdict={verdict} row={row} onOpen={(name) => void openVerdict(name)} />;
}

/** Selects the first message that a verdict counts, and tells why. */
async function openVerdict(name: VerdictName): Promise<void> {
  const message = await firstMessage((question) => engine().ask<'entries'>(question), name);
  if (message === undefined) {
    engine().say('note', charts.texts.noMessageFound);
    return;
  }
  engine().selectMessage(message);
  changeShell({ whyEntry: null });
  showInspector('why');
}
