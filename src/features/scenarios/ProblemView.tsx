import type { Problem } from '../../engine/scenario/problem';
import { scenarios } from '../../i18n/areas/scenarios';
import { useText } from '../../i18n/use-text';
import styles from './scenarios.module.css';

/** Why a file was refused: where, what was there, what was expected, how to mend it. Never in red. */
export function ProblemView({ problem }: { readonly problem: Problem }) {
  const { t, lang } = useText(scenarios);
  const { found, expected, remedy } = lang === 'zh' ? problem.zh : problem;
  const rows = [
    [t('path'), problem.path === '$' ? t('wholeFile') : problem.path],
    [t('found'), found],
    [t('expected'), expected],
    ...(remedy === undefined ? [] : [[t('remedy'), remedy]]),
  ] as const;
  return (
    <div className={styles.problem} role="alert">
      <p>
        <b>{t('refused')}</b>
      </p>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
