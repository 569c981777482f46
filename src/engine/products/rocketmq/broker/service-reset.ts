import { processOf } from '../../../model/env';
import type { ActResult } from '../../../product';
import type { ResetPoint } from '../../../scenario/types';
import { resetConsumerOffset } from '../consumer/reset-request';
import { pushOneway } from '../remoting';
import type { Broker, RocketSim } from '../state';
import { resetPending } from './service-kinds';
import { commitOffset, committedOffset, offsetAtTime, offsetKey, putOffset } from './service-offsets';
import {
  consumeQueueOf,
  isSlave,
  maxOffsetOf,
  minOffsetOf,
  queueNumberOf,
  topicConfigOf,
} from './store-state';

/**
 * `mqadmin resetOffset…`: asks every master that holds the topic to move a group. [CO-18]
 * Refused when no running master holds the topic, or none knows the group.
 */
export function resetOffset(sim: RocketSim, group: string, topic: string, point: ResetPoint): ActResult {
  const masters = [...sim.state.product.brokers.values()].filter(
    (broker) =>
      !isSlave(broker) &&
      processOf(sim.state.env, broker.node).state === 'up' &&
      topicConfigOf(broker, topic) !== undefined &&
      broker.service.disk.subscriptionGroups.has(group),
  );
  if (masters.length === 0) {
    return {
      ok: false,
      message: {
        en: `No running master holds ${topic} and knows the group ${group}.`,
        zh: `没有运行中的 master 既有 ${topic} 又认识 ${group} 组。`,
      },
    };
  }
  const cause = sim.currentCause;
  for (const broker of masters) {
    sim.because(cause, () => {
      if (broker.config.useServerSideResetOffset) resetOnServer(sim, broker, group, topic, point);
      else resetOnClients(sim, broker, group, topic, point);
    });
  }
  return { ok: true };
}

function targets(sim: RocketSim, broker: Broker, topic: string, point: ResetPoint): number[] {
  const queues = topicConfigOf(broker, topic)?.readQueueNums ?? 0;
  return Array.from({ length: queues }, (_, queueId) => {
    const queue = consumeQueueOf(sim, broker, topic, queueId);
    if (point.to === 'earliest') return minOffsetOf(queue);
    if (point.to === 'latest') return maxOffsetOf(queue);
    return point.to === 'time' ? offsetAtTime(sim, queue, point.timeUs) : point.offset;
  });
}

/** 5.x: the master overwrites the committed offset and lets the next pull tell the consumer. */
function resetOnServer(
  sim: RocketSim,
  broker: Broker,
  group: string,
  topic: string,
  point: ResetPoint,
): void {
  const { service, node } = broker;
  const key = offsetKey(topic, group);
  const cause = sim.currentCause;
  targets(sim, broker, topic, point).forEach((offset, queueId) => {
    putOffset(service.resets, key, queueId, offset);
    putOffset(service.offsets, key, queueId, offset);
    sim.because(cause, () =>
      sim.emit(resetPending, node, queueNumberOf(sim, broker, topic, queueId), offset),
    );
  });
}

/**
 * 4.x: the broker asks the connected consumers to move (`Broker2Client#resetOffset`); while there are none the tool
 * writes the committed offsets itself. Queues for which nothing is committed are left alone.
 */
function resetOnClients(
  sim: RocketSim,
  broker: Broker,
  group: string,
  topic: string,
  point: ResetPoint,
): void {
  const { service, node } = broker;
  const cause = sim.currentCause;
  const offsets = targets(sim, broker, topic, point).map((offset, queueId) =>
    committedOffset(service, group, topic, queueId) < 0 ? undefined : offset,
  );
  const members = service.groups.get(group)?.channels;
  offsets.forEach((offset, queueId) => {
    if (offset === undefined) return;
    sim.because(cause, () => {
      sim.emit(resetPending, node, queueNumberOf(sim, broker, topic, queueId), offset);
      if (members === undefined) commitOffset(sim, node, { group, topic, queueId, offset });
    });
  });
  if (members === undefined) return;
  for (const conn of members.keys()) {
    const body = { group, topic, brokerName: broker.brokerName, offsets };
    sim.because(cause, () => pushOneway(sim, node, conn, resetConsumerOffset, body));
  }
}
