import { formatNumber } from '../format/number';
import { hatch } from '../glyph/HatchDefs';
import { useLiveIn } from '../motion/use-live';
import { useWords } from '../words/use-words';
import { Mark, Row, StripFrame } from './StripParts';
import styles from './strip.module.css';
import { STRIP } from './strip-layout';

export interface SlaveStripProps {
  /** For each column of the master's strip what this machine has of it. */
  readonly columns: readonly ('none' | 'unflushed' | 'disk')[];
  readonly messagesPerColumn?: number;
  readonly hasOlder?: boolean;
  readonly replicatedBytes: number;
  /** Power loss takes what is not on its own disk. */
  readonly dead?: 'no' | 'process' | 'power' | 'disk';
  readonly title?: string;
  readonly numerals?: boolean;
}

/** A follower's log in one row, on the same column grid as its master's. Hatched: not yet on its own disk. */
export function SlaveStrip(props: SlaveStripProps) {
  const { dead = 'no', title = 'CommitLog', numerals = true } = props;
  const words = useWords();
  const live = useLiveIn(props.messagesPerColumn ?? 1);
  const columns = props.columns.slice(-STRIP.columnsMax);
  const unflushed = columns.filter((column) => column === 'unflushed').length;
  const powerless = dead === 'power' || dead === 'disk';
  const bytes = `${formatNumber(props.replicatedBytes)}`;
  return (
    <svg
      data-live={live}
      className={dead === 'no' ? styles.strip : `${styles.strip} ${styles.dead}`}
      width={STRIP.widthPx}
      height={STRIP.slaveHeightPx}
      role="img"
      aria-label={[
        `${title}: ${words.slave} ${bytes} ${words.bytes}`,
        unflushed > 0 && words.notFlushed(unflushed),
      ]
        .filter(Boolean)
        .join(' · ')}
    >
      <StripFrame top={2} height={15} gone={powerless} />
      <Row
        name={title}
        top={4}
        value={numerals && bytes}
        valueClass={styles.replicated}
        faded={props.hasOlder ?? false}
        dim={powerless}
        cells={columns.map((column) => {
          if (column === 'none') return undefined;
          if (dead === 'disk' || (powerless && column === 'unflushed')) return 'drained';
          return column === 'unflushed' ? hatch('slave') : 'var(--c-slave)';
        })}
      />
      <Mark
        at={
          columns.findLastIndex((column) => column === 'disk' || (column === 'unflushed' && !powerless)) + 1
        }
        top={4}
        colour="slave"
      />
    </svg>
  );
}
