import type { How, Sign, Sql, SqlConstant } from '../../../scenario/sql-parser';

/**
 * SQL92 conditions on a message's properties, which are texts: `ComparisonExpression` and its kin. A text that is no
 * number of the constant's Java class makes the whole condition fail, whatever else it says. [FI-5]
 */

/** Value of a property; undefined when the message has none of that name. */
export type Properties = (name: string) => string | undefined;

type Value = SqlConstant;
const NULL: Value = { type: 'null' };
const truth = (value: boolean): Value => ({ type: 'boolean', truth: value });

/** Thrown where the product throws while it evaluates. */
class Incomparable extends Error {}

/** Whether the broker delivers a message with these properties. */
export function matchesSql(condition: Sql, properties: Properties): boolean {
  try {
    return isTrue(evaluate(condition, properties));
  } catch (error) {
    if (error instanceof Incomparable) return false;
    throw error;
  }
}

const isTrue = (value: Value) => value.type === 'boolean' && value.truth;
const isFalse = (value: Value) => value.type === 'boolean' && !value.truth;

function evaluate(sql: Sql, properties: Properties): Value {
  switch (sql.op) {
    case 'constant':
      return sql.value;
    case 'property':
      return propertyOf(properties, sql.name);
    case 'and':
      return and(sql.left, sql.right, properties);
    case 'or':
      return or(sql.left, sql.right, properties);
    case 'not': {
      const value = evaluate(sql.of, properties);
      return value.type === 'boolean' ? truth(!value.truth) : NULL;
    }
    case 'negate': {
      const value = evaluate(sql.of, properties);
      return 'number' in value ? { type: value.type, number: -value.number } : NULL;
    }
    case 'cast': {
      const value = evaluate(sql.of, properties);
      return value.type === 'null' ? NULL : truth(isTrue(value));
    }
    case 'isNull':
      return truth(evaluate(sql.of, properties).type === 'null');
    case 'compare':
      return compare(sql.sign, evaluate(sql.left, properties), evaluate(sql.right, properties));
    case 'in': {
      const value = properties(sql.name);
      return value === undefined ? NULL : truth(sql.texts.includes(value) !== sql.not);
    }
    case 'like': {
      const value = evaluate(sql.of, properties);
      if (sql.text === '' || value.type !== 'string') return truth(false);
      return truth(has(value.text, sql.how, sql.text) !== sql.not);
    }
  }
}

function propertyOf(properties: Properties, name: string): Value {
  const text = properties(name);
  return text === undefined ? NULL : { type: 'string', text };
}

function and(left: Sql, right: Sql, properties: Properties): Value {
  const x = evaluate(left, properties);
  if (isFalse(x)) return x;
  const y = evaluate(right, properties);
  if (isFalse(y)) return y;
  return x.type === 'null' || y.type === 'null' ? NULL : truth(true);
}

function or(left: Sql, right: Sql, properties: Properties): Value {
  const x = evaluate(left, properties);
  if (isTrue(x)) return x;
  const y = evaluate(right, properties);
  if (isTrue(y)) return y;
  return x.type === 'null' || y.type === 'null' ? NULL : truth(false);
}

function has(text: string, how: How, part: string): boolean {
  if (how === 'CONTAINS') return text.includes(part);
  return how === 'STARTSWITH' ? text.startsWith(part) : text.endsWith(part);
}

function compare(sign: Sign, left: Value, right: Value): Value {
  if (left.type === 'null' || right.type === 'null') {
    if (sign !== '=' || left.type === 'null') return NULL;
    return truth(false);
  }
  if (sign !== '=' && left.type === 'string' && right.type === 'string') {
    return truth(holds(sign, order(numberIn(left.text, 'double'), numberIn(right.text, 'double'))));
  }
  return truth(holds(sign, compared(left, right)));
}

function holds(sign: Sign, order: number): boolean {
  switch (sign) {
    case '=':
      return order === 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
  }
}

const order = (x: number | string, y: number | string) => (x < y ? -1 : x > y ? 1 : 0);

/** `__compare`: values of two kinds are brought together where the product does so; what it cannot is less. */
function compared(left: Value, right: Value): number {
  if ('number' in left) {
    if ('number' in right) return order(left.number, right.number);
    return right.type === 'string' ? order(left.number, numberIn(right.text, left.type)) : -1;
  }
  if (left.type === 'string') {
    if (right.type === 'string') return order(left.text, right.text);
    if ('number' in right) return order(numberIn(left.text, right.type), right.number);
    return right.type === 'boolean' ? order(`${isTruthText(left.text)}`, `${right.truth}`) : -1;
  }
  if (left.type === 'boolean') {
    if (right.type === 'boolean') return order(`${left.truth}`, `${right.truth}`);
    // A truth value on the left of a text: the product casts the wrong side, and fails.
    if (right.type === 'string') throw new Incomparable();
  }
  return -1;
}

const isTruthText = (text: string) => text.toLowerCase() === 'true';

const INTEGER = /^[+-]?[0-9]+$/;
const DOUBLE = /^\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[dDfF]?\s*$/;
const LIMIT = { int: 2_147_483_648n, long: 9_223_372_036_854_775_808n };

/** `Integer.valueOf`, `Long.valueOf` or `Double.valueOf`. */
function numberIn(text: string, type: 'int' | 'long' | 'double'): number {
  if (type === 'double') {
    if (!DOUBLE.test(text)) throw new Incomparable();
    return Number(text.trim().replace(/[dDfF]$/, ''));
  }
  if (!INTEGER.test(text)) throw new Incomparable();
  const value = BigInt(text.replace(/^\+/, ''));
  if (value >= LIMIT[type] || value < -LIMIT[type]) throw new Incomparable();
  return Number(value);
}
