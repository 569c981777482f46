import { defineEvent, type Handlers } from '../../../core/sim';
import { physAt, recordAt, rowAtPhys } from '../../../model/log';
import { fsync } from '../../../model/resources';
import { recordPhys, type World } from '../../../model/world';
import { inGroup } from '../dledger/dledger-state';
import type { Broker, Rocket, RocketSim } from '../state';
import { timerBaseUs } from '../timers';
import { armDispatch } from './dispatch';
import { flushBegun, flushDone, groupFlushBegun, groupFlushDone } from './flush-kinds';
import { notifyLinks } from './ha-master';
import { becomeClean, becomeDirty, dirtyBytesOf, pageCacheFreed } from './page-cache';
import { brokerOf, type FlushLoop, isSlave } from './store-state';

/**
 * The flush of the CommitLog. ASYNC_FLUSH: a loop that sleeps, flushes when enough pages are dirty, and sleeps again
 * (BR-12). SYNC_FLUSH: on a master each put wakes the flusher, and one fsync serves all that came before it began
 * (BR-13); on a slave nobody waits, so it flushes every 10 ms (HA-6).
 *
 * No beat that can change nothing is scheduled: `arm` finds the next one that can.
 */

/** The broker's flushed position has moved on. */
export const flushAdvanced = defineEvent<Record<string, never>>('flush.advanced');

const flushAttempt = defineEvent<Record<string, never>>('flush.attempt');
const flushFinished = defineEvent<FlushRun>('flush.finished');

interface FlushRun {
  readonly from: number;
  readonly rows: number;
  readonly begunUs: number;
}

const PAGE_BYTES = 4_096;
const SLAVE_SYNC_INTERVAL_US = 10_000;
const NEVER = Number.POSITIVE_INFINITY;

/** Bytes came into the page cache: readers, slaves and the flusher may have them. */
export function bytesCached(sim: RocketSim, node: number): void {
  becomeDirty(sim, node);
  armFlush(sim, node, true);
  armDispatch(sim, node);
  notifyLinks(sim, node);
}

/** Schedules the next flush that can change something. `woken`: by a put. */
export function armFlush(sim: RocketSim, node: number, woken = false): void {
  const broker = brokerOf(sim, node);
  const { log, memory } = broker.store;
  const loop = loopOf(sim, broker);
  if (memory.flushedRows >= log.cached) return;
  if (groupCommits(broker)) {
    loop.woken = true;
    if (loop.running === undefined) beginFlush(sim, node);
    return;
  }
  if (loop.running !== undefined) {
    loop.woken ||= woken;
    return;
  }
  if (flushesOften(broker)) attemptAt(sim, node, loop, attemptFrom(loop, SLAVE_SYNC_INTERVAL_US, sim.nowUs));
  else if (woken && wakesOnPut(broker)) onAttemptNow(sim, node, isDue(loop, broker, loop.baseUs));
  else if (loop.atUs > nextAttempt(broker, loop, sim.nowUs)) {
    attemptAt(sim, node, loop, nextUseful(sim, broker, loop, sim.nowUs));
  }
}

/** SYNC_FLUSH on a master. */
const groupCommits = (broker: Broker) =>
  broker.config.flushDiskType === 'SYNC_FLUSH' && !isSlave(broker) && !inGroup(broker);

/** A loop of 10 ms that flushes whatever there is: SYNC_FLUSH on a slave (HA-6), or a DLedger group (HA-21). */
const flushesOften = (broker: Broker) => broker.config.flushDiskType === 'SYNC_FLUSH' || inGroup(broker);

/** Only an untimed loop can be woken: the timed one (default) sleeps without an ear for it. */
const wakesOnPut = ({ config }: Broker) => !config.flushCommitLogTimed && config.wakeFlushWhenPutMessage;

/** The loop counts from the start of its process, or from its latest flush. */
function loopOf(sim: RocketSim, broker: Broker): FlushLoop {
  const loop = broker.store.memory.flush;
  const started = timerBaseUs(sim, broker.node);
  if (loop.baseUs < started) {
    loop.baseUs = started;
    loop.thoroughUs = undefined;
  }
  return loop;
}

