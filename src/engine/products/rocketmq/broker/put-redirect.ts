import { Code } from '../protocol';
import { delayLevels, SCHEDULE_TOPIC } from '../schedule/levels';
import { levelClipped, messageDelayed } from '../schedule/schedule-kinds';
import {
  halfHung,
  timerIgnored,
  timerInBatch,
  timerPast,
  timerSet,
  timerTooFar,
  timerWheelOff,
} from '../schedule/timer-kinds';
import { outUs, TIMER_TOPIC } from '../schedule/timer-times';
import type { Broker, RocketSim } from '../state';
import { HALF_TOPIC } from '../transaction/transaction-topics';
import { refusePut } from './put-answer';
import { queueNumberOf, type Send } from './store-state';

/**
 * The hooks in front of a put (`HookUtils`): a message that is to wait goes to another topic first and remembers
 * where it belongs.
 */

/**
 * `HookUtils#handleScheduleMessage`: a timer message waits in the wheel, a delayed one in the queue of its level.
 * Undefined when the message was refused. [SC-1, SC-2, SC-8, SC-9]
 */
export function redirectPut(sim: RocketSim, broker: Broker, send: Send): Send | undefined {
  const { props, topic, timerDelayUs, message, batch = 1 } = send;
  if (topic === SCHEDULE_TOPIC || topic === TIMER_TOPIC) return send;
  const level = props?.delayLevel ?? 0;
  if (timerDelayUs !== undefined) {
    if (level > 0) sim.emit(timerIgnored, broker.node, message);
    // The hook sees the properties of the batch, not those of its messages.
    else if (batch > 1) sim.emit(timerInBatch, broker.node, message, batch);
    else return intoWheel(sim, broker, send, timerDelayUs);
  }
  return level > 0 ? ontoShelf(sim, broker, send, level) : send;
}

/** `transformDelayLevelMessage`. */
function ontoShelf(sim: RocketSim, broker: Broker, send: Send, asked: number): Send {
  const { props, topic, queueId, message } = send;
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

/**
 * `transformTimerMessage`. What the message remembers of where it belongs is overwritten: of a half message that is
 * its topic and queue.
 */
function intoWheel(sim: RocketSim, broker: Broker, send: Send, delayUs: number): Send | undefined {
  const { node, config } = broker;
  const { message, topic, queueId, props } = send;
  if (!config.timerWheelEnable) {
    sim.emit(timerWheelOff, node, message);
    const remark = 'accurate timer message is not enabled, timerWheelEnable is false';
    refusePut(sim, node, send, Code.SYSTEM_ERROR, remark);
    return undefined;
  }
  if (delayUs <= 0) {
    sim.emit(timerPast, node, message);
    return send;
  }
  if (delayUs > config.timerMaxDelaySec * 1_000_000) {
    sim.emit(timerTooFar, node, message, delayUs);
    const remark = `timer message illegal, the delay time should not be bigger than the max delay ${config.timerMaxDelaySec * 1000}ms; or if set del msg, the delay time should be bigger than the current time`;
    refusePut(sim, node, send, Code.MESSAGE_ILLEGAL, remark);
    return undefined;
  }
  const deliverUs = outUs(broker, sim.nowUs + delayUs);
  const realQueue = queueNumberOf(sim, broker, topic, queueId);
  sim.emit(timerSet, node, message, Math.max(0, deliverUs - sim.nowUs));
  if (topic === HALF_TOPIC) sim.emit(halfHung, node, message, props?.realQueue);
  return {
    ...send,
    topic: TIMER_TOPIC,
    queueId: 0,
    props: { ...props, role: 'timed', deliverUs, realQueue },
  };
}
