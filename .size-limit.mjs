import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const assets = 'dist/assets';
const names = existsSync(assets) ? readdirSync(assets) : [];
const page = existsSync('dist/index.html') ? readFileSync('dist/index.html', 'utf8') : '';

/** The page's own scripts, and what it asks for beside them before its cluster lives: the graph and the engine's worker. */
const roots = [
  ...[...page.matchAll(/src="\.\/assets\/([^"]+\.js)"/g)].map(([, name]) => name),
  ...names.filter((name) => /^(?:ClusterGraph|engine\.worker)-.*\.js$/.test(name)),
];

/** A chunk and all that it imports at once; what is imported later, on demand, does not count. */
function withImports(name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  const code = readFileSync(join(assets, name), 'utf8');
  for (const [, next] of code.matchAll(/\b(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)) {
    withImports(next, found);
  }
  return found;
}

const found = new Set();
for (const root of roots) withImports(root, found);
const alive = [...found].map((name) => join(assets, name));

export default [
  { name: 'JavaScript before the cluster lives', path: alive, gzip: true, limit: '260 kB' },
  { name: 'All code', path: [`${assets}/*.{js,css}`], gzip: true, limit: '850 kB' },
  { name: 'Whole site', path: ['dist/**/*'], gzip: false, brotli: false, limit: '4 MB' },
];
