import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  appendRow,
  createTable,
  forkTable,
  getCell,
  setCell,
  type Table,
  tableBytes,
  truncateTable,
} from './table';

type Rows = [number, number][];

function rowsOf(table: Table): Rows {
  return Array.from({ length: table.length }, (_, row) => [getCell(table, row, 0), getCell(table, row, 1)]);
}

const CHUNK = 1024;

describe('table', () => {
  it('keeps every column type to its range', () => {
    const table = createTable(['u8', 'u16', 'u32', 'f64']);
    const row = appendRow(table);
    const values = [255, 65_535, 0xffff_ffff, -0.5];
    values.forEach((value, column) => {
      setCell(table, row, column, value);
    });
    expect(values.map((_, column) => getCell(table, row, column))).toEqual(values);
  });

  it('gives back rows of zeros, also where a truncation left old values', () => {
    const table = createTable(['u32']);
    for (let i = 0; i < 5; i++) setCell(table, appendRow(table), 0, 9);
    truncateTable(table, 2);
    expect(getCell(table, appendRow(table), 0)).toBe(0);
    expect(table.length).toBe(3);
  });

  it('shares chunks with a fork and copies only the one that is written', () => {
    const table = createTable(['u32']);
    for (let i = 0; i < 3 * CHUNK; i++) setCell(table, appendRow(table), 0, i);
    const fork = forkTable(table);
    expect(fork.chunks).toEqual(table.chunks);
    setCell(fork, CHUNK, 0, 7);
    expect(fork.chunks.map((chunk, at) => chunk === table.chunks[at])).toEqual([true, false, true]);
    expect([getCell(table, CHUNK, 0), getCell(fork, CHUNK, 0)]).toEqual([CHUNK, 7]);
    expect(tableBytes(table)).toBe(3 * CHUNK * 4);
  });

  it('is for every line of forks what a list that is copied at each fork would be', () => {
    const deed = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('append' as const), value: fc.nat(1_000) }) },
      {
        weight: 4,
        arbitrary: fc.record({ do: fc.constant('set' as const), at: fc.nat(4_000), value: fc.nat(255) }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('truncate' as const), at: fc.nat(4_000) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('grow' as const), by: fc.nat(1_500) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('fork' as const) }) },
    );
    const line = fc.record({ which: fc.nat(), deed });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const tables = [createTable(['u32', 'u8'])];
        const models: Rows[] = [[]];
        for (const { which, deed } of lines) {
          const at = which % tables.length;
          const table = tables[at] as Table;
          const model = models[at] as Rows;
          if (deed.do === 'append' || deed.do === 'grow') {
            const count = deed.do === 'grow' ? deed.by : 1;
            for (let i = 0; i < count; i++) {
              const value = deed.do === 'append' ? deed.value : i;
              const row = appendRow(table);
              expect([getCell(table, row, 0), getCell(table, row, 1)]).toEqual([0, 0]);
              setCell(table, row, 0, value);
              model.push([value, 0]);
            }
          } else if (deed.do === 'fork') {
            tables.push(forkTable(table));
            models.push(model.map(([x, y]) => [x, y]));
          } else if (model.length > 0) {
            const row = deed.at % model.length;
            if (deed.do === 'set') {
              setCell(table, row, 1, deed.value);
              (model[row] as [number, number])[1] = deed.value;
            } else {
              truncateTable(table, row);
              model.length = row;
            }
          }
        }
        expect(tables.map(rowsOf)).toEqual(models);
      }),
      { numRuns: 150 },
    );
  });
});
