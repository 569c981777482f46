import { controls } from '../../i18n/areas/controls';
import { useText } from '../../i18n/use-text';
import { Section } from '../../ui/kit/Section';
import styles from './controls.module.css';
import type { ControlsData } from './data';

/** Why what was tried last was not done, where the eyes are that tried it. */
export function Refusal({ refusal }: Pick<ControlsData, 'refusal'>) {
  const { t, pick } = useText(controls);
  if (refusal === null) return null;
  return (
    <Section title={t('notDone')}>
      <p role="alert" className={styles.problem}>
        {pick(refusal)}
      </p>
    </Section>
  );
}
