import { area } from '../area';

/** What stands where there is nothing yet, while something is under way, and when something cannot go on. */
export const errors = area('errors', {
  firstVisit: { en: 'Press K to cut the power of {{node}}.', zh: '按 K 给 {{node}} 断电。' },
  nothingSelected: { en: 'Select a node, a message or a verdict.', zh: '点选节点、消息或结论。' },
  nothingLost: {
    en: 'Nothing was lost in this run. Other scenarios lose messages.',
    zh: '本次没有丢失。别的场景会丢消息。',
  },
  chooseScenario: { en: 'Choose a scenario', zh: '选择场景' },
  emptyLane: { en: 'no messages yet', zh: '还没有消息' },
  emptyChart: { en: 'from the first event', zh: '从第一个事件开始' },
  starting: { en: 'Starting the engine', zh: '正在启动模拟' },
  replaying: {
    en: { one: 'replaying {{count}} event', other: 'replaying {{count}} events' },
    zh: '正在重放 {{count}} 个事件',
  },
  engineStopped: {
    en: 'The engine stopped at {{time}}. Seed {{seed}}.',
    zh: '模拟停在 {{time}}，种子 {{seed}}。',
  },
  copyReport: { en: 'Copy the report', zh: '复制报告' },
  brokenLink: {
    en: 'This link cannot be read: {{reason}}',
    zh: '无法读取此链接：{{reason}}',
  },
  noWorkers: { en: 'This browser cannot run Web Workers.', zh: '此浏览器不支持 Web Worker。' },
});
