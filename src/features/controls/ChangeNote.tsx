import { type ConfigValue, describeConfigChange } from '../../state/engine-data';
import { IconButton } from '../../ui/kit/IconButton';
import { CopyLine } from './CopyLine';
import styles from './controls.module.css';
import type { ProcessRole } from './model/settings';
import { useCommon, useT } from './texts';

export interface Change {
  readonly target: string;
  readonly role: ProcessRole;
  readonly key: string;
  readonly value: ConfigValue;
}

interface ChangeNoteProps {
  readonly change: Change;
  readonly onClose: () => void;
}

/** How the change that was made here is made to the real product. */
export function ChangeNote({ change, onClose }: ChangeNoteProps) {
  const t = useT();
  const common = useCommon();
  const { target, role, key, value } = change;
  const { conf, mqadmin, code, needsRestart } = describeConfigChange(role, key, value);
  const file = role === 'nameserver' ? 'namesrv.conf' : 'broker.conf';
  return (
    <section className={styles.change} aria-label={t('changeOf', { key, name: target })}>
      <div className={styles.changeHead}>
        {target}
        <IconButton icon="close" label={common('close')} size="dense" variant="quiet" onClick={onClose} />
      </div>
      {conf !== null && <CopyLine where={t('inConf', { file })} line={conf} />}
      {mqadmin !== null && <CopyLine where={t('asCommand')} line={mqadmin} />}
      {code !== null && <CopyLine where={t(code.startsWith('-D') ? 'asOption' : 'inJava')} line={code} />}
      {needsRestart && <p className={styles.note}>{t('needsRestart')}</p>}
    </section>
  );
}
