import { DEAD_LETTER_PREFIX, RETRY_PREFIX } from '../retry/retry-topics';
import { SCHEDULE_TOPIC } from '../schedule/levels';
import { TIMER_TOPIC } from '../schedule/timer-times';
import { CHECK_MAX_TOPIC, HALF_TOPIC } from '../transaction/transaction-topics';

const LANES: Readonly<Record<string, string>> = {
  [TIMER_TOPIC]: 'timer',
  [HALF_TOPIC]: 'half',
  [CHECK_MAX_TOPIC]: 'discarded',
};

/** Id of the lane (`LaneView.id`) in which records of a topic stand; `goesTo`: the topic that they wait for. */
export function laneOfTopic(topic: string, goesTo: string): string | undefined {
  if (topic === SCHEDULE_TOPIC) return laneOfTopic(goesTo, '') ?? 'delay';
  if (topic.startsWith(RETRY_PREFIX)) return `retry:${topic.slice(RETRY_PREFIX.length)}`;
  if (topic.startsWith(DEAD_LETTER_PREFIX)) return `deadLetter:${topic.slice(DEAD_LETTER_PREFIX.length)}`;
  return LANES[topic];
}
