import type { ClientView } from '../../../view';
import { sendMessage } from '../protocol';
import type { Producer, RocketSim } from '../state';
import { nameOf, processView } from './processes';
import { ratesOf } from './rates';

export function clientViews(sim: RocketSim): ClientView[] {
  const rates = ratesOf(sim, 'sent');
  return [...sim.state.product.producers.values()].map((producer) => clientView(sim, producer, rates));
}

function clientView(sim: RocketSim, producer: Producer, rates: ReadonlyMap<number, number>): ClientView {
  const { node, spec, state, client, remoting } = producer;
  const waiting = new Map<number, number>();
  for (const { to, request } of remoting.pending.values()) {
    if (request.type === sendMessage) waiting.set(to, (waiting.get(to) ?? 0) + 1);
  }
  const targets = new Set<string>();
  for (const { brokerName } of client.publish.get(spec.topic)?.queues ?? []) {
    const master = client.brokerAddrs.get(brokerName)?.find(([id]) => id === 0);
    if (master !== undefined) targets.add(nameOf(sim, master[1]));
  }
  return {
    ...processView(sim, node),
    group: spec.group,
    topic: spec.topic,
    mode: spec.mode,
    ratePerSecond: rates.get(node) ?? 0,
    paused: state.paused,
    routeAgeUs: sim.nowUs - (client.confirmedUs.get(spec.topic) ?? sim.nowUs),
    waiting: [...waiting].map(([to, count]) => ({ on: nameOf(sim, to), count })),
    sent: state.sent,
    acknowledged: state.acknowledged,
    failed: state.failed,
    targets: [...targets],
  };
}
