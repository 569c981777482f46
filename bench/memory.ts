import { TraceWindow } from '../src/engine/core/trace';
import { Run } from '../src/engine/run';
import { line, megabytes, seconds } from './measure';
import { busyScenario } from './scenario';

/** Garbage is gone, the buffers of dropped arrays, too: these are freed a little later than what held them. */
async function collected(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Bytes that the trace window keeps per entry, measured on a full window. */
export async function benchTraceBytes(): Promise<void> {
  const entries = 1_000_000;
  await collected();
  const before = process.memoryUsage();
  const window = new TraceWindow();
  for (let id = 0; id < entries; id++) window.push(id, id, 1, 1, id - 1, id, id);
  await collected();
  const after = process.memoryUsage();
  const bytes = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  line('bytes per traced event kept', (bytes / (window.endId - window.firstId)).toFixed(1), 'goal 20');
}

/** Heap and array buffers while one virtual hour at 1,000 messages a second passes. */
export async function benchHour(): Promise<void> {
  const run = new Run(busyScenario({ actions: [] }));
  let peak = 0;
  const spent = seconds(() => {
    for (let minute = 1; minute <= 60; minute++) {
      run.advance(minute * 60_000_000);
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      peak = Math.max(peak, heapUsed + arrayBuffers);
    }
  });
  await collected();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  line(
    'memory after one virtual hour at 1,000 msg/s',
    megabytes(heapUsed + arrayBuffers),
    'engine alone; goal 300 MB with the page',
  );
  line('highest memory seen during that hour', megabytes(peak), `${spent.toFixed(0)} s of wall clock`);
}
