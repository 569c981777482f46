import fc from 'fast-check';
import { expect, it } from 'vitest';
import { reconcile } from './reconcile';

it('equals what is new, and is what was there where both are equal', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
      expect(reconcile(before, after)).toEqual(after);
      expect(reconcile(before, structuredClone(before))).toBe(before);
    }),
  );
});

it('keeps the parts that did not change', () => {
  const before = {
    nodes: [
      { id: 'a', lag: 1, log: { end: 7 } },
      { id: 'b', lag: 2 },
    ],
    links: [[1, 2]],
  };
  const after = reconcile(before, {
    nodes: [
      { id: 'a', lag: 5, log: { end: 7 } },
      { id: 'b', lag: 2 },
    ],
    links: [[1, 2]],
  });
  expect(after).not.toBe(before);
  expect(after.links).toBe(before.links);
  expect(after.nodes[1]).toBe(before.nodes[1]);
  expect(after.nodes[0]?.log).toBe(before.nodes[0]?.log);
});

it('knows the members of a list by their id when they move', () => {
  const before = [{ id: 'a' }, { id: 'b', deep: { x: 1 } }];
  const after = reconcile(before, [{ id: 'b', deep: { x: 1 } }]);
  expect(after[0]).toBe(before[1]);
});

it('tells a missing field from an empty one', () => {
  const before: { a?: undefined; b?: number } = { a: undefined };
  expect(reconcile(before, { b: undefined })).toHaveProperty('b');
});
