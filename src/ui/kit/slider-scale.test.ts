import { expect, it } from 'vitest';
import { linearScale, logScale } from './slider-scale';

it('keeps the values of a linear slider on its grid', () => {
  const scale = linearScale(0, 2, 0.1);
  expect(scale.steps).toBe(20);
  expect(scale.toValue(3)).toBe(0.3);
  expect(scale.toStep(0.7)).toBe(7);
  expect(scale.toStep(99)).toBe(20);
});

it('gives each decade of a logarithmic slider the same room', () => {
  const scale = logScale(0.001, 1000);
  expect(scale.steps).toBe(180);
  expect([0.001, 0.01, 1, 1000].map(scale.toStep)).toEqual([0, 30, 90, 180]);
  expect([0, 30, 90, 180].map(scale.toValue)).toEqual([0.001, 0.01, 1, 1000]);
  expect(scale.toStep(0)).toBe(0);
});

it('comes back to the same step from every value it gives', () => {
  const scale = logScale(1, 10_000);
  for (let step = 0; step <= scale.steps; step++) expect(scale.toStep(scale.toValue(step))).toBe(step);
});
