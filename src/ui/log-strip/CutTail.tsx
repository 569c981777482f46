import { hatch } from '../glyph/HatchDefs';
import { PickRow } from '../pick/PickRow';
import styles from './strip.module.css';
import { STRIP } from './strip-layout';

/** Where it begins on a strip: behind the frame and the flag of the mark. */
const LEFT = STRIP.frameLeft + STRIP.columnsMax * STRIP.pitch + 11;
const TORN = 4;
const FRAME_TOP = 2;
const FRAME_HEIGHT = 15;

export interface CutTailProps {
  /** Oldest first, at most 8: whether no copy is left of what the column stands for. */
  readonly columns: readonly { readonly lost: boolean }[];
  readonly label: string;
  /** What each column is, for screen readers; no two alike. */
  readonly names: readonly string[];
  readonly selected?: number | undefined;
  readonly onPick: (index: number) => void;
}

/** A piece that was cut off the end of a log: torn on the left, dashed, no copies in it. Crossed: lost. */
export function CutTail({ columns, label, names, selected, onPick }: CutTailProps) {
  const width = columns.length * STRIP.pitch + TORN + 2;
  const right = width - 0.5;
  const bottom = FRAME_TOP + FRAME_HEIGHT;
  return (
    <svg
      className={styles.cut}
      style={{ left: LEFT }}
      width={width}
      height={STRIP.slaveHeightPx}
      role="presentation"
    >
      <path
        className={styles.cutFrame}
        d={`M0.5 ${FRAME_TOP}H${right}V${bottom}H0.5l3-3.75l-3-3.75l3-3.75z`}
      />
      {columns.map(({ lost }, i) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
          key={i}
          className={lost ? styles.cutLost : styles.cutKept}
          x={TORN + i * STRIP.pitch}
          y={4}
          width={STRIP.cellWidth}
          height={STRIP.cellHeight}
          fill={hatch(lost ? 'lost' : 'dead')}
        />
      ))}
      {selected !== undefined && (
        <rect
          className={styles.selected}
          x={TORN + selected * STRIP.pitch - 1}
          y={3}
          width={STRIP.cellWidth + 2}
          height={STRIP.cellHeight + 2}
        />
      )}
      <PickRow
        x={TORN}
        y={FRAME_TOP}
        pitch={STRIP.pitch}
        height={FRAME_HEIGHT}
        names={names}
        label={label}
        selected={selected}
        onPick={onPick}
      />
    </svg>
  );
}
