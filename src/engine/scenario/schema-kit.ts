/** Building blocks of the file's schema, and the way from zod's issues to a problem that a reader can act on. */
import * as z from 'zod/mini';
import { parseDuration } from './duration';
import type { LocalizedText } from './localized-text';
import { nearest } from './nearest';
import { both, describeValue, type Path, placeOf, quote, Refusal, zhJoin } from './problem';

// zod would compile checks with `new Function`, which a strict content security policy forbids.
z.config({ jitless: true });

/** What a schema wants, in words. */
interface Expectation {
  readonly expected: LocalizedText;
  readonly remedy?: LocalizedText;
  readonly choices?: readonly string[];
}

type Schema = z.core.$ZodType;
const expectations = new WeakMap<Schema, Expectation>();

function expecting<S extends Schema>(schema: S, expectation: Expectation): S {
  expectations.set(schema, expectation);
  return schema;
}

/** Text a person may read: no control characters, nothing that turns the writing direction. */
const READABLE = /^[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]*$/u;

export function text(lengthMax: number) {
  return expecting(z.string().check(z.maxLength(lengthMax), z.regex(READABLE)), {
    expected: both(
      `text of at most ${lengthMax} characters, without control characters`,
      `不超过 ${lengthMax} 个字符的文本，不含控制字符`,
    ),
  });
}

/** Like `text`, with line breaks and tabs. */
export function body(lengthMax: number) {
  const readable = /^(?:[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]|[\t\n])*$/u;
  return expecting(z.string().check(z.maxLength(lengthMax), z.regex(readable)), {
    expected: both(
      `text of at most ${lengthMax} characters, without control characters but line breaks and tabs`,
      `不超过 ${lengthMax} 个字符的文本，除换行和制表符外不含控制字符`,
    ),
  });
}

export function named(pattern: RegExp, expected: LocalizedText, remedy?: LocalizedText) {
  return expecting(z.string().check(z.regex(pattern)), remedy ? { expected, remedy } : { expected });
}

export function pair<S extends z.ZodMiniType>(item: S) {
  return expecting(z.tuple([item, item]), { expected: both('a list of two ids', '两个 id 的列表') });
}

export function integer(min: number, max: number) {
  return expecting(z.int().check(z.gte(min), z.lte(max)), {
    expected: both(`an integer from ${min} to ${max}`, `${min} 到 ${max} 的整数`),
  });
}

/** A number that is a whole multiple of one thousandth, so that it becomes exact units of the engine. */
export function decimal(min: number, max: number) {
  const thousandths = (value: number) => Math.abs(value * 1_000 - Math.round(value * 1_000)) < 1e-4;
  return expecting(z.number().check(z.gte(min), z.lte(max), z.refine(thousandths)), {
    expected: both(
      `a number from ${min} to ${max} with at most three decimals`,
      `${min} 到 ${max} 的数，最多三位小数`,
    ),
  });
}

export function duration() {
  return expecting(z.string().check(z.refine((value) => parseDuration(value) !== undefined)), {
    expected: both(
      'a time such as "5s" or "400ms", at most one year',
      '形如 "5s" 或 "400ms" 的时间，不超过一年',
    ),
    remedy: both(
      'Write a number with a unit, in quotes: us, ms, s, m or h',
      '请写成带单位的数并加引号：us、ms、s、m 或 h',
    ),
  });
}

export function choice<const V extends readonly [string, ...string[]]>(values: V) {
  const list = values.map(quote);
  const expected = both(`one of ${list.join(', ')}`, `${list.join('、')} 之一`);
  return expecting(z.enum(values), { expected, choices: values });
}

export function flag() {
  return expecting(z.boolean(), { expected: both('true or false', 'true 或 false') });
}

/** A chance as [a, b]: a in b. */
export function chance() {
  const part = () => z.int().check(z.gte(0), z.lte(1_000_000));
  const ratio = z.tuple([part(), part()]).check(z.refine(([a, b]) => a <= b && b >= 1));
  return expecting(ratio, {
    expected: both(
      'a chance [a, b] of integers with 0 ≤ a ≤ b and b ≥ 1',
      '概率 [a, b]，两个整数，0 ≤ a ≤ b 且 b ≥ 1',
    ),
    remedy: both('One in ten is [1, 10]', '十分之一写作 [1, 10]'),
  });
}

export function list<S extends z.ZodMiniType>(item: S, lengthMax: number, lengthMin: 0 | 1 = 0) {
  return expecting(z.array(item).check(z.minLength(lengthMin), z.maxLength(lengthMax)), {
    expected: both(`a list of ${lengthMin} to ${lengthMax} entries`, `${lengthMin} 到 ${lengthMax} 项的列表`),
  });
}

export function object<Shape extends z.core.$ZodShape>(shape: Shape) {
  return expecting(z.strictObject(shape), { expected: both('an object in braces', '花括号中的对象') });
}

