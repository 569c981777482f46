import type { Verdict } from '../../engine/checkers/verdict';
import { charts } from '../../i18n/areas/charts';
import { common } from '../../i18n/areas/common';
import { useText } from '../../i18n/use-text';
import { Term } from '../../ui/kit/Term';
import { VerdictChip } from '../../ui/kit/VerdictChip';
import type { VerdictName } from './first-message';
import styles from './verdicts.module.css';

export interface VerdictsProps {
  /** Null until the first frame: nothing was judged. */
  readonly verdict: Verdict | null;
  /** Side by side, where there is no room for more. */
  readonly row: boolean;
  /** Leads to the first message that the verdict counts. */
  readonly onOpen: (verdict: VerdictName) => void;
}

/** What became of the messages: three counts that nobody wants, and what cannot be read right now. */
export function Verdicts({ verdict, row, onOpen }: VerdictsProps) {
  const { t } = useText(charts);
  const words = useText(common);
  const chip = (name: VerdictName, count: number) => ({
    count,
    ...(count > 0 && { onClick: () => onOpen(name) }),
  });
  return (
    <section className={row ? styles.row : styles.verdicts} aria-label={t('verdicts')}>
      <VerdictChip
        icon="lost"
        tone="lost"
        label={words.t('acknowledgedLost')}
        {...chip('lost', verdict?.acknowledgedLost ?? 0)}
      />
      <VerdictChip
        icon="duplicate"
        tone="anom"
        label={words.t('duplicates')}
        {...chip('duplicates', verdict?.duplicates ?? 0)}
      />
      <VerdictChip
        icon="order"
        tone="anom"
        label={words.t('orderViolations')}
        {...chip('order', verdict?.orderViolations ?? 0)}
      />
      <p className={styles.others}>
        <Term definition={t('unavailableMeans')}>
          {t('unavailable', { count: verdict?.unavailable ?? 0 })}
        </Term>
        <span aria-hidden> · </span>
        <Term definition={t('strandedMeans')}>{t('stranded', { count: verdict?.stranded ?? 0 })}</Term>
        {verdict !== null && verdict.unresolvedTransactions > 0 && (
          <>
            <span aria-hidden> · </span>
            <Term definition={t('unresolvedMeans')}>
              {t('unresolved', { count: verdict.unresolvedTransactions })}
            </Term>
          </>
        )}
      </p>
    </section>
  );
}
