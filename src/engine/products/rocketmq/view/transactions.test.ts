import { expect, it } from 'vitest';
import { BROKER } from '../consumer/consuming.fixture';
import { transacting } from '../transaction/transacting.fixture';
import { view } from '.';
import { inspect } from './inspect';

const shown = (run: ReturnType<typeof transacting>, replica = 0) =>
  view(run.cluster.sim).groups[0]?.replicas[replica]?.transactions;

it('shows open half messages, the next check, and ends that only memory knows', () => {
  const run = transacting({
    sendsAtS: [10, 11, 12],
    outcomes: ['commit', 'unknown', 'rollback'],
    local: { answers: ['unknown'] },
  });
  expect(shown(run.untilS(5))).toBeUndefined();
  expect(shown(run.untilS(10.003))).toEqual({ halves: 1, nextCheckUs: 30_000_000, endsInMemory: 0, ops: 0 });
  expect(shown(run.untilS(14))).toEqual({ halves: 1, nextCheckUs: 30_000_000, endsInMemory: 2, ops: 0 });
  expect(shown(run.untilS(20))).toEqual({ halves: 1, nextCheckUs: 30_000_000, endsInMemory: 0, ops: 1 });
  // The check has written a copy, and has left the rest behind; it took a second.
  expect(shown(run.untilS(35))).toEqual({ halves: 1, nextCheckUs: 61_000_010, endsInMemory: 0, ops: 0 });
});

it('tells the inspector how far the checks have come', () => {
  const run = transacting({
    sendsAtS: [10, 11],
    outcomes: ['commit', 'unknown'],
    local: { answers: ['unknown'] },
  });
  const section = () =>
    inspect(run.cluster.sim, run.cluster.node(BROKER))?.sections.find(
      ({ source }) => source === 'TransactionalMessageServiceImpl',
    );
  expect(run.untilS(5) && section()).toBeUndefined();
  expect(run.untilS(40) && section()?.rows).toEqual([
    ['open halves', '1'],
    ['half queue: checked to', '2 / 3'],
    ['op queue: read to', '1 / 1'],
    ['ends in memory', '0'],
    ['next check', '21.0 s'],
  ]);
});

it('counts what its log says when the broker is back', () => {
  const run = transacting({
    sendsAtS: [10, 11, 12],
    outcomes: ['commit', 'unknown', 'unknown'],
    actions: [
      { at: '20s', do: 'kill', target: BROKER, failure: 'process' },
      { at: '21s', do: 'restart', target: BROKER },
    ],
  }).untilS(22);
  expect(shown(run)).toMatchObject({ halves: 2, endsInMemory: 0, ops: 1 });
  expect((shown(run)?.nextCheckUs ?? 0) / 1e6).toBeCloseTo(51, 3);
});

it('shows nothing open behind many transactions', () => {
  const run = transacting({
    sendsAtS: [],
    producer: { ratePerSecond: 50, messages: 2_000 },
    local: { outcomes: ['commit', 'rollback'] },
  }).untilS(120);
  expect(shown(run)).toEqual({ halves: 0, endsInMemory: 0, ops: 0 });
});
