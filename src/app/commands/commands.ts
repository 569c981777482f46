import { INSPECTOR_TABS } from '../../features/inspector/data';
import { nextRate } from '../../features/transport-bar/rate';
import type { KeyRow } from '../../i18n/areas/keys';
import { engine } from '../../state/browser-engine';
import { NO_SELECTION, usePlayground } from '../../state/store';
import type { IconName } from '../../ui/icons/icon-shapes';
import { changeShell, closeTopmost, showInspector } from '../shell-state';
import { toggleTheme } from '../theme';
import { cutSelected, healSelected, killSelected, triggerBacklog } from './deeds';
import { graphNow } from './graph-handle';
import { transportCalls } from './transport-calls';
import { whyNewestLoss } from './why';

type Does = KeyRow['does'];

/** Something that a key or a line of the palette does. */
export interface Command {
  readonly does: Does;
  /** As tinykeys writes them; none: another part listens for the keys. */
  readonly bindings: readonly string[];
  readonly run: () => void;
  readonly icon?: IconName;
  /** It may be done again and again while the key is held. */
  readonly repeats?: true;
  /** Not offered by name: it needs a key to say what is meant. */
  readonly keyOnly?: true;
}

function changeRate(direction: 1 | -1): void {
  const { pacing, storyRate, clockRate } = usePlayground.getState().settings;
  transportCalls.setRate(nextRate(pacing, pacing === 'story' ? storyRate : clockRate, direction));
}

function togglePlay(): void {
  if (usePlayground.getState().playing) engine().pause();
  else engine().play();
}

function leave(): void {
  if (closeTopmost()) return;
  engine().selectMessage(null);
  usePlayground.setState(NO_SELECTION);
}

const settingsNow = () => usePlayground.getState().settings;

/** Every key of the playground that does something today, by the names of the list of keys. */
export const COMMANDS: readonly Command[] = [
  { does: 'playPause', bindings: ['Space'], icon: 'play', run: togglePlay },
  {
    does: 'stepForward',
    bindings: ['ArrowRight'],
    icon: 'step',
    repeats: true,
    run: () => engine().step('event', 1),
  },
  {
    does: 'stepBack',
    bindings: ['ArrowLeft'],
    icon: 'step-back',
    repeats: true,
    run: () => engine().step('event', -1),
  },
  { does: 'nextBeat', bindings: ['Shift+ArrowRight'], icon: 'beat', run: () => engine().step('beat', 1) },
  {
    does: 'previousBeat',
    bindings: ['Shift+ArrowLeft'],
    icon: 'beat-back',
    run: () => engine().step('beat', -1),
  },
  { does: 'slowerFaster', bindings: ['['], repeats: true, keyOnly: true, run: () => changeRate(-1) },
  { does: 'slowerFaster', bindings: [']'], repeats: true, keyOnly: true, run: () => changeRate(1) },
  {
    does: 'pacing',
    bindings: ['s'],
    icon: 'story',
    run: () => engine().change({ pacing: settingsNow().pacing === 'story' ? 'clock' : 'story' }),
  },
  { does: 'startEnd', bindings: ['Home'], keyOnly: true, run: transportCalls.toStart },
  { does: 'startEnd', bindings: ['End'], keyOnly: true, run: transportCalls.toEnd },
  { does: 'fit', bindings: [], icon: 'fit', run: () => graphNow()?.fitView() },
  { does: 'resetLayout', bindings: [], icon: 'undo', run: () => graphNow()?.resetLayout() },
  {
    does: 'palette',
    bindings: ['/', 'Shift+/'],
    keyOnly: true,
    run: () => changeShell({ paletteOpen: true }),
  },
  { does: 'theme', bindings: ['t'], icon: 'theme', run: toggleTheme },
  { does: 'powerLoss', bindings: ['k'], icon: 'power', run: () => killSelected('power') },
  { does: 'kill', bindings: ['Shift+K'], icon: 'kill', run: () => killSelected('process') },
  { does: 'cut', bindings: ['x'], icon: 'link-cut', run: cutSelected },
  { does: 'heal', bindings: ['r'], icon: 'retry', run: healSelected },
  { does: 'backlog', bindings: ['g'], icon: 'backlog', run: triggerBacklog },
  { does: 'why', bindings: ['w'], icon: 'lost', run: whyNewestLoss },
  ...INSPECTOR_TABS.map(
    (tab, i): Command => ({
      does: 'tabs',
      bindings: [String(i + 1)],
      keyOnly: true,
      run: () => showInspector(tab),
    }),
  ),
  {
    does: 'language',
    bindings: ['l'],
    run: () => engine().change({ lang: settingsNow().lang === 'en' ? 'zh' : 'en' }),
  },
  { does: 'list', bindings: ['?', 'Shift+?'], icon: 'keys', run: () => changeShell({ help: 'keys' }) },
  { does: 'undo', bindings: ['$mod+z'], icon: 'undo', run: () => engine().undo() },
  { does: 'redo', bindings: ['$mod+Shift+Z'], icon: 'redo', run: () => engine().redo() },
  { does: 'leave', bindings: ['Escape'], keyOnly: true, run: leave },
];
