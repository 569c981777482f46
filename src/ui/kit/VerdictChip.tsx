import type { ReactNode } from 'react';
import { cx } from '../cx';
import { formatNumber } from '../format/number';
import { Icon } from '../icons/Icon';
import type { IconName } from '../icons/icon-shapes';
import styles from './VerdictChip.module.css';

export interface VerdictChipProps {
  /** A different shape for each verdict. */
  readonly icon: IconName;
  readonly label: ReactNode;
  readonly count: number;
  /** What a count above zero means: messages are gone, or came twice or out of order, or another thing. */
  readonly tone: 'lost' | 'anom' | 'ink';
  readonly onClick?: () => void;
}

/** What a judge counted. At zero it is quiet; above, a click leads to the first message concerned. */
export function VerdictChip({ icon, label, count, tone, onClick }: VerdictChipProps) {
  return (
    <button
      type="button"
      className={cx(styles.chip, count > 0 && styles[tone])}
      onClick={onClick}
      disabled={onClick === undefined}
    >
      <Icon name={icon} />
      <span>{label}</span>
      <b>{formatNumber(count)}</b>
    </button>
  );
}
