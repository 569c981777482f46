import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const INEXACT = ['Math.log(x)', 'Math.random()', 'x ** 2', 'x.toLocaleString()', 'Date.now()', 'new Date()'];
const IMPURE = ['performance.now()', 'setTimeout(f, x)', 'console.log(x)', 'new Intl.Collator()'];
const PURE = ['Math.floor(x)', 'Math.sqrt(x)', 'Math.imul(x, x)', 'String(x)'];

// A lint plugin that does not load is a mere notice to Biome, so this shows that the rules still bite.
it('the linter finds what the engine must not use', () => {
  expect(linesWithErrors('src/engine/core/sample.ts', [...INEXACT, ...IMPURE])).toEqual([
    ...INEXACT,
    ...IMPURE,
  ]);
});

it('the linter lets the engine be exact, and tests be what they like', () => {
  expect(linesWithErrors('src/engine/core/sample.ts', PURE)).toEqual([]);
  expect(linesWithErrors('src/engine/core/sample.test.ts', [...INEXACT, ...IMPURE])).toEqual([]);
});

/** Lints a file of the given expressions, one a line, with the configuration of the project. */
function linesWithErrors(path: string, expressions: readonly string[]): string[] {
  const project = mkdtempSync(join(tmpdir(), 'engine-lint-'));
  try {
    for (const file of ['biome.json', 'engine-math.grit', '.gitignore'])
      copyFileSync(file, join(project, file));
    mkdirSync(join(project, path, '..'), { recursive: true });
    const lines = expressions.map(
      (expression, index) => `export const e${index} = (x, f) => [f, ${expression}];\n`,
    );
    writeFileSync(join(project, path), lines.join(''));
    const biome = resolve('node_modules/@biomejs/biome/bin/biome');
    const options = { cwd: project, encoding: 'utf8' } as const;
    const { stdout } = spawnSync(
      process.execPath,
      [biome, 'lint', '--reporter=github', '--max-diagnostics=none', '.'],
      options,
    );
    const found = [...stdout.matchAll(/^::error [^\n]*?,line=(\d+),/gm)].map(([, line]) => Number(line) - 1);
    return expressions.filter((_, index) => found.includes(index));
  } finally {
    rmSync(project, { recursive: true });
  }
}
