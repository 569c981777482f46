import { defineKind } from '../../../core/kinds';

/** Classic master and slave. */
export const roleTaken = defineKind('broker.role', 'HA-1', {
  a: 'brokerRole:text',
  b: 'brokerId:count',
  beat: 'role',
  say: {
    en: '{node} runs as {a} with brokerId {b}, as its configuration says; nothing will change that while it runs.',
    zh: '{node} 按配置以 {a} 运行，brokerId 为 {b}；运行期间不会自动改变。',
  },
});
export const startRefused = defineKind('broker.start-refused', 'HA-1', {
  a: 'brokerId:count',
  beat: 'fault',
  say: {
    en: '{node} is configured as SLAVE with brokerId {a}: it refuses to start.',
    zh: '{node} 配置为 SLAVE，brokerId 却是 {a}：拒绝启动。',
  },
});
export const feedOpened = defineKind('ha.connected', 'HA-2', {
  a: 'master:node',
  b: 'position:bytes',
  beat: 'recovery',
  say: {
    en: '{node} is connected to {a} for replication and reports its end, {b}.',
    zh: '{node} 与 {a} 建立复制连接，上报自己的末尾位置 {b}。',
  },
});
export const feedLost = defineKind('ha.lost', 'HA-2', {
  a: 'master:node',
  beat: 'detection',
  say: {
    en: '{node} has lost its replication link to {a}; it tries again every 5 s.',
    zh: '{node} 与 {a} 的复制连接断开；每 5 s 重试一次。',
  },
});
export const feedRetries = defineKind('ha.retries', 'HA-2', {
  a: 'master:node',
  say: { en: '{node} tries to connect to {a} for replication.', zh: '{node} 尝试与 {a} 建立复制连接。' },
});
export const linkExpired = defineKind('ha.expired', 'HA-2', {
  a: 'peer:node',
  b: 'silent:us',
  beat: 'detection',
  say: {
    en: '{node} has read nothing from {a} for {b} and closes the replication link.',
    zh: '{node} 已 {b} 没有读到 {a} 的数据，关闭复制连接。',
  },
});
export const pieceSent = defineKind('ha.sent', 'HA-3', {
  a: 'slave:node',
  b: 'piece:bytes',
  say: { en: '{node} sends {b} of its CommitLog to {a}.', zh: '{node} 把 CommitLog 的 {b} 发给 {a}。' },
});
export const unsentLost = defineKind('ha.unsent-lost', 'HA-3', {
  a: 'messages:count',
  b: 'lost:bytes',
  beat: 'loss',
  say: {
    en: '{a} messages ({b}) had come to {node} since its sender looked last: no slave was sent them.',
    zh: '{node} 的复制线程上次查看之后又写入了 {a} 条消息（{b}）：没有发给任何从节点。',
  },
});
export const transferBegins = defineKind('ha.transfer-begins', 'HA-4', {
  a: 'slave:node',
  b: 'position:bytes',
  say: {
    en: '{node} will send to {a} from {b} on; an empty slave gets the last file only.',
    zh: '{node} 将从 {b} 开始发给 {a}；空的从节点只能得到最后一个文件。',
  },
});
export const positionDeleted = defineKind('ha.position-deleted', 'HA-4', {
  a: 'slave:node',
  b: 'position:bytes',
  beat: 'detection',
  say: {
    en: '{a} asks for {b}, which retention has deleted on {node}: it gets nothing.',
    zh: '{a} 请求的位置 {b} 在 {node} 上已过期删除：什么也得不到。',
  },
});
export const slaveAhead = defineKind('ha.slave-ahead', 'HA-5', {
  a: 'slave:node',
  b: 'ahead:bytes',
  beat: 'detection',
  say: {
    en: '{a} ends {b} behind the end of {node}: it keeps that surplus, and receives nothing until {node} has grown past it.',
    zh: '{a} 的末尾比 {node} 多出 {b}：多出的部分保留在从节点，{node} 增长超过它之前不再复制任何数据。',
  },
});
export const pieceMismatch = defineKind('ha.mismatch', 'HA-5', {
  a: 'master:node',
  b: 'position:bytes',
  beat: 'detection',
  say: {
    en: '{a} sends a piece that begins at {b}, which is not where {node} ends: {node} drops the link and tries again in 5 s.',
    zh: '{a} 发来的数据从 {b} 开始，与 {node} 的末尾不一致：{node} 断开连接，5 s 后重试。',
  },
});
export const gapCrossed = defineKind('ha.gap-crossed', 'HA-5', {
  a: 'master:node',
  b: 'position:bytes',
  beat: 'detection',
  say: {
    en: '{node} goes on at {b} behind records that {a} no longer has: the two logs differ from here back, and nothing compares them.',
    zh: '{node} 从 {b} 继续，其前面有 {a} 已没有的记录：两份日志从此处往前不同，没有任何比对。',
  },
});
export const pieceAppended = defineKind('ha.appended', 'HA-6', {
  a: 'messages:count',
  b: 'position:bytes',
  say: {
    en: '{node} has {a} more {a|message|messages} in its page cache and acknowledges its end, {b}, without waiting for a flush.',
    zh: '{node} 的页缓存多了 {a} 条消息，不等刷盘就确认末尾位置 {b}。',
  },
});
export const ackAlone = defineKind('replicas.not-awaited', 'HA-7', {
  a: 'message:message',
  b: 'acksNeeded:count',
  beat: 'hop',
  role: 'unawaited',
  say: {
    en: 'SYNC_MASTER {node} needs {b} copy of {a}, its own: it answers without waiting for a slave (CommitLog#handleHA).',
    zh: 'SYNC_MASTER {node} 对 {a} 只需 {b} 份副本，即自己这份：不等从节点就返回（CommitLog#handleHA）。',
  },
});
export const replicasReached = defineKind('replicas.reached', 'HA-7', {
  a: 'messages:count',
  b: 'position:bytes',
  say: {
    en: 'Enough replicas of {node} hold everything up to {b}: {a} {a|put needs|puts need} to wait no longer.',
    zh: '{node} 的副本已有足够多到达 {b}：{a} 个写入不必再等。',
  },
});
export const replicasTimedOut = defineKind('replicas.timed-out', 'HA-7', {
  a: 'message:message',
  b: 'record:record',
  beat: 'result',
  say: {
    en: '{node} waited slaveTimeout for replicas of {b}: it answers FLUSH_SLAVE_TIMEOUT, and {a} stays in the log.',
    zh: '{node} 等待 {b} 的副本超过 slaveTimeout：返回 FLUSH_SLAVE_TIMEOUT，{a} 仍在日志中。',
  },
});
export const noSlaveTimedOut = defineKind('replicas.none-timed-out', 'HA-8', {
  a: 'message:message',
  b: 'record:record',
  beat: 'result',
  say: {
    en: 'No slave is connected to {node}, and it waited slaveTimeout all the same: FLUSH_SLAVE_TIMEOUT for {a}, stored as {b}.',
    zh: '{node} 没有从节点连接，仍等满 slaveTimeout：{a} 已存为 {b}，返回 FLUSH_SLAVE_TIMEOUT。',
  },
});
export const slaveNotAvailable = defineKind('slave.not-available', 'HA-9', {
  a: 'message:message',
  b: 'record:record',
  beat: 'result',
  say: {
    en: 'No slave of {node} is connected and close enough: SLAVE_NOT_AVAILABLE at once, and {a} is stored as {b}.',
    zh: '{node} 没有连接且跟得上的从节点：立即返回 SLAVE_NOT_AVAILABLE，{a} 已存为 {b}。',
  },
});
export const acksConfigured = defineKind('replicas.configured', 'HA-10', {
  a: 'acksNeeded:count',
  say: {
    en: '{node} as SYNC_MASTER acknowledges with {a} copies, its own included.',
    zh: '{node} 作为 SYNC_MASTER，有 {a} 份副本（含自己）即返回成功。',
  },
});
export const metadataSynced = defineKind('metadata.synced', 'HA-11', {
  a: 'topics:count',
  b: 'offsets:count',
  say: {
    en: '{node} has fetched {a} topics and {b} consumer offsets from its master.',
    zh: '{node} 从主节点拉取了 {a} 个 Topic 和 {b} 个消费位点。',
  },
});
export const offsetsAge = defineKind('metadata.age', 'HA-12', {
  a: 'age:us',
  say: {
    en: 'The consumer offsets on {node} are {a} old, and no newer ones will come from its master now.',
    zh: '{node} 上的消费位点是 {a} 之前的，主节点不会再送来更新的。',
  },
});
export const sendRefusedBySlave = defineKind('send.refused-by-slave', 'HA-17', {
  a: 'message:message',
  b: 'code:count',
  beat: 'result',
  say: {
    en: '{node} is a slave and takes no sends: {a} gets code {b}.',
    zh: '{node} 是从节点，不接受发送：{a} 得到响应码 {b}。',
  },
});
export const ownOffsetsCount = defineKind('master.returned', 'HA-18', {
  a: 'away:us',
  beat: 'recovery',
  say: {
    en: '{node} is back after {a}: its own consumer offsets count again, whatever a slave had meanwhile.',
    zh: '{node} 在 {a} 之后回来：以它自己的消费位点为准，不管期间从节点上是多少。',
  },
});
