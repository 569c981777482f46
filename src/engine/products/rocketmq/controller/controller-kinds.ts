import { defineKind } from '../../../core/kinds';

/** What controllers decide: who lives, who is master, who is in sync. */
export const controllerListens = defineKind('controller.listens', 'HA-24', {
  a: 'port:count',
  say: {
    en: '{node} starts as a controller and listens on {a}.',
    zh: '{node} 作为 Controller 启动，监听 {a}。',
  },
});
export const controllerLeads = defineKind('controller.leads', 'HA-24', {
  a: 'term:count',
  beat: 'role',
  say: {
    en: '{node} leads the controllers in term {a}, and a majority follows it: it decides on masters and SyncStateSets.',
    zh: '{node} 在第 {a} 任期成为 Controller 的 leader，并有多数派跟随：由它决定主节点和 SyncStateSet。',
  },
});
export const controllerStepsDown = defineKind('controller.steps-down', 'HA-24', {
  a: 'reached:count',
  b: 'majority:count',
  beat: 'role',
  say: {
    en: '{node} reaches {a} controllers of the {b} that a majority needs, itself included: it leads no longer and decides nothing.',
    zh: '{node} 只能联系到 {a} 个 Controller（含自己），多数派需要 {b} 个：它不再是 leader，什么也不决定。',
  },
});
export const leaderMissed = defineKind('controller.leader-missed', 'HA-24', {
  a: 'leader:node',
  beat: 'detection',
  say: {
    en: '{node} has heard nothing from the leading controller {a} for 6 s and will ask for votes.',
    zh: '{node} 已 6 s 没有收到 Controller leader {a} 的消息，将发起选举。',
  },
});
export const notLeading = defineKind('controller.not-leader', 'HA-24', {
  a: 'broker:node',
  say: {
    en: '{node} does not lead the controllers and refuses what {a} asks: CONTROLLER_NOT_LEADER.',
    zh: '{node} 不是 Controller 的 leader，拒绝 {a} 的请求：CONTROLLER_NOT_LEADER。',
  },
});
export const brokerIdGiven = defineKind('controller.id-given', 'HA-24', {
  a: 'broker:node',
  b: 'id:count',
  say: {
    en: '{a} gets the id {b} in its group from {node}, for good.',
    zh: '{node} 给 {a} 分配组内的 id {b}，从此不变。',
  },
});
export const brokerIdRefused = defineKind('controller.id-refused', 'HA-24', {
  a: 'broker:node',
  b: 'id:count',
  say: {
    en: '{a} asks {node} for the id {b}, which another broker of its group has meanwhile: it has to ask again.',
    zh: '{a} 向 {node} 申请 id {b}，但已被组内另一个 Broker 占用：它要重新申请。',
  },
});
export const brokerGone = defineKind('controller.broker-gone', 'HA-25', {
  a: 'broker:node',
  beat: 'detection',
  say: {
    en: 'The connection of {a} to {node} is closed: the controller takes it for dead at once.',
    zh: '{a} 与 {node} 的连接关闭：Controller 立即认为它已宕机。',
  },
});
export const brokerExpired = defineKind('controller.broker-expired', 'HA-25', {
  a: 'broker:node',
  b: 'silent:us',
  beat: 'detection',
  say: {
    en: 'The scan of {node} finds that the last heartbeat of {a} is {b} old: it takes the broker for dead.',
    zh: '{node} 扫描发现 {a} 的最后一次心跳是 {b} 之前：认为该 Broker 已宕机。',
  },
});
export const masterMissing = defineKind('controller.master-missing', 'HA-25', {
  a: 'group:text',
  beat: 'detection',
  say: {
    en: '{node} looks at the groups again: the master of {a} does not live, another broker does.',
    zh: '{node} 再次检查各组：{a} 的主节点不在线，而组内还有 Broker 在线。',
  },
});
export const masterAskedFor = defineKind('controller.master-asked-for', 'HA-26', {
  a: 'broker:node',
  b: 'id:count',
  beat: 'action',
  say: {
    en: 'An administrator asks {node} to make {a}, id {b}, the master of its group (electMaster).',
    zh: '管理员请求 {node} 让 {a}（id {b}）成为其组的主节点（electMaster）。',
  },
});
export const masterElected = defineKind('controller.elected', 'HA-26', {
  a: 'broker:node',
  b: 'epoch:count',
  beat: 'role',
  say: {
    en: '{node} elects {a} as master of epoch {b}; its SyncStateSet begins with itself alone.',
    zh: '{node} 选举 {a} 为第 {b} 个 epoch 的主节点；SyncStateSet 从它自己一个开始。',
  },
});
export const masterElectedUnclean = defineKind('controller.elected-unclean', 'HA-26', {
  a: 'broker:node',
  b: 'epoch:count',
  beat: 'role',
  say: {
    en: 'Nobody of the SyncStateSet lives, and enableElectUncleanMaster lets {node} elect {a}, which was not in sync, as master of epoch {b}.',
    zh: 'SyncStateSet 中没有成员在线，enableElectUncleanMaster 允许 {node} 选举不同步的 {a} 为第 {b} 个 epoch 的主节点。',
  },
});
export const masterKept = defineKind('controller.master-kept', 'HA-26', {
  a: 'group:text',
  say: {
    en: '{node} finds the master of {a} alive after all and changes nothing.',
    zh: '{node} 发现 {a} 的主节点仍然在线，不做改变。',
  },
});
export const groupHeadless = defineKind('controller.headless', 'HA-26', {
  a: 'group:text',
  b: 'epoch:count',
  beat: 'role',
  say: {
    en: '{node} finds nobody of the SyncStateSet of {a} alive: no master in epoch {b}. The set is kept, and writes fail until one of it is back.',
    zh: '{node} 发现 {a} 的 SyncStateSet 中没有成员在线：第 {b} 个 epoch 没有主节点。集合保留，其中有成员回来之前写入失败。',
  },
});
export const brokersTold = defineKind('controller.notifies', 'HA-26', {
  a: 'brokers:count',
  b: 'epoch:count',
  say: {
    en: '{node} tells {a} live brokers of the group about epoch {b}, without waiting for an answer.',
    zh: '{node} 把第 {b} 个 epoch 通知组内 {a} 个在线的 Broker，不等响应。',
  },
});
export const setChanged = defineKind('syncset.changed', 'HA-27', {
  a: 'set:text',
  b: 'epoch:count',
  beat: 'role',
  say: {
    en: '{node} accepts the SyncStateSet {a}, number {b}.',
    zh: '{node} 接受 SyncStateSet {a}，编号 {b}。',
  },
});
export const setChangeRefused = defineKind('syncset.refused', 'HA-27', {
  a: 'broker:node',
  b: 'code:count',
  say: {
    en: '{node} refuses the SyncStateSet that {a} proposes, with code {b}: not the master, an old epoch, a dead member or nothing new.',
    zh: '{node} 拒绝 {a} 提议的 SyncStateSet，响应码 {b}：不是主节点、epoch 已旧、成员不在线或没有变化。',
  },
});
