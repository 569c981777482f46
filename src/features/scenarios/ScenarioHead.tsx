import type { Localized } from '../../i18n/area';
import { scenarios } from '../../i18n/areas/scenarios';
import { useText } from '../../i18n/use-text';
import { Icon } from '../../ui/icons/Icon';
import { Button } from '../../ui/kit/Button';
import { IconButton } from '../../ui/kit/IconButton';
import styles from './scenarios.module.css';

export interface ScenarioHeadProps {
  /** Undefined while nothing is loaded. */
  readonly title: Localized | undefined;
  /** Place in the list of built-in scenarios, from 1; null: a file of one's own. */
  readonly preset: number | null;
  readonly actions: number;
  /** What is worth doing first; null: it was done, hidden, or nobody knows. */
  readonly first: { readonly text: Localized; readonly run: () => void; readonly hide: () => void } | null;
  readonly onChoose: () => void;
}

/** What runs, what was done to it, and what to do first. */
export function ScenarioHead({ title, preset, actions, first, onChoose }: ScenarioHeadProps) {
  const { t, pick } = useText(scenarios);
  const source = preset === null ? t('own') : t('preset', { number: String(preset).padStart(2, '0') });
  const changes = actions === 0 ? t('unchanged') : t('changed', { count: actions });
  return (
    <div className={styles.head}>
      <button type="button" className={styles.choose} onClick={onChoose} title={t('choose')}>
        <span>
          <strong>{title ? pick(title) : ' '}</strong>
          <small>{title ? `${source} · ${changes}` : ' '}</small>
        </span>
        <Icon name="down" />
      </button>
      {first && (
        <div className={styles.first}>
          <p>
            <b>{t('firstAction')}</b> {pick(first.text)}
          </p>
          <Button size="dense" variant="primary" onClick={first.run}>
            {t('doIt')}
          </Button>
          <IconButton size="dense" variant="quiet" icon="close" label={t('dismiss')} onClick={first.hide} />
        </div>
      )}
    </div>
  );
}
