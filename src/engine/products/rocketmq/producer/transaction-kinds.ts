import { defineKind } from '../../../core/kinds';

/** The producer's side of a transaction: half message, local transaction, second phase, answers to checks. */
export const localBegun = defineKind('transaction.local-begun', 'TX-1', {
  a: 'message:message',
  b: 'lasts:us',
  beat: 'hop',
  say: {
    en: 'The half message {a} is stored: {node} runs its local transaction, {b}.',
    zh: '半消息 {a} 已存储：{node} 执行本地事务，用时 {b}。',
  },
});
export const localCommitted = defineKind('transaction.local-committed', 'TX-1', {
  a: 'message:message',
  b: 'committed:flag',
  role: 'transacted',
  beat: 'hop',
  say: {
    en: 'The local transaction of {a} is committed at {node}: its data stays.',
    zh: '{node} 上 {a} 的本地事务已提交：数据保留。',
  },
});
export const localRolledBack = defineKind('transaction.local-rolled-back', 'TX-1', {
  a: 'message:message',
  b: 'committed:flag',
  role: 'transacted',
  beat: 'hop',
  say: {
    en: 'The local transaction of {a} is rolled back at {node}: nothing is written.',
    zh: '{node} 上 {a} 的本地事务已回滚：什么也没写。',
  },
});
export const localSkipped = defineKind('transaction.local-skipped', 'TX-1', {
  a: 'message:message',
  b: 'committed:flag',
  role: 'transacted',
  beat: 'result',
  say: {
    en: 'The half message {a} is not answered SEND_OK: {node} does not run its local transaction and rolls back.',
    zh: '半消息 {a} 没有得到 SEND_OK：{node} 不执行本地事务，直接回滚。',
  },
});
export const localNeverRun = defineKind('transaction.local-never-run', 'TX-1', {
  a: 'message:message',
  b: 'committed:flag',
  role: 'transacted',
  say: {
    en: 'The half message {a} ends with an exception: {node} runs nothing and tells no broker.',
    zh: '半消息 {a} 发送异常：{node} 什么也不执行，也不通知任何 Broker。',
  },
});
export const localAborted = defineKind('transaction.local-aborted', 'EN-18', {
  a: 'message:message',
  b: 'committed:flag',
  role: 'transacted',
  beat: 'hop',
  say: {
    en: '{node} ends in the middle of the transaction of {a}: its database rolls back what was not committed.',
    zh: '{node} 在 {a} 的事务进行中退出：数据库回滚未提交的数据。',
  },
});
export const endSent = defineKind('transaction.end-sent', 'TX-2', {
  a: 'message:message',
  b: 'state:text',
  beat: 'hop',
  say: {
    en: '{node} sends {b} for {a}, oneway: nobody will answer, and nobody repeats it.',
    zh: '{node} 为 {a} 发出 {b}，oneway：没有响应，也不会重发。',
  },
});
export const endUnsent = defineKind('transaction.end-unsent', 'TX-2', {
  a: 'message:message',
  b: 'state:text',
  beat: 'result',
  say: {
    en: '{node} knows no address for {b} of {a}: it logs that, and the application is told nothing.',
    zh: '{node} 不知道 {a} 的 {b} 该发往哪里：只记日志，应用并不知情。',
  },
});
export const checkAnswered = defineKind('transaction.check-answered', 'TX-7', {
  a: 'message:message',
  b: 'state:text',
  beat: 'hop',
  say: {
    en: '{node} looks what became of {a} and answers the check with {b}, oneway.',
    zh: '{node} 查询 {a} 的结果，回查答复 {b}，oneway。',
  },
});
export const checkUnheard = defineKind('transaction.check-unheard', 'TX-7', {
  a: 'message:message',
  say: {
    en: '{node} belongs to the group and has no transaction listener: it does not answer the check of {a}.',
    zh: '{node} 属于该组，却没有事务监听器：不回答对 {a} 的回查。',
  },
});
