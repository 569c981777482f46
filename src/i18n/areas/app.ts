import { area } from '../area';

/** The frame around the parts, and what is said when something cannot go on. */
export const app = area('app', {
  skip: { en: 'Skip to the cluster', zh: '跳到集群' },
  pages: { en: 'Pages', zh: '页面' },
  version: { en: 'RocketMQ {{version}}', zh: 'RocketMQ {{version}}' },
  compareVersions: { en: 'Compare versions', zh: '对比版本' },
  controls: { en: 'Controls', zh: '控制' },
  inspector: { en: 'Inspector', zh: '检查器' },
  cluster: { en: 'Cluster', zh: '集群' },
  openControls: { en: 'Open the controls', zh: '打开控制面板' },
  openInspector: { en: 'Open the inspector', zh: '打开检查器' },
  lower: { en: 'Charts and event log', zh: '图表与事件日志' },
  charts: { en: 'Charts', zh: '图表' },
  log: { en: 'Event log', zh: '事件日志' },
  restarted: {
    en: 'The engine died and was started again at the same moment. It is paused.',
    zh: '模拟引擎意外退出，已在同一时刻重新启动，现为暂停。',
  },
  gone: {
    en: 'The engine dies again and again: {{reason}}',
    zh: '模拟引擎反复退出：{{reason}}',
  },
  dismiss: { en: 'Dismiss', zh: '知道了' },
  preview: {
    en: 'A RocketMQ cluster at work, as the playground draws it',
    zh: '演练场中一个正在工作的 RocketMQ 集群',
  },
  noWorkersHint: {
    en: 'The simulation needs them. Any browser of the last years has them.',
    zh: '模拟需要它。近几年的浏览器都支持。',
  },
  again: { en: 'Try again', zh: '重试' },
});
