import { defineKind } from '../../../core/kinds';

/** What a push consumer does, apart from rebalancing. */

export const consumerStarted = defineKind('consumer.started', 'CO-1', {
  a: 'threads:count',
  b: 'batch:count',
  say: {
    en: '{node} starts {a} consuming {a|thread|threads} and pulls at most {b} {b|message|messages} at a time.',
    zh: '{node} 启动 {a} 个消费线程，每次最多拉取 {b} 条。',
  },
});
export const consumerSubscribed = defineKind('consumer.subscribed', 'CO-2', {
  a: 'topic:text',
  b: 'model:text',
  say: { en: '{node} subscribes {a} in model {b}.', zh: '{node} 以 {b} 模式订阅 {a}。' },
});

export const consumerPaused = defineKind('consumer.paused', 'CO-3', {
  beat: 'action',
  say: {
    en: '{node} stops pulling; it goes on with what it has cached and keeps its queues.',
    zh: '{node} 停止拉取；继续消费已缓存的消息，并保留它的队列。',
  },
});
export const consumerResumed = defineKind('consumer.resumed', 'CO-3', {
  beat: 'action',
  say: { en: '{node} pulls again.', zh: '{node} 恢复拉取。' },
});
export const failuresOrdered = defineKind('consumer.failures-ordered', 'CO-13', {
  a: 'deliveries:count',
  beat: 'action',
  say: {
    en: 'The listener of {node} will fail {a} more {a|delivery|deliveries}.',
    zh: '{node} 的监听器接下来会有 {a} 次投递失败。',
  },
});

export const databaseSet = defineKind('database.set', 'EN-8', {
  a: 'database:text',
  b: 'capacity:count',
  beat: 'action',
  say: { en: 'The database {a} now does {b} writes a second.', zh: '数据库 {a} 现在每秒能处理 {b} 次写入。' },
});

// The pull loop.
export const pullHeldBack = defineKind('pull.held-back', 'CO-3', {
  a: 'queue:queue',
  b: 'cached:count',
  say: {
    en: '{node} stops pulling {a} for now: {b} {b|message is|messages are} cached; it looks again every 50 ms.',
    zh: '{node} 暂停拉取 {a}：已缓存 {b} 条，每 50 ms 再看一次。',
  },
});
export const pullFailed = defineKind('pull.failed', 'CO-4', {
  a: 'queue:queue',
  b: 'pause:us',
  say: {
    en: 'A pull of {a} by {node} was refused: again after {b}.',
    zh: '{node} 对 {a} 的拉取被拒绝：{b} 后重试。',
  },
});
export const pullLost = defineKind('pull.lost', 'CO-34', {
  a: 'queue:queue',
  b: 'broker:node',
  say: {
    en: '{node} got no answer from {b} for {a}: its other queues go on, this one is tried again after a pause.',
    zh: '{node} 没有从 {b} 得到 {a} 的响应：其他队列照常，这一个稍后重试。',
  },
});
export const pullThreadBlocked = defineKind('pull.thread-blocked', 'CO-34', {
  a: 'broker:node',
  say: {
    en: "{node}'s only pull thread waits for a connection to {a}; all its queues wait with it (4.x).",
    zh: '{node} 唯一的拉取线程在等待与 {a} 建立连接，所有队列都跟着等待（4.x）。',
  },
});
export const sourceChanged = defineKind('pull.source-changed', 'HA-15', {
  a: 'queue:queue',
  b: 'broker:count',
  beat: 'route',
  say: {
    en: '{node} will pull {a} from broker id {b} next, as it was told.',
    zh: '{node} 按建议，下一次从 brokerId {b} 拉取 {a}。',
  },
});
export const slaveSpin = defineKind('pull.spins-on-slave', 'HA-16', {
  a: 'queue:queue',
  b: 'slave:node',
  say: {
    en: '{b} has nothing new of {a} and sends {node} to its master, which is not there: {node} asks again at once, without a pause.',
    zh: '{b} 没有 {a} 的新消息，让 {node} 去找已不在的主节点：{node} 不停顿地反复拉取。',
  },
});
export const queueRestarted = defineKind('queue.restarted', 'CO-9', {
  a: 'queue:queue',
  b: 'offset:offset',
  beat: 'assignment',
  say: {
    en: '{node} drops {a} and takes it again from offset {b}: the broker says that its own was wrong.',
    zh: '{node} 放弃 {a} 并从位点 {b} 重新开始：Broker 指出它的位点不对。',
  },
});

