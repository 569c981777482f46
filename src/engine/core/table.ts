import { type Column, type ColumnType, columnBytes, createColumn, sealColumn, unsealColumn } from './column';

export type { ColumnType } from './column';

/**
 * Append-only columnar tables whose chunks are shared by snapshots and forks, and small while they rest.
 *
 * A chunk is *open* or *sealed*. An open one has columns of full width and belongs to one table, which writes it.
 * A sealed one has its columns in their small form, is never written, and may be shared. `forkTable` seals what is
 * open and shares everything; besides, a chunk is sealed when nothing was written to it while another one was
 * filled. A write to a sealed chunk opens a copy of it first, so only what really changes is ever copied. Values
 * are the same either way, and a table is plain data.
 */
export interface Table {
  readonly isTable: true;
  readonly types: readonly ColumnType[];
  chunks: Chunk[];
  length: number;
  /** Grows with each chunk that is begun. */
  turn: number;
  /** Numbers of the open chunks. */
  open: number[];
}

interface Chunk {
  /** Turn of the table in which it was last written; `SEALED` for good. */
  turn: number;
  /** Open: cells behind the table's length are 0. */
  columns: Column[];
  /** What the cells of each column are counted from: 0 in an open chunk. */
  bases: Float64Array;
}

const SEALED = -1;
const CHUNK_BITS = 10;
const CHUNK_ROWS = 1 << CHUNK_BITS;
const CHUNK_MASK = CHUNK_ROWS - 1;
const COLUMNS_MAX = 16;
const NO_BASES = new Float64Array(COLUMNS_MAX);

export function createTable(types: readonly ColumnType[]): Table {
  if (types.length > COLUMNS_MAX) throw new RangeError(`${types.length} columns`);
  return { isTable: true, types, chunks: [], length: 0, turn: 0, open: [] };
}

/** Adds a row of zeros and returns its number. */
export function appendRow(table: Table): number {
  const row = table.length;
  const at = row >> CHUNK_BITS;
  const chunk = table.chunks[at];
  if (chunk === undefined) beginChunk(table);
  else if (chunk.turn !== table.turn) openChunk(table, at);
  table.length = row + 1;
  return row;
}

export function getCell(table: Table, row: number, column: number): number {
  const chunk = table.chunks[row >> CHUNK_BITS] as Chunk;
  const cell = (chunk.columns[column] as Column)[row & CHUNK_MASK] as number;
  return chunk.turn === SEALED ? cell + (chunk.bases[column] as number) : cell;
}

export function setCell(table: Table, row: number, column: number, value: number): void {
  const at = row >> CHUNK_BITS;
  let chunk = table.chunks[at] as Chunk;
  if (chunk.turn !== table.turn) chunk = openChunk(table, at);
  (chunk.columns[column] as Column)[row & CHUNK_MASK] = value;
}

/** Drops all rows from `length` on. */
export function truncateTable(table: Table, length: number): void {
  const chunks = (length + CHUNK_MASK) >> CHUNK_BITS;
  table.chunks.length = chunks;
  table.open = table.open.filter((at) => at < chunks);
  table.length = length;
  const last = table.chunks[chunks - 1];
  if (last !== undefined && last.turn !== SEALED && (length & CHUNK_MASK) !== 0)
    for (const column of last.columns) column.fill(0, length & CHUNK_MASK);
}

/** A second table with the same rows; both go on alone. Costs one reference a chunk, and the sealing of open ones. */
export function forkTable(table: Table): Table {
  for (const at of table.open) sealChunk(table, at);
  table.open = [];
  return { ...table, chunks: table.chunks.slice(), open: [] };
}

/** Bytes of this table's cells, shared ones included; with `from`, only of the chunks from that one on. */
export function tableBytes({ chunks }: Table, from = 0): number {
  let bytes = 0;
  for (const { columns } of chunks.slice(from)) for (const column of columns) bytes += columnBytes(column);
  return bytes;
}

function beginChunk(table: Table): void {
  const { open, turn } = table;
  table.open = open.filter((at) => {
    const rests = (table.chunks[at] as Chunk).turn !== turn;
    if (rests) sealChunk(table, at);
    return !rests;
  });
  table.turn++;
  table.open.push(table.chunks.length);
  table.chunks.push(createChunk(table));
}

function createChunk({ types, turn }: Table): Chunk {
  return { turn, columns: types.map((type) => createColumn(type, CHUNK_ROWS)), bases: NO_BASES };
}

function rowsIn(table: Table, at: number): number {
  return Math.min(CHUNK_ROWS, table.length - (at << CHUNK_BITS));
}

function sealChunk(table: Table, at: number): void {
  const chunk = table.chunks[at] as Chunk;
  const rows = rowsIn(table, at);
  const bases = new Float64Array(chunk.columns.length);
  for (let i = 0; i < bases.length; i++) {
    const { cells, base } = sealColumn(chunk.columns[i] as Column, rows);
    chunk.columns[i] = cells;
    bases[i] = base;
  }
  chunk.bases = bases;
  chunk.turn = SEALED;
}

/** The chunk, ready to be written in this turn. */
function openChunk(table: Table, at: number): Chunk {
  const chunk = table.chunks[at] as Chunk;
  if (chunk.turn !== SEALED) {
    chunk.turn = table.turn;
    return chunk;
  }
  const own = createChunk(table);
  const rows = rowsIn(table, at);
  own.columns.forEach((column, i) => {
    unsealColumn(chunk.columns[i] as Column, chunk.bases[i] as number, column, rows);
  });
  table.chunks[at] = own;
  table.open.push(at);
  return own;
}
