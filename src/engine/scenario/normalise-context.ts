import { type ConfigPatch, type ConfigRole, readConfigPatch, specOf } from './config';
import { type Directory, kindOfTarget, PROCESS_KINDS } from './directory';
import { parseDuration } from './duration';
import { both, formatPath, type Path, quote, Refusal } from './problem';
import type { Machine, ProductVersion } from './rocketmq-key-spec';
import type { Note, Pair } from './types';

/** What each part of a file needs to know of the whole. Notes are collected on the way. */
export interface Context {
  readonly version: ProductVersion;
  readonly machine: Machine;
  readonly directory: Directory;
  readonly hosts: ReadonlySet<string>;
  readonly notes: Note[];
}

/** A time whose spelling the schema has checked. */
export function microseconds(text: string): number {
  return parseDuration(text)!;
}

/** A size of at most three decimals in whole parts: its thousandths are exact, and `unit` is a multiple of them. */
export function scaled(value: number, unit: number): number {
  return Math.round(value * 1_000) * (unit / 1_000);
}

/**
 * Checks a `config` against the product's own, and notes the keys that change nothing.
 * @throws Refusal
 */
export function configOf(
  role: ConfigRole,
  config: Readonly<Record<string, unknown>> | undefined,
  context: Context,
  path: Path,
): ConfigPatch {
  const patch = readConfigPatch(role, context.version, config ?? {}, path);
  for (const key of Object.keys(patch)) {
    const inert = specOf(role, key)?.inert;
    if (inert !== undefined) {
      context.notes.push({
        path: formatPath([...path, key]),
        message: both(`${key} has no effect: ${inert.en}.`, `${key} 不起作用：${inert.zh}。`),
      });
    }
  }
  return patch;
}

/** @throws Refusal for a pair that names something that is no process, or one process twice */
export function expectPair(
  between: Pair,
  { directory }: Pick<Context, 'directory'>,
  path: Path,
  roles: 'with roles' | 'ids only',
): void {
  between.forEach((id, i) => {
    kindOfTarget(directory, id, PROCESS_KINDS, [...path, i], roles);
  });
  if (between[0] !== between[1]) return;
  throw new Refusal({
    path,
    found: both(`${quote(between[0])} twice`, `两个 ${quote(between[0])}`),
    expected: both('two different processes', '两个不同的进程'),
  });
}

/**
 * The one key of several that the file gives.
 * @throws Refusal when it gives none or more than one
 */
export function exactlyOne<K extends string>(
  given: Readonly<Partial<Record<K, unknown>>>,
  keys: readonly K[],
  path: Path,
): K {
  const [first, second] = keys.filter((key) => given[key] !== undefined);
  if (first !== undefined && second === undefined) return first;
  const names = keys.map((key) => `\`${key}\``);
  const found =
    first === undefined
      ? both(`none of ${names.join(', ')}`, '一个也没有')
      : both(`both \`${first}\` and \`${second}\``, `同时写了 \`${first}\` 和 \`${second}\``);
  const expected = both(`exactly one of ${names.join(', ')}`, `${names.join('、')} 中恰好一个`);
  const where = formatPath(path);
  throw new Refusal({
    path,
    found,
    expected,
    headline: both(
      `${where}: found ${found.en}, expected ${expected.en}`,
      `${where}：${names.join('、')} 必须写一个，也只能写一个，这里${found.zh}`,
    ),
  });
}
