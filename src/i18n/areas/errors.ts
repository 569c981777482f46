import { area } from '../area';

/** What stands where there is nothing yet, while something is under way, and when something cannot go on. */
export const errors = area('errors', {
  firstVisit: { en: 'Press K to cut the power of {{node}}.', zh: '按 K 给 {{node}} 断电。' },
  nothingSelected: { en: 'Select a node, a message or a verdict.', zh: '点选节点、消息或结论。' },
  nothingLost: {
    en: 'Nothing was lost in this run. Look for a way to lose one?',
    zh: '本次没有丢失。要找一种会丢的方式吗？',
  },
  lookForLoss: { en: 'Look for a way', zh: '去找一种' },
  emptyLane: { en: 'no messages yet', zh: '还没有消息' },
  emptyChart: { en: 'from the first event', zh: '从第一个事件开始' },
  starting: { en: 'Starting the engine', zh: '正在启动模拟' },
  replaying: {
    en: { one: 'replaying {{count}} event', other: 'replaying {{count}} events' },
    zh: '正在重放 {{count}} 个事件',
  },
  searching: {
    en: { one: 'None in {{count}} schedule so far', other: 'None in {{count}} schedules so far' },
    zh: '已查 {{count}} 个序列，尚未发现',
  },
  nothingFound: {
    en: 'None within this budget. That is not a proof about your cluster.',
    zh: '预算内未找到。这并不证明你的集群不会丢。',
  },
  engineStopped: {
    en: 'The engine stopped at {{time}}. Seed {{seed}}.',
    zh: '模拟停在 {{time}}，种子 {{seed}}。',
  },
  copyReport: { en: 'Copy the report', zh: '复制报告' },
  olderLink: {
    en: 'This link was made with model {{made}}; you are on {{now}}. Results may differ.',
    zh: '此链接来自模型 {{made}}，当前为 {{now}}，结果可能不同。',
  },
  brokenLink: {
    en: 'This link cannot be read: {{reason}}',
    zh: '无法读取此链接：{{reason}}',
  },
  noWorkers: { en: 'This browser cannot run Web Workers.', zh: '此浏览器不支持 Web Worker。' },
});
