import { once } from 'node:events';
import { createWriteStream, readFileSync, statSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { otherVersion } from '../engine/comparison/behind';
import { comparisonMarkdown } from '../engine/comparison/spell';
import { compareVersions, type VersionsCompared } from '../engine/comparison/versions';
import { reportOf } from '../engine/report/report';
import { traceLineOf } from '../engine/report/trace-json';
import { Run } from '../engine/run';
import { parseDuration } from '../engine/scenario/duration';
import { parseScenario } from '../engine/scenario/parse';
import type { Scenario } from '../engine/scenario/types';
import { summaryOf } from './summary';

const USAGE =
  'usage: npm run -s sim -- FILE [--seed N] [--until 120s] [--report FILE|-] [--trace FILE|-] [--compare-versions [--all]]';
const FILE_BYTES_MAX = 1_048_576;
/** Without `--until` a run ends a minute behind its last action, and not before this. */
const UNTIL_US_MIN = 120_000_000;
const AFTERMATH_US = 60_000_000;
/** Entries are written after so many events, long before they leave the window. */
const EVENTS_A_SLICE = 5_000;

/** A mistake of the caller: one line, status 2. */
class Mistake extends Error {}

export interface Streams {
  readonly out: Writable;
  readonly err: Writable;
}

interface Request {
  readonly scenario: Scenario;
  readonly untilUs: number;
  readonly report: string | undefined;
  readonly trace: string | undefined;
  /** Play both versions and put their reports side by side; `all`: equal lines too. */
  readonly compare: 'differences' | 'all' | undefined;
}

/** Plays what the arguments ask for. Returns the exit status: 0, or 2 with one line on standard error. */
export async function simulate(args: string[], { out, err }: Streams): Promise<number> {
  try {
    const { scenario, untilUs, report, trace, compare } = read(args);
    if (compare !== undefined) {
      const reportTo = report === undefined ? undefined : await outputTo(report, out);
      const compared = comparedToEnd(scenario, untilUs);
      reportTo?.write(`${JSON.stringify(compared.reports, undefined, 2)}\n`);
      if (report !== '-') out.write(comparisonMarkdown(compared, 'en', compare === 'all'));
      if (reportTo !== undefined && reportTo !== out) await ended(reportTo);
      return 0;
    }
    const traceTo = trace === undefined ? undefined : await outputTo(trace, out);
    const reportTo = report === undefined ? undefined : await outputTo(report, out);
    const run = new Run(scenario);
    await play(run, untilUs, traceTo);
    const result = reportOf(run);
    reportTo?.write(`${JSON.stringify(result, undefined, 2)}\n`);
    if (report !== '-' && trace !== '-') out.write(summaryOf(scenario, result));
    for (const stream of [traceTo, reportTo]) if (stream !== undefined && stream !== out) await ended(stream);
    return 0;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    err.write(`${error.message.replaceAll(/\s*\n\s*/g, ' ')}\n`);
    return 2;
  }
}

function read(args: string[]): Request {
  const { values, positionals } = parseFlags(args);
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new Mistake(USAGE);
  if (values.report === '-' && values.trace === '-') {
    throw new Mistake('--report - and --trace - cannot share standard output');
  }
  if (values['compare-versions'] && values.trace !== undefined) {
    throw new Mistake('--compare-versions plays two runs: --trace would be of neither');
  }
  if (values.all && !values['compare-versions']) throw new Mistake('--all goes with --compare-versions');
  const scenario = readScenario(file);
  return {
    scenario: values.seed === undefined ? scenario : { ...scenario, seed: readSeed(values.seed) },
    untilUs: values.until === undefined ? endOf(scenario) : readUntil(values.until),
    report: values.report,
    trace: values.trace,
    compare: values['compare-versions'] ? (values.all ? 'all' : 'differences') : undefined,
  };
}

function parseFlags(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args,
      options: { seed: text, until: text, report: text, trace: text, 'compare-versions': flag, all: flag },
      allowPositionals: true,
    });
  } catch (error) {
    throw new Mistake(`${(error as Error).message.split('.')[0]}; ${USAGE}`);
  }
}

function readScenario(file: string): Scenario {
  let source: string;
  try {
    if (statSync(file).size > FILE_BYTES_MAX) throw new Error(`larger than ${FILE_BYTES_MAX} bytes`);
    source = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Mistake(`${file}: ${(error as Error).message}`);
  }
  const parsed = parseScenario(source);
  if (!parsed.ok) throw new Mistake(`${file}: ${parsed.problem.message.en}`);
  return parsed.scenario;
}

function readSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > 0xffff_ffff)
    throw new Mistake(`--seed ${text}: expected 0 to 4294967295`);
  return seed;
}

function readUntil(text: string): number {
  const us = parseDuration(text);
  if (us === undefined) throw new Mistake(`--until ${text}: expected a time such as 120s, 500ms or 5m`);
  return us;
}

function endOf({ actions }: Scenario): number {
  const last = actions.reduce((latest, { atUs }) => Math.max(latest, atUs ?? 0), 0);
  return Math.max(UNTIL_US_MIN, last + AFTERMATH_US);
}

/** Runs to the end; what was traced goes out slice by slice. */
async function play(run: Run, untilUs: number, traceTo: Writable | undefined): Promise<void> {
  let next = 0;
  for (let reached = false; !reached; ) {
    reached = run.advance(untilUs, EVENTS_A_SLICE);
    if (traceTo === undefined) continue;
    const lines: string[] = [];
    run.sim.window?.scan(next, run.sim.traceCount, (entry) => {
      lines.push(`${JSON.stringify(traceLineOf(run.sim.state, entry))}\n`);
      return true;
    });
    next = run.sim.traceCount;
    if (!traceTo.write(lines.join(''))) await once(traceTo, 'drain');
  }
}

function comparedToEnd(scenario: Scenario, untilUs: number): VersionsCompared {
  const { productVersion } = scenario;
  // A file that was recorded between two events has no times; they are found by playing it.
  const run = new Run(scenario, { windowEntries: 0 });
  run.advance(untilUs);
  const asked = { scenario, actions: run.actions, timesUs: run.actionsUs };
  const work = compareVersions({ ...asked, version: otherVersion(productVersion), untilUs });
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

async function outputTo(target: string, out: Writable): Promise<Writable> {
  if (target === '-') return out;
  const stream = createWriteStream(target);
  try {
    await once(stream, 'open');
  } catch (error) {
    throw new Mistake(`${target}: ${(error as Error).message}`);
  }
  return stream;
}

async function ended(stream: Writable): Promise<void> {
  stream.end();
  await finished(stream);
}
