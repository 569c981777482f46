import { defineEvent, type Handlers } from '../../../core/sim';
import { physAt } from '../../../model/log';
import type { World } from '../../../model/world';
import type { Rocket, RocketSim } from '../state';
import { tickAtOrAfter } from '../timers';
import { bytesCached, hasPages } from './flush';
import { poolCommitted } from './flush-kinds';
import { brokerOf } from './store-state';

/**
 * The transient store pool (BR-16): appends go to memory of the process, and `CommitRealTimeService` copies them to
 * the page cache, woken by each put.
 */
const commitBeat = defineEvent<Record<string, never>>('pool.beat');

/** A message was written to the pool. */
export function bytesPooled(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { commit } = broker.store.memory;
  commit.wokenUs = sim.nowUs;
  if (!broker.config.wakeCommitWhenPutMessage || !beat(sim, node)) arm(sim, node);
}

/** Copies all that the pool holds. */
export function commitPool(sim: RocketSim, node: number): void {
  const { log, memory } = brokerOf(sim, node).store;
  const from = log.cached;
  if (from >= log.records.length) return;
  log.cached = log.records.length;
  memory.commit.committedUs = sim.nowUs;
  const bytes = physAt(sim.state, log, log.cached) - physAt(sim.state, log, from);
  sim.emit(poolCommitted, node, log.cached - from, bytes);
  bytesCached(sim, node);
}

/** One iteration of the loop. True when it left nothing behind. */
function beat(sim: RocketSim, node: number): boolean {
  const broker = brokerOf(sim, node);
  const { log, memory } = broker.store;
  const { commitCommitLogLeastPages, commitCommitLogThoroughInterval } = broker.config;
  const from = log.cached;
  const to = log.records.length;
  if (from >= to) return true;
  const thorough = sim.nowUs >= memory.commit.committedUs + commitCommitLogThoroughInterval * 1000;
  if (!thorough && !hasPages(sim, broker, from, to, commitCommitLogLeastPages)) return false;
  commitPool(sim, node);
  return true;
}

/** The wait between two iterations begins anew with each wake; without wakes it is a steady beat. */
function arm(sim: RocketSim, node: number): void {
  const { store, config } = brokerOf(sim, node);
  const { commit } = store.memory;
  if (Number.isFinite(commit.atUs)) return;
  const periodUs = config.commitIntervalCommitLog * 1000;
  commit.atUs = config.wakeCommitWhenPutMessage
    ? commit.wokenUs + periodUs
    : tickAtOrAfter(sim, node, { firstUs: periodUs, periodUs }, sim.nowUs + 1);
  sim.at(commit.atUs, node, commitBeat, {});
}

export function registerPool(handlers: Handlers<World<Rocket>>): void {
  handlers.on(commitBeat, (sim, node) => {
    const { store, config } = brokerOf(sim, node);
    const { commit } = store.memory;
    commit.atUs = Number.POSITIVE_INFINITY;
    if (store.log.cached >= store.log.records.length) return;
    const wokenSince =
      config.wakeCommitWhenPutMessage && sim.nowUs < commit.wokenUs + config.commitIntervalCommitLog * 1000;
    if (!wokenSince) commit.wokenUs = sim.nowUs;
    if (wokenSince || !beat(sim, node)) arm(sim, node);
  });
}
