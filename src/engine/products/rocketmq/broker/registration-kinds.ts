import { defineKind } from '../../../core/kinds';

/** A broker tells the name servers that it lives, and what it holds. */
export const registrationSent = defineKind('registration.sent', 'NS-4', {
  a: 'nameserver:node',
  say: {
    en: '{node} registers with {a}, over a connection of its own.',
    zh: '{node} 通过独立的连接向 {a} 注册。',
  },
});
export const registrationFailed = defineKind('registration.failed', 'NS-4', {
  a: 'nameserver:node',
  beat: 'detection',
  say: {
    en: "{node}'s registration with {a} failed; the other name servers are not affected.",
    zh: '{node} 向 {a} 注册失败；其他 NameServer 不受影响。',
  },
});
export const registrationDue = defineKind('registration.due', 'NS-5', {
  a: 'topics:count',
  say: {
    en: '{node} registers with every name server, with its full table of {a} {a|topic|topics}: this is its heartbeat.',
    zh: '{node} 带着完整的 {a} 个 Topic 向所有 NameServer 注册：这就是它的心跳。',
  },
});
export const topicRegistered = defineKind('registration.topic', 'NS-6', {
  a: 'topic:topic',
  beat: 'route',
  say: {
    en: '{node} registers {a} at once, without waiting for its next tick.',
    zh: '{node} 立即注册 {a}，不等下一次心跳。',
  },
});
export const masterLearned = defineKind('registration.master', 'NS-7', {
  a: 'master:node',
  beat: 'route',
  say: {
    en: 'The answer to its registration tells the slave {node} that its master is {a}.',
    zh: '注册的响应告诉从节点 {node}：它的主节点是 {a}。',
  },
});
export const heartbeatsOff = defineKind('registration.only-sign', 'NS-8', {
  a: 'period:us',
  say: {
    en: '{node} sends no light heartbeats: its registration each {a} is its only sign of life.',
    zh: '{node} 不发轻量心跳：每 {a} 一次的注册是它唯一的存活信号。',
  },
});
export const unregistering = defineKind('registration.withdrawn', 'NS-9', {
  a: 'nameserver:node',
  beat: 'route',
  say: {
    en: '{node} shuts down and unregisters from {a} before it closes its store.',
    zh: '{node} 正在关闭，先从 {a} 注销，再关闭存储。',
  },
});
export const versionMoved = defineKind('topics.version', 'NS-14', {
  a: 'counter:count',
  say: {
    en: "The DataVersion of {node}'s topic table moves on to {a}.",
    zh: '{node} 的 Topic 表 DataVersion 增加到 {a}。',
  },
});
