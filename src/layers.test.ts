import { expect, it } from 'vitest';

/**
 * What each part of the source may import besides itself, most special folder first. `type:` allows the shape only:
 * lessons stay data, and the screen cannot run an engine on the main thread.
 */
const MAY_IMPORT: readonly (readonly [part: string, imports: string])[] = [
  ['engine/core', ''],
  ['engine/view.ts', 'engine/core'],
  ['engine/details.ts', 'engine/view.ts'],
  ['engine/model', 'engine/core engine/view.ts'],
  ['engine/product.ts', 'engine/core engine/model engine/view.ts engine/details.ts type:engine/scenario'],
  ['engine/scenario', 'engine/core engine/model engine/view.ts'],
  ['engine/checkers', 'engine/core engine/model engine/view.ts type:engine/product.ts'],
  [
    'engine/products/*',
    'engine/core engine/model engine/view.ts engine/details.ts engine/product.ts engine/scenario',
  ],
  ['engine', 'engine'],
  ['worker', 'engine'],
  ['content', 'type:engine'],
  ['i18n', 'content ui/format'],
  ['state', 'worker engine content i18n'],
  ['ui', ''],
  ['features/*', 'state ui content i18n type:engine type:worker'],
  ['app', 'features state ui content i18n worker type:engine'],
  ['cli', 'engine content worker'],
  ['main.tsx', 'app ui i18n'],
];

/** A test plays real scenarios on the real engine, wherever it lies, and holds documents to the code. */
const TESTS_MAY_IMPORT = ['engine', 'worker', 'content', 'docs'];

const sources = import.meta.glob<string>(['./**/*.{ts,tsx}', '!./*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

it('sees the source', () => {
  expect(Object.keys(sources)).toContain('./main.tsx');
});

it('every file lies in a part that has a rule', () => {
  expect(Object.keys(sources).filter((file) => ruleOf(file) === undefined)).toEqual([]);
});

it('every import points down the layers', () => {
  expect(Object.entries(sources).flatMap(([file, text]) => importsUpward(file, text))).toEqual([]);
});

it.each([
  ['./engine/core/step.ts', "import { Time } from '../model/time';"],
  ['./engine/products/kafka/log.ts', "import { append } from '../rocketmq/commit-log';"],
  ['./features/canvas/Canvas.tsx', "import { Chart } from '../charts/Chart';"],
  ['./features/canvas/Canvas.tsx', "import { step } from '../../engine/core/step';"],
  ['./ui/Button.tsx', "export { t } from '../i18n/t';"],
  ['./state/store.ts', "const lazy = import('../app/App');"],
  ['./worker/host.ts', "import '../state/store';"],
])('%s may not say %s', (file, text) => {
  expect(importsUpward(file, text)).toHaveLength(1);
});

it.each([
  ['./engine/products/kafka/log.ts', "import type { Product } from '../../product';"],
  ['./features/canvas/Canvas.tsx', "import type { Trace } from '../../engine/core/trace';"],
  ['./features/canvas/Canvas.tsx', "import { dots } from './dots';"],
  ['./content/lessons/lessons.test.ts', "import { play } from '../../worker/play';"],
])('%s may say %s', (file, text) => {
  expect(importsUpward(file, text)).toEqual([]);
});

function importsUpward(file: string, text: string): string[] {
  const from = ruleOf(file);
  if (from === undefined) return [];
  const imports = isTest(file) ? [...from.imports, ...TESTS_MAY_IMPORT] : from.imports;
  return [...importsIn(text)].flatMap(({ path, typeOnly }) => {
    const target = new URL(path, `file:///${file}`).pathname.slice(1);
    const allowed = imports.some((entry) => {
      const part = entry.replace('type:', '');
      return (part === entry || typeOnly) && isInside(target, part);
    });
    return allowed || isInside(target, from.folder) ? [] : [`${file} → ${path}`];
  });
}

function* importsIn(text: string): Iterable<{ path: string; typeOnly: boolean }> {
  const statement = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'(\.[^']*)'/gm;
  for (const [, type, path] of text.matchAll(statement)) yield { path: path!, typeOnly: type !== undefined };
  for (const [, path] of text.matchAll(/\bimport\(\s*'(\.[^']*)'/g)) yield { path: path!, typeOnly: false };
  for (const [, path] of text.matchAll(/\bnew URL\(\s*'(\.[^']*)',\s*import\.meta\.url/g)) {
    yield { path: path!, typeOnly: false };
  }
}

/** The first rule that the file falls under; `folder` is the part with its `*` filled in. */
function ruleOf(file: string): { folder: string; imports: string[] } | undefined {
  for (const [part, imports] of MAY_IMPORT) {
    const pattern = new RegExp(`^\\./(${part.replace('.', '\\.').replace('*', '[^/]+(?=/)')})(?:/|$)`);
    const folder = pattern.exec(file)?.[1];
    if (folder !== undefined) return { folder, imports: imports.split(' ').filter(Boolean) };
  }
  return undefined;
}

/** A test, or a fixture that only tests import. */
function isTest(file: string): boolean {
  return /\.(?:test|fixture)\.tsx?$/.test(file);
}

function isInside(target: string, part: string): boolean {
  return target === part || `${target}.ts` === part || target.startsWith(`${part}/`);
}
