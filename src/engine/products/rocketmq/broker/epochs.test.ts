import { describe, expect, it } from 'vitest';
import { consistentPoint, cutEpochs, dropEpochs, type Epochs } from './epochs';

const EPOCHS: Epochs = [
  { epoch: 1, startPhys: 0 },
  { epoch: 2, startPhys: 1_000 },
  { epoch: 4, startPhys: 3_000 },
];

describe('the epoch file', () => {
  it('[HA-29] loses the epochs of deleted files, never the last', () => {
    expect(dropEpochs(EPOCHS, 999)).toEqual(EPOCHS);
    expect(dropEpochs(EPOCHS, 1_000).map(({ epoch }) => epoch)).toEqual([2, 4]);
    expect(dropEpochs(EPOCHS, 9_000).map(({ epoch }) => epoch)).toEqual([4]);
    expect(dropEpochs([], 9_000)).toEqual([]);
  });

  it('[HA-29] a log whose epochs the other has deleted shares nothing with it', () => {
    const old = cutEpochs(EPOCHS, 1_000);
    expect(consistentPoint(old, 700, EPOCHS, 5_000)).toBe(700);
    expect(consistentPoint(old, 700, dropEpochs(EPOCHS, 2_999), 5_000)).toBe(-1);
  });
});
