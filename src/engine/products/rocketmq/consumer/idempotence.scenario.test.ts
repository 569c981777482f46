import { describe, expect, it } from 'vitest';
import wrong from '../../../../content/scenarios/idempotence-done-wrong.json';
import { keyText, messageKey, recordMessage } from '../../../model/world';
import { reportOf } from '../../../report/report';
import { Run } from '../../../run';
import { accepted } from '../../../scenario/scenario.fixture';
import { Consuming } from './consuming.fixture';

/** S26 of the syllabus, as the built-in scenario has it. */

const start = (file: object) => new Consuming(new Run(accepted(file).scenario));

/** How often a consumer's business has done a payment. */
function effectsOf(run: Consuming, node: string, key: string): number {
  const { arena } = run.sim.state;
  return run
    .entries('record.consumed', 0, node)
    .filter(({ a }) => keyText(arena, messageKey(arena, recordMessage(arena, a))) === key).length;
}

describe('S26 idempotence done wrong', () => {
  const run = start(wrong).until(40_000);

  it('[CO-33] step 1: check, then act, with two copies 5 ms apart: two effects', () => {
    const [first, second] = run.entries('record.delivered', 0, 'check-1').map(({ atMs }) => atMs);
    expect((second ?? 0) - (first ?? 0)).toBeLessThan(15);
    expect(effectsOf(run, 'check-1', 'pay-7')).toBe(2);
  });

  it('[CO-33] step 2: mark first, then a crash: the message comes again, and has no effect', () => {
    const again = run.entries('record.delivered', 3_500, 'mark-1').length;
    expect(again).toBeGreaterThan(0);
    expect(effectsOf(run, 'mark-1', 'pay-8')).toBe(0);
    expect(effectsOf(run, 'mark-1', 'pay-7')).toBe(1);
  });

  it('[CO-33] step 3: a unique key in the same transaction: one effect, always', () => {
    expect(['pay-7', 'pay-8'].map((key) => effectsOf(run, 'unique-1', key))).toEqual([1, 1]);
  });

  it('the report counts them: one twice, one never', () => {
    const { effects, verdict } = reportOf(run.run);
    expect(effects).toEqual({ once: 4, lost: 1, doubled: 1 });
    expect(verdict.acknowledgedLost).toBe(0);
  });

  it('a copy that is skipped while the first one is still at work is not lost', () => {
    const calm = start({ ...wrong, actions: wrong.actions.slice(0, 2) }).until(10_000);
    expect(calm.count('record.skipped', 0, 'mark-1')).toBe(1);
    expect(reportOf(calm.run).effects).toEqual({ once: 2, lost: 0, doubled: 1 });
  });
});
