import { allConsumed, judgesOf } from '../checkers/judges';
import { isPrefix } from '../checkers/logs';
import { resultKindOf, unawaitedKindOf } from '../checkers/sends';
import { type Verdict, verdictOf } from '../checkers/verdict';
import { kindById } from '../core/kinds';
import { lostMessages, sentCount, type Taking, takingOf } from '../model/ledger';
import { endPhys, rowAtPhys } from '../model/log';
import { messageName, textOf } from '../model/world';
import { MODEL, type Run } from '../run';
import { balance } from './balance';
import { digestOfText } from './digest';
import { type GroupReport, groupReports } from './groups';
import { latencies, outages, resources } from './measures';
import { type SendsReport, sendsReport } from './sends';

/** The run report, `mq-playground/report@1`: docs/scenario-format.md says what each word means. */
export interface Report {
  readonly format: 'mq-playground/report@1';
  readonly product: string;
  readonly productVersion: string;
  readonly model: number;
  readonly seed: number;
  readonly untilMs: number;
  /** Events handled. */
  readonly events: number;
  /** Rolls over the whole trace, kept or not. */
  readonly traceDigest: string;
  /** Over this report without the two digests and the number of events. */
  readonly outcomeDigest: string;
  readonly sends: SendsReport;
  /** What senders got instead of a status, in the product's own words, with counts. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly verdict: Verdict;
  /**
   * Of the consumers' business: messages (with keys given by hand: keys) by how often a group has done them. Lost are
   * lost messages that not every group consumed, and what was passed over, skipped as done without an
   * effect, or failed and is tried no more (CO-14).
   */
  readonly effects: { readonly once: number; readonly lost: number; readonly doubled: number };
  readonly ledger: { readonly sent: number; readonly stored: number; readonly balanced: boolean };
  readonly judges: Readonly<Record<JudgeName, 'holds' | 'broken'>>;
  /** The first hundred that are lost now; `verdict.acknowledgedLost` counts them all. */
  readonly lost: readonly LostReport[];
  readonly groups: Readonly<Record<string, GroupReport>>;
  readonly brokers: Readonly<Record<string, BrokerReport>>;
  readonly nameservers: Readonly<
    Record<string, { readonly routes: Readonly<Record<string, readonly string[]>> }>
  >;
  readonly latencyMs: { readonly send: Quantiles; readonly endToEnd: Quantiles };
  readonly unavailableMs: { readonly send: OutageReport; readonly receive: OutageReport };
  readonly resources: Readonly<Record<string, ResourceReport>>;
}

type JudgeName =
  | 'one-owner'
  | 'safe-commit'
  | 'prefix'
  | 'conservation'
  | 'transactions'
  | 'key-order'
  | 'no-acknowledged-loss';

interface LostReport {
  readonly message: string;
  readonly consumedBefore: boolean;
  /** Rules, cause first: what its store did not wait for, how its sender was told yes, what took its last copy. */
  readonly why: readonly string[];
}

interface BrokerReport {
  readonly state: string;
  /** Records in its log, and how many of them are on its disk, and on a follower (for a follower: its own). */
  readonly appended: number;
  readonly flushed: number;
  readonly replicated: number;
}

export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
}

export interface OutageReport {
  /** Of the queue that was longest without service. */
  readonly max: number;
  /** Share of the queues that were without service at some time. */
  readonly share: number;
}

export interface ResourceReport {
  /** Shares of the time since 0, over all cores. */
  readonly cpu: number;
  readonly disk: number;
  /** The resource that limits this process's host. */
  readonly binding: 'none' | 'cpu' | 'disk';
}

const LOST_MAX = 100;

/** The rules of a chain that was cut where the kept trace began, in full; by the entry that they explain. */
export type ToldChains = ReadonlyMap<number, readonly string[]>;

/** What took the reported messages and is not explained in full: a jump had cut the trace that the run keeps. */
export function takingsHalfTold({ sim }: Run): readonly Taking[] {
  const { ledger } = sim.state;
  const takings = lostMessages(ledger, LOST_MAX).map((message) => takingOf(ledger, message));
  return [...new Set(takings)].filter((taking) => taking !== undefined && taking.next >= 0) as Taking[];
}

