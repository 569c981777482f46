/** Words and signs of an SQL92 filter, as the product's own scanner tells them apart. */
export type Token =
  | { readonly kind: 'word' | 'name' | 'sign' | 'end'; readonly text: string; readonly at: number }
  | { readonly kind: 'string'; readonly text: string; readonly at: number }
  | { readonly kind: 'integer' | 'decimal'; readonly text: string; readonly at: number };

/** A text that is no condition, and where. */
export class SqlError extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}

const SKIPPED = /(?:[ \t\n\r\f]|--[^\n\r]*(?:\r\n|\n|\r)|\/\*[\s\S]*?\*\/)*/y;
const WORD = /[A-Za-z_$][A-Za-z0-9_$]*/y;
const DECIMAL = /(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+/y;
const INTEGER = /(?:0|[1-9][0-9]*)[lL]?/y;
const TEXT = /'(?:''|[^'])*'/y;
const SIGN = /<>|>=|<=|[=<>(),+-]/y;
const RESERVED = new Set([
  'NOT',
  'AND',
  'OR',
  'BETWEEN',
  'IN',
  'TRUE',
  'FALSE',
  'NULL',
  'IS',
  'CONTAINS',
  'STARTSWITH',
  'ENDSWITH',
]);

/** The token that begins at or behind a place, and where the next one may begin. @throws SqlError */
export function tokenAt(text: string, from: number): { readonly token: Token; readonly next: number } {
  const at = from + (match(SKIPPED, text, from) ?? '').length;
  if (at >= text.length) return { token: { kind: 'end', text: '', at }, next: at };
  const word = match(WORD, text, at);
  if (word !== undefined) {
    const reserved = RESERVED.has(word.toUpperCase());
    const token: Token = { kind: reserved ? 'word' : 'name', text: reserved ? word.toUpperCase() : word, at };
    return { token, next: at + word.length };
  }
  const spelled = match(TEXT, text, at);
  if (spelled !== undefined) {
    const inner = spelled.slice(1, -1).replaceAll("''", "'");
    return { token: { kind: 'string', text: inner, at }, next: at + spelled.length };
  }
  const kinds = [
    ['decimal', DECIMAL],
    ['integer', INTEGER],
    ['sign', SIGN],
  ] as const;
  for (const [kind, pattern] of kinds) {
    const found = match(pattern, text, at);
    if (found !== undefined) return { token: { kind, text: found, at }, next: at + found.length };
  }
  throw new SqlError(at, `unexpected "${text[at]}"`);
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
