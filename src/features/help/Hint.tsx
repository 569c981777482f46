import type { ReactNode } from 'react';
import { help } from '../../i18n/areas/help';
import { useText } from '../../i18n/use-text';
import { IconButton } from '../../ui/kit/IconButton';
import styles from './help.module.css';

/** One thing worth trying, beside what it is about. It stays until it is done or hidden. */
export function Hint({ children, onHide }: { readonly children: ReactNode; readonly onHide: () => void }) {
  const { t } = useText(help);
  return (
    <div className={styles.hint}>
      <p>{children}</p>
      <IconButton size="dense" variant="quiet" icon="close" label={t('dismissHint')} onClick={onHide} />
    </div>
  );
}
