import { defineKind } from '../../../core/kinds';

/** The broker's side of a transaction. */
export const halfPrepared = defineKind('half.prepared', 'TX-3', {
  a: 'message:message',
  b: 'queue:queue',
  beat: 'hop',
  say: {
    en: '{node} puts {a} into RMQ_SYS_TRANS_HALF_TOPIC, where no consumer looks; that it is meant for {b} is kept as a property.',
    zh: '{node} 把 {a} 放进 RMQ_SYS_TRANS_HALF_TOPIC，消费者看不到；目标 {b} 保存在属性里。',
  },
});
export const commitTaken = defineKind('transaction.commit-taken', 'TX-4', {
  a: 'half:record',
  b: 'queue:queue',
  beat: 'hop',
  wakes: true,
  say: {
    en: '{node} hears COMMIT for {a}: it writes the message anew, into {b}, without waiting for flush or replicas.',
    zh: '{node} 收到 {a} 的 COMMIT：把消息重新写入 {b}，不等刷盘和复制。',
  },
});
export const commitMisled = defineKind('transaction.commit-misled', 'SC-8', {
  a: 'half:record',
  beat: 'loss',
  say: {
    en: 'What {a} remembers as its topic is RMQ_SYS_TRANS_HALF_TOPIC, since its timer: {node} writes the committed message there, where no consumer looks, and will ask about it.',
    zh: '自从设了定时，{a} 记着的 Topic 就是 RMQ_SYS_TRANS_HALF_TOPIC：{node} 把已提交的消息写到那里，消费者看不到，之后还会回查它。',
  },
});
export const rollbackTaken = defineKind('transaction.rollback-taken', 'TX-4', {
  a: 'half:record',
  b: 'known:flag',
  role: 'withdrawn',
  beat: 'hop',
  say: {
    en: '{node} hears ROLLBACK for {a}: the half message stays where it is and counts as done.',
    zh: '{node} 收到 {a} 的 ROLLBACK：半消息留在原处，标记为已处理。',
  },
});
export const endPending = defineKind('transaction.end-pending', 'TX-4', {
  a: 'half:record',
  say: {
    en: '{node} hears UNKNOW for {a}: nothing changes, it will ask.',
    zh: '{node} 收到 {a} 的 UNKNOW：什么也不变，之后会回查。',
  },
});
export const endRefused = defineKind('transaction.end-refused', 'TX-4', {
  a: 'half:record',
  b: 'code:count',
  beat: 'result',
  say: {
    en: '{node} cannot end the transaction of {a} (code {b}): it has no such half message of that group, or is a slave.',
    zh: '{node} 无法结束 {a} 的事务（响应码 {b}）：没有该组的这条半消息，或它是从节点。',
  },
});
export const commitFailed = defineKind('transaction.commit-failed', 'TX-4', {
  a: 'half:record',
  b: 'code:count',
  beat: 'result',
  say: {
    en: '{node} cannot store the message of {a} now (code {b}): the half message stays open.',
    zh: '{node} 现在写不进 {a} 的消息（响应码 {b}）：半消息仍未了结。',
  },
});
export const endTooLate = defineKind('transaction.end-too-late', 'TX-11', {
  a: 'half:record',
  b: 'age:us',
  beat: 'result',
  say: {
    en: '{node} refuses the end of {a}, {b} after its birth, with ILLEGAL_OPERATION: its CHECK_IMMUNITY_TIME_IN_SECONDS is over, only the answer to a check counts.',
    zh: '{node} 以 ILLEGAL_OPERATION 拒绝结束 {a}：出生已 {b}，超过 CHECK_IMMUNITY_TIME_IN_SECONDS，只认回查的答复。',
  },
});
export const oldCopyEnded = defineKind('transaction.old-copy-ended', 'TX-12', {
  a: 'half:record',
  beat: 'detection',
  say: {
    en: 'A check has put {a} back into the half queue of {node} meanwhile: this end settles the old copy, the new one stays open.',
    zh: '{node} 的回查已把 {a} 重新写回半消息队列：这次结束只了结旧副本，新副本仍未了结。',
  },
});
export const wrongHalfDone = defineKind('op.wrong-half', 'SC-8', {
  a: 'half:record',
  b: 'offset:offset',
  beat: 'detection',
  say: {
    en: '{a} stands in the topic of the timer wheel: what {node} notes as done is the half message with its offset, {b}, in the half queue. If that is another one, nobody will ask about it.',
    zh: '{a} 在时间轮的 Topic 里：{node} 标记为已处理的，是半消息队列里同为位点 {b} 的那条。如果那是另一条半消息，它就不会再被回查。',
  },
});
export const opWritten = defineKind('op.written', 'TX-5', {
  a: 'record:record',
  b: 'halves:count',
  say: {
    en: '{node} writes an op message: {b} half {b|message is|messages are} done.',
    zh: '{node} 写入一条 op 消息：{b} 条半消息已处理。',
  },
});
export const opFailed = defineKind('op.failed', 'TX-5', {
  a: 'halves:count',
  b: 'code:count',
  beat: 'result',
  say: {
    en: '{node} cannot write an op message (code {b}): {a} half {a|message that is done counts|messages that are done count} as open.',
    zh: '{node} 写不进 op 消息（响应码 {b}）：{a} 条已处理的半消息又被当作未了结。',
  },
});
export const opsForgotten = defineKind('op.forgotten', 'TX-12', {
  a: 'halves:count',
  beat: 'duplicate',
  say: {
    en: '{node} had not written down that {a} half {a|message was|messages were} done: {a|it|they} will be asked about again.',
    zh: '{node} 还没把 {a} 条半消息已处理写下来：它们会再被回查。',
  },
});
export const checkBegun = defineKind('check.begun', 'TX-6', {
  a: 'entries:count',
  say: {
    en: '{node} goes through its half queue: {a} {a|entry|entries} from where it stopped last.',
    zh: '{node} 扫描半消息队列：从上次停下处起有 {a} 条。',
  },
});
export const scanStopped = defineKind('check.stopped-at-young', 'TX-9', {
  a: 'half:record',
  b: 'age:us',
  say: {
    en: '{a} is only {b} old: {node} stops here, and all behind it waits for the next check, too.',
    zh: '{a} 才出生 {b}：{node} 到此为止，排在后面的都要等下一次检查。',
  },
});
export const halfFirstChecked = defineKind('half.first-checked', 'TX-10', {
  a: 'half:record',
  b: 'age:us',
  beat: 'hop',
  say: {
    en: '{a} is {b} old, more than transactionTimeOut: {node} does not roll it back, it begins to ask, and writes a new copy with the count 1.',
    zh: '{a} 已出生 {b}，超过 transactionTimeOut：{node} 不会回滚它，而是开始回查，并写一份计数为 1 的新副本。',
  },
});
export const halfChecked = defineKind('half.checked', 'TX-6', {
  a: 'half:record',
  b: 'checkTimes:count',
  beat: 'hop',
  say: {
    en: '{node} asks about {a} and writes a new copy to the end of its half queue; check number {b}.',
    zh: '{node} 回查 {a}，并把一份新副本写到半消息队列末尾：第 {b} 次回查。',
  },
});
export const halfImmune = defineKind('half.immune', 'TX-6', {
  a: 'half:record',
  b: 'left:us',
  beat: 'hop',
  say: {
    en: '{node} must not ask about {a} for another {b}: it writes a new copy to the end of its half queue, which counts as a check.',
    zh: '{node} 在 {b} 内不得回查 {a}：把一份新副本写到半消息队列末尾，次数照样加一。',
  },
});
export const checkSent = defineKind('check.sent', 'TX-7', {
  a: 'message:message',
  b: 'producer:node',
  beat: 'hop',
  say: {
    en: '{node} asks {b}, the next producer of the group in turn, what became of {a}.',
    zh: '{node} 轮到问该组的 {b}：{a} 的结果如何。',
  },
});
export const nobodyToAsk = defineKind('check.nobody', 'TX-7', {
  a: 'half:record',
  beat: 'detection',
  say: {
    en: 'No producer of the group of {a} is connected to {node}: nobody is asked, and the check counts all the same.',
    zh: '{a} 所属的组没有生产者连着 {node}：无人可问，这次回查照样计数。',
  },
});
export const halfParked = defineKind('half.parked', 'TX-8', {
  a: 'record:record',
  b: 'known:flag',
  role: 'withdrawn',
  beat: 'loss',
  say: {
    en: '{node} has asked often enough: it moves {a} to TRANS_CHECK_MAX_TIME_TOPIC, asks no more and tells nobody.',
    zh: '{node} 回查次数已到上限：把 {a} 移到 TRANS_CHECK_MAX_TIME_TOPIC，不再询问，也不通知任何人。',
  },
});
export const halfEscaped = defineKind('half.escaped', 'TX-6', {
  a: 'half:record',
  say: {
    en: '{node} acts for its master: it asks nobody about {a} and hands it to another master.',
    zh: '{node} 在代理主节点：不回查 {a}，把它转交给另一个主节点。',
  },
});
