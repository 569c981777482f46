import { BrandMark } from '../icons/BrandMark';
import { IconButton } from '../kit/IconButton';
import { Segmented } from '../kit/Segmented';
import { UiRoot } from '../UiRoot';
import type { UiLang } from '../words/words';
import { ControlsPage } from './ControlsPage';
import { GlyphsPage } from './GlyphsPage';
import styles from './gallery.module.css';
import { LogsPage } from './LogsPage';
import type { Say } from './say';

export type GalleryPage = 'glyphs' | 'logs' | 'controls';

export interface GalleryProps {
  readonly lang: UiLang;
  readonly page: GalleryPage;
  readonly onPage: (page: GalleryPage) => void;
  readonly onTheme: () => void;
}

/** Every part in every state, for those who change one. */
export function Gallery({ lang, page, onPage, onTheme }: GalleryProps) {
  const say: Say = (en, zh) => (lang === 'zh' ? zh : en);
  const Page = { glyphs: GlyphsPage, logs: LogsPage, controls: ControlsPage }[page];
  return (
    <UiRoot lang={lang}>
      <main className={styles.page}>
        <header className={styles.top}>
          <BrandMark size={22} />
          <h1>{say('MQ Playground: drawing grammar', '消息队列演练场：绘图语法')}</h1>
          <Segmented
            label={say('Page', '页面')}
            variant="solid"
            options={[
              { value: 'glyphs', label: say('Glyphs', '图形') },
              { value: 'logs', label: say('Logs and lanes', '日志与队列') },
              { value: 'controls', label: say('Controls', '控件') },
            ]}
            value={page}
            onChange={onPage}
          />
          <IconButton
            icon="theme"
            label={say('Light or dark', '浅色或深色')}
            shortcut={['T']}
            onClick={onTheme}
          />
        </header>
        <Page say={say} />
      </main>
    </UiRoot>
  );
}
