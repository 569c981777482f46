import type { SubscriptionGroupConfig } from './config';

/**
 * A consumer group as a broker makes it by itself, in both versions: the defaults of the group's keys, by themselves,
 * since a running engine has no use for the tables of keys.
 */
export const MADE_GROUP: SubscriptionGroupConfig = {
  consumeEnable: true,
  consumeBroadcastEnable: true,
  consumeMessageOrderly: false,
  retryQueueNums: 1,
  retryMaxTimes: 16,
};
