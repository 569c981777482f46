import { defineKind } from '../../../core/kinds';

/** A broker in controller mode: its role, its epochs, its SyncStateSet. */
export const brokerFenced = defineKind('broker.fenced', 'HA-24', {
  say: {
    en: '{node} takes no writes and registers with no name server until a controller has given it a role.',
    zh: '{node} 在 Controller 给出角色之前不接受写入，也不向任何 NameServer 注册。',
  },
});
export const brokerUnfenced = defineKind('broker.unfenced', 'HA-24', {
  a: 'id:count',
  beat: 'recovery',
  say: {
    en: '{node} is registered with the controllers under the id {a}, and its group has a master: it serves.',
    zh: '{node} 以 id {a} 在 Controller 注册完成，所在组已有主节点：开始服务。',
  },
});
export const controllersMissed = defineKind('broker.no-controller', 'HA-24', {
  a: 'retry:us',
  beat: 'detection',
  say: {
    en: '{node} gets no role: no controller that leads answers it. It tries again in {a}.',
    zh: '{node} 得不到角色：没有可应答的 Controller leader。{a} 后重试。',
  },
});
export const putFenced = defineKind('put.fenced', 'HA-24', {
  a: 'message:message',
  b: 'code:count',
  beat: 'result',
  say: {
    en: '{node} is fenced: it does not store {a} and answers {b}.',
    zh: '{node} 处于隔离（fenced）状态：不存储 {a}，返回 {b}。',
  },
});
export const heartbeatsToControllers = defineKind('broker.heartbeats', 'HA-25', {
  a: 'period:us',
  b: 'expiry:us',
  say: {
    en: '{node} tells every controller each {a} where its log ends; after {b} without it counts as dead.',
    zh: '{node} 每 {a} 向所有 Controller 上报日志末尾；{b} 没有上报就被视为宕机。',
  },
});
export const becameMaster = defineKind('broker.became-master', 'HA-28', {
  a: 'epoch:count',
  b: 'begins:bytes',
  beat: 'role',
  say: {
    en: '{node} becomes SYNC_MASTER with brokerId 0. Its epoch {a} begins at {b} of its log.',
    zh: '{node} 成为 SYNC_MASTER，brokerId 为 0。第 {a} 个 epoch 从其日志的 {b} 开始。',
  },
});
export const becameSlave = defineKind('broker.became-slave', 'HA-26', {
  a: 'master:node',
  b: 'epoch:count',
  beat: 'role',
  say: {
    en: '{node} is a slave of {a} in epoch {b} and registers so with the name servers.',
    zh: '{node} 在第 {b} 个 epoch 是 {a} 的从节点，并以此身份向 NameServer 注册。',
  },
});
export const masterDemoted = defineKind('broker.demoted', 'HA-31', {
  a: 'master:node',
  b: 'epoch:count',
  beat: 'role',
  say: {
    en: '{node} was a master, and learns only now that {a} is the master of epoch {b}: until this moment it took writes.',
    zh: '{node} 原是主节点，到此刻才得知 {a} 是第 {b} 个 epoch 的主节点：在此之前它一直接受写入。',
  },
});
export const masterAlone = defineKind('broker.master-alone', 'HA-31', {
  a: 'epoch:count',
  beat: 'detection',
  say: {
    en: 'No controller answers the master {node}. Nobody can tell it that it was replaced: it goes on accepting writes as master of epoch {a}.',
    zh: '没有 Controller 应答主节点 {node}。没有谁能告诉它已被取代：它继续以第 {a} 个 epoch 的主节点身份接受写入。',
  },
});
export const ackAloneElected = defineKind('replicas.alone-elected', 'HA-28', {
  a: 'message:message',
  b: 'acksNeeded:count',
  beat: 'hop',
  role: 'unawaited',
  say: {
    en: 'The elected master {node} needs {b} copy of {a}, its own: allAckInSyncStateSet is off and inSyncReplicas is 1, so it answers at once.',
    zh: '选出的主节点 {node} 对 {a} 只需 {b} 份副本，即自己这份：allAckInSyncStateSet 关闭且 inSyncReplicas 为 1，立即返回。',
  },
});
export const slaveLagging = defineKind('syncset.shrinks', 'HA-27', {
  a: 'slave:text',
  b: 'behind:us',
  beat: 'detection',
  say: {
    en: '{node} proposes a SyncStateSet without the slaves with id {a}, which have not caught up for {b}.',
    zh: '{node} 提议把 id 为 {a} 的从节点移出 SyncStateSet：已 {b} 没有追上。',
  },
});
export const slaveAbsent = defineKind('syncset.never-connected', 'HA-27', {
  a: 'slave:text',
  beat: 'detection',
  say: {
    en: '{node} proposes a SyncStateSet without the slaves with id {a}: since it leads, they have not connected to it.',
    zh: '{node} 提议把 id 为 {a} 的从节点移出 SyncStateSet：自它成为主节点以来，它们从未连接上来。',
  },
});
export const slaveLeft = defineKind('syncset.link-lost', 'HA-27', {
  a: 'slave:node',
  beat: 'detection',
  say: {
    en: '{node} has lost its replication link to {a} and proposes a SyncStateSet without it at once.',
    zh: '{node} 与 {a} 的复制连接断开，立即提议不含它的 SyncStateSet。',
  },
});
export const slaveCaughtUp = defineKind('syncset.grows', 'HA-27', {
  a: 'slave:node',
  b: 'position:bytes',
  say: {
    en: '{a} has caught up with {node} at {b}: it proposes a SyncStateSet with it.',
    zh: '{a} 在 {b} 追上 {node}：提议把它加入 SyncStateSet。',
  },
});
export const logsCompared = defineKind('epoch.compared', 'HA-29', {
  a: 'master:node',
  b: 'position:bytes',
  say: {
    en: '{node} compares its epochs with those of {a}: they share everything up to {b}, and nothing lies behind it.',
    zh: '{node} 与 {a} 比对 epoch：两者在 {b} 之前完全一致，之后没有多余的内容。',
  },
});
export const logTruncated = defineKind('log.truncated', 'HA-29', {
  a: 'messages:count',
  b: 'position:bytes',
  beat: 'loss',
  say: {
    en: '{node} shares its log with its master up to {b} only, and cuts off the {a} {a|message|messages} behind it.',
    zh: '{node} 与主节点的日志只在 {b} 之前一致，截掉其后的 {a} 条消息。',
  },
});
export const noCommonEpoch = defineKind('epoch.none-shared', 'HA-29', {
  a: 'master:node',
  beat: 'detection',
  say: {
    en: '{node} finds no epoch that it shares with {a}: it neither truncates nor replicates, until somebody mends it by hand.',
    zh: '{node} 找不到与 {a} 共同的 epoch：既不截断也不复制，直到人工处理。',
  },
});
export const confirmedDispatched = defineKind('record.dispatched-confirmed', 'HA-30', {
  a: 'record:record',
  b: 'offset:offset',
  beat: 'hop',
  say: {
    en: 'Every member of the SyncStateSet has {a}, and only now {node} enters it in its ConsumeQueue at offset {b}.',
    zh: 'SyncStateSet 的每个成员都有了 {a}，{node} 此时才把它写入 ConsumeQueue 的偏移 {b}。',
  },
});