// Consuming.
export const recordDelivered = defineKind('record.delivered', 'CO-11', {
  a: 'record:record',
  beat: 'hop',
  role: 'delivered',
  say: { en: 'A thread of {node} hands {a} to the listener.', zh: '{node} 的一个线程把 {a} 交给监听器。' },
});
export const recordConsumed = defineKind('record.consumed', 'CO-13', {
  a: 'record:record',
  beat: 'hop',
  role: 'consumed',
  say: { en: '{node} has consumed {a}: CONSUME_SUCCESS.', zh: '{node} 消费完 {a}：CONSUME_SUCCESS。' },
});
export const recordSkipped = defineKind('record.skipped', 'CO-33', {
  a: 'record:record',
  b: 'effect:flag',
  beat: 'hop',
  role: 'consumed',
  say: {
    en: '{node} finds that the effect of {a} stands already: CONSUME_SUCCESS without a second one.',
    zh: '{node} 发现 {a} 的业务效果已存在：返回 CONSUME_SUCCESS，不再重复。',
  },
});
export const recordRejected = defineKind('record.rejected', 'CO-13', {
  a: 'record:record',
  beat: 'hop',
  role: 'rejected',
  say: {
    en: 'The listener of {node} fails on {a}: RECONSUME_LATER.',
    zh: '{node} 的监听器处理 {a} 失败：RECONSUME_LATER。',
  },
});
export const resultIgnored = defineKind('result.ignored', 'CO-13', {
  a: 'record:record',
  b: 'queue:queue',
  say: {
    en: '{node} lost {b} while {a} was being processed: the result changes nothing, another owner gets it again.',
    zh: '{a} 处理期间 {node} 失去了 {b}：结果作废，新的拥有者会再次消费它。',
  },
});
export const requestDropped = defineKind('request.dropped', 'CO-11', {
  a: 'queue:queue',
  b: 'messages:count',
  say: {
    en: '{node} does not run {b} waiting {b|message|messages} of {a}, which it lost.',
    zh: '{node} 失去了 {a}，排队中的 {b} 条不再执行。',
  },
});
export const failureDropped = defineKind('failure.dropped', 'CO-14', {
  a: 'record:record',
  role: 'dropped',
  beat: 'loss',
  say: {
    en: '{node} broadcasts: the failed {a} is only logged, and the offset moves on.',
    zh: '{node} 是广播消费：失败的 {a} 只记日志，位点照样前移。',
  },
});
export const consumedLater = defineKind('record.consumed-later', 'CO-22', {
  a: 'record:record',
  b: 'pause:us',
  say: {
    en: '{node} keeps the failed {a} and consumes it again after {b}; its offset is not committed until then.',
    zh: '{node} 保留失败的 {a}，{b} 后在本地再次消费；在此之前不提交它的位点。',
  },
});
export const consumeOverdue = defineKind('consume.overdue', 'CO-15', {
  a: 'record:record',
  b: 'running:us',
  beat: 'detection',
  say: {
    en: '{node} finds that {a} has been running for {b}, longer than consumeTimeout; its thread is not interrupted.',
    zh: '{node} 发现 {a} 已处理 {b}，超过 consumeTimeout；线程不会被中断。',
  },
});

// Offsets.
export const commitHeldBack = defineKind('commit.held-back', 'CO-12', {
  a: 'record:record',
  b: 'offset:offset',
  say: {
    en: 'Later messages are done, but {a} is not: {node} can commit no more than {b}.',
    zh: '后面的消息已完成，但 {a} 还没有：{node} 最多只能提交到 {b}。',
  },
});
export const commitPiggybacked = defineKind('offset.piggybacked', 'CO-8', {
  a: 'queue:queue',
  b: 'offset:offset',
  role: 'committed',
  say: {
    en: "{node}'s next pull of {a} carries the offset {b} to commit.",
    zh: '{node} 对 {a} 的下一次拉取捎带提交位点 {b}。',
  },
});
export const commitSent = defineKind('offset.sent', 'CO-16', {
  a: 'queue:queue',
  b: 'offset:offset',
  role: 'committed',
  say: {
    en: '{node} sends the offset {b} of {a}, without asking for an answer.',
    zh: '{node} 单向上报 {a} 的位点 {b}。',
  },
});
export const offsetFileWritten = defineKind('offset.file-written', 'CO-17', {
  a: 'queue:queue',
  b: 'offset:offset',
  role: 'committed',
  say: {
    en: '{node} writes the offset {b} of {a} into its own offsets.json.',
    zh: '{node} 把 {a} 的位点 {b} 写入本地 offsets.json。',
  },
});
export const offsetMovedByHand = defineKind('offset.moved-by-hand', 'CO-18', {
  a: 'queue:queue',
  b: 'offset:offset',
  beat: 'assignment',
  say: {
    en: 'The broker asks {node} to go on with {a} from offset {b} (4.x).',
    zh: 'Broker 要求 {node} 从位点 {b} 继续消费 {a}（4.x）。',
  },
});
export const workForgotten = defineKind('work.forgotten', 'CO-33', {
  a: 'finished:count',
  b: 'running:count',
  beat: 'duplicate',
  say: {
    en: '{node} ends with {a} finished {a|message|messages} that no broker was told of and {b} in hand: they come again.',
    zh: '{node} 退出时有 {a} 条已完成但未上报、{b} 条正在处理：它们会再次投递。',
  },
});
