import { area } from '../area';

/** What the keys of delayed messages, transactions, pop and consumer groups do on brokers, and of topics. */
export const messageKeys = area('config-keys-messages', {
  // delays
  messageDelayLevel: {
    en: 'The delays of the levels, from level 1 on. Retries use them too, from level 3.',
    zh: '各延时级别的时长，从 1 级开始。重试也用它们，从 3 级开始。',
  },
  flushDelayOffsetInterval: {
    en: 'The broker writes to delayOffset.json this often how far each level is delivered; a crash delivers again what came since.',
    zh: 'Broker 把各级别的投递进度写入 delayOffset.json 的周期，崩溃后其间的消息会重复投递。',
  },
  timerWheelEnable: {
    en: 'Runs the timer wheel. Off, messages with a timer and pops are refused.',
    zh: '运行时间轮。关闭时拒绝定时消息和 pop 请求。',
  },
  timerPrecisionMs: {
    en: 'Width of a slot of the timer wheel: the time of delivery is rounded down to it.',
    zh: '时间轮一格的宽度，投递时间向下取整到它的倍数。',
  },
  timerRollWindowSlot: {
    en: 'Slots that the wheel looks ahead. A message farther away goes round again.',
    zh: '时间轮向前覆盖的格数，更远的消息到时再放一轮。',
  },
  timerMaxDelaySec: {
    en: 'Seconds ahead beyond which a message with a timer is refused.',
    zh: '定时消息最多提前多少秒，超过则拒绝。',
  },

  // transactions
  transactionTimeOut: {
    en: 'The age from which a half message is asked about. It rolls nothing back.',
    zh: '半消息存在多久之后才开始回查。到时并不会回滚。',
  },
  transactionCheckMax: {
    en: 'Checks after which a half message is given up: it is set aside and never delivered.',
    zh: '回查达到此次数的半消息被放弃：移到一边，不再投递。',
  },
  transactionCheckInterval: {
    en: 'How often the broker looks for half messages to ask about.',
    zh: 'Broker 查找需要回查的半消息的周期。',
  },
  transactionOpMsgMaxSize: {
    en: 'Ends of transactions are gathered in memory until they fill so many bytes.',
    zh: '事务的结束标记先攒在内存，满这么多字节就写入。',
  },
  transactionOpBatchInterval: {
    en: 'Ends of transactions are gathered in memory for this long at most; a crash forgets them and asks again.',
    zh: '事务的结束标记最多在内存攒这么久，崩溃会忘掉它们并重新回查。',
  },
  rejectTransactionMessage: {
    en: 'Refuses half messages with NO_PERMISSION.',
    zh: '拒绝半消息，返回 NO_PERMISSION。',
  },

  // pop
  popPollingSize: {
    en: 'Pops without a message that one topic, group and queue may hold; one more is answered POLLING_FULL.',
    zh: '同一 Topic、消费组和队列上可挂起的 pop 请求数，超出的回复 POLLING_FULL。',
  },
  maxPopPollingSize: {
    en: 'Pops without a message that the broker may hold in all.',
    zh: '整个 Broker 可挂起的 pop 请求总数。',
  },
  popFromRetryProbability: {
    en: 'Share of pops, in percent, that read the retry topic first; the others read it last, if there is room.',
    zh: '先读重试 Topic 的 pop 请求的百分比，其余的在有余量时最后才读它。',
  },
  reviveQueueNum: {
    en: 'Queues of the revive topic, where pops and their acks are noted; each has one thread.',
    zh: 'revive Topic 的队列数，pop 与 ack 记录在其中，每个队列一个线程。',
  },
  reviveInterval: {
    en: 'Pause between two looks for popped messages whose time has passed without an ack.',
    zh: '两次检查超时未 ack 的 pop 消息之间的间隔。',
  },
  reviveMaxSlow: {
    en: 'An idle revive thread pauses for at most so many times reviveInterval.',
    zh: '空闲的 revive 线程的间隔最多放慢到 reviveInterval 的这么多倍。',
  },
  enableRetryTopicV2: {
    en: 'Joins group and topic by a plus sign in the name of the pop retry topic; the underscore is ambiguous.',
    zh: 'pop 重试 Topic 的名字改用加号连接消费组与 Topic，避免下划线的歧义。',
  },
  initPopOffsetByCheckMsgInMem: {
    en: 'A new pop group reads a short queue from its beginning, while its first message is still in memory.',
    zh: '队列较短且第一条消息仍在内存时，新的 pop 消费组从头开始读。',
  },

  // consumer groups
  consumeEnable: {
    en: 'Off, the brokers refuse every pull of the group.',
    zh: '关闭时 Broker 拒绝该消费组的所有拉取。',
  },
  consumeBroadcastEnable: {
    en: 'Off, the brokers refuse pulls of members in BROADCASTING.',
    zh: '关闭时 Broker 拒绝 BROADCASTING 成员的拉取。',
  },
  consumeMessageOrderly: {
    en: 'The proxy hands messages of a queue out in order to clients of version 5. Nobody else goes by it.',
    zh: 'Proxy 按队列顺序向 5.x 客户端派发消息。其他客户端不受它影响。',
  },
  retryQueueNums: {
    en: 'Queues of the group’s retry topic. 0: a message that failed is not tried again.',
    zh: '消费组重试 Topic 的队列数。0 表示失败的消息不再重试。',
  },
  retryMaxTimes: {
    en: 'Retries by the group’s own setting. A push consumer sends its maxReconsumeTimes along, and that counts.',
    zh: '消费组设置的重试次数。推模式消费者会带上自己的 maxReconsumeTimes，以后者为准。',
  },

  // topics
  readQueueNums: {
    en: 'Queues that consumers are assigned. Fewer than writeQueueNums: messages of the rest are never read.',
    zh: '分配给消费者的队列数。少于 writeQueueNums 时，其余队列的消息无人消费。',
  },
  writeQueueNums: {
    en: 'Queues that producers send to.',
    zh: '生产者发送的队列数。',
  },
  perm: {
    en: '6 reads and writes, 4 reads only, 2 writes only.',
    zh: '6 可读可写，4 只读，2 只写。',
  },
});
