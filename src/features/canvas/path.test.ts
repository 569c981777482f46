import { expect, it } from 'vitest';
import { levelCurve, pointAt, pointTable, polyline, svgPath, TABLE_POINTS } from './path';

const at = (table: ReturnType<typeof pointTable>, share: number) => {
  const point = { x: 0, y: 0 };
  pointAt(table, share, point);
  return point;
};

it('keeps 64 points at equal distances along a way with corners', () => {
  const table = pointTable(polyline([0, 0], [100, 0], [100, 53]));
  expect(table.lengthPx).toBe(153);
  expect(table.points).toHaveLength(2 * TABLE_POINTS);
  expect(at(table, 0)).toEqual({ x: 0, y: 0 });
  expect(at(table, 1)).toEqual({ x: 100, y: 53 });
  expect(at(table, 50 / 153).x).toBeCloseTo(50, 3);
  expect(at(table, 120 / 153).y).toBeCloseTo(20, 3);
});

it('moves evenly along a curve, not faster in its middle', () => {
  const table = pointTable(levelCurve(0, 0, 80, 300));
  const steps = Array.from({ length: 20 }, (_, i) => {
    const [a, b] = [at(table, i / 20), at(table, (i + 1) / 20)];
    return Math.hypot(b.x - a.x, b.y - a.y);
  });
  expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.05);
});

it('stays at the ends for shares beyond them, and at the only point of a way without length', () => {
  const table = pointTable(polyline([5, 5], [15, 5]));
  expect(at(table, -1)).toEqual({ x: 5, y: 5 });
  expect(at(table, 2)).toEqual({ x: 15, y: 5 });
  expect(at(pointTable(polyline([3, 4], [3, 4])), 0.5)).toEqual({ x: 3, y: 4 });
});

it('writes the same way for the page', () => {
  expect(svgPath(polyline([0, 1], [2.345, 1]))).toBe('M0 1L2.35 1');
  expect(svgPath(levelCurve(0, 0, 10, 20))).toBe('M0 0C5 0 5 20 10 20');
});