/** An object whose keys are judged elsewhere. */
export function record() {
  return expecting(z.record(z.string(), z.unknown()), {
    expected: both('an object in braces', '花括号中的对象'),
  });
}

/** An object with names of the file's own choice, whose values are all of one kind. */
export function mapOf<S extends z.ZodMiniType>(item: S, entriesMax: number) {
  const fewEnough = (map: object) => Object.keys(map).length <= entriesMax;
  return expecting(z.record(z.string(), item).check(z.refine(fewEnough)), {
    expected: both(`an object of at most ${entriesMax} entries`, `不超过 ${entriesMax} 项的对象`),
  });
}

/** One of several shapes that differ in kind, at most one of them an object. */
export function either<const Options extends readonly z.ZodMiniType[]>(
  options: Options,
  expected: LocalizedText,
) {
  return expecting(z.union(options), { expected });
}

/** Schemas of the `do` of unions, for the words of a refusal. */
const discriminators = new WeakMap<Schema, Schema>();

/** Objects told apart by their `do`. */
export function unionByDo<
  const Options extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]],
>(options: Options, names: readonly [string, ...string[]]) {
  const union = expecting(z.discriminatedUnion('do', options), {
    expected: both('an action: an object with `do`', '一个操作：带有 `do` 的对象'),
  });
  discriminators.set(union, choice(names));
  return union;
}

/**
 * The value as the schema's type.
 * @throws Refusal for the first mistake; an unknown key goes before a missing one, which it may be misspelt
 */
export function readAs<S extends z.ZodMiniType>(schema: S, value: unknown, base: Path): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!;
  const inner = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const path = [...base, ...inner];
  const at = locate(schema, value, inner);
  if (issue.code === 'unrecognized_keys') throw unknownField(at, issue.keys[0]!, path);

  const found = inner.reduce<unknown>(
    (inside, key) => (inside as Record<string, unknown> | undefined)?.[key],
    value,
  );
  throw mistaken(expectations.get(at)!, found, path);
}

function mistaken({ expected, remedy, choices }: Expectation, found: unknown, path: Path): Refusal {
  const complaint = { path, found: describeValue(found), expected };
  if (typeof found !== 'string') return new Refusal({ ...complaint, remedy });
  const near = choices && nearest(found, choices);
  return new Refusal({
    ...complaint,
    remedy: near === undefined ? remedy : both(`Did you mean ${quote(near)}?`, `是不是 ${quote(near)}？`),
  });
}

function unknownField(schema: Schema, key: string, path: Path): Refusal {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const known = def.type === 'object' ? Object.keys(def.shape) : [];
  const where = placeOf(path);
  const shown = `\`${quote(key).slice(1, -1)}\``;
  const near = nearest(key, known);
  return new Refusal({
    path: [...path, key],
    found: both(`the key ${shown}`, `键 ${shown}`),
    expected: both(`one of ${known.join(', ')}`, `${known.join('、')} 之一`),
    headline: both(
      `unknown key ${shown} at ${where.en}, which may hold ${known.join(', ')}`,
      `${zhJoin(where.zh, '中有未知的键')} ${shown}；这里可以写 ${known.join('、')}`,
    ),
    remedy: near === undefined ? undefined : both(`Did you mean \`${near}\`?`, `是不是 \`${near}\`？`),
  });
}

/** The schema that judged the value at a path: the union itself where none of its options fits. */
function locate(schema: Schema, value: unknown, path: Path): Schema {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'optional') return locate(def.innerType, value, path);
  if (def.type === 'union') {
    const byDo = discriminators.get(schema);
    const option = byDo === undefined ? objectOption(def.options, path) : optionFor(def.options, value);
    if (option !== undefined) return locate(option, value, path);
    return byDo !== undefined && path[0] === 'do' ? byDo : schema;
  }
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  const inside = (value as Record<string, unknown>)[key];
  if (def.type === 'object') return locate(def.shape[key]!, inside, rest);
  if (def.type === 'array') return locate(def.element, inside, rest);
  if (def.type === 'record') return locate(def.valueType, inside, rest);
  return schema;
}

/** The option of `either` that a place inside the value belongs to. */
function objectOption(options: readonly Schema[], path: Path): Schema | undefined {
  if (path.length === 0) return undefined;
  return options.find((option) => (option as z.core.$ZodTypes)._zod.def.type === 'object');
}

function optionFor(options: readonly Schema[], value: unknown): Schema | undefined {
  const deed = (value as { do?: unknown } | null)?.do;
  return options.find((option) => {
    const { def } = (option as z.core.$ZodTypes)._zod;
    const literal =
      def.type === 'object' ? (def.shape.do as z.core.$ZodTypes | undefined)?._zod.def : undefined;
    return literal?.type === 'literal' && literal.values.some((allowed) => allowed === deed);
  });
}
