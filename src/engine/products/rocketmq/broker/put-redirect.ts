import { delayLevels, SCHEDULE_TOPIC } from '../schedule/levels';
import { levelClipped, messageDelayed } from '../schedule/schedule-kinds';
import type { Broker, RocketSim } from '../state';
import { queueNumberOf, type Send } from './store-state';

/**
 * The hooks in front of a put (`HookUtils`): a message that is to wait goes to another topic first and remembers
 * where it belongs.
 */

/** `HookUtils#handleScheduleMessage`: a delayed message waits in the queue of its level. [SC-1, SC-2] */
export function redirectPut(sim: RocketSim, broker: Broker, send: Send): Send {
  const { props, topic, queueId, message } = send;
  const asked = props?.delayLevel ?? 0;
  if (asked <= 0 || props?.role === 'half' || topic === SCHEDULE_TOPIC) return send;
  const levels = delayLevels(broker.config.messageDelayLevel);
  const level = Math.min(asked, levels.length);
  const realQueue = queueNumberOf(sim, broker, topic, queueId);
  if (level < asked) sim.emit(levelClipped, broker.node, message, level);
  sim.emit(messageDelayed, broker.node, message, levels[level - 1]);
  return {
    ...send,
    topic: SCHEDULE_TOPIC,
    queueId: level - 1,
    props: { ...props, role: 'delayed', delayLevel: level, realQueue },
  };
}
