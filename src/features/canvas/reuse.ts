/**
 * `next`, in which every part equal to its counterpart in `previous` is that counterpart, so that a component that
 * draws an unchanged part does not draw again. For plain data, such as a view that came from the worker.
 */
export function reuse<T>(previous: unknown, next: T): T {
  if (Object.is(previous, next)) return next;
  if (Array.isArray(previous) && Array.isArray(next)) {
    const parts = next.map((part, i) => reuse(previous[i], part));
    return same(parts, previous) ? (previous as T) : (parts as T);
  }
  if (!isRecord(previous) || !isRecord(next)) return next;
  const parts = Object.fromEntries(
    Object.entries(next).map(([key, part]) => [key, reuse(previous[key], part)]),
  );
  const keys = Object.keys(parts);
  const unchanged =
    keys.length === Object.keys(previous).length && keys.every((key) => Object.is(parts[key], previous[key]));
  return (unchanged ? previous : parts) as T;
}

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((part, i) => Object.is(part, b[i]));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
