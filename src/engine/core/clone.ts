import { forkTable, type Table } from './table';

/**
 * Deep copy of plain state: objects, arrays, Maps, Sets, typed arrays and primitives. Tables are forked (their
 * chunks are shared), and objects marked `frozen: true` are immutable by promise and shared as they are.
 * Anything else (a function, a class instance) is an error: state must be data.
 */
export function cloneState<T>(value: T): T {
  return clone(value) as T;
}

function clone(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function') throw new TypeError('state must be data: a function was found');
    return value;
  }
  if (Array.isArray(value)) {
    // As below: a slice keeps the kind of elements, without holes.
    const out: unknown[] = value.slice();
    for (let i = 0; i < out.length; i++) out[i] = clone(out[i]);
    return out;
  }
  if (value instanceof Map) {
    const out = new Map<unknown, unknown>();
    for (const [key, item] of value) out.set(key, clone(item));
    return out;
  }
  if (value instanceof Set) return new Set(value);
  if (ArrayBuffer.isView(value)) return (value as Uint8Array).slice();
  const source = value as Record<string, unknown>;
  if (source.isTable === true) return forkTable(value as Table);
  if (source.frozen === true) return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`state must be data: found an instance of ${prototype.constructor?.name}`);
  }
  // A spread keeps the hidden class of the source: built key by key, larger objects would become slow dictionaries.
  const out: Record<string, unknown> = { ...source };
  for (const key in out) {
    const item = out[key];
    if (typeof item === 'object' || typeof item === 'function') out[key] = clone(item);
  }
  return out;
}
