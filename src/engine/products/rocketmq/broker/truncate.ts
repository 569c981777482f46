import { endPhys, loseTail, physAt, rowAtPhys } from '../../../model/log';
import type { Broker, RocketSim } from '../state';
import { logTruncated } from './controller-mode-kinds';
import { epochAt } from './epochs';
import { commitPool } from './pool';
import { cutQueues } from './recovery';

/**
 * `DefaultMessageStore#truncateFiles`: the log ends at an offset from now on, and with it its ConsumeQueues. Returns
 * the messages that are gone.
 */
export function truncateLog(sim: RocketSim, broker: Broker, phys: number): number {
  const { node, store } = broker;
  const { log, disk, memory } = store;
  commitPool(sim, node);
  const row = rowAtPhys(sim.state, log, phys);
  const gone = log.records.length - row;
  if (gone === 0) return 0;
  sim.emit(logTruncated, node, gone, phys);
  memory.cut = {
    frozen: true,
    atUs: sim.nowUs,
    messages: gone,
    bytes: endPhys(sim.state, log) - physAt(sim.state, log, row),
    epoch: epochAt(disk.replica.epochs, phys)?.epoch ?? 0,
  };
  const cause = sim.currentCause;
  sim.because(cause, () => loseTail(sim, log, row));
  sim.because(cause, () => cutQueues(sim, broker));
  memory.nextOffsets.clear();
  memory.dispatchedRows = Math.min(memory.dispatchedRows, row);
  memory.flushedRows = Math.min(memory.flushedRows, row);
  // What is on its way to the disk counts for what is left of it.
  if (memory.flush.running !== undefined) memory.flush.running = Math.min(memory.flush.running, row);
  if (disk.writeBack !== undefined) {
    disk.writeBack = { ...disk.writeBack, rows: Math.min(disk.writeBack.rows, row) };
  }
  if (log.flushed >= log.cached) disk.dirtySinceUs = undefined;
  disk.coldBelowPhys = Math.min(disk.coldBelowPhys, phys);
  disk.replica.confirmPhys = Math.min(disk.replica.confirmPhys, phys);
  return gone;
}
