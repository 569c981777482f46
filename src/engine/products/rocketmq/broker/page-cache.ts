import { defineEvent, type Handlers } from '../../../core/sim';
import { physAt } from '../../../model/log';
import { writeBack } from '../../../model/resources';
import type { World } from '../../../model/world';
import type { Broker, Rocket, RocketSim } from '../state';
import { writtenBack } from './flush-kinds';
import { brokerOf } from './store-state';

/**
 * The kernel's side of a CommitLog: dirty pages, the flusher that writes old ones, and the limit at which it lets
 * writers wait. The broker learns nothing of what the flusher does.
 */
export const pageCacheFreed = defineEvent<Record<string, never>>('page-cache.freed');

const flusherWakes = defineEvent<{ broker: number }>('page-cache.flusher');
const wroteBack = defineEvent<{ broker: number; id: number }>('page-cache.wrote-back');

/** Linux: `dirty_writeback_centisecs` = 500. */
const FLUSHER_PERIOD_US = 5_000_000;

/** Bytes of the CommitLog that are in the page cache and not on the disk. */
export function dirtyBytesOf(sim: RocketSim, broker: Broker): number {
  const { log } = broker.store;
  return log.cached === log.flushed
    ? 0
    : physAt(sim.state, log, log.cached) - physAt(sim.state, log, log.flushed);
}

/** Bytes of the CommitLog came into the page cache. */
export function becomeDirty(sim: RocketSim, node: number): void {
  const { disk } = brokerOf(sim, node).store;
  disk.dirtySinceUs ??= sim.nowUs;
  armFlusher(sim, node);
}

/** Everything up to a row is on the disk, as far as it was written when the flush began. */
export function becomeClean(sim: RocketSim, node: number, rows: number, begunUs: number): void {
  const { log, disk } = brokerOf(sim, node).store;
  log.flushed = Math.max(log.flushed, rows);
  disk.dirtySinceUs = log.flushed < log.cached ? begunUs : undefined;
}

/** The kernel writes all dirty pages, because a writer waits for room or because they are old. */
export function writeBackNow(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { log, disk } = broker.store;
  const bytes = dirtyBytesOf(sim, broker);
  if (disk.writeBack !== undefined || bytes === 0) return;
  const id = ++disk.writeBacks;
  disk.writeBack = { frozen: true, id, rows: log.cached, begunUs: sim.nowUs };
  writeBack(sim, node, bytes, wroteBack, { broker: node, id });
}

function armFlusher(sim: RocketSim, node: number): void {
  const { disk } = brokerOf(sim, node).store;
  const { dirtyExpireUs } = sim.state.env.params;
  if (dirtyExpireUs === 0 || disk.dirtySinceUs === undefined || Number.isFinite(disk.flusherAtUs)) return;
  const due = Math.max(sim.nowUs, disk.dirtySinceUs + dirtyExpireUs);
  disk.flusherAtUs = Math.ceil(due / FLUSHER_PERIOD_US) * FLUSHER_PERIOD_US;
  sim.at(disk.flusherAtUs, -1, flusherWakes, { broker: node });
}

export function registerPageCache(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(flusherWakes, (sim, _node, { broker: node }) => {
      const { disk } = brokerOf(sim, node).store;
      if (disk.flusherAtUs !== sim.nowUs) return;
      disk.flusherAtUs = Number.POSITIVE_INFINITY;
      const old =
        disk.dirtySinceUs !== undefined &&
        disk.dirtySinceUs + sim.state.env.params.dirtyExpireUs <= sim.nowUs;
      if (old) writeBackNow(sim, node);
      else armFlusher(sim, node);
    })
    .on(wroteBack, (sim, _node, { broker: node, id }) => {
      const broker = brokerOf(sim, node);
      const { log, disk } = broker.store;
      // The host lost its power, or its disk, in between.
      if (disk.writeBack?.id !== id) return;
      const { rows, begunUs } = disk.writeBack;
      disk.writeBack = undefined;
      const bytes = Math.max(0, physAt(sim.state, log, rows) - physAt(sim.state, log, log.flushed));
      becomeClean(sim, node, rows, begunUs);
      armFlusher(sim, node);
      if (bytes > 0) sim.emit(writtenBack, node, bytes);
      sim.after(0, node, pageCacheFreed, {});
    });
}
