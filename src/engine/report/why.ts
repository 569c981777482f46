import { orderViolated } from '../checkers/judge-kinds';
import { type Beat, NONE } from '../core/kinds';
import type { TraceEntry, TraceWindow } from '../core/trace';
import type { MessageDetails } from '../details';
import { takingOf } from '../model/ledger';
import { messageBornUs, messageName, recordMessage, type World } from '../model/world';
import type { Run } from '../run';
import type { Localized } from '../view';
import { type Causes, causesOf, firstAt, messageIn } from './causes';
import { endedBefore, successionOf } from './elsewhere';
import { verdictOnMessage } from './message';
import { nodeName, sentenceOf } from './spell';

/** What is remarkable about a message that has a copy. The judges' findings stay, the others pass. */
export type Finding =
  | 'duplicate'
  | 'order'
  | 'passedOver'
  | 'committedUnseen'
  | 'rolledBackSeen'
  | 'half'
  | 'rolledBack'
  | 'waiting'
  | 'deadLetter';

/**
 * Why a message stands where it stands: its own life, and what led to the loss of its last copy or to what is
 * remarkable about it, in the order of time.
 */
export interface Why {
  readonly message: number;
  readonly name: string;
  readonly verdict: MessageDetails['verdict'];
  readonly finding?: Finding | undefined;
  /** False when earlier entries have left the window of kept ones: the story begins in the middle. */
  readonly complete: boolean;
  readonly steps: readonly WhyStep[];
}

export interface WhyStep {
  readonly entry: number;
  readonly timeUs: number;
  /** Scenario id of the process, or `environment`. */
  readonly node: string;
  readonly type: string;
  readonly rule: string;
  readonly beat: Beat;
  readonly text: Localized;
}

/** A life of many retries is told by its beginning and its end. */
const STEPS_MAX = 60;
/** Of so many remarkable things that happened to a message is told what led to them, the latest first. */
const REMARKABLE_MAX = 8;

/**
 * The story of a message; undefined when there is no such message. `fault` are the causes of what took its last copy,
 * when somebody has read more than what the run keeps.
 */
export function whyLost(run: Run, message: number, fault = faultOf(run, message)): Why | undefined {
  const { sim } = run;
  const { state, window } = sim;
  if (message < 0 || message >= state.arena.messages.length) return undefined;
  const life = lifeOf(state, window, message);
  const remarkable = life.entries
    .filter(({ kind }) => kind.beat !== 'none' && kind.beat !== 'hop')
    .slice(-REMARKABLE_MAX);
  const chains = remarkable.flatMap(({ id }) => causesOf(state, window, id).entries);
  // Which message came before it is half of what put a message out of order.
  const violated = life.entries.findLast(({ kind, a }) => kind === orderViolated && a === message);
  const overtaking = violated === undefined ? [] : passageOf(state, window, violated.b);
  // What happened to another message on the way (it woke the pull that brought this one) is no part of its story.
  const led = [...fault.entries, ...chains].filter((entry) => {
    const about = messageIn(state, entry);
    return about === -1 || about === message;
  });
  const elsewhere = [
    ...successionOf(run, message, life.entries),
    ...endedBefore(run, life.entries),
    ...overtaking,
  ];
  const told = [...shortened(life.entries), ...led, ...elsewhere];
  const entries = [...new Map(told.map((entry) => [entry.id, entry])).values()];
  entries.sort((x, y) => x.id - y.id);
  return {
    message,
    name: messageName(message),
    verdict: verdictOnMessage(run, message),
    finding: findingIn(life.entries),
    complete: life.complete && fault.complete,
    steps: entries.map((entry) => stepOf(run, entry)),
  };
}

/** How a message went to its queue, and when it was finished. */
function passageOf(world: World, window: TraceWindow | undefined, message: number): readonly TraceEntry[] {
  return lifeOf(world, window, message).entries.filter(
    ({ kind, a }) =>
      kind.role === 'attempt' ||
      (kind.role === 'consumed' && a !== NONE && recordMessage(world.arena, a) === message),
  );
}

/** What a judge has found stays what it is. */
const JUDGED: Readonly<Record<string, Finding>> = {
  'message.delivered-twice': 'duplicate',
  'order.violated': 'order',
  'message.passed-over': 'passedOver',
  'transaction.committed-unseen': 'committedUnseen',
  'transaction.rolled-back-seen': 'rolledBackSeen',
};

/** What a message is until the next of these; undefined: like any other. */
const STANDING: Readonly<Record<string, Finding | undefined>> = {
  'half.prepared': 'half',
  'transaction.commit-taken': undefined,
  'transaction.rollback-taken': 'rolledBack',
  'half.parked': 'rolledBack',
  'message.delayed': 'waiting',
  'delay.over': undefined,
  'timer.set': 'waiting',
  'timer.due': undefined,
  'message.dead-lettered': 'deadLetter',
  'dead-letter.resent': undefined,
};

function findingIn(life: readonly TraceEntry[]): Finding | undefined {
  const judged = life.findLast(({ kind }) => kind.type in JUDGED);
  const standing = life.findLast(({ kind }) => kind.type in STANDING);
  return JUDGED[judged?.kind.type ?? ''] ?? STANDING[standing?.kind.type ?? ''];
}

/** Id of the entry that took the last copy of a message; -1 while it has one. */
export const takenBy = ({ sim }: Run, message: number): number =>
  message < 0 ? -1 : (takingOf(sim.state.ledger, message)?.entry ?? -1);

const faultOf = (run: Run, message: number): Causes =>
  causesOf(run.sim.state, run.sim.window, takenBy(run, message));

function lifeOf(
  world: World,
  window: TraceWindow | undefined,
  message: number,
): { entries: TraceEntry[]; complete: boolean } {
  const entries: TraceEntry[] = [];
  if (window === undefined) return { entries, complete: false };
  const bornUs = messageBornUs(world.arena, message);
  window.scan(firstAt(window, bornUs), window.endId, (entry) => {
    if (concerns(world, entry, message)) entries.push(entry);
    return true;
  });
  return { entries, complete: entries[0]?.kind.role === 'sent' };
}

/** True when one of the slots of an entry names the message. */
function concerns({ arena }: World, { kind, a, b }: TraceEntry, message: number): boolean {
  if (
    kind.a === 'message'
      ? a === message
      : kind.a === 'record' && a !== NONE && recordMessage(arena, a) === message
  ) {
    return true;
  }
  return kind.b === 'message'
    ? b === message
    : kind.b === 'record' && b !== NONE && recordMessage(arena, b) === message;
}

function shortened(entries: readonly TraceEntry[]): readonly TraceEntry[] {
  const half = STEPS_MAX / 2;
  return entries.length <= STEPS_MAX ? entries : [...entries.slice(0, half), ...entries.slice(-half)];
}

function stepOf({ sim }: Run, entry: TraceEntry): WhyStep {
  const { rule, type, beat } = entry.kind;
  return {
    entry: entry.id,
    timeUs: entry.timeUs,
    node: nodeName(sim.state, entry.node),
    type,
    rule,
    beat,
    text: sentenceOf(sim.state, entry),
  };
}
