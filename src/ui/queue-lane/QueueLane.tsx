import { consumerInk } from '../consumer/consumer-ink';
import { cx } from '../cx';
import { formatNumber } from '../format/number';
import { textWidthPx } from '../format/text-width';
import motion from '../motion/motion.module.css';
import { PickRow } from '../pick/PickRow';
import { useWords } from '../words/use-words';
import type { UiWords } from '../words/words';
import { type LaneLock, LockMark } from './LockMark';
import styles from './lane.module.css';
import { LANE, laneLayout, shiftForNumerals } from './lane-layout';

export interface LaneGroup {
  /** The consumer's label, `C1`. */
  readonly label: string;
  /** Which consumer, from 1: its colour. */
  readonly ordinal: number;
  /** The next offset that this group will read after a restart. */
  readonly committed: number;
  /** `failing`: assigned, but its pulls fail. `none`: nobody reads. */
  readonly assignment?: 'assigned' | 'failing' | 'none';
  /** Of a group that reads in order. */
  readonly lock?: LaneLock | undefined;
}

export interface QueueLaneProps {
  readonly name: string;
  readonly min: number;
  /** The offset that the next message will get. */
  readonly max: number;
  /** The groups of the topic, a row for each: the upper half has its ticks above the line, the others below. */
  readonly groups: readonly LaneGroup[];
  readonly lostOffsets?: readonly number[];
  readonly dead?: boolean;
  /** Off when the graph is too small for numbers: the lag is then a bar. */
  readonly numerals?: boolean;
  readonly selectedOffset?: number | undefined;
  /** Offered while each message has a square of its own. */
  readonly onPickOffset?: (offset: number) => void;
}

/** One queue: what has been read is a line, what has not is one square for each message. */
export function QueueLane(props: QueueLaneProps) {
  const { name, min, max, dead, numerals = true, lostOffsets = [], selectedOffset, onPickOffset } = props;
  const words = useWords();
  const { groups } = props;
  const rows = Math.max(1, groups.length);
  const height = rows * LANE.heightPx;
  const top = Math.round(((rows - 1) * LANE.heightPx) / 2);
  const above = Math.ceil(rows / 2);
  const lagMax = Math.max(0, ...groups.map((group) => max - group.committed));
  const lagX = groups.some(({ lock }) => lock) ? LANE.lockedLagX : LANE.lagX;
  const shiftPx = numerals ? shiftForNumerals(formatNumber(max), formatNumber(lagMax), lagX) : 0;
  const layout = laneLayout({
    max,
    committed: groups.map((group) => group.committed),
    lostOffsets,
    asBar: !numerals,
    shiftPx,
  });
  const endX = LANE.endX - shiftPx;
  const pickable = onPickOffset !== undefined && layout.bar === null && layout.squares.length > 0;
  const selected = layout.squares.find(({ offset }) => offset === selectedOffset);
  const text = [
    name,
    ...groups.map((group, i) =>
      [
        words.committed(group.label, group.committed),
        words.lagOf(layout.lags[i] ?? 0),
        ...(group.lock ? [lockText(group.lock, words)] : []),
      ].join(' · '),
    ),
    `${words.max} ${formatNumber(max)}`,
    lostOffsets.length > 0 && words.lost(lostOffsets.length),
  ]
    .filter(Boolean)
    .join(' · ');

  return (
    <svg
      className={cx(styles.lane, dead && styles.dead)}
      width={LANE.widthPx}
      height={height}
      role={pickable ? 'presentation' : 'img'}
      aria-label={pickable ? undefined : text}
    >
      {numerals && (
        <>
          <text className={styles.name} x={0} y={top + 9.8}>
            {name}
          </text>
          <text className={styles.min} x={18} y={top + 9.8}>
            {formatNumber(min)}
          </text>
        </>
      )}
      <path className={styles.line} d={lineAndEnd(lineLeft(min), Math.min(endX, ...layout.ticks), top)} />
      {max === 0 && <EmptyLane middle={(LANE.lineLeft + endX) / 2} top={top} text={words.noMessages} />}
      {layout.bar && (
        <g>
          <rect
            className={styles.square}
            x={layout.bar.x}
            y={top + (numerals ? 0.5 : 2)}
            width={layout.bar.width}
            height={numerals ? LANE.chipHeight : LANE.squareHeight}
          />
          {numerals && (
            <text
              className={styles.barCount}
              x={layout.bar.x + layout.bar.width / 2}
              y={top + 9.7}
              textAnchor="middle"
            >
              {formatNumber(layout.bar.count)}
            </text>
          )}
        </g>
      )}
      {layout.squares.map(({ offset, x, lost }) =>
        lost ? (
          <g key={offset} className={styles.lost}>
            <rect x={x} y={top + 2} width={LANE.squareWidth} height={LANE.squareHeight} />
            <path d={`M${x + 1.5} ${top + 3.7}l4 4.6m0-4.6l-4 4.6`} />
          </g>
        ) : (
          <rect
            key={offset}
            className={styles.square}
            x={x}
            y={top + 2}
            width={LANE.squareWidth}
            height={LANE.squareHeight}
          />
        ),
      )}
      {groups.map((group, i) => (
        <GroupMarks
          key={group.label}
          group={group}
          tick={layout.ticks[i] ?? endX}
          lag={layout.lags[i] ?? 0}
          top={top}
          lagX={lagX}
          lower={i >= above}
          rowsAway={i < above ? above - 1 - i : i - above}
          rowTop={i * LANE.heightPx}
          numerals={numerals && max > 0}
          numberOnLine={rows % 2 === 1 && i === above - 1}
        />
      ))}
      {numerals && (
        <text className={styles.max} x={LANE.maxX - shiftPx} y={top + 9.8}>
          {formatNumber(max)}
        </text>
      )}
      {selected && (
        <rect className={styles.selected} x={selected.x - 2.5} y={top - 1} width={12} height={14} rx={2} />
      )}
      {pickable && (
        <PickRow
          x={(layout.squares[0]?.x ?? 0) - 1}
          y={top}
          pitch={LANE.pitch}
          height={LANE.heightPx}
          names={layout.squares.map(({ offset, lost }) =>
            [`${name} ${formatNumber(offset)}`, lost && words.lostState].filter(Boolean).join(' · '),
          )}
          label={text}
          selected={selected && layout.squares.indexOf(selected)}
          onPick={(index) => {
            const square = layout.squares[index];
            if (square) onPickOffset?.(square.offset);
          }}
        />
      )}
    </svg>
  );
}

