/**
 * Columns of numbers, and their small form: what exceeds the least value, in the narrowest type that holds it.
 */
export type ColumnType = 'u8' | 'u16' | 'u32' | 'f64';
export type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** A column in its small form: the value of a row is `cells[row] + base`, exactly. */
export interface SealedColumn {
  readonly cells: Column;
  readonly base: number;
}

/** Columns whose values are all the same share these cells. */
const ZEROS = new Uint8Array(4_096);

export function createColumn(type: ColumnType, rows: number): Column {
  if (type === 'u8') return new Uint8Array(rows);
  if (type === 'u16') return new Uint16Array(rows);
  if (type === 'u32') return new Uint32Array(rows);
  return new Float64Array(rows);
}

/** The small form of the first `rows` (1 … 4,096) cells. It may go on with `column` itself, which is given up. */
export function sealColumn(column: Column, rows: number): SealedColumn {
  let least = column[0] as number;
  let most = least;
  let whole = true;
  for (let i = 0; i < rows; i++) {
    const value = column[i] as number;
    if (value < least) least = value;
    if (value > most) most = value;
    if (Math.floor(value) !== value) whole = false;
  }
  // Beyond the safe integers a difference may be rounded, and fractions have no narrow type.
  if (!whole || least < Number.MIN_SAFE_INTEGER || most > Number.MAX_SAFE_INTEGER) return kept(column, rows);
  const span = most - least;
  if (span === 0) return { cells: ZEROS, base: least };
  const type = narrowest(span);
  if (type === 'f64' || column.BYTES_PER_ELEMENT <= bytesOf(type)) return kept(column, rows);
  const cells = createColumn(type, rows);
  for (let i = 0; i < rows; i++) cells[i] = (column[i] as number) - least;
  return { cells, base: least };
}

/** Writes the first `rows` values of a sealed column into one of full width. */
export function unsealColumn(cells: Column, base: number, to: Column, rows: number): void {
  for (let i = 0; i < rows; i++) to[i] = (cells[i] as number) + base;
}

/** Bytes that a sealed column keeps for itself. */
export const columnBytes = (cells: Column) => (cells === ZEROS ? 0 : cells.byteLength);

function kept(column: Column, rows: number): SealedColumn {
  return { cells: rows === column.length ? column : column.slice(0, rows), base: 0 };
}

function narrowest(span: number): ColumnType {
  if (span <= 0xff) return 'u8';
  if (span <= 0xffff) return 'u16';
  return span <= 0xffff_ffff ? 'u32' : 'f64';
}

const BYTES: Record<ColumnType, number> = { u8: 1, u16: 2, u32: 4, f64: 8 };
const bytesOf = (type: ColumnType) => BYTES[type];
