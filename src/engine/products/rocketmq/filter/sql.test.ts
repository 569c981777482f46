import { describe, expect, it } from 'vitest';
import { checkSql } from '../../../scenario/sql';
import { parseSql } from '../../../scenario/sql-parser';
import { matchesSql } from './sql';

const matches = (expression: string, properties: Readonly<Record<string, string>>) =>
  matchesSql(parseSql(expression).condition, (name) => properties[name]);

describe('[FI-5] an SQL92 condition', () => {
  it.each([
    ['a > 5', { a: '6' }, true],
    ['a > 5', { a: '5' }, false],
    ['a >= 5 AND a <= 5', { a: '5' }, true],
    ['a BETWEEN 1 AND 3', { a: '3' }, true],
    ['a NOT BETWEEN 1 AND 3', { a: '3' }, false],
    ["a = 'x'", { a: 'x' }, true],
    ["a <> 'x'", { a: 'x' }, false],
    ["a = 'it''s'", { a: "it's" }, true],
    ["a IN ('x', 'y')", { a: 'y' }, true],
    ["a NOT IN ('x', 'y')", { a: 'y' }, false],
    ['a IS NULL', {}, true],
    ['a IS NOT NULL', { a: '' }, true],
    ['a = TRUE', { a: 'True' }, true],
    ['TRUE', {}, true],
    ['NOT (a = 1 OR b = 2)', { a: '3', b: '4' }, true],
    ['a = 1 OR b = 2 AND c = 3', { a: '1', b: '0', c: '0' }, true],
    ['a > -5', { a: '-4' }, true],
    ['a > 1.5', { a: '1.6' }, true],
    ['a > b', { a: '10', b: '9' }, true],
    ["a CONTAINS 'b'", { a: 'abc' }, true],
    ["a NOT STARTSWITH 'b'", { a: 'abc' }, true],
    ["a ENDSWITH 'bc'", { a: 'abc' }, true],
  ] as const)('%s of %o is %s', (expression, properties, expected) => {
    expect(matches(expression, properties)).toBe(expected);
  });

  it('is unknown, and so does not match, where a property is missing', () => {
    expect(matches('a > 5', {})).toBe(false);
    expect(matches('NOT (a > 5)', {})).toBe(false);
    expect(matches("a <> 'x'", {})).toBe(false);
    expect(matches("a > 5 OR b = 'y'", { b: 'y' })).toBe(true);
  });

  it("fails as a whole over a text that is no number of the constant's kind", () => {
    expect(matches('a > 5', { a: '5.5' })).toBe(false);
    expect(matches('a > 5', { a: '3000000000' })).toBe(false);
    expect(matches('a > 5 OR b = 1', { a: 'many', b: '1' })).toBe(false);
    expect(matches('a > 5.0', { a: '5.5' })).toBe(true);
  });

  it('knows no truth in a bare property', () => {
    expect(matches('a', { a: 'true' })).toBe(false);
  });
});

describe('[FI-5] the file is refused where the broker would not compile', () => {
  it.each(['a >', 'a == 5', "a > 'x'", 'a = NULL', '5', 'a IN (1, 2)', 'a BETWEEN 3 AND 1', "'x", 'a > 0.0'])(
    '%s',
    (expression) => expect(checkSql(expression)?.en).toContain('character'),
  );

  it('what stands behind a condition is ignored, there as here', () => {
    expect(parseSql("a LIKE 'x%'")).toMatchObject({ condition: { op: 'cast' }, ignored: "LIKE 'x%'" });
    expect(checkSql("a LIKE 'x%'")).toBeUndefined();
  });
});
