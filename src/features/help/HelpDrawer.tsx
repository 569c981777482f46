import { help } from '../../i18n/areas/help';
import type { KeyRow } from '../../i18n/areas/keys';
import { useText } from '../../i18n/use-text';
import type { Settings } from '../../state/settings';
import { Drawer } from '../../ui/kit/Dialog';
import { TabPanel, Tabs } from '../../ui/kit/Tabs';
import { Glossary } from './Glossary';
import { KeyList } from './KeyList';
import { LegendPage } from './LegendPage';
import { SettingsPage } from './SettingsPage';

export type HelpTab = 'keys' | 'legend' | 'glossary' | 'settings';
const TABS: readonly HelpTab[] = ['keys', 'legend', 'glossary', 'settings'];

export interface HelpDrawerProps {
  /** What is open; null: nothing. */
  readonly tab: HelpTab | null;
  readonly onTab: (tab: HelpTab | null) => void;
  /** The keys that do something on this page. */
  readonly keyRows: readonly KeyRow[];
  readonly settings: Settings;
  readonly onSettings: (change: Partial<Settings>) => void;
  readonly onHintsAgain: () => void;
}

/** Keys, legend, terms and settings, beside the graph. */
export default function HelpDrawer(props: HelpDrawerProps) {
  const { tab, onTab, keyRows, settings, onSettings, onHintsAgain } = props;
  const { t } = useText(help);
  return (
    <Drawer open={tab !== null} onOpenChange={(open) => !open && onTab(null)} title={t('help')} side="right">
      <Tabs
        label={t('help')}
        tabs={TABS.map((value) => ({ value, label: t(value) }))}
        value={tab ?? 'keys'}
        onChange={onTab}
      >
        <TabPanel value="keys">
          <KeyList rows={keyRows} singleKeys={settings.singleKeys} />
        </TabPanel>
        <TabPanel value="legend">
          <LegendPage />
        </TabPanel>
        <TabPanel value="glossary">
          <Glossary />
        </TabPanel>
        <TabPanel value="settings">
          <SettingsPage settings={settings} onChange={onSettings} onHintsAgain={onHintsAgain} />
        </TabPanel>
      </Tabs>
    </Drawer>
  );
}
