import { defineEvent, type Handlers } from '../../../core/sim';
import { recordOffset, type World } from '../../../model/world';
import { brokerOf } from '../broker/store-state';
import { type Incoming, remotingOf } from '../remoting';
import { reconsumeTimesOf } from '../retry/retry-topics';
import type { Rocket, RocketSim } from '../state';
import { tickAtOrAfter } from '../timers';
import { handlesCleared, renewalEnded, renewalFailed, renewed, writeFailed } from './pop-kinds';
import { handleOf, type PopHandle, type PopMessage, type Popped } from './pop-protocol';
import type { Receipt, Settled } from './pop-state';

/**
 * `DefaultReceiptHandleManager` of the proxy in the broker's process: what its clients have in hand stays invisible for
 * as long as they live, up to `renewMaxTimeMillis`. In memory only. [PO-11]
 */

/** `renewSchedulePeriodMillis`, `renewAheadTimeMillis`, `renewMaxTimeMillis`, `invisibleTimeMillisWhenClear`. */
const SCAN = { firstUs: 0, periodUs: 5_000_000 };
const AHEAD_US = 10_000_000;
const RENEW_MAX_US = 10_800_000_000;
const CLEAR_US = 1_000_000;
/** `RenewStrategyPolicy`: 1, 3, 5, 10, 30 minutes, then an hour each time. */
const RENEW_MINUTES = [1, 3, 5, 10, 30, 60];
/** `CustomizedRetryPolicy#nextDelayDuration` of a message that comes again, seconds, by its retries. */
const RETRY_SECONDS = [10, 30, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600, 1_200, 1_800, 3_600, 7_200];

export const settle = defineEvent<Settled>('pop.settle');
const scanDue = defineEvent<{ readonly atUs: number }>('pop.renew-scan');

const keyOf = ({ clientId, queue, offset, popUs }: PopHandle) => `${clientId}|${queue}|${offset}|${popUs}`;
const visibleUs = ({ handle }: Receipt) => handle.popUs + handle.invisibleUs;

/** `ReceiveMessageResponseStreamWriter`: what could not be written to its client is visible again in a second. */
function takeBack(sim: RocketSim, node: number, handle: PopHandle): void {
  sim.emit(writeFailed, node, handle.record, CLEAR_US);
  change(sim, node, handle, CLEAR_US);
}

/** `addReceiptHandle` for each message of an answer. */
export function addReceipts(
  sim: RocketSim,
  node: number,
  { conn, body: { group, clientId } }: Incoming<PopMessage>,
  all: readonly Popped[],
): void {
  if (clientId === undefined) return;
  const { pop } = brokerOf(sim, node).service;
  const { arena } = sim.state;
  const cause = sim.currentCause;
  const writable = remotingOf(sim, node).accepted.has(conn);
  for (const popped of all) {
    for (const record of popped.records) {
      const handle = handleOf(popped, { group, offset: recordOffset(arena, record), record, clientId });
      if (!writable) {
        sim.because(cause, () => takeBack(sim, node, handle));
        continue;
      }
      const consumed = popped.consumed?.[handle.index] ?? reconsumeTimesOf(arena, record);
      pop.receipts.set(keyOf(handle), {
        frozen: true,
        handle,
        sinceUs: sim.nowUs,
        consumed,
        renewals: 0,
        renewing: false,
      });
    }
  }
  arm(sim, node);
}

function arm(sim: RocketSim, node: number): void {
  const { pop } = brokerOf(sim, node).service;
  if (Number.isFinite(pop.renewAtUs)) return;
  let first = Number.POSITIVE_INFINITY;
  for (const receipt of pop.receipts.values()) {
    if (!receipt.renewing) first = Math.min(first, visibleUs(receipt));
  }
  if (first === Number.POSITIVE_INFINITY) return;
  pop.renewAtUs = tickAtOrAfter(sim, node, SCAN, Math.max(sim.nowUs + 1, first - AHEAD_US));
  sim.at(pop.renewAtUs, node, scanDue, { atUs: pop.renewAtUs });
}

/** `scheduleRenewTask`. */
function scan(sim: RocketSim, node: number): void {
  const { pop } = brokerOf(sim, node).service;
  pop.renewAtUs = Number.POSITIVE_INFINITY;
  const cause = sim.currentCause;
  for (const [key, receipt] of [...pop.receipts]) {
    if (receipt.renewing || visibleUs(receipt) - sim.nowUs > AHEAD_US) continue;
    sim.because(cause, () => renew(sim, node, key, receipt));
  }
  arm(sim, node);
}

