import { create } from 'zustand';
import type { ChartName } from '../features/charts/ChartsDock';
import type { HelpTab } from '../features/help/HelpDrawer';
import type { InspectorTab } from '../features/inspector/data';

/** What of the page is open. It belongs to the screen, not to the run, and is not kept. */
export interface Shell {
  readonly inspectorTab: InspectorTab;
  /** Entry of the event log whose causes Why? tells; null: Why? tells of the selected message. */
  readonly whyEntry: number | null;
  /** Where the inspector is a drawer. */
  readonly inspectorOpen: boolean;
  /** Where the controls are a drawer. */
  readonly controlsOpen: boolean;
  readonly scenariosOpen: boolean;
  readonly shareOpen: boolean;
  /** The versions of the run side by side. */
  readonly compareOpen: boolean;
  readonly paletteOpen: boolean;
  readonly help: HelpTab | null;
  /** The panel over the lower part of the graph. */
  readonly lower: 'charts' | 'log' | null;
  /** Which of the small charts was enlarged last. */
  readonly chart: ChartName;
  /** The suggestion of the scenario was followed or hidden. */
  readonly firstDone: boolean;
}

export const INITIAL_SHELL: Shell = {
  inspectorTab: 'node',
  whyEntry: null,
  inspectorOpen: false,
  controlsOpen: false,
  scenariosOpen: false,
  shareOpen: false,
  compareOpen: false,
  paletteOpen: false,
  help: null,
  lower: null,
  chart: 'throughput',
  firstDone: false,
};

export const useShell = create<Shell>(() => INITIAL_SHELL);

export const changeShell = (change: Partial<Shell>): void => useShell.setState(change);

/** Shows a tab of the inspector, wherever the inspector is. */
export const showInspector = (inspectorTab: InspectorTab): void =>
  changeShell({ inspectorTab, inspectorOpen: true });

/** Closes what lies on top. False when nothing was open. */
export function closeTopmost(): boolean {
  const { help, lower, inspectorOpen, controlsOpen, scenariosOpen, compareOpen } = useShell.getState();
  if (help !== null) changeShell({ help: null });
  else if (compareOpen) changeShell({ compareOpen: false });
  else if (scenariosOpen) changeShell({ scenariosOpen: false });
  else if (controlsOpen) changeShell({ controlsOpen: false });
  else if (lower !== null) changeShell({ lower: null });
  else if (inspectorOpen) changeShell({ inspectorOpen: false });
  else return false;
  return true;
}
