import { type Arena, recordPropsOf } from '../../../model/world';
import type { ConsumerSpec } from '../../../scenario/types';

/** Retry and dead-letter topics of a group, and the ladder between them. [CO-20, CO-21, CO-23] */

export const RETRY_PREFIX = '%RETRY%';
export const DEAD_LETTER_PREFIX = '%DLQ%';
export const retryTopicOf = (group: string) => `${RETRY_PREFIX}${group}`;
export const deadLetterTopicOf = (group: string) => `${DEAD_LETTER_PREFIX}${group}`;

/** `DefaultMQPushConsumer.maxReconsumeTimes`; −1: 16 of a concurrent listener, no end of an orderly one. */
const RECONSUME_MAX = 16;
const ORDERLY_MAX = 2_147_483_647;
export function reconsumeMax({ listener, config }: Pick<ConsumerSpec, 'listener' | 'config'>): number {
  const { maxReconsumeTimes } = config;
  if (maxReconsumeTimes !== -1) return maxReconsumeTimes;
  return listener === 'orderly' ? ORDERLY_MAX : RECONSUME_MAX;
}

/** The first retry waits for level 3, each further one for the next level. */
export const retryLevel = (reconsumeTimes: number) => 3 + reconsumeTimes;

/** How often the message of a record was delivered again before, as the record says. */
export const reconsumeTimesOf = (arena: Arena, record: number) =>
  recordPropsOf(arena, record)?.reconsumeTimes ?? 0;
