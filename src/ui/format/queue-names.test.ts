import { expect, it } from 'vitest';
import { queueNames } from './queue-names';

it('writes three neighbouring queues one by one and four as a range', () => {
  expect(queueNames([2, 0, 1])).toBe('q0 q1 q2');
  expect(queueNames([0, 1, 2, 3, 7])).toBe('q0–q3 q7');
  expect(queueNames([])).toBe('');
});
