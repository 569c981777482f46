import { area } from '../area';

/** What the keys of storing, serving and deleting do: name servers and brokers. */
export const storeKeys = area('config-keys-store', {
  // name server
  supportActingMaster: {
    en: 'Routes show the slave of the smallest id as a read-only master while a group that asks for it has none.',
    zh: '组内没有主节点且开启了 enableSlaveActingMaster 时，路由把 id 最小的从节点当作只读的主节点给出。',
  },
  needWaitForService: {
    en: 'After its start a NameServer answers no route query for waitSecondsForService.',
    zh: 'NameServer 启动后在 waitSecondsForService 之内不答复路由查询。',
  },
  orderMessageEnable: {
    en: 'A NameServer gives producers the order configuration of order topics: their list of queues then stays whole when a broker dies.',
    zh: 'NameServer 把顺序 Topic 的顺序配置下发给生产者：Broker 宕机时队列列表保持完整。',
  },
  waitSecondsForService: {
    en: 'Seconds that a starting NameServer waits with needWaitForService before it answers route queries.',
    zh: '开启 needWaitForService 时，NameServer 启动后等多少秒才答复路由查询。',
  },
  deleteTopicWithBrokerRegistration: {
    en: 'A registration that no longer names a topic takes this broker out of the topic’s route. Off, it stays.',
    zh: '注册信息里不再有某个 Topic 时，从该 Topic 的路由中移除这台 Broker；关闭时保留。',
  },
  unRegisterBrokerQueueCapacity: {
    en: 'Removals of brokers that may wait in a NameServer; one more is lost.',
    zh: 'NameServer 里等待处理的 Broker 移除请求的上限，超出的会丢失。',
  },
  serverChannelMaxIdleTimeSeconds: {
    en: 'Seconds after which a server closes a connection that neither reads nor writes.',
    zh: '连接多少秒没有读写就被服务端关闭。',
  },

  // flushing
  flushCommitLogTimed: {
    en: 'The flush thread keeps its pace whatever arrives. Off, wakeFlushWhenPutMessage can wake it earlier.',
    zh: '刷盘线程按固定节奏运行；关闭后 wakeFlushWhenPutMessage 可以提前唤醒它。',
  },
  wakeFlushWhenPutMessage: {
    en: 'Each put wakes the flush thread under ASYNC_FLUSH; it counts only with flushCommitLogTimed off.',
    zh: 'ASYNC_FLUSH 下每次写入都唤醒刷盘线程，仅在 flushCommitLogTimed 关闭时起作用。',
  },
  transientStorePoolSize: {
    en: 'Buffers of the transient pool, each as large as a CommitLog file.',
    zh: '堆外缓冲池的缓冲区个数，每个与一个 CommitLog 文件等大。',
  },
  commitCommitLogLeastPages: {
    en: 'The commit thread skips its turn while fewer pages of 4 KiB wait in the transient buffer. 0: it always commits.',
    zh: '堆外缓冲区里等待的页（每页 4 KiB）少于此数时提交线程跳过本轮。0 表示每次都提交。',
  },
  commitCommitLogThoroughInterval: {
    en: 'After this time it commits however few pages wait.',
    zh: '超过这段时间，不论等待的页多少都提交。',
  },
  wakeCommitWhenPutMessage: {
    en: 'Each put wakes the thread that commits from the transient buffer.',
    zh: '每次写入都唤醒从堆外缓冲区提交的线程。',
  },
  flushIntervalConsumeQueue: {
    en: 'Pause between two flushes of the ConsumeQueue. What it loses is rebuilt from the CommitLog.',
    zh: '两次 ConsumeQueue 刷盘的间隔。丢失的部分可由 CommitLog 重建。',
  },
  flushConsumeQueueLeastPages: {
    en: 'A ConsumeQueue file with fewer dirty pages of 4 KiB is not flushed yet.',
    zh: 'ConsumeQueue 文件的脏页（每页 4 KiB）少于此数时暂不刷盘。',
  },
  flushConsumeQueueThoroughInterval: {
    en: 'After this time ConsumeQueues are flushed however few pages wait.',
    zh: '超过这段时间，不论脏页多少都刷 ConsumeQueue。',
  },

  // registration, clients, topics
  registerBrokerTimeoutMills: {
    en: 'How long a broker waits for the answer of a NameServer to its registration.',
    zh: 'Broker 等待 NameServer 应答注册请求的上限。',
  },
  forceRegister: {
    en: 'Every period carries a full registration. Off, the broker first asks each NameServer whether its data has changed.',
    zh: '每个周期都发送完整的注册信息；关闭后 Broker 先向 NameServer 询问数据是否有变化。',
  },
  channelExpiredTimeout: {
    en: 'A client whose last heartbeat is older is forgotten by the broker.',
    zh: '最后一次心跳早于此时间的客户端会被 Broker 清除。',
  },
  realTimeNotifyConsumerChange: {
    en: 'Members hear of a change of their group at once; off, such notices are gathered for up to 15 s.',
    zh: '消费组成员变化时立即通知；关闭后最多攒 15 s 再通知。',
  },
  defaultTopicQueueNums: {
    en: 'Queues of a topic that its first message creates: the smaller of the producer’s and the broker’s number.',
    zh: '由第一条消息自动创建的 Topic 的队列数，取生产者与 Broker 两者中较小的值。',
  },
  autoCreateSubscriptionGroup: {
    en: 'A group that the broker does not know is created by its first heartbeat; off, it is refused.',
    zh: '未知的消费组由第一次心跳自动创建；关闭后会被拒绝。',
  },

  // reading
  shortPollingTimeMills: {
    en: 'How long a pull without a message is held when longPollingEnable is off.',
    zh: 'longPollingEnable 关闭时，拉取不到消息的请求挂起的时间。',
  },
  maxTransferBytesOnMessageInMemory: {
    en: 'The most bytes that one pull brings when they are read from memory.',
    zh: '从内存读取时一次拉取返回的最大字节数。',
  },
  maxTransferCountOnMessageInMemory: {
    en: 'The most messages that one pull brings when they are read from memory, whatever pullBatchSize asks for.',
    zh: '从内存读取时一次拉取返回的最大条数，pullBatchSize 再大也不超过它。',
  },
  maxTransferBytesOnMessageInDisk: {
    en: 'The most bytes that one pull brings when they are read from disk.',
    zh: '从磁盘读取时一次拉取返回的最大字节数。',
  },
  maxTransferCountOnMessageInDisk: {
    en: 'The most messages that one pull brings when they are read from disk: a group that lags far reads slowly.',
    zh: '从磁盘读取时一次拉取返回的最大条数，因此堆积很多的消费组读得慢。',
  },
  maxFilterMessageSize: {
    en: 'How many bytes of a ConsumeQueue, 20 a message, one pull looks through for messages that match.',
    zh: '一次拉取为寻找匹配的消息最多扫描多少字节的 ConsumeQueue（每条消息 20 字节）。',
  },
  offsetCheckInSlave: {
    en: 'A slave too corrects an offset outside its log; off, it only sends the consumer to the master.',
    zh: '从节点也会纠正超出范围的位点；关闭时它只让消费者去找主节点。',
  },
  useServerSideResetOffset: {
    en: 'A reset of offsets is kept by the broker until the next pull; off, the clients are told to do it.',
    zh: '重置位点由 Broker 保存到下次拉取时生效；关闭时通知客户端自行重置。',
  },
  enablePropertyFilter: {
    en: 'Lets consumers filter by SQL92; off, their subscription is refused.',
    zh: '允许消费者用 SQL92 过滤；关闭时这样的订阅会被拒绝。',
  },
  filterSupportRetry: {
    en: 'Filters by SQL92 messages of the retry topic too; off, every retry is delivered.',
    zh: 'SQL92 过滤也作用于重试 Topic；关闭时重试消息一律投递。',
  },
  defaultQueryMaxNum: {
    en: 'The most messages that a query by key returns.',
    zh: '按 key 查询最多返回的消息数。',
  },
  traceTopicEnable: {
    en: 'Creates RMQ_SYS_TRACE_TOPIC, with one queue, on this broker.',
    zh: '在这台 Broker 上创建 RMQ_SYS_TRACE_TOPIC，一个队列。',
  },
  traceOn: {
    en: 'Tells clients to record traces.',
    zh: '告诉客户端记录消息轨迹。',
  },

  // protection
  maxMessageSize: {
    en: 'A larger message is refused: by the producer before it sends, by the broker before it stores.',
    zh: '更大的消息会被拒绝：生产者在发送前检查，Broker 在写入前检查。',
  },
  osPageCacheBusyTimeOutMills: {
    en: 'When one write has held the log longer than this, sends are answered SYSTEM_BUSY.',
    zh: '一次写入占用日志超过此时间后，发送请求一律回复 SYSTEM_BUSY。',
  },
  waitTimeMillsInPullQueue: {
    en: 'A pull that has waited longer in the queue of the broker is answered SYSTEM_BUSY.',
    zh: '在 Broker 拉取队列里等待超过此时间的请求，直接回复 SYSTEM_BUSY。',
  },
  waitTimeMillsInHeartbeatQueue: {
    en: 'A heartbeat that has waited longer in the queue of the broker is answered SYSTEM_BUSY.',
    zh: '在 Broker 心跳队列里等待超过此时间的请求，直接回复 SYSTEM_BUSY。',
  },
  sendThreadPoolQueueCapacity: {
    en: 'Sends that may wait for a thread; one more is answered SYSTEM_BUSY.',
    zh: '等待线程的发送请求的上限，超出的回复 SYSTEM_BUSY。',
  },
  pullThreadPoolQueueCapacity: {
    en: 'Pulls that may wait for a thread; one more is answered SYSTEM_BUSY.',
    zh: '等待线程的拉取请求的上限，超出的回复 SYSTEM_BUSY。',
  },
  sendMessageThreadPoolNums: {
    en: 'Threads of the broker that handle sends.',
    zh: 'Broker 处理发送请求的线程数。',
  },
  pullMessageThreadPoolNums: {
    en: 'Threads of the broker that handle pulls.',
    zh: 'Broker 处理拉取请求的线程数。',
  },

  // files and retention
  mappedFileSizeCommitLog: {
    en: 'Size of a CommitLog file. Only whole files are deleted, and never the last.',
    zh: '单个 CommitLog 文件的大小。删除以文件为单位，最后一个从不删除。',
  },
  deleteWhen: {
    en: 'Hours of the day, parted by semicolons, at which expired files are deleted.',
    zh: '删除过期文件的钟点，多个用半角分号分隔。',
  },
  cleanResourceInterval: {
    en: 'How often the broker looks for files to delete.',
    zh: 'Broker 检查可删除文件的周期。',
  },
  deleteFileBatchMax: {
    en: 'The most files that one such look deletes.',
    zh: '一次检查最多删除的文件数。',
  },
  deleteCommitLogFilesInterval: {
    en: 'Pause between the deletion of two files.',
    zh: '删除两个文件之间的间隔。',
  },
  destroyMapedFileIntervalForcibly: {
    en: 'A file that is still being read is destroyed all the same after this time.',
    zh: '仍在被读取的文件，过了这段时间也强制销毁。',
  },
  cleanFileForciblyEnable: {
    en: 'Lets a nearly full disk delete files that have not expired.',
    zh: '磁盘将满时允许删除尚未过期的文件。',
  },
  diskSpaceCleanForciblyRatio: {
    en: 'A fuller disk deletes files whatever their age, if cleanFileForciblyEnable is on.',
    zh: '磁盘使用率超过它，不论文件新旧都会删除（须开启 cleanFileForciblyEnable）。',
  },
  diskSpaceWarningLevelRatio: {
    en: 'A fuller disk refuses writes with SERVICE_NOT_AVAILABLE until space is free again.',
    zh: '磁盘使用率超过它，写入回复 SERVICE_NOT_AVAILABLE，直到空间释放。',
  },
});
