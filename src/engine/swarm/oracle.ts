import { judgesOf } from '../checkers/judges';
import { verdictOf } from '../checkers/verdict';
import { copiesOf, Outcome, outcomeOf } from '../model/ledger';
import { keyText, messageKey, messageName, queueOf, recordMessage } from '../model/world';
import { reportOf } from '../report/report';
import { Run } from '../run';
import type { Scenario } from '../scenario/types';
import { dueOf } from './dues';
import { type Allowance, POPS, type PromiseRow } from './promise';
import { promiseFor } from './promises';
import { type Skip, skipsOf } from './skips';
import { asksFor } from './subscriptions';
import { PROBE, type Trial } from './trial';

/** What a run shows that somebody might have promised not to; some of it no row allows. */
export type Finding =
  | keyof Allowance
  /** Lost or skipped, and the run does not say why; or for another reason than the row has. */
  | 'unexplained'
  /** Messages happened that nobody sent, or sent ones are missing from the books. */
  | 'unbalanced'
  /** An offset was committed beyond what the group had finished. */
  | 'unsafeCommit'
  /** Out of reach though everything is up. */
  | 'unavailable'
  /** Queues without an owner, or still with two, though everything is up and quiet. */
  | 'misowned'
  /** Given to a listener whose consumer does not ask for it. */
  | 'unwanted'
  /** Delivered before it was due. */
  | 'early'
  /** Business and queue say different things of a transaction, or it is still open. */
  | 'torn'
  /** A guarded business happened twice. */
  | 'doubled';

export interface Breach {
  readonly what: Finding | 'other end' | 'exception';
  readonly text: string;
}

const NAMES_MAX = 3;

/** Plays a trial and says what no row of its faults allows; empty when all is well. */
export function breachesOf(trial: Trial, run = played(trial), found = findingsOf(run, trial)): Breach[] {
  const rows = rowsOf(trial);
  const allowed = (what: string) => rows.some(({ allows }) => Object.hasOwn(allows, what));
  const about = `${JSON.stringify(trial.setup)} ${trial.faults.join(' + ')}`;
  return Object.entries(found).flatMap(([what, { count, names }]) =>
    // Offsets that are given again make a commit beyond messages that the group cannot know (BR-21).
    count === 0 || allowed(what) || (what === 'unsafeCommit' && allowed('skipped'))
      ? []
      : [{ what: what as Finding, text: [what, count, ...names.slice(0, NAMES_MAX), about].join(' ') }],
  );
}

const rowsOf = ({ setup, faults }: Trial): PromiseRow[] =>
  faults.flatMap((fault) => promiseFor(setup, fault) ?? []);

export function played({ scenario, untilUs }: Trial): Run {
  const run = new Run(scenario);
  run.advance(untilUs);
  return run;
}

/** The trial once more, through a snapshot in its middle, and looked at meanwhile: it must come to the same end. */
export function travelBreaches(trial: Trial, straight: Run): Breach[] {
  const run = new Run(trial.scenario);
  run.advance(Math.floor(trial.untilUs / 3));
  const snapshot = run.snapshot();
  run.advance(Math.floor(trial.untilUs / 2));
  run.restore(snapshot);
  for (let us = run.sim.nowUs; us < trial.untilUs; us += 5_000_000) {
    run.advance(us);
    verdictOf(run);
  }
  run.advance(trial.untilUs);
  const [x, y] = [straight, run].map((each) => JSON.stringify([each.sim.digest, reportOf(each)]));
  return x === y ? [] : [{ what: 'other end', text: 'a run through a snapshot comes to another end' }];
}

export interface Found {
  readonly count: number;
  readonly names: readonly string[];
}

