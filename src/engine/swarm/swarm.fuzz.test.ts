import { describe, expect, it } from 'vitest';
import type { Run } from '../run';
import { breachesOf, findingsOf, played, travelBreaches } from './oracle';
import { promiseFor, promises } from './promises';
import { type Trial, trialFor } from './trial';

/** Each row is played with these seeds; every fourth also tries time travel and a second run. */
const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

/** Seeds beyond the first twenty of a row that once found a defect. */
const FOUND_ONCE: Readonly<Record<string, readonly number[]>> = {
  'CM-10 CM-20 CM-31': [39],
};

describe('what RocketMQ promises holds', { timeout: 120_000 }, () => {
  it.each(promises.map((row) => [row.row, row.faults.join(', '), row] as const))(
    '%s (%s), seeds 1 to 20',
    (name, _, row) => {
      const broken: string[] = [];
      const seen = new Set<string>();
      for (const seed of [...SEEDS, ...(FOUND_ONCE[name] ?? [])]) {
        const trial = trialFor(row, seed);
        const run = played(trial);
        const told = [...breachesOf(trial, run), ...(seed % 4 === 0 ? travelBreaches(trial, run) : [])];
        broken.push(...told.map(({ text }) => `npm run -s swarm -- --row "${name}" --seed ${seed}: ${text}`));
        for (const [what, { count }] of Object.entries(findingsOf(run, trial.setup.work))) {
          if (count > 0) seen.add(what);
        }
        if (!struck(trial, run)) broken.push(`seed ${seed}: no fault came about`);
      }
      expect(broken).toEqual([]);
      expect((row.shows ?? []).filter((what) => !seen.has(what))).toEqual([]);
    },
  );

  it('names every fault, and no row that another one hides', () => {
    const hidden = promises.flatMap((row) =>
      row.faults.filter((fault) => promiseFor(trialFor(row, 1).setup, fault) !== row),
    );
    expect(hidden).toEqual([]);
  });
});

/** True when every fault of the trial came about. */
function struck({ faults }: Trial, run: Run): boolean {
  let count = 0;
  run.sim.window?.scan(0, run.sim.traceCount, ({ kind }) => {
    if (kind.beat === 'fault') count++;
    return true;
  });
  return count >= faults.filter((fault) => fault !== 'none').length;
}