/** The report at the present moment of a run. `told`: see `takingsHalfTold`. */
export function reportOf(run: Run, told?: ToldChains): Report {
  const { sim, product, scenario } = run;
  const verdict = verdictOf(run);
  const books = balance(run);
  const body = {
    format: 'mq-playground/report@1',
    product: scenario.product,
    productVersion: scenario.productVersion,
    model: MODEL,
    seed: sim.seed,
    untilMs: sim.nowUs / 1_000,
    sends: sendsReport(run),
    statuses: statuses(run),
    verdict,
    effects: effects(run, verdict),
    ledger: { sent: sentCount(sim.state.ledger), stored: books.stored, balanced: books.balanced },
    judges: judgeReport(run, verdict, books.balanced),
    lost: lostReport(run, told),
    groups: groupReports(run),
    brokers: brokerReports(run),
    nameservers: Object.fromEntries(
      Object.entries(product.routes(sim)).map(([id, routes]) => [id, { routes }]),
    ),
    latencyMs: latencies(run),
    unavailableMs: outages(run),
    resources: resources(run),
  } as const;
  const { format, product: name, productVersion, model, seed, untilMs, ...rest } = body;
  return {
    format,
    product: name,
    productVersion,
    model,
    seed,
    untilMs,
    events: sim.steps,
    traceDigest: sim.digest,
    outcomeDigest: digestOfText(JSON.stringify(body)),
    ...rest,
  };
}

function statuses({ sim }: Run): Record<string, number> {
  const counts = [...judgesOf(sim.state).sends.exceptions].map(
    ([text, count]) => [textOf(sim.state.arena, text), count] as const,
  );
  return Object.fromEntries(counts.sort(([x], [y]) => (x < y ? -1 : 1)));
}

function effects({ sim }: Run, verdict: Verdict): Report['effects'] {
  let once = 0;
  let passedOver = 0;
  let doubled = 0;
  let missed = 0;
  for (const reader of judgesOf(sim.state).readers) {
    once += reader.once;
    passedOver += reader.passedOver;
    doubled += reader.doubled;
    missed += reader.missed;
  }
  return { once, lost: verdict.acknowledgedLost - verdict.consumedBefore + passedOver + missed, doubled };
}

function judgeReport(run: Run, verdict: Verdict, balanced: boolean): Report['judges'] {
  const { owners, readers, unsafeCommits, divergences, transactions } = judgesOf(run.sim.state);
  const said = (holds: boolean) => (holds ? 'holds' : 'broken');
  return {
    'no-acknowledged-loss': said(verdict.acknowledgedLost === 0),
    'one-owner': said(owners.broken === 0),
    'safe-commit': said(unsafeCommits === 0 && readers.every(({ passedOver }) => passedOver === 0)),
    'key-order': said(verdict.orderViolations === 0),
    prefix: said(divergences === 0 && followersAreIntact(run)),
    conservation: said(balanced),
    transactions: said(transactions.broken === 0),
  };
}

function followersAreIntact({ sim, product }: Run): boolean {
  const logs = product.logs(sim);
  return logs.every(({ role, group, log }) => {
    if (role === 'leader') return true;
    const leader = logs.find((access) => access.group === group && access.role === 'leader');
    return leader === undefined || isPrefix(sim.state, log, leader.log);
  });
}

function lostReport({ sim, product }: Run, chains: ToldChains | undefined): LostReport[] {
  const { ledger } = sim.state;
  const { sends } = judgesOf(sim.state);
  return lostMessages(ledger, LOST_MAX).map((message) => {
    const told = [unawaitedKindOf(sends, message), resultKindOf(sends, message)].flatMap((kind) =>
      kind === undefined ? [] : [kindById(kind).rule],
    );
    const taking = takingOf(ledger, message);
    const taken = taking === undefined ? [] : (chains?.get(taking.entry) ?? taking.rules);
    return {
      message: messageName(message),
      consumedBefore: allConsumed(sim, product, message),
      why: [...new Set([...told, ...taken])],
    };
  });
}

function brokerReports({ sim, product }: Run): Record<string, BrokerReport> {
  const logs = product.logs(sim);
  return Object.fromEntries(
    logs.map(({ node, group, role, log }) => {
      const copied = logs
        .filter((access) => role === 'leader' && access.group === group && access.role === 'follower')
        .map((access) => rowAtPhys(sim.state, log, endPhys(sim.state, access.log)));
      const process = sim.state.env.processes[node];
      const report: BrokerReport = {
        state: process?.state ?? 'down',
        appended: log.records.length,
        flushed: log.flushed,
        replicated: role === 'follower' ? log.records.length : Math.max(0, ...copied),
      };
      return [process?.name ?? '', report];
    }),
  );
}
