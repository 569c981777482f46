import { describe, expect, it } from 'vitest';
import expires from '../../../../content/scenarios/dedupe-key-expires.json';
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

describe('S26 idempotence by a state machine, and by a key that expires', () => {
  const run = start(expires).until(7_300_000);
  const effects = (node: string) => ['pay-7', 'pay-8', 'pay-9'].map((key) => effectsOf(run, node, key));

  it('[CO-33] step 4: UPDATE … WHERE status = NEW, and each payment is made once, whenever its copy comes', () => {
    expect(effects('state-1')).toEqual([1, 1, 1]);
    expect(run.count('record.skipped', 0, 'state-1')).toBe(3);
  });

  it('[CO-33] step 5: a key of one hour holds after 5 ms and 30 minutes, and not after the 2 hours of level 18', () => {
    const last = run.entries('record.delivered', 7_000_000, 'key-1');
    expect(last).toHaveLength(1);
    expect((last[0]?.atMs ?? 0) - 3_100).toBeGreaterThanOrEqual(7_200_000);
    expect(effects('key-1')).toEqual([1, 1, 2]);
  });

  it('the report counts them: one of six twice', () => {
    expect(reportOf(run.run).effects).toEqual({ once: 5, lost: 0, doubled: 1 });
  });
});

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
