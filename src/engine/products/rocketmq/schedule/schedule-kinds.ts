import { defineKind } from '../../../core/kinds';

/** Messages that wait for their time on a broker. */
export const messageDelayed = defineKind('message.delayed', 'SC-2', {
  a: 'message:message',
  b: 'delay:us',
  beat: 'hop',
  say: {
    en: '{a} waits on {node} for {b}: it goes to SCHEDULE_TOPIC_XXXX, and its own topic and queue are kept as properties.',
    zh: '{a} 在 {node} 上延迟 {b}：先写入 SCHEDULE_TOPIC_XXXX，原 Topic 和队列保存在属性里。',
  },
});
export const levelClipped = defineKind('delay.level-clipped', 'SC-1', {
  a: 'message:message',
  b: 'level:count',
  say: {
    en: '{node} has no level as high as {a} asks for: it takes level {b}, the highest.',
    zh: '{a} 要求的延迟级别超出 {node} 的最大值：按最高的 {b} 级处理。',
  },
});
export const deliverTimeKept = defineKind('delay.deliver-time-kept', 'SC-3', {
  a: 'record:record',
  b: 'wait:us',
  say: {
    en: 'In its ConsumeQueue on {node} {a} has the time of delivery, {b} from now, where others have the hash of their tag.',
    zh: '{a} 在 {node} 的 ConsumeQueue 条目里，Tag 哈希的位置存的是投递时间：{b} 之后。',
  },
});
export const lookBooked = defineKind('delay.look-booked', 'SC-7', {
  a: 'level:count',
  b: 'behind:us',
  say: {
    en: 'The task of level {a} on {node} looks each 100 ms: its next look comes {b} behind the moment at which something is due.',
    zh: '{node} 上级别 {a} 的任务每 100 ms 检查一次：下一次检查在到期时刻之后 {b}。',
  },
});
export const delayOver = defineKind('delay.over', 'SC-4', {
  a: 'record:record',
  b: 'late:us',
  beat: 'hop',
  wakes: true,
  say: {
    en: 'The task of its level on {node} finds {a} due, {b} late, and puts it where it belongs.',
    zh: '{node} 上该级别的定时任务发现 {a} 已到期，晚了 {b}，把它写回原来的队列。',
  },
});
export const deliveryFailed = defineKind('delay.delivery-failed', 'SC-4', {
  a: 'record:record',
  say: {
    en: '{node} cannot store {a} now; its level tries again in 100 ms.',
    zh: '{node} 暂时写不进 {a}，该级别 100 ms 后再试。',
  },
});
export const overdueFound = defineKind('delay.overdue-found', 'SC-5', {
  a: 'messages:count',
  beat: 'recovery',
  say: {
    en: '{a} {a|message|messages} on {node} fell due while no master delivered {a|it: it comes|them: they come all} at once.',
    zh: '{node} 上有 {a} 条消息在没有主节点期间到期：现在一次性全部投递。',
  },
});
export const delayOffsetsWritten = defineKind('delay.offsets-written', 'SC-6', {
  a: 'levels:count',
  say: {
    en: '{node} writes delayOffset.json: how far {a} levels have been delivered.',
    zh: '{node} 写入 delayOffset.json：记录 {a} 个级别的投递进度。',
  },
});
export const deliveredAgain = defineKind('delay.delivered-again', 'SC-6', {
  a: 'messages:count',
  beat: 'duplicate',
  say: {
    en: "{node}'s delayOffset.json is behind: {a} {a|message that was|messages that were} delivered {a|is|are} delivered again.",
    zh: '{node} 的 delayOffset.json 落后于实际进度：{a} 条已投递的消息会再投递一次。',
  },
});
