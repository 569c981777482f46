import { describe, expect, it } from 'vitest';
import { Run } from '../../engine/run';
import { parseScenario } from '../../engine/scenario/parse';
import { catalog, chapters } from './catalog';

describe('the built-in scenarios', () => {
  it('begin with that of a first visit and stand in the order of their lessons, each once', () => {
    expect(catalog[0]?.id).toBe('architecture-tour');
    expect(new Set(catalog.map(({ id }) => id)).size).toBe(catalog.length);
    expect(chapters.flatMap(({ entries }) => entries)).toEqual(catalog);
  });

  it.each(catalog.map((entry) => [entry.id, entry] as const))(
    '%s runs, and its first action is taken',
    (_, entry) => {
      const { file, first } = entry;
      const { actions = [] } = file as { actions?: readonly object[] };
      const parsed = parseScenario({
        ...(file as object),
        actions: [...actions, { at: '1s', ...first.action }],
      });
      if (!parsed.ok) throw new Error(parsed.problem.message.en);
      const script = parsed.scenario.actions.slice(0, -1);
      const action = parsed.scenario.actions.at(-1);
      if (action === undefined) throw new Error('no first action');
      const run = new Run({ ...parsed.scenario, actions: script });
      run.advance(1_000_000);
      if (run.act(action).ok) return;
      // What mends the damage of the script can be done only when it has happened.
      run.advance(Math.max(...script.map(({ atUs }) => atUs ?? 0)) + 1_000_000);
      expect(run.act(action)).toMatchObject({ ok: true });
    },
  );
});
