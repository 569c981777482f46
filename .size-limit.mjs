import { existsSync, readFileSync } from 'node:fs';

const page = 'dist/index.html';
const html = existsSync(page) ? readFileSync(page, 'utf8') : '';
/** What the browser fetches before it can draw anything: the files that the page itself names. */
const first = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => `dist/${path}`);

export default [
  { name: 'First paint', path: first, gzip: true, limit: '260 kB' },
  { name: 'All code', path: ['dist/assets/*.{js,css}'], gzip: true, limit: '600 kB' },
  { name: 'Whole site', path: ['dist/**/*'], gzip: false, brotli: false, limit: '4 MB' },
];
