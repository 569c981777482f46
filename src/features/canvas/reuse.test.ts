import { expect, it } from 'vitest';
import { sampleView } from './fixture';
import { reuse } from './reuse';

it('gives the former object back when nothing has changed', () => {
  const before = sampleView();
  expect(reuse(before, sampleView())).toBe(before);
});

it('keeps every part that has not changed and replaces those that have', () => {
  const before = sampleView();
  const next = sampleView();
  const groups = next.groups.map((group, i) =>
    i === 0 ? { ...group, queues: group.queues.slice(1) } : group,
  );
  const after = reuse(before, { ...next, groups });
  expect(after).not.toBe(before);
  expect(after.clients).toBe(before.clients);
  expect(after.groups[1]).toBe(before.groups[1]);
  expect(after.groups[0]?.replicas).toBe(before.groups[0]?.replicas);
  expect(after.groups[0]?.queues).toHaveLength(3);
});

it('tells a missing key from an undefined one', () => {
  const before = { a: 1 as number | undefined, b: undefined as number | undefined };
  expect(reuse(before, { a: 1 })).not.toBe(before);
});
