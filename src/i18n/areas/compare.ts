import { area } from '../area';

/** Two versions of one run side by side. */
export const compare = area('compare', {
  title: { en: 'Compare versions', zh: '对比版本' },
  product: { en: 'RocketMQ {{version}}', zh: 'RocketMQ {{version}}' },
  same: {
    en: {
      one: 'Same scenario, same seed {{seed}}, same {{count}} action, both at {{time}}',
      other: 'Same scenario, same seed {{seed}}, same {{count}} actions, both at {{time}}',
    },
    zh: '同一场景、同一种子 {{seed}}、同样 {{count}} 个操作，都在 {{time}}',
  },
  sameNoAction: {
    en: 'Same scenario, same seed {{seed}}, no action, both at {{time}}',
    zh: '同一场景、同一种子 {{seed}}、没有操作，都在 {{time}}',
  },
  playing: { en: 'Playing both versions to {{time}}', zh: '正在把两个版本运行到 {{time}}' },
  progress: { en: 'Progress', zh: '进度' },
  again: { en: 'Compare at {{time}}', zh: '对比 {{time}} 时' },
  cancelled: { en: 'The comparison was cancelled.', zh: '对比已取消。' },
  failed: { en: 'The versions could not be compared: {{reason}}', zh: '无法对比两个版本：{{reason}}' },
  onlyDifferences: { en: 'Only differences', zh: '只看差异' },
  copyMarkdown: { en: 'Copy as Markdown', zh: '复制为 Markdown' },
  copyJson: { en: 'Copy both reports', zh: '复制两份报告' },
  copied: { en: 'Copied.', zh: '已复制。' },
  notCopied: { en: 'The browser did not allow copying.', zh: '浏览器不允许复制。' },

  table: { en: 'What the reports say', zh: '两份报告' },
  what: { en: 'what', zh: '项目' },
  thisRun: { en: 'this run', zh: '本次运行' },
  other: { en: 'the other version', zh: '另一版本' },
  difference: { en: 'difference', zh: '差异' },
  behind: { en: 'behind it', zh: '背后的规则' },
  behindHint: { en: 'what may stand behind it', zh: '可能的原因' },
  differ: {
    en: { one: '{{count}} of {{all}} differs', other: '{{count}} of {{all}} differ' },
    zh: '{{all}} 项中 {{count}} 项不同',
  },
  allEqual: {
    en: { one: '{{count}} line, equal', other: '{{count}} lines, all equal' },
    zh: '{{count}} 项全部相同',
  },
  summary: {
    en: { one: '{{count}} difference', other: '{{count}} differences' },
    zh: '{{count}} 处差异',
  },
  equalHidden: {
    en: { one: '{{count}} equal line is folded.', other: '{{count}} equal lines are folded.' },
    zh: '{{count}} 项相同，已折叠。',
  },
  sameReport: { en: 'Both versions give the same report.', zh: '两个版本给出相同的报告。' },
  sameReportHint: {
    en: {
      one: '{{count}} line was compared. What differs between the versions did not matter in this run up to this moment.',
      other:
        '{{count}} lines were compared. What differs between the versions did not matter in this run up to this moment.',
    },
    zh: '共对比 {{count}} 项。到这一刻为止，版本间的差异在本次运行中没有影响结果。',
  },
  firstLosses: { en: 'the first 100 losses of each', zh: '各取前 100 条丢失' },

  leftOut: { en: 'Left out to run in {{version}}', zh: '为在 {{version}} 中运行而略去' },
  leftOutHint: { en: '{{version}} has no such thing.', zh: '{{version}} 没有这些功能。' },
  changes: { en: 'Version changes at work here', zh: '在此起作用的版本变化' },
  noChanges: { en: 'No known change was at work.', zh: '没有已知的变化起作用。' },
  shownBy: { en: 'shown by', zh: '依据' },
  settings: { en: 'Defaults that differ and are in use', zh: '有差异且在用的默认值' },
  noKey: { en: 'no such key; it acts as {{value}}', zh: '没有此项；行为相当于 {{value}}' },
  oneSided: { en: 'Happened in one version only', zh: '只在一个版本中发生' },
  times: { en: '{{count}} ×', zh: '{{count}} 次' },
  ruleOf: { en: 'Rule {{rule}}', zh: '规则 {{rule}}' },
});
