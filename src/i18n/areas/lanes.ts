import { area } from '../area';

/** What stands apart from the queues: retries, delayed messages, half messages, what was given up. */
export const lanes = area('lanes', {
  retry: { en: 'Retries of {{group}}', zh: '{{group}} 的重试' },
  delay: { en: 'Delayed messages', zh: '延迟消息' },
  timer: { en: 'Timer messages', zh: '定时消息' },
  wheel: {
    en: 'each in its slot of the wheel until that is over',
    zh: '每条挂在时间轮的槽里，到点写回 Topic',
  },
  notHung: { en: '{{count}} not in the wheel yet', zh: '{{count}} 条尚未进入时间轮' },
  deadLetter: { en: 'Dead letters of {{group}}', zh: '{{group}} 的死信' },
  half: { en: 'Half messages', zh: '半消息' },
  discarded: { en: 'Half messages given up', zh: '放弃回查的半消息' },
  undecided: { en: '{{count}} undecided', zh: '{{count}} 条未决' },
  invisible: {
    en: 'Consumers cannot see them: they stand in another topic.',
    zh: '消费者看不到：它们存在另一个 Topic 下。',
  },
  askedIn: { en: 'asked in {{time}}', zh: '{{time}} 后回查' },
  asked: {
    en: { one: '{{key}} was asked about {{count}} time', other: '{{key}} was asked about {{count}} times' },
    zh: '{{key}} 已回查 {{count}} 次',
  },
  neverDecided: {
    en: 'Neither committed nor rolled back.',
    zh: '既未提交，也未回滚。',
  },
  waiting: { en: '{{count}} waiting', zh: '{{count}} 条等待' },
  ready: { en: '{{count}} ready', zh: '{{count}} 条可读' },
  readyZone: { en: 'ready', zh: '可读' },
  nextIn: { en: 'next in {{time}}', zh: '{{time}} 后到期' },
  parked: { en: '{{count}} parked', zh: '{{count}} 条' },
  empty: { en: 'nothing waits', zh: '没有等待的消息' },
  dueIn: { en: 'due in {{time}}', zh: '{{time}} 后到期' },
  overdue: { en: 'due now', zh: '已到期' },
  level: {
    en: 'level {{level}} ({{delay}}): {{count}}, next in {{time}}',
    zh: '级别 {{level}}（{{delay}}）：{{count}} 条，最近 {{time}} 后到期',
  },
  levelOver: {
    en: 'level {{level}} ({{delay}}): {{count}}, due now',
    zh: '级别 {{level}}（{{delay}}）：{{count}} 条，已到期',
  },
  failed: {
    en: { one: '{{key}} failed {{count}} time', other: '{{key}} failed {{count}} times' },
    zh: '{{key}} 失败 {{count}} 次',
  },
  sentAgain: { en: '{{count}} sent again', zh: '{{count}} 条已重投' },
  resentTo: {
    en: '{{key}} was sent again at {{time}} to {{topic}} q{{queue}} of {{broker}}',
    zh: '{{key}} 已于 {{time}} 重投到 {{broker}} 的 {{topic}} q{{queue}}',
  },
  resentMark: {
    en: 'sent again at {{time}} to {{topic}} q{{queue}} of {{broker}}',
    zh: '已于 {{time}} 重投到 {{broker}} 的 {{topic}} q{{queue}}',
  },
  staysDead: { en: 'The dead letter itself stays here.', zh: '死信本身仍留在这里。' },
  unread: {
    en: 'Nobody retries it. It can be sent again by hand.',
    zh: '不再重试，可以手动重新投递。',
  },
  soonest: { en: 'the {{count}} soonest are drawn', zh: '画出最早的 {{count}} 条' },
  newest: { en: 'the {{count}} newest are drawn', zh: '画出最新的 {{count}} 条' },
  several: { en: '{{first}}, and {{count}} more', zh: '{{first}}，另有 {{count}} 条' },
});
