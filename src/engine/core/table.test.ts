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

type Rows = [number, number, number][];

function rowsOf(table: Table): Rows {
  return Array.from({ length: table.length }, (_, row) => [
    getCell(table, row, 0),
    getCell(table, row, 1),
    getCell(table, row, 2),
  ]);
}

const CHUNK = 1024;

/** Cells do not tell −0 from 0. */
const withoutMinusZero = (value: number) => value + 0;

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
    const isShared = () => fork.chunks.map((chunk, at) => chunk === table.chunks[at]);
    expect(isShared()).toEqual([true, true, true]);
    setCell(fork, CHUNK, 0, 7);
    expect(isShared()).toEqual([true, false, true]);
    expect([getCell(table, CHUNK, 0), getCell(fork, CHUNK, 0)]).toEqual([CHUNK, 7]);
  });

  it('makes a chunk small when another was filled without a write to it, and again after a write', () => {
    const table = createTable(['u32', 'f64', 'u16']);
    const fill = (from: number) => {
      for (let i = from; i < from + CHUNK; i++) {
        const row = appendRow(table);
        setCell(table, row, 0, 5_000_000 + i);
        setCell(table, row, 1, 9e12 + 100 * i);
        setCell(table, row, 2, 3);
      }
    };
    const full = CHUNK * (4 + 8 + 2);
    const small = CHUNK * (2 + 4);
    fill(0);
    fill(CHUNK);
    expect(tableBytes(table)).toBe(2 * full);
    fill(2 * CHUNK);
    expect(tableBytes(table)).toBe(small + 2 * full);
    setCell(table, 7, 2, 4);
    expect(tableBytes(table)).toBe(3 * full);
    fill(3 * CHUNK);
    fill(4 * CHUNK);
    expect(tableBytes(table)).toBe(small + CHUNK + 2 * small + 2 * full);
    expect([0, 1, 2].map((column) => getCell(table, 7, column))).toEqual([5_000_007, 9e12 + 700, 4]);
    expect([0, 1, 2].map((column) => getCell(table, 8, column))).toEqual([5_000_008, 9e12 + 800, 3]);
    expect(tableBytes(forkTable(table))).toBe(5 * small + CHUNK);
  });

  it('gives back rows of zeros in a chunk that a fork shares', () => {
    const table = createTable(['u32']);
    for (let i = 0; i < 9; i++) setCell(table, appendRow(table), 0, 9);
    const fork = forkTable(table);
    truncateTable(fork, 4);
    setCell(fork, 1, 0, 5);
    expect(getCell(fork, appendRow(fork), 0)).toBe(0);
    expect([table.length, getCell(table, 4, 0), getCell(table, 1, 0)]).toEqual([9, 9, 9]);
  });

  it('is for every line of forks what a list that is copied at each fork would be', () => {
    const deed = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('append' as const), value: fc.nat(0xffff_ffff) }) },
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant('set' as const),
          at: fc.nat(4_000),
          value: fc.nat(255),
          wide: fc.oneof(
            fc.maxSafeInteger(),
            fc.nat(70_000),
            fc.double({ noNaN: true }).map(withoutMinusZero),
          ),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('truncate' as const), at: fc.nat(4_000) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('grow' as const), by: fc.nat(1_500) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('fork' as const) }) },
    );
    const line = fc.record({ which: fc.nat(), deed });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const tables = [createTable(['u32', 'u8', 'f64'])];
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
              expect([0, 1, 2].map((column) => getCell(table, row, column))).toEqual([0, 0, 0]);
              setCell(table, row, 0, value);
              setCell(table, row, 2, 1e12 + value);
              model.push([value, 0, 1e12 + value]);
            }
          } else if (deed.do === 'fork') {
            tables.push(forkTable(table));
            models.push(model.map(([x, y, z]) => [x, y, z]));
          } else if (model.length > 0) {
            const row = deed.at % model.length;
            if (deed.do === 'set') {
              setCell(table, row, 1, deed.value);
              setCell(table, row, 2, deed.wide);
              const [value] = model[row] as Rows[number];
              model[row] = [value, deed.value, deed.wide];
            } else {
              truncateTable(table, row);
              model.length = row;
            }
          }
        }
        expect(tables.map(rowsOf)).toEqual(models);
      }),
      { numRuns: 100 },
    );
  });
});
