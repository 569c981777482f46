import type { TransportCalls } from '../../features/transport-bar/calls';
import { engine } from '../../state/browser-engine';
import { usePlayground } from '../../state/store';
import { changeShell, showInspector, useShell } from '../shell-state';

/** What the transport bar and the keys do to the run that is shown. */
export const transportCalls: TransportCalls = {
  play: () => engine().play(),
  pause: () => engine().pause(),
  step: (unit, direction) => engine().step(unit, direction),
  toStart: () => engine().seek({ step: 0 }),
  toEnd: () => engine().seek({ timeUs: usePlayground.getState().headUs }),
  seek: (timeUs) => engine().seek({ timeUs }),
  setPacing: (pacing) => engine().change({ pacing }),
  setRate: (rate) => {
    const { pacing } = usePlayground.getState().settings;
    engine().change(pacing === 'story' ? { storyRate: rate } : { clockRate: rate });
  },
  undo: () => engine().undo(),
  redo: () => engine().redo(),
  why: (whyEntry) => {
    changeShell({ whyEntry });
    showInspector('why');
  },
  openLog: () => changeShell({ lower: useShell.getState().lower === 'log' ? null : 'log' }),
};
