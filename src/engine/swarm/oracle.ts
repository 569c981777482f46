import { judgesOf } from '../checkers/judges';
import { hasConsumed } from '../checkers/readers';
import { verdictOf } from '../checkers/verdict';
import { Outcome, outcomeOf, Whereabouts, whereaboutsOf } from '../model/ledger';
import {
  keyText,
  messageKey,
  messageName,
  messageTopic,
  queueOf,
  recordMessage,
  recordPropsOf,
  recordQueue,
  recordStoredUs,
} from '../model/world';
import { reportOf } from '../report/report';
import { Run } from '../run';
import { type Allowance, promiseFor } from './promises';
import { PROBE, type Trial } from './trial';

/** What a run shows that somebody might have promised not to; some of it no row allows. */
export type Finding =
  | keyof Allowance
  /** Lost, and nobody can say why. */
  | 'unexplained'
  /** Messages happened that nobody sent, or sent ones are missing from the books. */
  | 'unbalanced'
  /** An offset was committed beyond what the group had finished. */
  | 'unsafeCommit'
  /** Out of reach though everything is up. */
  | 'unavailable'
  /** Queues without an owner, or still with two, though everything is up and quiet. */
  | 'misowned'
  /** Queues that are not committed to their end though everything is up and quiet. */
  | 'behind'
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

/** The first levels of messageDelayLevel. */
const LEVELS_US = [1_000_000, 5_000_000, 10_000_000, 30_000_000];
/** One look of the levels' tasks, and what a busy master may add. */
const LATE_US_MAX = 200_000;
const NAMES_MAX = 3;

/** Plays a trial and says what no row of its faults allows; empty when all is well. */
export function breachesOf(trial: Trial, run = played(trial)): Breach[] {
  const rows = trial.faults.flatMap((fault) => promiseFor(trial.setup, fault) ?? []);
  const allowed = (what: string) => rows.some(({ allows }) => Object.hasOwn(allows, what));
  const found = findingsOf(run, trial.setup.work);
  const about = `${JSON.stringify(trial.setup)} ${trial.faults.join(' + ')}`;
  return Object.entries(found).flatMap(([what, { count, names }]) =>
    // Offsets that are given again make a commit beyond messages that the group cannot know (BR-21).
    count === 0 || allowed(what) || (what === 'unsafeCommit' && allowed('skipped'))
      ? []
      : [{ what: what as Finding, text: [what, count, ...names.slice(0, NAMES_MAX), about].join(' ') }],
  );
}

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

interface Found {
  readonly count: number;
  readonly names: readonly string[];
}

