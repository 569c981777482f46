import { allKinds } from '../src/engine/core/kinds';
import { environmentRules } from '../src/engine/model/env-rules';
import { rules } from '../src/engine/products/rocketmq/rules';
// Defines the kinds of the product and of the judges.
import '../src/engine/products/rocketmq';
import '../src/engine/run';
import { type Mutant, mutants } from './mutation';
import { sections } from './rule-ids';
import { testsByTag } from './rule-tags';

/** Every rule with where it stands: what docs/rules.md says, and what a test checks. */
export interface RuleEntry {
  readonly id: string;
  readonly status: 'implemented' | 'proved' | 'unaccounted';
  readonly en: string;
  readonly zh: string;
  readonly source: string;
  /** Types of the trace entries that name it. */
  readonly kinds: readonly string[];
  /** Test files that carry its tag. */
  readonly tests: readonly string[];
  /** Ways in which it was broken to see that a test notices. */
  readonly mutants: readonly Mutant[];
}

export interface RuleBook {
  readonly sections: readonly { readonly title: string; readonly entries: readonly RuleEntry[] }[];
  readonly environment: readonly RuleEntry[];
}

/** `tests`: the text of every test file, by its path from the root of the repository. */
export function ruleBook(tests: Readonly<Record<string, string>>): RuleBook {
  const tagged = testsByTag(tests);
  const kinds = kindsByRule();
  const common = (id: string) => ({
    id,
    kinds: kinds.get(id) ?? [],
    tests: tagged.get(id) ?? [],
    mutants: mutants.filter(({ rule }) => rule === id),
  });
  return {
    sections: sections.map(({ prefix, title, ids, are }) => ({
      title: `${prefix} — ${title}`,
      entries: ids.map((number) => {
        const id = `${prefix}-${number}`;
        return { ...common(id), ...standing(id, are === 'consequences') };
      }),
    })),
    environment: Object.entries(environmentRules).map(([id, rule]) => ({
      ...common(id),
      status: 'implemented' as const,
      ...rule,
    })),
  };
}

function standing(id: string, isConsequence: boolean): Pick<RuleEntry, 'status' | 'en' | 'zh' | 'source'> {
  const rule = rules[id];
  if (rule !== undefined) return { status: 'implemented', ...rule };
  return { status: isConsequence ? 'proved' : 'unaccounted', en: '', zh: '', source: '' };
}

function kindsByRule(): Map<string, string[]> {
  const byRule = new Map<string, string[]>();
  for (const { rule, type } of allKinds()) byRule.set(rule, [...(byRule.get(rule) ?? []), type].sort());
  return byRule;
}

/** docs/rules.md. */
export function documentOf({ sections: parts, environment }: RuleBook): string {
  const all = parts.flatMap(({ entries }) => entries);
  const count = (status: RuleEntry['status']) => all.filter((entry) => entry.status === status).length;
  return `${[
    '# Rules',
    '',
    '<!-- Written by `npm run rules`; a test fails when it is out of date. -->',
    '',
    'Every step of the engine names the rule that made it happen. This page lists each rule of the behaviour',
    'reference for Apache RocketMQ 5.3.3 (and 4.9.8, where they differ) with the class and method that it was read',
    'from, the trace entries that name it, and the tests that carry its tag.',
    '',
    `Of ${all.length} rules, ${count('implemented')} are implemented and ${count('proved')} are consequences that tests prove.`,
    '',
    `Where a rule decides loss, duplicates, order or timing, it was also broken on purpose: \`npm run mutants\` runs ${mutants.length} such`,
    'mutants against the tests that carry the tag of their rule, and each must fail one of them.',
    '',
    '每一步都注明它所依据的规则。本页列出 Apache RocketMQ 5.3.3（以及有差异之处的 4.9.8）行为参考中的全部规则：',
    '出自哪个类和方法，哪些轨迹条目引用它，哪些测试带有它的标签，以及用来检验这些测试的变异（Mutant）。',
    '',
    ...parts.flatMap(({ title, entries }) => sectionOf(title, entries)),
    ...sectionOf('EN — Environment and judges', environment),
  ].join('\n')}`;
}

function sectionOf(title: string, entries: readonly RuleEntry[]): string[] {
  const named = (status: RuleEntry['status']) => entries.filter((entry) => entry.status === status);
  const shown = named('implemented');
  const proved = named('proved');
  return [
    `## ${title}`,
    '',
    ...(shown.length === 0 ? [] : [...shown.flatMap(entryOf), '']),
    ...(proved.length === 0
      ? []
      : [
          'Consequences of other rules, proved by tests:',
          '',
          ...proved.map(({ id, tests }) => `- **${id}** ${filesOf(tests)}`),
          '',
        ]),
  ];
}

function entryOf({ id, en, zh, source, kinds, tests, mutants }: RuleEntry): string[] {
  return [
    `- **${id}** ${en}`,
    `  ${zh}`,
    `  <br>Source: ${source}. Entries: ${kinds.map((kind) => `\`${kind}\``).join(', ') || 'none'}. Tests: ${filesOf(tests)}`,
    ...mutants.map(({ says }) => `  <br>Mutant: ${says}.`),
  ];
}

const filesOf = (tests: readonly string[]) =>
  tests.map((file) => `\`${file.replace(/^.*\//, '')}\``).join(', ') || 'none';
