/**
 * Append-only columnar tables whose chunks are shared by snapshots and forks.
 *
 * A table is plain data: chunks of typed columns, a length and an epoch. `forkTable` shares all chunks and moves
 * both sides to a new epoch; a write to a chunk of an older epoch copies that chunk first (copy on write), so
 * only what really changes is ever copied.
 */
export type ColumnType = 'u8' | 'u16' | 'u32' | 'f64';
type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

interface Chunk {
  epoch: number;
  columns: Column[];
}

export interface Table {
  readonly isTable: true;
  readonly types: readonly ColumnType[];
  chunks: Chunk[];
  length: number;
  /** One past the highest row ever written; behind a truncation it exceeds the length. */
  writtenTo: number;
  epoch: number;
}

const CHUNK_BITS = 10;
const CHUNK_ROWS = 1 << CHUNK_BITS;
const CHUNK_MASK = CHUNK_ROWS - 1;

/** Epochs are never reused within a process, so two forks can not mistake each other's chunks for their own. */
let lastEpoch = 0;

export function createTable(types: readonly ColumnType[]): Table {
  return { isTable: true, types, chunks: [], length: 0, writtenTo: 0, epoch: ++lastEpoch };
}

/** Adds a row of zeros and returns its number. */
export function appendRow(table: Table): number {
  const row = table.length++;
  const at = row >> CHUNK_BITS;
  if (at === table.chunks.length) table.chunks.push(createChunk(table));
  else {
    const chunk = ownChunk(table, at);
    // A row that a truncation freed still holds its old values.
    if (row < table.writtenTo) for (const column of chunk.columns) column[row & CHUNK_MASK] = 0;
  }
  if (row >= table.writtenTo) table.writtenTo = row + 1;
  return row;
}

export function getCell(table: Table, row: number, column: number): number {
  return ((table.chunks[row >> CHUNK_BITS] as Chunk).columns[column] as Column)[row & CHUNK_MASK] as number;
}

export function setCell(table: Table, row: number, column: number, value: number): void {
  const at = row >> CHUNK_BITS;
  let chunk = table.chunks[at] as Chunk;
  if (chunk.epoch !== table.epoch) chunk = ownChunk(table, at);
  (chunk.columns[column] as Column)[row & CHUNK_MASK] = value;
}

/** Drops all rows from `length` on. Their chunks stay until they are written again. */
export function truncateTable(table: Table, length: number): void {
  table.length = length;
  table.chunks.length = (length + CHUNK_MASK) >> CHUNK_BITS;
}

/** A second table with the same rows; both go on alone. Costs one reference a chunk. */
export function forkTable(table: Table): Table {
  table.epoch = ++lastEpoch;
  return { ...table, chunks: table.chunks.slice(), epoch: ++lastEpoch };
}

/** Bytes of this table's chunks, shared ones included. */
export function tableBytes(table: Table): number {
  let bytes = 0;
  for (const type of table.types) bytes += CHUNK_ROWS * BYTES[type];
  return bytes * table.chunks.length;
}

const BYTES: Record<ColumnType, number> = { u8: 1, u16: 2, u32: 4, f64: 8 };

function createChunk(table: Table): Chunk {
  const columns = table.types.map((type): Column => {
    if (type === 'u8') return new Uint8Array(CHUNK_ROWS);
    if (type === 'u16') return new Uint16Array(CHUNK_ROWS);
    if (type === 'u32') return new Uint32Array(CHUNK_ROWS);
    return new Float64Array(CHUNK_ROWS);
  });
  return { epoch: table.epoch, columns };
}

function ownChunk(table: Table, at: number): Chunk {
  const shared = table.chunks[at] as Chunk;
  if (shared.epoch === table.epoch) return shared;
  const own: Chunk = { epoch: table.epoch, columns: shared.columns.map((column) => column.slice()) };
  table.chunks[at] = own;
  return own;
}
