import { defineKind } from '../../core/kinds';
import { defineEvent, type EventType, type Handlers } from '../../core/sim';
import { close, connect, connOf, isOpen, netAccepted, netClosed, netMessage, netOpened, netRefused, peerOf, send } from '../../model/net';
import type { World } from '../../model/world';
import type { Rocket, RocketSim } from './state';
import { tickAtOrAfter } from './timers';

/**
 * RocketMQ's remoting: one channel to a peer, requests with a number, answers, oneways. Client side as
 * `NettyRemotingClient` (CL-12 to CL-16), server side as `NettyRemotingServer`.
 */
export interface Remoting {
  /** Channels that this process opened, by peer. */
  channels: Map<number, Channel>;
  /** Connections that this process accepted, by connection number: the peer. */
  accepted: Map<number, number>;
  pending: Map<number, Pending>;
  nextId: number;
  /** Earliest moment for which a deadline check is scheduled; Infinity when none. */
  checkAtUs: number;
}

export interface Channel {
  conn: number;
  open: boolean;
  /** Requests that wait for the connection to open, in order. */
  waiting: number[];
  connectDeadlineUs: number;
}

interface Pending {
  readonly id: number;
  readonly to: number;
  readonly mode: 'sync' | 'async';
  readonly request: Wire;
  readonly bytes: number;
  readonly beginUs: number;
  readonly timeoutUs: number;
  /** When the answer's wait began: after the connect. */
  sentUs: number;
  conn: number;
  readonly then: Continuation;
}

/** A request, an answer or a oneway on the wire. */
export interface Wire {
  readonly frozen: true;
  readonly kind: 'request' | 'answer' | 'oneway';
  /** Request code, e.g. `SEND_MESSAGE`. */
  readonly code: string;
  readonly id: number;
  /** Response code of an answer (0 SUCCESS). */
  readonly status: number;
  readonly body: unknown;
  /** Text of an error answer, e.g. `[TIMEOUT_CLEAN_QUEUE]…`. */
  readonly remark: string;
  /** Arena number of the message that it carries, for the picture; -1 none. */
  readonly message: number;
}

/** What to do when a call ends: an event of the caller, handled at that moment with its context. */
export interface Continuation {
  readonly event: string;
  readonly context: unknown;
}

export type CallOutcome<A> =
  | { readonly ok: true; readonly status: number; readonly body: A; readonly remark: string }
  | {
      readonly ok: false;
      /**
       * `timeout`: RemotingTimeoutException. `closed`: RemotingSendRequestException, the channel died.
       * `connect`: RemotingConnectException. `budget`: RemotingTooMuchRequestException, no time was left.
       */
      readonly error: 'timeout' | 'closed' | 'connect' | 'budget';
    };

export interface Answered<C, A> {
  readonly context: C;
  readonly outcome: CallOutcome<A>;
}

/** A request that a server handles. `reply` answers it; a oneway has id -1. */
export interface Incoming<B> {
  readonly conn: number;
  readonly from: number;
  readonly id: number;
  readonly body: B;
  readonly message: number;
}

export interface RequestType<B, A> {
  readonly code: string;
  readonly event: EventType<Incoming<B>>;
  readonly answer?: A;
}

export const SUCCESS = 0;
export const CONNECT_TIMEOUT_US = 3_000_000;
const ASYNC_SCAN = { firstUs: 3_000_000, periodUs: 1_000_000 };
const HEADER_BYTES = 200;

const deadlineCheck = defineEvent<Record<string, never>>('remoting.deadline-check');

/** A channel that this process opened became active (CL-19 hangs on it). */
export const channelActive = defineEvent<{ to: number }>('remoting.channel-active');
/** A connection with this process ended, whoever had opened it. `opened` tells that this process had. */
export const channelClosed = defineEvent<{ peer: number; conn: number; opened: boolean }>('remoting.channel-closed');

