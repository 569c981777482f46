import { AddSection } from './AddSection';
import { ClusterSection } from './ClusterSection';
import styles from './controls.module.css';
import { DeadLetters } from './DeadLetters';
import type { ControlsData } from './data';
import { FaultsSection } from './FaultsSection';
import { InForceSection } from './InForceSection';
import { Refusal } from './Refusal';
import { ResetOffsets } from './ResetOffsets';
import { SendSection } from './SendSection';
import { useT } from './texts';
import { WorkloadSection } from './WorkloadSection';

/** Everything that can be done to the cluster, in the order in which it is wanted. */
export function ControlsPanel({ data }: { readonly data: ControlsData }) {
  const t = useT();
  return (
    <section className={styles.panel} aria-label={t('panel')}>
      <div className={styles.scroll}>
        <ClusterSection data={data} />
        <WorkloadSection data={data} />
        <FaultsSection data={data} />
        <DeadLetters data={data} />
        <SendSection data={data} />
        <ResetOffsets data={data} />
        <AddSection data={data} />
      </div>
      <Refusal refusal={data.refusal} />
      <InForceSection data={data} />
    </section>
  );
}
