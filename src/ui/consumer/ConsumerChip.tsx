import type { CSSProperties } from 'react';
import styles from './ConsumerChip.module.css';
import { consumerInk, hasDoubleRibbon } from './consumer-ink';

export interface ConsumerChipProps {
  readonly label: string;
  /** Which consumer, from 1: its colour. */
  readonly ordinal: number;
  /** It is assigned, but its pulls fail. */
  readonly failing?: boolean;
}

/** A consumer's label on its colour. */
export function ConsumerChip({ label, ordinal, failing }: ConsumerChipProps) {
  return (
    <span
      className={failing ? styles.failing : styles.chip}
      data-double={hasDoubleRibbon(ordinal) || undefined}
      style={{ '--ink': consumerInk(ordinal) } as CSSProperties}
    >
      {label}
    </span>
  );
}
