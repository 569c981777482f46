import {
  messageName,
  messageTopic,
  queueOf,
  recordMessage,
  recordPropsOf,
  recordQueue,
  recordStoredUs,
} from '../model/world';
import type { Run } from '../run';

/** The first levels of messageDelayLevel. */
const LEVELS_US = [1_000_000, 5_000_000, 10_000_000, 30_000_000];
const SECOND_US = 1_000_000;
/** One look of the levels' tasks or of the wheel, and what a busy master may add. */
const LATE_US_MAX = 200_000;

/** From when to when a message should come to its own topic. */
interface Due {
  readonly fromUs: number;
  readonly toUs: number;
}

/** Delayed and timed messages of the first producer that came to their own topic before they were due, or long after. */
export function dueOf({ sim, scenario }: Run): { early: string[]; late: string[] } {
  const { arena } = sim.state;
  const [producer] = scenario.producers;
  const timerDelayUs = producer?.timerDelayUs ?? 0;
  const early: string[] = [];
  const late: string[] = [];
  const dues = new Map<number, Due>();
  // A message that was stored twice is due twice: it may come as early as the first, and as late as the last.
  const add = (message: number, { fromUs, toUs }: Due) =>
    dues.set(message, { fromUs: Math.min(fromUs, dues.get(message)?.fromUs ?? fromUs), toUs });
  for (let record = 0; record < arena.records.length; record++) {
    const message = recordMessage(arena, record);
    if (messageTopic(arena, message) !== producer?.topic) continue;
    const props = recordPropsOf(arena, record);
    const storedUs = recordStoredUs(arena, record);
    if (props?.role === 'delayed') add(message, levelDue(storedUs, props.delayLevel));
    else if (props?.role === 'timed') add(message, timerDue(storedUs + timerDelayUs));
    else if (queueOf(arena, recordQueue(arena, record)).topic === messageTopic(arena, message)) {
      const due = dues.get(message);
      if (due === undefined || storedUs < due.fromUs) early.push(messageName(message));
      else if (storedUs > due.toUs) late.push(messageName(message));
    }
  }
  return { early, late };
}

function levelDue(storedUs: number, level: number): Due {
  const fromUs = storedUs + (LEVELS_US[level - 1] ?? 0);
  return { fromUs, toUs: fromUs + LATE_US_MAX };
}

/** The broker counts whole milliseconds, and delivers at the first full second at or behind the moment (SC-9). */
function timerDue(atUs: number): Due {
  const fromUs = Math.floor(atUs / 1_000) * 1_000;
  return { fromUs, toUs: Math.ceil(fromUs / SECOND_US) * SECOND_US + LATE_US_MAX };
}
