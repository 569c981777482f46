import { expect, it } from 'vitest';
import { Run } from '../../../run';
import { accepted, file } from '../../../scenario/scenario.fixture';
import type { RocketSim } from '../state';
import { ratesOf } from './rates';

it('rates are told from what is kept of the trace, also just after a jump', () => {
  const { scenario } = accepted(file());
  const straight = new Run(scenario);
  straight.advance(9_200_000);
  const from = straight.snapshot();
  straight.advance(10_000_000);
  // One message in the first instants says little, and what it says has no tenths.
  const early = new Run(scenario);
  early.advance(70_000);
  for (const rate of ratesOf(early.sim as RocketSim, 'sent').values()) expect(rate % 1).toBe(0);
  const [[node, rate] = [0, 0]] = ratesOf(straight.sim as RocketSim, 'sent');
  expect(rate).toBeCloseTo(20, 0);
  const jumped = new Run(scenario, { from });
  expect(ratesOf(jumped.sim as RocketSim, 'sent').size).toBe(0);
  jumped.advance(10_000_000);
  expect(ratesOf(jumped.sim as RocketSim, 'sent').get(node)).toBeGreaterThan(15);
});
