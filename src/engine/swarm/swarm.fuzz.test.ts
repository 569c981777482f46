import { describe, expect, it } from 'vitest';
import { promiseFor, promises } from './promises';
import { clientPromises } from './promises-of-clients';
import { mechanismPromises } from './promises-of-mechanisms';
import { popPromises } from './promises-of-pops';
import { startPromises } from './promises-of-starts';
import { playedRow } from './swarm.fixture';
import { trialFor } from './trial';

describe('what RocketMQ promises of sending and pulling holds', { timeout: 300_000 }, () => {
  const others = new Set([...mechanismPromises, ...popPromises, ...clientPromises, ...startPromises]);
  const matrix = promises.filter((row) => !others.has(row));
  it.each(matrix.map((row) => [row.row, row.faults.join(', '), row] as const))('%s (%s)', (_name, _, row) => {
    expect(playedRow(row)).toEqual({ broken: [], missing: [] });
  });

  it('names every fault, and no row that another one hides', () => {
    const hidden = promises.flatMap((row) =>
      row.faults.filter((fault) => promiseFor(trialFor(row, 1).setup, fault) !== row),
    );
    expect(hidden).toEqual([]);
  });
});
