import { expect, it } from 'vitest';
import { sampleView } from '../fixture';
import { steadyView } from './steady';

it('is another view as soon as dead letters stand there, and as they grow', () => {
  const lane = {
    id: 'deadLetter:billing',
    kind: 'deadLetter',
    topic: '%DLQ%billing',
    group: 'billing',
  } as const;
  const withDead = (ready: number) => ({
    ...sampleView(),
    lanes: [{ ...lane, waiting: 0, ready, levels: [], parked: [] }],
  });
  const steady = steadyView();
  const first = steady(sampleView());
  expect(steady({ ...sampleView(), nowUs: 76_000_000 })).toBe(first);
  const one = withDead(1);
  expect(steady(one)).toBe(one);
  const two = withDead(2);
  expect(steady(two)).toBe(two);
});
