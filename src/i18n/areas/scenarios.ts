import { area } from '../area';

/** Choosing, bringing in, taking out and resetting a scenario. */
export const scenarios = area('scenarios', {
  scenarios: { en: 'Scenarios', zh: '场景' },
  choose: { en: 'Choose a scenario', zh: '选择场景' },
  current: { en: 'running', zh: '运行中' },
  preset: { en: 'built-in {{number}}', zh: '内置 {{number}}' },
  own: { en: 'own file', zh: '自有文件' },
  changed: { en: { one: '{{count}} action', other: '{{count}} actions' }, zh: '{{count}} 个操作' },
  unchanged: { en: 'no action yet', zh: '还没有操作' },
  begin: { en: 'Load', zh: '载入' },
  beginOf: { en: 'Load: {{title}}', zh: '载入：{{title}}' },
  firstAction: { en: 'Do first', zh: '先试试' },
  doIt: { en: 'Do it', zh: '执行' },
  dismiss: { en: 'Hide this suggestion', zh: '隐藏此建议' },

  file: { en: 'File', zh: '文件' },
  open: { en: 'Open a file', zh: '打开文件' },
  paste: { en: 'Paste a scenario', zh: '粘贴场景' },
  pasteHint: { en: 'The text of a scenario file', zh: '场景文件的内容' },
  loadPasted: { en: 'Load the text', zh: '载入文本' },
  export: { en: 'Download with all actions', zh: '下载（含所有操作）' },
  resetAll: { en: 'Reset to the start, without actions', zh: '重置到开头，不含操作' },
  undoLast: { en: 'Undo the last action', zh: '撤销上一个操作' },
  refused: {
    en: 'This file was not loaded. The cluster above goes on.',
    zh: '文件未载入，当前集群继续运行。',
  },
  path: { en: 'Place', zh: '位置' },
  wholeFile: { en: 'the whole file', zh: '整个文件' },
  found: { en: 'Found', zh: '实际' },
  expected: { en: 'Expected', zh: '应为' },
  remedy: { en: 'Remedy', zh: '改法' },
  version: { en: 'Version', zh: '版本' },
  versionAgain: {
    en: 'Another version runs the same scenario and the same actions again from the start.',
    zh: '切换版本后，同一场景、同样的操作会从头再运行一次。',
  },
  leftOut: {
    en: {
      one: '{{version}} has not {{count}} part of it:',
      other: '{{version}} has not {{count}} parts of it:',
    },
    zh: '{{version}} 没有以下 {{count}} 项：',
  },
  notes: { en: 'Worth knowing', zh: '值得留意' },
  tooLarge: {
    en: 'The file has {{size}}; at most {{max}} are read.',
    zh: '文件有 {{size}}，最多读取 {{max}}。',
  },
});
