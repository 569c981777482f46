import { processOf } from '../../../model/env';
import type { ProcessView } from '../../../view';
import type { RocketSim } from '../state';

/** The truth about a process, as every view of one begins. */
export function processView(sim: RocketSim, node: number): ProcessView {
  const { env } = sim.state;
  const process = processOf(env, node);
  return {
    id: process.name,
    node,
    host: env.hosts[process.host]?.name ?? process.name,
    state: process.state,
    ...(process.failure === undefined ? {} : { failure: process.failure }),
    sinceUs: process.sinceUs,
    ...(process.untilUs === undefined ? {} : { untilUs: process.untilUs }),
  };
}

export function nameOf(sim: RocketSim, node: number): string {
  return processOf(sim.state.env, node).name;
}
