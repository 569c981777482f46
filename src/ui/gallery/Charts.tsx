import { consumerInk } from '../consumer/consumer-ink';
import { Sparkline } from '../kit/Sparkline';
import styles from './gallery.module.css';
import type { Say } from './say';

const XS = Array.from({ length: 93 }, (_, i) => 64 + i / 8);
const X = { from: 64, to: 76, ticks: [64, 68, 72, 76].map((at) => ({ at, label: `${at}` })) };
const FAULT = 71.9;
const wave = (i: number) => ((i * 7919) % 13) / 8;

export function Charts({ say }: { readonly say: Say }) {
  return (
    <div className={styles.charts}>
      <Sparkline
        label={say('Throughput', '吞吐量')}
        x={X}
        y={{ from: 0, to: 50, ticks: [0, 25, 50].map((at) => ({ at, label: `${at}` })) }}
        series={[
          {
            id: 'delivered',
            xs: XS,
            ys: XS.map((x, i) => (x < 68 ? 38 : x < 72 ? 22 : 18) + wave(i)),
            ink: 'var(--c-ink-4)',
          },
          {
            id: 'acked',
            xs: XS,
            ys: XS.map((x, i) => (x < FAULT ? 40 : 20) + wave(i)),
            ink: 'var(--c-ink)',
            label: say('acked', '已确认'),
            labelAt: 64.2,
          },
        ]}
        faults={[{ at: FAULT, label: say('broker-b gone', 'broker-b 失联') }]}
        playheadAt={75.5}
      />
      <Sparkline
        label={say('Consumer lag', '消费堆积')}
        x={X}
        y={{ from: 0, to: 80, ticks: [0, 40, 80].map((at) => ({ at, label: `${at}` })) }}
        series={[
          { id: 'C1', xs: XS, ys: XS.map((_, i) => wave(i)), ink: consumerInk(1), label: 'C1', labelAt: 65 },
          {
            id: 'C2',
            xs: XS,
            ys: XS.map((x) => (x < 68 ? 1 : Math.min(46, (x - 68) * 11))),
            ink: consumerInk(2),
            label: 'C2',
          },
          {
            id: 'C3',
            xs: XS,
            ys: XS.map((x) => (x > 69 && x < 69.6 ? Number.NaN : x < 68 ? 1 : Math.min(18, (x - 68) * 5))),
            ink: consumerInk(3),
            label: 'C3',
          },
        ]}
        faults={[{ at: FAULT }]}
        playheadAt={75.5}
      />
      <Sparkline
        label={say('Send latency', '发送延迟')}
        x={X}
        y={{
          from: 0.1,
          to: 10_000,
          scale: 'log',
          ticks: [
            { at: 0.1, label: '0.1' },
            { at: 10, label: '10' },
            { at: 1000, label: '1 s' },
          ],
        }}
        series={[
          {
            id: 'p50',
            xs: XS,
            ys: XS.map((_, i) => 0.8 + wave(i) / 8),
            ink: 'var(--c-ink-3)',
            label: 'p50',
            labelAt: 64.2,
            labelBelow: true,
          },
          {
            id: 'p99',
            xs: XS,
            ys: XS.map((x, i) => (x > 74.9 ? 3000 : 3 + wave(i))),
            ink: 'var(--c-ink)',
            label: 'p99',
            labelAt: 64.2,
          },
        ]}
        faults={[{ at: FAULT }]}
        playheadAt={75.5}
      />
      <Sparkline
        label={say('Chart before data', '尚无数据的图')}
        x={X}
        y={{ from: 0, to: 50, ticks: [0, 25, 50].map((at) => ({ at, label: `${at}` })) }}
        series={[{ id: 'none', xs: [], ys: [], ink: 'var(--c-ink)' }]}
        emptyText={say('from the first event', '从第一个事件开始')}
      />
    </div>
  );
}
