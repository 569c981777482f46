import type { LocalizedText } from './localized-text';
import { both } from './problem';

/** Where a text stops being JSON: a position in UTF-16 units, and what could have stood there. */
export interface JsonError {
  readonly offset: number;
  readonly expected: LocalizedText;
}

const EXPECTED = {
  value: both('a JSON value', '一个 JSON 值'),
  valueOrEnd: both('a JSON value or "]"', '一个 JSON 值或 "]"'),
  key: both('a key in double quotes', '双引号中的键'),
  keyOrEnd: both('a key in double quotes or "}"', '双引号中的键或 "}"'),
  colon: both('":"', '":"'),
  nextItem: both('"," or "]"', '"," 或 "]"'),
  nextField: both('"," or "}"', '"," 或 "}"'),
  end: both('the end of the file', '文件结尾'),
  text: both('a string that ends on its line, with valid escapes', '在本行结束且转义正确的字符串'),
} as const;

type State = Exclude<keyof typeof EXPECTED, 'text'>;

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Finds the first mistake of a text that JSON.parse has refused. Runs without recursion, whatever the nesting. */
export function findJsonError(text: string): JsonError {
  const open: ('{' | '[')[] = [];
  let state = 'value' as State;
  let at = 0;

  const matchEnd = (pattern: RegExp): number => {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : -1;
  };
  const afterValue = (): State => {
    const inside = open.at(-1);
    return inside === undefined ? 'end' : inside === '{' ? 'nextField' : 'nextItem';
  };

  for (;;) {
    at = matchEnd(SPACE);
    const next = text[at];
    const closes =
      next === '}'
        ? state === 'keyOrEnd' || state === 'nextField'
        : state === 'valueOrEnd' || state === 'nextItem';
    if ((next === '}' || next === ']') && closes) {
      open.pop();
      state = afterValue();
      at += 1;
    } else if (next === '"' && state !== 'colon' && !isNext(state)) {
      const end = endOfString(text, at);
      if (end.mistake) return { offset: end.offset, expected: EXPECTED.text };
      at = end.offset;
      state = state === 'key' || state === 'keyOrEnd' ? 'colon' : afterValue();
    } else if ((next === '{' || next === '[') && isValue(state)) {
      open.push(next);
      state = next === '{' ? 'keyOrEnd' : 'valueOrEnd';
      at += 1;
    } else if (next === ':' && state === 'colon') {
      state = 'value';
      at += 1;
    } else if (next === ',' && (state === 'nextField' || state === 'nextItem')) {
      state = state === 'nextField' ? 'key' : 'value';
      at += 1;
    } else {
      const end = isValue(state) ? matchEnd(SCALAR) : -1;
      if (end === -1) return { offset: at, expected: EXPECTED[state] };
      at = end;
      state = afterValue();
    }
  }
}

function isValue(state: State): boolean {
  return state === 'value' || state === 'valueOrEnd';
}

function isNext(state: State): boolean {
  return state === 'nextField' || state === 'nextItem' || state === 'end';
}

function endOfString(text: string, start: number): { offset: number; mistake: boolean } {
  let at = start + 1;
  for (;;) {
    const unit = text.charCodeAt(at);
    if (text[at] === '"') return { offset: at + 1, mistake: false };
    if (Number.isNaN(unit) || unit < 0x20) return { offset: at, mistake: true };
    if (text[at] === '\\') {
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(text)) return { offset: at, mistake: true };
      at = ESCAPE.lastIndex;
    } else {
      at += 1;
    }
  }
}
