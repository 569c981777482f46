import { type ReactNode, useMemo, useState } from 'react';
import { charts } from '../../i18n/areas/charts';
import { errors } from '../../i18n/areas/errors';
import { formatNumber, formatShort } from '../../i18n/format';
import { useText } from '../../i18n/use-text';
import { IconButton } from '../../ui/kit/IconButton';
import { Sparkline, type SparkSeries, type SparkTick } from '../../ui/kit/Sparkline';
import { useWidth } from '../../ui/timeline/use-width';
import type { Curves } from '../../worker/protocol';
import styles from './charts.module.css';
import { type Fault, faultsWithin } from './faults';
import { SendStatus, type Sends } from './SendStatus';
import { axisEnd, largest, niceMax, shownStretch } from './scale';
import { ackedRate, groupLags, inMs, inSeconds, newest } from './series';

export type ChartName = 'throughput' | 'lag' | 'latency' | 'sendStatus';
const CHARTS: readonly ChartName[] = ['throughput', 'lag', 'latency', 'sendStatus'];

export interface ChartsDockProps {
  readonly nowUs: number;
  readonly curves: Curves | undefined;
  readonly sends: Sends | undefined;
  readonly faults: readonly Fault[];
  /** Where there is no room for four charts: two, and a switch to the other two. */
  readonly pairs: boolean;
  /** Of the plot below its head. */
  readonly heightPx: number;
  readonly onEnlarge: (chart: ChartName) => void;
}

/** The charts that are always on. One cursor for all: the playhead. */
export function ChartsDock(props: ChartsDockProps) {
  const { t } = useText(charts);
  const [second, setSecond] = useState(false);
  const shown = props.pairs ? CHARTS.slice(second ? 2 : 0, second ? 4 : 2) : CHARTS;
  return (
    <section className={styles.dock} aria-label={t('charts')}>
      {shown.map((name) => (
        <DockChart key={name} name={name} {...props} />
      ))}
      {props.pairs && (
        <IconButton
          className={styles.switch}
          icon={second ? 'left' : 'right'}
          variant="quiet"
          label={t('otherCharts')}
          onClick={() => setSecond(!second)}
        />
      )}
    </section>
  );
}

const TITLES = {
  throughput: ['throughput', 'throughputUnit'],
  lag: ['lag', 'lagUnit'],
  latency: ['latency', 'latencyUnit'],
  sendStatus: ['sendStatus', 'sinceStart'],
} as const;

function DockChart({ name, ...props }: ChartsDockProps & { readonly name: ChartName }) {
  const { t } = useText(charts);
  const [frame, width] = useWidth<HTMLDivElement>(268);
  const [title, aside] = TITLES[name];
  return (
    <Box
      title={t(title)}
      aside={t(aside)}
      action={
        <IconButton
          icon="fit"
          size="dense"
          variant="quiet"
          className={styles.enlarge}
          label={t('enlarge', { title: t(title) })}
          onClick={() => props.onEnlarge(name)}
        />
      }
    >
      <div ref={frame} className={styles.plot}>
        {name === 'sendStatus' ? (
          <SendStatus sends={props.sends} />
        ) : (
          <Curve name={name} title={t(title)} width={width} {...props} />
        )}
      </div>
    </Box>
  );
}

interface BoxProps {
  readonly title: string;
  readonly aside: string;
  readonly action: ReactNode;
  readonly children: ReactNode;
}

function Box({ title, aside, action, children }: BoxProps) {
  return (
    <div className={styles.chart}>
      <h3>
        {title}
        {action}
        <span>{aside}</span>
      </h3>
      {children}
    </div>
  );
}

interface CurveProps extends ChartsDockProps {
  readonly name: Exclude<ChartName, 'sendStatus'>;
  readonly title: string;
  readonly width: number;
}

const NO_CURVE = new Float64Array(0);

