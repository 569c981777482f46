import { type Arena, queueOf, recordPropsOf } from '../../../model/world';
import { type ConsumeQueue, maxOffsetOf, minOffsetOf, recordAtOffset } from '../broker/store-state';
import { RETRY_PREFIX } from '../retry/retry-topics';

/** What of a level's queue goes to one lane. */
export interface Shelved {
  readonly count: number;
  /** Records, in the queue's order: the soonest. */
  readonly first: readonly number[];
}

/** The records [from, to) of a queue, counted by lane; `last` is the one before `to`. */
interface Counted {
  from: number;
  to: number;
  last: number;
  readonly byLane: Map<string, number>;
}

/** A queue is counted once; then only what has come or gone since. Not state: all of it follows from the queue. */
const known = new WeakMap<ConsumeQueue, Counted>();

/**
 * What stands in a level's queue from an offset (not below its minimum) on, by the retry topic that it goes to, '' for
 * all other topics; with the first `firstMax` records of each.
 */
export function shelvedIn(
  arena: Arena,
  queue: ConsumeQueue,
  from: number,
  firstMax: number,
): ReadonlyMap<string, Shelved> {
  const counts = countFrom(arena, queue, from);
  const found = new Map<string, { count: number; first: number[] }>();
  let missing = 0;
  for (const count of counts.values()) missing += Math.min(count, firstMax);
  for (let offset = from; missing > 0; offset++) {
    const record = recordAtOffset(queue, offset);
    const lane = laneOf(arena, record);
    let into = found.get(lane);
    if (into === undefined) {
      into = { count: counts.get(lane) ?? 0, first: [] };
      found.set(lane, into);
    }
    if (into.first.length === firstMax) continue;
    into.first.push(record);
    missing--;
  }
  return found;
}

function countFrom(arena: Arena, queue: ConsumeQueue, from: number): ReadonlyMap<string, number> {
  const to = Math.max(from, maxOffsetOf(queue));
  let counted = known.get(queue);
  if (counted === undefined || !goesOn(counted, queue, from, to)) {
    counted = { from, to: from, last: -1, byLane: new Map() };
    known.set(queue, counted);
  }
  const { byLane } = counted;
  const add = (offset: number, by: 1 | -1) => {
    const lane = laneOf(arena, recordAtOffset(queue, offset));
    byLane.set(lane, (byLane.get(lane) ?? 0) + by);
  };
  while (counted.to < to) add(counted.to++, 1);
  while (counted.from < from) add(counted.from++, -1);
  if (to > from) counted.last = recordAtOffset(queue, to - 1);
  return byLane;
}

/** Whether what was counted still stands: a log that was cut holds other records behind the cut, if any. */
function goesOn({ from: before, to: until, last }: Counted, queue: ConsumeQueue, from: number, to: number) {
  if (before < minOffsetOf(queue) || from < before || from > until || until > to) return false;
  return before === until || recordAtOffset(queue, until - 1) === last;
}

function laneOf(arena: Arena, record: number): string {
  const real = recordPropsOf(arena, record)?.realQueue;
  const topic = real === undefined ? '' : queueOf(arena, real).topic;
  return topic.startsWith(RETRY_PREFIX) ? topic : '';
}
