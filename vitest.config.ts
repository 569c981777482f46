import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig } from 'vitest/config';
import { launchOptions } from './scripts/chromium.mjs';

const FUZZ = 'src/**/*.fuzz.test.ts';
const LAYERS = ['src/layers.test.ts', 'src/engine-lint.test.ts'];
const BROWSER = 'src/**/*.browser.test.ts';

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'layers', environment: 'node', include: LAYERS } },
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.ts'],
          exclude: [...configDefaults.exclude, FUZZ, BROWSER, ...LAYERS],
          // Some play minutes of a busy cluster; how long that takes is the machine's affair, not the test's.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'fuzz',
          environment: 'node',
          include: [FUZZ],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'happy-dom',
          include: ['src/**/*.dom.test.tsx'],
          // Testing Library takes the page down after each test only when it finds a global afterEach.
          globals: true,
          setupFiles: ['scripts/patient-dom.ts'],
          testTimeout: 60_000,
        },
      },
      {
        // The same engine in a real browser: what a run digests to must not depend on where it ran.
        extends: true,
        test: {
          name: 'browser',
          include: [BROWSER],
          globalSetup: ['scripts/node-digest.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: launchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
