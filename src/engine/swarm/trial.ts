import { drawBelow, hashText } from '../core/rng';
import { parseScenario } from '../scenario/parse';
import type { Scenario } from '../scenario/types';
import { brokersOf, controllersOf, type Dice, type Part } from './cluster';
import { actionsOf, type Strike, type TimedAction } from './faults';
import { type Fault, type PromiseRow, promiseFor, promises, type Setup, type Work } from './promises';

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
const ALONE: readonly Fault[] = ['none', 'nameserver'];

/** How the keys of the probes begin. */
export const PROBE = 'probe-';

const ROW = hashText('swarm-row');

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
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    model: 1,
    title: { en: `${row.row}, seed ${seed}`, zh: `${row.row}，种子 ${seed}` },
    product: 'rocketmq',
    productVersion: setup.version,
    seed,
    environment: { network: { latencyMs: 0.5, jitterMs: 0.2 }, disk: { fsyncMs: 1 + below(12) } },
    nameservers: nameserversOf(setup, fault, dice),
    controllers: controllersOf(setup, dice),
    brokers: brokersOf(setup, dice),
    topics: [
      {
        name: 'Orders',
        queues: 1 + below(4),
        brokers: setup.groups === 1 ? ['broker-a'] : ['broker-a', 'broker-b'],
      },
    ],
    ...clientsOf(setup, healedMs, dice),
    actions: [...strikes.flatMap((strike) => actionsOf(strike, setup)), ...probesAt(healedMs + SETTLES_MS)]
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
 * a rebalance where the first one after a lost disk makes its topic anew. In 4.x a check may come 126 s later (TX-9).
 */
const takesMs = (work: Work) => (work === 'transactions' ? 130_000 : 60_000);

function probesAt(ms: number): TimedAction[] {
  return Array.from({ length: PROBES }, (_, index) => ({
    ms: ms + index * 500,
    do: 'send',
    target: 'producer-1',
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
    ms: 12_000 + below(12_000),
    lastsMs: 4_000 + below(what === 'slow-disk' ? 8_000 : 30_000),
  });
  const first = strike(fault);
  const other = pick(BESIDES);
  const besides =
    other !== fault && !ALONE.includes(fault) && below(3) === 0 && promiseFor(setup, other) !== undefined;
  return besides ? [first, strike(other)] : [first];
}

function nameserversOf({ copies }: Setup, fault: Fault, { pick }: Dice): Part[] {
  const config = copies === 'acting' ? { config: { supportActingMaster: true } } : {};
  const count = fault === 'nameserver' ? 1 : pick([1, 1, 2]);
  return Array.from({ length: count }, (_, index) => ({ id: `ns-${index + 1}`, ...config }));
}

/** Producers and consumers of `Orders`, with what they need. */
function clientsOf(setup: Setup, healedMs: number, dice: Dice): Part {
  const { below, pick } = dice;
  const rate = 5 + below(setup.work === 'retries' ? 8 : 25);
  const work = WORKS[setup.work](dice);
  return {
    producers: [
      {
        id: 'producer-1',
        group: 'order-producers',
        topic: 'Orders',
        mode: pick(['sync', 'sync', 'async']),
        ratePerSecond: rate,
        messages: Math.ceil(rate * (healedMs / 1_000 + 10)),
        bodyBytes: 100 + below(3_000),
        queueSelector: pick(['roundRobin', 'hashKey']),
        // A unique key guards one message each, where nobody gives keys by hand.
        ...(setup.work !== 'once' && { keys: { distinct: 5 + below(20), skew: 0 } }),
        ...work.producer,
      },
    ],
    consumers: Array.from({ length: 1 + below(3) }, (_, index) => ({
      id: `consumer-${index + 1}`,
      group: 'order-service',
      topic: 'Orders',
      processingMs: 1 + below(60),
      ...work.consumer,
      config: {
        consumeThreadMin: 20,
        consumeThreadMax: 20,
        pullBatchSize: pick([8, 32]),
        ...work.consumerConfig,
      },
    })),
    ...work.besides,
  };
}

interface WorkParts {
  readonly producer?: Part;
  readonly consumer?: Part;
  readonly consumerConfig?: Part;
  readonly besides?: Part;
}

const WORKS: Readonly<Record<Work, (dice: Dice) => WorkParts>> = {
  plain: ({ below }) =>
    below(5) === 0 ? { producer: { mode: 'sync', queueSelector: 'roundRobin', batch: 2 + below(4) } } : {},
  retries: ({ below }) => ({
    consumer: { failureRate: [1, 2 + below(8)], poisonKeys: ['order-1'] },
    // Delivered at once, after 10 s and after 30 s more: then a dead letter.
    consumerConfig: { maxReconsumeTimes: 2 },
  }),
  orderly: ({ pick }) => ({
    producer: { mode: 'sync', queueSelector: 'hashKey' },
    consumer: { listener: 'orderly', failureRate: [0, 1], processingMs: pick([1, 5, 20]) },
  }),
  pop: ({ pick }) => ({
    consumer: { protocol: 'pop' },
    consumerConfig: { popInvisibleTime: pick([10_000, 20_000]) },
  }),
  delay: ({ below }) => ({ producer: { delayLevel: 1 + below(4) } }),
  transactions: ({ pick }) => ({
    producer: {
      mode: 'transaction',
      queueSelector: 'roundRobin',
      // A database outlives the producer that wrote to it: what became of a transaction can be looked up.
      localTransaction: {
        database: 'orders-db',
        takesMs: pick([1, 5, 200]),
        outcomes: pick([['commit'], ['commit', 'rollback'], ['commit', 'unknown', 'rollback', 'exception']]),
      },
    },
    besides: { databases: [{ id: 'orders-db' }] },
  }),
  once: () => ({
    consumer: { idempotent: 'uniqueKey', database: 'orders-db' },
    besides: { databases: [{ id: 'orders-db' }] },
  }),
};
