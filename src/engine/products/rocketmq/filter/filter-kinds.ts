import { defineKind } from '../../../core/kinds';

/** Subscriptions and what they let through. */
export const subscriptionKnown = defineKind('subscription.known', 'FI-1', {
  a: 'consumer:node',
  b: 'expression:text',
  say: {
    en: '{node} learns from {a} what its group subscribes: {b}. Tags are compared by their hash codes.',
    zh: '{node} 从 {a} 得知其消费组的订阅：{b}。Tag 按哈希值比较。',
  },
});
export const subscriptionReplaced = defineKind('subscription.replaced', 'FI-6', {
  a: 'consumer:node',
  b: 'expression:text',
  beat: 'assignment',
  say: {
    en: 'The subscription of {a} is newer: {node} now filters for its whole group by {b}.',
    zh: '{a} 的订阅版本更新：{node} 从此按 {b} 为整个消费组过滤。',
  },
});
export const subscriptionErased = defineKind('subscription.erased', 'FI-6', {
  a: 'consumer:node',
  b: 'topic:text',
  beat: 'assignment',
  say: {
    en: 'The heartbeat of {a} does not name {b}: {node} removes that topic from the subscriptions of its group.',
    zh: '{a} 的心跳里没有 {b}：{node} 从该消费组的订阅中删除这个 Topic。',
  },
});
export const topicNotSubscribed = defineKind('pull.topic-not-subscribed', 'FI-6', {
  a: 'consumer:node',
  b: 'topic:text',
  say: {
    en: "{node} has no subscription of {a}'s group to {b}: it answers the pull SUBSCRIPTION_NOT_EXIST.",
    zh: '{node} 没有 {a} 的消费组对 {b} 的订阅：以 SUBSCRIPTION_NOT_EXIST 响应拉取。',
  },
});
export const subscriptionOutdated = defineKind('pull.subscription-outdated', 'FI-6', {
  a: 'consumer:node',
  b: 'topic:text',
  say: {
    en: 'The subscription of {a} to {b} is newer than the one that {node} has: SUBSCRIPTION_NOT_LATEST.',
    zh: '{a} 对 {b} 的订阅比 {node} 上的新：返回 SUBSCRIPTION_NOT_LATEST。',
  },
});
export const filterUnsupported = defineKind('subscription.unsupported', 'FI-5', {
  a: 'consumer:node',
  b: 'group:text',
  beat: 'result',
  say: {
    en: '{node} refuses {a}: without enablePropertyFilter it does not filter by SQL92.',
    zh: '{node} 拒绝 {a}：没有打开 enablePropertyFilter，不支持 SQL92 过滤。',
  },
});
export const startRefused = defineKind('consumer.start-refused', 'FI-5', {
  a: 'broker:node',
  beat: 'fault',
  say: {
    en: '{a} did not say that it can filter by SQL92: start() throws, and {node} ends.',
    zh: '{a} 没有答应支持 SQL92 过滤：start() 抛出异常，{node} 退出。',
  },
});
export const tagHashBack = defineKind('delay.tag-hash-back', 'FI-3', {
  a: 'record:record',
  say: {
    en: '{a} on {node} had its time of delivery where tags are compared; in its own queue the entry has the hash of its tag again.',
    zh: '{a} 在 {node} 上等待时，Tag 哈希的位置存的是投递时间；回到自己的队列后，条目里又是 Tag 的哈希。',
  },
});
export const nothingMatched = defineKind('pull.nothing-matched', 'FI-4', {
  a: 'queue:queue',
  b: 'next:offset',
  say: {
    en: 'Nothing that {node} reads of {a} is wanted: PULL_RETRY_IMMEDIATELY, go on at {b}.',
    zh: '{node} 在 {a} 中读到的都不匹配：返回 PULL_RETRY_IMMEDIATELY，从 {b} 继续。',
  },
});
export const droppedByClient = defineKind('record.dropped-by-client', 'FI-2', {
  a: 'record:record',
  beat: 'hop',
  say: {
    en: '{node} drops {a}: the hash of its tag got it through the broker, but the tag is not one that it wants.',
    zh: '{node} 丢弃 {a}：它靠 Tag 的哈希通过了 Broker，但 Tag 本身并不是要的。',
  },
});
export const offsetCorrected = defineKind('offset.corrected', 'FI-4', {
  a: 'queue:queue',
  b: 'offset:offset',
  say: {
    en: '{node} has nothing of {a} in hand and takes {b} for its progress, past what was filtered out.',
    zh: '{node} 手上没有 {a} 的消息，把消费进度移到 {b}，越过被过滤的消息。',
  },
});
