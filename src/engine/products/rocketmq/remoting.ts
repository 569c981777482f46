import { defineEvent, type EventType, type Handlers } from '../../core/sim';
import {
  connOf,
  netAccepted,
  netClosed,
  netMessage,
  netOpened,
  netRefused,
  peerOf,
  send,
} from '../../model/net';
import type { World } from '../../model/world';
import { registerIdle, watchIdle } from './idle';
import {
  channelActive,
  channelClosed,
  channelTo,
  deadlineCheck,
  dropChannel,
  failConnect,
  finish,
  onDeadlineCheck,
  remotingOf,
  transmitRequest,
} from './remoting-calls';
import type { Answered, Continuation, Pending, Remoting, RequestType, Wire } from './remoting-types';
import type { Rocket, RocketSim } from './state';

export type {
  Answered,
  CallOutcome,
  Incoming,
  Remoting,
  RequestType,
  Wire,
} from './remoting-types';
/** What the processes of a cluster use to talk to each other; see `remoting-types.ts`. */
export { channelActive, channelClosed, remotingOf };

export const SUCCESS = 0;
const HEADER_BYTES = 200;

/** The same hooks for connections of another purpose (`ha`). */
export const otherOpened = defineEvent<{ conn: number }>('net.other-opened');
export const otherClosed = defineEvent<{ conn: number; peer: number; purpose: string }>('net.other-closed');
export const otherMessage = defineEvent<{ conn: number; from: number; message: unknown }>(
  'net.other-message',
);

export function createRemoting(): Remoting {
  return {
    channels: new Map(),
    accepted: new Map(),
    pending: new Map(),
    nextId: 1,
    checkAtUs: Number.POSITIVE_INFINITY,
  };
}

/** Defines a request by its RocketMQ code; servers handle `event`, callers use `invoke`. */
export function defineRequest<B, A = undefined>(code: string): RequestType<B, A> {
  return { code, event: defineEvent(`request.${code}`) };
}

/** What to do when a call ends. */
export interface Then<C, A> {
  readonly event: EventType<Answered<C, A>>;
  readonly context: C;
}

export interface InvokeOptions<C, A> {
  timeoutUs: number;
  /** Sync stops exactly at the timeout and closes the channel; async is found by a scan, up to 2 s later. */
  mode?: 'sync' | 'async';
  bytes?: number;
  message?: number;
  then: Then<C, A>;
}

/** Calls `to` and continues with `then.event` when an answer came, or why none did. */
export function invoke<B, A, C>(
  sim: RocketSim,
  node: number,
  to: number,
  request: RequestType<B, A>,
  body: B,
  options: InvokeOptions<C, A>,
): void {
  const { timeoutUs, mode = 'sync', bytes = 0, message = -1, then } = options;
  const remoting = remotingOf(sim, node);
  const id = remoting.nextId++;
  const wired = wire('request', request, id, SUCCESS, body, '', message);
  begin(sim, node, remoting, to, id, mode, wired, bytes, timeoutUs, then);
}

export interface OnewayOptions<C> {
  bytes?: number;
  message?: number;
  /** Told when it was written to the connection, or that there was none. */
  then?: Then<C, undefined>;
}

/** Sends without asking for an answer. Without an open channel it is sent when the channel opens. */
export function oneway<B, C = undefined>(
  sim: RocketSim,
  node: number,
  to: number,
  request: RequestType<B, unknown>,
  body: B,
  { bytes = 0, message = -1, then }: OnewayOptions<C> = {},
): void {
  const remoting = remotingOf(sim, node);
  const id = remoting.nextId++;
  const wired = wire('oneway', request, -1, SUCCESS, body, '', message);
  begin(sim, node, remoting, to, id, 'sync', wired, bytes, Number.POSITIVE_INFINITY, then);
}

/** A oneway from a server on a connection that it accepted. */
export function pushOneway<B>(
  sim: RocketSim,
  node: number,
  conn: number,
  request: RequestType<B, unknown>,
  body: B,
  { bytes = 0, message = -1 }: { bytes?: number; message?: number } = {},
): void {
  send(sim, conn, node, wire('oneway', request, -1, SUCCESS, body, '', message), HEADER_BYTES + bytes);
}

/** Answers a request. Does nothing for a oneway or when the connection is gone. */
export function reply<A>(
  sim: RocketSim,
  node: number,
  incoming: { conn: number; id: number },
  answer: { status?: number; body: A; remark?: string; bytes?: number; message?: number },
): void {
  if (incoming.id < 0) return;
  const { status = SUCCESS, body, remark = '', bytes = 0, message = -1 } = answer;
  const wired = wire('answer', undefined, incoming.id, status, body, remark, message);
  send(sim, incoming.conn, node, wired, HEADER_BYTES + bytes);
}