export const callTimedOut = defineKind('call.timed-out', 'CL-13', {
  a: 'peer:node',
  say: { en: '{node} hears nothing from {a} in time.', zh: '{node} 在时限内没有收到 {a} 的响应。' },
});
export const connectTimedOut = defineKind('connect.timed-out', 'CL-12', {
  a: 'peer:node',
  say: { en: '{node} gives up connecting to {a}: no answer at all.', zh: '{node} 放弃连接 {a}：没有任何回应。' },
});
export const callsFailedFast = defineKind('calls.failed-fast', 'CL-14', {
  a: 'peer:node',
  b: 'calls:count',
  say: {
    en: 'The channel to {a} closed, so {b} requests in flight of {node} fail at once.',
    zh: '与 {a} 的通道关闭，{node} 在途的 {b} 个请求立即失败。',
  },
});
export const asyncExpired = defineKind('call.async-expired', 'CL-15', {
  a: 'peer:node',
  say: {
    en: "{node}'s scan finds an asynchronous call to {a} overdue.",
    zh: '{node} 的扫描发现发往 {a} 的异步请求已超时。',
  },
});

export function createRemoting(): Remoting {
  return { channels: new Map(), accepted: new Map(), pending: new Map(), nextId: 1, checkAtUs: Number.POSITIVE_INFINITY };
}

/** Defines a request by its RocketMQ code; servers handle `event`, callers use `invoke`. */
export function defineRequest<B, A = undefined>(code: string): RequestType<B, A> {
  return { code, event: defineEvent<Incoming<B>>(`request.${code}`) };
}

export interface InvokeOptions<C, A> {
  timeoutUs: number;
  /** Sync stops exactly at the timeout and closes the channel; async is found by a scan, up to 2 s later. */
  mode?: 'sync' | 'async';
  bytes?: number;
  message?: number;
  then: { event: EventType<Answered<C, A>>; context: C };
}

/** The remoting state of any process of the cluster. */
export function remotingOf(sim: RocketSim, node: number): Remoting {
  const { product } = sim.state;
  const owner =
    product.brokers.get(node) ?? product.nameservers.get(node) ?? product.producers.get(node) ?? product.consumers.get(node);
  if (owner === undefined) throw new RangeError(`process ${node} has no remoting`);
  return owner.remoting;
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
  const remoting = remotingOf(sim, node);
  const id = remoting.nextId++;
  const pending: Pending = {
    id,
    to,
    mode: options.mode ?? 'sync',
    request: wire('request', request.code, id, SUCCESS, body, '', options.message ?? -1),
    bytes: HEADER_BYTES + (options.bytes ?? 0),
    beginUs: sim.nowUs,
    timeoutUs: options.timeoutUs,
    sentUs: sim.nowUs,
    conn: 0,
    then: { event: options.then.event.name, context: options.then.context },
  };
  remoting.pending.set(id, pending);
  const channel = channelTo(sim, node, to);
  pending.conn = channel.conn;
  if (channel.open) transmitRequest(sim, node, pending);
  else {
    channel.waiting.push(id);
    armCheck(sim, node, channel.connectDeadlineUs);
  }
}

/** Sends without asking for an answer. Without an open channel it is sent when the channel opens. */
export function oneway<B>(
  sim: RocketSim,
  node: number,
  to: number,
  request: RequestType<B, unknown>,
  body: B,
  options: { bytes?: number; message?: number } = {},
): void {
  const channel = channelTo(sim, node, to);
  const message = wire('oneway', request.code, -1, SUCCESS, body, '', options.message ?? -1);
  const bytes = HEADER_BYTES + (options.bytes ?? 0);
  if (channel.open) send(sim, channel.conn, node, message, bytes);
  else {
    const remoting = remotingOf(sim, node);
    const id = remoting.nextId++;
    remoting.pending.set(id, {
      id, to, mode: 'sync', request: message, bytes, beginUs: sim.nowUs, timeoutUs: Number.POSITIVE_INFINITY,
      sentUs: sim.nowUs, conn: channel.conn, then: { event: '', context: undefined },
    });
    channel.waiting.push(id);
    armCheck(sim, node, channel.connectDeadlineUs);
  }
}

/** A oneway from a server on a connection that it accepted. */
export function pushOneway<B>(sim: RocketSim, node: number, conn: number, request: RequestType<B, unknown>, body: B): void {
  send(sim, conn, node, wire('oneway', request.code, -1, SUCCESS, body, '', -1), HEADER_BYTES);
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
  send(sim, incoming.conn, node, wire('answer', '', incoming.id, status, body, remark, message), HEADER_BYTES + bytes);
}

/** True when a channel to the peer is open as far as this process knows. */
export function hasChannel(sim: RocketSim, node: number, to: number): boolean {
  return remotingOf(sim, node).channels.get(to)?.open === true;
}

