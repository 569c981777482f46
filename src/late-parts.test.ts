import { mkdtempSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lateSentences } from '../scripts/first-load.mjs';
import { lateParts } from '../scripts/late-parts.mjs';
import { catalog } from './content/scenarios/catalog';
import { firstEntry } from './content/scenarios/first';
import { Run } from './engine/run';
import { parseScenario } from './engine/scenario/parse';
import type { Scenario } from './engine/scenario/types';
import { DIGESTED } from './worker/fixtures/digested';
import type { joinParts } from './worker/late-parts';
import { Session } from './worker/session';

/** The engine as the built worker has it: some of its parts are not there before `joinParts`. */
const BUILT = `
  export { Run } from '/src/engine/run';
  export { Session } from '/src/worker/session';
  export { joinParts } from '/src/worker/late-parts';`;
const ENTRY = 'virtual:built-engine';

interface Built {
  readonly Run: typeof Run;
  readonly Session: typeof Session;
  readonly joinParts: typeof joinParts;
}

let outDir = '';
let built: Built;

beforeAll(async () => {
  outDir = mkdtempSync(resolve('node_modules/.late-parts-'));
  await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === ENTRY ? id : null),
        load: (id) => (id === ENTRY ? BUILT : null),
      },
      lateSentences(),
      lateParts(),
    ],
    build: {
      ssr: true,
      outDir,
      minify: false,
      rolldownOptions: { input: ENTRY, output: { entryFileNames: 'built.mjs' } },
    },
  });
  built = await import(/* @vite-ignore */ pathToFileURL(resolve(outDir, 'built.mjs')).href);
});
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

function read(file: unknown): Scenario {
  const parsed = parseScenario(file);
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  return parsed.scenario;
}

const first = read(firstEntry.file);

/** A session of a first visit: looked at, stepped and taken back and forth in time. Returns its digest at the end. */
function visit(Made: typeof Session, untilUs: number): string {
  const session = new Made(1, first, { said: () => {}, refused: () => {}, historyChanged: () => {} });
  const time = { isHalfOver: () => false, isOver: () => false };
  const arrive = () => {
    while (session.work(0, time) && session.isBusy);
    session.frame(true, 0);
  };
  session.seek({ timeUs: 5_000_000 });
  arrive();
  session.follow(3);
  for (const unit of ['event', 'beat'] as const)
    for (const direction of [1, -1] as const) {
      session.step(unit, direction);
      arrive();
    }
  session.seek({ timeUs: untilUs });
  arrive();
  return session.travel.run.sim.digest;
}

function digestOf(Made: typeof Run, scenario: Scenario, untilUs: number): string {
  const run = new Made(scenario);
  run.advance(untilUs);
  return run.sim.digest;
}

describe('the built engine', () => {
  it('plays the scenario of a first visit without its late parts', () => {
    const untilUs = 600_000_000;
    expect(visit(built.Session, untilUs)).toBe(visit(Session, untilUs));
  });

  it('gives a run that is under way its late parts, and goes on as if they had always been there', () => {
    const { actions } = read({ ...Object(firstEntry.file), actions: DIGESTED.actions });
    const run = new built.Run(first);
    run.advance(1_000_000);
    const [action] = actions;
    if (action === undefined) throw new Error('no action');
    expect(() => run.act(action)).toThrow('is not there yet');
    built.joinParts();
    const joined = new built.Run(first, { from: run.snapshot() });
    for (const each of [run, joined]) {
      each.actions = actions;
      each.advance(DIGESTED.untilUs);
      expect(each.sim.digest).toBe(digestOf(Run, { ...first, actions }, DIGESTED.untilUs));
    }
  });

  it.each([
    'five-consumers-pop',
    'half-a-promise',
    'close-the-order',
    'on-call-8-late-reminders',
    'dledger-elects-a-leader',
    'controller-elects-a-master',
    'slave-acts-as-master',
    'three-locks-on-one-door',
    'twin-hash',
    'retry-ladder',
  ])('runs %s with its late parts as from the source', (id) => {
    const entry = catalog.find((each) => each.id === id);
    const scenario = read(entry?.file);
    expect(digestOf(built.Run, scenario, 15_000_000)).toBe(digestOf(Run, scenario, 15_000_000));
  });
});
