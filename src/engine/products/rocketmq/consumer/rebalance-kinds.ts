import { defineKind } from '../../../core/kinds';

/** What a consumer's rebalancing decides. */

export const rebalanceRan = defineKind('rebalance.ran', 'CO-24', {
  a: 'since:us',
  say: {
    en: '{node} looks at its share of the queues, {a} after its last look.',
    zh: '{node} 重新计算自己应得的队列，距上次 {a}。',
  },
});
export const rebalancePostponed = defineKind('rebalance.postponed', 'CO-24', {
  a: 'wait:us',
  say: {
    en: '{node} is woken to rebalance but did so less than 1 s ago: it waits {a}.',
    zh: '{node} 被唤醒做重平衡，但距上次不足 1 s：再等 {a}。',
  },
});
export const rebalanceKept = defineKind('rebalance.kept', 'CO-25', {
  a: 'topic:text',
  say: {
    en: '{node} gets no list of members for {a} and keeps what it has.',
    zh: '{node} 没有得到 {a} 的成员列表，保持现有分配。',
  },
});
export const routeMissing = defineKind('rebalance.route-missing', 'CO-25', {
  a: 'topic:text',
  say: {
    en: '{node} knows no route of {a} and asks for it: queues that it learns of now wait for its next look.',
    zh: '{node} 没有 {a} 的路由，现在查询；由此得知的队列要等下一次重平衡才接手。',
  },
});
export const notAMember = defineKind('rebalance.not-a-member', 'CO-25', {
  a: 'topic:text',
  beat: 'assignment',
  say: {
    en: '{node} is not in the list of members that it got: it lets all queues of {a} go.',
    zh: '{node} 不在得到的成员列表中：放弃 {a} 的全部队列。',
  },
});
export const queueOwned = defineKind('queue.owned', 'CO-27', {
  a: 'queue:queue',
  b: 'offset:offset',
  beat: 'assignment',
  role: 'owned',
  say: { en: '{a} falls to {node}, which begins at offset {b}.', zh: '{a} 分给 {node}，从位点 {b} 开始。' },
});
export const queueReleased = defineKind('queue.released', 'CO-25', {
  a: 'queue:queue',
  b: 'cached:count',
  beat: 'assignment',
  role: 'released',
  say: {
    en: '{node} lets {a} go, with {b} {b|message|messages} in hand or waiting.',
    zh: '{node} 放弃 {a}，手上还有 {b} 条未完成。',
  },
});
export const queueShared = defineKind('queue.taken-while-held', 'CO-26', {
  a: 'queue:queue',
  b: 'other:node',
  beat: 'duplicate',
  say: {
    en: '{node} takes {a} while {b} still holds it: for a moment it has two owners.',
    zh: '{node} 接手 {a} 时 {b} 还没有放手：它暂时有两个拥有者。',
  },
});
export const consumerIdle = defineKind('consumer.idle', 'CO-28', {
  a: 'members:count',
  b: 'queues:count',
  beat: 'assignment',
  say: {
    en: '{node} gets nothing: {a} consumers, {b} {b|queue|queues}.',
    zh: '{node} 没有分到队列：{a} 个消费者，{b} 个队列。',
  },
});
export const memberGone = defineKind('member.gone', 'CO-29', {
  a: 'before:count',
  b: 'members:count',
  beat: 'detection',
  say: {
    en: '{node} sees {b} {b|member|members} where there were {a}: the queues of those who left are divided anew.',
    zh: '{node} 看到成员由 {a} 个变为 {b} 个：离开者的队列重新分配。',
  },
});
export const pullExpired = defineKind('queue.pull-expired', 'CO-10', {
  a: 'queue:queue',
  b: 'silent:us',
  beat: 'assignment',
  say: {
    en: '{node} has not pulled {a} for {b}: it drops the queue and takes it again.',
    zh: '{node} 已 {b} 没有拉取 {a}：放弃并重新获取该队列。',
  },
});
export const startStored = defineKind('start.from-stored', 'CO-32', {
  a: 'queue:queue',
  b: 'offset:offset',
  say: {
    en: '{node} begins {a} at the stored offset {b}: consumeFromWhere has no say.',
    zh: '{node} 从已保存的位点 {b} 开始消费 {a}：consumeFromWhere 不起作用。',
  },
});
export const startByConfig = defineKind('start.by-config', 'CO-30', {
  a: 'queue:queue',
  b: 'offset:offset',
  say: {
    en: 'No offset is stored for {a}: {node} begins at {b}, as consumeFromWhere says.',
    zh: '{a} 没有保存的位点：{node} 按 consumeFromWhere 从 {b} 开始。',
  },
});
export const startFailed = defineKind('start.failed', 'CO-30', {
  a: 'queue:queue',
  say: {
    en: '{node} cannot learn where {a} begins and leaves it for the next rebalance.',
    zh: '{node} 查不到 {a} 的起始位点，留给下一次重平衡。',
  },
});
export const startNeedsMaster = defineKind('start.needs-master', 'HA-17', {
  a: 'queue:queue',
  say: {
    en: 'Only a master is asked for the end of {a}, and {node} knows none.',
    zh: '{a} 的最大位点只能问主节点，而 {node} 没有它的地址。',
  },
});
