import { drawBelow, hashText } from '../core/rng';
import { parseScenario } from '../scenario/parse';
import type { Scenario } from '../scenario/types';
import { besidesOf } from './besides';
import { clientsOf } from './clients';
import { brokersOf, controllersOf, type Dice, type Part } from './cluster';
import { actionsOf, type Cast, type Strike, type TimedAction } from './faults';
import type { Fault, PromiseRow, Setup, Work } from './promise';
import { AT_THE_START, promiseFor, promises } from './promises';

/** A cluster, its work and its faults, and what may come of them: pure data, drawn from a row and a seed. */
export interface Trial {
  readonly row: PromiseRow;
  readonly seed: number;
  readonly setup: Setup;
  /** One of the row's own, and sometimes another one besides. */
  readonly faults: readonly Fault[];
  readonly scenario: Scenario;
  /** When all has had its time to come right. */
  readonly untilUs: number;
}

/** What may strike besides: it harms no log, and its row stands for itself. */
const BESIDES: readonly Fault[] = ['consumer-process', 'producer-process', 'lost-answer', 'cut-clients'];
/** Name servers say whom the clients know: nothing else changes meanwhile. */
const ALONE: readonly Fault[] = ['none', 'nameserver', ...AT_THE_START];

const ENDS_A_CONSUMER: readonly Fault[] = ['consumer-process', 'consumer-disk', 'consumer-leaves'];

/** How the keys of the probes begin. */
export const PROBE = 'probe-';

const ROW = hashText('swarm-row');
/** What lies beside the row is drawn apart: the row's own draws stay what they are. */
const BESIDES_ROW = ' besides';

/** The trial of a seed: the seed chooses the row, too. It is the same as long as the table is. */
export function trialOf(seed: number): Trial {
  return trialFor(promises[drawBelow(promises.length, seed, 0, ROW, 0)] as PromiseRow, seed);
}

/** A trial for a row: a setup that this row is about, drawn where the row leaves it open. */
export function trialFor(row: PromiseRow, seed: number): Trial {
  const dice = diceOf(seed, hashText(row.row));
  const { below, pick } = dice;
  const fault = pick(row.faults);
  let setup = drawSetup(row, dice);
  while (promiseFor(setup, fault) !== row) setup = drawSetup(row, dice);
  const strikes = drawStrikes(fault, setup, dice);
  const healedMs = Math.max(...strikes.map(({ ms, lastsMs }) => ms + lastsMs));
  const apart = diceOf(seed, hashText(row.row + BESIDES_ROW));
  const environment = {
    network: { latencyMs: apart.pick([0.5, 2, 4]), jitterMs: 0.2 },
    disk: { fsyncMs: 1 + below(12) },
  };
  const nameservers = nameserversOf(setup, fault, dice);
  const controllers = controllersOf(setup, fault, dice);
  const brokers = brokersOf(setup, dice);
  const orders = {
    name: 'Orders',
    queues: 1 + below(4),
    brokers: setup.groups === 1 ? ['broker-a'] : ['broker-a', 'broker-b'],
  };
  const clients = clientsOf(setup, healedMs, dice);
  const more = besidesOf(setup, healedMs, apart);
  const producers = [...clients.producers, ...more.producers];
  const consumers = [...clients.consumers, ...more.consumers];
  const cast: Cast = { nameservers, controllers, brokers, producers, consumers };
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    model: 1,
    title: { en: `${row.row}, seed ${seed}`, zh: `${row.row}，种子 ${seed}` },
    product: 'rocketmq',
    productVersion: setup.version,
    seed,
    ...(AT_THE_START.includes(fault) && { start: 'cold' }),
    environment,
    ...cast,
    topics: [orders, ...more.topics],
    subscriptionGroups: clients.subscriptionGroups,
    databases: clients.databases,
    actions: [
      ...strikes.flatMap((strike) => actionsOf(strike, setup, cast, dice)),
      ...producers.flatMap(({ id }) => probesAt(id as string, healedMs + SETTLES_MS)),
    ]
      .sort((x, y) => x.ms - y.ms)
      .map(({ ms, ...action }) => ({ at: `${ms}ms`, ...action })),
  });
  if (!parsed.ok) throw new Error(`${row.row}, seed ${seed}: ${parsed.problem.message.en}`);
  return {
    row,
    seed,
    setup,
    faults: strikes.map((strike) => strike.fault),
    scenario: parsed.scenario,
    untilUs: (healedMs + SETTLES_MS + takesMs(setup.work)) * 1_000,
  };
}

