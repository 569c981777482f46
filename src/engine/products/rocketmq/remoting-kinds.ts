import { defineKind } from '../../core/kinds';

/** What the remoting of a process decides by itself. */
export const callTimedOut = defineKind('call.timed-out', 'CL-13', {
  a: 'peer:node',
  say: { en: '{node} hears nothing from {a} in time.', zh: '{node} 在时限内没有收到 {a} 的响应。' },
});
export const channelGivenUp = defineKind('channel.given-up', 'CL-13', {
  a: 'peer:node',
  say: {
    en: '{node} closes its channel to {a} because a call on it timed out; the next call connects anew.',
    zh: '{node} 因调用超时关闭与 {a} 的通道，下次调用会重新连接。',
  },
});
export const connectTimedOut = defineKind('connect.timed-out', 'CL-12', {
  a: 'peer:node',
  say: {
    en: '{node} gives up connecting to {a}: no answer at all.',
    zh: '{node} 放弃连接 {a}：没有任何回应。',
  },
});
export const callsFailedFast = defineKind('calls.failed-fast', 'CL-14', {
  a: 'peer:node',
  b: 'calls:count',
  say: {
    en: 'The channel to {a} closed, so {b} {b|request|requests} in flight of {node} {b|fails|fail} at once.',
    zh: '与 {a} 的通道关闭，{node} 在途的 {b} 个请求立即失败。',
  },
});
export const asyncExpired = defineKind('call.async-expired', 'CL-15', {
  a: 'peer:node',
  say: {
    en: "{node}'s scan finds an asynchronous call to {a} overdue.",
    zh: '{node} 的扫描发现发往 {a} 的异步请求已超时。',
  },
});
export const clientIdleClosed = defineKind('channel.idle-closed', 'CL-16', {
  a: 'peer:node',
  b: 'idle:us',
  say: {
    en: '{node} closes its channel to {a}: nothing was read or written for {b}.',
    zh: '{node} 关闭与 {a} 的通道：{b} 内没有任何读写。',
  },
});
export const brokerIdleClosed = defineKind('client.idle-closed', 'CL-21', {
  a: 'peer:node',
  b: 'idle:us',
  beat: 'detection',
  say: {
    en: '{node} closes the connection of {a}: no byte in {b}, so it takes the client for gone.',
    zh: '{node} 关闭 {a} 的连接：{b} 内没有一个字节，认定客户端已离开。',
  },
});
export const registryIdleClosed = defineKind('broker.idle-closed', 'NS-15', {
  a: 'peer:node',
  b: 'idle:us',
  beat: 'detection',
  say: {
    en: '{node} closes the connection of {a}: no byte in {b}.',
    zh: '{node} 关闭 {a} 的连接：{b} 内没有一个字节。',
  },
});
