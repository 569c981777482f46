import { defineEvent } from '../../core/sim';
import { processOf } from '../../model/env';
import { close, connect, connOf, isOpen, send } from '../../model/net';
import { droppedBetween, faultBehind } from '../../model/silence';
import {
  asyncExpired,
  callsFailedFast,
  callTimedOut,
  channelGivenUp,
  connectTimedOut,
} from './remoting-kinds';
import type { CallOutcome, Channel, Pending, Remoting, Wire } from './remoting-types';
import type { RocketSim } from './state';
import { tickAtOrAfter } from './timers';

/** Channels, calls that wait for something, and their deadlines. Callers use `remoting.ts`. */

/** `NettyClientConfig.connectTimeoutMillis` of processes that have no client configuration. */
const CONNECT_TIMEOUT_US = 3_000_000;
/** `NettyRemotingClient#start`: the scan of the response table. */
const ASYNC_SCAN = { firstUs: 3_000_000, periodUs: 1_000_000 };
/** A call that had less than this, or less than a quarter of its timeout, does not close the channel (CL-13). */
const FAIR_WAIT_US = 100_000;

export const deadlineCheck = defineEvent<Record<string, never>>('remoting.deadline-check');
/** A channel that this process opened became active (CL-19 hangs on it). */
export const channelActive = defineEvent<{ to: number }>('remoting.channel-active');
/**
 * A connection with this process ended, whoever had opened it: `opened` tells that this process had. `idle`: this
 * process closed it itself, because it had been silent for too long.
 */
export const channelClosed = defineEvent<{ peer: number; conn: number; opened: boolean; idle: boolean }>(
  'remoting.channel-closed',
);

/** The remoting state of any process of the cluster. */
export function remotingOf(sim: RocketSim, node: number): Remoting {
  const owner = ownersOf(sim, node).get(node);
  if (owner === undefined) throw new RangeError(`process ${node} has no remoting`);
  return owner.remoting;
}

/** The processes of its kind. */
function ownersOf(
  { state: { product, env } }: RocketSim,
  node: number,
): ReadonlyMap<number, { readonly remoting: Remoting }> {
  switch (processOf(env, node).kind) {
    case 'broker':
      return product.brokers;
    case 'consumer':
      return product.consumers;
    case 'nameserver':
      return product.nameservers;
    case 'controller':
      return product.controllers;
    default:
      return product.producers;
  }
}

/** The client keys of a process; undefined for a server, whose own outgoing channels have the defaults. */
export function clientConfigOf(sim: RocketSim, node: number) {
  const { product } = sim.state;
  return product.producers.get(node)?.config ?? product.consumers.get(node)?.config;
}

/** The channel to a peer: the one that stands or is being opened, else a new one. */
export function channelTo(sim: RocketSim, node: number, remoting: Remoting, to: number): Channel {
  const { channels } = remoting;
  const known = channels.get(to);
  if (known !== undefined && (!known.open || isOpen(connOf(sim, known.conn), node))) return known;
  const millis = clientConfigOf(sim, node)?.connectTimeoutMillis;
  const channel: Channel = {
    conn: connect(sim, node, to, 'remoting'),
    open: false,
    waiting: [],
    connectDeadlineUs: sim.nowUs + (millis === undefined ? CONNECT_TIMEOUT_US : millis * 1000),
  };
  channels.set(to, channel);
  armCheck(sim, node, remoting, channel.connectDeadlineUs);
  return channel;
}

export function transmitRequest(sim: RocketSim, node: number, remoting: Remoting, pending: Pending): void {
  const left = pending.timeoutUs - (sim.nowUs - pending.beginUs);
  if (left <= 0) {
    finish(sim, node, remoting, pending, {
      ok: false,
      error: pending.mode === 'sync' ? 'timeout' : 'budget',
    });
    return;
  }
  pending.sentUs = sim.nowUs;
  send(sim, pending.conn, node, pending.request, pending.bytes);
  if (pending.request.kind === 'oneway') {
    finish(sim, node, remoting, pending, { ok: true, status: 0, body: undefined, remark: '' });
  } else armCheck(sim, node, remoting, deadlineUs(sim, node, pending));
}

/** Ends a call: what the caller wanted to do then is done now. */
export function finish(
  sim: RocketSim,
  node: number,
  remoting: Remoting,
  pending: Pending,
  outcome: CallOutcome<unknown>,
): void {
  remoting.pending.delete(pending.id);
  const { then } = pending;
  if (then !== undefined) sim.call(then.event, node, { context: then.context, outcome });
}

/** No connection came about: all that waited for it fails. */
export function failConnect(sim: RocketSim, node: number, to: number, channel: Channel): void {
  const remoting = remotingOf(sim, node);
  if (remoting.channels.get(to) === channel) remoting.channels.delete(to);
  const cause = sim.currentCause;
  for (const id of channel.waiting) {
    const pending = remoting.pending.get(id);
    if (pending !== undefined) {
      sim.because(cause, () => finish(sim, node, remoting, pending, { ok: false, error: 'connect' }));
    }
  }
}

