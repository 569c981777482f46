// npm run mutants [-- RULE|SECTION …]: breaks the engine in one place at a time and runs the tests that carry the tag
// of the rule which stands there. A mutant that no test notices has survived, and the program ends with status 1.

import type { TestCase } from 'vitest/node';
import { type Mutant, mutants } from './mutation';
import { type Ran, TaggedTests } from './tagged-tests';

type Outcome =
  | { readonly is: 'killed'; readonly by: string }
  | { readonly is: 'survived' }
  /** It does not run at all, or fails otherwise than by an assertion: that proves nothing about the rule. */
  | { readonly is: 'broken'; readonly reason: string };

async function main(named: readonly string[]): Promise<number> {
  const unknown = named.filter((name) => !mutants.some((mutant) => isOf(mutant, name)));
  if (unknown.length > 0) {
    console.error(`No mutant is of ${unknown.join(', ')}. Name rules (BR-12) or sections (BR).`);
    return 2;
  }
  const chosen =
    named.length === 0 ? mutants : mutants.filter((mutant) => named.some((name) => isOf(mutant, name)));
  const tests = new TaggedTests();
  try {
    const rules = [...new Set(chosen.map(({ rule }) => rule))];
    console.log(`The tests of ${rules.length} rules, with the engine as it is …`);
    const { failed, errors } = await tests.run(rules);
    if (failed.length + errors.length > 0) {
      console.error(
        `${[...failed.map(titleOf), ...errors].join('\n')}\nNothing can be told while these fail.`,
      );
      return 1;
    }
    console.log(`They pass. ${chosen.length} mutants, one after another:`);
    const outcomes: Outcome[] = [];
    for (const mutant of chosen) {
      process.stdout.write(`  ${mutant.rule.padEnd(6)} ${mutant.says} … `);
      const startMs = Date.now();
      const run = async () => outcomeOf(await tests.run([mutant.rule], mutant));
      // A run that its first failure ended may still load a file as it was when the next one begins.
      const first = await run();
      const outcome = first.is === 'survived' ? await run() : first;
      outcomes.push(outcome);
      console.log(`${wordsOf(outcome)} (${((Date.now() - startMs) / 1000).toFixed(1)} s)`);
    }
    return sumUp(chosen, outcomes);
  } finally {
    await tests.close();
  }
}

function isOf({ rule }: Mutant, name: string): boolean {
  return rule === name || rule.startsWith(`${name}-`);
}

function outcomeOf({ failed, errors }: Ran): Outcome {
  const asserted = failed.find((test) => test.result().errors?.some(isAssertion));
  if (asserted !== undefined) return { is: 'killed', by: titleOf(asserted) };
  const reasons = failed.flatMap((test) => (test.result().errors ?? []).map(({ message }) => message));
  const [reason] = [...errors, ...reasons];
  return reason === undefined ? { is: 'survived' } : { is: 'broken', reason };
}

/** An expectation that failed; comparing sizes, Vitest throws a TypeError when there is nothing to compare. */
function isAssertion({ name, message }: { readonly name?: string; readonly message: string }): boolean {
  return name === 'AssertionError' || message.startsWith('actual value must be');
}

function titleOf(test: TestCase): string {
  return `${test.module.relativeModuleId.replace(/^.*\//, '')}: ${test.name}`;
}

function wordsOf(outcome: Outcome): string {
  if (outcome.is === 'killed') return 'killed';
  return outcome.is === 'survived' ? 'SURVIVED' : `BROKEN: ${outcome.reason}`;
}

function sumUp(chosen: readonly Mutant[], outcomes: readonly Outcome[]): number {
  console.log(`\n${'rule'.padEnd(8)}killed by`);
  chosen.forEach(({ rule }, index) => {
    const outcome = outcomes[index]!;
    console.log(`${rule.padEnd(8)}${outcome.is === 'killed' ? outcome.by : wordsOf(outcome)}`);
  });
  const count = (is: Outcome['is']) => outcomes.filter((outcome) => outcome.is === is).length;
  if (count('broken') > 0)
    console.log(`\n${count('broken')} broken: they fail by themselves and say nothing`);
  console.log(`\n${count('killed')} killed, ${count('survived')} survived`);
  return count('killed') === chosen.length ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
