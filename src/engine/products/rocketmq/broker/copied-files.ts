import { appendCopy, recordAt } from '../../../model/log';
import { recordPhys, recordStoredUs } from '../../../model/world';
import type { Broker, RocketSim } from '../state';

/**
 * What the file system says of the CommitLog's files: a file is modified last when the next one begins, since its
 * blank record is written then. On a replica that copies, this is when it copied, not when the master stored.
 */

/** Number of the file in which a record begins. */
const fileOf = (sim: RocketSim, { config }: Broker, record: number) =>
  Math.floor(recordPhys(sim.state.arena, record) / config.mappedFileSizeCommitLog);

/** Appends a record that another replica has sent, and keeps when a file of this disk was begun with one. */
export function appendCopied(sim: RocketSim, broker: Broker, record: number): void {
  const { log, disk } = broker.store;
  const file = fileOf(sim, broker, record);
  const { length } = log.records;
  if (length === log.first || fileOf(sim, broker, recordAt(log, length - 1)) !== file) {
    disk.begunUs.set(file, sim.nowUs);
  }
  appendCopy(sim, log, record);
}

/** `File#lastModified` of the file before the one that a record begins. */
export function modifiedBeforeUs(sim: RocketSim, broker: Broker, record: number): number {
  const copiedUs = broker.store.disk.begunUs.get(fileOf(sim, broker, record)) ?? Number.NEGATIVE_INFINITY;
  return Math.max(copiedUs, recordStoredUs(sim.state.arena, record));
}

/** Of files that are deleted nothing need be known. */
export function forgetFilesBefore({ config, store }: Broker): void {
  const { begunUs } = store.disk;
  for (const file of begunUs.keys()) {
    if (file * config.mappedFileSizeCommitLog <= store.log.startPhys) begunUs.delete(file);
  }
}
