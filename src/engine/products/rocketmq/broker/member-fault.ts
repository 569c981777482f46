import { faultBehind } from '../../../model/silence';
import type { Broker, RocketSim } from '../state';

/** Entry of the fault of another replica of a broker's group, for what it concludes from their silence. */
export function faultOfMembers(sim: RocketSim, { node, brokerName }: Broker): number | undefined {
  for (const other of sim.state.product.brokers.values()) {
    if (other.brokerName !== brokerName || other.node === node) continue;
    const fault = faultBehind(sim, node, other.node);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
