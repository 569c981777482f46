import type { Kind } from '../core/kinds';
import { hashText } from '../core/rng';
import { defineEvent, type EventType, type Handlers, type Sim } from '../core/sim';
import {
  type Conn,
  type ConnEnd,
  type Env,
  type Held,
  hostOf,
  isRunning,
  type Link,
  linkKey,
  processOf,
} from './env';
import {
  connClosed,
  connRefused,
  connReset,
  connResumed,
  connStalled,
  connTimedOut,
  connUnanswered,
  messageDropped,
} from './kinds';
import { faultBehind, noteDropped } from './silence';
import type { World } from './world';

/**
 * TCP as the protocols meet it: a connection opens after a round trip, keeps order, closes at once when a process
 * ends, and says nothing when a host or a link dies. What the kernel could not deliver it keeps and retransmits
 * with doubling pauses, so a healed link delivers late rather than never, and a restarted peer answers RST.
 *
 * A product handles the five hooks; each is called for the node that learns of it.
 */
export const netAccepted = defineEvent<{ conn: number }>('net.accepted');
export const netOpened = defineEvent<{ conn: number }>('net.opened');
export const netRefused = defineEvent<{ conn: number; to: number; purpose: string }>('net.refused');
export const netClosed = defineEvent<{ conn: number; peer: number; purpose: string }>('net.closed');
export const netMessage = defineEvent<{ conn: number; from: number; purpose: string; message: unknown }>(
  'net.message',
);

/** On the wire: handled by the environment when it reaches the other host. Also what the screen draws in flight. */
export interface Flight {
  readonly conn: number;
  readonly from: number;
  readonly to: number;
  readonly sentUs: number;
  readonly message: unknown;
}
export const netArrive = defineEvent<Flight>('net.arrive');
const netSyn = defineEvent<{ conn: number; attempt: number }>('net.syn');
const netSynAck = defineEvent<{ conn: number; refused: boolean }>('net.syn-ack');
const netFin = defineEvent<{ conn: number; end: 0 | 1; reset: boolean }>('net.fin');
const netRetransmit = defineEvent<{ conn: number; end: 0 | 1 }>('net.retransmit');
const netGiveUp = defineEvent<{ conn: number; end: 0 | 1; sinceUs: number }>('net.give-up');

const FIN = 'FIN';
const JITTER = hashText('net.jitter');
/** Linux: the first retransmission after 200 ms, then doubling to 120 s, 15 tries: 924.6 s until ETIMEDOUT. */
const RTO_FIRST_US = 200_000;
const RTO_MAX_US = 120_000_000;
const GIVE_UP_US = 924_600_000;
/** Linux repeats a SYN after 1, 3, 7, 15 … s. */
const SYN_RETRY_US = 1_000_000;
const SYN_ATTEMPTS_MAX = 6;

type AnySim = Sim<World>;

export function connOf(sim: AnySim, id: number): Conn | undefined {
  return sim.state.env.conns.get(id);
}

/** The end of a connection that belongs to `node` (0 opened it, 1 accepted it). */
export function endOf(conn: Conn, node: number): 0 | 1 {
  return conn.ends[0].node === node ? 0 : 1;
}

export function peerOf(conn: Conn, node: number): number {
  return conn.ends[endOf(conn, node) === 0 ? 1 : 0].node;
}

/** True while this end of the connection is usable as far as `node` knows. */
export function isOpen(conn: Conn | undefined, node: number): boolean {
  return conn !== undefined && conn.state === 'open' && conn.ends[endOf(conn, node)].open;
}

/** Whether packets from one process's host reach the other's now. */
export function canReach(sim: AnySim, from: number, to: number): boolean {
  const { env } = sim.state;
  return isPassable(env, linkOf(env, from, to), from, to);
}

/** The link between two processes; undefined while it is as the ordinary network. */
function linkOf(env: Env, from: number, to: number): Link | undefined {
  return env.links.get(linkKey(from, to));
}

function isPassable(env: Env, link: Link | undefined, from: number, to: number): boolean {
  return (link === undefined || !link.cut) && hostOf(env, from).up && hostOf(env, to).up;
}

/** One-way latency of the link without jitter, µs. */
function latencyUs(env: Env, link: Link | undefined, from: number, to: number): number {
  const base = link?.latencyUs ?? env.params.latencyUs;
  const factor = (link?.factor ?? 1) * processOf(env, from).networkFactor * processOf(env, to).networkFactor;
  return Math.ceil(base * factor);
}

