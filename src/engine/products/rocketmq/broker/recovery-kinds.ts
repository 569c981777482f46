import { defineKind } from '../../../core/kinds';

/** What a crash takes, what a start checks, and what retention deletes. */
export const crashTook = defineKind('crash.took', 'BR-20', {
  a: 'messages:count',
  b: 'lost:bytes',
  say: {
    en: 'The crash takes {a} {a|message|messages} ({b}) from the store of {node}.',
    zh: '这次故障从 {node} 的存储中带走 {a} 条消息（{b}）。',
  },
});
export const consumeQueuesRebuilt = defineKind('consumequeue.rebuilt', 'BR-18', {
  a: 'entries:count',
  say: {
    en: '{node} writes {a} ConsumeQueue {a|entry|entries} again from its CommitLog: {a|its|their} loss only costs time.',
    zh: '{node} 由 CommitLog 重建 {a} 条 ConsumeQueue 条目：它们丢失只花时间。',
  },
});
export const topicsWritten = defineKind('topics.written', 'BR-19', {
  a: 'topics:count',
  say: {
    en: '{node} rewrites topics.json with {a} {a|topic|topics}, without fsync.',
    zh: '{node} 重写 topics.json（{a} 个 Topic），不做 fsync。',
  },
});
export const topicsUnsyncedLost = defineKind('topics.unsynced-lost', 'BR-19', {
  a: 'versions:count',
  beat: 'loss',
  say: {
    en: 'The newest {a} {a|version|versions} of topics.json on {node} had not reached the disk: an older one is left.',
    zh: '{node} 上最新的 {a} 版 topics.json 还没落盘：只剩更旧的一版。',
  },
});
export const storeWaits = defineKind('store.waits', 'BR-20', {
  a: 'pause:us',
  b: 'slaves:count',
  say: {
    en: '{node} takes no more requests and closes its store in {a}: meanwhile its slaves ({b}) are sent what they lack.',
    zh: '{node} 不再接受请求，{a} 后关闭存储：其间它的 {b} 个从节点收完缺少的数据。',
  },
});
export const abortFound = defineKind('abort.found', 'BR-22', {
  a: 'found:flag',
  say: {
    en: '{node} looks for its abort file: it {a|is there, left by a crash|is not there, so it was not killed}.',
    zh: '{node} 检查 abort 文件：{a|还在，上次是异常退出|不在，说明上次不是被杀}。',
  },
});
export const recoveryBegun = defineKind('recovery.begun', 'BR-23', {
  a: 'records:count',
  b: 'toCheck:bytes',
  say: {
    en: '{node} checks the last {a} {a|record|records} of its CommitLog ({b}) before it serves.',
    zh: '{node} 提供服务前先检查 CommitLog 最后 {a} 条记录（{b}）。',
  },
});
export const recoveryDone = defineKind('recovery.done', 'BR-23', {
  a: 'records:count',
  b: 'took:us',
  beat: 'recovery',
  say: {
    en: '{node} has recovered {a} {a|record|records} in {b} and serves again.',
    zh: '{node} 用 {b} 恢复了 {a} 条记录，重新提供服务。',
  },
});
export const badRecordFound = defineKind('recovery.truncated', 'BR-23', {
  a: 'records:count',
  b: 'cut:bytes',
  beat: 'loss',
  say: {
    en: '{node} meets bytes that are no record and cuts its CommitLog there: {a} {a|record behind them goes|records behind them go}.',
    zh: '{node} 读到无法识别的字节，从这里截断 CommitLog：其后的 {a} 条记录被丢弃。',
  },
});
export const fileExpired = defineKind('file.expired', 'BR-24', {
  a: 'messages:count',
  b: 'deleted:bytes',
  beat: 'loss',
  say: {
    en: '{node} deletes its oldest CommitLog file, past fileReservedTime: {a} {a|message|messages}, consumed or not.',
    zh: '{node} 删除最旧的 CommitLog 文件，已超过 fileReservedTime：{a} 条消息，不管是否消费过。',
  },
});
export const fileDeletedForSpace = defineKind('file.deleted-for-space', 'BR-25', {
  a: 'messages:count',
  b: 'deleted:bytes',
  beat: 'loss',
  say: {
    en: 'The disk of {node} is too full: its oldest CommitLog file goes before its time, with {a} {a|message|messages}.',
    zh: '{node} 的磁盘过满：最旧的 CommitLog 文件提前删除，含 {a} 条消息。',
  },
});
export const diskFull = defineKind('disk.full', 'BR-25', {
  a: 'percent:count',
  beat: 'detection',
  say: {
    en: 'The disk of {node} is {a} % full: it refuses writes until space is free.',
    zh: '{node} 的磁盘使用率 {a} %：在腾出空间前拒绝写入。',
  },
});
export const diskFreed = defineKind('disk.freed', 'BR-25', {
  a: 'percent:count',
  beat: 'recovery',
  say: {
    en: 'The disk of {node} is {a} % full: it takes writes again.',
    zh: '{node} 的磁盘使用率 {a} %：恢复写入。',
  },
});
export const halvesWaited = defineKind('half.waited', 'TX-13', {
  a: 'halves:count',
  beat: 'recovery',
  say: {
    en: '{node} is back with {a} half {a|message|messages} whose end it has not heard; no other broker could end {a|it|them}, its next check asks.',
    zh: '{node} 恢复，有 {a} 条半消息没有等到结果；别的 Broker 代替不了它，下一次检查会回查。',
  },
});
