// node scripts/run.mjs FILE.ts [ARGUMENT …]: runs a TypeScript program in Node, bundled by Vite as the site is,
// so that the engine it measures is the engine that the site ships, and Vite's imports work in it too.

import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) throw new Error('usage: node scripts/run.mjs FILE.ts [ARGUMENT …]');

// Inside node_modules, so that packages are found from there.
const outDir = resolve('node_modules/.cache/run', String(process.pid));
mkdirSync(outDir, { recursive: true });
process.on('exit', () => rmSync(outDir, { recursive: true, force: true }));

await build({
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: entry,
    outDir,
    target: 'node20',
    sourcemap: 'inline',
    rolldownOptions: { output: { entryFileNames: 'program.mjs' } },
  },
});

process.setSourceMapsEnabled(true);
process.argv.splice(1, process.argv.length, resolve(entry), ...args);
await import(pathToFileURL(join(outDir, 'program.mjs')).href);