/**
 * From the end of the last fault to the probes, ms: silence is noticed after 120 s at most since it began, a route poll
 * later by clients; then everything that is left is pulled.
 */
const SETTLES_MS = 70_000;

/** Messages sent by hand when all has come right, so that there is something to see of it. */
const PROBES = 3;

/**
 * From the probes to the end of the run, ms: the time that a message of this work takes at most, and a route poll and
 * a rebalance where the first one after a lost disk makes its topic anew. In 4.x a check may come 126 s later (TX-9). A
 * proxy misses a dead client after 120 s (PO-11); what it had in hand is popped and done after that.
 */
const takesMs = (work: Work) =>
  work === 'grpc-long'
    ? 220_000
    : work.startsWith('grpc')
      ? 150_000
      : work === 'transactions'
        ? 130_000
        : 60_000;

function probesAt(target: string, ms: number): TimedAction[] {
  return Array.from({ length: PROBES }, (_, index) => ({
    ms: ms + index * 500,
    do: 'send',
    target,
    message: { key: `${PROBE}${index + 1}` },
  }));
}

function diceOf(seed: number, purpose: number): Dice {
  let ordinal = 0;
  const below = (bound: number) => drawBelow(bound, seed, 0, purpose, ordinal++);
  return { below, pick: (list) => list[below(list.length)] as (typeof list)[number] };
}

function drawSetup({ setup }: PromiseRow, { below, pick }: Dice): Setup {
  const flush = setup.pool ? 'ASYNC_FLUSH' : (setup.flush ?? pick(['ASYNC_FLUSH', 'SYNC_FLUSH']));
  return {
    flush,
    copies: setup.copies ?? pick(['alone', 'async', 'sync']),
    pool: setup.pool ?? (flush === 'ASYNC_FLUSH' && below(5) === 0),
    groups: setup.groups ?? pick([1, 2]),
    version: setup.version ?? pick(['5.3', '5.3', '4.9']),
    work: setup.work ?? 'plain',
  };
}

function drawStrikes(fault: Fault, setup: Setup, { below, pick }: Dice): Strike[] {
  const strike = (what: Fault): Strike => ({
    fault: what,
    ms: AT_THE_START.includes(what) ? 0 : 12_000 + below(12_000),
    lastsMs: 4_000 + below(what === 'slow-disk' ? 8_000 : 30_000),
  });
  const first = strike(fault);
  const other = pick(BESIDES);
  const besides = other !== fault && !ALONE.includes(fault) && below(3) === 0 && mayJoin(other, fault, setup);
  return besides ? [first, strike(other)] : [first];
}

/** A consumer by SQL92 that cannot ask a broker does not start (FI-5); one that is down cannot be killed. */
function mayJoin(other: Fault, fault: Fault, setup: Setup): boolean {
  const ends = (each: Fault) => ENDS_A_CONSUMER.includes(each);
  return promiseFor(setup, other) !== undefined && !(ends(other) && ends(fault)) && setup.work !== 'sql';
}

function nameserversOf({ copies }: Setup, fault: Fault, { pick }: Dice): Part[] {
  const config = copies === 'acting' ? { config: { supportActingMaster: true } } : {};
  const count = fault === 'nameserver' ? 1 : pick([1, 1, 2]);
  return Array.from({ length: count }, (_, index) => ({ id: `ns-${index + 1}`, ...config }));
}
