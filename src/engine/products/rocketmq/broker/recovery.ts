import { defineEvent, type Handlers } from '../../../core/sim';
import { getCell, truncateTable } from '../../../core/table';
import { processOf } from '../../../model/env';
import { endPhys, loseTail, physAt, recordAt, rowAtPhys } from '../../../model/log';
import { readDisk, useCpu } from '../../../model/resources';
import { recordPhys, recordStoredUs, type World } from '../../../model/world';
import type { Broker, Rocket, RocketSim } from '../state';
import { confirmRowsOf } from './confirm';
import { redispatch } from './dispatch';
import { offsetsRewound, queueOffsetsLoaded } from './log-kinds';
import {
  abortFound,
  badRecordFound,
  consumeQueuesRebuilt,
  recoveryBegun,
  recoveryDone,
} from './recovery-kinds';
import { brokerOf, maxOffsetOf, maxPhysOf } from './store-state';

/**
 * The load of a store: after a clean shutdown the newest file is checked, after a crash everything since the latest
 * checkpoint, which is dispatched again; ConsumeQueues are cut to the log and caught up before the broker serves
 * (BR-22, BR-23).
 */

/** The store is loaded: the broker may serve. */
export const storeRecovered = defineEvent<Record<string, never>>('store.recovered');

interface Plan {
  readonly fromRow: number;
  readonly bytes: number;
  readonly begunUs: number;
}
const bytesRead = defineEvent<Plan>('store.read');
const bytesChecked = defineEvent<Plan>('store.checked');

/** A check of the length, the magic code and the CRC of a record: about 1 GB/s of one core. */
const CHECK_NS_PER_BYTE = 1;
/** The checkpoint is trusted up to 3 s before its time (`StoreCheckpoint#getMinTimestamp`). */
const CHECKPOINT_SLACK_US = 3_000_000;

/** Loads the store; `storeRecovered` follows, at once when there is nothing to check. */
export function recoverStore(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { log, disk } = broker.store;
  const crashed = disk.abort;
  disk.abort = true;
  sim.emit(abortFound, node, crashed ? 1 : 0);
  const fromRow = crashed ? rowOfCheckpoint(sim, broker) : rowOfNewestFiles(sim, broker);
  const fromPhys = physAt(sim.state, log, fromRow);
  const plan: Plan = { fromRow, bytes: maxPhysOf(sim, broker) - fromPhys, begunUs: sim.nowUs };
  if (plan.bytes === 0) {
    finish(sim, node, plan);
    return;
  }
  sim.emit(recoveryBegun, node, log.records.length - fromRow, plan.bytes);
  const cold = Math.max(0, Math.min(maxPhysOf(sim, broker), disk.coldBelowPhys) - fromPhys);
  const process = processOf(sim.state.env, node);
  process.state = 'recovering';
  const readUs = cold === 0 ? sim.nowUs : readDisk(sim, node, cold, bytesRead, plan);
  if (cold === 0) sim.call(bytesRead, node, plan);
  process.untilUs = readUs + Math.ceil((plan.bytes * CHECK_NS_PER_BYTE) / 1000);
}

/**
 * First row to check after a clean shutdown: the file of the last record that a ConsumeQueue names, so that what they
 * lack is dispatched again; 4.9 checks the last three files at least.
 */
function rowOfNewestFiles(sim: RocketSim, broker: Broker): number {
  const { log, disk } = broker.store;
  const { arena } = sim.state;
  const size = broker.config.mappedFileSizeCommitLog;
  const files = sim.state.product.version === '4.9' ? 3 : 1;
  const newest = Math.floor(Math.max(0, endPhys(sim.state, log) - 1) / size);
  let indexedPhys = 0;
  for (const { records } of disk.queues.values()) {
    if (records.length === 0) continue;
    indexedPhys = Math.max(indexedPhys, recordPhys(arena, getCell(records, records.length - 1, 0)));
  }
  return rowAtPhys(sim.state, log, Math.min(newest - files + 1, Math.floor(indexedPhys / size)) * size);
}

/** First row to check after a crash: the start of the newest file that began 3 s before the checkpoint. */
function rowOfCheckpoint(sim: RocketSim, broker: Broker): number {
  const { log } = broker.store;
  const { arena } = sim.state;
  const size = broker.config.mappedFileSizeCommitLog;
  if (log.flushed <= log.first) return log.first;
  const trustedUs = recordStoredUs(arena, recordAt(log, log.flushed - 1)) - CHECKPOINT_SLACK_US;
  let row = log.records.length;
  while (row > log.first) {
    row = rowAtPhys(sim.state, log, Math.floor(recordPhys(arena, recordAt(log, row - 1)) / size) * size);
    if (recordStoredUs(arena, recordAt(log, row)) <= trustedUs) break;
  }
  return row;
}

function finish(sim: RocketSim, node: number, { fromRow, bytes, begunUs }: Plan): void {
  const broker = brokerOf(sim, node);
  const { log, memory, disk } = broker.store;
  const cause = sim.currentCause;
  sim.because(cause, () => cutTorn(sim, broker));
  sim.because(cause, () => cutQueues(sim, broker));
  // What the page cache still had to write is flushed by the broker's own account (`setFlushedWhere`).
  memory.flushedRows = log.records.length;
  disk.replica.confirmPhys = Math.min(disk.replica.confirmPhys, maxPhysOf(sim, broker));
  const from = Math.min(fromRow, log.records.length);
  disk.coldBelowPhys = Math.min(disk.coldBelowPhys, physAt(sim.state, log, from));
  sim.because(cause, () => {
    const to = confirmRowsOf(sim, broker);
    const entries = redispatch(sim, node, Math.min(from, to), to);
    if (entries > 0) sim.emit(consumeQueuesRebuilt, node, entries);
  });
  sim.because(cause, () => sim.emit(queueOffsetsLoaded, node, disk.queues.size));
  if (bytes > 0) sim.emit(recoveryDone, node, log.records.length - from, sim.nowUs - begunUs);
  sim.call(storeRecovered, node, {});
}

/** The first bytes that are no record end the log (HA-5 leaves such bytes on a slave). */
function cutTorn(sim: RocketSim, broker: Broker): void {
  const { log, disk } = broker.store;
  if (disk.torn === undefined) return;
  const { row } = disk.torn;
  const cut = maxPhysOf(sim, broker) - physAt(sim.state, log, row);
  sim.emit(badRecordFound, broker.node, log.records.length - row, cut);
  disk.torn = undefined;
  loseTail(sim, log, row);
}

/** ConsumeQueue entries of records that the log no longer has are cut off; their offsets will be used again (BR-21). */
export function cutQueues(sim: RocketSim, broker: Broker): void {
  const { disk } = broker.store;
  const { arena } = sim.state;
  const max = maxPhysOf(sim, broker);
  const cause = sim.currentCause;
  for (const queue of disk.queues.values()) {
    let length = queue.records.length;
    while (length > 0 && recordPhys(arena, getCell(queue.records, length - 1, 0)) >= max) length--;
    if (length === queue.records.length) continue;
    truncateTable(queue.records, length);
    queue.min = Math.min(queue.min, maxOffsetOf(queue));
    sim.because(cause, () => sim.emit(offsetsRewound, broker.node, queue.queue, maxOffsetOf(queue)));
  }
}

export function registerRecovery(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(bytesRead, (sim, node, plan) => {
      useCpu(sim, node, plan.bytes * CHECK_NS_PER_BYTE, bytesChecked, plan);
    })
    .on(bytesChecked, finish);
}