/** What a finished run shows, all of it counted. */
export function findingsOf(run: Run, trial: Trial): Readonly<Record<Finding, Found>> {
  const { sim, product, scenario } = run;
  const { work } = trial.setup;
  const { ledger, arena } = sim.state;
  const { owners, divergences, transactions } = judgesOf(sim.state);
  const verdict = verdictOf(run);
  const report = reportOf(run);
  const skipped = skipsOf(run);
  const [because] = rowsOf(trial).flatMap((row) => row.because ?? []);
  const unexplained = [
    ...report.lost.filter(({ why }) => why.length < 2).map(({ message }) => message),
    ...skipped.filter((skip) => !isExplained(skip, because)).map(({ name, why }) => `${name} (${why})`),
  ];
  // A disk that is lost takes topics along: nobody asks for queues that no route names. And a borrowed route (CL-8) has
  // queues that the topic itself never gets.
  const routes = Object.values(product.routes(sim));
  const queues = product.offsets(sim).filter(({ queue }) => {
    const { topic, group, queueId } = queueOf(arena, queue);
    return exists(scenario, topic, queueId) && routes.some((topics) => topics[topic]?.includes(group));
  });
  const nameOfQueue = (queue: number) => {
    const { topic, group, queueId } = queueOf(arena, queue);
    return `${topic}@${group}#${queueId}`;
  };
  const behind = queues.filter(({ committed, max }) => committed < max);
  const pops = POPS.includes(work);
  const unowned = pops ? [] : queues.filter(({ owner }) => owner === undefined);
  const due = work === 'delay' || work === 'timer' ? dueOf(run) : { early: [], late: [] };
  const only = (count: number): Found => ({ count, names: [] });
  const named = (names: readonly string[]): Found => ({ count: names.length, names });
  return {
    lost: only(verdict.acknowledgedLost),
    stranded: only(verdict.stranded),
    duplicates: only(verdict.duplicates),
    twoOwners: only(owners.broken),
    parted: only(divergences),
    skipped: named(skipped.map(({ name }) => name)),
    unstored: named(work === 'oneway' ? unstoredOf(run) : []),
    retried: only(work === 'broadcast' ? retriesOf(run) : 0),
    unwanted: named(unwantedOf(run)),
    failed: only(ledger.outcomes[Outcome.failed] ?? 0),
    unanswered: only(ledger.outcomes[Outcome.inFlight] ?? 0),
    disorder: only(work === 'orderly' || work === 'grpc-orderly' ? verdict.orderViolations : 0),
    late: named(due.late),
    early: named(due.early),
    unexplained: named(unexplained),
    unbalanced: only(Number(!report.ledger.balanced)),
    unsafeCommit: only(Number(report.judges['safe-commit'] === 'broken')),
    unavailable: only(verdict.unavailable),
    misowned: named([
      ...unowned.map(({ queue }) => nameOfQueue(queue)),
      ...(pops ? [] : owners.conflicts.keys()),
    ]),
    behind: named(behind.map(({ queue, committed, max }) => `${nameOfQueue(queue)} ${committed}/${max}`)),
    unhealed: named(
      probesOf(run)
        .filter((probe) => {
          const outcome = outcomeOf(ledger, probe);
          return outcome === Outcome.oneway ? copiesOf(ledger, probe) === 0 : outcome !== Outcome.sendOk;
        })
        .map(messageName),
    ),
    torn: only(transactions.broken + transactions.unresolved),
    doubled: only(work === 'once' ? doubledOf(run) : 0),
  };
}

const exists = ({ topics }: Scenario, topic: string, queueId: number): boolean =>
  queueId < (topics.find(({ name }) => name === topic)?.queues ?? Number.POSITIVE_INFINITY);

/** The messages that were sent to see whether all has come right. */
function probesOf({ sim }: Run): number[] {
  const { arena } = sim.state;
  const probes: number[] = [];
  for (let message = 0; message < arena.messages.length; message++) {
    if (keyText(arena, messageKey(arena, message)).startsWith(PROBE)) probes.push(message);
  }
  return probes;
}

/** True when the run tells what led past a message, and it is what the row says where it says so. */
const isExplained = ({ why }: Skip, because = ''): boolean => why.some((rule) => rule.startsWith(because));

/** Messages that were sent oneway, and that no log ever held. */
function unstoredOf({ sim }: Run): string[] {
  const { arena, ledger } = sim.state;
  const stored = new Set<number>();
  for (let record = 0; record < arena.records.length; record++) stored.add(recordMessage(arena, record));
  const names: string[] = [];
  for (let message = 0; message < arena.messages.length; message++) {
    if (outcomeOf(ledger, message) === Outcome.oneway && !stored.has(message))
      names.push(messageName(message));
  }
  return names;
}

function retriesOf({ sim }: Run): number {
  let retries = 0;
  for (const reader of judgesOf(sim.state).readers) if (!reader.clustering) retries += reader.retries;
  return retries;
}

/** Deliveries to consumers that do not ask for the message. */
function unwantedOf({ sim, scenario }: Run): string[] {
  const { arena, env } = sim.state;
  const filters = scenario.consumers.map(({ filter }) => filter);
  if (filters.every((filter) => filter.kind === 'tags' && filter.tags.length === 0)) return [];
  const consumers = new Map(
    scenario.consumers.map(({ id }, at) => [env.processes.findIndex(({ name }) => name === id), filters[at]]),
  );
  const names: string[] = [];
  sim.window?.scan(0, sim.traceCount, ({ kind, node, a }) => {
    if (kind.role !== 'delivered') return true;
    const filter = consumers.get(node);
    const message = recordMessage(arena, a);
    if (filter !== undefined && !asksFor(filter, arena, message)) names.push(messageName(message));
    return true;
  });
  return names;
}

/** Effects that happened more than once in the business that guards itself: the group of the first consumer. */
function doubledOf({ sim, scenario }: Run): number {
  const group = scenario.consumers[0]?.group;
  return judgesOf(sim.state).readers.find((reader) => reader.group === group)?.doubled ?? 0;
}
