import { processOf } from '../../../model/env';
import { canReach } from '../../../model/net';
import type { ReplicaView } from '../../../view';
import type { Broker, RocketSim } from '../state';
import { tickAtOrAfter } from '../timers';
import { nameOf } from './processes';

/** A client asks for its routes 10 ms after its start and then every 30 s (CL-1). */
const POLL = { firstUs: 10_000, periodUs: 30_000_000 };

/**
 * Who still takes a broker for alive that is dead or out of reach: each NameServer until its registration is too
 * old; when none does, the clients whose cached routes name it, until their next poll.
 */
export function believersOf(sim: RocketSim, broker: Broker): ReplicaView['believers'] {
  const { env, product } = sim.state;
  const down = processOf(env, broker.node).state === 'down';
  const registries = [...product.nameservers.values()].flatMap(({ node, tables }) => {
    const live = tables.brokerLiveTable.get(broker.node);
    if (live === undefined || processOf(env, node).state === 'down') return [];
    if (!down && canReach(sim, broker.node, node)) return [];
    const leftUs = live.lastUpdateUs + live.timeoutUs - sim.nowUs;
    return [{ by: nameOf(sim, node), leftUs: Math.max(0, leftUs), limitUs: live.timeoutUs }];
  });
  if (registries.length > 0 || !down) return registries;
  return [...product.producers.values(), ...product.consumers.values()].flatMap(
    ({ node, client, config }) => {
      if (processOf(env, node).state === 'down') return [];
      const known =
        client.brokerAddrs.get(broker.brokerName)?.some(([, address]) => address === broker.node) ?? false;
      if (!known) return [];
      const periodUs = config.pollNameServerInterval * 1000;
      const nextUs = tickAtOrAfter(sim, node, { ...POLL, periodUs }, sim.nowUs + 1);
      return [{ by: nameOf(sim, node), leftUs: nextUs - sim.nowUs, limitUs: periodUs }];
    },
  );
}
