import type { Rule } from '../../../product';

/** Producer. */
export const prRules: Record<string, Rule> = {
  'PR-1': {
    en: 'A send waits 3 s in all (sendMsgTimeout) and is tried again twice (retryTimesWhenSendFailed); avoiding slow brokers and retrying a SendStatus are off.',
    zh: '一次发送总共等待 3 秒（sendMsgTimeout），最多重试 2 次（retryTimesWhenSendFailed）；延迟规避和按 SendStatus 重试默认关闭。',
    source: 'DefaultMQProducer, ClientConfig.sendLatencyEnable',
  },
  'PR-2': {
    en: 'A synchronous send tries one queue after the other, with the time that is left, until a result comes or attempts or time run out; then it raises.',
    zh: '同步发送依次尝试队列，每次只用剩余的时间，直到得到结果，或次数、时间用尽后抛出异常。',
    source: 'DefaultMQProducerImpl#sendDefaultImpl',
  },
  'PR-3': {
    en: 'sendMsgTimeout is one budget for all attempts: an attempt that hangs uses all of it, and no second one starts. sendMsgMaxTimeoutPerRequest bounds the wait for an answer, not a connect.',
    zh: 'sendMsgTimeout 是所有尝试共用的总时限：一次尝试卡住就耗尽它，不会有第二次。sendMsgMaxTimeoutPerRequest 只限制等待响应，不限制建立连接。',
    source: 'DefaultMQProducerImpl#sendDefaultImpl',
  },
  'PR-4': {
    en: 'With the default timeout a synchronous producer never sees FLUSH_DISK_TIMEOUT or FLUSH_SLAVE_TIMEOUT: its own 3 s end first, and the message may well be stored.',
    zh: '默认超时下同步生产者看不到 FLUSH_DISK_TIMEOUT 和 FLUSH_SLAVE_TIMEOUT：自己的 3 秒先到，而消息很可能已经存储。',
    source: 'DefaultMQProducer.sendMsgTimeout, MessageStoreConfig.syncFlushTimeout',
  },
  'PR-5': {
    en: 'The four SendStatus values all mean stored; the three that are not SEND_OK say which guarantee was not confirmed, and are returned without a retry.',
    zh: '四种 SendStatus 都表示已存储；除 SEND_OK 外的三种说明哪项保证未确认，默认直接返回而不重试。',
    source: 'MQClientAPIImpl#processSendResponse, SendStatus',
  },
  'PR-6': {
    en: 'A synchronous send is tried again after the codes 17, 14, 1, 16, 204, 205, and since 5.3 also after SYSTEM_BUSY and GO_AWAY; other error codes are raised.',
    zh: '同步发送收到响应码 17、14、1、16、204、205 会重试，5.3 起还包括 SYSTEM_BUSY 和 GO_AWAY；其他错误码直接抛出。',
    source: 'DefaultMQProducer.retryResponseCodes',
  },
  'PR-7': {
    en: 'An attempt may be stored though its answer is lost; the retry stores a second copy with the same unique key, and the broker never removes it.',
    zh: '一次尝试可能已存储而响应丢失；重试会存下唯一键相同的第二份，Broker 从不去重。',
    source: 'DefaultMQProducerImpl#sendDefaultImpl, MessageClientIDSetter#setUniqID',
  },
  'PR-8': {
    en: 'An asynchronous send is tried again after a failure of the connection while time is left, on another broker but with the same queue id; an error answer is not. A oneway is written once and never answered.',
    zh: '异步发送在连接失败且还有时间时重试，换 Broker 但 queueId 不变；收到错误响应则不重试。单向发送只写一次，没有响应。',
    source: 'MQClientAPIImpl#onExceptionImpl, DefaultMQProducerImpl#sendOneway',
  },
  'PR-9': {
    en: 'Queues take turns by a counter of each thread that starts at random. A retry skips the broker that just failed, each skip moves the counter, and the next message may pick that broker again.',
    zh: '队列按每个线程的计数器轮流选择，起点随机。重试时跳过刚失败的 Broker，每次跳过都推进计数器；下一条消息可能又选中它。',
    source: 'TopicPublishInfo#selectOneMessageQueue, ThreadLocalIndex#incrementAndGet',
  },
  'PR-10': {
    en: 'With sendLatencyFaultEnable each attempt records its latency; a slow broker is avoided for up to 30 s, one that failed for 10 s (4.9: up to 600 s).',
    zh: '开启 sendLatencyFaultEnable 后，每次尝试都记录延迟；慢 Broker 最多规避 30 秒，失败的规避 10 秒（4.9 最长 600 秒）。',
    source: 'MQFaultStrategy#updateFaultItem, LatencyFaultToleranceImpl',
  },
  'PR-11': {
    en: 'With startDetectorEnable brokers that had failed are probed every 3 s with a short timeout, and are taken for reachable again when they answer.',
    zh: '开启 startDetectorEnable 后，每 3 秒以很短的超时探测失败过的 Broker，有应答即视为恢复可达。',
    source: 'LatencyFaultToleranceImpl#startDetector, LatencyFaultToleranceImpl#detectByOneRound',
  },
  'PR-12': {
    en: 'A send with a selector takes the queue that the hash of the key picks from the present list, and is not retried. When the list shrinks or grows, keys move.',
    zh: '带选择器的发送按键的哈希从当前队列列表中取队列，且不重试。列表变短或变长时，键会换队列。',
    source: 'DefaultMQProducerImpl#sendSelectImpl, SelectMessageQueueByHash#select',
  },
  'PR-13': {
    en: 'A body of compressMsgBodyOverHowmuch (4096 B) or more is compressed before it is sent, at the cost of CPU time.',
    zh: '消息体达到 compressMsgBodyOverHowmuch（4096 字节）时，发送前会压缩，消耗 CPU 时间。',
    source: 'DefaultMQProducerImpl#tryToCompressMessage',
  },
  'PR-14': {
    en: 'A batch is one request of many messages to one queue: stored all or none, at consecutive offsets, under one lock, as a record each, and answered once. It is not compressed, and together it must fit maxMessageSize (4 MiB). Oneway, selector and transaction have no batch.',
    zh: '批量发送是把多条消息放进一个请求、发往一个队列：在同一把锁内写入，每条一个记录，位点连续，要么全存要么全不存，只有一个响应。它不压缩，合计不得超过 maxMessageSize（4 MiB）。单向、选择器和事务发送没有批量。',
    source: 'DefaultMQProducer#batch, SendMessageProcessor#sendBatchMessage, CommitLog#asyncPutMessages',
  },
  'PR-15': {
    en: 'A producer that finds no route borrows that of TBW102, with at most defaultTopicQueueNums (4) queues a broker; each broker that is hit then creates the topic.',
    zh: '生产者找不到路由时借用 TBW102 的路由，每个 Broker 最多 defaultTopicQueueNums（4）个队列；被选中的 Broker 各自创建该 Topic。',
    source:
      'MQClientInstance#updateTopicRouteInfoFromNameServer, TopicConfigManager#createTopicInSendMessageMethod',
  },
  'PR-16': {
    en: 'If all first messages hit one broker before the next route poll, the topic exists there only, and it stays so.',
    zh: '如果下次拉取路由前的消息都落在一台 Broker 上，Topic 就只建在那里，而且一直如此。',
    source: 'MQClientInstance#updateTopicRouteInfoFromNameServer',
  },
  'PR-17': {
    en: 'Heartbeats make the producer group known to the masters; only transaction checks need that.',
    zh: '心跳让 master 知道生产者组，只有事务回查需要它。',
    source: 'MQClientInstance#sendHeartbeatToAllBroker, ProducerManager#registerProducer',
  },
};
