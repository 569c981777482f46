import {
  type Arena,
  addMessage,
  keyText,
  messageBornUs,
  messageKey,
  messageOf,
  recordMessage,
  recordPropsOf,
} from '../../../model/world';
import { Code } from '../protocol';
import { REVIVE_TOPIC } from './revive-topic';

/**
 * Checkpoints and acks as records of a revive queue. A checkpoint's `ref` is where its pop began, `realQueue` the queue,
 * `reconsumeTimes` how many messages it covers (of an ack: which of them), `deliverUs` when its invisible time ends, `checkTimes` how often it was
 * written anew; the message behind it was born at the moment of the pop and has the group as its key.
 */

export const popRetryTopic = (group: string, topic: string, v2: boolean) =>
  `%RETRY%${group}${v2 ? '+' : '_'}${topic}`;

const CHECKPOINT_BYTES = 250;
const ACK_BYTES = 180;

/** A checkpoint or an ack stands in the log, though its flush or its replicas may be late. */
export const isStored = (status: number) =>
  status === Code.SUCCESS ||
  status === Code.FLUSH_DISK_TIMEOUT ||
  status === Code.FLUSH_SLAVE_TIMEOUT ||
  status === Code.SLAVE_NOT_AVAILABLE;

/** The message of a checkpoint or an ack. */
export function addPopMessage(
  arena: Arena,
  node: number,
  tag: 'ck' | 'ack',
  group: string,
  popUs: number,
  body?: string,
): number {
  const bytes = tag === 'ck' ? CHECKPOINT_BYTES : ACK_BYTES;
  return addMessage(arena, {
    bornUs: popUs,
    producer: node,
    topic: REVIVE_TOPIC,
    key: group,
    tag,
    bytes,
    size: bytes + 91,
    body,
    wait: true,
  });
}

/** Which checkpoint a record of the revive queue is, or is about. */
export function checkpointKey(arena: Arena, record: number): string {
  const props = recordPropsOf(arena, record);
  return `${groupOfPop(arena, record)}|${props?.realQueue}|${props?.ref}|${popTimeUs(arena, record)}`;
}

/** `PopCheckPoint.queueOffsetDiff` as text: only where a filter has left out messages between. */
export function diffsText(startOffset: number, offsets: readonly number[]): string | undefined {
  const diffs = offsets.map((offset) => offset - startOffset);
  return diffs.every((diff, i) => diff === i) ? undefined : diffs.join(',');
}

/** Offsets of the messages that a checkpoint covers, in order. */
export function coveredOffsets(arena: Arena, record: number): number[] {
  const { ref, reconsumeTimes } = recordPropsOf(arena, record) ?? { ref: 0, reconsumeTimes: 0 };
  const text = messageOf(arena, recordMessage(arena, record)).body;
  const diffs =
    text === undefined ? Array.from({ length: reconsumeTimes }, (_, i) => i) : text.split(',').map(Number);
  return diffs.map((diff) => ref + diff);
}

export const groupOfPop = (arena: Arena, record: number) =>
  keyText(arena, messageKey(arena, recordMessage(arena, record)));
export const popTimeUs = (arena: Arena, record: number) => messageBornUs(arena, recordMessage(arena, record));
