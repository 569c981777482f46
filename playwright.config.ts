import { defineConfig } from '@playwright/test';
import { launchOptions } from './scripts/chromium.mjs';

const port = Number(process.env.E2E_PORT ?? 4317);
const baseURL = `http://localhost:${port}`;

/** The specs open the built site, so `vite build` comes first. */
export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // A test takes seconds; how many is the machine's affair.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL,
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    launchOptions: launchOptions(),
    trace: 'retain-on-failure',
  },
  webServer: { command: `vite preview --port ${port} --strictPort`, url: baseURL, timeout: 20_000 },
});
