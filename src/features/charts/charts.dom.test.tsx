import { fireEvent, render, screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { UiRoot } from '../../ui/UiRoot';
import type { CurveName, Curves } from '../../worker/protocol';
import { ChartsDock, type ChartsDockProps } from './ChartsDock';
import { LargeCharts } from './LargeCharts';

const SECOND = 1_000_000;
const NAMES: readonly CurveName[] = [
  'sendRate',
  'consumeRate',
  'lag',
  'sendP50Us',
  'sendP99Us',
  'endToEndP50Us',
  'endToEndP99Us',
  'unflushedBytes',
  'replicaLag',
  'duplicates',
  'SEND_OK',
  'FLUSH_DISK_TIMEOUT',
  'FLUSH_SLAVE_TIMEOUT',
  'SLAVE_NOT_AVAILABLE',
  'failed',
];

function curves(values: Partial<Record<CurveName, readonly number[]>>): Curves {
  const series = Object.fromEntries(
    NAMES.map((name) => [name, Float64Array.from(values[name] ?? [0, 0])]),
  ) as Record<CurveName, Float64Array>;
  return {
    timeUs: Float64Array.of(SECOND, 3 * SECOND),
    spanUs: Float64Array.of(SECOND, 2 * SECOND),
    series,
    lags: [],
  };
}

const CURVES = curves({
  SEND_OK: [40, 60],
  consumeRate: [38, 22],
  lag: [2, 46],
  sendP50Us: [800, 900],
  sendP99Us: [3_000, Number.NaN],
});

function show(props: Partial<ChartsDockProps> = {}) {
  const onEnlarge = vi.fn();
  render(
    <UiRoot lang="en">
      <ChartsDock
        nowUs={3.5 * SECOND}
        curves={CURVES}
        sends={undefined}
        faults={[{ atUs: 2 * SECOND, label: 'power loss' }]}
        pairs={false}
        heightPx={74}
        onEnlarge={onEnlarge}
        {...props}
      />
    </UiRoot>,
  );
  return onEnlarge;
}

const charts = () => screen.getAllByRole('img').map((chart) => chart.getAttribute('aria-label'));

it('says the newest values: rates a second, times in ms, the last one where there is a gap', () => {
  show();
  expect(charts()).toEqual([
    'Throughput: consumed 22, acked 30',
    'Consumer lag: Consumer lag 46',
    'Send latency: p50 0.9, p99 3',
  ]);
});

it('draws the lag of each consumer group where there are several', () => {
  const lags = [
    { group: 'billing', values: Float64Array.of(0, 40) },
    { group: 'audit', values: Float64Array.of(2, 6) },
  ];
  show({ curves: { ...CURVES, lags } });
  expect(charts()[1]).toBe('Consumer lag: billing 40, audit 6');
  render(
    <UiRoot lang="en">
      <LargeCharts
        group="lag"
        onGroup={() => {}}
        stretch="lastMinute"
        onStretch={() => {}}
        nowUs={3.5 * SECOND}
        curves={{ ...CURVES, lags }}
        faults={[]}
      />
    </UiRoot>,
  );
  const rows = within(screen.getByRole('table', { name: /The same numbers/ })).getAllByRole('row');
  expect(rows.map((row) => row.textContent)).toEqual(['timebillingaudit', '1 s02', '3 s406']);
});

it('says that there is nothing before the first event', () => {
  show({ curves: undefined });
  expect(screen.getAllByText('from the first event')).toHaveLength(3);
});

it('counts every SendStatus, and what is none apart', () => {
  show({
    sends: {
      SEND_OK: 2_960,
      FLUSH_DISK_TIMEOUT: 0,
      FLUSH_SLAVE_TIMEOUT: 4,
      SLAVE_NOT_AVAILABLE: 0,
      failed: 12,
      oneway: 0,
      inFlight: 60,
      attempts: 3_036,
    },
  });
  const rows = within(screen.getByRole('table', { name: 'SendStatus' })).getAllByRole('row');
  expect(rows.map((row) => row.textContent)).toEqual([
    'SEND_OK2,960',
    'FLUSH_DISK_TIMEOUT0',
    'FLUSH_SLAVE_TIMEOUT4',
    'SLAVE_NOT_AVAILABLE0',
    'no reply yet60',
    'failed12',
  ]);
});

it('shows two charts and a way to the other two where there is no room', () => {
  const onEnlarge = show({ pairs: true });
  expect(charts()).toHaveLength(2);
  fireEvent.click(screen.getByRole('button', { name: 'Other charts' }));
  expect(charts()).toHaveLength(1);
  fireEvent.click(screen.getByRole('button', { name: 'Enlarge: Send latency' }));
  expect(onEnlarge).toHaveBeenCalledWith('latency');
});

it('tells a large chart as a table too, with gaps as gaps', () => {
  render(
    <UiRoot lang="en">
      <LargeCharts
        group="sendLatency"
        onGroup={() => {}}
        stretch="lastMinute"
        onStretch={() => {}}
        nowUs={3.5 * SECOND}
        curves={CURVES}
        faults={[]}
      />
    </UiRoot>,
  );
  const table = screen.getByRole('table', { name: /The same numbers as a table/ });
  expect(
    within(table)
      .getAllByRole('row')
      .map((row) => row.textContent),
  ).toEqual(['timep99p50', '1 s3.00.8', '3 s–0.9']);
});
