import { defineKind } from '../../../core/kinds';

/** How messages are named and found again; each is told once for a start or a file. */

export const keysIndexed = defineKind('index.keys', 'TR-2', {
  a: 'record:record',
  b: 'keys:count',
  say: {
    en: 'The index of {node} leads from the keys of {a} ({b} of them) to its place: a query by key asks here.',
    zh: '{node} 的索引由 {a} 的 key（{b} 个）指向它的位置：按 key 查询就问这里。',
  },
});
export const uniqueKeyIndexed = defineKind('index.unique-key', 'TR-3', {
  a: 'record:record',
  say: {
    en: 'The same index of {node} leads from the unique key of {a} to its place.',
    zh: '{node} 的同一个索引也由 {a} 的 UNIQ_KEY 指向它的位置。',
  },
});
export const recordNamed = defineKind('record.named', 'TR-4', {
  a: 'record:record',
  b: 'phys:bytes',
  say: {
    en: 'The offsetMsgId of {a} is the address of {node} and its physical offset, {b}: 32 hexadecimal digits.',
    zh: '{a} 的 offsetMsgId 由 {node} 的地址和物理偏移 {b} 组成：32 位十六进制数。',
  },
});
export const uniqueKeyMade = defineKind('message.unique-key', 'TR-5', {
  a: 'message:message',
  say: {
    en: '{node} gives {a} a UNIQ_KEY of 32 hexadecimal digits; each attempt of this send carries the same.',
    zh: '{node} 给 {a} 一个 32 位十六进制的 UNIQ_KEY；这次发送的每次尝试都带同一个。',
  },
});
export const copyNamedAnew = defineKind('record.named-anew', 'TR-6', {
  a: 'record:record',
  b: 'phys:bytes',
  say: {
    en: '{node} stores {a} once more, at {b} of its log: a new offsetMsgId, the same UNIQ_KEY.',
    zh: '{node} 在日志的 {b} 处再存一次 {a}：offsetMsgId 是新的，UNIQ_KEY 不变。',
  },
});
