import { endPhys, logLength, physAt } from '../../engine/model/log';
import type { Run } from '../../engine/run';
import type { Gauges } from './curves';

/** How things stand now: messages not yet consumed, bytes not yet flushed, records that a follower lacks. */
export function gaugesOf({ product, sim }: Run): Gauges {
  let lag = 0;
  const lags = new Map<string, number>();
  for (const { group, committed, max } of product.offsets(sim)) {
    const behind = Math.max(0, max - committed);
    lag += behind;
    lags.set(group, (lags.get(group) ?? 0) + behind);
  }
  let unflushedBytes = 0;
  const leading = new Map<string, number>();
  const logs = product.logs(sim);
  for (const { role, group, log } of logs) {
    if (role !== 'leader') continue;
    unflushedBytes += Math.max(0, endPhys(sim.state, log) - physAt(sim.state, log, log.flushed));
    leading.set(group, Math.max(leading.get(group) ?? 0, logLength(log)));
  }
  let replicaLag = 0;
  for (const { role, group, log } of logs) {
    if (role === 'follower') replicaLag = Math.max(replicaLag, (leading.get(group) ?? 0) - logLength(log));
  }
  return { lag, lags, unflushedBytes, replicaLag };
}