function Curve({ name, title, width, heightPx, nowUs, curves, faults }: CurveProps) {
  const { t } = useText(charts);
  const words = useText(errors);
  const stretch = shownStretch(nowUs);
  const fromS = stretch.fromUs / 1_000_000;
  const toS = stretch.toUs / 1_000_000;
  const { series, y } = useMemo(() => drawing(name, curves, toS - fromS, t), [name, curves, fromS, toS, t]);
  const x = useMemo(
    () => ({
      from: fromS,
      to: toS,
      ticks: [0, 1, 2, 3, 4].map((i) => secondsTick(fromS + (i * (toS - fromS)) / 4)),
    }),
    [fromS, toS],
  );
  const marked = useMemo(
    () =>
      faultsWithin(
        faults,
        stretch.fromUs,
        Math.min(nowUs, stretch.toUs),
        stretch.toUs,
        name === 'throughput',
      ),
    [faults, stretch.fromUs, stretch.toUs, nowUs, name],
  );
  const values = series.map((one) => {
    const value = newest(one.ys);
    return t('chartPart', {
      name: one.label ?? (series.length > 1 ? one.id : title),
      value: value === undefined ? '–' : formatShort(value),
    });
  });
  return (
    <Sparkline
      label={t('chartNow', { title, values: values.join(', ') })}
      width={width}
      height={heightPx}
      x={x}
      y={y}
      series={series}
      faults={marked}
      playheadAt={nowUs / 1_000_000}
      emptyText={words.t('emptyChart')}
    />
  );
}

const secondsTick = (at: number): SparkTick => ({ at, label: formatShort(at, 0) });

const LATENCY_TICKS = [
  { at: 0.1, label: '0.1' },
  { at: 10, label: '10' },
  { at: 1_000, label: '1 s' },
];

/** Lines for consumer groups in the small chart; the large one has room for one more. */
const LAGS_MAX = 3;
/** The part of the chart's width that the name of a group takes. */
const LAG_NAME_SHARE = 0.3;

type T = ReturnType<typeof useText<typeof charts.texts>>['t'];

function drawing(name: CurveProps['name'], curves: Curves | undefined, spanS: number, t: T) {
  const xs = curves ? inSeconds(curves.timeUs) : NO_CURVE;
  const line = (id: string, ys: Float64Array, ink: string, more: Partial<SparkSeries> = {}): SparkSeries => ({
    id,
    xs,
    ys,
    ink,
    ...more,
  });
  const labelAt = xs[0] ?? 0;
  if (name === 'latency') {
    const p50 = curves ? inMs(curves.series.sendP50Us) : NO_CURVE;
    const p99 = curves ? inMs(curves.series.sendP99Us) : NO_CURVE;
    const to = Math.max(10_000, niceMax(largest(p99)));
    return {
      y: { from: 0.01, to, scale: 'log' as const, ticks: LATENCY_TICKS },
      series: [
        line('p50', p50, 'var(--c-ink-3)', { label: 'p50', labelAt, labelBelow: true }),
        line('p99', p99, 'var(--c-ink)', { label: 'p99', labelAt }),
      ],
    };
  }
  if (name === 'lag') {
    const groups = curves ? groupLags(curves, LAGS_MAX) : [];
    if (groups.length > 0) {
      return {
        y: linear(largest(...groups.map(({ values }) => values))),
        series: groups.map(({ group, values, ink, dashed }, i) => {
          // Names stand side by side: each from its own part of the line on, as soon as the line is there.
          const at = xs[Math.floor((i * xs.length) / groups.length)] ?? labelAt;
          const isRoom = (xs.at(-1) ?? 0) - labelAt >= groups.length * LAG_NAME_SHARE * spanS;
          return line(group, values, ink, { dashed, ...(isRoom && { label: group, labelAt: at }) });
        }),
      };
    }
    const lag = curves?.series.lag ?? NO_CURVE;
    return { y: linear(largest(lag)), series: [line('lag', lag, 'var(--c-ink)')] };
  }
  const acked = curves ? ackedRate(curves) : NO_CURVE;
  const consumed = curves?.series.consumeRate ?? NO_CURVE;
  // Several groups consume more than was sent: the name of the upper line stands above it.
  const consumedBelow = (consumed[0] ?? 0) <= (acked[0] ?? 0);
  return {
    y: linear(largest(acked, consumed)),
    series: [
      line('consumed', consumed, 'var(--c-ink-3)', {
        label: t('consumed'),
        labelAt,
        labelBelow: consumedBelow,
      }),
      line('acked', acked, 'var(--c-ink)', { label: t('acked'), labelAt, labelBelow: !consumedBelow }),
    ],
  };
}

function linear(value: number) {
  const to = axisEnd(value);
  return { from: 0, to, ticks: [0, to / 2, to].map((at) => ({ at, label: formatNumber(at) })) };
}
