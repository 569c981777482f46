import {
  type Arena,
  addMessage,
  keyText,
  messageBornUs,
  messageKey,
  recordMessage,
  recordPropsOf,
} from '../../../model/world';

/**
 * Checkpoints and acks as records of a revive queue. A checkpoint's `ref` is its first offset, `realQueue` the queue,
 * `reconsumeTimes` how many messages it covers, `deliverUs` when its invisible time ends, `checkTimes` how often it was
 * written anew; the message behind it was born at the moment of the pop and has the group as its key.
 */

/** `PopAckConstants.REVIVE_TOPIC` of the default cluster. */
export const REVIVE_TOPIC = 'rmq_sys_REVIVE_LOG_DefaultCluster';
export const REVIVE_GROUP = 'CID_RMQ_SYS_REVIVE_GROUP';
export const popRetryTopic = (group: string, topic: string, v2: boolean) =>
  `%RETRY%${group}${v2 ? '+' : '_'}${topic}`;

const CHECKPOINT_BYTES = 250;
const ACK_BYTES = 180;

/** The message of a checkpoint or an ack. */
export function addPopMessage(
  arena: Arena,
  node: number,
  tag: 'ck' | 'ack',
  group: string,
  popUs: number,
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
    wait: false,
  });
}

/** Which checkpoint a record of the revive queue is, or is about. */
export function checkpointKey(arena: Arena, record: number): string {
  const props = recordPropsOf(arena, record);
  const start = props?.role === 'popAck' ? props.ref - props.reconsumeTimes : props?.ref;
  return `${groupOfPop(arena, record)}|${props?.realQueue}|${start}|${popTimeUs(arena, record)}`;
}

export const groupOfPop = (arena: Arena, record: number) =>
  keyText(arena, messageKey(arena, recordMessage(arena, record)));
export const popTimeUs = (arena: Arena, record: number) => messageBornUs(arena, recordMessage(arena, record));
