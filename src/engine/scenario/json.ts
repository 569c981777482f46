import { findJsonError } from './json-position';
import { DEPTH_MAX, FILE_BYTES_MAX, VALUES_MAX } from './limits';
import { both, describeValue, type Path, plain, Refusal } from './problem';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads text, or checks a value handed over in memory, as harmless JSON: bounded in bytes, depth and count,
 * finite numbers, no keys that reach into prototypes. The result is a fresh copy.
 * @throws Refusal
 */
export function readJson(source: unknown): Json {
  if (typeof source !== 'string') {
    const copy = plainCopy(source);
    refuseTooLarge(JSON.stringify(copy));
    return copy;
  }
  refuseTooLarge(source);
  return plainCopy(parseText(source.startsWith('\ufeff') ? source.slice(1) : source));
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Each browser words this error differently, and some name no position; so the position is found here.
    const { offset, expected } = findJsonError(text);
    const before = text.slice(0, offset).split('\n');
    const [line, column] = [before.length, before.at(-1)!.length + 1];
    const next = text.codePointAt(offset);
    const found =
      next === undefined
        ? both('the end of the text', '文本结尾')
        : describeValue(String.fromCodePoint(next));
    throw new Refusal({
      path: [],
      found: both(
        `${found.en} at line ${line}, column ${column}`,
        `第 ${line} 行第 ${column} 列的 ${found.zh}`,
      ),
      expected,
      remedy: both(
        'The file is not JSON: comments and trailing commas are not part of JSON',
        '文件不是 JSON：JSON 里没有注释，也不能以逗号结尾',
      ),
    });
  }
}

/** Bytes of the text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Both halves of a surrogate pair count two: together the four bytes of their character.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}

function refuseTooLarge(text: string): void {
  const bytes = text.length > FILE_BYTES_MAX ? text.length : utf8Length(text);
  if (bytes > FILE_BYTES_MAX) throw tooLarge(both(`${bytes} bytes or more`, `至少 ${bytes} 字节`));
}

function tooLarge(found: Refusal['problem']['message']): Refusal {
  return new Refusal({
    path: [],
    found,
    expected: both(`at most ${FILE_BYTES_MAX} bytes (1 MiB)`, `不超过 ${FILE_BYTES_MAX} 字节（1 MiB）`),
    remedy: both('Split the scenario, or record fewer actions', '请拆分场景，或减少录下的操作'),
  });
}

/** Keys with a meaning of their own to JavaScript. No field is called so; a file with one means harm or a mistake. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

function plainCopy(root: unknown): Json {
  let values = 0;

  function copy(value: unknown, path: Path): Json {
    values += 1;
    if (values > VALUES_MAX)
      throw tooLarge(both(`more than ${VALUES_MAX} values`, `超过 ${VALUES_MAX} 个值`));
    if (path.length > DEPTH_MAX) {
      throw new Refusal({
        // The full path of a bomb helps nobody.
        path: path.slice(0, 3),
        found: both(`more than ${DEPTH_MAX} levels of nesting`, `超过 ${DEPTH_MAX} 层的嵌套`),
        expected: both(`at most ${DEPTH_MAX} levels`, `最多 ${DEPTH_MAX} 层`),
      });
    }
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return finite(value, path);
    if (Array.isArray(value)) return Array.from(value, (item, index) => copy(item, [...path, index]));
    if (typeof value !== 'object' || !isPlain(value)) throw notJson(value, path);
    const result: Record<string, Json> = {};
    for (const [key, item] of Object.entries(value)) {
      if (FORBIDDEN_KEYS.has(key)) throw forbidden(key, path);
      if (item !== undefined) result[key] = copy(item, [...path, key]);
    }
    return result;
  }

  return copy(root, []);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function finite(value: number, path: Path): number {
  // 1e400 is read as Infinity. Adding zero turns -0, which JSON can say, into 0.
  if (Number.isFinite(value)) return value + 0;
  throw new Refusal({
    path,
    found: plain(String(value)),
    expected: both('a finite number', '有限的数'),
    remedy: both('Write a number that fits a double', '请写双精度浮点数范围内的数'),
  });
}

function forbidden(key: string, path: Path): Refusal {
  return new Refusal({
    path: [...path, key],
    found: both(`the key \`${key}\``, `键 \`${key}\``),
    expected: both('a field of the scenario format', '场景格式中的字段'),
    remedy: both('Remove it: this key is refused everywhere', '请删除：这个键在任何位置都不接受'),
  });
}

function notJson(value: unknown, path: Path): Refusal {
  return new Refusal({
    path,
    found: describeValue(value),
    expected: both('plain JSON data', '纯 JSON 数据'),
  });
}
