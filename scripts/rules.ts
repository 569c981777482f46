// npm run rules: writes docs/rules.md from the rules, the trace kinds and the tags of the tests.

import { writeFileSync } from 'node:fs';
import { documentOf, ruleBook } from './rule-book';

const tests = import.meta.glob<string>('../src/**/*.test.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const byPath = Object.fromEntries(
  Object.entries(tests).map(([path, text]) => [path.replace('../', ''), text]),
);

writeFileSync('docs/rules.md', documentOf(ruleBook(byPath)));
