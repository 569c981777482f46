import { defineKind } from '../../../core/kinds';

/** What the service side of a broker decides: pulls, parked pulls, offsets, clients. */

// Pulls.
export const pullAnswered = defineKind('pull.answered', 'CO-5', {
  a: 'queue:queue',
  b: 'messages:count',
  say: {
    en: '{node} answers a pull of {a} with {b} {b|message|messages}: all that it has from there on.',
    zh: '{node} 响应对 {a} 的拉取，返回 {b} 条：从该位点起的全部消息。',
  },
});
export const pullCut = defineKind('pull.cut', 'CO-6', {
  a: 'queue:queue',
  b: 'messages:count',
  say: {
    en: '{node} answers a pull of {a} with {b} {b|message|messages}: a batch may not be larger.',
    zh: '{node} 响应对 {a} 的拉取，返回 {b} 条：单次拉取已达上限。',
  },
});
export const pullMoved = defineKind('pull.offset-moved', 'CO-5', {
  a: 'queue:queue',
  b: 'offset:offset',
  say: {
    en: '{node} has nothing at the offset that was asked of {a} and answers PULL_OFFSET_MOVED to {b}.',
    zh: '{a} 上没有请求的位点，{node} 返回 PULL_OFFSET_MOVED，改到 {b}。',
  },
});
export const pullHeld = defineKind('pull.held', 'CO-7', {
  a: 'queue:queue',
  b: 'offset:offset',
  say: {
    en: '{node} parks a pull of {a}: there is nothing at {b} yet.',
    zh: '{node} 挂起对 {a} 的拉取：位点 {b} 还没有消息。',
  },
});
export const pullWoken = defineKind('pull.woken', 'CO-7', {
  a: 'queue:queue',
  b: 'parked:us',
  say: {
    en: 'A message arrives in {a}: {node} runs the pull that it had parked for {b}.',
    zh: '{a} 有新消息：{node} 唤醒已挂起 {b} 的拉取。',
  },
});
export const pullSwept = defineKind('pull.found-by-sweep', 'CO-7', {
  a: 'queue:queue',
  b: 'parked:us',
  say: {
    en: 'The sweep of parked pulls on {node} finds messages in {a}, whose pull had waited for {b}.',
    zh: '{node} 巡检挂起的拉取，发现 {a} 已有消息，该拉取已等待 {b}。',
  },
});
export const holdEnded = defineKind('pull.hold-ended', 'CO-7', {
  a: 'queue:queue',
  b: 'parked:us',
  say: {
    en: '{node} ends the wait of a pull of {a} after {b}: still nothing there.',
    zh: '{node} 结束对 {a} 的挂起，共 {b}：仍然没有消息。',
  },
});
export const pullRejected = defineKind('pull.rejected-by-slave', 'HA-13', {
  a: 'consumer:node',
  b: 'queue:queue',
  say: {
    en: '{node} is a slave without slaveReadEnable: it rejects the pull of {a} with SYSTEM_BUSY.',
    zh: '{node} 是未开启 slaveReadEnable 的从节点：以 SYSTEM_BUSY 拒绝 {a} 的拉取。',
  },
});
export const pullRedirected = defineKind('pull.redirected', 'HA-14', {
  a: 'queue:queue',
  b: 'broker:count',
  say: {
    en: '{node} suggests broker id {b} for the next pull of {a}, judging by how far behind the reader is.',
    zh: '{node} 根据落后程度，建议下一次对 {a} 的拉取改去 brokerId {b}。',
  },
});
export const pullRefused = defineKind('pull.refused', 'BR-32', {
  a: 'consumer:node',
  b: 'code:count',
  say: {
    en: '{node} refuses a pull of {a} with response code {b}: topic, queue or permission.',
    zh: '{node} 拒绝 {a} 的拉取，响应码 {b}：Topic、队列或权限不符。',
  },
});
export const pullFromStranger = defineKind('pull.from-stranger', 'CL-20', {
  a: 'consumer:node',
  b: 'group:text',
  say: {
    en: '{node} has no heartbeat of {b} yet, so it answers the pull of {a} with SUBSCRIPTION_NOT_EXIST.',
    zh: '{node} 还没有收到 {b} 组的心跳，对 {a} 的拉取返回 SUBSCRIPTION_NOT_EXIST。',
  },
});
export const pullOverdue = defineKind('pull.timeout-clean-queue', 'BR-27', {
  a: 'consumer:node',
  b: 'waited:us',
  beat: 'result',
  say: {
    en: '{node} throws a pull of {a} out of its queue after {b}: SYSTEM_BUSY [TIMEOUT_CLEAN_QUEUE].',
    zh: '{node} 把 {a} 排队 {b} 的拉取清出队列：SYSTEM_BUSY [TIMEOUT_CLEAN_QUEUE]。',
  },
});
export const pullOverload = defineKind('pull.overload', 'BR-27', {
  a: 'consumer:node',
  b: 'capacity:count',
  beat: 'result',
  say: {
    en: '{node} has {b} pulls waiting already and answers {a} SYSTEM_BUSY [OVERLOAD].',
    zh: '{node} 已有 {b} 个拉取排队，对 {a} 返回 SYSTEM_BUSY [OVERLOAD]。',
  },
});

