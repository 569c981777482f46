import { defineKind } from '../core/kinds';

/** What the environment does. The rules EN-n are defined in `env-rules.ts`. */
export const processStarted = defineKind('process.started', 'EN-1', {
  beat: 'action',
  say: { en: '{node} starts.', zh: '{node} 启动。' },
});
export const processKilled = defineKind('process.killed', 'EN-2', {
  beat: 'fault',
  say: {
    en: '{node} is killed (kill -9): the kernel closes its sockets at once, the page cache survives.',
    zh: '{node} 进程被杀（kill -9）：内核立即关闭它的套接字，页缓存仍在。',
  },
});
export const powerLost = defineKind('host.power-lost', 'EN-3', {
  beat: 'fault',
  say: {
    en: '{node} loses power: nothing is closed, and what was not flushed is gone.',
    zh: '{node} 断电：连接没有关闭通知，未刷盘的数据全部消失。',
  },
});
export const diskLost = defineKind('disk.lost', 'EN-4', {
  beat: 'fault',
  say: {
    en: '{node} loses its disk: the process ends and all that it stored is gone.',
    zh: '{node} 磁盘损坏：进程退出，存储的数据全部消失。',
  },
});
export const processFrozen = defineKind('process.frozen', 'EN-5', {
  a: 'for:us',
  beat: 'fault',
  say: {
    en: '{node} stands still for {a}: nothing runs, its sockets stay open.',
    zh: '{node} 停顿 {a}：什么都不执行，套接字保持打开。',
  },
});
export const processThawed = defineKind('process.thawed', 'EN-5', {
  beat: 'recovery',
  say: { en: '{node} goes on where it stood.', zh: '{node} 从停顿处继续。' },
});
export const processStopped = defineKind('process.stopped', 'EN-6', {
  beat: 'action',
  say: { en: '{node} has shut down in order.', zh: '{node} 正常关闭。' },
});
export const linkCut = defineKind('link.cut', 'EN-7', {
  a: 'peer:node',
  beat: 'fault',
  say: {
    en: 'The link between {node} and {a} is cut: packets vanish in silence.',
    zh: '{node} 与 {a} 之间的链路切断：数据包无声消失。',
  },
});
export const linkHealed = defineKind('link.healed', 'EN-7', {
  a: 'peer:node',
  beat: 'recovery',
  say: { en: 'The link between {node} and {a} works again.', zh: '{node} 与 {a} 之间的链路恢复。' },
});
export const linkSlowed = defineKind('link.slowed', 'EN-8', {
  a: 'peer:node',
  b: 'latency:us',
  beat: 'fault',
  say: { en: 'The link between {node} and {a} now takes {b}.', zh: '{node} 与 {a} 之间的链路延迟变为 {b}。' },
});
export const partSlowed = defineKind('part.slowed', 'EN-8', {
  a: 'part:text',
  b: 'factor:count',
  beat: 'fault',
  say: { en: "{node}'s {a} is {b} times slower.", zh: '{node} 的 {a} 变慢 {b} 倍。' },
});
export const diskFsyncSet = defineKind('disk.fsync-set', 'EN-8', {
  a: 'fsync:us',
  beat: 'fault',
  say: { en: 'An fsync on {node} now takes {a}.', zh: '{node} 的一次 fsync 变为 {a}。' },
});
export const messageDropped = defineKind('packet.dropped', 'EN-9', {
  a: 'peer:node',
  beat: 'fault',
  say: { en: 'What {node} sent to {a} vanishes on the wire.', zh: '{node} 发给 {a} 的消息在线路上消失。' },
});
export const connRefused = defineKind('conn.refused', 'EN-10', {
  a: 'peer:node',
  say: {
    en: '{node} is refused by {a}: the host is up, no process listens.',
    zh: '{node} 连接 {a} 被拒绝：主机在，但没有进程监听。',
  },
});
export const connClosed = defineKind('conn.closed', 'EN-11', {
  a: 'peer:node',
  beat: 'none',
  say: { en: '{node} sees its connection to {a} close.', zh: '{node} 发现与 {a} 的连接已关闭。' },
});
export const connReset = defineKind('conn.reset', 'EN-12', {
  a: 'peer:node',
  say: {
    en: '{node} is reset by {a}, which restarted and does not know the connection.',
    zh: '{a} 重启后不认识这条连接，{node} 收到 RST。',
  },
});
export const connTimedOut = defineKind('conn.timed-out', 'EN-13', {
  a: 'peer:node',
  say: {
    en: "{node}'s kernel gives up on {a}: nothing was acknowledged for more than 15 minutes.",
    zh: '{node} 的内核放弃与 {a} 的连接：超过 15 分钟没有任何确认。',
  },
});
export const connStalled = defineKind('conn.stalled', 'EN-13', {
  a: 'peer:node',
  say: {
    en: 'What {node} sends to {a} is not acknowledged: its kernel keeps it and sends it again, with doubling pauses.',
    zh: '{node} 发给 {a} 的数据没有得到确认：内核保留它，并以倍增的间隔重传。',
  },
});
export const connResumed = defineKind('conn.resumed', 'EN-13', {
  a: 'peer:node',
  b: 'messages:count',
  say: {
    en: "{node}'s kernel sends again what it had kept for {a}: {b} {b|message|messages}.",
    zh: '{node} 的内核重传此前为 {a} 保留的 {b} 条消息。',
  },
});
export const connUnanswered = defineKind('conn.unanswered', 'EN-14', {
  a: 'peer:node',
  say: {
    en: '{node} asks {a} for a connection and hears nothing: its kernel asks again after 1, 3, 7 … s.',
    zh: '{node} 请求与 {a} 建立连接，没有任何回应：内核在 1、3、7 … 秒后再次请求。',
  },
});
