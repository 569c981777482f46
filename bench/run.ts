import { execFileSync } from 'node:child_process';
import { benchBrowser } from './browser';
import { benchQueue, measureEngine, reportEngine } from './engine';
import { best, line, millions } from './measure';
import { benchHour, benchTraceBytes } from './memory';

/** npm run bench, npm run bench -- PART: all numbers as ratios against a peer of the same run. */
const only = process.argv[2];
const parts: Record<string, () => void | Promise<void>> = {
  engine: () => reportEngine(measureEngine(), 'Node'),
  simpy: benchSimpy,
  trace: benchTraceBytes,
  hour: benchHour,
  browser: benchBrowser,
};
if (only !== undefined && !(only in parts)) {
  throw new Error(`No part is called ${only}. Parts: ${Object.keys(parts).join(', ')}`);
}
for (const [name, part] of Object.entries(parts)) {
  if (only === undefined || only === name) await part();
}

function benchSimpy(): void {
  const own = best(3, () => benchQueue(300_000));
  let peer: number;
  try {
    peer = Number(execFileSync('/usr/bin/python3', ['bench/simpy_queue.py', '100000'], { encoding: 'utf8' }));
  } catch {
    line('M/M/1 on the engine’s core', millions(own), 'SimPy is not installed (Debian: python3-simpy3)');
    return;
  }
  line(
    'M/M/1 on the engine’s core',
    millions(own),
    `${(own / peer).toFixed(0)} times SimPy’s ${millions(peer)} (goal 10)`,
  );
}
