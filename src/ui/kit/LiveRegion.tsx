import type { ReactNode } from 'react';
import styles from './LiveRegion.module.css';

/** Text for screen readers only. */
export function Hidden({ children }: { readonly children: ReactNode }) {
  return <span className={styles.hidden}>{children}</span>;
}

/** Says what has changed. It stands in the page from the start; only its text changes. */
export function LiveRegion({ children }: { readonly children: ReactNode }) {
  return (
    <span className={styles.hidden}>
      <output aria-live="polite">{children}</output>
    </span>
  );
}
