import { useMemo } from 'react';
import type { Fault } from '../../features/charts/faults';
import { transport } from '../../i18n/areas/transport';
import { useText } from '../../i18n/use-text';
import { usePlayground } from '../../state/store';

/** The faults among the marks of the run, each with its word. */
export function useFaults(): readonly Fault[] {
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
