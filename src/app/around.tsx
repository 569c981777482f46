import type { ComponentType } from 'react';
import { Drawer } from '../ui/kit/Dialog';
import { TooltipClock } from '../ui/kit/Tooltip';
import { useKeys } from './commands/use-keys';
import { Hints as PlainHints } from './Hints';
import { ChartsPane as PlainCharts } from './panes/ChartsPane';
import { LeftPane as PlainLeft, ScenarioPane as PlainScenario } from './panes/LeftPane';
import { TransportPane as PlainTransport } from './panes/TransportPane';
import { VerdictsPane as PlainVerdicts } from './panes/VerdictsPane';
import { Rail as PlainRail } from './Rail';
import { TopBar as PlainTop } from './TopBar';

/** Gives the tooltips of a part one clock. */
export function clocked<P extends object>(Part: ComponentType<P>): ComponentType<P> {
  return (props) => (
    <TooltipClock>
      <Part {...props} />
    </TooltipClock>
  );
}

/** What stands around the graph, in one piece: it is fetched once the cluster lives. */
export const Hints = clocked(PlainHints);
export const ChartsPane = clocked(PlainCharts);
export const LeftPane = clocked(PlainLeft);
export const ScenarioPane = clocked(PlainScenario);
export const TransportPane = clocked(PlainTransport);
export const VerdictsPane = clocked(PlainVerdicts);
export const Rail = clocked(PlainRail);
export const TopBar = clocked(PlainTop);
export { Drawer };

export function Keys() {
  useKeys(true);
  return null;
}
