import { SqlError, type Token, tokenAt } from './sql-tokens';

/**
 * SQL92 filters as RocketMQ compiles them (`SelectorParser.jj`): the same grammar, the same refusals. What stands behind
 * a complete condition is not read, there as here.
 */
export type Sql =
  | { readonly op: 'constant'; readonly value: SqlConstant }
  | { readonly op: 'property'; readonly name: string }
  | { readonly op: 'and' | 'or'; readonly left: Sql; readonly right: Sql }
  | { readonly op: 'not' | 'negate' | 'cast' | 'isNull'; readonly of: Sql }
  | { readonly op: 'compare'; readonly sign: Sign; readonly left: Sql; readonly right: Sql }
  | { readonly op: 'in'; readonly name: string; readonly texts: readonly string[]; readonly not: boolean }
  | {
      readonly op: 'like';
      readonly how: How;
      readonly of: Sql;
      readonly text: string;
      readonly not: boolean;
    };

export type Sign = '=' | '>' | '>=' | '<' | '<=';
export type How = 'CONTAINS' | 'STARTSWITH' | 'ENDSWITH';
/** Numbers keep their Java class: what a property's text is read as hangs on it. */
export type SqlConstant =
  | { readonly type: 'int' | 'long' | 'double'; readonly number: number }
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'boolean'; readonly truth: boolean }
  | { readonly type: 'null' };

export interface ParsedSql {
  readonly condition: Sql;
  /** What stands behind the condition and is ignored. */
  readonly ignored: string;
}

const INT_MAX = 2_147_483_647;
const LONG_MAX = 9_223_372_036_854_775_807n;
const HOWS: readonly string[] = ['CONTAINS', 'STARTSWITH', 'ENDSWITH'];
const SIGNS: readonly string[] = ['>', '>=', '<', '<='];

/** @throws SqlError for what the broker would not compile */
export function parseSql(text: string): ParsedSql {
  const reader: Reader = { text, next: 0 };
  const condition = asBoolean(orExpression(reader), reader);
  return { condition, ignored: text.slice(peek(reader).at).trim() };
}

interface Reader {
  readonly text: string;
  next: number;
}

const peek = ({ text, next }: Reader): Token => tokenAt(text, next).token;

function take(reader: Reader): Token {
  const { token, next } = tokenAt(reader.text, reader.next);
  reader.next = next;
  return token;
}

const isWord = ({ kind, text }: Token, word: string) => kind === 'word' && text === word;
const isSign = ({ kind, text }: Token, sign: string) => kind === 'sign' && text === sign;

function expectSign(reader: Reader, sign: string): void {
  const token = take(reader);
  if (!isSign(token, sign)) throw new SqlError(token.at, `"${sign}" expected`);
}

function expectWord(reader: Reader, word: string): void {
  const token = take(reader);
  if (!isWord(token, word)) throw new SqlError(token.at, `${word} expected`);
}

function expectText(reader: Reader): string {
  const token = take(reader);
  if (token.kind !== 'string') throw new SqlError(token.at, 'a text in single quotes expected');
  return token.text;
}

function isBoolean(sql: Sql): boolean {
  if (sql.op === 'constant') return sql.value.type === 'boolean' || sql.value.type === 'null';
  return sql.op !== 'property' && sql.op !== 'negate';
}

/** A property may stand for a condition; it is a text and therefore never true. */
function asBoolean(sql: Sql, reader: Reader): Sql {
  if (isBoolean(sql)) return sql;
  if (sql.op === 'property') return { op: 'cast', of: sql };
  throw new SqlError(reader.next, 'a condition expected');
}

function orExpression(reader: Reader): Sql {
  let left = andExpression(reader);
  while (isWord(peek(reader), 'OR')) {
    take(reader);
    const right = andExpression(reader);
    left = { op: 'or', left: asBoolean(left, reader), right: asBoolean(right, reader) };
  }
  return left;
}

function andExpression(reader: Reader): Sql {
  let left = equality(reader);
  while (isWord(peek(reader), 'AND')) {
    take(reader);
    const right = equality(reader);
    left = { op: 'and', left: asBoolean(left, reader), right: asBoolean(right, reader) };
  }
  return left;
}

function equality(reader: Reader): Sql {
  let left = comparison(reader);
  for (;;) {
    const token = peek(reader);
    if (isSign(token, '=') || isSign(token, '<>')) {
      take(reader);
      const equal = equals(left, comparison(reader), token.at);
      left = token.text === '=' ? equal : { op: 'not', of: equal };
    } else if (isWord(token, 'IS')) {
      take(reader);
      const not = isWord(peek(reader), 'NOT');
      if (not) take(reader);
      expectWord(reader, 'NULL');
      const isNull: Sql = { op: 'isNull', of: left };
      left = not ? { op: 'not', of: isNull } : isNull;
    } else return left;
  }
}