/** Opens a channel without a request; channelActive follows when it stands. */
export function ensureChannel(sim: RocketSim, node: number, to: number): void {
  const channel = channelTo(sim, node, to);
  if (!channel.open) armCheck(sim, node, channel.connectDeadlineUs);
}

/** Closes the channel to a peer; what is in flight on it fails at once. */
export function closeChannel(sim: RocketSim, node: number, to: number): void {
  const channel = remotingOf(sim, node).channels.get(to);
  if (channel === undefined) return;
  close(sim, channel.conn, node);
  dropChannel(sim, node, channel.conn, to);
}

/** Idle time of an accepted or opened connection: neither read nor written for so long, µs. */
export function idleUs(sim: RocketSim, conn: number, node: number): number {
  const found = connOf(sim, conn);
  if (found === undefined) return 0;
  const end = found.ends[found.ends[0].node === node ? 0 : 1];
  return sim.nowUs - Math.max(end.lastReadUs, end.lastWriteUs);
}

function wire(kind: Wire['kind'], code: string, id: number, status: number, body: unknown, remark: string, message: number): Wire {
  return { frozen: true, kind, code, id, status, body, remark, message };
}

function channelTo(sim: RocketSim, node: number, to: number): Channel {
  const { channels } = remotingOf(sim, node);
  const known = channels.get(to);
  if (known !== undefined && (!known.open || isOpen(connOf(sim, known.conn), node))) return known;
  const channel: Channel = {
    conn: connect(sim, node, to, 'remoting'),
    open: false,
    waiting: [],
    connectDeadlineUs: sim.nowUs + connectTimeoutUs(sim, node),
  };
  channels.set(to, channel);
  return channel;
}

function connectTimeoutUs(sim: RocketSim, node: number): number {
  const { product } = sim.state;
  const config = product.producers.get(node)?.config ?? product.consumers.get(node)?.config;
  return config === undefined ? CONNECT_TIMEOUT_US : config.connectTimeoutMillis * 1000;
}

function transmitRequest(sim: RocketSim, node: number, pending: Pending): void {
  const left = pending.timeoutUs - (sim.nowUs - pending.beginUs);
  if (left <= 0 && pending.request.kind === 'request') {
    finish(sim, node, pending, { ok: false, error: 'timeout' });
    return;
  }
  pending.sentUs = sim.nowUs;
  send(sim, pending.conn, node, pending.request, pending.bytes);
  if (pending.request.kind === 'oneway') remotingOf(sim, node).pending.delete(pending.id);
  else armCheck(sim, node, deadlineUs(sim, node, pending));
}

/** When a waiting call is given up: sync at its timeout, async at the first scan a second behind it (CL-15). */
function deadlineUs(sim: RocketSim, node: number, pending: Pending): number {
  const due = pending.beginUs + pending.timeoutUs;
  return pending.mode === 'sync' ? due : tickAtOrAfter(sim, node, ASYNC_SCAN, due + 1_000_000);
}

function armCheck(sim: RocketSim, node: number, atUs: number): void {
  const remoting = remotingOf(sim, node);
  if (atUs >= remoting.checkAtUs || !Number.isFinite(atUs)) return;
  remoting.checkAtUs = atUs;
  sim.at(Math.max(atUs, sim.nowUs), node, deadlineCheck, {});
}

function onDeadlineCheck(sim: RocketSim, node: number): void {
  const remoting = remotingOf(sim, node);
  // A check that an earlier one has overtaken finds nothing due and arms none twice.
  if (sim.nowUs < remoting.checkAtUs) return;
  remoting.checkAtUs = Number.POSITIVE_INFINITY;
  const cause = sim.currentCause;
  for (const [to, channel] of [...remoting.channels]) {
    if (channel.open || sim.nowUs < channel.connectDeadlineUs) continue;
    sim.because(cause, () => {
      sim.emit(connectTimedOut, node, to);
      close(sim, channel.conn, node);
      failConnect(sim, node, to, channel);
    });
  }
  for (const pending of [...remoting.pending.values()]) {
    if (!remoting.pending.has(pending.id)) continue;
    const channel = remoting.channels.get(pending.to);
    if (channel !== undefined && !channel.open && channel.conn === pending.conn) continue;
    if (sim.nowUs < deadlineUs(sim, node, pending)) continue;
    sim.because(cause, () => timeOut(sim, node, pending));
  }
  let next = Number.POSITIVE_INFINITY;
  for (const channel of remoting.channels.values()) if (!channel.open) next = Math.min(next, channel.connectDeadlineUs);
  for (const pending of remoting.pending.values()) {
    const channel = remoting.channels.get(pending.to);
    if (channel?.open) next = Math.min(next, deadlineUs(sim, node, pending));
  }
  armCheck(sim, node, next);
}

