import { defineKind } from '../../../core/kinds';

/** DLedger: a CommitLog that a Raft group shares. */
export const nodeStarted = defineKind('raft.started', 'HA-21', {
  a: 'node:count',
  b: 'nodes:count',
  say: {
    en: '{node} is node n{a} of a DLedger group of {b}: their CommitLogs are one log, and a majority decides what is in it.',
    zh: '{node} 是 {b} 个节点的 DLedger 组中的 n{a}：它们的 CommitLog 是同一份日志，由多数派决定其内容。',
  },
});
export const stoodForLeader = defineKind('raft.candidate', 'HA-21', {
  a: 'term:count',
  b: 'silence:us',
  beat: 'role',
  say: {
    en: '{node} has heard from no leader for {b} and becomes a candidate (term {a}).',
    zh: '{node} 已 {b} 没有听到 leader，成为 candidate（term {a}）。',
  },
});
export const termHeard = defineKind('raft.term-heard', 'HA-21', {
  a: 'from:node',
  b: 'term:count',
  say: {
    en: '{node} hears of the larger term {b} from {a}: it becomes a candidate and takes the term up with its next look.',
    zh: '{node} 从 {a} 得知更大的 term {b}：先成为 candidate，下一次循环时采用它。',
  },
});
export const votesAsked = defineKind('raft.votes-asked', 'HA-21', {
  a: 'term:count',
  b: 'entries:count',
  say: {
    en: '{node} asks its group for votes in term {a}, with a log of {b} {b|entry|entries}.',
    zh: '{node} 在 term {a} 请求投票，自己的日志有 {b} 条。',
  },
});
export const voteGiven = defineKind('raft.vote-given', 'HA-21', {
  a: 'candidate:node',
  b: 'term:count',
  say: { en: '{node} votes for {a} in term {b}.', zh: '{node} 在 term {b} 投票给 {a}。' },
});
export const voteRefused = defineKind('raft.vote-refused', 'HA-21', {
  a: 'candidate:node',
  b: 'reason:text',
  say: { en: '{node} does not vote for {a}: {b}.', zh: '{node} 不投票给 {a}：{b}。' },
});
export const roundFailed = defineKind('raft.round-failed', 'HA-21', {
  a: 'votes:count',
  b: 'pause:us',
  say: {
    en: '{node} got {a} {a|vote|votes}, too few; it asks again in {b}.',
    zh: '{node} 只得到 {a} 票，不够；{b} 后再来。',
  },
});
export const elected = defineKind('raft.elected', 'HA-21', {
  a: 'term:count',
  b: 'votes:count',
  beat: 'role',
  say: {
    en: '{node} is elected leader of term {a} with {b} votes.',
    zh: '{node} 以 {b} 票当选 term {a} 的 leader。',
  },
});
export const leaderFollowed = defineKind('raft.follows', 'HA-21', {
  a: 'leader:node',
  b: 'term:count',
  beat: 'role',
  say: { en: '{node} follows the leader {a} of term {b}.', zh: '{node} 跟随 term {b} 的 leader {a}。' },
});
export const steppedDown = defineKind('raft.stepped-down', 'HA-21', {
  a: 'term:count',
  b: 'silence:us',
  beat: 'role',
  say: {
    en: '{node} has had no majority for {b} and gives up leading term {a}.',
    zh: '{node} 已 {b} 得不到多数派应答，放弃 term {a} 的 leader。',
  },
});
export const entriesPushed = defineKind('raft.pushed', 'HA-21', {
  a: 'follower:node',
  b: 'entries:count',
  say: { en: '{node} pushes {b} {b|entry|entries} to {a}.', zh: '{node} 把 {b} 条日志推给 {a}。' },
});
export const entriesAppended = defineKind('raft.appended', 'HA-21', {
  a: 'entries:count',
  b: 'length:count',
  say: {
    en: '{node} appends {a} {a|entry|entries} in its page cache and says so; its log has {b} now.',
    zh: '{node} 在页缓存追加 {a} 条并应答；日志现有 {b} 条。',
  },
});
export const entriesCommitted = defineKind('raft.committed', 'HA-21', {
  a: 'length:count',
  b: 'entries:count',
  say: {
    en: 'A majority has the first {a} {a|entry|entries} of the log of {node}: {b} more {b|is|are} committed, and consumers may see {b|it|them}.',
    zh: '多数派已拥有 {node} 日志的前 {a} 条：又提交 {b} 条，消费者可见。',
  },
});
export const tailTruncated = defineKind('raft.truncated', 'HA-21', {
  a: 'entries:count',
  b: 'length:count',
  beat: 'recovery',
  say: {
    en: '{node} cuts off {a} {a|entry|entries} that no majority had: its log agrees with the leader up to {b}.',
    zh: '{node} 截掉 {a} 条没有多数派的日志：到第 {b} 条为止与 leader 一致。',
  },
});
export const quorumTimedOut = defineKind('raft.no-quorum', 'HA-22', {
  a: 'message:message',
  b: 'record:record',
  beat: 'result',
  say: {
    en: '{node} got no majority for {a} within 2.5 s (IN_SYNC_REPLICAS_NOT_ENOUGH). The entry stays in its log.',
    zh: '{node} 在 2.5 s 内没有为 {a} 得到多数派（IN_SYNC_REPLICAS_NOT_ENOUGH）。这条日志仍留着。',
  },
});
export const committedLate = defineKind('raft.committed-late', 'HA-22', {
  a: 'record:record',
  beat: 'duplicate',
  say: {
    en: '{a} is committed after all, though its sender was told that it failed: what the sender tried again is a duplicate.',
    zh: '{a} 终究提交了，而发送方已被告知失败：它的重试成为重复消息。',
  },
});
export const putsForgotten = defineKind('raft.puts-forgotten', 'HA-22', {
  a: 'puts:count',
  beat: 'result',
  say: {
    en: '{node} leads no longer: {a} {a|put that waits|puts that wait} for a majority {a|is|are} never answered.',
    zh: '{node} 不再是 leader：{a} 个等待多数派的写入不会有应答。',
  },
});
export const becameMaster = defineKind('raft.master', 'HA-23', {
  a: 'term:count',
  b: 'waited:us',
  beat: 'role',
  say: {
    en: '{node} has committed and dispatched its whole log {b} after its election: it becomes broker id 0 and registers (term {a}).',
    zh: '{node} 当选 {b} 后已提交并分发全部日志：成为 broker id 0 并注册（term {a}）。',
  },
});
export const becameSlave = defineKind('raft.slave', 'HA-23', {
  a: 'brokerId:count',
  beat: 'role',
  say: {
    en: '{node} leads nothing: it is a slave with broker id {a}, takes no sends, and registers so.',
    zh: '{node} 不是 leader：以 broker id {a} 作为从节点注册，不接受发送。',
  },
});
