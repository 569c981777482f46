import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mutants, mutate } from '../scripts/mutation';
import { describing } from '../scripts/rule-ids';
import { testsByTag } from '../scripts/rule-tags';
import { rules } from './engine/products/rocketmq/rules';

const sources = import.meta.glob<string>(['./**/*.test.ts', '!**/*.fuzz.test.ts', '!**/*.browser.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

describe('the mutants', () => {
  it('each change one place of a file that exists', () => {
    for (const mutant of mutants) {
      expect(existsSync(mutant.file), mutant.file).toBe(true);
      const text = readFileSync(mutant.file, 'utf8');
      // Throws when the text to replace is missing, or is there twice.
      expect(mutate(text, mutant), mutant.says).not.toBe(text);
    }
  });

  it('each break a rule whose tag a test carries', () => {
    const tagged = testsByTag(sources);
    expect(mutants.filter(({ rule }) => !tagged.has(rule)).map(({ rule }) => rule)).toEqual([]);
  });

  it('leave out no rule that decides loss, duplicates, order or timing', () => {
    const held = new Set([...mutants.map(({ rule }) => rule), ...describing]);
    expect(Object.keys(rules).filter((rule) => !held.has(rule))).toEqual([]);
  });

  it('are not of rules that only describe', () => {
    expect(describing.filter((rule) => rules[rule] === undefined)).toEqual([]);
    expect(describing.filter((rule) => mutants.some((mutant) => mutant.rule === rule))).toEqual([]);
  });

  it('are each told apart by what they say', () => {
    const told = mutants.map(({ rule, says }) => `${rule} ${says}`);
    expect(told.filter((words, index) => told.indexOf(words) !== index)).toEqual([]);
  });
});
