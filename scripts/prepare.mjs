import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { findChromium, launchOptions } from './chromium.mjs';

const WINDOWS = process.platform === 'win32';

/** Installs the packages of the lockfile unless exactly these are installed. Throws when npm fails. */
export function preparePackages() {
  const wanted = JSON.parse(readFileSync('package.json', 'utf8')).engines.node.replace('>=', '');
  if (wanted.localeCompare(process.versions.node, 'en', { numeric: true }) > 0) {
    throw new Error(`Node ${wanted} or newer is needed, this is ${process.versions.node}`);
  }
  if (packagesAreInstalled()) return;
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']);
}

/**
 * Finds a Chromium that starts, or gets one, and names it in `CHROMIUM_PATH` for the tests.
 * Throws when none can be had.
 */
export async function prepareChromium() {
  // Imported late: the package may have been installed a moment ago.
  const { chromium } = await import('@playwright/test');
  const ways = [
    () => {},
    () => run('npx', ['playwright', 'install', 'chromium'], { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '' }),
    () => {
      if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
      run('apt-get', ['update', '-qq']);
      run('apt-get', ['install', '-y', '-qq', 'chromium'], { DEBIAN_FRONTEND: 'noninteractive' });
    },
  ];
  const reasons = [];
  for (const way of ways) {
    try {
      way();
    } catch (error) {
      reasons.push(error);
      continue;
    }
    for (const path of [findChromium(), chromium.executablePath()]) {
      if (!path || !existsSync(path)) continue;
      try {
        const browser = await chromium.launch({ ...launchOptions(), executablePath: path });
        await browser.close();
        process.env.CHROMIUM_PATH = path;
        return;
      } catch (error) {
        reasons.push(error);
      }
    }
  }
  throw new AggregateError(reasons, `No Chromium to test with. ${reasons.map(String).join('\n')}`);
}

/** npm writes what it installed to a lockfile of its own; the two are compared package by package. */
function packagesAreInstalled() {
  const installedLockfile = 'node_modules/.package-lock.json';
  if (!existsSync(installedLockfile)) return false;
  const installed = JSON.parse(readFileSync(installedLockfile, 'utf8')).packages;
  const { '': _project, ...locked } = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
  // Binaries for other platforms are optional, and are rightly absent here.
  return Object.entries(locked).every(([path, { version, optional }]) =>
    path in installed ? installed[path].version === version : optional === true,
  );
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
function run(command, args, env) {
  console.log(`${command} ${args.join(' ')} …`);
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    shell: WINDOWS,
    env: { ...process.env, ...env },
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}
