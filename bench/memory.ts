import { TraceWindow } from '../src/engine/core/trace';
import { Run } from '../src/engine/run';
import { line, megabytes, seconds } from './measure';
import { busyScenario } from './scenario';

/** Bytes that the trace window keeps per entry, measured on a full window. */
export function benchTraceBytes(): void {
  const entries = 1_000_000;
  globalThis.gc?.();
  const before = process.memoryUsage();
  const window = new TraceWindow();
  for (let id = 0; id < entries; id++) window.push(id, id, 1, 1, id - 1, id, id);
  globalThis.gc?.();
  const after = process.memoryUsage();
  const bytes = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  line('bytes per traced event kept', (bytes / (window.endId - window.firstId)).toFixed(1), 'goal 20');
}

/** Heap and array buffers while one virtual hour at 1,000 messages a second passes. */
export function benchHour(): void {
  const run = new Run(busyScenario({ actions: [] }));
  let peak = 0;
  const spent = seconds(() => {
    for (let minute = 1; minute <= 60; minute++) {
      run.advance(minute * 60_000_000);
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      peak = Math.max(peak, heapUsed + arrayBuffers);
    }
  });
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  line(
    'memory after one virtual hour at 1,000 msg/s',
    megabytes(heapUsed + arrayBuffers),
    'engine alone; goal 300 MB with the page',
  );
  line('highest memory seen during that hour', megabytes(peak), `${spent.toFixed(0)} s of wall clock`);
}
