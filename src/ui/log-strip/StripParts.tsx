import motion from '../motion/motion.module.css';
import styles from './strip.module.css';
import { columnX, STRIP } from './strip-layout';

/** The older columns of a log that goes on to the left. */
const FADE = [0.35, 0.6, 0.8] as const;

export function StripFrame({
  top,
  height,
  gone,
}: {
  readonly top: number;
  readonly height: number;
  readonly gone?: boolean;
}) {
  return (
    <rect
      className={gone ? styles.frameGone : styles.frame}
      x={STRIP.frameLeft}
      y={top}
      width={STRIP.columnsMax * STRIP.pitch + 3}
      height={height}
    />
  );
}

interface RowProps {
  readonly letter?: string;
  readonly name: string;
  readonly top: number;
  readonly value: string | false;
  readonly valueClass: string | undefined;
  /** A fill for each column, `drained` for the outline of a copy that is gone, nothing for none. */
  readonly cells: readonly (string | undefined)[];
  readonly faded: boolean;
  readonly dim?: boolean;
  readonly rereadShare?: number | undefined;
}

/** One band: its name, a cell for each column, the offset it has reached. */
export function Row({ letter, name, top, value, valueClass, cells, faded, dim, rereadShare }: RowProps) {
  const reread = rereadShare === undefined ? cells.length : Math.floor(rereadShare * cells.length);
  const baseline = top + 9.2;
  return (
    <g>
      <text className={styles.rowName} x={0} y={baseline}>
        {letter && <tspan className={styles.letter}>{letter} </tspan>}
        {name}
      </text>
      {cells.map((fill, i) => {
        if (fill === undefined) return null;
        const opacity = (faded ? (FADE[i] ?? 1) : 1) * (dim ? 0.62 : 1) * (i < reread ? 1 : 0.3);
        return fill === 'drained' ? (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            key={i}
            className={styles.drained}
            x={columnX(i)}
            y={top}
            width={STRIP.cellWidth}
            height={STRIP.cellHeight}
            opacity={opacity}
          />
        ) : (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            key={i}
            className={motion.fills}
            x={columnX(i)}
            y={top}
            width={STRIP.cellWidth}
            height={STRIP.cellHeight}
            fill={fill}
            opacity={opacity === 1 ? undefined : opacity}
          />
        );
      })}
      {value !== false && (
        <text className={valueClass} x={STRIP.bytesRight} y={baseline + 0.3} textAnchor="end">
          {value}
        </text>
      )}
    </g>
  );
}

interface MarkProps {
  /** Columns to its left. */
  readonly at: number;
  readonly top: number;
  readonly colour: 'ink' | 'dead-ink' | 'disk' | 'slave';
  readonly wall?: boolean | undefined;
  readonly replyWaits?: boolean | undefined;
}

/** The end of a band: a 2 px bar with a flag. It does not glide: the cells beside it do not, and it must not contradict them. */
export function Mark({ at, top, colour, wall, replyWaits }: MarkProps) {
  const fill = `var(--c-${colour})`;
  return (
    <g transform={`translate(${columnX(at) - 0.5} ${top - 3})`}>
      <path d="M0 0h2v17h-2zM2 0l5 3-5 3z" fill={fill} />
      {wall && <path d="M3.5 2h3.5v13h-3.5z" fill="var(--c-ink)" />}
      {replyWaits && <rect className={styles.waiting} x={8.6} y={5} width={12} height={8} rx={4} />}
    </g>
  );
}
