import { defineKind } from '../../../core/kinds';

/** What a producer does, from the application's call to what the application learns. */
export const sendCalled = defineKind('send.called', 'PR-1', {
  a: 'message:message',
  b: 'timeout:us',
  role: 'sent',
  beat: 'hop',
  say: {
    en: 'The application of {node} sends {a} and will wait {b} at most.',
    zh: '{node} 的应用发送 {a}，最多等待 {b}。',
  },
});
export const attemptInTurn = defineKind('send.attempt', 'PR-9', {
  a: 'message:message',
  b: 'queue:queue',
  role: 'attempt',
  beat: 'hop',
  say: { en: '{node} sends {a} to {b}, the next queue in turn.', zh: '{node} 把 {a} 发往轮到的队列 {b}。' },
});
export const attemptByKey = defineKind('send.attempt-by-key', 'PR-12', {
  a: 'message:message',
  b: 'queue:queue',
  role: 'attempt',
  beat: 'hop',
  say: {
    en: '{node} sends {a} to {b}: the hash of its key chose the queue.',
    zh: '{node} 把 {a} 发往 {b}：队列由键的哈希决定。',
  },
});
export const attemptAvoiding = defineKind('send.attempt-avoiding', 'PR-10', {
  a: 'message:message',
  b: 'queue:queue',
  role: 'attempt',
  beat: 'hop',
  say: {
    en: '{node} sends {a} to {b}, a broker that it does not avoid now.',
    zh: '{node} 把 {a} 发往 {b}，避开当前被规避的 Broker。',
  },
});
export const attemptSameQueueId = defineKind('send.attempt-again', 'PR-8', {
  a: 'message:message',
  b: 'queue:queue',
  role: 'attempt',
  beat: 'hop',
  say: {
    en: '{node} sends {a} again, to {b}: an asynchronous retry keeps the queue id.',
    zh: '{node} 把 {a} 重新发往 {b}：异步重试保留 queueId。',
  },
});
export const queuesSkipped = defineKind('queue.skipped', 'PR-9', {
  a: 'message:message',
  b: 'queues:count',
  say: {
    en: 'Retrying {a}, {node} skips {b} {b|queue|queues} of the broker that just failed.',
    zh: '重试 {a} 时，{node} 跳过刚失败的 Broker 的 {b} 个队列。',
  },
});
export const batchSent = defineKind('send.batch', 'PR-14', {
  a: 'message:message',
  b: 'messages:count',
  say: {
    en: '{node} sends {a} and those behind it, {b} in all, as one batch: one request, one queue, one answer.',
    zh: '{node} 把 {a} 起的 {b} 条消息作为一批发送：一个请求、一个队列、一个响应。',
  },
});
export const bodyCompressed = defineKind('send.compressed', 'PR-13', {
  a: 'message:message',
  b: 'body:bytes',
  say: {
    en: '{node} compresses the body of {a} ({b}); consumers will decompress it.',
    zh: '{node} 压缩 {a} 的消息体（{b}），由消费者解压。',
  },
});
export const sendOk = defineKind('send.ok', 'PR-5', {
  a: 'message:message',
  b: 'outcome:count',
  role: 'result',
  beat: 'hop',
  say: { en: '{node} is answered SEND_OK for {a}.', zh: '{node} 收到 {a} 的 SEND_OK。' },
});
export const flushDiskTimedOut = defineKind('send.flush-disk-timeout', 'PR-5', {
  a: 'message:message',
  b: 'outcome:count',
  role: 'result',
  beat: 'result',
  say: {
    en: '{node} is answered FLUSH_DISK_TIMEOUT for {a}: stored, the flush not confirmed.',
    zh: '{node} 收到 {a} 的 FLUSH_DISK_TIMEOUT：已存储，刷盘未确认。',
  },
});
export const flushSlaveTimedOut = defineKind('send.flush-slave-timeout', 'PR-5', {
  a: 'message:message',
  b: 'outcome:count',
  role: 'result',
  beat: 'result',
  say: {
    en: '{node} is answered FLUSH_SLAVE_TIMEOUT for {a}: stored, the copy on a slave not confirmed.',
    zh: '{node} 收到 {a} 的 FLUSH_SLAVE_TIMEOUT：已存储，从节点的副本未确认。',
  },
});
export const slaveNotAvailable = defineKind('send.slave-not-available', 'PR-5', {
  a: 'message:message',
  b: 'outcome:count',
  role: 'result',
  beat: 'result',
  say: {
    en: '{node} is answered SLAVE_NOT_AVAILABLE for {a}: stored on the master alone.',
    zh: '{node} 收到 {a} 的 SLAVE_NOT_AVAILABLE：只存在主节点上。',
  },
});
export const sendFailed = defineKind('send.failed', 'PR-2', {
  a: 'message:message',
  b: 'outcome:count',
  role: 'result',
  beat: 'result',
  say: {
    en: 'The send of {a} ends with an exception: {node} does not know whether a broker has it.',
    zh: '{a} 的发送以异常结束：{node} 不知道 Broker 是否已存储。',
  },
});
export const onewayWritten = defineKind('send.oneway', 'PR-8', {
  a: 'message:message',
  b: 'outcome:count',
  role: 'result',
  beat: 'hop',
  say: {
    en: '{node} has written {a} to the connection; nobody will ever answer.',
    zh: '{node} 已把 {a} 写入连接，不会有任何响应。',
  },
});
export const sendException = defineKind('send.exception', 'PR-2', {
  a: 'message:message',
  b: 'exception:text',
  role: 'exception',
  say: { en: 'For {a} the application of {node} gets {b}.', zh: '{node} 的应用为 {a} 得到 {b}。' },
});
export const budgetSpent = defineKind('send.budget-spent', 'PR-3', {
  a: 'message:message',
  b: 'attempts:count',
  say: {
    en: '{node} has no time left for {a} after {b} {b|attempt|attempts}: one timeout covers all of them.',
    zh: '{b} 次尝试后 {node} 已没有时间发送 {a}：所有尝试共用一个超时。',
  },
});
export const outcomeUnknown = defineKind('send.outcome-unknown', 'PR-4', {
  a: 'message:message',
  b: 'waited:us',
  say: {
    en: '{node} stops waiting for {a} after {b}: what the broker would have said later, it will never see.',
    zh: '{node} 等待 {a} 共 {b} 后放弃：Broker 之后的答复它再也看不到。',
  },
});
export const codeRetried = defineKind('send.code-retried', 'PR-6', {
  a: 'message:message',
  b: 'code:count',
  say: {
    en: '{node} is answered code {b} for {a}, one of those that are tried again.',
    zh: '{node} 收到 {a} 的响应码 {b}，属于可重试的响应码。',
  },
});
export const codeFinal = defineKind('send.code-final', 'PR-6', {
  a: 'message:message',
  b: 'code:count',
  say: {
    en: '{node} is answered code {b} for {a}, which is not tried again.',
    zh: '{node} 收到 {a} 的响应码 {b}，不再重试。',
  },
});
export const asyncCodeFinal = defineKind('send.async-code-final', 'PR-8', {
  a: 'message:message',
  b: 'code:count',
  say: {
    en: '{node} is answered code {b} for {a}: an error answer to an asynchronous send is not tried again.',
    zh: '{node} 收到 {a} 的响应码 {b}：异步发送收到错误响应不会重试。',
  },
});
export const mayBeTwice = defineKind('send.may-be-twice', 'PR-7', {
  a: 'message:message',
  b: 'attempts:count',
  say: {
    en: '{node} sends {a} again although attempt {b} may have been stored: a second copy with the same unique key.',
    zh: '第 {b} 次尝试可能已存储，{node} 仍重发 {a}：会多出一份唯一键相同的副本。',
  },
});
export const listChanged = defineKind('selector.list-changed', 'PR-12', {
  a: 'topic:text',
  b: 'queues:count',
  beat: 'route',
  say: {
    en: 'The queue list of {a} now has {b} entries at {node}: keys move to other queues.',
    zh: '{node} 看到 {a} 的队列列表变为 {b} 个：键会落到别的队列。',
  },
});
export const topicBorrowed = defineKind('topic.borrowed', 'PR-15', {
  a: 'topic:text',
  b: 'groups:count',
  beat: 'route',
  say: {
    en: '{node} finds no {a} and borrows the route of createTopicKey: {b} broker groups that may create it.',
    zh: '{node} 找不到 {a}，借用 createTopicKey 的路由：{b} 个 Broker 组可以创建它。',
  },
});
export const brokerAvoided = defineKind('broker.avoided', 'PR-10', {
  a: 'group:text',
  b: 'for:us',
  beat: 'detection',
  say: { en: '{node} avoids {a} for {b}.', zh: '{node} 在 {b} 内避开 {a}。' },
});
export const detectorProbed = defineKind('detector.probed', 'PR-11', {
  a: 'broker:node',
  b: 'reachable:flag',
  say: {
    en: "{node}'s detector has probed {a}; reachable: {b}.",
    zh: '{node} 的探测器探测了 {a}，可达：{b}。',
  },
});
export const transactionBegun = defineKind('transaction.begun', 'TX-1', {
  a: 'message:message',
  role: 'prepared',
  beat: 'hop',
  say: {
    en: '{node} sends {a} as a half message first: the local transaction waits for its SEND_OK.',
    zh: '{node} 先把 {a} 作为半消息发出：收到 SEND_OK 才执行本地事务。',
  },
});
