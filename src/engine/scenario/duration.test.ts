import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatDuration, parseDuration } from './duration';
import { TIME_MAX_US } from './limits';

it.each([
  ['0s', 0],
  ['10us', 10],
  ['400ms', 400_000],
  ['0.25ms', 250],
  ['5s', 5_000_000],
  ['2m', 120_000_000],
  ['1h', 3_600_000_000],
  ['0.000001s', 1],
])('%s is %i microseconds', (text, us) => {
  expect(parseDuration(text)).toBe(us);
});

it.each([
  '5',
  '5 s',
  '-5s',
  '5S',
  's',
  '1e3s',
  '0.5us',
  '.5s',
  '5.s',
  '0x5s',
  '９s',
  '',
  '1s2ms',
  '9999999h',
])('%j is no time', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

it('writes the largest exact unit', () => {
  expect([0, 1, 1_500, 90_000_000, 60_000_000, 7_200_000_000].map(formatDuration)).toEqual([
    '0s',
    '1us',
    '1500us',
    '90s',
    '1m',
    '2h',
  ]);
});

it('reads what it has written', () => {
  fc.assert(
    fc.property(fc.nat({ max: TIME_MAX_US }), (us) => {
      expect(parseDuration(formatDuration(us))).toBe(us);
    }),
  );
});
