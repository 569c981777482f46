import { formatDurationUs, formatNumber } from '../format/number';

export type UiLang = 'en' | 'zh';

/** The few words that the parts themselves draw or say. Everything else reaches them as props. */
export interface UiWords {
  readonly bytes: string;
  readonly pageCache: string;
  readonly disk: string;
  readonly slave: string;
  readonly wiped: string;
  readonly diskFull: string;
  readonly appended: string;
  readonly flushed: string;
  readonly replicated: string;
  readonly notFlushed: (count: number) => string;
  readonly slaveOnly: (count: number) => string;
  readonly lost: (count: number) => string;
  readonly perColumn: (count: number) => string;
  readonly message: (ordinal: number) => string;

  readonly noMessages: string;
  readonly max: string;
  readonly lag: string;
  readonly committedToMax: string;
  readonly committed: (group: string, offset: number) => string;
  readonly lagOf: (count: number) => string;
  readonly lockedBy: (holder: string, leftUs: number) => string;
  readonly unlocked: string;

  readonly timeline: string;
  readonly later: (durationUs: number) => string;
  readonly folded: (durationUs: number) => string;

  readonly inFlight: string;
  readonly cacheOnly: string;
  readonly cacheAndSlave: string;
  readonly onDisk: string;
  readonly diskAndSlave: string;
  readonly diskOnlyCold: string;
  readonly diskAndSlaveCold: string;
  readonly slaveOnlyState: string;
  readonly lostState: string;
  readonly half: string;
  readonly delayed: string;
  readonly retry: (attempt: number) => string;
  readonly deadLetter: string;
  readonly duplicate: string;
  readonly outOfOrder: string;
  readonly consumed: string;
  readonly slaveUnflushed: string;

  readonly close: string;
  readonly of: (part: string, whole: string) => string;
}

const plural = (count: number, one: string, many: string) =>
  `${formatNumber(count)} ${count === 1 ? one : many}`;

const en: UiWords = {
  bytes: 'bytes',
  pageCache: 'page cache',
  disk: 'disk',
  slave: 'slave',
  wiped: 'wiped',
  diskFull: 'disk full',
  appended: 'appended',
  flushed: 'flushed',
  replicated: 'replicated',
  notFlushed: (count) => `${formatNumber(count)} not flushed`,
  slaveOnly: (count) => `${formatNumber(count)} on the slave only`,
  lost: (count) => `${formatNumber(count)} lost`,
  perColumn: (count) => `1 column = ${plural(count, 'message', 'messages')}`,
  message: (ordinal) => `Message ${formatNumber(ordinal)}`,

  noMessages: 'no messages yet',
  max: 'max',
  lag: 'lag',
  committedToMax: 'committed to max = lag',
  committed: (group, offset) => `${group} committed ${formatNumber(offset)}`,
  lagOf: (count) => `lag ${formatNumber(count)}`,
  lockedBy: (holder, leftUs) => `locked by ${holder}, ${formatDurationUs(leftUs)} left`,
  unlocked: 'not locked',

  timeline: 'Timeline',
  later: (durationUs) => `⋯ ${formatDurationUs(durationUs)} later`,
  folded: (durationUs) => `⋯ ${formatDurationUs(durationUs)}`,

  inFlight: 'in flight',
  cacheOnly: 'page cache only',
  cacheAndSlave: 'page cache and slave',
  onDisk: 'on disk',
  diskAndSlave: 'disk and slave',
  diskOnlyCold: 'on disk, cache cold',
  diskAndSlaveCold: 'disk and slave, cache cold',
  slaveOnlyState: 'slave only',
  lostState: 'lost',
  half: 'half message',
  delayed: 'delayed',
  retry: (attempt) => `retry ${formatNumber(attempt)}`,
  deadLetter: 'dead letter',
  duplicate: 'duplicate',
  outOfOrder: 'out of order',
  consumed: 'consumed',
  slaveUnflushed: 'not flushed on the slave',

  close: 'Close',
  of: (part, whole) => `${part} of ${whole}`,
};

const zh: UiWords = {
  bytes: '字节',
  pageCache: '页缓存',
  disk: '磁盘',
  slave: '从节点',
  wiped: '已清空',
  diskFull: '磁盘已满',
  appended: '已追加',
  flushed: '已刷盘',
  replicated: '已复制',
  notFlushed: (count) => `${formatNumber(count)} 条未刷盘`,
  slaveOnly: (count) => `${formatNumber(count)} 条仅在从节点`,
  lost: (count) => `丢失 ${formatNumber(count)} 条`,
  perColumn: (count) => `1 列 = ${formatNumber(count)} 条`,
  message: (ordinal) => `第 ${formatNumber(ordinal)} 条消息`,

  noMessages: '还没有消息',
  max: '最大',
  lag: '堆积',
  committedToMax: '提交位点到最大位点 = 堆积',
  committed: (group, offset) => `${group} 已提交到 ${formatNumber(offset)}`,
  lagOf: (count) => `堆积 ${formatNumber(count)}`,
  lockedBy: (holder, leftUs) => `由 ${holder} 锁定，剩 ${formatDurationUs(leftUs)}`,
  unlocked: '未加锁',

  timeline: '时间线',
  later: (durationUs) => `⋯ ${formatDurationUs(durationUs)} 后`,
  folded: (durationUs) => `⋯ ${formatDurationUs(durationUs)}`,

  inFlight: '在途',
  cacheOnly: '仅页缓存',
  cacheAndSlave: '页缓存与从节点',
  onDisk: '已落盘',
  diskAndSlave: '磁盘与从节点',
  diskOnlyCold: '仅磁盘，缓存已冷',
  diskAndSlaveCold: '磁盘与从节点，缓存已冷',
  slaveOnlyState: '仅从节点',
  lostState: '丢失',
  half: '半消息',
  delayed: '延迟中',
  retry: (attempt) => `第 ${formatNumber(attempt)} 次重试`,
  deadLetter: '死信',
  duplicate: '重复',
  outOfOrder: '乱序',
  consumed: '已消费',
  slaveUnflushed: '从节点未刷盘',

  close: '关闭',
  of: (part, whole) => `${part}（共 ${whole}）`,
};

export const UI_WORDS: Readonly<Record<UiLang, UiWords>> = { en, zh };
