import { allKinds, type Kind } from '../../../core/kinds';
import type { TraceEntry } from '../../../core/trace';
import { processOf } from '../../../model/env';
import { queueOf, recordMessage, recordPropsOf, recordQueue } from '../../../model/world';
import type { MoveView } from '../../../view';
import { confirmedDispatched } from '../broker/controller-mode-kinds';
import { nextDispatchUs } from '../broker/dispatch';
import { flushedDispatched, messageStored, recordDispatched } from '../broker/log-kinds';
import { deadLetterResent } from '../retry/retry-kinds';
import { RETRY_PREFIX } from '../retry/retry-topics';
import { delayOver } from '../schedule/schedule-kinds';
import { timerDue } from '../schedule/timer-kinds';
import type { RocketSim } from '../state';
import { commitTaken } from '../transaction/transaction-kinds';
import { laneOfTopic } from './lane-topics';

/** What is looked at: the newest entries, and of those the last second. */
const ENTRIES_MAX = 4_000;
const WITHIN_US = 1_000_000;
const MOVES_MAX = 200;

/** A record that is on its way, while entries are read: `storedUs` once it has its place in the log. */
interface Way extends Omit<MoveView, 'untilUs'> {
  storedUs?: number;
}

/** The record is in its ConsumeQueue. */
const ENDS: readonly Kind[] = [recordDispatched, flushedDispatched, confirmedDispatched];
const READ: ReadonlySet<Kind> = new Set([
  ...ENDS,
  ...[delayOver, timerDue, commitTaken, deadLetterResent, messageStored],
]);
let wanted: Uint8Array | undefined;

/**
 * Messages that a broker is putting from one of its topics into another: from the moment at which it finds them due, or
 * has appended them, until they stand in the ConsumeQueue. [SC-4, SC-9, TX-4, CO-20, CO-21, CO-23]
 */
export function movesOf(sim: RocketSim): readonly MoveView[] {
  const { window, traceCount, nowUs } = sim;
  const ways = new Map<number, Way>();
  wanted ??= Uint8Array.from(allKinds(), (kind) => (READ.has(kind) ? 1 : 0));
  const read = (entry: TraceEntry) => {
    if (entry.timeUs > nowUs - WITHIN_US) follow(sim, ways, entry);
    return true;
  };
  window?.scan(Math.max(0, traceCount - ENTRIES_MAX), traceCount, read, wanted);
  const inside = [...ways.values()].filter(({ node }) => processOf(sim.state.env, node).state === 'up');
  return inside.slice(-MOVES_MAX).map(({ storedUs, ...way }) => ({
    ...way,
    untilUs: nextDispatchUs(sim, way.node, storedUs ?? nowUs + 1),
  }));
}

function follow(
  sim: RocketSim,
  ways: Map<number, Way>,
  { kind, timeUs, node, a: record, b: queue }: TraceEntry,
) {
  const { arena } = sim.state;
  const message = recordMessage(arena, record);
  if (ENDS.includes(kind)) {
    ways.delete(message);
    return;
  }
  if (kind === messageStored) {
    const known = ways.get(message);
    if (known !== undefined) known.storedUs = timeUs;
    else enter(sim, ways, { timeUs, node, record });
    return;
  }
  const props = recordPropsOf(arena, record);
  const to = kind === commitTaken || kind === deadLetterResent ? queue : (props?.realQueue ?? 0);
  const { topic } = queueOf(arena, to);
  const from = laneOf(sim, record);
  ways.set(message, {
    message,
    node,
    from: from ?? '',
    to: topic.startsWith(RETRY_PREFIX) ? (laneOfTopic(topic, '') ?? to) : to,
    as: topic.startsWith(RETRY_PREFIX) ? 'retry' : as(props?.role),
    sinceUs: timeUs,
  });
}

/** What has just been appended to a topic that has a lane. A record that its lane only renews stays where it is. */
function enter(
  sim: RocketSim,
  ways: Map<number, Way>,
  { timeUs, node, record }: { timeUs: number; node: number; record: number },
) {
  const { arena } = sim.state;
  const to = laneOf(sim, record);
  const props = recordPropsOf(arena, record);
  if (to === undefined || props === undefined || (props.role === 'half' && props.checkTimes > 0)) return;
  const message = recordMessage(arena, record);
  const from = props.role === 'deadLetter' ? to.replace('deadLetter', 'retry') : '';
  const kept = to.startsWith('retry:') ? 'retry' : as(props.role);
  ways.set(message, { message, node, from, to, as: kept, sinceUs: timeUs, storedUs: timeUs });
}

function laneOf({ state: { arena } }: RocketSim, record: number): string | undefined {
  const real = recordPropsOf(arena, record)?.realQueue;
  const goesTo = real === undefined || arena.queues[real] === undefined ? '' : queueOf(arena, real).topic;
  return laneOfTopic(queueOf(arena, recordQueue(arena, record)).topic, goesTo);
}

const SHOWN: ReadonlySet<string> = new Set(['retry', 'deadLetter', 'delayed', 'timed', 'half', 'discarded']);
const as = (role: string | undefined): MoveView['as'] =>
  role !== undefined && SHOWN.has(role) ? (role as MoveView['as']) : 'delayed';
