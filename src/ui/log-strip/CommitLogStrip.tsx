import { cx } from '../cx';
import { formatNumber } from '../format/number';
import { textWidthPx } from '../format/text-width';
import { hatch } from '../glyph/HatchDefs';
import motion from '../motion/motion.module.css';
import { useLiveIn } from '../motion/use-live';
import { PickRow } from '../pick/PickRow';
import { useWords } from '../words/use-words';
import { Mark, Row, StripFrame } from './StripParts';
import styles from './strip.module.css';
import {
  bracesFit,
  columnX,
  type LogColumn,
  type LogDeath,
  runs,
  STRIP,
  stripBraces,
  stripMarks,
} from './strip-layout';

export interface CommitLogStripProps {
  /** Oldest first; the newest 26 are drawn. */
  readonly columns: readonly LogColumn[];
  /** Whether the log goes on to the left of the first column, which then fades out. */
  readonly hasOlder?: boolean;
  /** Above 1 the strip says so. The counts stay those of messages. */
  readonly messagesPerColumn?: number;
  readonly appendedBytes: number;
  readonly flushedBytes: number;
  /** `null`: this machine has no other one. */
  readonly replicatedBytes: number | null;
  /** Messages in a page cache only, on another machine only, and without any copy. */
  readonly undurableCount: number;
  readonly slaveOnlyCount: number;
  readonly lostCount: number;
  readonly dead?: LogDeath;
  /** The mark of the disk cannot move on: a wall stands behind it. */
  readonly diskFull?: boolean | undefined;
  /** A restart has re-read this share of what is on disk, 0 to 1. */
  readonly rereadShare?: number;
  /** Where a reply waits before it may leave: SYNC_FLUSH at the disk, SYNC_MASTER at the other machine. */
  readonly replyWaitsAt?: 'disk' | 'slave' | undefined;
  /** Another product's names for the log and its rows. */
  readonly title?: string;
  readonly rowNames?: { readonly mem?: string; readonly disk?: string; readonly slave?: string };
  /** Off when the graph is too small for numbers to be read. */
  readonly numerals?: boolean;
  readonly selectedColumn?: number | undefined;
  readonly onPickColumn?: (index: number) => void;
}

