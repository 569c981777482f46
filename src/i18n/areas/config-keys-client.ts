import { area } from '../area';

/** What the keys of producers and consumers do that are changed more rarely. */
export const clientKeys = area('config-keys-client', {
  // both clients
  mqClientApiTimeout: {
    en: 'How long a client waits for answers other than those to sends and pulls.',
    zh: '客户端等待除发送和拉取之外的应答的上限。',
  },
  enableTrace: {
    en: 'Sends a trace of each message to RMQ_SYS_TRACE_TOPIC.',
    zh: '把每条消息的轨迹发送到 RMQ_SYS_TRACE_TOPIC。',
  },
  enableHeartbeatChannelEventListener: {
    en: 'A new connection to a broker is followed by a heartbeat at once, not at the next period.',
    zh: '与 Broker 的新连接建立后立即发送心跳，不等下一个周期。',
  },
  connectTimeoutMillis: {
    en: 'How long a client waits for a connection.',
    zh: '客户端等待建立连接的上限。',
  },
  clientCloseSocketIfTimeout: {
    en: 'A call that times out closes its connection; the next one connects anew.',
    zh: '调用超时后关闭该连接，下次调用重新建立。',
  },
  clientChannelMaxIdleTimeSeconds: {
    en: 'Seconds after which a client closes a connection that neither reads nor writes.',
    zh: '连接多少秒没有读写就被客户端关闭。',
  },

  // producer
  sendMsgMaxTimeoutPerRequest: {
    en: 'How long one attempt waits for its answer, so that time is left for a retry. -1: as long as the budget lasts.',
    zh: '单次尝试等待应答的上限，好给重试留出时间。-1 表示可以用尽全部时间。',
  },
  compressMsgBodyOverHowmuch: {
    en: 'Bodies of at least so many bytes are compressed.',
    zh: '消息体达到这么多字节就压缩。',
  },
  createTopicKey: {
    en: 'The topic whose route a message of an unknown topic borrows.',
    zh: '未知 Topic 的消息借用哪个 Topic 的路由。',
  },
  startDetectorEnable: {
    en: 'Probes the brokers that sendLatencyFaultEnable avoids, and uses them again once they answer.',
    zh: '探测被 sendLatencyFaultEnable 避开的 Broker，能连上就重新使用。',
  },

  // consumer
  consumeThreadMax: {
    en: 'Upper bound of the listener’s threads, which the pool never needs.',
    zh: '监听线程数的上限，线程池从不会用到。',
  },
  adjustThreadPoolNumsThreshold: {
    en: 'Once a lag at which threads were added.',
    zh: '曾经是增加线程的堆积阈值。',
  },
  consumeMessageBatchMaxSize: {
    en: 'Messages that one call of the listener gets at most; they succeed or fail together.',
    zh: '监听器一次调用最多收到的消息数，它们一起成功或失败。',
  },
  pullBatchSizeInBytes: {
    en: 'Bytes that one pull asks for at most.',
    zh: '一次拉取最多请求的字节数。',
  },
  pullInterval: {
    en: 'Pause between two pulls of a queue that finds messages.',
    zh: '拉到消息的队列两次拉取之间的间隔。',
  },
  pullThresholdSizeForQueue: {
    en: 'A queue with more unfinished MiB in its ProcessQueue is not pulled for 50 ms.',
    zh: 'ProcessQueue 中未完成的消息超过这么多 MiB 时，暂停拉取该队列 50 ms。',
  },
  pullThresholdForTopic: {
    en: 'Divided by the queues held, it takes the place of pullThresholdForQueue. -1: off.',
    zh: '除以持有的队列数后取代 pullThresholdForQueue。-1 表示不用。',
  },
  pullThresholdSizeForTopic: {
    en: 'Divided by the queues held, it takes the place of pullThresholdSizeForQueue. -1: off.',
    zh: '除以持有的队列数后取代 pullThresholdSizeForQueue。-1 表示不用。',
  },
  suspendCurrentQueueTimeMillis: {
    en: 'How long an orderly listener that failed leaves its queue alone before it tries the same messages again.',
    zh: '顺序监听器失败后，暂停该队列多久再重试同一批消息。',
  },
  popInvisibleTime: {
    en: 'How long a popped message stays hidden. Without an ack by then it comes again.',
    zh: 'pop 取走的消息保持不可见的时间，到时没有 ack 就会再次出现。',
  },
  popBatchNums: {
    en: 'Messages that one pop asks for at most.',
    zh: '一次 pop 最多请求的消息数。',
  },
  popThresholdForQueue: {
    en: 'A queue with more popped messages without an ack is not popped for a while.',
    zh: '队列中已 pop 未 ack 的消息多于此数时，暂停 pop。',
  },
  awaitTerminationMillisWhenShutdown: {
    en: 'How long a consumer that shuts down waits for its running listeners. 0: it does not.',
    zh: '消费者关闭时等待运行中的监听器多久。0 表示不等。',
  },
});
