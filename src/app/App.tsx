import { lazy, Suspense, useEffect } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import { setLang } from '../i18n/area';
import { app } from '../i18n/areas/app';
import { errors } from '../i18n/areas/errors';
import { useText } from '../i18n/use-text';
import { usePlayground } from '../state/store';
import { UiRoot } from '../ui/UiRoot';
import { openAddress, readAddress } from './routes';
import { Shell } from './Shell';
import styles from './shell.module.css';
import { applyAppearance, toggleTheme } from './theme';

/** Every part of the interface in every state, for those who work on it; not part of the built site. */
const GalleryPage = import.meta.env.DEV ? lazy(() => import('./GalleryPage')) : null;

export function App() {
  const lang = usePlayground((state) => state.settings.lang);
  const [path] = useHashLocation();
  useEffect(applyAppearance, []);
  useEffect(() => setLang(lang), [lang]);
  if (GalleryPage && path === '/gallery') {
    return (
      <Suspense>
        <GalleryPage lang={lang} onTheme={toggleTheme} />
      </Suspense>
    );
  }
  if (typeof Worker === 'undefined') return <Unsupported />;
  return (
    <UiRoot lang={lang}>
      <Playground path={path} />
    </UiRoot>
  );
}

function Playground({ path }: { readonly path: string }) {
  useEffect(() => {
    void openAddress(readAddress(path));
  }, [path]);
  return <Shell />;
}

function Unsupported() {
  const words = useText(errors);
  const { t } = useText(app);
  return (
    <main className={styles.unsupported}>
      <p>{words.t('noWorkers')}</p>
      <p>{t('noWorkersHint')}</p>
      <img src="./cluster.png" alt={t('preview')} width={860} height={656} />
    </main>
  );
}