/** A connection that this process had opened is gone: all that is in flight on it fails at once. */
export function dropChannel(sim: RocketSim, node: number, conn: number, to: number): void {
  const remoting = remotingOf(sim, node);
  const channel = remoting.channels.get(to);
  if (channel?.conn === conn) remoting.channels.delete(to);
  const failed: Pending[] = [];
  for (const pending of remoting.pending.values()) if (pending.conn === conn) failed.push(pending);
  if (failed.length === 0) return;
  sim.emit(callsFailedFast, node, to, failed.length);
  const cause = sim.currentCause;
  for (const pending of failed) {
    if (remoting.pending.has(pending.id)) {
      sim.because(cause, () => finish(sim, node, remoting, pending, { ok: false, error: 'closed' }));
    }
  }
}

export function onDeadlineCheck(sim: RocketSim, node: number): void {
  const remoting = remotingOf(sim, node);
  // A check that an earlier one has overtaken finds nothing due and arms none twice.
  if (sim.nowUs < remoting.checkAtUs) return;
  remoting.checkAtUs = Number.POSITIVE_INFINITY;
  for (const [to, channel] of [...remoting.channels]) {
    if (channel.open || sim.nowUs < channel.connectDeadlineUs) continue;
    const first = remoting.pending.get(channel.waiting[0] ?? -1);
    sim.because(faultBehind(sim, node, to) ?? first?.cause ?? -1, () => {
      sim.emit(connectTimedOut, node, to);
      close(sim, channel.conn, node);
      failConnect(sim, node, to, channel);
    });
  }
  for (const pending of [...remoting.pending.values()]) {
    if (!remoting.pending.has(pending.id) || isConnecting(remoting, pending)) continue;
    if (sim.nowUs < deadlineUs(sim, node, pending)) continue;
    sim.because(behindSilence(sim, node, pending), () => timeOut(sim, node, remoting, pending));
  }
  let next = Number.POSITIVE_INFINITY;
  for (const channel of remoting.channels.values()) {
    if (!channel.open) next = Math.min(next, channel.connectDeadlineUs);
  }
  for (const pending of remoting.pending.values()) {
    if (!isConnecting(remoting, pending)) next = Math.min(next, deadlineUs(sim, node, pending));
  }
  armCheck(sim, node, remoting, next);
}

function isConnecting(remoting: Remoting, pending: Pending): boolean {
  const channel = remoting.channels.get(pending.to);
  return channel !== undefined && !channel.open && channel.conn === pending.conn;
}

/** When a waiting call is given up: sync at its timeout, async at the first scan a second behind it (CL-15). */
function deadlineUs(sim: RocketSim, node: number, pending: Pending): number {
  const due = pending.beginUs + pending.timeoutUs;
  return pending.mode === 'sync' ? due : tickAtOrAfter(sim, node, ASYNC_SCAN, due + 1_000_000);
}

function armCheck(sim: RocketSim, node: number, remoting: Remoting, atUs: number): void {
  if (atUs >= remoting.checkAtUs || !Number.isFinite(atUs)) return;
  remoting.checkAtUs = atUs;
  sim.at(Math.max(atUs, sim.nowUs), node, deadlineCheck, {});
}

/** What a call that hears nothing names as its cause: what vanished of it, the fault of its peer, or what it came from. */
function behindSilence(sim: RocketSim, node: number, { id, to, request, cause }: Pending): number {
  const isPart = (message: unknown) =>
    message === request || ((message as Wire).kind === 'answer' && (message as Wire).id === id);
  return droppedBetween(sim, node, to, isPart) ?? faultBehind(sim, node, to) ?? cause;
}

function timeOut(sim: RocketSim, node: number, remoting: Remoting, pending: Pending): void {
  remoting.pending.delete(pending.id);
  sim.emit(pending.mode === 'sync' ? callTimedOut : asyncExpired, node, pending.to);
  const cause = sim.currentCause;
  if (pending.mode === 'sync') sim.because(cause, () => giveUpChannel(sim, node, pending));
  finish(sim, node, remoting, pending, { ok: false, error: 'timeout' });
}

/**
 * `clientCloseSocketIfTimeout`: a sync call that had a fair wait takes the silent channel down (CL-13). The channel of a
 * gRPC client carries many calls, and the end of one does nothing to it (`RpcClientImpl`).
 */
function giveUpChannel(sim: RocketSim, node: number, pending: Pending): void {
  if (clientConfigOf(sim, node)?.clientCloseSocketIfTimeout === false) return;
  if (sim.state.product.consumers.get(node)?.spec.protocol === 'grpc') return;
  const left = pending.timeoutUs - (pending.sentUs - pending.beginUs);
  if (left <= FAIR_WAIT_US && left <= pending.timeoutUs / 4) return;
  const channel = remotingOf(sim, node).channels.get(pending.to);
  if (channel?.conn !== pending.conn) return;
  sim.emit(channelGivenUp, node, pending.to);
  close(sim, channel.conn, node);
  dropChannel(sim, node, channel.conn, pending.to);
}