/** Starts to connect; the outcome comes as netOpened or netRefused, or never when the other host is silent. */
export function connect(sim: AnySim, from: number, to: number, purpose: string): number {
  const { env } = sim.state;
  const id = env.nextConn++;
  const end = (node: number): ConnEnd => ({
    node,
    incarnation: processOf(env, node).incarnation,
    open: false,
    lastReadUs: sim.nowUs,
    lastWriteUs: sim.nowUs,
    sent: 0,
    arriveUs: sim.nowUs,
    held: [],
    blockedUntilUs: sim.nowUs,
  });
  const conn: Conn = { id, purpose, ends: [end(from), end(to)], state: 'connecting' };
  conn.ends[0].open = true;
  env.conns.set(id, conn);
  trySyn(sim, conn, 0);
  return id;
}

/** Sends a message of `bytes` on an open connection. Ignored when this end is closed. */
export function send(sim: AnySim, connId: number, from: number, message: unknown, bytes: number): void {
  const conn = connOf(sim, connId);
  if (conn === undefined || !conn.ends[endOf(conn, from)].open) return;
  transmit(sim, conn, endOf(conn, from), message, bytes);
}

/** Closes this end in order: what was sent before still arrives, then the peer learns. */
export function close(sim: AnySim, connId: number, node: number): void {
  const conn = connOf(sim, connId);
  if (conn === undefined) return;
  const end = endOf(conn, node);
  if (!conn.ends[end].open) return;
  conn.ends[end].open = false;
  if (conn.state === 'connecting') {
    sim.state.env.conns.delete(connId);
    return;
  }
  if (conn.ends[1 - end]?.open) transmit(sim, conn, end, FIN, 40);
  else sim.state.env.conns.delete(connId);
}

/** The process of `node` ended: its kernel closes all its sockets (not called when the whole host dies). */
export function closeAll(sim: AnySim, node: number): void {
  for (const conn of [...sim.state.env.conns.values()]) {
    if (conn.ends[0].node === node || conn.ends[1].node === node) close(sim, conn.id, node);
  }
}

/** The host of `node` lost power: its ends vanish, nobody is told. */
export function vanishAll(sim: AnySim, node: number): void {
  for (const conn of [...sim.state.env.conns.values()]) {
    for (const end of conn.ends) if (end.node === node) end.open = false;
    if (!conn.ends[0].open && !conn.ends[1].open) sim.state.env.conns.delete(conn.id);
  }
}

/** A link healed or a host came back: what the kernels kept is sent again at their next retransmission. */
export function resumeHeld(sim: AnySim, touches: (x: number, y: number) => boolean): void {
  for (const conn of sim.state.env.conns.values()) {
    if (!touches(conn.ends[0].node, conn.ends[1].node)) continue;
    for (const end of [0, 1] as const) {
      const held = conn.ends[end].held[0];
      if (held !== undefined)
        sim.at(retransmitAtUs(held, sim.nowUs), -1, netRetransmit, { conn: conn.id, end });
    }
  }
}

export function registerNet(handlers: Handlers<World>): void {
  handlers
    .on(netSyn, (sim, _node, { conn, attempt }) => {
      const found = connOf(sim, conn);
      if (found?.state === 'connecting' && found.ends[0].open) trySyn(sim, found, attempt);
    })
    .on(netSynAck, onSynAck)
    .on(netArrive, onArrive)
    .on(netFin, onFin)
    .on(netRetransmit, (sim, _node, { conn, end }) => {
      const found = connOf(sim, conn);
      if (found === undefined || found.ends[end].held.length === 0) return;
      const to = found.ends[end === 0 ? 1 : 0].node;
      if (!canReach(sim, found.ends[end].node, to)) return;
      const held = found.ends[end].held;
      found.ends[end].held = [];
      sim.emit(connResumed, found.ends[end].node, to, held.length);
      for (const { message, bytes } of held) transmit(sim, found, end, message, bytes);
    })
    .on(netGiveUp, (sim, _node, { conn, end, sinceUs }) => {
      const found = connOf(sim, conn);
      if (found?.ends[end].held[0]?.sinceUs !== sinceUs) return;
      // A process that has closed its end, or has ended, is not told.
      if (found.ends[end].open) tellClosed(sim, found, end, connTimedOut);
      else sim.state.env.conns.delete(conn);
    });
}