// Offsets.
export const offsetLowered = defineKind('offset.lowered', 'CO-16', {
  a: 'queue:queue',
  b: 'offset:offset',
  say: {
    en: '{node} is told the lower offset {b} for {a}: it accepts it and only logs a warning.',
    zh: '{node} 收到 {a} 更小的位点 {b}：照样接受，只记一条告警日志。',
  },
});
export const offsetsWritten = defineKind('offsets.written', 'BR-19', {
  a: 'entries:count',
  say: {
    en: '{node} writes consumerOffset.json with {a} changed {a|offset|offsets}, without an fsync.',
    zh: '{node} 写 consumerOffset.json，{a} 个位点有变化，不做 fsync。',
  },
});
export const offsetsForgotten = defineKind('offsets.forgotten', 'BR-20', {
  a: 'entries:count',
  beat: 'loss',
  say: {
    en: '{node} loses the newest consumer {a|offset|offsets} of {a} {a|queue|queues}: its file was older.',
    zh: '{node} 丢失 {a} 个队列的最新消费位点：文件中的更旧。',
  },
});
export const zeroFound = defineKind('offset.zero-found', 'CO-31', {
  a: 'queue:queue',
  beat: 'assignment',
  say: {
    en: '{node} knows no offset for {a} but still has its message 0 in memory: it answers 0, as if that were stored.',
    zh: '{node} 没有 {a} 的位点记录，但第 0 条消息仍在内存中：返回 0，如同已保存过。',
  },
});
export const resetPending = defineKind('offset.reset', 'CO-18', {
  a: 'queue:queue',
  b: 'offset:offset',
  beat: 'action',
  role: 'reset',
  say: {
    en: '{node} overwrites the committed offset of {a} with {b}; the next pull learns of it.',
    zh: '{node} 把 {a} 的消费位点改写为 {b}，下一次拉取时告知消费者。',
  },
});
export const resetDelivered = defineKind('offset.reset-delivered', 'CO-18', {
  a: 'queue:queue',
  b: 'offset:offset',
  say: {
    en: '{node} answers the pull of {a} with PULL_OFFSET_MOVED: its offset was reset to {b}.',
    zh: '{node} 以 PULL_OFFSET_MOVED 响应对 {a} 的拉取：位点已重置为 {b}。',
  },
});
export const commitIgnored = defineKind('offset.commit-ignored', 'CO-18', {
  a: 'queue:queue',
  b: 'offset:offset',
  say: {
    en: '{node} ignores the offset {b} for {a}: a reset of it is pending.',
    zh: '{node} 忽略 {a} 的位点 {b}：该队列正等待重置生效。',
  },
});

// Clients.
export const clientRegistered = defineKind('client.registered', 'CL-20', {
  a: 'client:node',
  b: 'group:text',
  say: {
    en: '{node} hears from {a} for the first time on this connection: a member of {b}.',
    zh: '{node} 在这条连接上首次收到 {a} 的心跳：{b} 组的成员。',
  },
});
export const groupCreated = defineKind('group.created', 'CL-20', {
  a: 'group:text',
  say: {
    en: '{node} creates the subscription group {a}: somebody asks for it.',
    zh: '有客户端用到订阅组 {a}，{node} 创建它。',
  },
});
export const clientForgotten = defineKind('client.forgotten', 'CL-21', {
  a: 'client:node',
  b: 'group:text',
  beat: 'detection',
  say: {
    en: 'The connection of {a} is gone: {node} takes it out of {b}.',
    zh: '{a} 的连接已断开：{node} 把它移出 {b} 组。',
  },
});
export const clientExpired = defineKind('client.expired', 'CL-21', {
  a: 'client:node',
  b: 'silent:us',
  beat: 'detection',
  say: {
    en: "{node}'s scan drops {a}: no heartbeat for {b}. The scan tells nobody.",
    zh: '{node} 的扫描移除 {a}：{b} 没有心跳。扫描不会通知任何人。',
  },
});
export const membersNotified = defineKind('members.notified', 'CL-22', {
  a: 'group:text',
  b: 'members:count',
  say: {
    en: '{node} tells the {b} {b|member|members} of {a} that the group has changed.',
    zh: '{node} 通知 {a} 组的 {b} 个成员：组成员已变化。',
  },
});
export const clientLingers = defineKind('pop.client-lingers', 'PO-11', {
  a: 'client:node',
  b: 'limit:us',
  beat: 'detection',
  say: {
    en: 'The stream of {a} breaks: the proxy of {node} only logs that. It goes on renewing until no heartbeat has come for {b}.',
    zh: '{a} 的流断开：{node} 的 Proxy 只记一条日志，继续续期，直到 {b} 没有心跳。',
  },
});
