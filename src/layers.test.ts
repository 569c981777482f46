import { expect, it } from 'vitest';

it('placeholder of the layer check', () => {
  expect(1).toBe(1);
});
