import type { MessageFilter } from '../filter/filter';
import { defineRequest } from '../remoting';

/** What pop consumers and brokers say to each other. */

/** `POLLING_FULL`, `POLLING_TIMEOUT` of `ResponseCode`. */
export const PopCode = {
  POLLING_FULL: 209,
  POLLING_TIMEOUT: 210,
  /** `Code.INVALID_RECEIPT_HANDLE` of the gRPC service: the proxy refuses a handle whose time is over. */
  INVALID_RECEIPT_HANDLE: 40_016,
} as const;

export interface PopMessage {
  readonly group: string;
  readonly topic: string;
  readonly maxMessages: number;
  readonly invisibleUs: number;
  readonly pollUs: number;
  readonly bornUs: number;
  /** A group without an offset begins at the first message, else near the last one. */
  readonly fromFirst: boolean;
  /** A pop brings its subscription along: none is kept for the group (FI-6). */
  readonly filter: MessageFilter;
  /** Of a client of version 5: who asks the proxy. */
  readonly clientId: string | undefined;
  /** The group consumes in order; and which attempt it is, the same for a repeated request (PO-8). */
  readonly order: boolean;
  readonly attemptId: string;
}
/** What was popped of one queue, as one checkpoint covers it. */
export interface Popped {
  readonly frozen: true;
  /** Number of the queue that it was popped from: the topic's, or the group's retry topic's. */
  readonly queue: number;
  readonly startOffset: number;
  readonly popUs: number;
  readonly invisibleUs: number;
  /** `KeyBuilder.POP_ORDER_REVIVE_QUEUE` says that it was popped in order. */
  readonly reviveQueue: number;
  readonly records: readonly number[];
  /** Popped in order: how often each record has been handed out before. */
  readonly consumed?: readonly number[];
}
export const ORDER_REVIVE_QUEUE = 999;
export interface PopResult {
  readonly records: readonly number[];
  readonly popped: readonly Popped[];
  /** `retryMaxTimes` of the group and the first: the proxy tells its clients. */
  readonly attemptsMax: number;
}
export const NOTHING_POPPED: PopResult = { records: [], popped: [], attemptsMax: 0 };
export const popMessage = defineRequest<PopMessage, PopResult>('POP_MESSAGE');

/** One message of what was popped. */
export interface PopHandle extends Omit<Popped, 'records' | 'consumed'> {
  readonly group: string;
  readonly offset: number;
  /** Its place among what was popped together. */
  readonly index: number;
  readonly record: number;
  /** Of a client of version 5: the proxy knows it by this. */
  readonly clientId: string | undefined;
}
export const ackMessage = defineRequest<PopHandle>('ACK_MESSAGE');
/** Answers with the handle that counts from now on. */
export const changeInvisibleTime = defineRequest<
  PopHandle & { readonly nextInvisibleUs: number },
  { readonly popUs: number; readonly invisibleUs: number } | undefined
>('CHANGE_MESSAGE_INVISIBLETIME');
export function handleOf(
  { frozen, queue, startOffset, popUs, invisibleUs, reviveQueue, records }: Popped,
  { group, offset, record, clientId }: Pick<PopHandle, 'group' | 'offset' | 'record' | 'clientId'>,
): PopHandle {
  const index = records.indexOf(record);
  return {
    frozen,
    queue,
    startOffset,
    popUs,
    invisibleUs,
    reviveQueue,
    group,
    offset,
    index,
    record,
    clientId,
  };
}

/** `QUERY_ASSIGNMENT`: the broker says that the group pops, and so every member asks every broker. */
export const queryAssignment = defineRequest<{ readonly group: string; readonly topic: string }>(
  'QUERY_ASSIGNMENT',
);
