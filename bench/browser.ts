import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CDPSession, chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { launchOptions } from '../scripts/chromium.mjs';
import { reportEngine } from './engine';
import { line, megabytes, milliseconds, percentile } from './measure';
import type { BenchPage, Dots } from './page/page';
import { busyFile } from './scenario';

const outDir = resolve('node_modules/.cache/bench-page');
const TEN_MINUTES_US = 600_000_000;
const HOUR_US = 3_600_000_000;
const SEEKS = 100;
const FILM_MS = 5_000;
const PLAY_MS = 5_000;
/** The hour is measured this often. */
const MEMORY_EACH_US = 300_000_000;
/** When the hour takes longer, the rest is left out, and the line says so. */
const HOUR_WALL_MS_MAX = 150_000;

/** What a person meets: the same measures in Chromium, on the site as it is built. */
export async function benchBrowser(): Promise<void> {
  const { executablePath, args } = launchOptions();
  if (!existsSync(executablePath ?? chromium.executablePath())) {
    line('Chromium', 'not found', 'browser benchmarks are left out (CHROMIUM_PATH names one)');
    return;
  }
  await build({
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, rolldownOptions: { input: 'bench/page/index.html' } },
  });
  const server = await preview({
    logLevel: 'warn',
    build: { outDir },
    preview: {
      port: 0,
      // Memory is measured only for a page that is isolated from others.
      headers: {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      },
    },
  });
  const browser = await chromium.launch({
    executablePath,
    args: [...args, '--enable-blink-features=ForceEagerMeasureMemory'],
  });
  const fresh = async (part: (page: Page) => Promise<void>) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${server.resolvedUrls?.local[0]}bench/page/index.html`);
    await page.waitForSelector('.react-flow__node');
    await part(page);
    const warnings = await page.evaluate(() => bench.warnings());
    if (warnings.length > 0)
      line('warnings of the page: do not trust these', `${warnings.length}`, warnings[0]);
    await context.close();
  };
  try {
    await fresh(benchSpeed);
    await fresh(benchSeek);
    await fresh(benchFrames);
    await fresh(benchMemory);
  } finally {
    await browser.close();
    await server.close();
  }
}

/** The handle of the page, inside the page. */
declare const bench: BenchPage;

async function benchSpeed(page: Page): Promise<void> {
  reportEngine(await page.evaluate(() => bench.engineSpeeds()), 'Chromium’s worker');
}

async function benchSeek(page: Page): Promise<void> {
  await page.evaluate((file) => bench.open(file), busyFile());
  const wholeMs = await page.evaluate((us) => bench.seek(us), TEN_MINUTES_US);
  const spentMs: number[] = [];
  let draw = 1;
  for (let i = 0; i < SEEKS; i++) {
    draw = (Math.imul(draw, 1_103_515_245) + 12_345) >>> 0;
    const timeUs = Math.floor((draw / 2 ** 32) * TEN_MINUTES_US);
    spentMs.push(await page.evaluate((us) => bench.seek(us), timeUs));
  }
  line('ten minutes at 1,000 msg/s, for the first time', `${(wholeMs / 1_000).toFixed(1)} s`);
  line(
    'seek to a random moment of them, to the drawn frame, p95',
    milliseconds(percentile(spentMs, 0.95)),
    `median ${milliseconds(percentile(spentMs, 0.5))} (goal p95 100 ms)`,
  );
}

interface Film {
  readonly frames: number;
  /** Milliseconds of script a frame. */
  readonly scriptMs: number;
  /** Share of the time that the main thread worked. */
  readonly busy: number;
}

async function film(page: Page, session: CDPSession, dots: Dots): Promise<Film> {
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    return { script: of('ScriptDuration'), task: of('TaskDuration'), at: of('Timestamp') };
  };
  const before = await read();
  const frames = await page.evaluate(([kind, ms]) => bench.film(kind, ms), [dots, FILM_MS] as const);
  const after = await read();
  return {
    frames,
    scriptMs: ((after.script - before.script) * 1_000) / frames,
    busy: (after.task - before.task) / (after.at - before.at),
  };
}

async function benchFrames(page: Page): Promise<void> {
  await page.evaluate(() => bench.stage());
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await film(page, session, 'canvas'); // warms up
  const none = await film(page, session, 'none');
  const canvas = await film(page, session, 'canvas');
  const react = await film(page, session, 'react');
  const perSecond = ({ frames }: Film) => `${((frames * 1_000) / FILM_MS).toFixed(0)} frames/s`;
  const own = canvas.scriptMs - none.scriptMs;
  const peer = react.scriptMs - none.scriptMs;
  line(
    'script a frame for 2,000 moving messages, 40 nodes',
    milliseconds(own),
    `1/${(peer / own).toFixed(0)} of the same as React state, ${milliseconds(peer)} (goal 1 ms)`,
  );
  line(
    'script a frame of the whole screen with them',
    milliseconds(canvas.scriptMs),
    `${perSecond(canvas)}, React ${perSecond(react)} (goal 5 ms)`,
  );
  line(
    'main thread busy, with raster by the processor',
    `${(canvas.busy * 100).toFixed(0)} %`,
    `${(none.busy * 100).toFixed(0)} % without messages, React ${(react.busy * 100).toFixed(0)} % (goal 50 % without raster)`,
  );
}

async function benchMemory(page: Page): Promise<void> {
  await page.evaluate((file) => bench.open(file), busyFile({ actions: [] }));
  const played = await page.evaluate((ms) => bench.playFor(ms), PLAY_MS);
  line(
    'virtual seconds a second while the page shows them',
    (played / 1e6 / (PLAY_MS / 1_000)).toFixed(0),
    '1,000 msg/s, 1,000 times asked for',
  );
  const endMs = performance.now() + HOUR_WALL_MS_MAX;
  let us = 0;
  let peak = 0;
  let last = 0;
  while (us < HOUR_US && performance.now() < endMs) {
    us += MEMORY_EACH_US;
    await page.evaluate((to) => bench.seek(to), us);
    last = await page.evaluate(() => bench.memory());
    peak = Math.max(peak, last);
  }
  line(
    `memory after ${us === HOUR_US ? 'one virtual hour' : `${us / 60e6} virtual minutes (no time for more)`}`,
    megabytes(last),
    `page and worker, heaps and array buffers; highest seen ${megabytes(peak)} (goal 300 MB)`,
  );
}
