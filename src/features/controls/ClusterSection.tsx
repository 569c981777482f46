import { useState } from 'react';
import { Section } from '../../ui/kit/Section';
import { AllKeys } from './AllKeys';
import { type Change, ChangeNote } from './ChangeNote';
import styles from './controls.module.css';
import type { ControlsData } from './data';
import { PairView } from './PairView';
import { useT } from './texts';

/** What the processes are set to, by the product's own keys. Changed while it runs. */
export function ClusterSection({ data }: { readonly data: ControlsData }) {
  const t = useT();
  const [change, setChange] = useState<Change | null>(null);
  const { scenario, settings, process } = data;
  const selected = settings.processes.get(process ?? '');
  const brokers = [...settings.processes.values()].filter((setting) => setting.role === 'broker');
  const trapped =
    scenario.productVersion === '5.3' &&
    brokers.some(({ spec }) => spec.config.brokerRole === 'SYNC_MASTER' && spec.config.inSyncReplicas < 2);
  return (
    <Section title={t('cluster')} aside={`RocketMQ ${scenario.productVersion}`}>
      <PairView data={data} onChanged={setChange} />
      {trapped && <p className={styles.note}>{t('syncMasterTrap')}</p>}
      {selected && <AllKeys setting={selected} data={data} />}
      {change && data.refusal === null && <ChangeNote change={change} onClose={() => setChange(null)} />}
    </Section>
  );
}
