import { describe, expect, it } from 'vitest';
import { MASTER, pair, SLAVE } from './broker.fixture';
import { escapeTarget } from './escape-target';
import { actsAsMaster, runsSpecialServices } from './special-services';

const S = 1_000_000;

describe('the duties of a master', () => {
  it('[HA-17] are those of a master alone, also while it is gone', () => {
    const run = pair().run(15 * S);
    expect(runsSpecialServices(run.broker(MASTER))).toBe(true);
    expect(escapeTarget(run.sim, run.node(MASTER), 'Orders')).toEqual({ node: run.node(MASTER) });
    run.kill(MASTER, 'process').run(200 * S);
    expect(runsSpecialServices(run.broker(SLAVE))).toBe(false);
    expect(actsAsMaster(run.broker(SLAVE))).toBe(false);
    expect(escapeTarget(run.sim, run.node(SLAVE), 'Orders')).toBeUndefined();
  });
});
