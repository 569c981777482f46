import { area } from '../area';

/** The list of everything that happened. */
export const log = area('log', {
  title: { en: 'Event log', zh: '事件日志' },
  open: { en: 'Open the event log', zh: '打开事件日志' },
  node: { en: 'Node', zh: '节点' },
  allNodes: { en: 'all nodes', zh: '所有节点' },
  environment: { en: 'environment', zh: '环境' },
  rule: { en: 'Rule', zh: '规则' },
  ruleHint: { en: 'BR-12', zh: 'BR-12' },
  message: { en: 'Message', zh: '消息' },
  messageHint: { en: 'name or key', zh: '名称或 key' },
  unknownMessage: { en: 'no such message', zh: '没有这条消息' },
  text: { en: 'Text', zh: '文字' },
  textHint: { en: 'in a sentence or a type', zh: '句子或类型中的文字' },
  beatsOnly: { en: 'Beats only', zh: '仅节拍' },
  clear: { en: 'Clear filters', zh: '清除筛选' },
  older: { en: 'Show older', zh: '显示更早的' },
  fromStart: { en: 'from the start of the run', zh: '自运行开始' },
  count: { en: { one: '{{count}} line', other: '{{count}} lines' }, zh: '{{count}} 行' },
  nothing: { en: 'Nothing fits these filters up to now.', zh: '到此刻为止，没有符合筛选条件的记录。' },
  nothingYet: { en: 'Nothing has happened yet.', zh: '还没有发生任何事。' },
  copyLines: { en: 'Copy as JSON lines', zh: '复制为 JSON 行' },
  copiedLines: {
    en: { one: '{{count}} line copied', other: '{{count}} lines copied' },
    zh: '已复制 {{count}} 行',
  },
  goTo: { en: '{{rule}}, {{time}}, {{node}}: {{text}}', zh: '{{rule}}，{{time}}，{{node}}：{{text}}' },
  lines: { en: 'Entries', zh: '记录' },
});
