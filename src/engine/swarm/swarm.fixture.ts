import type { Run } from '../run';
import { breachesOf, findingsOf, played, travelBreaches } from './oracle';
import type { Allowance, PromiseRow } from './promise';
import { type Trial, trialFor } from './trial';

/** Each row is played with these seeds; every tenth also tries time travel and a second run. */
const TRAVELS_EVERY = 10;
const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

/** Seeds beyond the first twenty of a row that once found a defect, of the engine or of the table. */
const FOUND_ONCE: Readonly<Record<string, readonly number[]>> = {
  'CM-10 CM-20 CM-31': [39],
  'CM-33': [5489],
  'PO-5 grpc': [26],
  'PO-8 cut': [25],
  'CM-44 power': [5007, 5063],
  'CM-44 power unflushed': [5130],
};

/** What a row with its seeds breaks, and what it says comes about and did not. */
export function playedRow(row: PromiseRow): { broken: string[]; missing: (keyof Allowance)[] } {
  const broken: string[] = [];
  const seen = new Set<string>();
  for (const seed of [...SEEDS, ...(FOUND_ONCE[row.row] ?? [])]) {
    const trial = trialFor(row, seed);
    const run = played(trial);
    const found = findingsOf(run, trial);
    const told = [
      ...breachesOf(trial, run, found),
      ...(seed % TRAVELS_EVERY === 0 ? travelBreaches(trial, run) : []),
    ];
    broken.push(...told.map(({ text }) => `npm run -s swarm -- --row "${row.row}" --seed ${seed}: ${text}`));
    for (const [what, { count }] of Object.entries(found)) {
      if (count > 0) seen.add(what);
    }
    if (!struck(trial, run)) broken.push(`seed ${seed}: no fault came about`);
  }
  return { broken, missing: (row.shows ?? []).filter((what) => !seen.has(what)) };
}

/** What an administrator does is no fault for the line of time. */
const DONE_BY_HAND: ReadonlySet<string> = new Set(['process.stopped', 'broker.write-wiped', 'offset.reset']);

/** True when every fault of the trial came about. */
function struck({ faults }: Trial, run: Run): boolean {
  let count = 0;
  run.sim.window?.scan(0, run.sim.traceCount, ({ kind }) => {
    if (kind.beat === 'fault' || DONE_BY_HAND.has(kind.type)) count++;
    return true;
  });
  return count >= faults.filter((fault) => fault !== 'none').length;
}