function attemptAt(sim: RocketSim, node: number, loop: FlushLoop, atUs: number): void {
  if (atUs >= loop.atUs) return;
  loop.atUs = atUs;
  sim.at(atUs, node, flushAttempt, {});
}

/** First attempt at or after a moment; an iteration sleeps first and flushes at its end. */
function attemptFrom(loop: FlushLoop, intervalUs: number, fromUs: number): number {
  return loop.baseUs + Math.max(1, Math.ceil((fromUs - loop.baseUs) / intervalUs)) * intervalUs;
}

/** The next attempt if enough pages are dirty for it, else the next one that flushes whatever there is. */
function nextUseful(sim: RocketSim, broker: Broker, loop: FlushLoop, fromUs: number): number {
  return enoughPages(sim, broker)
    ? nextAttempt(broker, loop, fromUs)
    : thoroughFrom(loop, broker, fromUs).atUs;
}

/** The next attempt, be it useful or not: none that is useful comes before it. */
function nextAttempt({ config }: Broker, loop: FlushLoop, fromUs: number): number {
  return attemptFrom(loop, config.flushIntervalCommitLog * 1000, fromUs);
}

/**
 * First unconditional attempt at or after a moment, and the beginning of the latest unconditional iteration before
 * it: those that pass while nothing is to be flushed count, too.
 */
function thoroughFrom(
  loop: FlushLoop,
  { config }: Broker,
  fromUs: number,
): { atUs: number; passedUs: number | undefined } {
  const intervalUs = config.flushIntervalCommitLog * 1000;
  const thoroughUs = config.flushCommitLogThoroughInterval * 1000;
  const due = loop.thoroughUs === undefined ? loop.baseUs : loop.thoroughUs + thoroughUs;
  const begin = loop.baseUs + Math.max(0, Math.ceil((due - loop.baseUs) / intervalUs)) * intervalUs;
  const first = begin + intervalUs;
  if (fromUs <= first) return { atUs: first, passedUs: loop.thoroughUs };
  const stepUs = Math.max(1, Math.ceil(thoroughUs / intervalUs)) * intervalUs;
  const atUs = first + Math.ceil((fromUs - first) / stepUs) * stepUs;
  return { atUs, passedUs: atUs - stepUs - intervalUs };
}

function isDue(loop: FlushLoop, { config }: Broker, beginUs: number): boolean {
  return (
    loop.thoroughUs === undefined || beginUs >= loop.thoroughUs + config.flushCommitLogThoroughInterval * 1000
  );
}

function onAttempt(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const loop = loopOf(sim, broker);
  const dueUs = loop.atUs;
  // Another attempt was found to be the next one, or the loop was taken back to the start of its process.
  if (sim.nowUs < dueUs) return;
  loop.atUs = NEVER;
  if (loop.running !== undefined || groupCommits(broker)) return;
  if (flushesOften(broker)) {
    beginFlush(sim, node);
    return;
  }
  const { atUs, passedUs } = thoroughFrom(loop, broker, dueUs);
  const thorough = atUs === dueUs;
  loop.thoroughUs = thorough ? dueUs - broker.config.flushIntervalCommitLog * 1000 : passedUs;
  // A process that stood still is late, and sleeps a whole interval from now.
  if (sim.nowUs > dueUs) loop.baseUs = sim.nowUs;
  if ((thorough || enoughPages(sim, broker)) && beginFlush(sim, node)) return;
  if (broker.store.memory.flushedRows < broker.store.log.cached) {
    attemptAt(sim, node, loop, nextUseful(sim, broker, loop, sim.nowUs + 1));
  }
}

/** A woken loop: the iteration that began at its base ends now. */
function onAttemptNow(sim: RocketSim, node: number, thorough: boolean): void {
  const broker = brokerOf(sim, node);
  const loop = broker.store.memory.flush;
  if (thorough) loop.thoroughUs = loop.baseUs;
  loop.baseUs = sim.nowUs;
  if ((thorough || enoughPages(sim, broker)) && beginFlush(sim, node)) return;
  attemptAt(sim, node, loop, nextUseful(sim, broker, loop, sim.nowUs + 1));
}

