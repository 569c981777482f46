import { describe, expect, it } from 'vitest';
import { runOf } from './report/report.fixture';
import { Run } from './run';
import type { Action } from './scenario/types';

const SECOND = 1_000_000;
const kill: Action = { do: 'kill', target: 'broker-a:0', failure: 'process', atUs: null, afterStep: null };
const restart: Action = { do: 'restart', target: 'broker-a:0', atUs: null, afterStep: null };

const outcome = (run: Run) => ({ digest: run.sim.digest, steps: run.sim.steps, nowUs: run.sim.nowUs });
const typesAt = (run: Run, us: number) => {
  const seen: string[] = [];
  run.sim.window?.scan(0, run.sim.traceCount, ({ kind, timeUs }) => {
    if (timeUs === us) seen.push(kind.type);
    return true;
  });
  return seen;
};

describe('a run', () => {
  it('begins warm at 0: routes and assignments are settled, and nothing of it is in the trace', () => {
    const run = runOf();
    expect(outcome(run)).toMatchObject({ nowUs: 0, steps: 0 });
    expect(run.sim.traceCount).toBe(0);
    expect(run.product.offsets(run.sim).every(({ owner }) => owner === 'consumer-1')).toBe(true);
  });

  it('begins cold with everything still to start', () => {
    const run = runOf({ start: 'cold' });
    run.advance(1_000);
    expect(typesAt(run, 0).filter((type) => type === 'process.started')).toHaveLength(5);
  });

  it('is the same in one piece, in portions and by single steps', () => {
    const actions = [
      { at: '2s', do: 'kill', target: 'broker-a:1', failure: 'power' },
      { at: '3s', do: 'restart', target: 'broker-a:1' },
    ];
    const [whole, portions, steps] = [runOf({ actions }), runOf({ actions }), runOf({ actions })];
    whole.advance(4 * SECOND);
    for (let us = 0; us <= 4 * SECOND; us += 37_123) while (!portions.advance(us, 10));
    portions.advance(4 * SECOND);
    while (steps.sim.nextDueUs <= 4 * SECOND) steps.step();
    steps.advance(4 * SECOND);
    expect(outcome(portions)).toEqual(outcome(whole));
    expect(outcome(steps)).toEqual(outcome(whole));
    expect(whole.actionsDone).toBe(2);
  });

  it('goes on from a snapshot as if nothing had been', () => {
    const actions = [{ at: '5s', do: 'kill', target: 'broker-a:0', failure: 'power' }];
    const [straight, run] = [runOf({ actions }), runOf({ actions })];
    straight.advance(8 * SECOND);
    run.advance(4 * SECOND);
    const snapshot = run.snapshot();
    run.advance(7 * SECOND);
    run.act(restart);
    run.restore(snapshot);
    run.actions = straight.actions;
    run.advance(8 * SECOND);
    expect(outcome(run)).toEqual(outcome(straight));
  });
});

describe('actions', () => {
  it('of the file come before the events due at their time, in file order', () => {
    const run = runOf({
      actions: [
        { at: '1s', do: 'pause', target: 'consumer-1' },
        { at: '1s', do: 'kill', target: 'broker-a:1', failure: 'process' },
        { at: '500ms', do: 'pause', target: 'producer-1' },
      ],
    });
    run.advance(500_000);
    expect(run.actionsDone).toBe(1);
    run.advance(SECOND);
    expect(run.actionsDone).toBe(3);
    const types = typesAt(run, SECOND);
    expect(types.indexOf('process.killed')).toBeGreaterThan(0);
  });

  it('done by hand are kept with their moment, so that the run can be played again', () => {
    const live = runOf();
    live.advance(2_345_678);
    expect(live.act(kill)).toEqual({ ok: true });
    live.advance(3 * SECOND);
    live.step();
    live.act(restart);
    live.advance(6 * SECOND);
    expect(live.actions).toMatchObject([
      { do: 'kill', atUs: 2_345_678, afterStep: null },
      { do: 'restart', atUs: null },
    ]);
    const again = new Run({ ...live.scenario, actions: live.actions });
    again.advance(6 * SECOND);
    expect(outcome(again)).toEqual(outcome(live));
  });

  it('done by hand replace what lay ahead', () => {
    const run = runOf({ actions: [{ at: '9s', do: 'pause', target: 'consumer-1' }] });
    run.advance(2 * SECOND);
    run.act(kill);
    expect(run.actions.map((action) => action.do)).toEqual(['kill']);
  });

  it('[EN-17] that set something count at once, and name it', () => {
    const run = runOf();
    run.advance(2 * SECOND);
    const sent = () => run.sim.state.arena.messages.length;
    const before = sent();
    const workload = { load: { kind: 'rate', ratePerSecond: 500 } } as const;
    run.act({ do: 'set', target: 'producer-1', config: {}, workload, atUs: null, afterStep: null });
    expect(run.sim.window?.get(run.sim.traceCount - 1)?.kind).toMatchObject({
      type: 'workload.set',
      rule: 'EN-17',
    });
    run.advance(3 * SECOND);
    expect(sent() - before).toBeGreaterThan(480);
  });

  it('that make no sense are refused in words, and leave no trace', () => {
    const run = runOf();
    run.advance(SECOND);
    const before = outcome(run);
    const result = run.act(restart);
    expect(result.ok).toBe(false);
    if (!result.ok) expect([result.message.en, result.message.zh].every((text) => text !== '')).toBe(true);
    expect(outcome(run)).toEqual(before);
    expect(run.actions).toEqual([]);
  });
});
