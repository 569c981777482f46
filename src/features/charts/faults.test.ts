import { expect, it } from 'vitest';
import { faultsWithin } from './faults';

const S = 1_000_000;

it('draws one line for faults of one moment, and words the newest', () => {
  const faults = [
    { atUs: 5 * S, label: 'link cut' },
    { atUs: 20 * S, label: 'kill -9' },
    { atUs: 20 * S, label: 'power loss' },
    { atUs: 50 * S, label: 'restart' },
  ];
  expect(faultsWithin(faults, 0, 30 * S, 60 * S, true)).toEqual([{ at: 5 }, { at: 20, label: 'power loss' }]);
  expect(faultsWithin(faults, 0, 30 * S, 60 * S, false)).toEqual([{ at: 5 }, { at: 20 }]);
});