/** What a finished run shows, all of it counted. */
export function findingsOf(run: Run, work: Trial['setup']['work']): Readonly<Record<Finding, Found>> {
  const { sim, product } = run;
  const { ledger, arena } = sim.state;
  const { owners, divergences, transactions } = judgesOf(sim.state);
  const verdict = verdictOf(run);
  const report = reportOf(run);
  const skipped = skippedOf(run);
  const unexplained = report.lost.filter(({ why }) => why.length < 2).map(({ message }) => message);
  // A disk that is lost takes topics along: nobody asks for queues that no route names.
  const routes = Object.values(product.routes(sim));
  const queues = product.offsets(sim).filter(({ queue }) => {
    const { topic, group } = queueOf(arena, queue);
    return routes.some((topics) => topics[topic]?.includes(group));
  });
  const nameOfQueue = (queue: number) => {
    const { topic, group, queueId } = queueOf(arena, queue);
    return `${topic}@${group}#${queueId}`;
  };
  const behind = queues.filter(({ committed, max }) => committed < max);
  const unowned = work === 'pop' ? [] : queues.filter(({ owner }) => owner === undefined);
  const due = work === 'delay' ? dueOf(run) : { early: [], late: [] };
  const only = (count: number): Found => ({ count, names: [] });
  const named = (names: readonly string[]): Found => ({ count: names.length, names });
  return {
    lost: only(verdict.acknowledgedLost),
    stranded: only(verdict.stranded),
    duplicates: only(verdict.duplicates),
    twoOwners: only(owners.broken),
    parted: only(divergences),
    skipped: named(skipped),
    failed: only(ledger.outcomes[Outcome.failed] ?? 0),
    unanswered: only(ledger.outcomes[Outcome.inFlight] ?? 0),
    disorder: only(work === 'orderly' ? verdict.orderViolations : 0),
    late: named(due.late),
    early: named(due.early),
    unexplained: named(unexplained),
    unbalanced: only(Number(!report.ledger.balanced)),
    unsafeCommit: only(Number(report.judges['safe-commit'] === 'broken')),
    unavailable: only(verdict.unavailable),
    misowned: named([
      ...unowned.map(({ queue }) => nameOfQueue(queue)),
      ...(work === 'pop' ? [] : owners.conflicts.keys()),
    ]),
    behind: named(behind.map(({ queue, committed, max }) => `${nameOfQueue(queue)} ${committed}/${max}`)),
    unhealed: named(
      probesOf(run)
        .filter((probe) => outcomeOf(ledger, probe) !== Outcome.sendOk)
        .map(messageName),
    ),
    torn: only(transactions.broken + transactions.unresolved),
    doubled: only(work === 'once' ? report.effects.doubled : 0),
  };
}

/** The messages that were sent to see whether all has come right. */
function probesOf({ sim }: Run): number[] {
  const { arena } = sim.state;
  const probes: number[] = [];
  for (let message = 0; message < arena.messages.length; message++) {
    if (keyText(arena, messageKey(arena, message)).startsWith(PROBE)) probes.push(message);
  }
  return probes;
}

/** Readable, and by some group neither consumed nor put among its dead letters. */
function skippedOf({ sim, product }: Run): string[] {
  const { ledger, arena } = sim.state;
  const { readers } = judgesOf(sim.state);
  const dead = new Map<string, Set<number>>();
  for (let record = 0; record < arena.records.length; record++) {
    const { topic } = queueOf(arena, recordQueue(arena, record));
    if (!topic.startsWith('%DLQ%')) continue;
    const letters = dead.get(topic) ?? new Set();
    dead.set(topic, letters.add(recordMessage(arena, record)));
  }
  const skipped: string[] = [];
  for (let message = 0; message < arena.messages.length; message++) {
    if (whereaboutsOf(ledger, message) !== Whereabouts.served) continue;
    const missing = product.groupsOf(sim, messageTopic(arena, message)).some((group) => {
      const letters = dead.get(product.deadLetterTopicOf(group) ?? '');
      return (
        !letters?.has(message) &&
        !readers.some((reader) => reader.group === group && hasConsumed(reader, message))
      );
    });
    if (missing) skipped.push(messageName(message));
  }
  return skipped;
}

/** Delayed messages that came to their own topic before they were due, or long after. */
function dueOf({ sim }: Run): { early: string[]; late: string[] } {
  const { arena } = sim.state;
  const early: string[] = [];
  const late: string[] = [];
  const dueUs = new Map<number, number>();
  for (let record = 0; record < arena.records.length; record++) {
    const message = recordMessage(arena, record);
    const props = recordPropsOf(arena, record);
    if (props?.role === 'delayed')
      dueUs.set(message, recordStoredUs(arena, record) + (LEVELS_US[props.delayLevel - 1] ?? 0));
    else if (queueOf(arena, recordQueue(arena, record)).topic === messageTopic(arena, message)) {
      const lateUs = recordStoredUs(arena, record) - (dueUs.get(message) ?? Number.POSITIVE_INFINITY);
      if (lateUs < 0) early.push(messageName(message));
      if (lateUs > LATE_US_MAX) late.push(messageName(message));
    }
  }
  return { early, late };
}
