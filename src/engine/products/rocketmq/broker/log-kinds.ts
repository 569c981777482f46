import { defineKind } from '../../../core/kinds';

/** The CommitLog, its ConsumeQueues and its index. */
export const commitLogBegun = defineKind('commitlog.begun', 'BR-1', {
  a: 'fileSize:bytes',
  say: {
    en: '{node} begins its one CommitLog for all topics: files of {a}, named by their first offset.',
    zh: '{node} 开始写唯一的 CommitLog，所有 Topic 共用：文件大小 {a}，以起始偏移命名。',
  },
});
export const messageStored = defineKind('message.stored', 'BR-2', {
  a: 'record:record',
  b: 'queue:queue',
  beat: 'hop',
  role: 'stored',
  say: {
    en: '{node} appends {a} to its CommitLog under the put lock, as the next message of {b}.',
    zh: '{node} 在写锁内把 {a} 追加到 CommitLog，作为 {b} 的下一条消息。',
  },
});
export const ownRecordStored = defineKind('record.stored', 'BR-2', {
  a: 'record:record',
  b: 'queue:queue',
  say: {
    en: '{node} appends a record of its own to its CommitLog, as the next entry of {b}.',
    zh: '{node} 把自己的一条内部记录追加到 CommitLog，作为 {b} 的下一条。',
  },
});
export const recordLaidOut = defineKind('record.laid-out', 'BR-3', {
  a: 'record:record',
  b: 'size:bytes',
  say: {
    en: 'On {node} {a} takes {b}: 91 bytes of fixed fields, the body, the topic and the properties.',
    zh: '{a} 在 {node} 上占 {b}：91 字节固定字段，加上消息体、Topic 和属性。',
  },
});
export const recordFlagged = defineKind('record.sys-flag', 'BR-4', {
  a: 'record:record',
  b: 'flag:count',
  say: {
    en: '{node} stores {a} with SYSFLAG {b}: its client has compressed the body, by ZLIB. Consumers decompress it.',
    zh: '{node} 存下的 {a} 的 SYSFLAG 为 {b}：消息体已由客户端用 ZLIB 压缩，消费者负责解压。',
  },
});
export const fileRolled = defineKind('commitlog.rolled', 'BR-5', {
  a: 'blank:bytes',
  b: 'fileStart:bytes',
  say: {
    en: "{node}'s CommitLog file is full: {a} stay blank, the next file begins at {b}.",
    zh: '{node} 的 CommitLog 文件已满：剩余 {a} 留空，下一个文件从 {b} 开始。',
  },
});
export const fitsNoFile = defineKind('put.fits-no-file', 'BR-5', {
  a: 'message:message',
  b: 'size:bytes',
  beat: 'result',
  say: {
    en: '{a} ({b}) fits in no CommitLog file of {node}: it stores nothing, and answers SEND_OK all the same.',
    zh: '{a}（{b}）放不进 {node} 的任何 CommitLog 文件：什么也没存，却照样返回 SEND_OK。',
  },
});
export const dispatchBegins = defineKind('dispatch.begins', 'BR-6', {
  a: 'flushedOnly:flag',
  say: {
    en: '{node} dispatches from its CommitLog every millisecond; only what is flushed: {a}.',
    zh: '{node} 每毫秒从 CommitLog 分发一次；只分发已刷盘的部分：{a}。',
  },
});
export const recordDispatched = defineKind('record.dispatched', 'BR-7', {
  a: 'record:record',
  b: 'offset:offset',
  beat: 'hop',
  say: {
    en: '{node} enters {a} in its ConsumeQueue at offset {b}: whoever reads that queue can see it.',
    zh: '{node} 把 {a} 写入 ConsumeQueue 的偏移 {b}：读这个队列的就能看到它了。',
  },
});
export const flushedDispatched = defineKind('record.dispatched-flushed', 'BR-6', {
  a: 'record:record',
  b: 'offset:offset',
  beat: 'hop',
  say: {
    en: '{a} is flushed on {node}, and only now enters its ConsumeQueue at offset {b}.',
    zh: '{a} 在 {node} 上已刷盘，此时才写入 ConsumeQueue 的偏移 {b}。',
  },
});
export const consumeQueueBegun = defineKind('consumequeue.begun', 'BR-8', {
  a: 'queue:queue',
  b: 'offset:offset',
  say: {
    en: '{node} begins the ConsumeQueue of {a} at offset {b}: 20 bytes a message.',
    zh: '{node} 从偏移 {b} 开始 {a} 的 ConsumeQueue：每条消息 20 字节。',
  },
});
export const queueOffsetsLoaded = defineKind('queue-offsets.loaded', 'BR-9', {
  a: 'queues:count',
  say: {
    en: '{node} takes the next offset of {a} queues from where their ConsumeQueues end.',
    zh: '{node} 从 ConsumeQueue 的末尾得到 {a} 个队列的下一个偏移。',
  },
});
export const indexFileBegun = defineKind('index.begun', 'BR-10', {
  a: 'keys:count',
  say: {
    en: '{node} begins an index file behind {a} keys: 5,000,000 slots, 19,999,999 keys.',
    zh: '{node} 在 {a} 个 key 之后开始一个新的索引文件：500 万个槽，19999999 个 key。',
  },
});
export const offsetsRewound = defineKind('queue-offsets.rewound', 'BR-21', {
  a: 'queue:queue',
  b: 'offset:offset',
  beat: 'loss',
  say: {
    en: "{a} on {node} now ends at offset {b}: lost messages' offsets will be given again.",
    zh: '{node} 上的 {a} 现在止于偏移 {b}：丢失消息的偏移会被再次使用。',
  },
});
