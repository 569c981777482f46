import { defineEvent, type Handlers } from '../../../core/sim';
import { getCell } from '../../../core/table';
import { hostOf } from '../../../model/env';
import { dropHead, endPhys, recordAt, rowAtPhys } from '../../../model/log';
import { recordPhys, type World } from '../../../model/world';
import { inGroup } from '../dledger/dledger-state';
import type { Broker, Rocket, RocketSim } from '../state';
import { defineTimer } from '../timers';
import { forgetFilesBefore, modifiedBeforeUs } from './copied-files';
import { dropEpochs } from './epochs';
import { diskFreed, diskFull, fileDeletedForSpace, fileExpired } from './recovery-kinds';
import { brokerOf, maxOffsetOf } from './store-state';

/**
 * `CleanCommitLogService`: deletes the oldest files of the CommitLog, in the hour of `deleteWhen` or when the disk
 * fills up, whether anybody has read them or not (BR-24, BR-25). Virtual time 0 is 04:00 of day 0.
 */
interface Deletion {
  /** Files that this run may still delete. */
  readonly left: number;
  /** Regardless of their age. */
  readonly forced: boolean;
}
const deleteNext = defineEvent<Deletion>('retention.delete');

const HOUR_US = 3_600_000_000;
const HOUR_AT_ZERO = 4;

export const cleanerTimer = defineTimer('broker.clean-commitlog', 60_000_000, 10_000_000, clean);

/** Hour of the virtual day, 0 to 23. */
export function hourAt(nowUs: number): number {
  const hour = (HOUR_AT_ZERO + Math.floor(nowUs / HOUR_US)) % 24;
  return hour < 0 ? hour + 24 : hour;
}

/** `CleanCommitLogService` lets neither ratio leave its range. */
const warningPercent = ({ config }: Broker) => Math.min(Math.max(config.diskSpaceWarningLevelRatio, 35), 90);
const forciblyPercent = ({ config }: Broker) =>
  Math.min(Math.max(config.diskSpaceCleanForciblyRatio, 30), 85);

/** Hours that a file stays; `DLedgerCommitLog` gives its own store one more. */
const reservedHours = (broker: Broker) => broker.config.fileReservedTime + (inGroup(broker) ? 1 : 0);

/** Share of its disk that the CommitLogs of a broker's host take, percent. */
function diskUsagePercent(sim: RocketSim, node: number): number {
  const { env, product } = sim.state;
  const host = hostOf(env, node);
  let bytes = 0;
  for (const { node: other, store } of product.brokers.values()) {
    if (hostOf(env, other) === host) bytes += endPhys(sim.state, store.log) - store.log.startPhys;
  }
  return (bytes * 100) / env.params.diskCapacityBytes;
}

function clean(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { config, store } = broker;
  const percent = diskUsagePercent(sim, node);
  const cause = sim.currentCause;
  sim.because(cause, () => markDisk(sim, broker, percent));
  const tight = percent > forciblyPercent(broker);
  const forced = config.cleanFileForciblyEnable && tight;
  const isTime = config.deleteWhen.split(';').some((hour) => Number(hour) === hourAt(sim.nowUs));
  if (!isTime && percent <= config.diskMaxUsedSpaceRatio && !tight) return;
  if (store.log.records.length > store.log.first) {
    const { diskFull: full, diskFullBy } = store.memory;
    sim.because(full ? diskFullBy : cause, () =>
      sim.call(deleteNext, node, { left: config.deleteFileBatchMax, forced }),
    );
  }
}

/** Above the warning level writes are refused, until usage is down to where files go by force (BR-25). */
function markDisk(sim: RocketSim, broker: Broker, percent: number): void {
  const { node } = broker;
  const { memory } = broker.store;
  if (percent > warningPercent(broker)) {
    if (!memory.diskFull) memory.diskFullBy = sim.emit(diskFull, node, Math.floor(percent));
    memory.diskFull = true;
  } else if (memory.diskFull && percent <= forciblyPercent(broker)) {
    sim.emit(diskFreed, node, Math.floor(percent));
    memory.diskFull = false;
  }
}

function onDelete(sim: RocketSim, node: number, { left, forced }: Deletion): void {
  const broker = brokerOf(sim, node);
  const cause = sim.currentCause;
  if (left === 0 || !deleteOldest(sim, broker, forced)) return;
  const pauseUs = broker.config.deleteCommitLogFilesInterval * 1000;
  sim.because(cause, () => sim.after(pauseUs, node, deleteNext, { left: left - 1, forced }));
}

/** Deletes the oldest file if it may go: never the last one, and the first that may not ends the run. */
function deleteOldest(sim: RocketSim, broker: Broker, forced: boolean): boolean {
  const { config, store } = broker;
  const { log } = store;
  const { arena } = sim.state;
  if (log.records.length === log.first) return false;
  const size = config.mappedFileSizeCommitLog;
  const next = (Math.floor(recordPhys(arena, recordAt(log, log.first)) / size) + 1) * size;
  const first = rowAtPhys(sim.state, log, next);
  if (first >= log.cached) return false;
  const writtenUs = modifiedBeforeUs(sim, broker, recordAt(log, first));
  const expired = writtenUs + reservedHours(broker) * HOUR_US <= sim.nowUs;
  if (!expired && !forced) return false;
  const bytes = next - log.startPhys;
  sim.emit(expired ? fileExpired : fileDeletedForSpace, broker.node, first - log.first, bytes);
  dropHead(sim, log, first, next);
  store.memory.flushedRows = Math.max(store.memory.flushedRows, first);
  log.flushed = Math.max(log.flushed, first);
  forgetFilesBefore(broker);
  raiseMinOffsets(sim, broker);
  const { replica } = store.disk;
  if (broker.controlled !== undefined) replica.epochs = dropEpochs(replica.epochs, log.startPhys - 1);
  return true;
}

/** `ConsumeQueue#correctMinOffset`: the first entry whose record still exists. */
function raiseMinOffsets(sim: RocketSim, { store: { log, disk } }: Broker): void {
  const { arena } = sim.state;
  for (const queue of disk.queues.values()) {
    let low = queue.min - queue.base;
    let high = maxOffsetOf(queue) - queue.base;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (recordPhys(arena, getCell(queue.records, middle, 0)) < log.startPhys) low = middle + 1;
      else high = middle;
    }
    queue.min = queue.base + low;
  }
}

export function registerRetention(handlers: Handlers<World<Rocket>>): void {
  handlers.on(deleteNext, onDelete);
}
