import { describe, expect, it } from 'vitest';
import { sampleView } from './fixture';
import { fittingName, labelOf, shortNames } from './names';

it('of a name that does not fit its end is shown, at least what tells it from the others', () => {
  const ids = ['order-producer-1', 'order-producer-2'];
  const widthOf = (text: string) => text.length;
  expect(fittingName('order-producer-2', ids, 16, widthOf)).toBe('order-producer-2');
  expect(fittingName('order-producer-2', ids, 15, widthOf)).toBe('…der-producer-2');
  expect(fittingName('order-producer-2', ids, 2, widthOf)).toBe('…2');
  expect(fittingName('order-producer-2', ids, 1, widthOf)).toBe('2');
  expect(fittingName('order-producer-2', ['order-producer-2', 'p'], 15, widthOf)).toBe('order-producer-2');
});

it('names that differ at their end alone are cut at the same place', () => {
  const ids = ['order-service-1', 'order-service-2'];
  // A 1 is narrower than a 2.
  const widthOf = (text: string) => text.length - (text.endsWith('1') ? 0.5 : 0);
  expect(ids.map((id) => fittingName(id, ids, 10.5, widthOf))).toEqual(['…service-1', '…service-2']);
  expect(ids.map((id) => fittingName(id, ids, 9.5, widthOf))).toEqual(['…ervice-1', '…ervice-2']);
});

describe('short names of replica groups', () => {
  it.each([
    [
      ['broker-a', 'broker-b'],
      ['a', 'b'],
    ],
    [['broker-a'], ['a']],
    [
      ['east-broker-a', 'east-broker-b'],
      ['a', 'b'],
    ],
    [
      ['broker-a', 'store-b'],
      ['broker-a', 'store-b'],
    ],
    [
      ['broker-', 'broker-b'],
      ['broker-', 'broker-b'],
    ],
    [
      ['east-a', 'east-a-b'],
      ['a', 'a-b'],
    ],
    [
      ['alpha', 'beta'],
      ['alpha', 'beta'],
    ],
  ])('%j become %j', (ids, names) => {
    expect([...shortNames(ids).values()]).toEqual(names);
  });
});

it('calls a consumer by its label and any other process by its id', () => {
  expect(labelOf(sampleView(), 'C2')).toBe('C2');
  expect(labelOf(sampleView(), 'broker-b:1')).toBe('broker-b:1');
});
