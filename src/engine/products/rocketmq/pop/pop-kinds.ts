import { defineKind } from '../../../core/kinds';

/** Pop consumption: the broker hands out messages one by one and remembers who has not confirmed them. */

export const popAssigned = defineKind('pop.assigned', 'PO-1', {
  a: 'brokers:count',
  b: 'queues:count',
  beat: 'assignment',
  say: {
    en: '{node} is told to pop: it asks {a} {a|broker|brokers} for messages of all {b} {b|queue|queues}, and so does every other member.',
    zh: '{node} 以 Pop 方式消费：向 {a} 组 Broker 请求全部 {b} 个队列的消息，组内其他成员也一样。',
  },
});
export const popTaken = defineKind('pop.taken', 'PO-2', {
  a: 'queue:queue',
  b: 'messages:count',
  say: {
    en: '{node} pops {b} {b|message|messages} of {a} under the lock of the queue.',
    zh: '{node} 在队列锁内从 {a} 弹出 {b} 条消息。',
  },
});
export const retryPoppedFirst = defineKind('pop.retry-first', 'PO-2', {
  a: 'queue:queue',
  say: {
    en: 'This time {node} looks into the retry topic first: {a}.',
    zh: '这一次 {node} 先看重试 Topic：{a}。',
  },
});
export const checkpointStored = defineKind('pop.checkpoint', 'PO-3', {
  a: 'queue:queue',
  b: 'offset:offset',
  say: {
    en: '{node} stores a checkpoint for what it popped of {a}, and commits offset {b} for the group at once.',
    zh: '{node} 为从 {a} 弹出的消息存一个检查点，并立即把该组的位点提交到 {b}。',
  },
});
export const popAcked = defineKind('pop.acked', 'PO-4', {
  a: 'queue:queue',
  b: 'offset:offset',
  say: {
    en: '{node} stores an ack for offset {b} of {a}.',
    zh: '{node} 为 {a} 的偏移 {b} 存一条确认。',
  },
});
export const popRevived = defineKind('pop.revived', 'PO-5', {
  a: 'record:record',
  b: 'late:us',
  beat: 'recovery',
  say: {
    en: 'Nobody confirmed {a} in its invisible time; {b} later {node} puts it into the retry topic of the group.',
    zh: '{a} 在不可见时间内没有确认；{b} 后 {node} 把它放进该组的重试 Topic。',
  },
});
export const reviveFailed = defineKind('pop.revive-failed', 'PO-5', {
  a: 'record:record',
  b: 'again:us',
  say: {
    en: '{node} cannot store {a} for another delivery: it writes the checkpoint anew and tries again after {b}.',
    zh: '{node} 无法重新存下 {a}：重写检查点，{b} 后再试。',
  },
});
export const invisibleChanged = defineKind('pop.invisible-changed', 'PO-7', {
  a: 'record:record',
  b: 'invisible:us',
  beat: 'hop',
  say: {
    en: '{node} failed on {a}: it asks the broker to keep it invisible for {b} more.',
    zh: '{node} 处理 {a} 失败：请求 Broker 让它再不可见 {b}。',
  },
});
export const popGivenUp = defineKind('pop.given-up', 'PO-7', {
  a: 'record:record',
  b: 'age:us',
  beat: 'loss',
  say: {
    en: '{a} has failed for {b}: {node} confirms it and drops it; there is no dead-letter queue for it.',
    zh: '{a} 已失败 {b}：{node} 直接确认并丢弃，它不会进入死信队列。',
  },
});
export const popTooLate = defineKind('pop.too-late', 'PO-6', {
  a: 'record:record',
  b: 'since:us',
  beat: 'duplicate',
  say: {
    en: '{node} has had {a} for {b}, longer than its invisible time: the result does not count, it comes again.',
    zh: '{node} 持有 {a} 已 {b}，超过不可见时间：结果作废，它会再次投递。',
  },
});
export const popHeld = defineKind('pop.held', 'PO-9', {
  a: 'consumer:node',
  say: {
    en: '{node} has nothing to pop and parks the request of {a}.',
    zh: '{node} 没有可弹出的消息，挂起 {a} 的请求。',
  },
});
export const popPollingFull = defineKind('pop.polling-full', 'PO-9', {
  a: 'consumer:node',
  b: 'parked:count',
  say: {
    en: '{node} has {b} requests parked already: it answers POLLING_FULL to {a}.',
    zh: '{node} 已挂起 {b} 个请求：对 {a} 返回 POLLING_FULL。',
  },
});
export const popPollingEnded = defineKind('pop.polling-ended', 'PO-9', {
  a: 'consumer:node',
  b: 'waited:us',
  say: {
    en: 'Nothing came for {b}: {node} answers POLLING_TIMEOUT to {a}.',
    zh: '{b} 内没有消息：{node} 对 {a} 返回 POLLING_TIMEOUT。',
  },
});
export const popBegins = defineKind('pop.begins', 'PO-10', {
  a: 'queue:queue',
  b: 'offset:offset',
  beat: 'assignment',
  say: {
    en: 'The group pops {a} for the first time: it begins at offset {b}, which is committed at once.',
    zh: '该组第一次弹出 {a}：从位点 {b} 开始，并立即提交。',
  },
});
export const popReset = defineKind('pop.reset', 'CO-18', {
  a: 'queue:queue',
  b: 'offset:offset',
  beat: 'assignment',
  say: {
    en: 'The reset of {a} takes effect with this pop: {node} goes on from offset {b}, and no batch that is out blocks the queue any more.',
    zh: '{a} 的位点重置在这次 Pop 时生效：{node} 从位点 {b} 继续，在途的批次不再锁住队列。',
  },
});
export const orderHeld = defineKind('pop.in-order', 'PO-8', {
  a: 'queue:queue',
  b: 'offset:offset',
  say: {
    en: '{node} blocks {a} for the group: nothing more is handed out until the messages from offset {b} on are confirmed, or their time is over.',
    zh: '{node} 为该组锁住 {a}：从偏移 {b} 起的这批消息全部确认或超时之前，不再发出新的消息。',
  },
});
export const orderBlocked = defineKind('pop.order-blocked', 'PO-8', {
  a: 'queue:queue',
  b: 'left:us',
  say: {
    en: '{node} hands out nothing of {a}: the batch before is not confirmed, and has {b} left.',
    zh: '{node} 不发出 {a} 的消息：上一批尚未确认，还剩 {b}。',
  },
});
export const orderConfirmed = defineKind('pop.order-acked', 'PO-8', {
  a: 'queue:queue',
  b: 'offset:offset',
  say: {
    en: 'A message of {a} is confirmed: {node} commits offset {b}, where the first unconfirmed one stands. No checkpoint, no record.',
    zh: '{a} 的一条消息得到确认：{node} 把位点提交到 {b}，即第一条未确认的消息处，不写检查点也不写确认记录。',
  },
});
export const orderAckIgnored = defineKind('pop.order-ack-ignored', 'PO-8', {
  a: 'queue:queue',
  b: 'offset:offset',
  say: {
    en: 'The ack for offset {b} of {a} belongs to a former pop: {node} lets it pass without effect.',
    zh: '{a} 偏移 {b} 的确认属于更早的一次弹出：{node} 不予理会。',
  },
});
export const orderAgain = defineKind('pop.order-again', 'PO-8', {
  a: 'queue:queue',
  b: 'messages:count',
  beat: 'detection',
  say: {
    en: 'The time of a batch of {a} was over without an ack: {node} hands {b} of its messages out again, first in the queue as before.',
    zh: '{a} 的一批消息超时未确认：{node} 再次发出其中 {b} 条，它们仍排在队列最前面。',
  },
});
export const orderFreed = defineKind('pop.order-free', 'PO-8', {
  a: 'queue:queue',
  say: {
    en: 'The invisible time of what is out of {a} ends: {node} wakes a parked request.',
    zh: '{a} 在途消息的不可见时间结束：{node} 唤醒一个挂起的请求。',
  },
});
export const fifoAgain = defineKind('pop.fifo-again', 'PO-8', {
  a: 'record:record',
  b: 'wait:us',
  beat: 'hop',
  say: {
    en: '{node} failed on {a}: it keeps the message and tries again itself after {b}; all behind it wait.',
    zh: '{node} 处理 {a} 失败：消息留在本地，{b} 后自己重试；后面的消息都等着。',
  },
});
export const handleRefused = defineKind('pop.handle-expired', 'PO-6', {
  a: 'record:record',
  b: 'since:us',
  beat: 'detection',
  say: {
    en: 'The proxy of {node} refuses what it is told of {a}: the receipt handle expired {b} ago (INVALID_RECEIPT_HANDLE).',
    zh: '{node} 的 Proxy 拒绝对 {a} 的应答：句柄已过期 {b}（INVALID_RECEIPT_HANDLE）。',
  },
});
export const renewed = defineKind('pop.renewed', 'PO-11', {
  a: 'record:record',
  b: 'invisible:us',
  beat: 'hop',
  say: {
    en: 'A client still has {a} in hand: the proxy of {node} keeps it invisible for {b} more.',
    zh: '客户端手上还有 {a}：{node} 的 Proxy 让它再不可见 {b}。',
  },
});
export const renewalEnded = defineKind('pop.renewal-ended', 'PO-11', {
  a: 'record:record',
  b: 'again:us',
  beat: 'detection',
  say: {
    en: '{a} has been in hand for 3 h: the proxy of {node} renews it no more, it comes again after {b}.',
    zh: '{a} 已被持有 3 小时：{node} 的 Proxy 不再续期，{b} 后再次投递。',
  },
});
export const renewalFailed = defineKind('pop.renewal-failed', 'PO-11', {
  a: 'record:record',
  beat: 'detection',
  say: {
    en: 'The proxy of {node} could not renew {a}: it does not try again, and the message comes again though its client has it in hand.',
    zh: '{node} 的 Proxy 续期 {a} 失败：不再重试，尽管客户端还拿着它，这条消息也会再次投递。',
  },
});
export const handlesCleared = defineKind('pop.handles-cleared', 'PO-11', {
  a: 'client:node',
  b: 'messages:count',
  beat: 'detection',
  say: {
    en: '{a} is gone: the proxy of {node} has the {b} {b|message|messages} in its hands visible again in 1 s.',
    zh: '{a} 已离开：{node} 的 Proxy 让它手上的 {b} 条消息 1 s 后恢复可见。',
  },
});
export const writeFailed = defineKind('pop.write-failed', 'PO-11', {
  a: 'record:record',
  b: 'again:us',
  beat: 'detection',
  say: {
    en: 'The client that {a} was popped for is gone: the proxy of {node} has it visible again in {b}.',
    zh: '弹出 {a} 的客户端已经不在：{node} 的 Proxy 让它 {b} 后恢复可见。',
  },
});
