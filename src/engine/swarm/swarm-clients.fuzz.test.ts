import { describe, expect, it } from 'vitest';
import { clientPromises } from './promises-of-clients';
import { startPromises } from './promises-of-starts';
import { playedRow } from './swarm.fixture';

describe('what RocketMQ promises its clients holds', { timeout: 300_000 }, () => {
  const rows = [...clientPromises, ...startPromises];
  it.each(rows.map((row) => [row.row, row.faults.join(', '), row] as const))('%s (%s)', (_name, _, row) => {
    expect(playedRow(row)).toEqual({ broken: [], missing: [] });
  });
});
