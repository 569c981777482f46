import { help } from '../../i18n/areas/help';
import { useText } from '../../i18n/use-text';
import type { Settings } from '../../state/settings';
import { Button } from '../../ui/kit/Button';
import { Segmented } from '../../ui/kit/Segmented';
import { Switch } from '../../ui/kit/Switch';
import styles from './help.module.css';

export interface SettingsPageProps {
  readonly settings: Settings;
  readonly onChange: (change: Partial<Settings>) => void;
  readonly onHintsAgain: () => void;
}

/** What a reader chooses once, kept on this device. */
export function SettingsPage({ settings, onChange, onHintsAgain }: SettingsPageProps) {
  const { t } = useText(help);
  return (
    <div className={styles.settings}>
      <div className={styles.setting}>
        <span>{t('language')}</span>
        <Segmented
          label={t('language')}
          options={[
            { value: 'en', label: 'English' },
            { value: 'zh', label: <span lang="zh-CN">中文</span> },
          ]}
          value={settings.lang}
          onChange={(lang) => onChange({ lang })}
        />
      </div>
      <div className={styles.setting}>
        <span>{t('theme')}</span>
        <Segmented
          label={t('theme')}
          options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(value) }))}
          value={settings.theme}
          onChange={(theme) => onChange({ theme })}
        />
      </div>
      <div className={styles.setting}>
        <span>{t('motion')}</span>
        <Segmented
          label={t('motion')}
          options={(['system', 'reduced', 'full'] as const).map((value) => ({ value, label: t(value) }))}
          value={settings.motion}
          onChange={(motion) => onChange({ motion })}
        />
      </div>
      <p className={styles.note}>{t('motionMeans')}</p>
      <Switch
        label={t('singleKeys')}
        checked={settings.singleKeys}
        onChange={(singleKeys) => onChange({ singleKeys })}
      />
      <div>
        <Button onClick={onHintsAgain}>{t('hintsAgain')}</Button>
      </div>
    </div>
  );
}
