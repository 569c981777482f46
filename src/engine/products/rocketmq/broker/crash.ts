import { endPhys, loseTail, physAt, rowAtPhys, wipeLog } from '../../../model/log';
import type { Failure } from '../../../view';
import { tellDelaysForgotten } from '../schedule/schedule';
import type { Broker, RocketSim } from '../state';
import { poolLost, unacknowledgedLost, unflushedLost } from './flush-kinds';
import { unsentLost } from './ha-kinds';
import { loseUnsyncedMetadata } from './metadata-file';
import { crashTook, topicsUnsyncedLost } from './recovery-kinds';
import { createDisk, createMemory, NO_TOPICS } from './store-create';

/**
 * What a failure takes from a broker's store (BR-20). A killed process loses its own memory, a transient store pool
 * among it; the page cache is the kernel's and stays. A host without power keeps what its disk has. A lost disk
 * keeps nothing.
 */
export function loseByFailure(sim: RocketSim, broker: Broker, failure: Failure): void {
  const { node, store } = broker;
  const { log } = store;
  const kept = failure === 'disk' ? log.first : failure === 'power' ? log.flushed : log.cached;
  const bytes = endPhys(sim.state, log) - physAt(sim.state, log, kept);
  sim.emit(crashTook, node, log.records.length - kept, bytes);
  const cause = sim.currentCause;
  if (failure === 'disk') {
    tellUnsent(sim, broker);
    wipeLog(sim, log);
    store.disk = createDisk(NO_TOPICS);
  } else {
    sim.because(cause, () => losePool(sim, broker));
    if (failure === 'power') sim.because(cause, () => loseCaches(sim, broker));
    sim.because(cause, () => tellDelaysForgotten(sim, broker));
  }
  store.memory = createMemory();
}

/** Of what a lost disk takes, slaves have what was sent to them; the rest had not been read by the sender. */
function tellUnsent(sim: RocketSim, { node, store: { log, memory } }: Broker): void {
  let sentPhys = -1;
  for (const link of memory.links.values()) sentPhys = Math.max(sentPhys, link.nextPhys);
  const bytes = endPhys(sim.state, log) - sentPhys;
  if (sentPhys < 0 || bytes <= 0) return;
  sim.emit(unsentLost, node, log.records.length - rowAtPhys(sim.state, log, sentPhys), bytes);
}

/** Messages that were only in the transient store pool: memory of the process. */
function losePool(sim: RocketSim, { node, store: { log } }: Broker): void {
  const rows = log.records.length - log.cached;
  if (rows === 0) return;
  sim.emit(poolLost, node, rows, endPhys(sim.state, log) - physAt(sim.state, log, log.cached));
  loseTail(sim, log, log.cached);
}

/** What was only in the page cache. */
function loseCaches(sim: RocketSim, { node, config, store: { log, disk } }: Broker): void {
  const cause = sim.currentCause;
  const rows = log.cached - log.flushed;
  if (rows > 0) {
    const bytes = endPhys(sim.state, log) - physAt(sim.state, log, log.flushed);
    sim.because(cause, () => {
      sim.emit(config.flushDiskType === 'SYNC_FLUSH' ? unacknowledgedLost : unflushedLost, node, rows, bytes);
      loseTail(sim, log, log.flushed);
    });
  }
  loseUnsyncedMetadata(disk.delayFile, sim.nowUs);
  const versions = loseUnsyncedMetadata(disk.topicsFile, sim.nowUs);
  if (versions > 0) sim.because(cause, () => sim.emit(topicsUnsyncedLost, node, versions));
  if (disk.torn !== undefined && disk.torn.row >= log.records.length) disk.torn = undefined;
  disk.dirtySinceUs = undefined;
  disk.writeBack = undefined;
  disk.flusherAtUs = Number.POSITIVE_INFINITY;
  disk.coldBelowPhys = endPhys(sim.state, log);
}
