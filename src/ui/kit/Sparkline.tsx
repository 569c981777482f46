import { memo } from 'react';
import styles from './Sparkline.module.css';
import { axisPlace, linePath, namePlaces, type Place, type SparkAxis } from './sparkline-path';

export interface SparkTick {
  readonly at: number;
  readonly label: string;
}

export interface SparkSeries {
  readonly id: string;
  /** Equally long; `NaN` in `ys` is a gap. */
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  /** A colour of the data: `var(--c-ink)`, `consumerInk(2)`. */
  readonly ink: string;
  readonly dashed?: boolean;
  /** Written beside the line, over the x of `labelAt`. */
  readonly label?: string;
  readonly labelAt?: number;
  readonly labelBelow?: boolean;
}

export interface SparklineProps {
  /** What is drawn, in words, with the newest values. */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
  readonly x: SparkAxis & { readonly ticks: readonly SparkTick[] };
  readonly y: SparkAxis & { readonly ticks: readonly SparkTick[] };
  readonly series: readonly SparkSeries[];
  /** Dashed lines where a fault set in, with a word at most. */
  readonly faults?: readonly { readonly at: number; readonly label?: string }[];
  readonly playheadAt?: number;
  /** Said in the middle while there is no data. */
  readonly emptyText?: string;
}

const LEFT = 28;
const RIGHT = 4;
const TOP = 8;
const BOTTOM = 16;

/** A small chart that is always on: one path for each series, words beside the lines instead of a legend. */
export const Sparkline = memo(function Sparkline(props: SparklineProps) {
  const { label, width = 268, height = 74, x, y, series, faults = [], playheadAt, emptyText } = props;
  const bottom = height - BOTTOM;
  const placeX = axisPlace(x, LEFT, width - RIGHT);
  const placeY = axisPlace(y, bottom, TOP);
  const named = series.flatMap((one) => nameOf(one, placeX, placeY));
  const tops = namePlaces(named, bottom);
  const empty = series.every(({ xs }) => xs.length === 0);
  return (
    <svg className={styles.chart} width={width} height={height} role="img" aria-label={label}>
      {y.ticks.map((tick) => (
        <g key={tick.at}>
          <path className={styles.grid} d={`M${LEFT} ${placeY(tick.at)}H${width - RIGHT}`} />
          <text className={styles.axis} x={LEFT - 5} y={placeY(tick.at) + 3.5} textAnchor="end">
            {tick.label}
          </text>
        </g>
      ))}
      {x.ticks.map((tick) => (
        <text key={tick.at} className={styles.axis} x={placeX(tick.at)} y={height - 3} textAnchor="middle">
          {tick.label}
        </text>
      ))}
      {faults.map((fault) => (
        <path key={fault.at} className={styles.fault} d={`M${placeX(fault.at)} 4V${bottom}`} />
      ))}
      {playheadAt !== undefined && (
        <path className={styles.playhead} d={`M${placeX(playheadAt)} 4V${bottom}`} />
      )}
      {series.map(({ id, xs, ys, ink, dashed }) => (
        <path
          key={id}
          className={styles.line}
          d={linePath(xs, ys, placeX, placeY)}
          stroke={ink}
          strokeDasharray={dashed ? '5 2' : undefined}
        />
      ))}
      {named.map(({ one, x: nameX }, i) => (
        <text
          key={one.id}
          className={styles.name}
          x={nameX}
          y={tops[i]}
          textAnchor={one.labelAt === undefined ? 'end' : 'start'}
          style={{ fill: one.ink }}
        >
          {one.label}
        </text>
      ))}
      {faults.map(
        (fault) =>
          fault.label && (
            <text key={fault.at} className={styles.word} x={placeX(fault.at) + 6} y={TOP + 8}>
              {fault.label}
            </text>
          ),
      )}
      {empty && emptyText && (
        <text className={styles.axis} x={(LEFT + width) / 2} y={(TOP + bottom) / 2 + 4} textAnchor="middle">
          {emptyText}
        </text>
      )}
    </svg>
  );
});

/** Where a series has its name; nowhere without one, or over a gap. */
function nameOf(one: SparkSeries, placeX: Place, placeY: Place) {
  const { xs, ys, label, labelAt, labelBelow = false } = one;
  const last = xs.length - 1;
  if (!label || last < 0) return [];
  let at = last;
  if (labelAt !== undefined) {
    at = 0;
    while (at < last && xs[at]! < labelAt) at++;
  }
  const value = ys[at]!;
  return Number.isNaN(value) ? [] : [{ one, x: placeX(xs[at]!), y: placeY(value), below: labelBelow }];
}
