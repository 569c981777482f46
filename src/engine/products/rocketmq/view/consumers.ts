import type { ConsumerGroupView, ConsumerView } from '../../../view';
import { persistTimer } from '../consumer/consumer';
import { pops } from '../consumer/consumer-of';
import type { Consumer, RocketSim } from '../state';
import { lastTickUs, timerBaseUs } from '../timers';
import { nameOf, processView } from './processes';
import { committedOffset, isSystemTopic, maxOffset } from './queues';
import { ratesOf } from './rates';
import { readingsOf } from './reading';

export function consumerGroupViews(sim: RocketSim): ConsumerGroupView[] {
  const groups = new Map<string, Consumer[]>();
  for (const consumer of sim.state.product.consumers.values()) {
    const members = groups.get(consumer.spec.group);
    if (members === undefined) groups.set(consumer.spec.group, [consumer]);
    else members.push(consumer);
  }
  const rates = ratesOf(sim, 'consumed');
  const all = [...sim.state.product.consumers.values()];
  return [...groups].map(([id, members]) => ({
    id,
    topics: [...new Set(members.map(({ spec }) => spec.topic))],
    consumers: members.map((consumer) => consumerView(sim, consumer, all.indexOf(consumer) + 1, rates)),
    lag: lagOf(sim, id, new Set(members.map(({ spec }) => spec.topic))),
  }));
}

/** Messages stored and not committed by the group, over all queues of its topics. */
function lagOf(sim: RocketSim, group: string, topics: ReadonlySet<string>): number {
  let lag = 0;
  sim.state.arena.queues.forEach((queue, number) => {
    if (!topics.has(queue.topic)) return;
    lag += Math.max(0, maxOffset(sim, number) - Math.max(0, committedOffset(sim, group, number)));
  });
  return lag;
}

function consumerView(
  sim: RocketSim,
  consumer: Consumer,
  ordinal: number,
  rates: ReadonlyMap<number, number>,
): ConsumerView {
  const { state, spec } = consumer;
  const queues = readingsOf(sim, consumer)
    .filter(({ topic }) => !isSystemTopic(topic))
    .map(({ queue, topic, brokerName, queueId, source, failing, cached }) => ({
      queue,
      topic,
      replicaGroup: brokerName,
      queueId,
      from: source < 0 ? '' : nameOf(sim, source),
      failing,
      cached,
    }));
  return {
    ...processView(sim, consumer.node),
    group: spec.group,
    label: `C${ordinal}`,
    ordinal,
    paused: state.paused,
    queues: queues.sort((x, y) => x.queue - y.queue),
    ratePerSecond: rates.get(consumer.node) ?? 0,
    processingUs: spec.processingUs,
    cached: queues.reduce((sum, { cached }) => sum + cached, 0),
    running: state.pool.running.size,
    offsets: offsetsOf(sim, consumer),
  };
}

/** When it sent its offsets last, or will for the first time. [CO-16, PO-3] */
function offsetsOf(sim: RocketSim, consumer: Consumer): ConsumerView['offsets'] {
  if (pops(consumer)) return { are: 'acks' };
  const lastUs = lastTickUs(sim, consumer.node, persistTimer);
  if (lastUs !== undefined) return { are: 'sent', agoUs: sim.nowUs - lastUs };
  const firstUs = timerBaseUs(sim, consumer.node) + persistTimer.firstUs;
  return { are: 'due', inUs: Math.max(0, firstUs - sim.nowUs) };
}
