import HelpDrawer from '../../features/help/HelpDrawer';
import { useHiddenHints } from '../../features/help/hidden-hints';
import { engine } from '../../state/browser-engine';
import { usePlayground } from '../../state/store';
import { KEY_ROWS } from '../commands/key-rows';
import { changeShell, useShell } from '../shell-state';

export default function HelpPane() {
  const tab = useShell((shell) => shell.help);
  const settings = usePlayground((state) => state.settings);
  const forget = useHiddenHints((state) => state.forget);
  return (
    <HelpDrawer
      tab={tab}
      onTab={(help) => changeShell({ help })}
      keyRows={KEY_ROWS}
      settings={settings}
      onSettings={(change) => engine().change(change)}
      onHintsAgain={forget}
    />
  );
}
