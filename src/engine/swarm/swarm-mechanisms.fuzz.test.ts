import { describe, expect, it } from 'vitest';
import { mechanismPromises } from './promises-of-mechanisms';
import { popPromises } from './promises-of-pops';
import { playedRow } from './swarm.fixture';

describe('what RocketMQ promises of its mechanisms holds', { timeout: 300_000 }, () => {
  it.each(
    [...mechanismPromises, ...popPromises].map((row) => [row.row, row.faults.join(', '), row] as const),
  )('%s (%s)', (_name, _, row) => {
    expect(playedRow(row)).toEqual({ broken: [], missing: [] });
  });
});
