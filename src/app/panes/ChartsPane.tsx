import { useMemo } from 'react';
import { type ChartName, ChartsDock } from '../../features/charts/ChartsDock';
import { shownStretch } from '../../features/charts/scale';
import { useCurves, useSends } from '../../features/charts/use-curves';
import { transport } from '../../i18n/areas/transport';
import { useText } from '../../i18n/use-text';
import { usePlayground } from '../../state/store';
import { changeShell } from '../shell-state';
import { showChart } from './LowerPane';

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
  const sends = useSends();
  const faults = useFaults();
  const enlarge = (chart: ChartName) => {
    showChart(chart);
    changeShell({ lower: 'charts' });
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

/** The faults among the marks of the run, each with its word. */
export function useFaults() {
  const { t } = useText(transport);
  const marks = usePlayground((state) => state.marks);
  return useMemo(
    () =>
      marks
        .filter(({ beat }) => beat === 'fault')
        .map(({ timeUs, type }) => ({
          atUs: timeUs,
          label: type in transport.texts ? t(type as 'host.power-lost') : t('fault'),
        })),
    [marks, t],
  );
}