/** A log as bands of copies: page cache and disk of this machine in one frame, the other machine below it. */
export function CommitLogStrip(props: CommitLogStripProps) {
  const { dead = 'no', messagesPerColumn = 1, title = 'CommitLog', numerals = true, selectedColumn } = props;
  const words = useWords();
  const live = useLiveIn(messagesPerColumn);
  const columns = props.columns.slice(-STRIP.columnsMax);
  const names = { mem: words.pageCache, disk: words.disk, slave: words.slave, ...props.rowNames };
  const hasSlave = props.replicatedBytes !== null;
  const marks = stripMarks(columns, dead);
  const counts = {
    undurable: props.undurableCount,
    slaveOnly: props.slaveOnlyCount,
    lost: props.lostCount,
  };
  const scale = messagesPerColumn > 1 ? words.perColumn(messagesPerColumn) : '';
  const noteLeft = textWidthPx(title, 11, true) + 8;
  const noteRight = noteLeft + textWidthPx(scale, 10.5);
  const besideNote = stripBraces(columns, counts, words, noteRight + 8);
  // What is lost matters more than the scale.
  const noteFits = bracesFit(besideNote) && besideNote.every(({ left }) => left >= noteRight + 3);
  const scaleNote = noteFits ? scale : '';
  const braces = noteFits ? besideNote : stripBraces(columns, counts, words, noteLeft);
  const rowsBottom = (hasSlave ? STRIP.rowTop.slave : STRIP.rowTop.disk) + STRIP.cellHeight;
  const faded = props.hasOlder ?? false;
  const memGone = dead === 'power' || dead === 'disk';
  const text = stripText(props, words, names);

  return (
    <svg
      data-live={live}
      className={cx(styles.strip, dead !== 'no' && styles.dead)}
      width={STRIP.widthPx}
      height={hasSlave ? STRIP.heightPx : STRIP.heightPx - 16}
      role={props.onPickColumn ? 'presentation' : 'img'}
      aria-label={props.onPickColumn ? undefined : `${title}: ${text}`}
    >
      <text className={styles.title} x={0} y={STRIP.headingBaseline}>
        {title}
      </text>
      {scaleNote && (
        <text className={styles.note} x={noteLeft} y={STRIP.headingBaseline}>
          {scaleNote}
        </text>
      )}
      {numerals && (
        <text className={styles.note} x={STRIP.bytesRight} y={STRIP.headingBaseline} textAnchor="end">
          {words.bytes}
        </text>
      )}

      <StripFrame top={STRIP.frameTop} height={27} gone={memGone} />
      {hasSlave && <StripFrame top={STRIP.rowTop.slave - 2} height={15} />}
      <Row
        letter="M"
        name={names.mem}
        top={STRIP.rowTop.mem}
        value={numerals && (memGone ? words.wiped : formatNumber(props.appendedBytes))}
        valueClass={memGone ? styles.wiped : styles.appended}
        faded={faded}
        cells={columns.map(({ mem = 'none', lost }) =>
          memGone || (lost && mem === 'none') ? 'drained' : MEM_FILL[mem],
        )}
      />
      <Row
        letter="D"
        name={names.disk}
        top={STRIP.rowTop.disk}
        value={numerals && (dead === 'disk' ? words.wiped : formatNumber(props.flushedBytes))}
        valueClass={dead === 'disk' ? styles.wiped : styles.flushed}
        faded={faded}
        dim={dead === 'power'}
        rereadShare={props.rereadShare}
        cells={columns.map(({ disk }) => (dead === 'disk' ? 'drained' : disk ? 'var(--c-disk)' : undefined))}
      />
      {hasSlave && (
        <Row
          letter="S"
          name={names.slave}
          top={STRIP.rowTop.slave}
          value={numerals && formatNumber(props.replicatedBytes ?? 0)}
          valueClass={styles.replicated}
          faded={faded}
          cells={columns.map(({ slave }) =>
            slave === 'unflushed' ? hatch('slave') : slave ? 'var(--c-slave)' : undefined,
          )}
        />
      )}

      {marks.appended !== null && (
        <Mark at={marks.appended} top={STRIP.rowTop.mem} colour={dead === 'no' ? 'ink' : 'dead-ink'} />
      )}
      {marks.flushed !== null && (
        <Mark
          at={marks.flushed}
          top={STRIP.rowTop.disk}
          colour="disk"
          wall={props.diskFull}
          replyWaits={props.replyWaitsAt === 'disk'}
        />
      )}
      {hasSlave && marks.replicated !== null && (
        <Mark
          at={marks.replicated}
          top={STRIP.rowTop.slave}
          colour="slave"
          replyWaits={props.replyWaitsAt === 'slave'}
        />
      )}

      {runs(columns, (column) => column.lost === true).map(([first, last]) => (
        <rect
          key={first}
          className={motion.wipes}
          x={columnX(first) - 1}
          y={STRIP.rowTop.mem - 4}
          width={columnX(last) - columnX(first) + STRIP.cellWidth + 2}
          height={rowsBottom - STRIP.rowTop.mem + 8}
          fill={hatch('lost')}
          stroke="var(--c-lost)"
          strokeWidth={1.5}
        />
      ))}
      {braces.map(({ kind, text: braceText, left, right, textRight, textMiddle }) => (
        <g key={kind} className={styles[kind]}>
          <path className={styles.brace} d={`M${left} ${STRIP.braceTop + 3.5}v-3.5H${right}v3.5`} />
          {numerals && (
            <text
              className={styles.braceText}
              x={braces.length === 1 ? textMiddle : textRight}
              y={STRIP.braceTop - 3}
              textAnchor={braces.length === 1 ? 'middle' : 'end'}
            >
              {braceText}
            </text>
          )}
        </g>
      ))}

      {selectedColumn !== undefined && (
        <rect
          className={styles.selected}
          x={columnX(selectedColumn) - 3}
          y={STRIP.rowTop.mem - 6}
          width={STRIP.cellWidth + 6}
          height={rowsBottom - STRIP.rowTop.mem + 12}
          rx={2}
        />
      )}
      {props.onPickColumn && (
        <PickRow
          x={columnX(0)}
          y={STRIP.frameTop}
          pitch={STRIP.pitch}
          height={rowsBottom - STRIP.frameTop + 2}
          names={columns.map((_, i) => words.of(words.message(i + 1), formatNumber(columns.length)))}
          label={`${title}: ${text}`}
          selected={selectedColumn}
          onPick={props.onPickColumn}
        />
      )}
    </svg>
  );
}

const MEM_FILL = { none: undefined, volatile: hatch('volatile'), calm: 'var(--c-cache)' } as const;

/** The whole strip in one sentence, with the same numbers. */
function stripText(
  props: CommitLogStripProps,
  words: ReturnType<typeof useWords>,
  names: { readonly mem: string; readonly disk: string; readonly slave: string },
): string {
  const { dead = 'no' } = props;
  const row = (name: string, bytes: number, gone: boolean) =>
    `${name} ${gone ? words.wiped : `${formatNumber(bytes)} ${words.bytes}`}`;
  return [
    row(names.mem, props.appendedBytes, dead === 'power' || dead === 'disk'),
    row(names.disk, props.flushedBytes, dead === 'disk'),
    props.replicatedBytes !== null && row(names.slave, props.replicatedBytes, false),
    props.diskFull && words.diskFull,
    props.undurableCount > 0 && words.notFlushed(props.undurableCount),
    props.slaveOnlyCount > 0 && words.slaveOnly(props.slaveOnlyCount),
    props.lostCount > 0 && words.lost(props.lostCount),
  ]
    .filter(Boolean)
    .join(' · ');
}
