import { defineKind } from '../../../core/kinds';

/** Slave acting master: signs of life each second, the view of the group, and who stands in for a dead master. */
export const heartbeatsOn = defineKind('registration.light-heartbeats', 'NS-8', {
  a: 'period:us',
  b: 'timeout:us',
  say: {
    en: '{node} sends a light heartbeat each {a}; a name server that hears none for {b} gives it up.',
    zh: '{node} 每 {a} 发一次轻量心跳；NameServer 超过 {b} 没收到就认定它下线。',
  },
});
export const actingBegun = defineKind('master.acting', 'HA-19', {
  a: 'brokerId:count',
  beat: 'role',
  say: {
    en: '{node} has the smallest id of its group now, {a}: it acts as the master, for readers and for the services of a master. It takes no sends.',
    zh: '{node} 现在是组内最小的 id（{a}）：它作为备代主，服务读取并接管主节点的后台服务，但不接受发送。',
  },
});
export const actingEnded = defineKind('master.acting-ended', 'HA-19', {
  a: 'master:node',
  beat: 'role',
  say: {
    en: '{node} no longer acts as the master: {a} has a smaller id and is back.',
    zh: '{node} 不再代主：id 更小的 {a} 回来了。',
  },
});
export const escapesAsked = defineKind('escape.route-asked', 'HA-19', {
  a: 'nameserver:node',
  b: 'topic:text',
  say: {
    en: '{node} may not write itself: it asks {a} which other masters take {b}.',
    zh: '{node} 自己不能写：向 {a} 询问哪些其他主节点接收 {b}。',
  },
});
export const messageEscaped = defineKind('escape.sent', 'HA-19', {
  a: 'message:message',
  b: 'master:node',
  beat: 'hop',
  say: {
    en: '{node} acts for its master and may not store {a} itself: it sends it to {b}.',
    zh: '{node} 在代主，自己不能存 {a}：把它发给 {b}。',
  },
});
export const escapeFailed = defineKind('escape.failed', 'HA-19', {
  a: 'message:message',
  b: 'master:node',
  beat: 'detection',
  say: {
    en: '{node} could not store {a} at {b}; it tries again.',
    zh: '{node} 没能把 {a} 存到 {b}；稍后重试。',
  },
});
export const groupSeen = defineKind('group.seen', 'HA-20', {
  a: 'nameserver:node',
  b: 'members:count',
  say: {
    en: '{a} now lists {b} {b|member|members} of the group of {node}; it is asked each second.',
    zh: '{a} 现在列出 {node} 所在组的 {b} 个成员；每秒询问一次。',
  },
});
export const isolated = defineKind('broker.isolated', 'HA-20', {
  a: 'replicas:count',
  beat: 'role',
  say: {
    en: '{node} does not register yet: with totalReplicas {a} it first shakes hands with the rest of its group.',
    zh: '{node} 暂不注册：totalReplicas 为 {a}，要先与组内其他成员握手。',
  },
});
export const handshakeBegun = defineKind('pre-online.handshake', 'HA-20', {
  a: 'member:node',
  say: {
    en: '{node} waits for the replication link with {a} before it goes online.',
    zh: '{node} 上线前先等待与 {a} 的复制连接建立。',
  },
});
export const handshakeFailed = defineKind('pre-online.failed', 'HA-20', {
  a: 'member:node',
  beat: 'detection',
  say: {
    en: 'The handshake of {node} with {a} has failed; it stays offline and tries again.',
    zh: '{node} 与 {a} 的握手失败；它保持未上线，稍后重试。',
  },
});
export const offsetsTakenBack = defineKind('pre-online.offsets', 'HA-20', {
  a: 'member:node',
  b: 'offsets:count',
  beat: 'recovery',
  say: {
    en: '{node} takes {b} consumer offsets over from {a}, which may have acted for it.',
    zh: '{node} 从可能代主过的 {a} 取回 {b} 个消费位点。',
  },
});
export const offsetsKept = defineKind('pre-online.offsets-kept', 'HA-20', {
  a: 'member:node',
  b: 'offsets:count',
  say: {
    en: '{node} keeps its own consumer offsets: those of {a} ({b}) have an older version.',
    zh: '{node} 保留自己的消费位点：{a} 的 {b} 个位点版本更旧。',
  },
});
export const delaysTakenBack = defineKind('pre-online.delays', 'HA-20', {
  a: 'member:node',
  b: 'levels:count',
  beat: 'recovery',
  say: {
    en: '{node} goes on with its {b} delay levels where {a} was, even where it had been further itself.',
    zh: '{node} 的 {b} 个延迟级别从 {a} 的进度继续，即使自己原来更靠前。',
  },
});
export const delaysKept = defineKind('pre-online.delays-kept', 'HA-20', {
  a: 'member:node',
  b: 'levels:count',
  beat: 'detection',
  say: {
    en: '{node} keeps its own progress of delay levels: that of {a} ({b} levels) has an older version. What {a} delivered meanwhile is delivered again.',
    zh: '{node} 保留自己的延迟级别进度：{a} 的进度（{b} 个级别）版本更旧。其间由 {a} 投递的消息会再投递一次。',
  },
});
export const broughtOnline = defineKind('broker.online', 'HA-20', {
  a: 'minBrokerId:count',
  beat: 'role',
  say: {
    en: '{node} is done with the handshake and registers now; the smallest id of its group is {a}.',
    zh: '{node} 握手完成，现在注册；组内最小的 id 是 {a}。',
  },
});
export const replicasNotEnough = defineKind('put.replicas-not-enough', 'HA-7', {
  a: 'message:message',
  b: 'usable:count',
  beat: 'result',
  say: {
    en: '{node} refuses {a} before writing it: only {b} {b|replica is|replicas are} usable (IN_SYNC_REPLICAS_NOT_ENOUGH).',
    zh: '{node} 在写入前拒绝 {a}：可用副本只有 {b} 个（IN_SYNC_REPLICAS_NOT_ENOUGH）。',
  },
});
