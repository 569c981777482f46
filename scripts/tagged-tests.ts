import { resolve } from 'node:path';
import { createVitest, type TestCase, type Vitest } from 'vitest/node';
import { type Mutant, mutate } from './mutation';
import { testsByTag } from './rule-tags';

const texts = import.meta.glob<string>(
  ['../src/**/*.test.ts', '!**/*.fuzz.test.ts', '!**/*.browser.test.ts'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);
const filesOf = testsByTag(
  Object.fromEntries(Object.entries(texts).map(([path, text]) => [path.replace('../', ''), text])),
);

/** A mutant that takes longer has made a loop without an end. */
const SECONDS_MAX = 120;

/** What came of a run, up to the first failure. */
export interface Ran {
  readonly failed: readonly TestCase[];
  /** Of test files that could not be loaded, and outside of tests. */
  readonly errors: readonly string[];
}

/** The tests that carry tags of rules, run on the engine as it is or with a mutant in it. */
export class TaggedTests {
  private active: Mutant | undefined;
  // Of one run only: Vitest itself keeps the results of files that a later run did not come to.
  private failed: TestCase[] = [];
  private errors: string[] = [];
  private vitest: Promise<Vitest> | undefined;

  async run(rules: readonly string[], mutant?: Mutant): Promise<Ran> {
    this.vitest ??= this.start();
    const vitest = await this.vitest;
    const changed = [this.active, mutant].flatMap((each) => each ?? []);
    for (const { file } of changed) vitest.invalidateFile(resolve(file));
    this.active = mutant;
    this.failed = [];
    this.errors = [];
    const files = new Set(rules.flatMap((rule) => filesOf.get(rule) ?? []));
    const project = vitest.getRootProject();
    vitest.setGlobalTestNamePattern(new RegExp(rules.map((rule) => `\\[${rule}\\]`).join('|')));
    const watchdog = mutant === undefined ? undefined : setTimeout(giveUp, SECONDS_MAX * 1000);
    await vitest.runTestSpecifications([...files].map((file) => project.createSpecification(resolve(file))));
    clearTimeout(watchdog);
    return { failed: this.failed, errors: this.errors };
  }

  async close(): Promise<void> {
    await (await this.vitest)?.close();
  }

  private start(): Promise<Vitest> {
    const reporter = {
      onTestCaseResult: (test: TestCase) => {
        if (test.result().state === 'failed') this.failed.push(test);
      },
      onTestRunEnd: (modules: Iterable<{ errors(): Named[] }>, unhandled: Iterable<Named>) => {
        for (const module of modules) this.errors.push(...module.errors().map(({ message }) => message));
        for (const { message } of unhandled) this.errors.push(message);
      },
    };
    const plugin = {
      name: 'mutant',
      enforce: 'pre' as const,
      transform: (text: string, id: string) =>
        this.active !== undefined && id === resolve(this.active.file) ? mutate(text, this.active) : undefined,
    };
    return createVitest(
      'test',
      {
        config: false,
        watch: false,
        environment: 'node',
        // Threads end with this process, whatever loop a mutant has made of the engine.
        pool: 'threads',
        maxWorkers: 2,
        bail: 1,
        testTimeout: 60_000,
        reporters: [reporter],
      },
      { plugins: [plugin] },
    );
  }
}

/** The thread of such a mutant cannot be stopped but with the process. */
function giveUp(): void {
  console.error(`\nIts tests have not ended within ${SECONDS_MAX} s: choose another mutation.`);
  process.exit(1);
}

interface Named {
  readonly message: string;
}
