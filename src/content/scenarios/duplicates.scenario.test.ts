import { describe, expect, it } from 'vitest';
import { whyLost } from '../../engine/report/why';
import { play } from './playing.fixture';
import whereDuplicates from './where-duplicates-are-born.json';

describe('S25 four birthplaces of a duplicate', () => {
  const played = (idempotent: string) =>
    play({
      ...whereDuplicates,
      consumers: whereDuplicates.consumers.map((consumer) => ({ ...consumer, idempotent })),
    }).until(60_000);

  it('[PR-7] [CO-33] a lost answer makes one copy, a killed consumer two more deliveries: 103 of 100 orders', () => {
    const run = played('none');
    const { verdict, groups, effects, sends } = run.report();
    expect(sends.attempts).toBe(101);
    expect(groups['points-service']).toMatchObject({ deliveries: 103, distinct: 100, lag: 0 });
    expect(verdict.duplicates).toBe(3);
    // What was in hand had no effect yet; the copy and what was done and not told had theirs twice.
    expect(effects).toEqual({ once: 98, lost: 0, doubled: 2 });
    const [forgotten] = run.entries('work.forgotten');
    expect([forgotten?.a, forgotten?.b]).toEqual([1, 1]);
    // Whose delivery came to nothing, and by what, is told of a message that came again.
    const again = run.entries('message.delivered-twice').find(({ atMs }) => atMs > forgotten!.atMs)!;
    const told = ['record.delivered', 'process.killed', 'work.forgotten', 'message.delivered-twice'];
    const types = whyLost(run.run, again.a)!.steps.map(({ type }) => type);
    expect(types.filter((type) => told.includes(type))).toEqual([
      ...told.slice(0, -1),
      ...['record.delivered', 'message.delivered-twice'],
    ]);
  });

  it('[CO-33] with a unique key the same deliveries have one effect each', () => {
    const { groups, effects } = played('uniqueKey').report();
    expect(groups['points-service']?.deliveries).toBe(103);
    expect(effects).toEqual({ once: 100, lost: 0, doubled: 0 });
  });
});
