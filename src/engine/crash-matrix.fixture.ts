import { judgesOf } from './checkers/judges';
import { verdictOf } from './checkers/verdict';
import { Outcome } from './model/ledger';
import { textOf } from './model/world';
import { reportOf } from './report/report';
import { Run } from './run';
import { parseScenario } from './scenario/parse';

/** One row of the crash matrix: a cluster, what happens to it, and what must be seen of it. */
export interface CrashRow {
  /** The tag that the test's title carries. */
  readonly tag: string;
  readonly title: string;
  readonly versions: readonly ('5.3' | '4.9')[];
  /** Broker groups that hold the topic; the fault strikes broker-a. Default 1. */
  readonly groups?: 1 | 2;
  readonly master?: Config;
  /** Configuration of broker-a:1; absent: there is no slave. */
  readonly slave?: Config;
  readonly producer?: Config;
  readonly nameservers?: number;
  readonly consumers?: number;
  /** Requests a second; 50 unless told. */
  readonly rate?: number;
  /** What happens, seconds behind the moment of the fault. */
  readonly happens: readonly Happening[];
  /** Begin and end of the window in which producer, writes and reads are watched, seconds behind the fault. */
  readonly watchFromS?: number;
  readonly windowS: number;
  readonly sees: Sees;
}

export type Config = Readonly<Record<string, string | number | boolean>>;
export type Happening = Readonly<Record<string, unknown>> & { readonly after: number; readonly do: string };

/** What is seen from the fault to the end of the window, and at the very end, when all is up again. */
export interface Sees {
  /** What producers get in the window. */
  readonly failed: 'none' | 'some' | 'all';
  /** A part of the exception, or the SendStatus, that at least one of them gets. */
  readonly as?: string;
  /** SEND_OK and no copy left, at the end. */
  readonly lost: 'none' | 'some';
  readonly stranded?: 'none' | 'some';
  readonly duplicates: 'none' | 'allowed' | 'some';
  /** Whether messages are stored in, and delivered from, the queues of broker-a in the window. */
  readonly writes?: boolean;
  readonly reads?: boolean;
}

export interface Seen {
  readonly sent: number;
  /** Sends that ended with a status. */
  readonly answered: number;
  readonly failed: number;
  readonly others: readonly string[];
  readonly writes: number;
  readonly reads: number;
  readonly lost: number;
  readonly stranded: number;
  readonly unavailable: number;
  readonly duplicates: number;
  readonly balanced: boolean;
  readonly safe: boolean;
}

const FAULT_S = 40;
/** In-flight answers of the fault itself are not of the window. */
const SETTLE_S = 4;
const AFTERMATH_S = 130;

/** Plays a row: a backlog for the consumers, the fault, the window, and all processes up again behind it. */
export function play(row: CrashRow, version: '5.3' | '4.9'): Seen {
  const run = new Run(scenarioOf(row, version));
  const { watchFromS = 0 } = row;
  runTo(run, FAULT_S + watchFromS);
  const before = marks(run);
  runTo(run, FAULT_S + Math.max(watchFromS, SETTLE_S));
  const settled = marks(run);
  runTo(run, FAULT_S + row.windowS);
  const after = marks(run);
  runTo(run, FAULT_S + row.windowS + AFTERMATH_S);
  const verdict = verdictOf(run);
  const report = reportOf(run);
  return {
    sent: after.sent - before.sent,
    answered: after.sent - before.sent - (after.failed - before.failed),
    failed: after.failed - before.failed,
    others: [...after.said].flatMap(([what, count]) => (count > (before.said.get(what) ?? 0) ? [what] : [])),
    writes: after.stored - settled.stored,
    reads: after.delivered - settled.delivered,
    lost: verdict.acknowledgedLost,
    stranded: verdict.stranded,
    unavailable: verdict.unavailable,
    duplicates: verdict.duplicates,
    balanced: report.ledger.balanced,
    safe: report.judges['safe-commit'] === 'holds',
  };
}

