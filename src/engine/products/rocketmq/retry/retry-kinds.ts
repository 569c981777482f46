import { defineKind } from '../../../core/kinds';

/** Messages that a consumer could not process. */
export const sendBackAsked = defineKind('send-back.asked', 'CO-19', {
  a: 'record:record',
  b: 'broker:node',
  beat: 'hop',
  say: {
    en: '{node} sends {a} back to {b}, the master that it came from, and waits for the answer.',
    zh: '{node} 把 {a} 退回它所在的主节点 {b}，并等待响应。',
  },
});
export const retryScheduled = defineKind('retry.scheduled', 'CO-20', {
  a: 'record:record',
  b: 'attempt:count',
  beat: 'hop',
  say: {
    en: '{node} stores a copy of {a} for retry {b} of the group: it waits for its delay level first.',
    zh: '{node} 为该组的第 {b} 次重试存一份 {a} 的副本：先按延迟级别等待。',
  },
});
export const clientsMaxCounts = defineKind('retries.client-decides', 'CO-20', {
  a: 'retries:count',
  b: 'allowed:count',
  say: {
    en: 'On {node} the group may have {a} retries, but its consumer says {b}: what the consumer says counts.',
    zh: '{node} 上该组配置的重试次数是 {a}，但消费者请求里带的是 {b}：以消费者的为准。',
  },
});
export const retryDropped = defineKind('retry.dropped', 'CO-20', {
  a: 'record:record',
  beat: 'result',
  say: {
    en: 'With retryQueueNums=0 {node} answers SUCCESS and stores nothing: {a} is not tried again.',
    zh: 'retryQueueNums=0：{node} 返回 SUCCESS 却不存储，{a} 不会再重试。',
  },
});
export const deadLettered = defineKind('message.dead-lettered', 'CO-21', {
  a: 'record:record',
  b: 'retries:count',
  beat: 'result',
  say: {
    en: '{a} has had {b} {b|retry|retries}: {node} puts it into the dead-letter queue of the group, and nobody retries it any more.',
    zh: '{a} 已重试 {b} 次：{node} 把它放进该组的死信队列，不再重试。',
  },
});
export const deadLetterTopicMade = defineKind('dead-letter-topic.made', 'CO-23', {
  a: 'topic:text',
  say: {
    en: '{node} makes {a}: one queue, readable and writable, that nobody consumes unless someone subscribes to it.',
    zh: '{node} 创建 {a}：一个可读写的队列，除非有人订阅，否则没人消费。',
  },
});
export const deadLetterResent = defineKind('dead-letter.resent', 'CO-23', {
  a: 'record:record',
  b: 'queue:queue',
  beat: 'hop',
  wakes: true,
  say: {
    en: 'By command {node} sends a copy of {a} from its dead-letter queue to {b}; the dead letter stays.',
    zh: '按指令把 {node} 死信队列中的 {a} 复制一份，重新投递到 {b}；死信仍留在原处。',
  },
});
export const sendBackRefused = defineKind('send-back.refused', 'CO-20', {
  a: 'record:record',
  b: 'code:count',
  say: {
    en: '{node} does not take {a} back: code {b}.',
    zh: '{node} 不接受退回的 {a}：错误码 {b}。',
  },
});
export const sendBackFailed = defineKind('send-back.failed', 'CO-22', {
  a: 'record:record',
  beat: 'result',
  say: {
    en: '{node} could not send {a} back: it sends it as a new message to the retry topic, on any master.',
    zh: '{node} 退回 {a} 失败：改为作为普通消息发往任一主节点的重试 Topic。',
  },
});
export const retrySent = defineKind('retry.sent', 'CO-22', {
  a: 'record:record',
  b: 'broker:node',
  beat: 'hop',
  say: {
    en: '{node} sends {a} to the retry topic on {b} as an ordinary message.',
    zh: '{node} 把 {a} 作为普通消息发往 {b} 上的重试 Topic。',
  },
});
