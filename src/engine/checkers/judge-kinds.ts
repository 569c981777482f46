import { defineKind } from '../core/kinds';

/** What the judges find. The rules EN-20 and up are in `model/env-rules.ts`; losses are told by the ledger. */
export const deliveredTwice = defineKind('message.delivered-twice', 'EN-21', {
  a: 'message:message',
  b: 'deliveries:count',
  beat: 'duplicate',
  say: {
    en: '{node} is handed {a}, which its group had been given before: delivery number {b}.',
    zh: '{node} 收到 {a}，而它的消费组此前已收到过：第 {b} 次投递。',
  },
});
export const orderViolated = defineKind('order.violated', 'EN-22', {
  a: 'message:message',
  b: 'later:message',
  beat: 'hop',
  say: {
    en: '{node} finishes {a} after {b}, which was sent later with the same key.',
    zh: '{node} 完成 {a} 时，同一个 key 更晚发送的 {b} 已先完成。',
  },
});
export const twoOwners = defineKind('queue.two-owners', 'EN-23', {
  a: 'queue:queue',
  b: 'other:node',
  beat: 'assignment',
  say: {
    en: '{node} and {b} both take {a} for theirs: messages may come twice.',
    zh: '{node} 和 {b} 都认为 {a} 归自己：消息可能重复。',
  },
});
export const oneOwner = defineKind('queue.one-owner', 'EN-23', {
  a: 'queue:queue',
  b: 'lasted:us',
  beat: 'assignment',
  say: {
    en: '{a} has a single owner again, after {b} with two.',
    zh: '{a} 恢复单一归属，双主持续了 {b}。',
  },
});
export const unsafeCommit = defineKind('commit.unsafe', 'EN-24', {
  a: 'queue:queue',
  b: 'offset:offset',
  beat: 'loss',
  say: {
    en: '{node} commits {b} for {a}, beyond a message that its group has not finished.',
    zh: '{node} 为 {a} 提交位点 {b}，越过了本组尚未完成的消息。',
  },
});
export const passedOver = defineKind('message.passed-over', 'EN-28', {
  a: 'message:message',
  b: 'queue:queue',
  beat: 'loss',
  say: {
    en: '{node} commits past {a} in {b}: its group subscribes it, and nobody in it was given it.',
    zh: '{node} 提交的位点越过了 {b} 中的 {a}：消费组订阅了它，却没有任何成员收到过。',
  },
});
export const unaccounted = defineKind('message.unaccounted', 'EN-25', {
  a: 'message:message',
  say: {
    en: 'The ledger does not balance: something happened to {a} that nobody had sent.',
    zh: '账本不平衡：{a} 从未被发送，却出现了它的踪迹。',
  },
});
export const prefixBroken = defineKind('log.diverged', 'EN-26', {
  a: 'leader:node',
  b: 'record:record',
  beat: 'loss',
  say: {
    en: '{node} holds other bytes where {a} now stores {b}: their logs have parted.',
    zh: '{a} 在某处存入 {b}，而 {node} 在同一位置上是别的数据：两份日志已经分叉。',
  },
});
export const committedUnseen = defineKind('transaction.committed-unseen', 'EN-27', {
  a: 'message:message',
  beat: 'loss',
  say: {
    en: 'The business of {a} is done, and nobody will ever see the message: the broker has put it aside.',
    zh: '{a} 的业务已经完成，消息却不会再被任何人看到：Broker 已放弃它。',
  },
});
export const rolledBackSeen = defineKind('transaction.rolled-back-seen', 'EN-27', {
  a: 'message:message',
  beat: 'loss',
  say: {
    en: 'Consumers see {a}, and the business that it tells of was never done.',
    zh: '消费者能看到 {a}，而它所说的业务并没有发生。',
  },
});
