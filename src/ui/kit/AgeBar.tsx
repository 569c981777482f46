import { formatAgeUs, formatDurationUs } from '../format/number';
import styles from './AgeBar.module.css';

export interface AgeBarProps {
  /** Whose heartbeat, for screen readers. */
  readonly label: string;
  readonly ageUs: number;
  /** At this age the entry is dropped. */
  readonly limitUs?: number;
  /** One heartbeat; an older entry is drawn in ink. */
  readonly tickUs?: number;
}

/** The age of what was heard last, between now and the moment it is given up. */
export function AgeBar({ label, ageUs, limitUs = 120_000_000, tickUs = 30_000_000 }: AgeBarProps) {
  const ticks = Math.ceil(limitUs / tickUs) - 1;
  const share = Math.min(1, ageUs / limitUs);
  return (
    <div
      className={styles.bar}
      role="img"
      aria-label={`${label} ${formatAgeUs(ageUs)} / ${formatDurationUs(limitUs)}`}
    >
      <span className={ageUs > tickUs ? styles.late : styles.age} style={{ width: `${100 * share}%` }} />
      {Array.from({ length: ticks }, (_, i) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a tick is its place
          key={i}
          className={styles.tick}
          style={{ left: `${(100 * (i + 1) * tickUs) / limitUs}%` }}
        />
      ))}
      <span className={styles.end} />
    </div>
  );
}
