import { processOf } from '../../../model/env';
import { canReach } from '../../../model/net';
import type { RegistryView } from '../../../view';
import type { Nameserver, RocketSim } from '../state';
import { nameOf, processView } from './processes';
import { byText, isSystemTopic } from './queues';

export function registryViews(sim: RocketSim): RegistryView[] {
  return [...sim.state.product.nameservers.values()].map((nameserver) => registryView(sim, nameserver));
}

function registryView(sim: RocketSim, { node, tables }: Nameserver): RegistryView {
  const rows = [...tables.brokerLiveTable].map(([address, live]) => ({
    group: live.brokerName,
    replica: live.brokerId,
    process: nameOf(sim, address),
    ageUs: sim.nowUs - live.lastUpdateUs,
    limitUs: live.timeoutUs,
    true: processOf(sim.state.env, address).state !== 'down' && canReach(sim, address, node),
  }));
  return {
    ...processView(sim, node),
    rows: rows.sort((x, y) => byText(x.group, y.group) || x.replica - y.replica),
    topics: [...tables.topicQueueTable.keys()].filter((topic) => !isSystemTopic(topic)).length,
  };
}
