import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson, utf8Length } from './json';
import { findJsonError } from './json-position';
import { FILE_BYTES_MAX } from './limits';
import { type Problem, Refusal } from './problem';

function problemOf(source: unknown): Problem {
  try {
    readJson(source);
  } catch (error) {
    if (error instanceof Refusal) return error.problem;
    throw error;
  }
  throw new Error('accepted');
}

describe('text that is not JSON', () => {
  it.each([
    ['{\n  "a": 1,\n}', 'line 3, column 1'],
    ['{"a": 01}', 'line 1, column 8'],
    ["{'a': 1}", 'line 1, column 2'],
    ['[1 2]', 'line 1, column 4'],
    ['{"a" 1}', 'line 1, column 6'],
    ['// hello\n{}', 'line 1, column 1'],
    ['"a\nb"', 'line 1, column 3'],
    ['"a\\x"', 'line 1, column 3'],
    ['[tru]', 'line 1, column 2'],
    ['{} {}', 'line 1, column 4'],
    ['[1]]', 'line 1, column 4'],
    ['[1}', 'line 1, column 3'],
    ['', 'line 1, column 1'],
  ])('%j is refused at %s', (text, where) => {
    const problem = problemOf(text);
    expect(problem.path).toBe('$');
    expect(problem.found).toContain(where);
    expect(problem.remedy).toContain('not JSON');
    expect(problem.message.zh).toMatch(/第 \d+ 行第 \d+ 列/);
  });

  it('names the end of a text that was cut off', () => {
    expect(problemOf('{"a": [1, ').found).toBe('the end of the text at line 1, column 11');
  });

  it('finds a position exactly in the texts that JSON.parse refuses', () => {
    const nearlyJson = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', ']', '"', ':', '1', 'x', '\\', '\n', '{'))
      .map(
        ([text, at, typed]) =>
          text.slice(0, at % (text.length + 1)) + typed + text.slice(at % (text.length + 1)),
      );
    fc.assert(
      fc.property(nearlyJson, (text) => {
        const { offset } = findJsonError(text);
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        expect(offset).toBeLessThanOrEqual(text.length);
        // A whole JSON text is only "wrong" behind its end, where nothing more may stand.
        if (parses) expect(offset).toBe(text.length);
      }),
    );
  });

  it('survives nesting that would overflow a recursive reader', () => {
    expect(problemOf('['.repeat(500_000)).found).toContain('column 500001');
  });
});

describe('size', () => {
  it('counts UTF-8 bytes', () => {
    for (const text of ['a', 'é', '刷盘', '😀', '\ud800']) {
      expect(utf8Length(text)).toBe(text === '\ud800' ? 2 : new TextEncoder().encode(text).length);
    }
  });

  it('accepts a file of exactly 1 MiB and refuses one byte more', () => {
    const fits = JSON.stringify('x'.repeat(FILE_BYTES_MAX - 2));
    expect(readJson(fits)).toHaveLength(FILE_BYTES_MAX - 2);
    const problem = problemOf(` ${fits}`);
    expect(problem.expected).toBe('at most 1048576 bytes (1 MiB)');
    expect(problem.remedy).toContain('Split the scenario');
  });

  it('counts bytes, not characters', () => {
    expect(problemOf(JSON.stringify('盘'.repeat(400_000))).path).toBe('$');
  });

  it('refuses an object in memory that would be as large', () => {
    expect(problemOf({ text: 'x'.repeat(FILE_BYTES_MAX) }).expected).toContain('1 MiB');
  });

  it('refuses an object that is small in memory and endless on paper', () => {
    let doubled: unknown = 'x';
    for (let i = 0; i < 30; i++) doubled = [doubled, doubled];
    expect(problemOf(doubled).found).toContain('values');
  });
});

describe('hostile values', () => {
  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s at any depth', (key) => {
    const problem = problemOf(`{"actions": [{"workload": {"${key}": {"polluted": true}}}]}`);
    expect(problem.path).toBe(`actions[0].workload.${key}`);
    expect(problem.remedy).toContain('Remove it');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('refuses more than 32 levels', () => {
    expect(readJson(`${'['.repeat(32)}0${']'.repeat(32)}`)).toBeDefined();
    const problem = problemOf(`${'['.repeat(33)}0${']'.repeat(33)}`);
    expect(problem.expected).toBe('at most 32 levels');
    expect(problem.path).toBe('[0][0][0]');
  });

  it('refuses an object that holds itself', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(problemOf(loop).expected).toBe('at most 32 levels');
  });

  it.each([
    ['1e400', '{"seed": 1e400}'],
    ['NaN', { seed: Number.NaN }],
    ['Infinity', { seed: Number.POSITIVE_INFINITY }],
  ])('refuses %s', (_, source) => {
    expect(problemOf(source)).toMatchObject({ path: 'seed', expected: 'a finite number' });
  });

  it.each([
    ['a function', () => 1],
    ['a bigint', 1n],
    ['a symbol', Symbol('s')],
    ['an object', new Map()],
    ['an object', /x/],
  ])('refuses %s in memory', (found, value) => {
    expect(problemOf({ value })).toMatchObject({ path: 'value', found, expected: 'plain JSON data' });
  });

  it('reads -0 as 0, so that equal runs have equal files', () => {
    expect(Object.is(readJson('-0'), 0)).toBe(true);
  });

  it('skips a byte order mark', () => {
    expect(readJson('\ufeff{"a": 1}')).toEqual({ a: 1 });
  });
});
