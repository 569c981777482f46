import { lazy, Suspense } from 'react';
import { app } from '../../i18n/areas/app';
import { common } from '../../i18n/areas/common';
import { useText } from '../../i18n/use-text';
import { IconButton } from '../../ui/kit/IconButton';
import { TabPanel, Tabs } from '../../ui/kit/Tabs';
import { changeShell, useShell } from '../shell-state';
import styles from './panes.module.css';

const LargeCharts = lazy(() => import('./LargeChartsPane'));
const LogPane = lazy(() => import('./LogPane'));

/** Charts and the event log, over the lower part of the graph. */
export default function LowerPane() {
  const { t } = useText(app);
  const words = useText(common);
  const lower = useShell((shell) => shell.lower);
  const chart = useShell((shell) => shell.chart);
  if (lower === null) return null;
  return (
    <section className={styles.lower} aria-label={t('lower')}>
      <Tabs
        label={t('lower')}
        tabs={[
          { value: 'charts', label: t('charts') },
          { value: 'log', label: t('log') },
        ]}
        value={lower}
        onChange={(value) => changeShell({ lower: value })}
      >
        <TabPanel value="charts">
          <Suspense>
            <LargeCharts first={chart} key={chart} />
          </Suspense>
        </TabPanel>
        <TabPanel value="log">
          <Suspense>
            <LogPane />
          </Suspense>
        </TabPanel>
      </Tabs>
      <IconButton
        className={styles.closeLower}
        variant="quiet"
        icon="close"
        label={words.t('close')}
        shortcut={['Esc']}
        onClick={() => changeShell({ lower: null })}
      />
    </section>
  );
}