function runTo(run: Run, seconds: number): void {
  run.advance(seconds * 1_000_000);
}

/** Counters of the judges at a moment; of broker-a's queues only where places matter. */
function marks(run: Run) {
  const { ledger, arena } = run.sim.state;
  const { storedTo, readers, sends } = judgesOf(run.sim.state);
  const ofA = arena.queues.flatMap(({ group, topic }, queue) =>
    group === 'broker-a' && topic === 'Orders' ? [queue] : [],
  );
  const [, , disk = 0, slave = 0, noSlave = 0, failed = 0] = ledger.outcomes;
  const statuses = [
    ['FLUSH_DISK_TIMEOUT', disk],
    ['FLUSH_SLAVE_TIMEOUT', slave],
    ['SLAVE_NOT_AVAILABLE', noSlave],
  ] as const;
  return {
    sent: ledger.outcomes.reduce((sum, count) => sum + count, 0) - (ledger.outcomes[Outcome.inFlight] ?? 0),
    failed,
    said: new Map([
      ...[...sends.exceptions].map(([text, count]) => [textOf(arena, text), count] as const),
      ...statuses,
    ]),
    stored: ofA.reduce((sum, queue) => sum + (storedTo[queue] ?? 0), 0),
    delivered: ofA.reduce(
      (sum, queue) =>
        sum + readers.reduce((most, reader) => Math.max(most, reader.queues.get(queue)?.next ?? 0), 0),
      0,
    ),
  };
}

function scenarioOf(row: CrashRow, version: '5.3' | '4.9') {
  const { groups = 1, master, slave, producer, nameservers = 1, consumers = 1, rate = 50, happens } = row;
  const ids = Array.from({ length: consumers }, (_, index) => `consumer-${index + 1}`);
  const at = (after: number) => `${Math.round((FAULT_S + after) * 1_000)}ms`;
  const file = {
    format: 'mq-playground/scenario@1',
    model: 1,
    title: { en: row.title, zh: row.title },
    product: 'rocketmq',
    productVersion: version,
    seed: 7,
    environment: { network: { latencyMs: 0.5, jitterMs: 0.05 }, disk: { fsyncMs: 8 } },
    nameservers: Array.from({ length: nameservers }, (_, index) => ({ id: `ns-${index + 1}` })),
    brokers: [
      { id: 'broker-a:0', brokerName: 'broker-a', brokerId: 0, config: { ...master } },
      ...(slave === undefined
        ? []
        : [
            {
              id: 'broker-a:1',
              brokerName: 'broker-a',
              brokerId: 1,
              config: { brokerRole: 'SLAVE', ...slave },
            },
          ]),
      ...(groups === 1
        ? []
        : [{ id: 'broker-b:0', brokerName: 'broker-b', brokerId: 0, config: { ...master } }]),
    ],
    topics: [{ name: 'Orders', queues: 4, brokers: groups === 1 ? ['broker-a'] : ['broker-a', 'broker-b'] }],
    producers: [
      {
        id: 'producer-1',
        group: 'order-producers',
        topic: 'Orders',
        ratePerSecond: rate,
        config: { ...producer },
      },
    ],
    consumers: ids.map((id) => ({ id, group: 'order-service', topic: 'Orders', processingMs: 5 })),
    actions: [
      // A backlog of ten seconds, so that reads can be told from the absence of writes.
      ...ids.map((target) => ({ at: at(-10), do: 'pause', target })),
      ...ids.map((target) => ({ at: at(SETTLE_S), do: 'resume', target })),
      ...happens.map(({ after, ...action }) => ({ at: at(after), ...action })),
    ].sort((x, y) => Number.parseInt(x.at, 10) - Number.parseInt(y.at, 10)),
  };
  const parsed = parseScenario(file);
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  return parsed.scenario;
}
