import { defineEvent } from '../../../core/sim';
import { internQueue } from '../../../model/world';
import type { Incoming } from '../remoting';
import type { Consumer, RocketSim } from '../state';
import type { PopHandle, PopMessage, Popped } from './pop-protocol';

/** The pop side of one broker, in memory: plain data. What must survive stands in the revive queues. */
export interface PopService {
  /**
   * Queues of a group that a pop is reading: `group@queue`. 5.3.3 has no time limit on them, but `QueueLockManager`
   * throws away each minute what was locked more than a minute ago, locked or not. A pop holds its lock while its
   * checkpoint is put, which ends within the waits for flush and replicas; only an append that is stuck could outlast
   * the minute, and then every other checkpoint is refused (`OS_PAGE_CACHE_BUSY`) and nothing is handed out twice.
   */
  locks: Set<string>;
  /** Those of them that another pop has passed by. */
  passedBy: Set<string>;
  /** What is out of queues that are popped in order, by the same key; and when each is looked at next (PO-8). */
  orders: Map<string, OrderInfo>;
  orderLooks: Map<string, number>;
  /** Of the proxy: what its clients have in hand, by client and handle; when it looks next; what waits for a renewal. */
  receipts: Map<string, Receipt>;
  renewAtUs: number;
  settling: Map<string, readonly Settled[]>;
  /** Parked requests by `topic@group`, in order of arrival. */
  held: Map<string, HeldPop[]>;
  heldCount: number;
  sweepAtUs: number;
  /** Pops whose checkpoints are being stored. */
  open: Map<number, OpenPop>;
  nextOpen: number;
  /** Ordinals: checkpoints, and draws. */
  checkpoints: number;
  draws: number;
  revive: ReviveQueue[];
}

export interface HeldPop {
  readonly frozen: true;
  readonly request: Incoming<PopMessage>;
}

export interface OpenPop {
  readonly frozen: true;
  readonly request: Incoming<PopMessage>;
  /** What was read, and the offset behind it. */
  readonly taken: readonly { readonly popped: Popped; readonly nextOffset: number }[];
  /** How many messages it has left in the queues that it went through. */
  readonly rest: number;
  readonly at: number;
  readonly stored: readonly Popped[];
}

/** `ConsumerOrderInfoManager.OrderInfo`: the newest batch of a queue that is popped in order. */
export interface OrderInfo {
  readonly frozen: true;
  /** Who popped it: the same attempt, repeated, is not blocked by itself. */
  readonly attemptId: string;
  readonly popUs: number;
  readonly offsets: readonly number[];
  /** Until when each message is invisible. */
  readonly visibleUs: readonly number[];
  /** How often each has been handed out before. */
  readonly consumed: readonly number[];
  /** Bits of those that are confirmed. */
  readonly acked: number;
  /** It was told that somebody had to wait for it. */
  readonly told: boolean;
}

/** What a broker does with a handle; `receipt`: the proxy itself asks, to go on with what it gets. */
export type Settled =
  | { readonly what: 'ack'; readonly request: Incoming<PopHandle> }
  | {
      readonly what: 'change';
      readonly request: Incoming<PopHandle & { readonly nextInvisibleUs: number }>;
      readonly popUs: number;
      readonly receipt?: string;
    };
/** `MessageReceiptHandle`: a message that a client of the proxy has in hand. */
export interface Receipt {
  readonly frozen: true;
  /** The newest one. */
  readonly handle: PopHandle;
  readonly sinceUs: number;
  /** How often it was handed out before. */
  readonly consumed: number;
  readonly renewals: number;
  readonly renewing: boolean;
}

/** One version of `consumerOrderInfo.json`. */
export interface OrdersFile {
  readonly frozen: true;
  readonly orders: ReadonlyMap<string, OrderInfo>;
}

/** One revive queue as its thread sees it. */
export interface ReviveQueue {
  /** Records that the timer wheel has not delivered yet, by the moment when it will. */
  waiting: { readonly frozen: true; readonly atUs: number; readonly record: number }[];
  /** Delivered checkpoints that are not settled, by their key, in order. */
  open: Map<string, OpenCheckpoint>;
  /** The newest moment for which a record that it has read was to be delivered, µs. */
  endUs: number;
  /** When the thread looks next; Infinity while there is nothing to look for. */
  lookUs: number;
  lastLookUs: number;
}

export interface OpenCheckpoint {
  readonly record: number;
  /** Bits of its messages that are settled, by offset from its start. */
  acked: number;
}

export function createPopService(): PopService {
  return {
    locks: new Set(),
    passedBy: new Set(),
    orders: new Map(),
    orderLooks: new Map(),
    receipts: new Map(),
    renewAtUs: Number.POSITIVE_INFINITY,
    settling: new Map(),
    held: new Map(),
    heldCount: 0,
    sweepAtUs: Number.POSITIVE_INFINITY,
    open: new Map(),
    nextOpen: 0,
    checkpoints: 0,
    draws: 0,
    revive: [],
  };
}

/** One broker that a pop consumer asks, again and again. */
export interface PopLoop {
  readonly brokerName: string;
  readonly serial: number;
  waits: 'answer' | 'timer' | 'room' | 'resume';
  lastUs: number;
  /** Popped and not finished. */
  unacked: number;
  /** Of a client of version 5: the number of its attempt, kept until one has brought messages. */
  attempt: number;
}

/** A loop that waited for room may have some: fewer messages are unconfirmed. */
export const popRoom = defineEvent<{ readonly brokerName: string; readonly serial: number }>('pop.room');

/** A queue to name when a loop over all queues of a broker is meant. */
export const firstQueueOf = (sim: RocketSim, { spec }: Consumer, { brokerName }: PopLoop) =>
  internQueue(sim.state.arena, spec.topic, brokerName, 0);

/** Popped messages that wait for a thread. */
export interface PopBatch {
  readonly frozen: true;
  readonly loop: { readonly brokerName: string; readonly serial: number };
  readonly popped: Popped;
  readonly records: readonly number[];
  readonly cause: number;
  /** Of a client of version 5 that consumes in order: which of its chains it belongs to. */
  readonly chain?: number;
}

/** What one request of a client of version 5 brought, to be consumed one message after the other. */
export interface FifoChain {
  readonly loop: { readonly brokerName: string; readonly serial: number };
  readonly items: readonly { readonly popped: Popped; readonly record: number }[];
  readonly attemptsMax: number;
  at: number;
  /** Failures of the present message in this client. */
  failures: number;
}

/** Popped messages are done with, one way or the other: there is room for others. */
export function popFinished(
  sim: RocketSim,
  { state, node }: Consumer,
  loop: PopBatch['loop'],
  count: number,
): void {
  const known = state.pops.get(loop.brokerName);
  if (known?.serial !== loop.serial) return;
  known.unacked -= count;
  if (known.waits === 'room') sim.call(popRoom, node, loop);
}