function trySyn(sim: AnySim, conn: Conn, attempt: number): void {
  const { env } = sim.state;
  const from = conn.ends[0].node;
  const to = conn.ends[1].node;
  const link = linkOf(env, from, to);
  if (!isPassable(env, link, from, to)) {
    if (attempt === 0) aside(sim, connUnanswered, from, to);
    if (attempt < SYN_ATTEMPTS_MAX) {
      sim.after(SYN_RETRY_US * (1 << attempt), -1, netSyn, { conn: conn.id, attempt: attempt + 1 });
    }
    return;
  }
  const process = processOf(env, to);
  const listening =
    process.state !== 'down' &&
    process.state !== 'starting' &&
    process.state !== 'recovering' &&
    !process.refuses.includes(conn.purpose);
  const oneWay = latencyUs(env, link, from, to);
  if (listening) {
    conn.ends[1].incarnation = process.incarnation;
  }
  sim.after(2 * oneWay, -1, netSynAck, { conn: conn.id, refused: !listening });
}

function onSynAck(
  sim: AnySim,
  _node: number,
  { conn: id, refused }: { conn: number; refused: boolean },
): void {
  const conn = connOf(sim, id);
  if (conn === undefined || conn.state !== 'connecting') return;
  const { env } = sim.state;
  const [a, b] = conn.ends;
  if (processOf(env, a.node).incarnation !== a.incarnation) {
    env.conns.delete(id);
    return;
  }
  if (!canReach(sim, b.node, a.node)) {
    // The host or the link died meanwhile: the answer never left, and the request is repeated.
    sim.after(SYN_RETRY_US, -1, netSyn, { conn: id, attempt: 1 });
    return;
  }
  if (refused || processOf(env, b.node).incarnation !== b.incarnation) {
    env.conns.delete(id);
    if (inboxWhenFrozen(sim, a.node, netSynAck, { conn: id, refused })) env.conns.set(id, conn);
    else {
      const fault = faultBehind(sim, a.node, b.node);
      sim.emit(connRefused, a.node, b.node, undefined, fault);
      sim.call(netRefused, a.node, { conn: id, to: b.node, purpose: conn.purpose });
    }
    return;
  }
  conn.state = 'open';
  b.open = true;
  a.lastReadUs = a.lastWriteUs = b.lastReadUs = b.lastWriteUs = sim.nowUs;
  // The acceptor hears of it first; a frozen one accepts in its kernel and is told when it goes on.
  if (!inboxWhenFrozen(sim, b.node, netAccepted, { conn: id })) sim.call(netAccepted, b.node, { conn: id });
  if (!inboxWhenFrozen(sim, a.node, netOpened, { conn: id })) sim.call(netOpened, a.node, { conn: id });
}

function transmit(sim: AnySim, conn: Conn, endIndex: 0 | 1, message: unknown, bytes: number): void {
  const { env } = sim.state;
  const end = conn.ends[endIndex];
  const to = conn.ends[endIndex === 0 ? 1 : 0].node;
  const link = linkOf(env, end.node, to);
  end.lastWriteUs = sim.nowUs;
  if (end.held.length > 0 || !isPassable(env, link, end.node, to)) {
    hold(sim, conn, endIndex, message, bytes);
    return;
  }
  if (link !== undefined && message !== FIN && takeDrop(link, end.node)) {
    sim.because(sim.currentCause, () => {
      sim.emit(messageDropped, end.node, to);
      noteDropped(sim, end.node, to, message);
    });
    return;
  }
  const host = hostOf(env, end.node);
  const startNs = Math.max(sim.nowUs * 1000, host.nicFreeNs);
  let doneNs = startNs + Math.ceil((bytes * 1e9) / env.params.bandwidthBytesPerSecond);
  host.nicFreeNs = doneNs;
  if (link?.bandwidthBytesPerSecond !== undefined) {
    const forward = link.a === end.node;
    const free = Math.max(startNs, forward ? link.freeNsAB : link.freeNsBA);
    doneNs = Math.max(doneNs, free + Math.ceil((bytes * 1e9) / link.bandwidthBytesPerSecond));
    if (forward) link.freeNsAB = doneNs;
    else link.freeNsBA = doneNs;
  }
  const ordinal = end.sent++;
  const jitterMax = env.params.jitterUs;
  const jitter = jitterMax === 0 ? 0 : sim.drawBelow(jitterMax + 1, end.node, JITTER ^ to, ordinal);
  const travelUs = latencyUs(env, link, end.node, to) + jitter;
  const arriveUs = Math.max(Math.ceil(doneNs / 1000) + travelUs, end.arriveUs);
  end.arriveUs = arriveUs;
  if (message === FIN) sim.at(arriveUs, -1, netFin, { conn: conn.id, end: endIndex, reset: false });
  else {
    sim.at(arriveUs, -1, netArrive, { conn: conn.id, from: end.node, to, sentUs: sim.nowUs, message });
  }
}

