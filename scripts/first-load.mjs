import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst, runnerImport } from 'vite';

const ENGINE = 'src/engine';
const SENTENCES = 'src/worker/sentences.ts';
const READ_AHEAD = 'src/content/scenarios/read-ahead.ts';
const FIRST_SCENARIO = 'src/content/scenarios/architecture-tour.json';

/** @type {(id: string, path: string) => boolean} */
const isAt = (id, path) => id.endsWith(`/${path}`);
/** @type {(id: string, code: string) => boolean} */
const definesKinds = (id, code) =>
  id.includes(`/${ENGINE}/`) && !id.endsWith('.test.ts') && /= defineKind\(/.test(code);

/**
 * Takes the sentences out of the kinds of trace entries: nine tenths of what a kind is made of are words, and the first
 * picture shows none of them. They are written beside their kinds and shipped in the module `src/worker/sentences.ts`.
 * @returns {import('vite').Plugin}
 */
export function lateSentences() {
  return {
    name: 'late-sentences',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      if (!isAt(id, SENTENCES)) return null;
      const sentences = readdirSync(ENGINE, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .sort()
        .map((name) => ({ id: `/${ENGINE}/${name}`, code: readFileSync(join(ENGINE, name), 'utf8') }))
        .filter((file) => definesKinds(file.id, file.code))
        .flatMap(({ id, code }) => sentencesIn(code, id).map(({ type, say }) => `'${type}': ${say}`));
      return `export const sentences = {${sentences.join(',\n')}};`;
    },
    transform(code, id) {
      if (!definesKinds(id, code)) return null;
      let rest = code;
      for (const { start, end } of sentencesIn(code, id).reverse())
        rest = rest.slice(0, start) + rest.slice(end);
      return { code: rest, map: null };
    },
  };
}

/**
 * `say`: source text of the words. `start`, `end`: where the property stands, with the comma behind it.
 * @typedef {{ type: string, say: string, start: number, end: number }} Sentence
 */

/**
 * The sentences of the kinds that a module defines, in order. Throws where a kind is not written as all others are.
 * @param {string} code
 * @param {string} id
 * @returns {Sentence[]}
 */
function sentencesIn(code, id) {
  return parseAst(code, { lang: 'ts' }).body.flatMap((statement) => {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declared?.type !== 'VariableDeclaration') return [];
    return declared.declarations.flatMap(({ init }) => {
      if (init?.type !== 'CallExpression' || !isNamed(init.callee, 'defineKind')) return [];
      const [type, , options] = init.arguments;
      const say = options?.type === 'ObjectExpression' && options.properties.find(isSay);
      if (type?.type !== 'Literal' || !say) throw new Error(`${id}: a kind without a type or a sentence`);
      const { start, end, value } = say;
      const comma = /^\s*,/.exec(code.slice(end))?.[0].length ?? 0;
      return [{ type: String(type.value), say: code.slice(value.start, value.end), start, end: end + comma }];
    });
  });
}

/** @type {(node: import('vite').ESTree.Node, name: string) => boolean} */
const isNamed = (node, name) => node.type === 'Identifier' && node.name === name;
/** @type {(property: import('vite').ESTree.ObjectPropertyKind) => property is import('vite').ESTree.ObjectProperty} */
const isSay = (property) => property.type === 'Property' && isNamed(property.key, 'say');

/**
 * Reads the scenario of a first visit while the site is built: the page then needs no parser before its picture.
 * @returns {import('vite').Plugin}
 */
export function readAhead() {
  return {
    name: 'read-ahead',
    apply: 'build',
    async load(id) {
      if (!isAt(id, READ_AHEAD)) return null;
      /** @type {{ module: typeof import('../src/engine/scenario/parse') }} */
      const { module } = await runnerImport('./src/engine/scenario/parse.ts', {
        configFile: false,
        logLevel: 'warn',
      });
      const parsed = module.parseScenario(readFileSync(FIRST_SCENARIO, 'utf8'));
      if (!parsed.ok) throw new Error(`${FIRST_SCENARIO}: ${parsed.problem.message.en}`);
      const { scenario, notes } = parsed;
      return `export const READ_AHEAD = ${JSON.stringify({ scenario, notes }, asWritten)};`;
    },
  };
}

/**
 * Refuses what JSON would silently write as null.
 * @param {string} key
 * @param {unknown} value
 */
function asWritten(key, value) {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${key} is ${value}`);
  return value;
}
