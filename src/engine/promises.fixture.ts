import { judgesOf } from './checkers/judges';
import { hasConsumed } from './checkers/readers';
import { type Verdict, verdictOf } from './checkers/verdict';
import { drawBelow, hashText } from './core/rng';
import { Outcome, Whereabouts, whereaboutsOf } from './model/ledger';
import { messageName, messageTopic } from './model/world';
import { type Allowance, type Fault, type PromiseRow, promiseFor, type Setup } from './promises';
import { type Report, reportOf } from './report/report';
import type { Run } from './run';
import { parseScenario } from './scenario/parse';
import type { Scenario } from './scenario/types';

/** Scenarios and faults by the seed: the same seed and row give the same run. */
export interface Trial {
  readonly scenario: Scenario;
  readonly setup: Setup;
  /** The row's own fault, and sometimes one of a client or a name server besides. */
  readonly faults: readonly Fault[];
  readonly untilUs: number;
}

export interface Found {
  readonly verdict: Verdict;
  readonly report: Report;
  /** What happened that somebody might have promised not to. */
  readonly events: Readonly<Record<keyof Allowance, number>>;
  /** Acknowledged and readable, and never consumed: names, for the message of a failure. */
  readonly skipped: readonly string[];
  readonly faultsSeen: number;
}

const MASTER = 'broker-a:0';
const SLAVE = 'broker-a:1';
/** What may strike besides: it harms no log, and its row stands for itself. */
const BESIDES: readonly Fault[] = ['consumer-process', 'producer-process', 'lost-answer'];

/** A trial for a row: a setup that this row is about, drawn where the row leaves it open. */
export function trialFor(row: PromiseRow, seed: number): Trial {
  let ordinal = 0;
  const below = (bound: number) => drawBelow(bound, seed, 0, hashText(row.row), ordinal++);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  let setup = drawSetup(row, pick, below);
  while (promiseFor(setup, row.fault) !== row) setup = drawSetup(row, pick, below);
  const { version, groups } = setup;
  const faults = [
    row.fault,
    ...(below(3) === 0 && row.fault !== 'none' && row.fault !== 'nameserver' ? [pick(BESIDES)] : []),
  ];
  const consumers = Array.from({ length: 1 + below(3) }, (_, index) => `consumer-${index + 1}`);
  const faultMs = 12_000 + below(12_000);
  const lastsMs = 4_000 + below(row.fault === 'slow-disk' ? 8_000 : 30_000);
  const healedS = (faultMs + lastsMs) / 1_000;
  const rate = 5 + below(25);
  const sync = setup.copies === 'sync';
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    model: 1,
    title: { en: row.row, zh: row.row },
    product: 'rocketmq',
    productVersion: version,
    seed,
    environment: { network: { latencyMs: 0.5, jitterMs: 0.2 }, disk: { fsyncMs: 1 + below(12) } },
    nameservers: [{ id: 'ns-1' }],
    brokers: [
      {
        id: MASTER,
        brokerName: 'broker-a',
        brokerId: 0,
        config: {
          flushDiskType: setup.flush,
          brokerRole:
            sync || (below(3) === 0 && setup.copies === 'async' && version === '5.3')
              ? 'SYNC_MASTER'
              : 'ASYNC_MASTER',
          ...(sync && version === '5.3' && { inSyncReplicas: 2 }),
          ...(setup.pool && { transientStorePoolEnable: true }),
        },
      },
      ...(setup.copies === 'alone'
        ? []
        : [
            {
              id: SLAVE,
              brokerName: 'broker-a',
              brokerId: 1,
              config: { brokerRole: 'SLAVE', flushDiskType: setup.flush, slaveReadEnable: below(4) === 0 },
            },
          ]),
      ...(groups === 1 ? [] : [{ id: 'broker-b:0', brokerName: 'broker-b', brokerId: 0 }]),
    ],
    topics: [
      {
        name: 'Orders',
        queues: 1 + below(4),
        brokers: groups === 1 ? ['broker-a'] : ['broker-a', 'broker-b'],
      },
    ],
    producers: [
      {
        id: 'producer-1',
        group: 'order-producers',
        topic: 'Orders',
        mode: pick(['sync', 'sync', 'async']),
        ratePerSecond: rate,
        messages: Math.ceil(rate * (healedS + 10)),
        bodyBytes: 100 + below(3_000),
        queueSelector: pick(['roundRobin', 'hashKey']),
        keys: { distinct: 5 + below(20), skew: 0 },
      },
    ],
    consumers: consumers.map((id) => ({
      id,
      group: 'order-service',
      topic: 'Orders',
      processingMs: 1 + below(60),
      config: { consumeThreadMin: 20, consumeThreadMax: 20, pullBatchSize: pick([8, 32]) },
    })),
    actions: faults
      .flatMap((fault) => actionsOf(fault, faultMs, lastsMs, groups))
      .sort((x, y) => x.ms - y.ms)
      .map(({ ms, ...action }) => ({ at: `${ms}ms`, ...action })),
  });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  // Silence is noticed after 120 s, a route poll later by clients; then everything that is left is pulled.
  return { scenario: parsed.scenario, setup, faults, untilUs: (healedS + 75) * 1_000_000 };
}