/** True when a channel to the peer is open as far as this process knows. */
export function hasChannel(sim: RocketSim, node: number, to: number): boolean {
  return remotingOf(sim, node).channels.get(to)?.open === true;
}

/** Opens a channel without a request; channelActive follows when it stands. */
export function ensureChannel(sim: RocketSim, node: number, to: number): void {
  channelTo(sim, node, remotingOf(sim, node), to);
}

function wire(
  kind: Wire['kind'],
  type: Wire['type'],
  id: number,
  status: number,
  body: unknown,
  remark: string,
  message: number,
): Wire {
  return { frozen: true, kind, type, id, status, body, remark, message };
}

function begin(
  sim: RocketSim,
  node: number,
  remoting: Remoting,
  to: number,
  id: number,
  mode: Pending['mode'],
  request: Wire,
  bytes: number,
  timeoutUs: number,
  then: Continuation | undefined,
): void {
  const channel = channelTo(sim, node, remoting, to);
  const pending: Pending = {
    id,
    to,
    mode,
    request,
    bytes: HEADER_BYTES + bytes,
    beginUs: sim.nowUs,
    timeoutUs,
    sentUs: sim.nowUs,
    conn: channel.conn,
    // What a warm-up did, nobody can look up.
    cause: sim.nowUs < 0 ? -1 : sim.currentCause,
    then,
  };
  remoting.pending.set(id, pending);
  if (channel.open) transmitRequest(sim, node, remoting, pending);
  else channel.waiting.push(id);
}

export function registerRemoting(handlers: Handlers<World<Rocket>>): void {
  registerIdle(handlers);
  handlers
    .on(deadlineCheck, onDeadlineCheck)
    .on(netAccepted, onAccepted)
    .on(netOpened, onOpened)
    .on(netRefused, (sim, node, { conn, to, purpose }) => {
      if (purpose !== 'remoting') {
        sim.call(otherClosed, node, { conn, peer: to, purpose });
        return;
      }
      const channel = remotingOf(sim, node).channels.get(to);
      if (channel?.conn === conn) failConnect(sim, node, to, channel);
    })
    .on(netClosed, (sim, node, { conn, peer, purpose }) => {
      if (purpose !== 'remoting') {
        sim.call(otherClosed, node, { conn, peer, purpose });
        return;
      }
      const cause = sim.currentCause;
      const opened = !remotingOf(sim, node).accepted.delete(conn);
      if (opened) sim.because(cause, () => dropChannel(sim, node, conn, peer));
      sim.call(channelClosed, node, { peer, conn, opened, idle: false });
    })
    .on(netMessage, onMessage);
}

function onAccepted(sim: RocketSim, node: number, { conn }: { conn: number }): void {
  const found = connOf(sim, conn);
  if (found?.purpose !== 'remoting') return;
  remotingOf(sim, node).accepted.set(conn, peerOf(found, node));
  watchIdle(sim, node, conn);
}

function onOpened(sim: RocketSim, node: number, { conn }: { conn: number }): void {
  const found = connOf(sim, conn);
  if (found?.purpose !== 'remoting') {
    sim.call(otherOpened, node, { conn });
    return;
  }
  const to = peerOf(found, node);
  const remoting = remotingOf(sim, node);
  const channel = remoting.channels.get(to);
  if (channel?.conn !== conn) return;
  channel.open = true;
  watchIdle(sim, node, conn);
  const waiting = channel.waiting;
  channel.waiting = [];
  const cause = sim.currentCause;
  for (const id of waiting) {
    const pending = remoting.pending.get(id);
    if (pending !== undefined) sim.because(cause, () => transmitRequest(sim, node, remoting, pending));
  }
  sim.call(channelActive, node, { to });
}

function onMessage(
  sim: RocketSim,
  node: number,
  { conn, from, purpose, message }: { conn: number; from: number; purpose: string; message: unknown },
): void {
  if (purpose !== 'remoting') {
    sim.call(otherMessage, node, { conn, from, message });
    return;
  }
  const frame = message as Wire;
  if (frame.kind === 'answer') {
    const remoting = remotingOf(sim, node);
    const pending = remoting.pending.get(frame.id);
    if (pending === undefined) return;
    finish(sim, node, remoting, pending, {
      ok: true,
      status: frame.status,
      body: frame.body,
      remark: frame.remark,
    });
    return;
  }
  const id = frame.kind === 'oneway' ? -1 : frame.id;
  const incoming = { conn, from, id, body: frame.body, message: frame.message };
  if (frame.type !== undefined) sim.call(frame.type.event, node, incoming);
}