/** `DefaultMappedFile#isAbleToFlush` with `flushCommitLogLeastPages`. */
function enoughPages(sim: RocketSim, broker: Broker): boolean {
  const { log, memory } = broker.store;
  if (memory.flushedRows >= log.cached) return false;
  const target = flushTarget(sim, broker);
  if (target < log.cached) return true;
  return hasPages(sim, broker, memory.flushedRows, target, broker.config.flushCommitLogLeastPages);
}

/** Whether rows [from, to) touch so many more pages than those before them, or fill a file. */
export function hasPages(sim: RocketSim, broker: Broker, from: number, to: number, pages: number): boolean {
  const { log } = broker.store;
  const size = broker.config.mappedFileSizeCommitLog;
  const fileStart = Math.floor(recordPhys(sim.state.arena, recordAt(log, to - 1)) / size) * size;
  if (recordPhys(sim.state.arena, recordAt(log, from)) < fileStart) return true;
  const begin = Math.max(physAt(sim.state, log, from), fileStart) - fileStart;
  const end = physAt(sim.state, log, to) - fileStart;
  return Math.floor(end / PAGE_BYTES) - Math.floor(begin / PAGE_BYTES) >= pages;
}

/** Rows that the next flush covers: one call flushes one file. */
function flushTarget(sim: RocketSim, broker: Broker): number {
  const { log, memory } = broker.store;
  const { arena } = sim.state;
  const size = broker.config.mappedFileSizeCommitLog;
  const fileEnd = (Math.floor(recordPhys(arena, recordAt(log, memory.flushedRows)) / size) + 1) * size;
  if (recordPhys(arena, recordAt(log, log.cached - 1)) < fileEnd) return log.cached;
  return Math.min(log.cached, rowAtPhys(sim.state, log, fileEnd));
}

/** Begins to flush what is written now. False when there is nothing. */
function beginFlush(sim: RocketSim, node: number): boolean {
  const broker = brokerOf(sim, node);
  const { log, memory } = broker.store;
  memory.flushedRows = Math.max(memory.flushedRows, log.first);
  if (memory.flushedRows >= log.cached) return false;
  const rows = flushTarget(sim, broker);
  const bytes = dirtyBytesOf(sim, broker);
  memory.flush.running = rows;
  memory.flush.woken = false;
  sim.emit(groupCommits(broker) ? groupFlushBegun : flushBegun, node, rows - memory.flushedRows, bytes);
  fsync(sim, node, bytes, flushFinished, { from: memory.flushedRows, rows, begunUs: sim.nowUs });
  return true;
}

function onFinished(sim: RocketSim, node: number, run: FlushRun): void {
  const broker = brokerOf(sim, node);
  const { log, memory } = broker.store;
  const loop = memory.flush;
  // The log may have been truncated in between (HA-21, HA-29).
  const rows = Math.min(run.rows, loop.running ?? run.rows);
  const from = Math.min(run.from, rows);
  const { begunUs } = run;
  const bytes = physAt(sim.state, log, rows) - physAt(sim.state, log, from);
  becomeClean(sim, node, rows, begunUs);
  memory.flushedRows = Math.max(memory.flushedRows, rows);
  loop.running = undefined;
  loop.baseUs = sim.nowUs;
  if (groupCommits(broker)) sim.emit(groupFlushDone, node, flushWaitsUpTo(sim, broker), bytes);
  else sim.emit(flushDone, node, rows - from, bytes);
  const cause = sim.currentCause;
  sim.because(cause, () => sim.call(flushAdvanced, node, {}));
  sim.because(cause, () => armDispatch(sim, node));
  sim.because(cause, () => sim.call(pageCacheFreed, node, {}));
  // A process that shuts down or changed its role in between has its own way from here.
  if (memory.flushedRows < log.cached) sim.byClock(() => armFlush(sim, node, loop.woken));
}

/** Puts whose flush wait ends with the rows that are flushed now. */
function flushWaitsUpTo(sim: RocketSim, { store: { log, memory } }: Broker): number {
  const flushedPhys = physAt(sim.state, log, memory.flushedRows);
  let count = 0;
  for (const record of memory.flushWaits) {
    if ((memory.waits.get(record)?.endPhys ?? 0) > flushedPhys) break;
    count++;
  }
  return count;
}

export function registerFlush(handlers: Handlers<World<Rocket>>): void {
  handlers.on(flushAttempt, onAttempt).on(flushFinished, onFinished);
}
