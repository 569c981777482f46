import type { ReactNode } from 'react';
import styles from './Notice.module.css';

/** One line above the picture, with at most one button. Never red: red is for lost messages. */
export function Banner({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className={styles.banner} role="status">
      <p>{children}</p>
      {action}
    </div>
  );
}

export interface EmptyStateProps {
  /** Glyphs or icons of what could be here. */
  readonly picture?: ReactNode;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** What to do where there is nothing yet. */
export function EmptyState({ picture, children, action }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      {picture && <div className={styles.picture}>{picture}</div>}
      <p>{children}</p>
      {action}
    </div>
  );
}