const lockText = ({ holder, leftUs }: LaneLock, words: UiWords): string =>
  holder === undefined ? words.unlocked : words.lockedBy(holder, leftUs);

function EmptyLane({ middle, top, text }: { middle: number; top: number; text: string }) {
  const width = textWidthPx(text, 10.5) + 12;
  return (
    <g>
      <rect className={styles.ground} x={middle - width / 2} y={top + 1} width={width} height={11} />
      <text className={styles.empty} x={middle} y={top + 9.4} textAnchor="middle">
        {text}
      </text>
    </g>
  );
}

/** A long minimum pushes the line to the right. */
const lineLeft = (min: number) => Math.max(LANE.lineLeft, 22 + formatNumber(min).length * LANE.digitPx);

const lineAndEnd = (left: number, right: number, top: number) =>
  `M${left} ${top + 5}h${Math.max(0, right - left)}v2h${-Math.max(0, right - left)}zM${left} ${top + 3}h1.5v6h-1.5z`;

interface GroupMarksProps {
  readonly group: LaneGroup;
  readonly tick: number;
  readonly lag: number;
  readonly top: number;
  readonly lagX: number;
  readonly lower: boolean;
  /** How many rows stand between its own and the line. */
  readonly rowsAway: number;
  readonly rowTop: number;
  readonly numerals: boolean;
  readonly numberOnLine: boolean;
}

/** The committed tick of a group with its number, its lag and the chip that its ribbon starts from. */
function GroupMarks(props: GroupMarksProps) {
  const { group, tick, lag, top, lagX, lower, rowsAway, rowTop, numerals, numberOnLine } = props;
  const awayPx = rowsAway * LANE.heightPx;
  const { assignment = 'assigned' } = group;
  const ink = consumerInk(group.ordinal);
  const baseline = rowTop + 9.8;
  const number = formatNumber(group.committed);
  const numberPx = number.length * LANE.digitPx;
  return (
    <g>
      <path
        className={motion.moves}
        style={{ transform: `translate(${tick}px, ${top}px)` }}
        d={
          lower
            ? `M-2 ${12.5 + awayPx}h5l-2.5-4zM0 2v${8 + awayPx}`
            : `M-2 ${0.5 - awayPx}h5l-2.5 4zM0 ${3 - awayPx}v${8 + awayPx}`
        }
        fill={ink}
        stroke={ink}
        strokeWidth={1.4}
      />
      {numerals && lag > 2 && (
        <>
          {numberOnLine && (
            <rect
              className={styles.ground}
              x={tick - 8 - numberPx}
              y={top}
              width={numberPx + 4}
              height={12}
            />
          )}
          <text
            className={styles.committed}
            x={tick - 6}
            y={lower ? baseline + 1 : numberOnLine ? baseline : baseline - 2}
            textAnchor="end"
            style={{ fill: ink }}
          >
            {number}
          </text>
        </>
      )}
      {numerals && (
        <text className={lag > 9 ? styles.lagHigh : styles.lag} x={lagX} y={baseline} textAnchor="end">
          {formatNumber(lag)}
        </text>
      )}
      {group.lock && <LockMark lock={group.lock} x={LANE.lockX} y={rowTop + 6} />}
      {assignment !== 'none' && (
        <>
          <rect
            x={LANE.chipX}
            y={rowTop + 0.5}
            width={LANE.chipWidth}
            height={LANE.chipHeight}
            fill={assignment === 'failing' ? 'var(--c-surface)' : ink}
            stroke={assignment === 'failing' ? ink : undefined}
            strokeDasharray={assignment === 'failing' ? '3 2' : undefined}
          />
          <text
            className={styles.chip}
            x={LANE.chipX + LANE.chipWidth / 2}
            y={rowTop + 9.6}
            textAnchor="middle"
            style={{ fill: assignment === 'failing' ? ink : 'var(--c-surface)' }}
          >
            {group.label}
          </text>
        </>
      )}
    </g>
  );
}

/** The heads of the columns above the lanes of one broker. */
export function QueueLaneHeader({ title = 'ConsumeQueue', dead }: { title?: string; dead?: boolean }) {
  const words = useWords();
  return (
    <svg className={cx(styles.lane, dead && styles.dead)} width={LANE.widthPx} height={14} aria-hidden>
      <text className={styles.title} x={0} y={10}>
        {title}
      </text>
      <text className={styles.head} x={340} y={10} textAnchor="end">
        {words.committedToMax}
      </text>
      <text className={styles.head} x={LANE.maxX - 2} y={10}>
        {words.max}
      </text>
      <text className={styles.head} x={LANE.lagX} y={10} textAnchor="end">
        {words.lag}
      </text>
    </svg>
  );
}
