import { defineEvent, type Handlers } from '../../../core/sim';
import { linkKey } from '../../../model/env';
import { physAt, recordAt, rowAtPhys } from '../../../model/log';
import { close, connOf, endOf, send } from '../../../model/net';
import { faultBehind } from '../../../model/silence';
import { recordEnd, recordPhys, recordSize, type World } from '../../../model/world';
import type { Broker, Rocket, RocketSim } from '../state';
import { timerBaseUs } from '../timers';
import { confirmOffset } from './confirm';
import { epochAt } from './epochs';
import { linkExpired, pieceSent, positionDeleted, slaveAhead, transferBegins } from './ha-kinds';
import { EPOCH_BYTES, type HaPiece, HEADER_BYTES } from './ha-wire';
import { linkTransfers } from './link-transfers';
import { brokerOf, type HaLink, readablePhysOf } from './store-state';

/**
 * `DefaultHAConnection`: the master's side of replication. It sends what the log holds, piece by piece, and when
 * nothing is left it waits up to 100 ms; only a put that waits for replicas wakes it (HA-3).
 */

/** A slave has acknowledged more, or is gone. */
export const acksChanged = defineEvent<Record<string, never>>('ha.acks-changed');

/** In controller mode: a slave reports its position; the link with one has ended. */
export const slaveAcked = defineEvent<{ conn: number; phys: number }>('ha.slave-acked');
export const linkEnded = defineEvent<{ link: HaLink }>('ha.link-ended');

const look = defineEvent<{ conn: number }>('ha.look');
const linkBeat = defineEvent<{ conn: number }>('ha.link-beat');

const WAIT_US = 100_000;
const NO_FILE_WAIT_US = 500_000;
/** What Linux takes to send on a connection that has not grown yet (`tcp_wmem`). */
const SOCKET_BYTES = 87_040;
const SECOND_US = 1_000_000;
const NEVER = Number.POSITIVE_INFINITY;

/** New bytes are in the log: each waiting sender sees them at its next look. */
export function notifyLinks(sim: RocketSim, node: number): void {
  for (const link of brokerOf(sim, node).store.memory.links.values()) {
    if (link.idle && !Number.isFinite(link.lookAtUs)) lookAt(sim, node, link, nextWaitEnd(sim, node, link));
  }
}

/** A put waits for replicas: each waiting sender looks now. */
export function wakeLinks(sim: RocketSim, node: number): void {
  for (const link of brokerOf(sim, node).store.memory.links.values()) {
    if (link.idle && !link.awaitsFile && link.lookAtUs > sim.nowUs) lookAt(sim, node, link, sim.nowUs);
  }
}

/** Copies that reach up to a physical offset, the master's own included. */
export function acksOf(broker: Broker, phys: number): number {
  let acks = 1;
  for (const link of broker.store.memory.links.values()) if (link.ackPhys >= phys) acks++;
  return acks;
}

/** A slave reports its position: with the first report the transfer begins. */
export function onReport(sim: RocketSim, node: number, conn: number, slave: number, phys: number): void {
  const { store, controlled } = brokerOf(sim, node);
  let link = store.memory.links.get(conn);
  if (link === undefined) {
    if (controlled !== undefined) return;
    link = openLink(sim, node, conn, slave, -1);
  }
  link.lastReadUs = sim.nowUs;
  link.ackPhys = phys;
  if (link.nextPhys < 0 && !link.awaitsFile) beginTransfer(sim, node, link, phys);
  if (controlled !== undefined) sim.call(slaveAcked, node, { conn, phys });
  sim.call(acksChanged, node, {});
}

/** A slave names itself: it is told this log's epochs, so that it can cut what its own has besides (HA-29). */
export function onHandshake(
  sim: RocketSim,
  node: number,
  conn: number,
  slave: number,
  slaveId: number,
): void {
  const broker = brokerOf(sim, node);
  const link = openLink(sim, node, conn, slave, slaveId);
  const { epochs } = broker.store.disk.replica;
  link.lastWriteUs = sim.nowUs;
  const message = { frozen: true, kind: 'epochs', epochs, endPhys: readablePhysOf(sim, broker) } as const;
  send(sim, conn, node, message, HEADER_BYTES + EPOCH_BYTES * epochs.length);
}

