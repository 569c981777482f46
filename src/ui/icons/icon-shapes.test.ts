import { expect, it } from 'vitest';
import { ICON_SHAPES, type IconShape } from './icon-shapes';

const icons = Object.entries<readonly IconShape[]>(ICON_SHAPES);

it('draws every icon differently: one icon, one meaning', () => {
  const drawings = icons.map(([, shapes]) => shapes.map((shape) => shape.d).join(' '));
  expect(new Set(drawings).size).toBe(drawings.length);
});

it('starts every piece inside the 16 px grid', () => {
  const outside = icons.flatMap(([name, shapes]) =>
    shapes.flatMap(({ d }) =>
      [...d.matchAll(/M(-?[\d.]+) (-?[\d.]+)/g)]
        .filter(([, x, y]) => Number(x) < 0 || Number(x) > 16 || Number(y) < 0 || Number(y) > 16)
        .map(([start]) => `${name}: ${start}`),
    ),
  );
  expect(outside).toEqual([]);
});
