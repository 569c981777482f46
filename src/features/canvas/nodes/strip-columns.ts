import type { Failure, ProcessView, StripColumn } from '../../../engine/view';
import { type LogColumn, type LogDeath, STRIP } from '../../../ui/log-strip/strip-layout';

const MEM = ['none', 'volatile', 'calm'] as const;

/** The columns of a leader's log: its own copies, and whether another machine has one. */
export function leaderColumns(columns: readonly StripColumn[]): readonly LogColumn[] {
  return columns.map(({ mem, disk, replica, lost }) => ({ mem: MEM[mem], disk, slave: replica > 0, lost }));
}

/**
 * What a follower has of each column that its leader shows, so that both stand on one grid. A follower whose columns
 * stand for other messages shows its own.
 */
export function followerColumns(
  own: readonly StripColumn[],
  leader: readonly StripColumn[],
): readonly ('none' | 'unflushed' | 'disk')[] {
  const byMessage = new Map(own.map((column) => [column.message, column]));
  const grid = leader.slice(-STRIP.columnsMax);
  const aligned = grid.some(({ message }) => byMessage.has(message));
  return (aligned ? grid.map(({ message }) => byMessage.get(message)) : own).map((column) => {
    if (!column || column.lost) return 'none';
    return column.disk ? 'disk' : column.mem > 0 ? 'unflushed' : 'none';
  });
}

/** A log goes on to the left when it holds more than is shown. */
export const hasOlder = (columns: readonly StripColumn[]): boolean => columns.length >= STRIP.columnsMax;

const DEATHS: Readonly<Record<Failure | 'shutdown', LogDeath>> = {
  process: 'process',
  power: 'power',
  disk: 'disk',
  shutdown: 'process',
};

/** What the end of a process has taken with it: kill -9 and an orderly end leave the kernel's page cache. */
export function deathOf({ state, failure }: ProcessView): LogDeath {
  return state === 'down' ? DEATHS[failure ?? 'shutdown'] : 'no';
}

/** How much of its disk a recovering process has read again. */
export function rereadShare({ state, sinceUs, untilUs }: ProcessView, nowUs: number): number | undefined {
  if (state !== 'recovering') return undefined;
  if (untilUs === undefined || untilUs <= sinceUs) return 0;
  return Math.min(1, Math.max(0, (nowUs - sinceUs) / (untilUs - sinceUs)));
}
