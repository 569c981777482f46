import { engine } from '../state/browser-engine';
import type { Settings } from '../state/settings';
import { usePlayground } from '../state/store';

const DARK = '(prefers-color-scheme: dark)';

const isDark = (theme: Settings['theme']): boolean =>
  theme === 'dark' || (theme === 'system' && matchMedia(DARK).matches);

/** From light to dark and back, whatever the system says. */
export function toggleTheme(): void {
  const { theme } = usePlayground.getState().settings;
  engine().change({ theme: isDark(theme) ? 'light' : 'dark' });
}

/** Dresses the page in the chosen theme and stillness, now and whenever the choice or the system changes. */
export function applyAppearance(): () => void {
  const apply = () => {
    const { theme, motion } = usePlayground.getState().settings;
    document.documentElement.dataset.theme = isDark(theme) ? 'dark' : 'light';
    if (motion === 'reduced') document.documentElement.dataset.motion = 'off';
    else delete document.documentElement.dataset.motion;
  };
  apply();
  const media = matchMedia(DARK);
  media.addEventListener('change', apply);
  const stop = usePlayground.subscribe((state, before) => {
    if (state.settings !== before.settings) apply();
  });
  return () => {
    media.removeEventListener('change', apply);
    stop();
  };
}
