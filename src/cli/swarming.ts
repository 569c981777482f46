import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serializeScenario } from '../engine/scenario/serialize';
import { type Breach, breachesOf, played, travelBreaches } from '../engine/swarm/oracle';
import type { PromiseRow } from '../engine/swarm/promise';
import { promises } from '../engine/swarm/promises';
import { shrink } from '../engine/swarm/shrink';
import { type Trial, trialFor, trialOf } from '../engine/swarm/trial';
import type { Streams } from './simulate';

const USAGE = 'usage: npm run -s swarm -- [--seeds N] [--from SEED] [--seed SEED] [--row ROW] [--out FOLDER]';
const SEED_MAX = 0xffff_ffff;
/** Every so many seeds a trial is also played through a snapshot, and must come to the same end. */
const TRAVELS_EVERY = 10;

/** A mistake of the caller: one line, status 2. */
class Mistake extends Error {}

/** What a trial breaks; `travels`: played through a snapshot besides. */
export type Oracle = (trial: Trial, travels: boolean) => readonly Breach[];

interface Request {
  readonly from: number;
  readonly seeds: number;
  readonly row: PromiseRow | undefined;
  readonly folder: string;
}

/**
 * Plays the trials of many seeds and tells of each that breaks a promise: what was broken, how to play it again, and
 * where the smallest scenario file is that still shows it. Returns the exit status.
 */
export function swarm(args: string[], { out, err }: Streams, oracle: Oracle = judged): number {
  let request: Request;
  try {
    request = read(args);
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    err.write(`${error.message}\n`);
    return 2;
  }
  const { from, seeds, row, folder } = request;
  const beganMs = Date.now();
  const hits = new Map<string, number>();
  let broken = 0;
  for (let seed = from; seed < from + seeds; seed++) {
    const trial = row === undefined ? trialOf(seed) : trialFor(row, seed);
    hits.set(trial.row.row, (hits.get(trial.row.row) ?? 0) + 1);
    const [breach] = oracle(trial, seed % TRAVELS_EVERY === 0);
    if (breach === undefined) continue;
    broken++;
    out.write(`✗ ${trial.row.row}, seed ${seed}: ${breach.text}\n`);
    out.write(`  again: npm run -s swarm -- --row "${trial.row.row}" --seed ${seed}\n`);
    const file = shrunk(trial, breach, oracle, folder);
    out.write(`  smaller: ${file}; import it in the playground, or npm run -s sim -- ${file}\n`);
  }
  const fewest = [...hits].sort(([, x], [, y]) => x - y)[0];
  const seconds = ((Date.now() - beganMs) / 1000).toFixed(1);
  out.write(
    `${seeds} seeds, ${hits.size} of ${promises.length} rows, the rarest ${fewest?.[1] ?? 0} times (${fewest?.[0] ?? ''}): ` +
      `${broken === 0 ? 'every promise held' : `${broken} broken`}, ${seconds} s\n`,
  );
  return broken === 0 ? 0 : 1;
}

function judged(trial: Trial, travels: boolean): readonly Breach[] {
  try {
    const run = played(trial);
    return [...breachesOf(trial, run), ...(travels ? travelBreaches(trial, run) : [])];
  } catch (error) {
    return [{ what: 'exception', text: String(error) }];
  }
}

/** Writes the smallest scenario that breaks the same promise; its file. */
function shrunk(trial: Trial, { what }: Breach, oracle: Oracle, folder: string): string {
  const travels = what === 'other end';
  const smallest = shrink(trial, (smaller) =>
    oracle(smaller, travels).some((breach) => breach.what === what),
  );
  mkdirSync(folder, { recursive: true });
  const name = `${trial.row.row.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${trial.seed}-${what.replaceAll(' ', '-')}`;
  const file = join(folder, `${name}.json`);
  writeFileSync(file, `${JSON.stringify(serializeScenario(smallest.scenario), undefined, 2)}\n`);
  return `${file} --until ${Math.ceil(smallest.untilUs / 1_000_000)}s`;
}

function read(args: string[]): Request {
  const text = { type: 'string' } as const;
  let values: { seeds?: string; from?: string; seed?: string; row?: string; out?: string };
  try {
    ({ values } = parseArgs({
      args,
      options: { seeds: text, from: text, seed: text, row: text, out: text },
    }));
  } catch (error) {
    throw new Mistake(`${(error as Error).message.split('.')[0]}; ${USAGE}`);
  }
  const { seeds = '1000', from = '1', seed, row, out } = values;
  const named = promises.find((each) => each.row === row);
  if (row !== undefined && named === undefined) throw new Mistake(`--row ${row}: no row of the table`);
  return {
    from: readNumber('--from', seed ?? from),
    seeds: seed === undefined ? readNumber('--seeds', seeds) : 1,
    row: named,
    folder: out ?? join('node_modules', '.cache', 'swarm'),
  };
}

function readNumber(flag: string, text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > SEED_MAX)
    throw new Mistake(`${flag} ${text}: expected 0 to ${SEED_MAX}`);
  return value;
}
