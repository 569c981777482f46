import { compare } from '../../i18n/areas/compare';
import { useText } from '../../i18n/use-text';
import { type ChangeAtWork, sideOf } from '../../state/comparison';
import { useRules } from '../../state/use-rules';
import { Code, RuleTag } from '../../ui/kit/Chip';
import { Popover } from '../../ui/kit/Popover';
import styles from './compare.module.css';

/** Rules one after another; each opens its sentence and where the product has it. */
export function RuleTags({
  rules,
  arrows,
}: {
  readonly rules: readonly string[];
  readonly arrows?: boolean;
}) {
  return (
    <span className={styles.tags}>
      {rules.map((rule, i) => (
        <span key={rule}>
          {arrows && i > 0 && <span aria-hidden>→ </span>}
          <RuleOf rule={rule} />
        </span>
      ))}
    </span>
  );
}

function RuleOf({ rule }: { readonly rule: string }) {
  const { t } = useText(compare);
  return (
    <Popover label={t('ruleOf', { rule })} trigger={<RuleTag>{rule}</RuleTag>} align="end">
      <RuleTold rule={rule} />
    </Popover>
  );
}

/** A change between the versions by its rules; it opens what both do. */
export function BehindTag({
  change,
  versions,
}: {
  readonly change: ChangeAtWork;
  readonly versions: readonly string[];
}) {
  const { t, pick } = useText(compare);
  return (
    <Popover
      label={pick(change.what)}
      trigger={<RuleTag title={pick(change.what)}>{change.rules.join(' ')}</RuleTag>}
      align="end"
    >
      <div className={styles.told}>
        <h3>{pick(change.what)}</h3>
        <dl className={styles.sides}>
          {versions.map((version) => (
            <div key={version}>
              <dt>{t('product', { version })}</dt>
              <dd>{pick(sideOf(change, version))}</dd>
            </div>
          ))}
        </dl>
        {change.rules.map((rule) => (
          <RuleTold key={rule} rule={rule} />
        ))}
      </div>
    </Popover>
  );
}

function RuleTold({ rule }: { readonly rule: string }) {
  const { t, pick } = useText(compare);
  const told = useRules()[rule];
  return (
    <div className={styles.told}>
      <h4>{t('ruleOf', { rule })}</h4>
      {told && (
        <>
          <p>{pick(told)}</p>
          <Code>{told.source}</Code>
        </>
      )}
    </div>
  );
}
