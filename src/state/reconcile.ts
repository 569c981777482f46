/**
 * `next` with every part that equals its counterpart in `previous` replaced by that counterpart, so that what did not
 * change keeps its identity and nobody draws it again. Members of a list are the same thing when they have the same
 * `id`, wherever they stand. For plain data, such as a view that came from the worker.
 */
export function reconcile<T>(previous: unknown, next: T): T {
  if (Object.is(previous, next)) return next;
  if (Array.isArray(previous) && Array.isArray(next)) return list(previous, next) as T;
  if (!isRecord(previous) || !isRecord(next)) return next;
  const keys = Object.keys(next);
  const parts: Record<string, unknown> = {};
  let same = keys.length === Object.keys(previous).length;
  for (const key of keys) {
    const part = reconcile(previous[key], next[key]);
    parts[key] = part;
    same &&= Object.is(part, previous[key]) && key in previous;
  }
  return (same ? previous : parts) as T;
}

function list(previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const known = new Map(previous.map((item, i) => [idOf(item, i), item]));
  const parts = next.map((item, i) => reconcile(known.get(idOf(item, i)), item));
  const same = parts.length === previous.length && parts.every((part, i) => Object.is(part, previous[i]));
  return same ? previous : parts;
}

function idOf(item: unknown, position: number): unknown {
  return isRecord(item) && typeof item.id === 'string' ? item.id : position;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  return Object.getPrototypeOf(value) === Object.prototype;
}
