import { expect, it } from 'vitest';
import type { StripColumn } from '../../../engine/view';
import { sampleView, up } from '../fixture';
import { deathOf, followerColumns, leaderColumns, rereadShare } from './strip-columns';

const column = (message: number, parts: Partial<StripColumn>): StripColumn => ({
  ...{ message, mem: 0, disk: false, replica: 0, lost: false },
  ...parts,
});

it('says of each column where its copies are', () => {
  expect(
    leaderColumns([
      column(1, { mem: 2, disk: true, replica: 2 }),
      column(2, { mem: 1, replica: 1 }),
      column(3, { lost: true }),
    ]),
  ).toEqual([
    { mem: 'calm', disk: true, slave: true, lost: false },
    { mem: 'volatile', disk: false, slave: true, lost: false },
    { mem: 'none', disk: false, slave: false, lost: true },
  ]);
});

it('puts a follower on the columns of its leader, message by message', () => {
  const leader = [1, 2, 3, 4].map((message) => column(message, { mem: 1 }));
  const follower = [column(2, { mem: 2, disk: true }), column(3, { mem: 1 })];
  expect(followerColumns(follower, leader)).toEqual(['none', 'disk', 'unflushed', 'none']);
});

it('shows the own columns of a follower that has none of the messages of its leader', () => {
  expect(followerColumns([column(7, { mem: 1 })], [column(90, { mem: 1 })])).toEqual(['unflushed']);
});

it('shows nothing of a follower as on disk that is in its page cache only', () => {
  const [, broker] = sampleView().groups;
  const [leader, follower] = broker!.replicas;
  const columns = followerColumns(follower!.strip.columns, leader!.strip.columns);
  expect(columns.filter((state) => state === 'disk')).toHaveLength(16);
  expect(columns.filter((state) => state === 'unflushed')).toHaveLength(7);
  expect(columns.filter((state) => state === 'none')).toHaveLength(3);
});

it('leaves the page cache to a killed process and takes it from a host without power', () => {
  expect(deathOf({ ...up('a'), state: 'down', failure: 'process' })).toBe('process');
  expect(deathOf({ ...up('a'), state: 'down', failure: 'shutdown' })).toBe('process');
  expect(deathOf({ ...up('a'), state: 'down', failure: 'power' })).toBe('power');
  expect(deathOf(up('a'))).toBe('no');
});

it('knows how far a recovery has read', () => {
  const recovering = { ...up('a'), state: 'recovering' as const, sinceUs: 1_000, untilUs: 3_000 };
  expect(rereadShare(recovering, 1_500)).toBe(0.25);
  expect(rereadShare(recovering, 9_000)).toBe(1);
  expect(rereadShare(up('a'), 9_000)).toBeUndefined();
});
