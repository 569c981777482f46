import { useState } from 'react';
import type { ChartName } from '../../features/charts/ChartsDock';
import { type CurveGroup, LargeCharts, type Stretch, stretchOf } from '../../features/charts/LargeCharts';
import { useCurves } from '../../features/charts/use-curves';
import { usePlayground } from '../../state/store';
import { useFaults } from './use-faults';

const POINTS_MAX = 120;

const GROUP_OF: Readonly<Record<ChartName, CurveGroup>> = {
  throughput: 'rates',
  lag: 'lag',
  latency: 'sendLatency',
  sendStatus: 'sendStatus',
};

/** One large chart of the run that is shown. */
export default function LargeChartsPane({ first }: { readonly first: ChartName }) {
  const [group, setGroup] = useState<CurveGroup>(GROUP_OF[first]);
  const [stretch, setStretch] = useState<Stretch>('lastMinute');
  const nowUs = usePlayground((state) => state.nowUs);
  const { fromUs, toUs } = stretchOf(stretch, nowUs);
  const curves = useCurves(fromUs, toUs, POINTS_MAX);
  return (
    <LargeCharts
      group={group}
      onGroup={setGroup}
      stretch={stretch}
      onStretch={setStretch}
      nowUs={nowUs}
      curves={curves}
      faults={useFaults()}
    />
  );
}
