import { defineEvent, type Handlers } from '../../../core/sim';
import { recordAt } from '../../../model/log';
import { close, connect, connOf, peerOf, send } from '../../../model/net';
import { reserveCpu } from '../../../model/resources';
import { faultBehind } from '../../../model/silence';
import type { World } from '../../../model/world';
import { otherClosed, otherMessage, otherOpened } from '../remoting';
import type { Broker, Rocket, RocketSim } from '../state';
import { tickAtOrAfter } from '../timers';
import { controlledOf } from './controlled';
import { logsCompared, noCommonEpoch } from './controller-mode-kinds';
import { appendCopied } from './copied-files';
import { armDispatch } from './dispatch';
import { appendEpoch, consistentPoint, cutEpochs } from './epochs';
import { bytesCached } from './flush';
import {
  feedLost,
  feedOpened,
  feedRetries,
  gapCrossed,
  linkExpired,
  offsetsAge,
  pieceAppended,
  pieceMismatch,
} from './ha-kinds';
import { dropLink, onHandshake, onReport } from './ha-master';
import { HA, HANDSHAKE_BYTES, type HaEpochs, type HaMessage, type HaPiece, REPORT_BYTES } from './ha-wire';
import { linkTransfers } from './link-transfers';
import { brokerOf, isSlave, maxPhysOf } from './store-state';
import { truncateLog } from './truncate';

/**
 * `DefaultHAClient`: a slave connects to its master, reports where its log ends, and appends what it is sent. It
 * compares positions, never contents (HA-5).
 */
const connectDue = defineEvent<Record<string, never>>('ha.connect');
const connectLate = defineEvent<{ conn: number }>('ha.connect-late');
const feedBeat = defineEvent<{ conn: number }>('ha.feed-beat');

const RETRY = { firstUs: 0, periodUs: 5_000_000 };
/** `AutoSwitchHAClient` waits so long before it closes the connection. */
const NO_COMMON_EPOCH_PAUSE_US = 2_000_000;
/** `RemotingHelper#connect` without a timeout of its own. */
const CONNECT_TIMEOUT_US = 5_000_000;
const APPEND_CPU_NS = 5_000;
const NEVER = Number.POSITIVE_INFINITY;

/** The slave has learned (again) who its master is. The client's loop, which looks each 5 s, connects to it. */
export function followMaster(sim: RocketSim, node: number, master: number): void {
  const { store, controlled } = brokerOf(sim, node);
  const { feed } = store.memory;
  const changed = feed.master !== master;
  feed.master = master;
  if (feed.state !== 'idle') return;
  // `AutoSwitchHAClient#updateHaMasterAddress` wakes the client (controller mode).
  if (controlled !== undefined && changed) wake(sim, node);
  else if (!Number.isFinite(feed.retryAtUs)) retryAt(sim, node, tickAtOrAfter(sim, node, RETRY, sim.nowUs));
}

/** Wakes the client's loop: it connects without waiting for the end of its 5 s. */
export function connectNow(sim: RocketSim, node: number): void {
  const { feed } = brokerOf(sim, node).store.memory;
  if (feed.state === 'idle' && feed.master !== undefined) wake(sim, node);
}

/** The master is listed no more: a link that still stands goes on, one that ends is not opened again. */
export function masterGone(sim: RocketSim, node: number): void {
  const { feed } = brokerOf(sim, node).store.memory;
  feed.master = undefined;
  feed.metadataFrom = undefined;
}

/** Ends the connection for good: this broker is no slave any more. */
export function leaveMaster(sim: RocketSim, node: number): void {
  const { feed } = brokerOf(sim, node).store.memory;
  if (feed.state !== 'idle') close(sim, feed.conn, node);
  feed.state = 'idle';
  feed.master = undefined;
  feed.metadataFrom = undefined;
  feed.retryAtUs = NEVER;
}

/** Unlike a turn of the loop by its clock, this is an effect of what is under way. */
function wake(sim: RocketSim, node: number): void {
  brokerOf(sim, node).store.memory.feed.retryAtUs = sim.nowUs;
  sim.at(sim.nowUs, node, connectDue, {});
}

function retryAt(sim: RocketSim, node: number, atUs: number): void {
  brokerOf(sim, node).store.memory.feed.retryAtUs = atUs;
  sim.at(atUs, node, connectDue, {});
}

