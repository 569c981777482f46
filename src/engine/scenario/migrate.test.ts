import { expect, it } from 'vitest';
import { type Migration, migrate } from './migrate';
import { Refusal } from './problem';

/** A format 0 that never was: topics were names, and brokers had a `master` flag. */
const fromZero: Migration = ({ topicNames, ...rest }) => ({
  ...rest,
  topics: (topicNames as string[]).map((name) => ({ name })),
});
const fromOne: Migration = (document) => ({ ...document, migrated: true });
const old = { format: 'mq-playground/scenario@0', product: 'rocketmq', topicNames: ['Orders'] };

it('rewrites an old document and its format', () => {
  expect(migrate(old, new Map([[0, fromZero]]), 1)).toEqual({
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    topics: [{ name: 'Orders' }],
  });
  expect(old.topicNames).toEqual(['Orders']);
});

it('goes step by step', () => {
  const chain = new Map([
    [0, fromZero],
    [1, fromOne],
  ]);
  expect(migrate(old, chain, 2)).toMatchObject({ format: 'mq-playground/scenario@2', migrated: true });
});

it('leaves a document of the newest format as it is', () => {
  const current = { format: 'mq-playground/scenario@1', anything: [1] };
  expect(migrate(current, new Map([[0, fromZero]]), 1)).toBe(current);
});

it('refuses what has no way to the newest format', () => {
  expect(() => migrate(old)).toThrow(Refusal);
});
