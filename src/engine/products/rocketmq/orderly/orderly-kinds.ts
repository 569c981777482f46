import { defineKind } from '../../../core/kinds';

/** Consuming in order: locks on the broker, and queues that wait for one message. */

export const orderlyStarted = defineKind('orderly.started', 'OR-1', {
  a: 'queue:queue',
  b: 'offset:offset',
  say: {
    en: '{node} consumes {a} in order: one thread at a time, from offset {b}, while it holds the lock.',
    zh: '{node} 顺序消费 {a}：持有锁期间同一时刻只有一个线程，从位点 {b} 开始。',
  },
});
export const lockGranted = defineKind('lock.granted', 'OR-2', {
  a: 'queue:queue',
  b: 'consumer:node',
  beat: 'assignment',
  say: {
    en: '{node} locks {a} for {b}, for 60 s from the last renewal, in its memory only.',
    zh: '{node} 为 {b} 锁定 {a}，自最近一次续期起 60 s，只记在内存中。',
  },
});
export const lockTaken = defineKind('lock.taken-over', 'OR-2', {
  a: 'queue:queue',
  b: 'age:us',
  beat: 'assignment',
  say: {
    en: 'The lock of {a} on {node} was last renewed {b} ago: it has expired, and goes to who asks.',
    zh: '{node} 上 {a} 的锁已 {b} 未续期：锁已过期，交给新的请求者。',
  },
});
export const lockRefused = defineKind('lock.refused', 'OR-2', {
  a: 'queue:queue',
  b: 'age:us',
  say: {
    en: 'Another client holds the lock of {a} on {node}, renewed {b} ago: it is refused.',
    zh: '{node} 上 {a} 的锁由别的客户端持有，{b} 前刚续期：拒绝加锁。',
  },
});
export const lockLeftBehind = defineKind('lock.left-behind', 'OR-9', {
  a: 'queue:queue',
  b: 'left:us',
  beat: 'detection',
  say: {
    en: 'Whoever holds the lock of {a} is no longer connected to {node}, and no channel frees a lock: the queue stands still for {b} more.',
    zh: '{a} 锁的持有者已不再连接 {node}，而断开连接不会释放锁：该队列还要停 {b}。',
  },
});
export const locksRenewed = defineKind('locks.renewed', 'OR-3', {
  a: 'queues:count',
  b: 'broker:node',
  say: {
    en: '{node} renews its {a|lock|locks} of {a} {a|queue|queues} on {b}, as every 20 s.',
    zh: '{node} 向 {b} 续期 {a} 个队列的锁，每 20 s 一次。',
  },
});
export const lockExpired = defineKind('lock.expired', 'OR-3', {
  a: 'queue:queue',
  b: 'age:us',
  beat: 'detection',
  say: {
    en: "{node}'s lock of {a} was not renewed for {b}: it stops consuming before anybody else can have it.",
    zh: '{node} 对 {a} 的锁已 {b} 未续期：在别人拿到锁之前，它先停止消费。',
  },
});
export const lockAwaited = defineKind('lock.awaited', 'OR-4', {
  a: 'queue:queue',
  b: 'pause:us',
  say: {
    en: '{node} does not hold the lock of {a}: it asks for it in {b}.',
    zh: '{node} 没有 {a} 的锁：{b} 后请求加锁。',
  },
});
export const offsetReadAgain = defineKind('orderly.offset-read', 'OR-5', {
  a: 'queue:queue',
  b: 'offset:offset',
  say: {
    en: 'With the lock of {a} in hand {node} reads the committed offset again: {b}.',
    zh: '{node} 拿到 {a} 的锁后重新读取已提交位点：{b}。',
  },
});
export const queueSuspended = defineKind('queue.suspended', 'OR-6', {
  a: 'record:record',
  b: 'pause:us',
  beat: 'detection',
  say: {
    en: '{a} failed: its whole queue waits {b} on {node}, then {a} comes again, before all others.',
    zh: '{a} 消费失败：{node} 上整个队列暂停 {b}，之后仍从 {a} 开始。',
  },
});
export const givenUpInOrder = defineKind('orderly.given-up', 'OR-7', {
  a: 'record:record',
  b: 'deliveries:count',
  beat: 'result',
  say: {
    en: '{a} has failed {b} {b|time|times} on {node}: it is sent to the retry topic, and the queue goes on without it.',
    zh: '{a} 在 {node} 上已失败 {b} 次：发往重试 Topic，队列跳过它继续。',
  },
});
export const lockedGroupDeadLetters = defineKind('retry.group-locked', 'OR-7', {
  a: 'message:message',
  say: {
    en: 'The group of {a} holds locks on {node}: it consumes in order, so the message goes straight to the dead letters.',
    zh: '{a} 所属的组在 {node} 上持有锁，是顺序消费：该消息直接进入死信队列。',
  },
});
export const orderGap = defineKind('order.gap', 'OR-10', {
  a: 'record:record',
  b: 'queue:queue',
  beat: 'loss',
  say: {
    en: '{node} goes on with {b} without {a}: what follows of its key is processed before it, if it ever is.',
    zh: '{node} 跳过 {a} 继续消费 {b}：同一 key 的后续消息会先于它被处理。',
  },
});
export const unlockedOrder = defineKind('orderly.without-locks', 'OR-11', {
  say: {
    en: '{node} broadcasts: it consumes each queue in order without asking a broker for a lock.',
    zh: '{node} 是广播消费：无需向 Broker 加锁即可按顺序消费每个队列。',
  },
});
export const releaseAwaited = defineKind('queue.release-awaited', 'OR-8', {
  a: 'queue:queue',
  say: {
    en: '{node} has lost {a}, but its listener is still at it: it waits up to 500 ms before it unlocks the queue.',
    zh: '{node} 已失去 {a}，但监听器仍在处理：最多等 500 ms 再解锁。',
  },
});
export const releaseDelayed = defineKind('queue.release-delayed', 'OR-8', {
  a: 'queue:queue',
  beat: 'detection',
  say: {
    en: 'The listener of {node} outlasts the 500 ms: {a} stays locked until the next rebalance.',
    zh: '{node} 的监听器超过了 500 ms：{a} 保持锁定，等下一次重平衡再试。',
  },
});
export const lockReleased = defineKind('lock.released', 'OR-8', {
  a: 'queue:queue',
  b: 'consumer:node',
  beat: 'assignment',
  say: { en: '{b} unlocks {a} on {node}.', zh: '{b} 释放 {node} 上 {a} 的锁。' },
});
