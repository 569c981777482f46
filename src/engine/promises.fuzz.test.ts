import { describe, expect, it } from 'vitest';
import { verdictOf } from './checkers/verdict';
import { type PromiseRow, promiseFor, promises } from './promises';
import { look, type Trial, trialFor } from './promises.fixture';
import { Run } from './run';

/** Each row is played with these seeds; every fourth also tries time travel and a second run. */
const SEEDS = Array.from({ length: 24 }, (_, index) => index + 1);
const HITS_MIN = 20;
/** Seeds beyond those that once found a defect. */
const FOUND_ONCE: readonly (readonly [row: string, seed: number])[] = [['CM-10 CM-20 CM-31', 39]];

describe('what RocketMQ promises holds', { timeout: 120_000 }, () => {
  it.each(promises.map((row) => [row.row, row.fault, row] as const))(
    '%s (%s), seeds 1 to 24',
    (_, fault, row) => {
      const seeds = [...SEEDS, ...FOUND_ONCE.flatMap(([name, seed]) => (name === row.row ? [seed] : []))];
      const broken: string[] = [];
      const seen = new Set<string>();
      let hits = 0;
      for (const seed of seeds) {
        const trial = trialFor(row, seed);
        const run = played(trial);
        const found = look(run);
        if (fault === 'none' || found.faultsSeen > 0) hits++;
        for (const [what, count] of Object.entries(found.events)) if (count > 0) seen.add(what);
        broken.push(...breaches(trial, found).map((breach) => `seed ${seed}: ${breach}`));
        if (seed % 4 === 0) broken.push(...travels(trial, run).map((breach) => `seed ${seed}: ${breach}`));
      }
      expect(broken).toEqual([]);
      expect((row.shows ?? []).filter((what) => !seen.has(what))).toEqual([]);
      expect(hits).toBeGreaterThanOrEqual(HITS_MIN);
    },
  );

  it('names every fault, and no row that another one hides', () => {
    const hidden = promises.filter((row) => promiseFor(trialFor(row, 1).setup, row.fault) !== row);
    expect(hidden.map(({ row }) => row)).toEqual([]);
  });
});

function played(trial: Trial): Run {
  const run = new Run(trial.scenario);
  run.advance(trial.untilUs);
  return run;
}

/** What was found that no row of the trial's faults allows. */
function breaches({ setup, faults }: Trial, found: ReturnType<typeof look>): string[] {
  const rows = faults
    .map((fault) => promiseFor(setup, fault))
    .filter((row): row is PromiseRow => row !== undefined);
  const allowed = (what: string) => rows.some(({ allows }) => Object.hasOwn(allows, what));
  const about = `${JSON.stringify(setup)} ${faults.join(' + ')}`;
  const broken = Object.entries(found.events).flatMap(([what, count]) =>
    count > 0 && !allowed(what) ? [`${what} ${count}, ${about} ${found.skipped.slice(0, 3).join(' ')}`] : [],
  );
  const { ledger, judges } = found.report;
  if (!ledger.balanced) broken.push(`the ledger does not balance, ${about}`);
  // Offsets that are given again make a commit beyond messages that the group cannot know (BR-21).
  if (judges['safe-commit'] === 'broken' && !allowed('skipped')) broken.push(`an unsafe commit, ${about}`);
  if (found.verdict.unavailable > 0)
    broken.push(`${found.verdict.unavailable} unavailable though all is up, ${about}`);
  return broken;
}

/** The run once more, through a snapshot in its middle, and looked at meanwhile: it must come to the same end. */
function travels(trial: Trial, straight: Run): string[] {
  const run = new Run(trial.scenario);
  run.advance(Math.floor(trial.untilUs / 3));
  const snapshot = run.snapshot();
  run.advance(Math.floor(trial.untilUs / 2));
  run.restore(snapshot);
  for (let us = run.sim.nowUs; us < trial.untilUs; us += 5_000_000) {
    run.advance(us);
    verdictOf(run);
  }
  run.advance(trial.untilUs);
  const [x, y] = [straight, run].map((each) =>
    JSON.stringify({ digest: each.sim.digest, found: look(each).report }),
  );
  return x === y ? [] : ['a run through a snapshot comes to another end'];
}
