import { describe, expect, it } from 'vitest';
import type { Run } from '../run';
import { type Breach, breachesOf, played, travelBreaches } from './oracle';
import type { Fault } from './promise';
import { promises } from './promises';
import { type Trial, trialFor, trialOf } from './trial';

const trialOfRow = (name: string, seed = 1) => trialFor(promises.find(({ row }) => row === name)!, seed);
const kinds = (breaches: readonly Breach[]) => breaches.map(({ what }) => what);
/** The trial as if these faults had been promised to do nothing. */
const judgedAs = (trial: Trial, faults: readonly Fault[] = ['none']): Trial => ({ ...trial, faults });
const withoutRestarts = (trial: Trial): Trial => ({
  ...trial,
  scenario: {
    ...trial.scenario,
    actions: trial.scenario.actions.filter(({ do: what }) => what !== 'restart'),
  },
});

describe('the oracle of the swarm', () => {
  it('lets a row allow what it names, and nothing else', () => {
    const trial = trialOfRow('CM-12 CM-22 without a slave');
    expect(breachesOf(trial)).toEqual([]);
    const breaches = breachesOf(judgedAs(trial));
    expect(kinds(breaches)).toEqual(expect.arrayContaining(['lost', 'failed']));
    expect(breaches.find(({ what }) => what === 'lost')?.text).toMatch(/^lost \d+ \{"flush"/);
  });

  it('sees that a cluster does not come right while its master stays down', () => {
    const trial = withoutRestarts(trialOfRow('OR-1 one broker'));
    expect(kinds(breachesOf(trial))).toEqual(expect.arrayContaining(['unavailable', 'unhealed']));
  });

  it('counts a dead letter as an end of a message, and one that nobody has as skipped', () => {
    const trial = trialOfRow('CO-20 retries');
    expect(breachesOf(trial)).toEqual([]);
    // The same failures, and retries that go on for hours.
    const consumers = trial.scenario.consumers.map((consumer) => ({
      ...consumer,
      config: { ...consumer.config, maxReconsumeTimes: -1 },
    }));
    const endless = { ...trial, scenario: { ...trial.scenario, consumers } };
    // Neither had nor given up, and no rule led past it: it only waits.
    expect(kinds(breachesOf(endless))).toEqual(['skipped', 'unexplained']);
  });

  it('measures delayed messages against their level', () => {
    expect(kinds(breachesOf(judgedAs(trialOfRow('SC-6'))))).toContain('late');
  });

  it('finds a second effect where nobody guards the business', () => {
    const trial = trialOfRow('CO-33 once', 2);
    const found = [1, 2, 3, 4, 5, 6].map((seed) => {
      const { scenario, ...rest } = trialOfRow('CO-33 once', seed);
      const consumers = scenario.consumers.map((consumer) => ({ ...consumer, idempotent: 'none' as const }));
      return kinds(breachesOf({ ...rest, scenario: { ...scenario, consumers } }));
    });
    expect(breachesOf(trial)).toEqual([]);
    expect(found.flat()).toContain('doubled');
  });

  it.each([
    ['FI-6', 'skipped'],
    ['CO-17 disk', 'skipped'],
    ['CO-17 consumer', 'retried'],
    ['PR-8 brokers', 'unstored'],
    ['SC-10', 'late'],
  ])('knows from %s what it looks like when messages are %s', (name, what) => {
    const found = [1, 2, 3, 4].flatMap((seed) => {
      const trial = trialOfRow(name, seed);
      expect(breachesOf(trial)).toEqual([]);
      return kinds(breachesOf({ ...trial, setup: { ...trial.setup, copies: 'alone' }, faults: [] }));
    });
    expect(found).toContain(what);
  });

  it('sees what a consumer is given and does not ask for, and what it asks for and is not given', () => {
    const trial = trialOfRow('FI-1 sql');
    const run = played(trial);
    const [x, y] = ["region = 'EU' AND amount BETWEEN 7 AND 60", 'discount IS NULL AND region IS NOT NULL'];
    const judgedBy = (expression: string | undefined) => {
      const consumers = trial.scenario.consumers.map((consumer) => ({
        ...consumer,
        filter: { kind: 'sql', expression },
      }));
      const other: Run = Object.create(run, { scenario: { value: { ...trial.scenario, consumers } } });
      return kinds(breachesOf(trial, other));
    };
    expect(judgedBy(x)).toContain('unwanted');
    expect(judgedBy(y)).toContain('skipped');
  });

  it('compares a run with one through a snapshot', () => {
    const trial = trialOfRow('CM-55');
    expect(travelBreaches(trial, played(trial))).toEqual([]);
    const other = { ...trial, scenario: { ...trial.scenario, seed: trial.scenario.seed + 1 } };
    expect(kinds(travelBreaches(other, played(trial)))).toEqual(['other end']);
  });
});

describe('a trial', () => {
  it('is the same whenever it is drawn, and another one by another seed', () => {
    expect(trialOf(77)).toEqual(trialOf(77));
    expect(trialOf(77).scenario).not.toEqual(trialOf(78).scenario);
  });
});
