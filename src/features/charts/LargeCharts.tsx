import { useMemo } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { charts } from '../../i18n/areas/charts';
import { errors } from '../../i18n/areas/errors';
import { formatNumber, formatShort, formatTimeUs } from '../../i18n/format';
import { useText } from '../../i18n/use-text';
import { Segmented } from '../../ui/kit/Segmented';
import { Select } from '../../ui/kit/Select';
import type { CurveName, Curves } from '../../worker/protocol';
import styles from './charts.module.css';
import { type Fault, faultsWithin } from './faults';
import { shownStretch } from './scale';
import { groupLags } from './series';

export type CurveGroup =
  | 'rates'
  | 'lag'
  | 'sendLatency'
  | 'endToEnd'
  | 'unflushed'
  | 'replicaLag'
  | 'duplicates'
  | 'sendStatus';
export type Stretch = 'lastMinute' | 'lastTenMinutes' | 'wholeRun';
const STRETCHES: readonly Stretch[] = ['lastMinute', 'lastTenMinutes', 'wholeRun'];

/** What a curve is called: a word, or a name that stays as it is. */
interface Series {
  /** A curve, or a consumer group. */
  readonly name: string;
  readonly label: string;
  readonly ink: string;
  readonly dashed?: boolean;
}

const WORDS = { sendRate: 'sendRate', consumeRate: 'consumeRate' } as const;

interface Group {
  readonly unit: 'perSecond' | 'lagUnit' | 'milliseconds' | 'bytes' | 'records' | 'perStretch';
  readonly log?: boolean;
  readonly series: readonly Series[];
}

const one = (name: CurveName, unit: Group['unit']): Group => ({
  unit,
  series: [{ name, label: name, ink: 'var(--c-ink)' }],
});

/** At most four curves in a chart. They are told apart by stroke and name, not by colour alone. */
const GROUPS: Readonly<Record<CurveGroup, Group>> = {
  rates: {
    unit: 'perSecond',
    series: [
      { name: 'sendRate', label: 'sendRate', ink: 'var(--c-ink)' },
      { name: 'consumeRate', label: 'consumeRate', ink: 'var(--c-ink-3)', dashed: true },
    ],
  },
  lag: one('lag', 'lagUnit'),
  sendLatency: {
    unit: 'milliseconds',
    log: true,
    series: [
      { name: 'sendP99Us', label: 'p99', ink: 'var(--c-ink)' },
      { name: 'sendP50Us', label: 'p50', ink: 'var(--c-ink-3)', dashed: true },
    ],
  },
  endToEnd: {
    unit: 'milliseconds',
    log: true,
    series: [
      { name: 'endToEndP99Us', label: 'p99', ink: 'var(--c-ink)' },
      { name: 'endToEndP50Us', label: 'p50', ink: 'var(--c-ink-3)', dashed: true },
    ],
  },
  unflushed: one('unflushedBytes', 'bytes'),
  replicaLag: one('replicaLag', 'records'),
  duplicates: one('duplicates', 'perStretch'),
  sendStatus: {
    unit: 'perStretch',
    series: [
      { name: 'SEND_OK', label: 'SEND_OK', ink: 'var(--c-ink)' },
      { name: 'FLUSH_DISK_TIMEOUT', label: 'FLUSH_DISK_TIMEOUT', ink: 'var(--c-g1)', dashed: true },
      { name: 'FLUSH_SLAVE_TIMEOUT', label: 'FLUSH_SLAVE_TIMEOUT', ink: 'var(--c-g4)', dashed: true },
      { name: 'SLAVE_NOT_AVAILABLE', label: 'SLAVE_NOT_AVAILABLE', ink: 'var(--c-g6)', dashed: true },
    ],
  },
};

export function stretchOf(
  stretch: Stretch,
  nowUs: number,
): { readonly fromUs: number; readonly toUs: number } {
  if (stretch === 'wholeRun') return { fromUs: 0, toUs: shownStretch(nowUs).toUs };
  return shownStretch(nowUs, stretch === 'lastMinute' ? 60_000_000 : 600_000_000);
}

export interface LargeChartsProps {
  readonly group: CurveGroup;
  readonly onGroup: (group: CurveGroup) => void;
  readonly stretch: Stretch;
  readonly onStretch: (stretch: Stretch) => void;
  readonly nowUs: number;
  readonly curves: Curves | undefined;
  readonly faults: readonly Fault[];
}

/** One chart of any curve, with the same numbers as a table. */
export function LargeCharts(props: LargeChartsProps) {
  const { group, onGroup, stretch, onStretch } = props;
  const { t } = useText(charts);
  const { unit } = GROUPS[group];
  return (
    <div className={styles.large}>
      <div className={styles.largeHead}>
        <Select
          label={t('curve')}
          options={(Object.keys(GROUPS) as CurveGroup[]).map((value) => ({ value, label: t(value) }))}
          value={group}
          onChange={onGroup}
        />
        <Segmented
          label={t('stretch')}
          options={STRETCHES.map((value) => ({ value, label: t(value) }))}
          value={stretch}
          onChange={onStretch}
        />
        <span className={styles.unit}>{t(unit)}</span>
      </div>
      <Plot {...props} />
    </div>
  );
}

