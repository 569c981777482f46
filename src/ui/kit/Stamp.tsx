import type { ReactNode } from 'react';
import { Icon } from '../icons/Icon';
import type { IconName } from '../icons/icon-shapes';
import styles from './Stamp.module.css';

/** A fact about a node, solid: `POWER LOST 71.9 s`. */
export function Stamp({ icon, children }: { readonly icon?: IconName; readonly children: ReactNode }) {
  return (
    <span className={styles.stamp}>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  );
}

export interface BeliefProps {
  /** What somebody believes and how long still: `believed alive · 87 s left`. */
  readonly children: ReactNode;
  /** How much of its life is left, 1 to 0; left out, the belief does not expire by itself. */
  readonly leftShare?: number;
}

/** What is believed, dashed, with a bar that runs out. */
export function Belief({ children, leftShare }: BeliefProps) {
  return (
    <span className={styles.belief}>
      {children}
      {leftShare !== undefined && (
        <span className={styles.left} style={{ width: `${100 * Math.min(1, Math.max(0, leftShare))}%` }} />
      )}
    </span>
  );
}
