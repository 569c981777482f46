import { ShareButton } from '../features/share/SharePanel';
import { app } from '../i18n/areas/app';
import { common } from '../i18n/areas/common';
import { help } from '../i18n/areas/help';
import { useText } from '../i18n/use-text';
import { engine } from '../state/browser-engine';
import { usePlayground } from '../state/store';
import { BrandMark } from '../ui/icons/BrandMark';
import { Button } from '../ui/kit/Button';
import { IconButton } from '../ui/kit/IconButton';
import { Segmented } from '../ui/kit/Segmented';
import { downloadScenario, shareRun } from './files';
import { Rail } from './Rail';
import styles from './shell.module.css';
import { changeShell, useShell } from './shell-state';
import { toggleTheme } from './theme';
import type { Layout } from './use-layout';

/** The name, the pages that there are, and what concerns the whole screen. */
export function TopBar({ layout }: { readonly layout: Layout }) {
  const { t } = useText(common);
  const own = useText(app);
  const words = useText(help);
  const lang = usePlayground((state) => state.settings.lang);
  const version = usePlayground((state) => state.scenario?.productVersion);
  const loaded = usePlayground((state) => state.run !== 0);
  const shareOpen = useShell((shell) => shell.shareOpen);
  const phone = layout === 'phone';
  return (
    <header className={styles.top}>
      <h1 className={styles.brand}>
        <BrandMark size={20} />
        {t('product')}
      </h1>
      {!phone && (
        <nav className={styles.nav} aria-label={own.t('pages')}>
          <a href="#/" aria-current="page">
            {t('playground')}
          </a>
        </nav>
      )}
      <span className={styles.space} />
      {layout === 'drawers' && <Rail inspector row />}
      {!phone && version !== undefined && (
        <Button title={own.t('compareVersions')} onClick={() => changeShell({ compareOpen: true })}>
          {own.t('version', { version })}
        </Button>
      )}
      <Segmented
        label={t('language')}
        options={[
          { value: 'en', label: 'EN' },
          { value: 'zh', label: <span lang="zh-CN">中文</span> },
        ]}
        value={lang}
        onChange={(next) => engine().change({ lang: next })}
      />
      {!phone && (
        <IconButton
          icon="search"
          label={words.t('palette')}
          shortcut={['/']}
          onClick={() => changeShell({ paletteOpen: true })}
        />
      )}
      <IconButton icon="theme" label={t('theme')} shortcut={['T']} onClick={toggleTheme} />
      {!phone && (
        <ShareButton
          make={shareRun}
          onDownload={downloadScenario}
          disabled={!loaded}
          open={shareOpen}
          onOpenChange={(open) => changeShell({ shareOpen: open })}
        />
      )}
      <IconButton
        icon="help"
        label={words.t('help')}
        shortcut={['?']}
        onClick={() => changeShell({ help: phone ? 'legend' : 'keys' })}
      />
    </header>
  );
}