function openLink(sim: RocketSim, node: number, conn: number, slave: number, slaveId: number): HaLink {
  const link: HaLink = {
    conn,
    slave,
    slaveId,
    nextPhys: -1,
    awaitsFile: false,
    ackPhys: 0,
    sentMaxPhys: -1,
    sentUs: sim.nowUs,
    idle: false,
    idleSinceUs: sim.nowUs,
    lookAtUs: NEVER,
    lastReadUs: sim.nowUs,
    lastWriteUs: sim.nowUs,
    secondUs: sim.nowUs,
    secondBytes: 0,
  };
  brokerOf(sim, node).store.memory.links.set(conn, link);
  sim.after(beatUs(sim, node), node, linkBeat, { conn });
  return link;
}

/** A connection with a slave has ended. */
export function dropLink(sim: RocketSim, node: number, conn: number): void {
  const { store, controlled } = brokerOf(sim, node);
  const link = store.memory.links.get(conn);
  if (link === undefined) return;
  store.memory.links.delete(conn);
  if (controlled !== undefined) sim.call(linkEnded, node, { link });
  sim.call(acksChanged, node, {});
}

function beginTransfer(sim: RocketSim, node: number, link: HaLink, phys: number): void {
  const broker = brokerOf(sim, node);
  const max = readablePhysOf(sim, broker);
  // HA-4: a slave without any log starts with the file that is being written; in controller mode with the first one.
  const { log } = broker.store;
  link.awaitsFile = broker.controlled !== undefined && phys === 0 && max === 0;
  if (link.awaitsFile) {
    link.idle = true;
    link.idleSinceUs = sim.nowUs;
    return;
  }
  const first = broker.controlled ? log.startPhys : max - (max % broker.config.mappedFileSizeCommitLog);
  link.nextPhys = phys === 0 ? first : phys;
  sim.emit(transferBegins, node, link.slave, link.nextPhys);
  if (link.nextPhys > max) sim.emit(slaveAhead, node, link.slave, link.nextPhys - max);
  else if (link.nextPhys < log.startPhys) sim.emit(positionDeleted, node, link.slave, link.nextPhys);
  lookAt(sim, node, link, sim.nowUs);
  linkTransfers(sim, node, link.slave);
}

function lookAt(sim: RocketSim, node: number, link: HaLink, atUs: number): void {
  link.lookAtUs = atUs;
  sim.at(atUs, node, look, { conn: link.conn });
}

/** The waits count from when everything was sent, or from the start of the process. */
function nextWaitEnd(sim: RocketSim, node: number, link: HaLink): number {
  const base = Math.max(link.idleSinceUs, timerBaseUs(sim, node));
  const waitUs = link.awaitsFile ? NO_FILE_WAIT_US : WAIT_US;
  return base + Math.max(1, Math.ceil((sim.nowUs - base) / waitUs)) * waitUs;
}

function onLook(sim: RocketSim, node: number, { conn }: { conn: number }): void {
  const broker = brokerOf(sim, node);
  const link = broker.store.memory.links.get(conn);
  if (link === undefined || sim.nowUs < link.lookAtUs) return;
  link.lookAtUs = NEVER;
  if (link.awaitsFile) {
    beginTransfer(sim, node, link, 0);
    return;
  }
  if (broker.controlled !== undefined && unsentBytes(sim, conn, node) >= SOCKET_BYTES) {
    link.idle = false;
    lookAt(sim, node, link, sim.nowUs + SECOND_US);
    return;
  }
  const budget = flowBudget(sim, broker, link);
  if (budget === 0) {
    link.idle = false;
    lookAt(sim, node, link, link.secondUs + SECOND_US);
    return;
  }
  const piece = nextPiece(sim, broker, link.nextPhys, Math.min(broker.config.haTransferBatchSize, budget));
  if (piece === undefined) {
    link.idle = true;
    link.idleSinceUs = sim.nowUs;
    return;
  }
  link.idle = false;
  const bytes = piece.endPhys - piece.phys;
  link.nextPhys = piece.endPhys;
  link.secondBytes += bytes;
  link.sentMaxPhys = readablePhysOf(sim, broker);
  link.sentUs = sim.nowUs;
  sim.emit(pieceSent, node, link.slave, bytes);
  transmit(sim, node, link, piece);
  sim.byClock(() => lookAt(sim, node, link, sim.nowUs + transmitUs(sim, node, link, bytes)));
}

