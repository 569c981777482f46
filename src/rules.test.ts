import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentOf, ruleBook } from '../scripts/rule-book';
import { testsByTag } from '../scripts/rule-tags';
import { allKinds } from './engine/core/kinds';

const sources = import.meta.glob<string>('./**/*.test.ts', { query: '?raw', import: 'default', eager: true });
const tests = Object.fromEntries(
  Object.entries(sources).map(([path, text]) => [path.replace('./', 'src/'), text]),
);
const book = ruleBook(tests);
const entries = [...book.sections.flatMap((section) => section.entries), ...book.environment];
const implemented = entries.filter(({ status }) => status === 'implemented');
const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);

describe('the rules', () => {
  it('are all accounted for: implemented, or consequences that are proved', () => {
    expect(ids(entries.filter(({ status }) => status === 'unaccounted'))).toEqual([]);
  });

  it('that are implemented are each named by a kind of trace entry', () => {
    expect(ids(implemented.filter(({ kinds }) => kinds.length === 0))).toEqual([]);
  });

  it('that are implemented, and consequences that are claimed, are each tested', () => {
    const claimed = entries.filter(({ status }) => status === 'implemented' || status === 'proved');
    expect(ids(claimed.filter((entry) => entry.tests.length === 0))).toEqual([]);
  });

  it('have a sentence in both languages, and a source', () => {
    expect(ids(implemented.filter(({ en, zh, source }) => en === '' || zh === '' || source === ''))).toEqual(
      [],
    );
  });

  it('that trace entries name are implemented', () => {
    const known = new Set(ids(implemented));
    const strange = allKinds().filter(({ rule }) => !known.has(rule));
    expect(strange.map(({ type, rule }) => `${type} ${rule}`)).toEqual([]);
  });

  it('that tests name exist', () => {
    const known = new Set(ids(entries));
    expect([...testsByTag(tests).keys()].filter((tag) => !known.has(tag))).toEqual([]);
  });

  it('are what docs/rules.md says; npm run rules writes it anew', () => {
    expect(readFileSync('docs/rules.md', 'utf8')).toBe(documentOf(book));
  });
});
