import type { Localized } from '../view';

/** The parts of a comparison, in the order of reading. */
export const sectionWords = {
  verdict: { en: 'Verdict of each judge', zh: '各项判定' },
  messages: { en: 'Messages', zh: '消息' },
  sends: { en: 'What senders were told', zh: '发送方得到的答复' },
  latency: { en: 'Latency and outage', zh: '延迟与不可用' },
  groups: { en: 'Consumer groups', zh: '消费组' },
  losses: { en: 'Losses by why', zh: '丢失与原因' },
  brokers: { en: 'Brokers', zh: 'Broker' },
  routes: { en: 'Routes of the name servers', zh: 'NameServer 的路由' },
  queues: { en: 'Queues and offsets', zh: '队列与位点' },
} satisfies Record<string, Localized>;
export type SectionWord = keyof typeof sectionWords;

/** What a row is about. Names that the product or the judges gave stay as they are. */
export const rowWords = {
  judge: { en: 'judge', zh: '判定' },
  sent: { en: 'sent', zh: '已发送' },
  acknowledged: { en: 'acknowledged (SEND_OK)', zh: '已确认（SEND_OK）' },
  stored: { en: 'stored', zh: '已存储' },
  delivered: { en: 'delivered, each once', zh: '已投递（每条计一次）' },
  lost: { en: 'acknowledged & lost', zh: '已确认却丢失' },
  consumedBefore: { en: 'of these consumed before', zh: '其中丢失前已消费' },
  stranded: { en: 'stranded', zh: '滞留' },
  unavailable: { en: 'unavailable', zh: '不可用' },
  duplicates: { en: 'duplicates', zh: '重复' },
  orderViolations: { en: 'order violations', zh: '乱序' },
  unresolved: { en: 'half, unresolved', zh: '半消息未决' },
  effectsOnce: { en: 'business done once', zh: '业务恰好一次' },
  effectsDoubled: { en: 'business done twice', zh: '业务做了两次' },
  effectsLost: { en: 'business never done', zh: '业务没有做' },
  balanced: { en: 'ledger balanced', zh: '账目平衡' },
  failed: { en: 'failed (an exception)', zh: '失败（异常）' },
  oneway: { en: 'oneway', zh: '单向' },
  inFlight: { en: 'no reply yet', zh: '尚未应答' },
  attempts: { en: 'attempts', zh: '尝试次数' },
  sendP50: { en: 'send, p50', zh: '发送 p50' },
  sendP99: { en: 'send, p99', zh: '发送 p99' },
  endToEndP50: { en: 'born to consumed, p50', zh: '从产生到消费 p50' },
  endToEndP99: { en: 'born to consumed, p99', zh: '从产生到消费 p99' },
  sendOutage: { en: 'longest time a queue took no sends', zh: '单个队列最长不可写' },
  sendOutageShare: { en: 'queues that took no sends for a time', zh: '曾不可写的队列' },
  receiveOutage: { en: 'longest time a queue gave nothing', zh: '单个队列最长不可读' },
  receiveOutageShare: { en: 'queues that gave nothing for a time', zh: '曾不可读的队列' },
  lag: { en: 'lag', zh: '堆积' },
  deliveries: { en: 'deliveries', zh: '投递次数' },
  distinct: { en: 'messages delivered', zh: '投递的消息' },
  retries: { en: 'retries', zh: '重试' },
  deadLettered: { en: 'dead letters', zh: '死信' },
  passedOver: { en: 'passed over', zh: '被跳过' },
  lostWay: { en: 'lost', zh: '丢失' },
  lostConsumed: { en: 'lost after they were consumed', zh: '消费之后丢失' },
  state: { en: 'state', zh: '状态' },
  appended: { en: 'records in the log', zh: '日志中的记录' },
  flushed: { en: 'of these on disk', zh: '其中已刷盘' },
  replicated: { en: 'of these on a follower', zh: '其中已复制' },
  cpu: { en: 'CPU busy', zh: 'CPU 占用' },
  diskBusy: { en: 'disk busy', zh: '磁盘占用' },
  binding: { en: 'what limits it', zh: '瓶颈' },
  committed: { en: 'commit offset', zh: '消费位点' },
  maxOffset: { en: 'max offset', zh: '最大位点' },
  holds: { en: 'holds', zh: '持有' },
} satisfies Record<string, Localized>;
export type RowWord = keyof typeof rowWords;

/** Values that are words. */
export const cellWords = {
  holds: { en: 'holds', zh: '成立' },
  broken: { en: 'broken', zh: '被打破' },
  yes: { en: 'yes', zh: '是' },
  no: { en: 'no', zh: '否' },
  up: { en: 'up', zh: '运行' },
  down: { en: 'down', zh: '停机' },
  recovering: { en: 'recovering', zh: '恢复中' },
  starting: { en: 'starting', zh: '启动中' },
  stopping: { en: 'stopping', zh: '停止中' },
  frozen: { en: 'frozen', zh: '停顿中' },
  none: { en: 'nothing', zh: '无' },
  cpu: { en: 'CPU', zh: 'CPU' },
  disk: { en: 'disk', zh: '磁盘' },
} satisfies Record<string, Localized>;
export type CellWord = keyof typeof cellWords;
