// npm start: installs what is missing, builds the site, serves it and opens the browser.
// Options: --no-open, --port=4173

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { preparePackages } from './prepare.mjs';

const { values } = parseArgs({
  options: { 'no-open': { type: 'boolean', default: false }, port: { type: 'string', default: '4173' } },
});

process.chdir(join(import.meta.dirname, '..'));
preparePackages();
// Imported late: the package may have been installed a moment ago.
const { build, preview } = await import('vite');

await build({ logLevel: 'warn' });
const server = await preview({
  preview: { port: Number(values.port), open: !values['no-open'] && !process.env.CI },
});
console.log(`\nMQ Playground is at ${server.resolvedUrls?.local[0]} (Ctrl+C stops it)`);
