import { Button } from '../../ui/kit/Button';
import { Section } from '../../ui/kit/Section';
import { useCalls } from './calls';
import styles from './controls.module.css';
import type { ControlsData } from './data';
import { resendDeadLetters } from './model/requests';
import { useT } from './texts';

/** What nobody retries any more can be sent again, once what it failed by is repaired. */
export function DeadLetters({ data }: { readonly data: ControlsData }) {
  const t = useT();
  const { act } = useCalls();
  const lanes = data.view.lanes.filter(({ kind, ready }) => kind === 'deadLetter' && ready > 0);
  if (lanes.length === 0) return null;
  return (
    <Section title={t('deadLetters')}>
      {lanes.map(({ id, group, ready }) => (
        <div key={id} className={styles.row}>
          <span className={styles.rowName}>{group}</span>
          <Button
            size="dense"
            icon="retry"
            aria-label={t('resendOf', { group, count: ready })}
            onClick={() => act(resendDeadLetters(group))}
          >
            {t('resend', { count: ready })}
          </Button>
        </div>
      ))}
    </Section>
  );
}