function onConnect(sim: RocketSim, node: number): void {
  const { feed } = brokerOf(sim, node).store.memory;
  if (sim.nowUs < feed.retryAtUs) return;
  feed.retryAtUs = NEVER;
  if (feed.master === undefined) return;
  feed.state = 'connecting';
  sim.emit(feedRetries, node, feed.master);
  feed.conn = connect(sim, node, feed.master, HA);
  sim.after(CONNECT_TIMEOUT_US, node, connectLate, { conn: feed.conn });
}

function onOpened(sim: RocketSim, node: number, { conn }: { conn: number }): void {
  const broker = brokerOf(sim, node);
  const { feed } = broker.store.memory;
  const found = connOf(sim, conn);
  if (feed.conn !== conn || feed.state !== 'connecting' || found === undefined) return;
  feed.lastReadUs = sim.nowUs;
  sim.emit(feedOpened, node, peerOf(found, node), maxPhysOf(sim, broker));
  if (broker.controlled === undefined) {
    feed.state = 'open';
    report(sim, node);
  } else shakeHands(sim, node, broker.controlled.id);
  sim.after(beatUs(sim, node), node, feedBeat, { conn });
  linkTransfers(sim, node, peerOf(found, node));
}

function shakeHands(sim: RocketSim, node: number, slaveId: number): void {
  const { feed } = brokerOf(sim, node).store.memory;
  feed.state = 'handshake';
  feed.epoch = -1;
  feed.lastWriteUs = sim.nowUs;
  const message: HaMessage = { frozen: true, kind: 'handshake', slaveId };
  send(sim, feed.conn, node, message, HANDSHAKE_BYTES);
}

/**
 * `AutoSwitchHAClient#doTruncate`: what the master's log does not share is cut off (HA-29). Its position it reports
 * with its next heartbeat only, unless it has no epochs of its own.
 */
function onEpochs(sim: RocketSim, node: number, conn: number, { epochs, endPhys }: HaEpochs): void {
  const broker = brokerOf(sim, node);
  const { disk, memory } = broker.store;
  const { feed } = memory;
  if (feed.conn !== conn || feed.state !== 'handshake' || feed.master === undefined) return;
  feed.lastReadUs = sim.nowUs;
  const own = disk.replica.epochs;
  const max = maxPhysOf(sim, broker);
  if (own.length === 0) {
    feed.state = 'open';
    if (max > 0) report(sim, node);
    return;
  }
  const shared = consistentPoint(own, max, epochs, endPhys);
  if (shared < 0) {
    sim.emit(noCommonEpoch, node, feed.master);
    close(sim, conn, node);
    lose(sim, node, NO_COMMON_EPOCH_PAUSE_US + RETRY.periodUs);
    return;
  }
  feed.state = 'open';
  if (shared >= max) sim.emit(logsCompared, node, feed.master, max);
  else controlledOf(broker).truncated = truncateLog(sim, broker, shared);
  disk.replica.epochs = cutEpochs(own, shared);
}

/** The link is gone, whoever ended it; `pauseUs` until the next try. */
function lose(sim: RocketSim, node: number, pauseUs: number): void {
  const broker = brokerOf(sim, node);
  const { feed } = broker.store.memory;
  const wasOpen = feed.state === 'open' || feed.state === 'handshake';
  feed.state = 'idle';
  if (feed.master === undefined) return;
  if (wasOpen) {
    sim.emit(feedLost, node, feed.master);
    const cause = sim.currentCause;
    if (Number.isFinite(feed.syncedUs))
      sim.because(cause, () => sim.emit(offsetsAge, node, sim.nowUs - feed.syncedUs));
  }
  retryAt(sim, node, sim.nowUs + pauseUs);
}

function report(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { feed } = broker.store.memory;
  feed.lastWriteUs = sim.nowUs;
  const message: HaMessage = { frozen: true, kind: 'report', phys: maxPhysOf(sim, broker) };
  send(sim, feed.conn, node, message, REPORT_BYTES);
}