/** `startRenewMessage`; behind the longest time the message is let go, for the wait of a retry. */
function renew(sim: RocketSim, node: number, key: string, receipt: Receipt): void {
  const { pop } = brokerOf(sim, node).service;
  const { handle, renewals, consumed, sinceUs } = receipt;
  if (visibleUs(receipt) <= sim.nowUs) {
    pop.receipts.delete(key);
    sim.emit(renewalFailed, node, handle.record);
    return;
  }
  if (sim.nowUs - sinceUs < RENEW_MAX_US) {
    pop.receipts.set(key, { ...receipt, renewing: true });
    const minutes = RENEW_MINUTES[Math.min(renewals, RENEW_MINUTES.length - 1)] as number;
    sim.emit(renewed, node, handle.record, minutes * 60_000_000);
    change(sim, node, handle, minutes * 60_000_000, key);
    return;
  }
  pop.receipts.delete(key);
  const seconds = RETRY_SECONDS[Math.min(consumed, RETRY_SECONDS.length - 1)] as number;
  sim.emit(renewalEnded, node, handle.record, seconds * 1_000_000);
  change(sim, node, handle, seconds * 1_000_000);
}

function change(
  sim: RocketSim,
  node: number,
  handle: PopHandle,
  nextInvisibleUs: number,
  receipt?: string,
): void {
  const request = { conn: -1, from: node, id: -1, body: { ...handle, nextInvisibleUs }, message: -1 };
  sim.call(settle, node, { what: 'change', request, popUs: sim.nowUs, receipt });
}

/**
 * How a renewal of the proxy ended: with the handle that counts from now on, or without. An answer of its own broker
 * that is not OK is no exception: it is not tried again.
 */
export function renewalDone(
  sim: RocketSim,
  node: number,
  key: string | undefined,
  handle: Partial<PopHandle> | undefined,
): void {
  const { pop } = brokerOf(sim, node).service;
  const known = key === undefined ? undefined : pop.receipts.get(key);
  if (key === undefined || known === undefined) return;
  const cause = sim.currentCause;
  if (handle === undefined) {
    pop.receipts.delete(key);
    sim.because(cause, () => sim.emit(renewalFailed, node, known.handle.record));
  } else {
    const newest = { ...known.handle, ...handle };
    pop.receipts.set(key, { ...known, handle: newest, renewing: false, renewals: known.renewals + 1 });
  }
  for (const waiting of pop.settling.get(key) ?? [])
    sim.because(cause, () => sim.call(settle, node, waiting));
  pop.settling.delete(key);
  arm(sim, node);
}

/**
 * `removeReceiptHandle`: what a client says of the handle that it got means the newest one. Undefined: it is being
 * renewed just now, and this waits for it.
 */
export function withNewestHandle(sim: RocketSim, node: number, settled: Settled): Settled | undefined {
  const { pop } = brokerOf(sim, node).service;
  const { request } = settled;
  if (request.body.clientId === undefined || request.from === node) return settled;
  const key = keyOf(request.body);
  const receipt = pop.receipts.get(key);
  if (receipt === undefined) return settled;
  if (receipt.renewing) {
    pop.settling.set(key, [...(pop.settling.get(key) ?? []), settled]);
    return undefined;
  }
  pop.receipts.delete(key);
  const body = { ...request.body, ...receipt.handle };
  return { ...settled, request: { ...request, body } } as Settled;
}

/** `clearGroup`: a client is gone, what it had in hand is visible again in a second. */
export function clearReceipts(sim: RocketSim, node: number, clientId: string, peer: number): void {
  const { pop } = brokerOf(sim, node).service;
  const gone = [...pop.receipts].filter(([, { handle }]) => handle.clientId === clientId);
  if (gone.length === 0) return;
  sim.emit(handlesCleared, node, peer, gone.length);
  const cause = sim.currentCause;
  for (const [key, { handle }] of gone) {
    pop.receipts.delete(key);
    sim.because(cause, () => change(sim, node, handle, CLEAR_US));
  }
}

export function registerReceipts(handlers: Handlers<World<Rocket>>): void {
  handlers.on(scanDue, (sim, node, { atUs }) => {
    if (brokerOf(sim, node).service.pop.renewAtUs === atUs) scan(sim, node);
  });
}
