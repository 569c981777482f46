import { TabPanel, Tabs } from '../../ui/kit/Tabs';
import { INSPECTOR_TABS, type InspectorData, type InspectorTab } from './data';
import styles from './inspector.module.css';
import { MessageTab } from './MessageTab';
import { NodeTab } from './NodeTab';
import { StorageTab } from './StorageTab';
import { useT } from './texts';
import { WhyTab } from './WhyTab';

interface InspectorPanelProps {
  readonly data: InspectorData;
  readonly tab: InspectorTab;
  readonly onTab: (tab: InspectorTab) => void;
}

/** What is known of the selection, in four tabs. */
export function InspectorPanel({ data, tab, onTab }: InspectorPanelProps) {
  const t = useT();
  return (
    <section className={styles.panel} aria-label={t('panel')}>
      <Tabs
        label={t('panel')}
        tabs={INSPECTOR_TABS.map((value) => ({ value, label: t(value) }))}
        value={tab}
        onChange={onTab}
      >
        <TabPanel value="node">
          <NodeTab data={data} />
        </TabPanel>
        <TabPanel value="message">
          <MessageTab data={data} />
        </TabPanel>
        <TabPanel value="why">
          <WhyTab data={data} />
        </TabPanel>
        <TabPanel value="storage">
          <StorageTab data={data} />
        </TabPanel>
      </Tabs>
    </section>
  );
}
