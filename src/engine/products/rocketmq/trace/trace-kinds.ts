import { defineKind } from '../../../core/kinds';

/** The message trace of clients (TR-1): what they note, send, and lose. */

export const traceTopicMade = defineKind('trace.topic-made', 'TR-1', {
  a: 'queues:count',
  say: {
    en: '{node} has the topic RMQ_SYS_TRACE_TOPIC with {a} queue: traceTopicEnable is true.',
    zh: '{node} 带有 RMQ_SYS_TRACE_TOPIC，{a} 个队列：traceTopicEnable 为 true。',
  },
});
export const traceNoted = defineKind('trace.noted', 'TR-1', {
  a: 'message:message',
  b: 'type:text',
  say: {
    en: '{node} notes {b} of {a} in its trace queue: only in memory so far.',
    zh: '{node} 把 {a} 的 {b} 记入轨迹队列：此时只在内存里。',
  },
});
export const traceDiscarded = defineKind('trace.discarded', 'TR-1', {
  a: 'message:message',
  b: 'discarded:count',
  beat: 'result',
  say: {
    en: 'The trace queue of {node} is full (2048): what it notes of {a} is dropped, the {b}th so far.',
    zh: '{node} 的轨迹队列已满（2048）：{a} 的这条轨迹被丢弃，累计第 {b} 条。',
  },
});
export const traceSwitchedOff = defineKind('trace.switched-off', 'TR-1', {
  a: 'message:message',
  say: {
    en: '{node} notes nothing of {a}: the broker that stored it says traceOn=false.',
    zh: '{node} 不记录 {a} 的轨迹：存它的 Broker 说 traceOn=false。',
  },
});
export const traceFlushed = defineKind('trace.flushed', 'TR-1', {
  a: 'entries:count',
  b: 'left:count',
  say: {
    en: '{node} takes {a} {a|entry|entries} from its trace queue and sends {a|it|them}; {b} {b|stays|stay}.',
    zh: '{node} 从轨迹队列取出 {a} 条发送，剩下 {b} 条。',
  },
});
export const traceSent = defineKind('trace.sent', 'TR-1', {
  a: 'message:message',
  b: 'broker:node',
  say: {
    en: 'The inner producer of {node} sends {a} with trace data to {b}, asynchronously.',
    zh: '{node} 的内部生产者把带轨迹数据的 {a} 异步发给 {b}。',
  },
});
export const traceUnrouted = defineKind('trace.unrouted', 'TR-1', {
  a: 'entries:count',
  beat: 'result',
  say: {
    en: '{node} loses {a} trace {a|entry|entries}: no route leads to RMQ_SYS_TRACE_TOPIC. The application is not told.',
    zh: '{node} 丢失 {a} 条轨迹：RMQ_SYS_TRACE_TOPIC 没有路由。应用不会知道。',
  },
});
export const traceTooLarge = defineKind('trace.too-large', 'TR-1', {
  a: 'entries:count',
  b: 'size:bytes',
  beat: 'result',
  say: {
    en: '{node} loses {a} trace entries: together they have {b}, more than the 128000 bytes of its inner producer.',
    zh: '{node} 丢失 {a} 条轨迹：合起来 {b}，超过内部生产者的 128000 字节。',
  },
});
export const traceFailed = defineKind('trace.failed', 'TR-1', {
  a: 'entries:count',
  b: 'attempts:count',
  beat: 'result',
  say: {
    en: '{node} gives {a} trace {a|entry|entries} up after {b} {b|attempt|attempts}: one line in its log, nothing else.',
    zh: '{node} 尝试 {b} 次后放弃 {a} 条轨迹：只在日志里留下一行。',
  },
});
export const traceForgotten = defineKind('trace.forgotten', 'TR-1', {
  a: 'entries:count',
  beat: 'result',
  say: {
    en: '{a} trace {a|entry|entries} of {node} {a|was|were} only in its memory and {a|is|are} gone: the trace will not show what it did.',
    zh: '{node} 有 {a} 条轨迹只在内存里，已经丢失：轨迹里看不到它做过的这些事。',
  },
});
