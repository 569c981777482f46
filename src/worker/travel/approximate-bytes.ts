import { type Table, tableBytes } from '../../engine/core/table';

/**
 * About how much memory plain data keeps alive on its own. Objects that are immutable by promise (`frozen`) and the
 * chunks of tables are shared between snapshots; of a table the last chunk counts, which the next write replaces by a copy.
 */
export function approximateBytes(value: unknown): number {
  if (typeof value === 'string') return 16;
  if (typeof value !== 'object' || value === null) return 8;
  if (ArrayBuffer.isView(value)) return value.byteLength + 64;
  if (Array.isArray(value)) return sum(value, 32);
  if (value instanceof Map) {
    let bytes = 64;
    for (const [key, item] of value) bytes += 24 + approximateBytes(key) + approximateBytes(item);
    return bytes;
  }
  if (value instanceof Set) return 64 + 32 * value.size;
  const fields = value as { isTable?: true; frozen?: true };
  if (fields.isTable === true) {
    const table = value as Table;
    return 64 + 8 * table.chunks.length + tableBytes(table, table.chunks.length - 1);
  }
  return fields.frozen === true ? 8 : sum(Object.values(value), 32);
}

function sum(items: readonly unknown[], own: number): number {
  let bytes = own;
  for (const item of items) bytes += 8 + approximateBytes(item);
  return bytes;
}