function onPiece(sim: RocketSim, node: number, conn: number, piece: HaPiece): void {
  const broker = brokerOf(sim, node);
  const { log, memory } = broker.store;
  const { feed } = memory;
  if (feed.conn !== conn || feed.state !== 'open') return;
  const position = maxPhysOf(sim, broker);
  if (position !== 0 && position !== piece.phys) {
    sim.emit(pieceMismatch, node, feed.master, piece.phys);
    close(sim, conn, node);
    lose(sim, node, RETRY.periodUs);
    return;
  }
  feed.lastReadUs = sim.nowUs;
  if (piece.endPhys === piece.phys) {
    followMark(sim, broker, piece);
    return;
  }
  reserveCpu(sim, node, APPEND_CPU_NS);
  if (position === 0) log.startPhys = piece.phys;
  const last = log.records.length > log.first ? recordAt(log, log.records.length - 1) : -1;
  if (last >= 0 && last !== piece.before) sim.emit(gapCrossed, node, feed.master, piece.phys);
  append(sim, node, piece);
  followMark(sim, broker, piece);
  sim.emit(pieceAppended, node, piece.records.length, piece.endPhys);
  report(sim, node);
  bytesCached(sim, node);
}

/** Controller mode: a new epoch enters the slave's own file, and what the master has confirmed is confirmed here. */
function followMark(sim: RocketSim, broker: Broker, { mark }: HaPiece): void {
  if (mark === undefined) return;
  const { disk, memory } = broker.store;
  const { epoch, startPhys, confirmPhys } = mark;
  if (epoch !== memory.feed.epoch) {
    memory.feed.epoch = epoch;
    disk.replica.epochs = appendEpoch(disk.replica.epochs, { epoch, startPhys });
  }
  disk.replica.confirmPhys = Math.min(confirmPhys, maxPhysOf(sim, broker));
  armDispatch(sim, broker.node);
}

function append(sim: RocketSim, node: number, { torn, records, endPhys }: HaPiece): void {
  const broker = brokerOf(sim, node);
  const { log, disk } = broker.store;
  // What begins in the middle of a record can not be read by anything that comes behind it.
  if (torn && disk.torn === undefined) disk.torn = { row: log.records.length, endPhys };
  if (disk.torn !== undefined) disk.torn.endPhys = endPhys;
  for (const record of records) appendCopied(sim, broker, record);
}

function beatUs(sim: RocketSim, node: number): number {
  const { haSendHeartbeatInterval, haHousekeepingInterval } = brokerOf(sim, node).config;
  return (Math.min(haSendHeartbeatInterval, haHousekeepingInterval) + 1) * 1000;
}

/** Reports its position while nothing comes, and closes a link that says nothing (HA-2). */
function onBeat(sim: RocketSim, node: number, { conn }: { conn: number }): void {
  const { store, config } = brokerOf(sim, node);
  const { feed } = store.memory;
  if (feed.conn !== conn || (feed.state !== 'open' && feed.state !== 'handshake')) return;
  const heartbeatUs = (config.haSendHeartbeatInterval + 1) * 1000;
  const silentUs = (config.haHousekeepingInterval + 1) * 1000;
  if (sim.nowUs >= feed.lastReadUs + silentUs) {
    const fault = feed.master === undefined ? undefined : faultBehind(sim, node, feed.master);
    sim.emit(linkExpired, node, feed.master, sim.nowUs - feed.lastReadUs, fault);
    close(sim, conn, node);
    lose(sim, node, 0);
    return;
  }
  if (sim.nowUs >= feed.lastWriteUs + heartbeatUs) {
    if (feed.state === 'open') report(sim, node);
    else feed.lastWriteUs = sim.nowUs;
  }
  const next = Math.min(feed.lastWriteUs + heartbeatUs, feed.lastReadUs + silentUs);
  sim.at(Math.max(next, sim.nowUs + 1), node, feedBeat, { conn });
}

export function registerHa(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(connectDue, onConnect)
    .on(connectLate, (sim, node, { conn }) => {
      const { feed } = brokerOf(sim, node).store.memory;
      if (feed.conn !== conn || feed.state !== 'connecting') return;
      close(sim, conn, node);
      lose(sim, node, RETRY.periodUs);
    })
    .on(feedBeat, onBeat)
    .on(otherOpened, onOpened)
    .on(otherClosed, (sim, node, { conn }) => {
      const { feed } = brokerOf(sim, node).store.memory;
      if (feed.conn === conn && feed.state !== 'idle') lose(sim, node, RETRY.periodUs);
      else dropLink(sim, node, conn);
    })
    .on(otherMessage, (sim, node, { conn, from, message }) => {
      const said = message as HaMessage;
      if (said.kind === 'piece') onPiece(sim, node, conn, said);
      else if (said.kind === 'epochs') onEpochs(sim, node, conn, said);
      else if (isSlave(brokerOf(sim, node))) return;
      else if (said.kind === 'handshake') onHandshake(sim, node, conn, from, said.slaveId);
      else onReport(sim, node, conn, from, said.phys);
    });
}