/** Bytes that the kernel has taken and could not send: the other side is silent. */
function unsentBytes(sim: RocketSim, conn: number, node: number): number {
  const found = connOf(sim, conn);
  if (found === undefined) return 0;
  return found.ends[endOf(found, node)].held.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** `FlowMonitor#canTransferMaxByteNum`: bytes that this second still allows. */
function flowBudget(sim: RocketSim, { config }: Broker, link: HaLink): number {
  if (!config.haFlowControlEnable) return NEVER;
  if (sim.nowUs >= link.secondUs + SECOND_US) {
    link.secondUs += Math.floor((sim.nowUs - link.secondUs) / SECOND_US) * SECOND_US;
    link.secondBytes = 0;
  }
  return Math.max(0, config.maxHaTransferByteInSecond - link.secondBytes);
}

/** What the log holds from a position on, at most `max` bytes but at least one record. */
function nextPiece(sim: RocketSim, broker: Broker, phys: number, max: number): HaPiece | undefined {
  const { log } = broker.store;
  const { arena } = sim.state;
  if (phys < log.startPhys || phys >= readablePhysOf(sim, broker)) return undefined;
  const first = rowAtPhys(sim.state, log, phys);
  const previousEnd = physAt(sim.state, log, first);
  const torn = previousEnd > phys;
  const epoch = broker.controlled && epochAt(broker.store.disk.replica.epochs, phys);
  const records: number[] = [];
  let endPhys = torn ? previousEnd : phys;
  for (let row = first; row < log.cached; row++) {
    const record = recordAt(log, row);
    if (records.length > 0 && recordPhys(arena, record) + recordSize(arena, record) - phys > max) break;
    // A piece lies within one epoch.
    if (epoch !== undefined && recordPhys(arena, record) >= epoch.endPhys) break;
    records.push(record);
    endPhys = recordEnd(arena, record);
  }
  const before = first > log.first ? recordAt(log, first - 1) : -1;
  return {
    frozen: true,
    kind: 'piece',
    phys,
    endPhys,
    records,
    torn,
    before,
    mark: markOf(sim, broker, phys),
  };
}

/** What goes with a piece in controller mode: its epoch, and how far this log is confirmed. */
function markOf(sim: RocketSim, broker: Broker, phys: number): HaPiece['mark'] {
  const { epochs } = broker.store.disk.replica;
  const entry = broker.controlled && (epochAt(epochs, phys) ?? epochs[0]);
  if (entry === undefined) return undefined;
  const { epoch, startPhys } = entry;
  return { epoch, startPhys, confirmPhys: confirmOffset(sim, broker) };
}

function transmit(sim: RocketSim, node: number, link: HaLink, piece: HaPiece): void {
  link.lastWriteUs = sim.nowUs;
  send(sim, link.conn, node, piece, HEADER_BYTES + piece.endPhys - piece.phys);
}

/** The sender writes the next piece when the network has taken this one. */
function transmitUs(sim: RocketSim, node: number, link: HaLink, bytes: number): number {
  const { env } = sim.state;
  const limit =
    env.links.get(linkKey(node, link.slave))?.bandwidthBytesPerSecond ?? env.params.bandwidthBytesPerSecond;
  return Math.max(1, Math.ceil((bytes * 1e6) / Math.min(limit, env.params.bandwidthBytesPerSecond)));
}

function beatUs(sim: RocketSim, node: number): number {
  const { haSendHeartbeatInterval, haHousekeepingInterval } = brokerOf(sim, node).config;
  return (Math.min(haSendHeartbeatInterval, haHousekeepingInterval) + 1) * 1000;
}

/** Empty headers while there is nothing to send, and the end of a link that says nothing (HA-2). */
function onBeat(sim: RocketSim, node: number, { conn }: { conn: number }): void {
  const broker = brokerOf(sim, node);
  const link = broker.store.memory.links.get(conn);
  if (link === undefined) return;
  const heartbeatUs = (broker.config.haSendHeartbeatInterval + 1) * 1000;
  const limitUs = (broker.config.haHousekeepingInterval + 1) * 1000;
  if (sim.nowUs >= link.lastReadUs + limitUs) {
    const silentUs = sim.nowUs - link.lastReadUs;
    sim.emit(linkExpired, node, link.slave, silentUs, faultBehind(sim, node, link.slave));
    close(sim, conn, node);
    dropLink(sim, node, conn);
    return;
  }
  if ((link.nextPhys >= 0 || link.awaitsFile) && sim.nowUs >= link.lastWriteUs + heartbeatUs) {
    const { nextPhys } = link;
    transmit(sim, node, link, {
      frozen: true,
      kind: 'piece',
      phys: nextPhys,
      endPhys: nextPhys,
      records: [],
      torn: false,
      before: -1,
      mark: markOf(sim, broker, nextPhys),
    });
  }
  const next = Math.min(link.lastWriteUs + heartbeatUs, link.lastReadUs + limitUs);
  sim.at(Math.max(next, sim.nowUs + 1), node, linkBeat, { conn });
}

export function registerHaMaster(handlers: Handlers<World<Rocket>>): void {
  handlers.on(look, onLook).on(linkBeat, onBeat);
}
