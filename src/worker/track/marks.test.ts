import { expect, it } from 'vitest';
import { defineKind } from '../../engine/core/kinds';
import type { TraceEntry } from '../../engine/core/trace';
import type { World } from '../../engine/model/world';
import { isBeat, Marks } from './marks';

const say = { en: 'It fails.', zh: '失败。' };
const failed = defineKind('marks-test.failed', 'PR-4', { beat: 'result', say });
const killed = defineKind('marks-test.killed', 'EN-3', { beat: 'fault', say });
const hopped = defineKind('marks-test.hopped', 'PR-1', { beat: 'hop', say });
const world = { arena: {}, env: { processes: [] } } as unknown as World;

let nextId = 0;
function entry(timeUs: number, node = 0, kind = failed): TraceEntry {
  return { id: nextId++, timeUs, node, kind, cause: -1, a: 0, b: 0 };
}

it('a hop is no mark, every other beat is', () => {
  expect([failed, killed, hopped].map(isBeat)).toEqual([true, true, false]);
});

it('like beats at one node are one mark while they follow each other within ten seconds', () => {
  const marks = new Marks();
  for (let i = 0; i < 50; i++) marks.add(world, entry(i * 3_000_000));
  marks.add(world, entry(300_000, 1));
  marks.add(world, entry(148_000_000, 0, killed));
  marks.add(world, entry(157_000_001));
  expect(marks.list.map(({ node, count, timeUs, untilUs }) => [node, count, timeUs, untilUs])).toEqual([
    [0, 50, 0, 147_000_000],
    [1, 1, 300_000, 300_000],
    [0, 1, 148_000_000, 148_000_000],
    [0, 1, 157_000_001, 157_000_001],
  ]);
});

it('changes are told once, from the first mark that changed', () => {
  const marks = new Marks();
  marks.add(world, entry(0));
  marks.add(world, entry(10, 1));
  expect(marks.takeChanges()).toMatchObject({ from: 0, list: [{ node: 0 }, { node: 1 }] });
  expect(marks.hasChanges).toBe(false);
  marks.add(world, entry(20, 0));
  expect(marks.takeChanges()).toMatchObject({ from: 0, list: [{ count: 2 }, { node: 1 }] });
  marks.add(world, entry(30, 2));
  expect(marks.takeChanges()).toMatchObject({ from: 2, list: [{ node: 2 }] });
});

it('a copy does not change when the first goes on', () => {
  const marks = new Marks();
  marks.add(world, entry(0));
  const copy = marks.copy();
  marks.add(world, entry(1));
  expect(copy).toMatchObject([{ count: 1 }]);
  const fork = new Marks([...copy]);
  fork.add(world, entry(2));
  expect(fork.list).toMatchObject([{ count: 2, untilUs: 2 }]);
});

it('their number is bounded; what comes then is still counted', () => {
  const marks = new Marks();
  for (let i = 0; i < 5_000; i++) marks.add(world, entry(i * 11_000_000, i % 7));
  expect(marks.list.length).toBeLessThanOrEqual(4_000);
  expect(marks.list.reduce((sum, { count }) => sum + count, 0)).toBe(5_000);
  // A kind that was never seen still gets its mark.
  marks.add(world, entry(1e12, 0, killed));
  expect(marks.list.at(-1)?.type).toBe('marks-test.killed');
});
