import { defineKind } from '../../../core/kinds';

/** Messages that wait for a moment of their own: the timer wheel of version 5. */
export const timerSet = defineKind('timer.set', 'SC-9', {
  a: 'message:message',
  b: 'wait:us',
  beat: 'hop',
  say: {
    en: '{a} waits on {node} in rmq_sys_wheel_timer: its moment is rounded down, to a slot {b} from now.',
    zh: '{a} 在 {node} 的 rmq_sys_wheel_timer 里等待：投递时间向下取整，对应的槽在 {b} 之后。',
  },
});
export const timerPast = defineKind('timer.past', 'SC-8', {
  a: 'message:message',
  say: {
    en: 'The moment that {a} asks for is not ahead: {node} stores it like any other message.',
    zh: '{a} 要求的时间已到：{node} 把它当普通消息存储。',
  },
});
export const timerTooFar = defineKind('timer.too-far', 'SC-8', {
  a: 'message:message',
  b: 'ahead:us',
  beat: 'result',
  say: {
    en: '{node} refuses {a}: {b} ahead is further than timerMaxDelaySec.',
    zh: '{node} 拒绝 {a}：延迟 {b} 超过 timerMaxDelaySec。',
  },
});
export const timerWheelOff = defineKind('timer.wheel-off', 'SC-8', {
  a: 'message:message',
  beat: 'result',
  say: {
    en: '{node} refuses {a}: it has no timer wheel (timerWheelEnable=false).',
    zh: '{node} 拒绝 {a}：没有启用时间轮（timerWheelEnable=false）。',
  },
});
export const timerIgnored = defineKind('timer.ignored', 'SC-8', {
  a: 'message:message',
  say: {
    en: '{a} has a delay level as well: {node} goes by the level and drops the timer.',
    zh: '{a} 同时设了延迟级别：{node} 以级别为准，忽略定时。',
  },
});
export const timerInBatch = defineKind('timer.in-batch', 'SC-8', {
  a: 'message:message',
  b: 'messages:count',
  say: {
    en: 'The timers of a batch of {b} messages from {a} on stand where {node} does not look: they are stored at once.',
    zh: '从 {a} 起的 {b} 条批量消息，定时属性写在 {node} 不会检查的地方：立即存储。',
  },
});
export const halfHung = defineKind('timer.half-hung', 'SC-8', {
  a: 'message:message',
  b: 'forgotten:queue',
  beat: 'detection',
  say: {
    en: '{a} is a half message: {node} notes RMQ_SYS_TRANS_HALF_TOPIC as the place where it belongs, over {b}, which nothing names any more.',
    zh: '{a} 是半消息：{node} 把 RMQ_SYS_TRANS_HALF_TOPIC 记成它的目的地，覆盖了 {b}，从此没有任何地方记着 {b}。',
  },
});
export const timerEnqueued = defineKind('timer.enqueued', 'SC-10', {
  a: 'record:record',
  b: 'slot:us',
  say: {
    en: '{node} notes {a} in its TimerLog and hangs it into the slot of the wheel that is due in {b}.',
    zh: '{node} 把 {a} 记入 TimerLog，挂到时间轮上 {b} 后到期的槽。',
  },
});
export const timerParked = defineKind('timer.parked', 'SC-10', {
  a: 'record:record',
  b: 'first:us',
  say: {
    en: '{a} is further ahead than timerRollWindowSlot: {node} parks it for {b} and then looks again.',
    zh: '{a} 超出 timerRollWindowSlot：{node} 先让它等 {b}，再重新计算。',
  },
});
export const timerRolled = defineKind('timer.rolled', 'SC-10', {
  a: 'record:record',
  beat: 'hop',
  say: {
    en: 'The part of its time that {a} was parked for is over: {node} puts it into the wheel again.',
    zh: '{a} 的一段等待结束：{node} 把它重新放入时间轮。',
  },
});
export const timerDue = defineKind('timer.due', 'SC-9', {
  a: 'record:record',
  b: 'behind:us',
  beat: 'hop',
  wakes: true,
  say: {
    en: '{node} comes to the slot of {a}, {b} behind its second, and puts it where it belongs.',
    zh: '{node} 处理到 {a} 所在的槽，比该秒结束晚 {b}，把它写回原来的队列。',
  },
});
export const halfDue = defineKind('timer.half-due', 'SC-8', {
  a: 'record:record',
  b: 'behind:us',
  beat: 'hop',
  say: {
    en: '{node} comes to the slot of {a}, {b} behind its second, and puts it where it believes that it belongs: into RMQ_SYS_TRANS_HALF_TOPIC, as a half message that nobody has ended.',
    zh: '{node} 处理到 {a} 所在的槽，比该秒结束晚 {b}，把它写到它以为的目的地 RMQ_SYS_TRANS_HALF_TOPIC，成为一条没有了结的半消息。',
  },
});
export const timerFailed = defineKind('timer.delivery-failed', 'SC-9', {
  a: 'record:record',
  say: {
    en: '{node} cannot store {a} now; it tries again in 500 ms, and the slots behind it wait.',
    zh: '{node} 暂时写不进 {a}，500 ms 后再试，后面的槽都等着。',
  },
});
export const wheelRebuilt = defineKind('timer.wheel-rebuilt', 'SC-10', {
  a: 'messages:count',
  b: 'again:count',
  beat: 'recovery',
  say: {
    en: '{node} goes on from the checkpoint of its wheel: {a} {a|message waits|messages wait} in it, and {b} {b|lies|lie} behind its last enqueued one.',
    zh: '{node} 从时间轮的检查点继续：轮上有 {a} 条消息，另有 {b} 条在最后入轮的消息之后。',
  },
});
