import { defineKind } from '../../../core/kinds';

/** A send request, from its arrival to its answer. */
export const brokerListens = defineKind('broker.listens', 'BR-33', {
  a: 'port:count',
  say: {
    en: '{node} listens on {a}, for replication on the next port, as the VIP channel two below.',
    zh: '{node} 监听端口 {a}；下一个端口用于主从复制，减 2 的端口是 VIP 通道。',
  },
});
export const sendPoolStarted = defineKind('send-pool.started', 'BR-28', {
  a: 'threads:count',
  say: {
    en: '{node} handles sends with {a} threads, in order of arrival.',
    zh: '{node} 用 {a} 个线程按到达顺序处理发送请求。',
  },
});
export const sendRejectedBusy = defineKind('send.rejected-busy', 'BR-26', {
  a: 'message:message',
  b: 'held:us',
  beat: 'result',
  say: {
    en: "{node}'s put lock has been held for {b}: {a} is turned away with [REJECTREQUEST].",
    zh: '{node} 的写锁已被占用 {b}：{a} 被 [REJECTREQUEST] 拒绝。',
  },
});
export const sendCleanedBusy = defineKind('send.cleaned-busy', 'BR-26', {
  a: 'message:message',
  b: 'held:us',
  beat: 'result',
  say: {
    en: "{node}'s put lock has been held for {b}: the sweep answers the queued {a} with [PCBUSY_CLEAN_QUEUE].",
    zh: '{node} 的写锁已被占用 {b}：清扫线程对排队的 {a} 返回 [PCBUSY_CLEAN_QUEUE]。',
  },
});
export const putRefusedBusy = defineKind('put.refused-busy', 'BR-26', {
  a: 'message:message',
  b: 'held:us',
  beat: 'result',
  say: {
    en: "{node}'s put lock has been held for {b}: the check before the put answers {a} with [PC_SYNCHRONIZED].",
    zh: '{node} 的写锁已被占用 {b}：写入前的检查对 {a} 返回 [PC_SYNCHRONIZED]。',
  },
});
export const sendCleanedLate = defineKind('send.cleaned-late', 'BR-27', {
  a: 'message:message',
  b: 'waited:us',
  beat: 'result',
  say: {
    en: '{a} waited {b} in the send queue of {node}: the sweep answers [TIMEOUT_CLEAN_QUEUE].',
    zh: '{a} 在 {node} 的发送队列中等了 {b}：清扫线程返回 [TIMEOUT_CLEAN_QUEUE]。',
  },
});
export const sendOverload = defineKind('send.overload', 'BR-27', {
  a: 'message:message',
  b: 'queued:count',
  beat: 'result',
  say: {
    en: 'The send queue of {node} is full with {b} {b|request|requests}: {a} is turned away with [OVERLOAD].',
    zh: '{node} 的发送队列已满（{b} 个请求）：{a} 被 [OVERLOAD] 拒绝。',
  },
});
export const sendIllegal = defineKind('send.illegal', 'BR-29', {
  a: 'message:message',
  b: 'size:bytes',
  beat: 'result',
  say: {
    en: '{node} refuses {a}: body, record or properties are larger than allowed.',
    zh: '{node} 拒绝 {a}：消息体、记录或属性超过上限。',
  },
});
export const sendRefused = defineKind('send.refused', 'BR-32', {
  a: 'message:message',
  b: 'code:count',
  beat: 'result',
  say: {
    en: '{node} has no such topic or queue for {a}: response code {b}.',
    zh: '{node} 上没有 {a} 要写的 Topic 或队列：响应码 {b}。',
  },
});
export const codeAnswered = defineKind('send.code-answered', 'BR-31', {
  a: 'message:message',
  b: 'code:text',
  say: { en: '{node} answers {a} with the response code {b}.', zh: '{node} 对 {a} 返回响应码 {b}。' },
});
export const queuePicked = defineKind('queue.picked', 'BR-32', {
  a: 'message:message',
  b: 'queue:queue',
  say: { en: '{a} names no queue: {node} picks {b} by luck.', zh: '{a} 没有指定队列：{node} 随机选了 {b}。' },
});
export const putRefused = defineKind('put.refused', 'BR-30', {
  a: 'message:message',
  b: 'code:count',
  beat: 'result',
  say: {
    en: 'The store of {node} takes no writes now: {a} is answered SERVICE_NOT_AVAILABLE ({b}).',
    zh: '{node} 的存储此时不接受写入：对 {a} 返回 SERVICE_NOT_AVAILABLE（{b}）。',
  },
});
export const fileNotMade = defineKind('put.file-not-made', 'BR-5', {
  a: 'message:message',
  b: 'held:us',
  beat: 'result',
  say: {
    en: 'The next file of the CommitLog of {node} was not there after {b}: {a} is answered SYSTEM_ERROR, and the next put waits for the same file.',
    zh: '{node} 等了 {b}，下一个 CommitLog 文件仍未建好：对 {a} 返回 SYSTEM_ERROR，下一次写入接着等同一个文件。',
  },
});
export const batchStored = defineKind('batch.stored', 'PR-14', {
  a: 'record:record',
  b: 'messages:count',
  say: {
    en: '{node} stores a batch of {b}, {a} first: one record each, at consecutive offsets, all under one lock.',
    zh: '{node} 存下一批 {b} 条消息，第一条是 {a}：每条一个记录，位点连续，在同一把锁内写完。',
  },
});
export const batchTooLarge = defineKind('batch.too-large', 'PR-14', {
  a: 'message:message',
  b: 'messages:count',
  beat: 'result',
  say: {
    en: '{node} stores none of the {b} messages of the batch of {a}: together they are larger than its maxMessageSize.',
    zh: '{a} 所在的一批 {b} 条消息合计超过 {node} 的 maxMessageSize，一条也不存。',
  },
});
export const putAnswered = defineKind('put.answered', 'BR-30', {
  a: 'message:message',
  b: 'record:record',
  beat: 'hop',
  say: { en: '{node} answers PUT_OK for {a}.', zh: '{node} 对 {a} 返回 PUT_OK。' },
});
export const topicAutoCreated = defineKind('topic.auto-created', 'PR-15', {
  a: 'topic:topic',
  b: 'queues:count',
  beat: 'route',
  say: {
    en: '{node} meets {a} for the first time and creates it from TBW102 with {b} queues, on this broker alone.',
    zh: '{node} 第一次遇到 {a}，按 TBW102 在本 Broker 上自动创建，{b} 个队列。',
  },
});
export const halfRefused = defineKind('half.refused', 'TX-3', {
  a: 'message:message',
  b: 'code:count',
  beat: 'result',
  say: {
    en: '{node} takes no transactions (rejectTransactionMessage) and answers {a} with code {b}.',
    zh: '{node} 不接受事务消息（rejectTransactionMessage），以响应码 {b} 拒绝 {a}。',
  },
});
export const pendingFull = defineKind('raft.pending-full', 'HA-22', {
  a: 'message:message',
  b: 'pending:count',
  beat: 'result',
  say: {
    en: '{node} refuses {a}: {b} entries already wait for a majority.',
    zh: '{node} 拒绝 {a}：已有 {b} 条在等多数派。',
  },
});
