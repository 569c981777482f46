import { describe, expect, it } from 'vitest';
import { detailAt } from './nodes/detail';
import { fitted } from './use-fit';

const bounds = { x: 0, y: 0, width: 860, height: 590 };

describe('the fitted view', () => {
  it('shows all of the graph, in the middle', () => {
    const { x, y, zoom } = fitted(bounds, 1_000, 295);
    expect(zoom).toBe(0.5);
    expect([x, y]).toEqual([285, 0]);
  });

  it('shows all of a large cluster too', () => {
    const large = { ...bounds, height: 2_600 };
    const { zoom } = fitted(large, 860, 656);
    expect(large.height * zoom).toBeLessThanOrEqual(656);
  });

  it('leaves the kept room below a tall graph, and does not move a small one for it', () => {
    const tall = { ...bounds, height: 900 };
    const { y, zoom } = fitted(tall, 860, 500, 52);
    expect(y + tall.height * zoom).toBe(448);
    expect(fitted(bounds, 860, 760, 52)).toEqual(fitted(bounds, 860, 760));
  });

  it('draws text on whole pixels when its own size nearly fits', () => {
    expect(fitted(bounds, 850, 656).zoom).toBe(1);
    expect(fitted(bounds, 885, 656).zoom).toBe(1);
    expect(fitted(bounds, 800, 656).zoom).toBeCloseTo(0.93, 2);
    // Its margins can spare a little, its cards nothing.
    expect(fitted({ ...bounds, width: 887 }, 860, 656).zoom).toBeCloseTo(0.97, 2);
  });

  it('grows on a large screen, and lets a small graph hang below the top', () => {
    expect(fitted(bounds, 1_284, 800).zoom).toBeCloseTo(1.36, 2);
    expect(fitted({ ...bounds, height: 290 }, 860, 656).y).toBe(82);
  });
});

it('shows less from farther away', () => {
  expect([1, 0.6, 0.59, 0.35, 0.34].map(detailAt)).toEqual(['full', 'full', 'bars', 'bars', 'names']);
});