function equals(left: Sql, right: Sql, at: number): Sql {
  for (const side of [left, right]) {
    if (side.op === 'constant' && side.value.type === 'null')
      throw new SqlError(at, 'NULL cannot be compared: write IS NULL');
  }
  if (left.op === 'constant' && right.op === 'constant' && isBoolean(left) && !isBoolean(right))
    throw new SqlError(at, 'a truth value cannot be compared with another value');
  return { op: 'compare', sign: '=', left, right };
}

function ordered(sign: Sign, left: Sql, right: Sql, at: number): Sql {
  for (const side of [left, right]) {
    if (isBoolean(side) || (side.op === 'constant' && side.value.type === 'string'))
      throw new SqlError(at, `"${sign}" compares numbers`);
  }
  return { op: 'compare', sign, left, right };
}

function comparison(reader: Reader): Sql {
  let left = unary(reader);
  for (;;) {
    const begin = reader.next;
    const token = take(reader);
    const not = isWord(token, 'NOT');
    const verb = not ? take(reader) : token;
    if (!not && verb.kind === 'sign' && SIGNS.includes(verb.text)) {
      left = ordered(verb.text as Sign, left, unary(reader), verb.at);
    } else if (verb.kind === 'word' && HOWS.includes(verb.text)) {
      left = { op: 'like', how: verb.text as How, of: left, text: expectText(reader), not };
    } else if (isWord(verb, 'BETWEEN')) left = between(reader, left, not, verb.at);
    else if (isWord(verb, 'IN')) left = membership(reader, left, not, verb.at);
    else {
      reader.next = begin;
      return left;
    }
  }
}

function between(reader: Reader, value: Sql, not: boolean, at: number): Sql {
  const low = unary(reader);
  expectWord(reader, 'AND');
  const high = unary(reader);
  if (not) return { op: 'or', left: ordered('<', value, low, at), right: ordered('>', value, high, at) };
  const isNumber = (sql: Sql) => sql.op === 'constant' && 'number' in sql.value;
  if (isNumber(low) && isNumber(high) && numberOf(high) < numberOf(low))
    throw new SqlError(at, 'the lower bound of BETWEEN stands first');
  return { op: 'and', left: ordered('>=', value, low, at), right: ordered('<=', value, high, at) };
}

function numberOf(sql: Sql): number {
  return sql.op === 'constant' && 'number' in sql.value ? sql.value.number : Number.NaN;
}

function membership(reader: Reader, left: Sql, not: boolean, at: number): Sql {
  expectSign(reader, '(');
  const texts = [expectText(reader)];
  while (isSign(peek(reader), ',')) {
    take(reader);
    texts.push(expectText(reader));
  }
  expectSign(reader, ')');
  if (left.op !== 'property') throw new SqlError(at, 'IN needs a property on its left');
  return { op: 'in', name: left.name, texts, not };
}

function unary(reader: Reader): Sql {
  const token = take(reader);
  if (isSign(token, '+')) return unary(reader);
  if (isSign(token, '-')) return { op: 'negate', of: unary(reader) };
  if (isWord(token, 'NOT')) return { op: 'not', of: asBoolean(unary(reader), reader) };
  if (isSign(token, '(')) {
    const inner = orExpression(reader);
    expectSign(reader, ')');
    return inner;
  }
  if (token.kind === 'name') return { op: 'property', name: token.text };
  return { op: 'constant', value: constant(token) };
}

function constant({ kind, text, at }: Token): SqlConstant {
  if (kind === 'string') return { type: 'string', text };
  if (kind === 'decimal') {
    const number = Number(text);
    // The product compares with `Double.MIN_VALUE`, the smallest number above 0: it refuses 0.0.
    if (number === 0 || !Number.isFinite(number)) throw new SqlError(at, `${text} is out of range`);
    return { type: 'double', number };
  }
  if (kind === 'integer') {
    const digits = text.replace(/[lL]$/, '');
    if (BigInt(digits) > LONG_MAX) throw new SqlError(at, `${text} is out of range`);
    const number = Number(digits);
    return { type: number <= INT_MAX ? 'int' : 'long', number };
  }
  if (kind === 'word' && (text === 'TRUE' || text === 'FALSE'))
    return { type: 'boolean', truth: text === 'TRUE' };
  if (kind === 'word' && text === 'NULL') return { type: 'null' };
  throw new SqlError(at, kind === 'end' ? 'it ends too early' : `unexpected "${text}"`);
}
