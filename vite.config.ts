import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { lateSentences, readAhead } from './scripts/first-load.mjs';
import { plainZoom, usedPartsOfFlow } from './scripts/graph-parts.mjs';
import { lateParts } from './scripts/late-parts.mjs';

export default defineConfig({
  // Relative addresses, so that the built site also works below a sub-path.
  base: './',
  plugins: [react(), readAhead(), plainZoom(), usedPartsOfFlow()],
  worker: { format: 'es', plugins: () => [lateSentences(), lateParts()] },
  build: { target: 'es2023', modulePreload: { polyfill: false } },
});
