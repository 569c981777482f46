import { compare } from '../../i18n/areas/compare';
import { configKeys } from '../../i18n/areas/config-keys';
import { useText } from '../../i18n/use-text';
import { type OneSided, sideOf, type VersionsCompared } from '../../state/comparison';
import { Code } from '../../ui/kit/Chip';
import { Section } from '../../ui/kit/Section';
import styles from './compare.module.css';
import { RuleTags } from './RuleTags';

/** Why the versions differ: what was left out, the changes that were at work, the defaults that are not the same. */
export function Behind({ compared }: { readonly compared: VersionsCompared }) {
  const { t, pick } = useText(compare);
  const { versions, leftOut, changes, settings, oneSided } = compared;
  const [, version] = versions;
  return (
    <aside className={styles.behind}>
      {leftOut.length > 0 && (
        <Section title={t('leftOut', { version })} aside={leftOut.length}>
          <p className={styles.hint}>{t('leftOutHint', { version })}</p>
          <ul className={styles.list}>
            {leftOut.map(({ of, what }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two actions on one process may read alike
              <li key={i}>
                {of} <code>{what}</code>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('changes')} aside={changes.length}>
        {changes.length === 0 && <p className={styles.hint}>{t('noChanges')}</p>}
        <ul className={styles.changes}>
          {changes.map((change) => (
            <li key={change.rules.join()}>
              <h4>
                {pick(change.what)} <RuleTags rules={change.rules} />
              </h4>
              <dl className={styles.sides}>
                {versions.map((each) => (
                  <div key={each}>
                    <dt>{each}</dt>
                    <dd>{pick(sideOf(change, each))}</dd>
                  </div>
                ))}
              </dl>
              {change.shown.length > 0 && <Told list={change.shown} versions={versions} />}
            </li>
          ))}
        </ul>
      </Section>
      {settings.length > 0 && (
        <Section title={t('settings')} aside={settings.length}>
          <ul className={styles.changes}>
            {settings.map(({ key, values, lacks, of }) => (
              <li key={`${key} ${values}`}>
                <h4>
                  <code title={keyHint(key, pick)}>{key}</code>
                  <small>{of.join(' · ')}</small>
                </h4>
                <dl className={styles.sides}>
                  {versions.map((each, i) => (
                    <div key={each}>
                      <dt>{each}</dt>
                      <dd>
                        {lacks === i ? (
                          t('noKey', { value: String(values[i]) })
                        ) : (
                          <code>{String(values[i])}</code>
                        )}
                      </dd>
                    </div>
                  ))}
                </dl>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {oneSided.length > 0 && (
        <Section title={t('oneSided')} aside={oneSided.length}>
          <Told list={oneSided} versions={versions} />
        </Section>
      )}
    </aside>
  );
}

function keyHint(key: string, pick: (text: { readonly en: string; readonly zh: string }) => string) {
  const text = configKeys.texts[key as keyof typeof configKeys.texts];
  return text && pick(text);
}

/** What the trace of one version tells, and how often. */
function Told({
  list,
  versions,
}: {
  readonly list: readonly OneSided[];
  readonly versions: readonly string[];
}) {
  const { t } = useText(compare);
  return (
    <ul className={styles.evidence} aria-label={t('shownBy')}>
      {list.map(({ type, rule, counts }) => {
        const at = counts[0] > 0 ? 0 : 1;
        return (
          <li key={type}>
            <Code>{type}</Code>
            <span className={styles.times}>
              {versions[at]} · {t('times', { count: counts[at] })}
            </span>
            <RuleTags rules={[rule]} />
          </li>
        );
      })}
    </ul>
  );
}
