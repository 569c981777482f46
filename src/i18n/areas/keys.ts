import { area } from '../area';

/** What each key does, for the list of keys and for tooltips. */
export const keys = area('keys', {
  playPause: { en: 'play, pause', zh: '播放、暂停' },
  stepForward: { en: 'step one event', zh: '前进一个事件' },
  stepBack: { en: 'step back one event', zh: '后退一个事件' },
  nextBeat: { en: 'next beat', zh: '下一节拍' },
  previousBeat: { en: 'previous beat', zh: '上一节拍' },
  slowerFaster: { en: 'slower, faster (one third of a decade)', zh: '减速、加速（三分之一个数量级）' },
  pacing: { en: 'Story or Clock', zh: '故事或时钟' },
  startEnd: { en: 'start, last event', zh: '开头、最后一个事件' },
  fit: { en: 'fit the graph', zh: '适应窗口' },
  palette: { en: 'command palette', zh: '命令面板' },
  theme: { en: 'light or dark', zh: '浅色或深色' },
  nextNode: { en: 'next node, in reading order', zh: '按阅读顺序到下一个节点' },
  openInspector: { en: 'open in the inspector', zh: '在检查器中打开' },
  powerLoss: { en: 'power loss on the selected node', zh: '给选中的节点断电' },
  kill: { en: 'kill -9 on the selected node', zh: '对选中的节点执行 kill -9' },
  cut: { en: 'cut or restore the selected link', zh: '切断或恢复选中的链路' },
  heal: { en: 'restart or heal the selection', zh: '重启或恢复选中项' },
  backlog: { en: 'trigger a backlog', zh: '制造堆积' },
  why: { en: 'Why? for the newest loss', zh: '最近一次丢失的原因' },
  tabs: { en: 'inspector tabs', zh: '检查器标签页' },
  view: { en: 'see the cluster as the next node', zh: '换下一个节点的视角' },
  resetLayout: { en: 'reset the layout', zh: '恢复布局' },
  language: { en: 'English or Chinese', zh: '切换中英文' },
  present: { en: 'present', zh: '演示' },
  undo: { en: 'undo the last action', zh: '撤销上一个操作' },
  redo: { en: 'redo the action', zh: '恢复操作' },
  list: { en: 'list of keys', zh: '按键列表' },
  leave: { en: 'clear, close, leave', zh: '清除、关闭、离开' },

  // lesson
  answer: { en: 'answer', zh: '作答' },
  replay: { en: 'replay', zh: '重放' },
  next: { en: 'next', zh: '下一步' },

  // presenter
  step: { en: 'step', zh: '单步' },
  ask: { en: 'ask the class', zh: '向全班提问' },
  cutPower: { en: 'cut the power', zh: '断电' },
  blank: { en: 'blank', zh: '黑屏' },
  leavePresenter: { en: 'leave', zh: '离开' },

  // groups of the list
  inPlayground: { en: 'Playground', zh: '演练场' },
  inLesson: { en: 'Lesson', zh: '课程' },
  inPresenter: { en: 'Presenter', zh: '演示' },
  singleOff: {
    en: 'Single-letter keys can be switched off in settings and are inactive while typing.',
    zh: '单字母按键可在设置中关闭，输入时不生效。',
  },
});

/** The caps of one action: keys pressed together, and other ways to press it. */
export interface KeyRow {
  readonly does: keyof typeof keys.texts;
  readonly caps: readonly (readonly string[])[];
}

/** The keys of each place, in the order of the list. */
export const KEY_MAP: Readonly<Record<'inPlayground' | 'inLesson' | 'inPresenter', readonly KeyRow[]>> = {
  inPlayground: [
    { does: 'playPause', caps: [['Space']] },
    { does: 'stepForward', caps: [['→']] },
    { does: 'stepBack', caps: [['←']] },
    { does: 'nextBeat', caps: [['Shift', '→']] },
    { does: 'previousBeat', caps: [['Shift', '←']] },
    { does: 'slowerFaster', caps: [['['], [']']] },
    { does: 'pacing', caps: [['S']] },
    { does: 'startEnd', caps: [['Home'], ['End']] },
    { does: 'fit', caps: [['F']] },
    { does: 'palette', caps: [['/']] },
    { does: 'theme', caps: [['T']] },
    { does: 'nextNode', caps: [['Tab']] },
    { does: 'openInspector', caps: [['Enter']] },
    { does: 'powerLoss', caps: [['K']] },
    { does: 'kill', caps: [['Shift', 'K']] },
    { does: 'cut', caps: [['X']] },
    { does: 'heal', caps: [['R']] },
    { does: 'backlog', caps: [['G']] },
    { does: 'why', caps: [['W']] },
    { does: 'tabs', caps: [['1'], ['2'], ['3'], ['4']] },
    { does: 'view', caps: [['V']] },
    { does: 'resetLayout', caps: [['0']] },
    { does: 'language', caps: [['L']] },
    { does: 'present', caps: [['P']] },
    { does: 'undo', caps: [['Ctrl', 'Z']] },
    { does: 'redo', caps: [['Ctrl', 'Shift', 'Z']] },
    { does: 'list', caps: [['?']] },
    { does: 'leave', caps: [['Esc']] },
  ],
  inLesson: [
    { does: 'answer', caps: [['A'], ['B'], ['C'], ['D']] },
    { does: 'replay', caps: [['R']] },
    { does: 'next', caps: [['→']] },
  ],
  inPresenter: [
    { does: 'step', caps: [['←'], ['→']] },
    { does: 'playPause', caps: [['Space']] },
    { does: 'ask', caps: [['P']] },
    { does: 'cutPower', caps: [['K']] },
    { does: 'blank', caps: [['B']] },
    { does: 'language', caps: [['L']] },
    { does: 'leavePresenter', caps: [['Esc']] },
  ],
};
