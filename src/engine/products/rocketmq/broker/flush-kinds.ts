import { defineKind } from '../../../core/kinds';

/** From page cache to disk, and the waits for it. */
export const flushModeSet = defineKind('flush.mode', 'BR-11', {
  a: 'flushDiskType:text',
  say: { en: '{node} flushes as {a}.', zh: '{node} 的刷盘方式为 {a}。' },
});
export const flushBegun = defineKind('flush.begun', 'BR-12', {
  a: 'messages:count',
  b: 'dirty:bytes',
  say: {
    en: "{node}'s flush loop begins to flush {a} {a|message|messages}, {b}; what comes now waits for the next round.",
    zh: '{node} 的刷盘循环开始刷 {a} 条消息，共 {b}；此后写入的要等下一轮。',
  },
});
export const flushDone = defineKind('flush.done', 'BR-12', {
  a: 'messages:count',
  b: 'flushed:bytes',
  say: {
    en: '{node} has flushed {a} {a|message|messages}: {a|it survives|they survive} a power loss.',
    zh: '{node} 刷盘 {a} 条消息：断电也不会丢。',
  },
});
export const groupFlushBegun = defineKind('flush.group-begun', 'BR-13', {
  a: 'messages:count',
  b: 'dirty:bytes',
  say: {
    en: '{node} begins one fsync for {a} {a|message|messages}, {b}; requests that come now share the next one.',
    zh: '{node} 为 {a} 条消息（{b}）开始一次 fsync；此后到达的请求共用下一次。',
  },
});
export const groupFlushDone = defineKind('flush.group-done', 'BR-13', {
  a: 'acknowledged:count',
  b: 'flushed:bytes',
  say: {
    en: 'One fsync on {node} ends the flush wait of {a} {a|request|requests} at once.',
    zh: '{node} 的一次 fsync 同时结束了 {a} 个请求的刷盘等待。',
  },
});
export const flushTimedOut = defineKind('flush.timed-out', 'BR-14', {
  a: 'message:message',
  b: 'record:record',
  beat: 'result',
  say: {
    en: '{node} waited syncFlushTimeout for the fsync of {b}: it answers FLUSH_DISK_TIMEOUT, and {a} stays in the log.',
    zh: '{node} 等待 {b} 的 fsync 超过 syncFlushTimeout：返回 FLUSH_DISK_TIMEOUT，{a} 仍在日志中。',
  },
});
export const waitSkipped = defineKind('wait.skipped', 'BR-15', {
  a: 'message:message',
  role: 'unawaited',
  say: {
    en: '{a} says WAIT=false: {node} waits for no flush and for no replica.',
    zh: '{a} 带有 WAIT=false：{node} 既不等刷盘也不等副本。',
  },
});
export const poolCommitted = defineKind('pool.committed', 'BR-16', {
  a: 'messages:count',
  b: 'committed:bytes',
  say: {
    en: '{node} copies {a} {a|message|messages} from its transient store pool to the page cache.',
    zh: '{node} 把 {a} 条消息从堆外内存池（TransientStorePool）提交到页缓存。',
  },
});
export const poolLost = defineKind('pool.lost', 'BR-16', {
  a: 'messages:count',
  b: 'lost:bytes',
  beat: 'loss',
  say: {
    en: '{a} {a|message|messages} of {node} {a|was|were} only in its transient store pool, which is process memory: {b} are gone.',
    zh: '{node} 有 {a} 条消息只在堆外内存池中，那是进程自己的内存：{b} 丢失。',
  },
});
export const unflushedLost = defineKind('unflushed.lost', 'BR-12', {
  a: 'messages:count',
  b: 'lost:bytes',
  beat: 'loss',
  say: {
    en: '{a} {a|message|messages} of {node} had been written after the last flush: {b} of page cache are gone.',
    zh: '{node} 有 {a} 条消息在最后一次刷盘之后写入：页缓存中的 {b} 丢失。',
  },
});
export const unacknowledgedLost = defineKind('unflushed.lost-unacknowledged', 'BR-13', {
  a: 'messages:count',
  b: 'lost:bytes',
  beat: 'loss',
  say: {
    en: '{a} {a|message|messages} of {node} {a|was|were} still due an fsync: {b} are gone, and none of them was waited for and answered OK.',
    zh: '{node} 有 {a} 条消息还没等到 fsync：{b} 丢失，其中没有等待刷盘并已返回成功的。',
  },
});
export const replicaStatusWins = defineKind('wait.replica-status-wins', 'BR-17', {
  a: 'message:message',
  say: {
    en: 'Flush and replicas both failed {a} on {node}: the answer names the replicas.',
    zh: '{a} 在 {node} 上刷盘和复制都未完成：响应以副本的状态为准。',
  },
});
export const writtenBack = defineKind('kernel.wrote-back', 'EN-15', {
  a: 'written:bytes',
  say: {
    en: "The kernel of {node}'s host has written {a} of old dirty pages to the disk by itself.",
    zh: '{node} 主机的内核自行把 {a} 的旧脏页写入磁盘。',
  },
});
export const writerThrottled = defineKind('kernel.throttled', 'EN-16', {
  a: 'dirty:bytes',
  beat: 'detection',
  say: {
    en: 'The page cache of {node} holds {a} of dirty pages: its kernel lets the append wait for the disk.',
    zh: '{node} 的页缓存已有 {a} 脏页：内核让追加操作等待磁盘。',
  },
});
export const writerReleased = defineKind('kernel.released', 'EN-16', {
  a: 'waited:us',
  say: { en: 'The append on {node} goes on after {a}.', zh: '{node} 上的追加操作在 {a} 之后继续。' },
});
