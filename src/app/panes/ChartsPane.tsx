import { type ChartName, ChartsDock } from '../../features/charts/ChartsDock';
import { shownStretch } from '../../features/charts/scale';
import { useCurves } from '../../features/charts/use-curves';
import { usePlayground } from '../../state/store';
import { changeShell } from '../shell-state';
import { useFaults } from './use-faults';

/** Points of a small chart. */
const POINTS = 61;

export interface ChartsPaneProps {
  readonly pairs: boolean;
  readonly heightPx: number;
}

/** The small charts of the run that is shown. */
export function ChartsPane({ pairs, heightPx }: ChartsPaneProps) {
  const nowUs = usePlayground((state) => state.nowUs);
  const { fromUs, toUs } = shownStretch(nowUs);
  const curves = useCurves(fromUs, toUs, POINTS);
  const sends = usePlayground((state) => state.sends ?? undefined);
  const faults = useFaults();
  const enlarge = (chart: ChartName) => {
    changeShell({ lower: 'charts', chart });
  };
  return (
    <ChartsDock
      nowUs={nowUs}
      curves={curves}
      sends={sends}
      faults={faults}
      pairs={pairs}
      heightPx={heightPx}
      onEnlarge={enlarge}
    />
  );
}