function timeOut(sim: RocketSim, node: number, pending: Pending): void {
  remotingOf(sim, node).pending.delete(pending.id);
  sim.emit(pending.mode === 'sync' ? callTimedOut : asyncExpired, node, pending.to);
  const left = pending.timeoutUs - (pending.sentUs - pending.beginUs);
  // clientCloseSocketIfTimeout: a sync call that had a fair wait takes the silent channel down (CL-13).
  if (pending.mode === 'sync' && (left > 100_000 || left > pending.timeoutUs / 4)) {
    const channel = remotingOf(sim, node).channels.get(pending.to);
    if (channel?.conn === pending.conn) closeChannel(sim, node, pending.to);
  }
  finish(sim, node, pending, { ok: false, error: 'timeout' });
}

function failConnect(sim: RocketSim, node: number, to: number, channel: Channel): void {
  const remoting = remotingOf(sim, node);
  if (remoting.channels.get(to) === channel) remoting.channels.delete(to);
  const cause = sim.currentCause;
  for (const id of channel.waiting) {
    const pending = remoting.pending.get(id);
    if (pending !== undefined) sim.because(cause, () => finish(sim, node, pending, { ok: false, error: 'connect' }));
  }
}

function dropChannel(sim: RocketSim, node: number, conn: number, to: number): void {
  const remoting = remotingOf(sim, node);
  const channel = remoting.channels.get(to);
  if (channel?.conn === conn) remoting.channels.delete(to);
  const failed = [...remoting.pending.values()].filter((pending) => pending.conn === conn);
  if (failed.length === 0) return;
  sim.emit(callsFailedFast, node, to, failed.length);
  const cause = sim.currentCause;
  for (const pending of failed) {
    if (remoting.pending.has(pending.id)) {
      sim.because(cause, () => finish(sim, node, pending, { ok: false, error: 'closed' }));
    }
  }
}

function finish(sim: RocketSim, node: number, pending: Pending, outcome: CallOutcome<unknown>): void {
  remotingOf(sim, node).pending.delete(pending.id);
  if (pending.then.event !== '') {
    sim.call({ name: pending.then.event }, node, { context: pending.then.context, outcome });
  }
}

export function registerRemoting(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(deadlineCheck, onDeadlineCheck)
    .on(netAccepted, (sim, node, { conn }) => {
      const found = connOf(sim, conn);
      if (found?.purpose === 'remoting') remotingOf(sim, node).accepted.set(conn, peerOf(found, node));
    })
    .on(netOpened, (sim, node, { conn }) => {
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
      const waiting = channel.waiting;
      channel.waiting = [];
      for (const id of waiting) {
        const pending = remoting.pending.get(id);
        if (pending !== undefined) transmitRequest(sim, node, pending);
      }
      sim.call(channelActive, node, { to });
    })
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
      const remoting = remotingOf(sim, node);
      const opened = !remoting.accepted.delete(conn);
      if (opened) dropChannel(sim, node, conn, peer);
      sim.call(channelClosed, node, { peer, conn, opened });
    })
    .on(netMessage, (sim, node, { conn, from, message }) => {
      const found = connOf(sim, conn);
      if (found !== undefined && found.purpose !== 'remoting') {
        sim.call(otherMessage, node, { conn, from, message });
        return;
      }
      const frame = message as Wire;
      if (frame.kind === 'answer') {
        const pending = remotingOf(sim, node).pending.get(frame.id);
        if (pending !== undefined) {
          finish(sim, node, pending, { ok: true, status: frame.status, body: frame.body, remark: frame.remark });
        }
        return;
      }
      sim.call({ name: `request.${frame.code}` }, node, {
        conn, from, id: frame.kind === 'oneway' ? -1 : frame.id, body: frame.body, message: frame.message,
      });
    });
}

/** The same hooks for connections of another purpose (`ha`). */
export const otherOpened = defineEvent<{ conn: number }>('net.other-opened');
export const otherClosed = defineEvent<{ conn: number; peer: number; purpose: string }>('net.other-closed');
export const otherMessage = defineEvent<{ conn: number; from: number; message: unknown }>('net.other-message');
