import { formatTimeUs } from '../../ui/format/number';
import { Button } from '../../ui/kit/Button';
import { Section } from '../../ui/kit/Section';
import { useCalls } from './calls';
import styles from './controls.module.css';
import type { ControlsData } from './data';
import { resendDeadLetters } from './model/requests';
import { useT } from './texts';

/** What nobody retries any more can be sent again, once what it failed by is repaired; what was sent stays, and says so. */
export function DeadLetters({ data }: { readonly data: ControlsData }) {
  const t = useT();
  const { act } = useCalls();
  const lanes = data.view.lanes.filter(({ kind, ready }) => kind === 'deadLetter' && ready > 0);
  if (lanes.length === 0) return null;
  return (
    <Section title={t('deadLetters')}>
      {lanes.map(({ id, group, ready, resent = 0, parked }) => {
        const count = ready - resent;
        const last = parked.find((letter) => letter.resent !== undefined)?.resent;
        return (
          <div key={id}>
            <div className={styles.row}>
              <span className={styles.rowName}>{group}</span>
              {count > 0 ? (
                <Button
                  size="dense"
                  icon="retry"
                  aria-label={t('resendOf', { group, count })}
                  onClick={() => act(resendDeadLetters(group))}
                >
                  {t('resend', { count })}
                </Button>
              ) : (
                <span>{t('allResent')}</span>
              )}
            </div>
            {last && (
              <p className={styles.note}>
                {t('resentStay', { count: resent, topic: last.topic, time: formatTimeUs(last.atUs, 1) })}
              </p>
            )}
          </div>
        );
      })}
    </Section>
  );
}