function drawSetup(
  { setup }: PromiseRow,
  pick: <T>(list: readonly T[]) => T,
  below: (bound: number) => number,
): Setup {
  const flush = setup.pool ? 'ASYNC_FLUSH' : (setup.flush ?? pick(['ASYNC_FLUSH', 'SYNC_FLUSH']));
  return {
    flush,
    copies: setup.copies ?? pick(['alone', 'async', 'sync']),
    pool: setup.pool ?? (flush === 'ASYNC_FLUSH' && below(5) === 0),
    groups: setup.groups ?? pick([1, 2]),
    version: setup.version ?? pick(['5.3', '5.3', '4.9']),
  };
}

type TimedAction = { readonly ms: number } & Readonly<Record<string, unknown>>;

function actionsOf(fault: Fault, ms: number, lastsMs: number, groups: number): TimedAction[] {
  const healMs = ms + lastsMs;
  const outage = (target: string, failure: string): TimedAction[] => [
    { ms, do: 'kill', target, failure },
    { ms: healMs, do: 'restart', target },
  ];
  const severed = (x: string, y: string): TimedAction[] => [
    { ms, do: 'cut', between: [x, y] },
    { ms: healMs, do: 'heal', between: [x, y] },
  ];
  switch (fault) {
    case 'none':
      return [];
    case 'master-process':
      return outage(MASTER, 'process');
    case 'master-power':
      return outage(MASTER, 'power');
    case 'master-disk':
      return outage(MASTER, 'disk');
    case 'slave-process':
      return outage(SLAVE, 'process');
    case 'slave-power':
      return outage(SLAVE, 'power');
    case 'both-power':
      return [...outage(MASTER, 'power'), ...outage(SLAVE, 'power')];
    case 'cut-replicas':
      return severed(MASTER, SLAVE);
    case 'cut-clients':
      return [...severed('producer-1', MASTER), ...severed('consumer-1', MASTER)];
    case 'slow-disk':
      return [
        { ms, do: 'slow', target: MASTER, part: 'disk', fsyncMs: 6_000 },
        { ms: healMs, do: 'slow', target: MASTER, part: 'disk', factor: 1 },
      ];
    case 'master-frozen':
      return [{ ms, do: 'freeze', target: MASTER, for: `${lastsMs}ms` }];
    case 'nameserver':
      return outage('ns-1', 'process');
    case 'consumer-process':
      return outage('consumer-1', 'process');
    case 'consumer-cut':
      return [MASTER, ...(groups === 1 ? [] : ['broker-b:0'])].flatMap((broker) =>
        severed('consumer-1', broker),
      );
    case 'producer-process':
      return outage('producer-1', 'process');
    case 'lost-answer':
      return [{ ms, do: 'drop', from: MASTER, to: 'producer-1', messages: 1 }];
  }
}

/** What a finished run shows. */
export function look(run: Run): Found {
  const { sim, product } = run;
  const { ledger, arena } = sim.state;
  const { readers, owners, divergences } = judgesOf(sim.state);
  const verdict = verdictOf(run);
  const report = reportOf(run);
  const skipped: string[] = [];
  for (let message = 0; message < arena.messages.length; message++) {
    if (whereaboutsOf(ledger, message) !== Whereabouts.served) continue;
    const groups = product.groupsOf(sim, messageTopic(arena, message));
    const missing = groups.some(
      (group) => !readers.some((reader) => reader.group === group && hasConsumed(reader, message)),
    );
    if (missing) skipped.push(messageName(message));
  }
  let faultsSeen = 0;
  sim.window?.scan(0, sim.traceCount, ({ kind }) => {
    if (kind.beat === 'fault') faultsSeen++;
    return true;
  });
  return {
    verdict,
    report,
    skipped,
    faultsSeen,
    events: {
      lost: verdict.acknowledgedLost,
      stranded: verdict.stranded,
      duplicates: verdict.duplicates,
      twoOwners: owners.broken,
      parted: divergences,
      skipped: skipped.length,
      failed: ledger.outcomes[Outcome.failed] ?? 0,
    },
  };
}