type Row = Readonly<Record<string, number | null>>;

function Plot({ group, stretch, nowUs, curves, faults }: LargeChartsProps) {
  const { t } = useText(charts);
  const words = useText(errors);
  const { log = false, unit } = GROUPS[group];
  const series = useMemo(() => seriesOf(group, curves), [group, curves]);
  const rows = useMemo(() => (curves ? rowsOf(curves, series, log) : []), [curves, series, log]);
  const { fromUs, toUs } = stretchOf(stretch, nowUs);
  const labelOf = (label: Series['label']) =>
    label in WORDS ? t(label as 'sendRate') : single(label, t(group));
  if (rows.length === 0) return <p className={styles.none}>{words.t('emptyChart')}</p>;
  return (
    <>
      <div className={styles.canvas} aria-hidden>
        <ResponsiveContainer width="100%" height="100%">
          <LineChart
            data={rows as Row[]}
            margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--c-line)" />
            <XAxis
              dataKey="at"
              type="number"
              domain={[fromUs / 1_000_000, toUs / 1_000_000]}
              tickFormatter={(at: number) => `${formatShort(at, 0)} s`}
              stroke="var(--c-ink-3)"
              fontSize={10.5}
              tickLine={false}
            />
            <YAxis
              scale={log ? 'log' : 'auto'}
              domain={log ? [0.1, (max: number) => Math.max(10_000, max)] : [0, 'auto']}
              allowDataOverflow={log}
              ticks={log ? [0.1, 1, 10, 100, 1_000, 10_000] : undefined}
              tickFormatter={(value: number) => formatShort(value)}
              stroke="var(--c-ink-3)"
              fontSize={10.5}
              width={64}
              tickLine={false}
            />
            <Tooltip
              isAnimationActive={false}
              content={({ active, payload, label }) =>
                active && payload.length > 0 ? (
                  <div className={styles.readout}>
                    <b>{formatShort(Number(label), 1)} s</b>
                    {payload.map(({ dataKey, value }) => (
                      <span key={String(dataKey)}>
                        {labelOf(series.find(({ name }) => name === dataKey)?.label ?? 'lag')}{' '}
                        {formatShort(Number(value))}
                      </span>
                    ))}
                  </div>
                ) : null
              }
            />
            {faultsWithin(faults, fromUs, Math.min(nowUs, toUs), toUs, true).map(({ at, label }) => (
              <ReferenceLine
                key={at}
                x={at}
                stroke="var(--c-ink)"
                strokeDasharray="2 2"
                label={label ? { value: label, position: 'insideTopLeft', fontSize: 10.5 } : undefined}
              />
            ))}
            <ReferenceLine x={nowUs / 1_000_000} stroke="var(--c-ink)" strokeWidth={1.5} />
            {series.map(({ name, ink, dashed }) => (
              <Line
                key={name}
                dataKey={name}
                type="linear"
                stroke={ink}
                strokeWidth={1.6}
                strokeDasharray={dashed ? '5 2' : undefined}
                dot={false}
                activeDot={false}
                isAnimationActive={false}
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <ul className={styles.names} aria-hidden>
        {series.map(({ name, label, ink, dashed }) => (
          <li key={name}>
            <svg width="22" height="4" aria-hidden>
              <path d="M0 2h22" stroke={ink} strokeWidth={1.6} strokeDasharray={dashed ? '5 2' : undefined} />
            </svg>
            {labelOf(label)}
          </li>
        ))}
      </ul>
      <table className={styles.hidden}>
        <caption>
          {t('table')}: {t(group)}, {t(unit)}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('time')}</th>
            {series.map(({ name, label }) => (
              <th key={name} scope="col">
                {labelOf(label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.at}>
              <th scope="row">{formatTimeUs((row.at ?? 0) * 1_000_000, 0)}</th>
              {series.map(({ name }) => (
                <td key={name}>{row[name] === null ? '–' : formatNumber(row[name] ?? 0, log ? 1 : 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** A lone curve is called as its chart. */
const single = (label: string, title: string) =>
  ['lag', 'unflushedBytes', 'replicaLag', 'duplicates'].includes(label) ? title : label;

/** The curves of a chart: the lag of several consumer groups is one curve for each. */
function seriesOf(group: CurveGroup, curves: Curves | undefined): readonly Series[] {
  const lags = group === 'lag' && curves ? groupLags(curves, 4) : [];
  if (lags.length === 0) return GROUPS[group].series;
  return lags.map(({ group: name, ink, dashed }) => ({ name, label: name, ink, dashed }));
}

const valuesOf = ({ series, lags }: Curves, name: string) =>
  lags.find(({ group }) => group === name)?.values ?? series[name as CurveName];

function rowsOf(curves: Curves, series: readonly Series[], inMs: boolean): readonly Row[] {
  return Array.from(curves.timeUs, (timeUs, i) => {
    const row: Record<string, number | null> = { at: timeUs / 1_000_000 };
    for (const { name } of series) {
      const value = valuesOf(curves, name)[i] as number;
      row[name] = Number.isNaN(value) ? null : inMs ? value / 1_000 : value;
    }
    return row;
  });
}
