import type { MessageFilter } from '../filter/filter';
import { defineRequest } from '../remoting';

/** What pop consumers and brokers say to each other. */

/** `POLLING_FULL`, `POLLING_TIMEOUT` of `ResponseCode`. */
export const PopCode = { POLLING_FULL: 209, POLLING_TIMEOUT: 210 } as const;

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
}
/** What was popped of one queue, as one checkpoint covers it. */
export interface Popped {
  readonly frozen: true;
  /** Number of the queue that it was popped from: the topic's, or the group's retry topic's. */
  readonly queue: number;
  readonly startOffset: number;
  readonly popUs: number;
  readonly invisibleUs: number;
  readonly reviveQueue: number;
  readonly records: readonly number[];
}
export interface PopResult {
  readonly records: readonly number[];
  readonly popped: readonly Popped[];
}
export const popMessage = defineRequest<PopMessage, PopResult>('POP_MESSAGE');

/** One message of what was popped. */
export interface PopHandle extends Omit<Popped, 'records'> {
  readonly group: string;
  readonly offset: number;
}
export const ackMessage = defineRequest<PopHandle>('ACK_MESSAGE');
/** Answers with the handle that counts from now on. */
export const changeInvisibleTime = defineRequest<
  PopHandle & { readonly nextInvisibleUs: number },
  { readonly popUs: number; readonly invisibleUs: number } | undefined
>('CHANGE_MESSAGE_INVISIBLETIME');
/** `QUERY_ASSIGNMENT`: the broker says that the group pops, and so every member asks every broker. */
export const queryAssignment = defineRequest<{ readonly group: string; readonly topic: string }>(
  'QUERY_ASSIGNMENT',
);