function takeDrop(link: { a: number; dropAB: number; dropBA: number }, from: number): boolean {
  if (link.a === from) {
    if (link.dropAB === 0) return false;
    link.dropAB--;
  } else {
    if (link.dropBA === 0) return false;
    link.dropBA--;
  }
  return true;
}

function hold(sim: AnySim, conn: Conn, end: 0 | 1, message: unknown, bytes: number): void {
  const held = conn.ends[end].held;
  held.push({ frozen: true, message, bytes, sinceUs: sim.nowUs });
  if (held.length === 1) {
    aside(sim, connStalled, conn.ends[end].node, conn.ends[end === 0 ? 1 : 0].node);
    sim.after(GIVE_UP_US, -1, netGiveUp, { conn: conn.id, end, sinceUs: sim.nowUs });
  }
}

/** The kernel's first retransmission at or after `fromUs` of what it has kept since `held.sinceUs`. */
function retransmitAtUs(held: Held, fromUs: number): number {
  let at = held.sinceUs;
  for (let pause = RTO_FIRST_US; at < fromUs; pause = Math.min(pause * 2, RTO_MAX_US)) at += pause;
  return at;
}

function onArrive(sim: AnySim, _node: number, flight: Flight): void {
  const conn = connOf(sim, flight.conn);
  if (conn === undefined) return;
  const { env } = sim.state;
  const endIndex = endOf(conn, flight.to);
  const end = conn.ends[endIndex];
  const process = processOf(env, flight.to);
  if (!hostOf(env, flight.to).up) {
    hold(sim, conn, endIndex === 0 ? 1 : 0, flight.message, 0);
    return;
  }
  if (!end.open || process.incarnation !== end.incarnation) {
    // The host is up but knows no such connection: RST.
    const travelUs = latencyUs(env, linkOf(env, flight.from, flight.to), flight.to, flight.from);
    sim.after(travelUs, -1, netFin, { conn: conn.id, end: endIndex, reset: true });
    return;
  }
  if (inboxWhenFrozen(sim, flight.to, netArrive, flight)) return;
  end.lastReadUs = sim.nowUs;
  const { from, message } = flight;
  sim.call(netMessage, flight.to, { conn: conn.id, from, purpose: conn.purpose, message });
}

function onFin(sim: AnySim, _node: number, body: { conn: number; end: 0 | 1; reset: boolean }): void {
  const conn = connOf(sim, body.conn);
  if (conn === undefined) return;
  const learner: 0 | 1 = body.end === 0 ? 1 : 0;
  const end = conn.ends[learner];
  if (!end.open || processOf(sim.state.env, end.node).incarnation !== end.incarnation) {
    sim.state.env.conns.delete(conn.id);
    return;
  }
  if (inboxWhenFrozen(sim, end.node, netFin, body)) return;
  tellClosed(sim, conn, learner, body.reset ? connReset : connClosed);
}

/** Records what the network did without becoming the cause of what the process does next. */
function aside(sim: AnySim, kind: Kind, node: number, peer: number): void {
  sim.because(sim.currentCause, () => sim.emit(kind, node, peer));
}

function tellClosed(sim: AnySim, conn: Conn, endIndex: 0 | 1, kind: Kind): void {
  const end = conn.ends[endIndex];
  const peer = conn.ends[endIndex === 0 ? 1 : 0].node;
  end.open = false;
  sim.state.env.conns.delete(conn.id);
  sim.emit(kind, end.node, peer);
  sim.call(netClosed, end.node, { conn: conn.id, peer, purpose: conn.purpose });
}

/** A frozen process hears of it when it goes on; its kernel keeps it until then. */
function inboxWhenFrozen<B>(sim: AnySim, node: number, event: EventType<B>, body: B): boolean {
  const process = processOf(sim.state.env, node);
  if (isRunning(process) || process.state === 'down') return false;
  const forNode = event === netAccepted || event === netOpened;
  process.inbox.push({
    event,
    node: forNode ? node : -1,
    incarnation: forNode ? process.incarnation : 0,
    cause: sim.currentCause,
    body,
  });
  return true;
}
