import { area } from '../area';

/** Keys, legend, glossary, settings, hints and the command palette. */
export const help = area('help', {
  help: { en: 'Help', zh: '帮助' },
  keys: { en: 'Keys', zh: '按键' },
  legend: { en: 'Legend', zh: '图例' },
  glossary: { en: 'Terms', zh: '术语' },
  settings: { en: 'Settings', zh: '设置' },
  does: { en: 'Does', zh: '作用' },

  theme: { en: 'Theme', zh: '主题' },
  system: { en: 'as the system', zh: '跟随系统' },
  light: { en: 'light', zh: '浅色' },
  dark: { en: 'dark', zh: '深色' },
  language: { en: 'Language', zh: '语言' },
  motion: { en: 'Motion', zh: '动态' },
  reduced: { en: 'reduced', zh: '减少' },
  full: { en: 'full', zh: '完整' },
  motionMeans: {
    en: 'Reduced: no travel. The picture goes from beat to beat, one a second.',
    zh: '减少：没有移动动画，画面每秒前进一个节拍。',
  },
  singleKeys: { en: 'Single-letter keys', zh: '单字母按键' },
  hintsAgain: { en: 'Show the hints again', zh: '重新显示提示' },

  palette: { en: 'Commands', zh: '命令' },
  paletteHint: { en: 'Command, scenario, node or message', zh: '命令、场景、节点或消息' },
  nothingFound: { en: 'Nothing fits.', zh: '没有符合的项。' },
  commands: { en: 'Commands', zh: '命令' },
  scenarios: { en: 'Scenarios', zh: '场景' },
  nodes: { en: 'Nodes', zh: '节点' },
  messages: { en: 'Messages', zh: '消息' },
  openScenarios: { en: 'open the scenarios, build a cluster', zh: '打开场景列表、搭建集群' },
  openLog: { en: 'open the event log', zh: '打开事件日志' },
  openCharts: { en: 'open the charts', zh: '打开图表' },
  shareLink: { en: 'share this run', zh: '分享这次运行' },
  exportFile: { en: 'download the scenario', zh: '下载场景' },
  openSettings: { en: 'open the settings', zh: '打开设置' },
  openGlossary: { en: 'open the terms', zh: '打开术语' },
  goTo: { en: 'go to {{time}}', zh: '跳到 {{time}}' },
  wipeWritePerm: {
    en: 'wipeWritePerm: close {{name}} for writing',
    zh: 'wipeWritePerm：去掉 {{name}} 的写权限',
  },
  addWritePerm: { en: 'addWritePerm: open {{name}} for writing', zh: 'addWritePerm：恢复 {{name}} 的写权限' },
  messageKey: { en: '{{name}} · key {{key}}', zh: '{{name}} · key {{key}}' },

  hintWhy: { en: 'Messages are gone. Press W to see why.', zh: '有消息丢失。按 W 看原因。' },
  hintBack: {
    en: '← goes back one event, and the line below goes anywhere.',
    zh: '按 ← 后退一个事件，下方的时间线可到任意时刻。',
  },
  dismissHint: { en: 'Hide this hint', zh: '隐藏此提示' },

  copies: { en: 'Where copies live', zh: '副本在哪' },
  marks: { en: 'Marks of the timeline', zh: '时间线上的标记' },
  hatches: { en: 'Hatches', zh: '纹理' },
  hatchVolatile: { en: 'in the page cache, not flushed', zh: '在页缓存中，未刷盘' },
  hatchSlave: { en: 'on the slave, not on its disk yet', zh: '在从节点，尚未落盘' },
  hatchLost: { en: 'lost', zh: '丢失' },
  hatchDots: { en: 'cannot serve', zh: '不能提供服务' },
  rows: {
    en: 'Three rows: M page cache, D disk, S slave. A filled row is a copy.',
    zh: '三行：M 页缓存、D 磁盘、S 从节点。填满的一行就是一份副本。',
  },
});
