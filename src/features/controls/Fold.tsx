import { type ReactNode, useId, useState } from 'react';
import { Icon } from '../../ui/icons/Icon';
import styles from './controls.module.css';

interface FoldProps {
  readonly title: ReactNode;
  /** Where the title alone does not say whose. */
  readonly label?: string;
  readonly quiet?: boolean;
  readonly children: ReactNode;
}

/** What is needed less often: closed until its head is pressed. */
export function Fold({ title, label, quiet, children }: FoldProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <div className={quiet ? styles.quietFold : styles.fold}>
      <button
        type="button"
        className={styles.foldHead}
        aria-expanded={open}
        aria-controls={id}
        aria-label={label}
        onClick={() => setOpen(!open)}
      >
        <span>{title}</span>
        <Icon name={open ? 'up' : 'down'} size={14} />
      </button>
      <div id={id} hidden={!open} className={styles.foldBody}>
        {open && children}
      </div>
    </div>
  );
}
