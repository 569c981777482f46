import type { Rule } from '../../../product';

/** Push consumer, concurrent. */
export const coRules: Record<string, Rule> = {
  'CO-1': {
    en: 'By default 20 threads consume one message at a time, a pull asks for 32 messages, and a queue caches up to 1 000 messages, 100 MiB and a span of 2 000. A limit per topic is divided by the queues held.',
    zh: '默认 20 个线程、每次消费 1 条，每次拉取 32 条；单队列最多缓存 1000 条、100 MiB、跨度 2000。按 Topic 的上限平分给持有的队列。',
    source: 'DefaultMQPushConsumer, RebalancePushImpl#messageQueueChanged',
  },
  'CO-2': {
    en: 'CLUSTERING gives each queue to one consumer of the group, keeps offsets on the broker and subscribes %RETRY%group as well. BROADCASTING gives every consumer all queues, offsets in a local file, and no retry topic.',
    zh: 'CLUSTERING：一个队列只分给组内一个消费者，位点存在 Broker，并自动订阅 %RETRY%group。BROADCASTING：每个消费者消费全部队列，位点存在本地文件，没有重试 Topic。',
    source: 'DefaultMQPushConsumerImpl#copySubscription, RebalanceImpl#rebalanceByTopic',
  },
  'CO-3': {
    en: 'Each queue has its own pull loop. A loop stops while the queue caches more than 1 000 unfinished messages, more than 100 MiB, or a span of unfinished offsets above 2 000, and looks again every 50 ms; while the consumer is paused, every second.',
    zh: '每个队列有自己的拉取循环。缓存的未完成消息超过 1000 条、超过 100 MiB，或未完成位点跨度超过 2000 时暂停拉取，每 50 ms 再看一次；消费者暂停时每秒看一次。',
    source: 'DefaultMQPushConsumerImpl#pullMessage, ProcessQueue#getMaxSpan',
  },
  'CO-4': {
    en: 'After an answer the loop pulls again at once; after an error or a timeout in 1 s, after FLOW_CONTROL in 20 ms.',
    zh: '收到响应后立即再次拉取；出错或超时则 1 秒后重试，收到 FLOW_CONTROL 则 20 ms 后重试。',
    source: 'DefaultMQPushConsumerImpl#pullMessage',
  },
  'CO-5': {
    en: 'A broker that has something at the offset returns it. At the end of the queue it answers PULL_NOT_FOUND; outside of it PULL_OFFSET_MOVED with the nearest end.',
    zh: '位点上有消息就返回；正好在队尾返回 PULL_NOT_FOUND；超出队列范围返回 PULL_OFFSET_MOVED，并给出最近的一端。',
    source: 'DefaultMessageStore#getMessage, PullMessageProcessor#composeResponseHeader',
  },
  'CO-6': {
    en: 'A batch ends at 32 messages or 256 KiB, and at 8 messages or 64 KiB when the broker estimates that they must be read from disk. The first message always comes.',
    zh: '一批最多 32 条或 256 KiB；Broker 估计要读磁盘时最多 8 条或 64 KiB。第一条总会返回。',
    source: 'DefaultMessageStore#isTheBatchFull',
  },
  'CO-7': {
    en: 'A pull that finds nothing is parked. It is run once more when a message arrives, when a sweep every 5 s finds one, or at the first sweep after 15 s. Without long polling it is parked for 1 s and only the sweep, then every second, looks.',
    zh: '没有消息的拉取会被挂起：有新消息到达、每 5 秒的巡检发现消息，或满 15 秒后的第一次巡检时，再执行一次。关闭长轮询时只挂起 1 秒，由每秒一次的巡检处理。',
    source: 'PullRequestHoldService#notifyMessageArriving, PullRequestHoldService#checkHoldRequest',
  },
  'CO-8': {
    en: 'Each pull from a master carries the offset to commit, if it is above 0; the broker commits it.',
    zh: '每次向 master 拉取都捎带待提交的位点（大于 0 时），由 Broker 提交。',
    source: 'PullAPIWrapper#pullKernelImpl, PullMessageProcessor#processRequest',
  },
  'CO-9': {
    en: 'Told that its offset is wrong, a consumer drops the queue, stores the offset that it was given, and takes the queue again by a rebalance; in 4.x after 10 s.',
    zh: '被告知位点不对时，消费者放弃该队列、保存给出的位点，再通过重平衡重新获取；4.x 在 10 秒之后。',
    source: 'DefaultMQPushConsumerImpl#pullMessage',
  },
  'CO-10': {
    en: 'A queue whose loop has not pulled for 120 s is dropped and taken again by the next rebalance.',
    zh: '拉取循环超过 120 秒没有拉取的队列，会在下一次重平衡时被放弃并重新获取。',
    source: 'RebalanceImpl#updateProcessQueueTableInRebalance, ProcessQueue.PULL_MAX_IDLE_TIME',
  },
  'CO-11': {
    en: 'Pulled messages are cut into requests of consumeMessageBatchMaxSize for a pool of threads. There is no order between threads; requests of a queue that was lost are not run.',
    zh: '拉到的消息按 consumeMessageBatchMaxSize 切成请求交给线程池，线程之间没有顺序；已失去的队列，其请求不再执行。',
    source: 'ConsumeMessageConcurrentlyService#submitConsumeRequest',
  },
  'CO-12': {
    en: 'What may be committed is the smallest unfinished offset of the queue, or the next one when nothing is left: one slow message holds the commit back.',
    zh: '可提交的位点是队列中最小的未完成位点；全部完成时是下一个位点。一条慢消息会卡住提交。',
    source: 'ProcessQueue#removeMessage, ConsumeMessageConcurrentlyService#processConsumeResult',
  },
  'CO-13': {
    en: 'The listener answers CONSUME_SUCCESS or RECONSUME_LATER; null and exceptions count as the latter. If the queue was lost meanwhile the result is ignored, and its new owner consumes the message again.',
    zh: '监听器返回 CONSUME_SUCCESS 或 RECONSUME_LATER，返回 null 或抛异常等同后者。如果期间失去了队列，结果作废，由新的拥有者再次消费。',
    source: 'ConsumeMessageConcurrentlyService.ConsumeRequest#run',
  },
  'CO-14': {
    en: 'A failure in BROADCASTING is logged and dropped, and the offset moves on. In CLUSTERING the message is kept for another try.',
    zh: 'BROADCASTING 下消费失败只记日志并丢弃，位点照样前移；CLUSTERING 下会保留消息再次消费。',
    source: 'ConsumeMessageConcurrentlyService#processConsumeResult',
  },
  'CO-15': {
    en: 'A sweep every consumeTimeout (15 minutes) looks at the first messages of each queue for one that has been running longer than that. Its thread is not interrupted.',
    zh: '每隔 consumeTimeout（15 分钟）扫描各队列头部，找出处理时间超过它的消息；处理它的线程不会被中断。',
    source: 'ProcessQueue#cleanExpiredMsg, ConsumeMessageConcurrentlyService#start',
  },
  'CO-16': {
    en: 'Offsets go to the broker by a oneway every 5 s (first 10 s), when a queue is lost, at a shutdown, and with each pull. The broker takes lower values too.',
    zh: '位点每 5 秒（首次 10 秒）、失去队列时、关闭时以单向请求上报，每次拉取也会捎带。更小的值 Broker 也接受。',
    source: 'RemoteBrokerOffsetStore#persistAll, ConsumerOffsetManager#commitOffset',
  },
  'CO-17': {
    en: 'A broadcasting consumer keeps its offsets in its own file offsets.json, written every 5 s.',
    zh: '广播消费者把位点存在本地的 offsets.json，每 5 秒写一次。',
    source: 'LocalFileOffsetStore#persistAll',
  },
  'CO-18': {
    en: 'An admin resets a group: the master overwrites the committed offset, ignores commits meanwhile, and answers the next executed pull with PULL_OFFSET_MOVED. 4.x asks the connected consumers instead, which move after 10 s.',
    zh: '管理员重置位点：master 改写已提交的位点，期间忽略提交，并以 PULL_OFFSET_MOVED 响应下一次执行的拉取。4.x 则通知在线的消费者，由它们在 10 秒后移动。',
    source:
      'AdminBrokerProcessor#resetOffsetInner, ConsumerOffsetManager#assignResetOffset, Broker2Client#resetOffset',
  },
  'CO-22': {
    en: 'A failed message that cannot be sent back stays with its consumer, which consumes it again after 5 s; its offset is not committed until then.',
    zh: '无法回发的失败消息留在消费者本地，5 秒后再次消费；在此之前不提交它的位点。',
    source: 'ConsumeMessageConcurrentlyService#submitConsumeRequestLater',
  },
  'CO-19': {
    en: 'A message that failed goes back to the master that it came from, and the thread waits up to 5 s for the answer. The listener may name the delay level, or send it straight to the dead letters.',
    zh: '消费失败的消息退回它所在的主节点，线程最多等待响应 5 s。监听器可以指定延迟级别，或直接送入死信队列。',
    source: 'DefaultMQPushConsumerImpl#sendMessageBack',
  },
  'CO-20': {
    en: 'The broker stores a copy for %RETRY%group that waits for delay level 3 + retries so far, or for %DLQ%group when the retries are used up.',
    zh: 'Broker 为 %RETRY%group 存一份副本，按“3 + 已重试次数”的延迟级别等待；次数用完则存入 %DLQ%group。',
    source: 'AbstractSendMessageProcessor#consumerSendMsgBack',
  },
  'CO-21': {
    en: 'By default 16 retries after the first delivery, 17 in all, from 10 s to 2 h apart, together 4 h 45 min 40 s; the 17th failure ends in the dead-letter queue.',
    zh: '默认首次投递后重试 16 次，共 17 次投递，间隔从 10 s 到 2 h，合计 4 小时 45 分 40 秒；第 17 次失败进入死信队列。',
    source: 'MessageStoreConfig.messageDelayLevel, SubscriptionGroupConfig.retryMaxTimes',
  },
  'CO-23': {
    en: 'Each group has its own dead-letter topic on each broker, with one queue. Nobody consumes it unless somebody subscribes.',
    zh: '每个组在每个 Broker 上有自己的死信 Topic，只有一个队列。没人订阅就没人消费。',
    source: 'MixAll.DLQ_GROUP_TOPIC_PREFIX',
  },
  'CO-24': {
    en: 'A consumer rebalances every 20 s and when it is woken, but not within 1 s of its last run or of its creation; a run that leaves it unbalanced is repeated after 1 s. 4.x knows no such minimum.',
    zh: '消费者每 20 秒或被唤醒时做一次重平衡，但距上次（或创建时）至少 1 秒；没有达到平衡则 1 秒后再做。4.x 没有这个最小间隔。',
    source: 'RebalanceService#run',
  },
  'CO-25': {
    en: 'For each topic a consumer asks one random broker for the members, sorts queues and members, computes its own share, gives back the rest with its offset, and takes what is new; the first pull follows 500 ms later. Of a topic without a known route it asks for the route and takes queues at its next run: a new group has its retry queue after 21 s, in 4.x at once. There is no coordinator.',
    zh: '对每个 Topic，消费者随机找一个 Broker 要成员列表，把队列和成员排序，算出自己的一份，交还其余队列并上报位点，再接手新的队列，500 ms 后开始拉取。没有路由的 Topic 先查询路由，下一次重平衡才接手：新建的组要 21 s 后才有重试队列（4.x 立即）。没有协调者。',
    source:
      'RebalanceImpl#rebalanceByTopic, RebalanceImpl#updateProcessQueueTableInRebalance, MQClientInstance#findConsumerIdList',
  },
  'CO-26': {
    en: 'While the members see the group differently, a queue may have two owners or none for a moment.',
    zh: '各成员看到的组不一致时，一个队列可能短暂地有两个拥有者，或没有拥有者。',
    source: 'RebalanceImpl#rebalanceByTopic',
  },
  'CO-27': {
    en: 'The strategy divides the sorted queues among the sorted members: AVG in contiguous pieces, AVG_BY_CIRCLE like cards, CONSISTENT_HASH by a ring of MD5 hashes.',
    zh: '分配策略把排序后的队列分给排序后的成员：AVG 按连续区间，AVG_BY_CIRCLE 轮流发牌，CONSISTENT_HASH 按 MD5 哈希环。',
    source: 'AllocateMessageQueueAveragely#allocate, AllocateMessageQueueConsistentHash#allocate',
  },
  'CO-28': {
    en: 'With more consumers than queues the extra ones idle. Members are sorted by the text of their client id, so one more may move most queues.',
    zh: '消费者多于队列时，多出来的空闲。成员按 clientId 文本排序，增加一个成员可能移动大部分队列。',
    source: 'AllocateMessageQueueAveragely#allocate, MQClientInstance#findConsumerIdList',
  },
  'CO-29': {
    en: 'When a member ends, its connection closes and the others are told at once; when it falls silent they learn after about two minutes. Until then nobody consumes its queues.',
    zh: '成员退出或进程被杀时连接关闭，其他成员立即得到通知；断电或断网则约两分钟后才知道。在此期间它的队列无人消费。',
    source: 'ConsumerManager#doChannelCloseEvent, RebalanceService#run',
  },
  'CO-30': {
    en: 'A newly owned queue begins at the committed offset of the group; without one consumeFromWhere decides: the end, 0, or a time. If the question fails, the next rebalance tries again.',
    zh: '新接手的队列从该组已提交的位点开始；没有则由 consumeFromWhere 决定：队尾、0 或某个时间。查询失败就等下一次重平衡。',
    source: 'RebalancePushImpl#computePullFromWhereWithException',
  },
  'CO-31': {
    en: 'Without a stored offset the broker answers "0, found" while the queue begins at 0 and message 0 is still in memory: a new group on a young topic starts at 0, whatever consumeFromWhere says.',
    zh: '没有保存的位点时，只要队列从 0 开始且第 0 条消息仍在内存中，Broker 就回答“找到，位点 0”：新组在年轻的 Topic 上总从 0 开始，与 consumeFromWhere 无关。',
    source: 'ConsumerManageProcessor#queryConsumerOffset, DefaultMessageStore#checkInMemByConsumeOffset',
  },
  'CO-32': {
    en: 'consumeFromWhere matters once for each group and queue; afterwards the committed offset rules.',
    zh: 'consumeFromWhere 对每个组和队列只起一次作用，之后以已提交的位点为准。',
    source: 'RebalancePushImpl#computePullFromWhereWithException',
  },
  'CO-33': {
    en: 'Duplicates come from what a consumer had in hand or had finished since its last commit, from two owners of a queue, from offsets that a broker lost, and from sends that were stored twice.',
    zh: '重复来自：消费者手上的和上次提交之后完成的消息、一个队列的两个拥有者、Broker 丢失的位点，以及被存储两次的发送。',
    source: 'ProcessQueue#removeMessage, RemoteBrokerOffsetStore#persistAll',
  },
  'CO-34': {
    en: 'A consumer notices a killed broker at once and a silent one when the parked pull times out after 30 s; then it tries again after each pause of 1 s. Its other queues go on; in 4.x a connect blocks the one pull thread and so all of them.',
    zh: 'Broker 进程被杀时消费者立即发现；静默的 Broker 要等挂起的拉取 30 秒超时。之后每隔 1 秒重试，其他队列不受影响；4.x 建立连接会阻塞唯一的拉取线程，所有队列都停住。',
    source: 'DefaultMQPushConsumerImpl#pullMessage, NettyRemotingClient#invokeAsync',
  },
};
