// npm test: installs what is missing, runs the steps below in order and sums them up in the last line.
// npm test -- STEP …: only these steps, and what they need.

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { prepareChromium, preparePackages } from './prepare.mjs';

const MINUTES_MAX = 30;
const REPORTS = 'node_modules/.cache/reports';

/**
 * `commands` run one after another and stop at the first failure. `needs` names a step whose failure makes this one
 * pointless. `runner` says whose JSON report holds the number of tests; a step without one counts as one check.
 * @type {Record<string, { commands: string[], needs?: string, runner?: keyof typeof RUNNERS, browser?: true }>}
 */
const STEPS = {
  format: { commands: ['biome check --linter-enabled=false .'] },
  types: { commands: ['tsc', 'tsc -p tsconfig.engine.json'] },
  lint: { commands: ['biome lint --error-on-warnings .'] },
  layers: { commands: ['depcruise src', 'vitest run --project layers --reporter=dot'] },
  unit: { commands: ['vitest run --project unit --project dom'], runner: 'vitest' },
  browser: { commands: ['vitest run --project browser --passWithNoTests'], runner: 'vitest', browser: true },
  property: { commands: ['vitest run --project fuzz --passWithNoTests'], runner: 'vitest' },
  build: { commands: ['vite build --logLevel warn'] },
  size: { commands: ['size-limit'], needs: 'build' },
  e2e: { commands: ['playwright test'], needs: 'build', runner: 'playwright', browser: true },
};

const RUNNERS = {
  vitest: {
    /** @param {string} report */
    args: (report) => ` --reporter=default --reporter=json --outputFile.json=${report}`,
    /** @param {any} json */
    count: (json) => ({ passed: json.numPassedTests, failed: json.numFailedTests }),
  },
  playwright: {
    args: () => ' --reporter=list,json',
    /** @param {any} json */
    count: ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky }),
  },
};

process.chdir(join(import.meta.dirname, '..'));
process.env.PATH = `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH}`;
const deadlineMs = Date.now() + MINUTES_MAX * 60_000;

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in STEPS));
if (unknown.length > 0) {
  console.error(`No step is called ${unknown.join(', ')}. Steps: ${Object.keys(STEPS).join(', ')}`);
  process.exit(2);
}

const chosen = new Set(named.flatMap((name) => [name, STEPS[name]?.needs]));

preparePackages();
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

const total = { passed: 0, failed: 0 };
const summary = [];
const failedSteps = new Set();
for (const [name, step] of Object.entries(STEPS)) {
  if (chosen.size > 0 && !chosen.has(name)) continue;
  console.log(`\n── ${name} ──`);
  const startMs = Date.now();
  const { passed, failed } = await runStep(name, step);
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failedSteps.add(name);
  const seconds = ((Date.now() - startMs) / 1000).toFixed(1);
  summary.push(
    `${failed > 0 ? '✗' : '✓'} ${name.padEnd(9)}${seconds.padStart(7)} s   ${passed} passed, ${failed} failed`,
  );
  console.log(summary.at(-1));
}
console.log(`\n${summary.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/**
 * @param {string} name
 * @param {(typeof STEPS)[string]} step
 * @returns {Promise<{ passed: number, failed: number }>}
 */
async function runStep(name, { commands, needs, runner, browser }) {
  if (needs !== undefined && failedSteps.has(needs)) {
    console.log(`not run, because ${needs} failed`);
    return { passed: 0, failed: 1 };
  }
  const report = `${REPORTS}/${name}.json`;
  let succeeded = true;
  try {
    if (browser) await prepareChromium();
    for (const command of commands) {
      await execute(runner ? command + RUNNERS[runner].args(report) : command, report);
    }
  } catch (error) {
    console.error(String(error));
    succeeded = false;
  }
  if (runner === undefined) return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const { passed, failed } = readCount(report, RUNNERS[runner].count);
  // A file that fails to load has no failed test, and is a failure all the same.
  return { passed, failed: succeeded ? failed : Math.max(failed, 1) };
}

/**
 * @param {string} report
 * @param {(json: any) => { passed: number, failed: number }} count
 */
function readCount(report, count) {
  try {
    return count(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return { passed: 0, failed: 0 };
  }
}

/**
 * @param {string} command
 * @param {string} report
 * @returns {Promise<void>}
 */
function execute(command, report) {
  return new Promise((done, fail) => {
    const [program = '', ...args] = command.split(' ');
    const child = spawn(program, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
      timeout: Math.max(1, deadlineMs - Date.now()),
      env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    });
    child.on('error', fail);
    child.on('close', (code, signal) => {
      if (code === 0) done();
      else if (Date.now() >= deadlineMs) fail(new Error(`the tests took longer than ${MINUTES_MAX} minutes`));
      else fail(new Error(`${command} ended with ${code ?? signal}`));
    });
  });
}
