import { describe, expect, it } from 'vitest';
import {
  formatAgeUs,
  formatBytes,
  formatChange,
  formatDurationUs,
  formatNumber,
  formatRate,
  formatShort,
  formatTimeUs,
} from './number';

describe('formatNumber', () => {
  it('groups thousands and keeps decimals out of the groups', () => {
    expect([0, 999, 1_000, 1_832_488].map((value) => formatNumber(value))).toEqual([
      '0',
      '999',
      '1,000',
      '1,832,488',
    ]);
    expect(formatNumber(1_234.56789, 4)).toBe('1,234.5679');
  });

  it('writes a real minus, and none before a zero', () => {
    expect(formatNumber(-1_500)).toBe('\u22121,500');
    expect(formatNumber(-0.04, 1)).toBe('0.0');
  });
});

it('drops trailing zeros but not those of a whole number', () => {
  expect([2.9, 87, 100, 0.25].map((value) => formatShort(value, 2))).toEqual(['2.9', '87', '100', '0.25']);
});

it('writes sizes and moments with their unit', () => {
  expect(formatBytes(1_204)).toBe('1,204 B');
  expect(formatTimeUs(75_500_000)).toBe('75.500 s');
  expect(formatTimeUs(71_817_400, 4)).toBe('71.8174 s');
  expect(formatAgeUs(33_000_000)).toBe('33.0 s');
});

it('picks the unit of a duration', () => {
  const cases: [number, string][] = [
    [0, '0 ms'],
    [50, '0.05 ms'],
    [200, '0.2 ms'],
    [150_000, '150 ms'],
    [999_400, '999.4 ms'],
    [999_600, '1 s'],
    [2_900_000, '2.9 s'],
    [17_500_000, '17.5 s'],
    [118_000_000, '118 s'],
    [599_400_000, '599 s'],
    [599_600_000, '10 min'],
    [1_767_000_000, '29 min 27 s'],
    [-1_767_000_000, '\u221229 min 27 s'],
    [72 * 3_600_000_000, '72 h'],
  ];
  for (const [us, text] of cases) expect(formatDurationUs(us)).toBe(text);
});

it('writes changes with a sign and rates with a cross', () => {
  expect([-0.1, 0, 0.25].map((ratio) => formatChange(ratio))).toEqual(['\u221210%', '0%', '+25%']);
  expect([0.001, 0.01, 1, 1000].map(formatRate)).toEqual(['0.001×', '0.01×', '1×', '1000×']);
});
