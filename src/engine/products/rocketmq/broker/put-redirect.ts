import type { Broker, RocketSim } from '../state';
import { queueNumberOf, type Send } from './store-state';

/**
 * The hooks in front of a put (`HookUtils`): a message that is to wait goes to another topic first and remembers
 * where it belongs.
 */

export const SCHEDULE_TOPIC = 'SCHEDULE_TOPIC_XXXX';

/** `HookUtils#handleScheduleMessage`: a delayed message waits in the queue of its level. [SC-2] */
export function redirectPut(sim: RocketSim, broker: Broker, send: Send): Send {
  const { props, topic, queueId } = send;
  const level = props?.delayLevel ?? 0;
  if (level === 0 || props?.role === 'half' || topic === SCHEDULE_TOPIC) return send;
  const realQueue = queueNumberOf(sim, broker, topic, queueId);
  return {
    ...send,
    topic: SCHEDULE_TOPIC,
    queueId: level - 1,
    props: { ...props, role: 'delayed', realQueue },
  };
}
