import { area } from '../area';
import { clientKeys } from './config-keys-client';
import { failoverKeys } from './config-keys-failover';
import { messageKeys } from './config-keys-messages';
import { storeKeys } from './config-keys-store';

/** What the configuration keys do, one sentence each, by RocketMQ's own name: one text where roles share a key. */
export const configKeys = area('config-keys', {
  ...storeKeys.texts,
  ...failoverKeys.texts,
  ...messageKeys.texts,
  ...clientKeys.texts,

  // flushing
  flushDiskType: {
    en: 'ASYNC_FLUSH answers SEND_OK once the message is in the page cache; SYNC_FLUSH waits for the fsync.',
    zh: 'ASYNC_FLUSH 写入页缓存即返回 SEND_OK；SYNC_FLUSH 等到 fsync 完成。',
  },
  flushIntervalCommitLog: {
    en: 'Pause between two looks of the flush thread under ASYNC_FLUSH.',
    zh: 'ASYNC_FLUSH 下刷盘线程两次检查之间的间隔。',
  },
  flushCommitLogLeastPages: {
    en: 'The flush thread skips its turn while fewer dirty pages of 4 KiB wait. 0: it always flushes.',
    zh: '脏页（每页 4 KiB）少于此数时刷盘线程跳过本轮。0 表示每次都刷。',
  },
  flushCommitLogThoroughInterval: {
    en: 'After this time it flushes however few pages wait.',
    zh: '超过这段时间，不论脏页多少都刷盘。',
  },
  syncFlushTimeout: {
    en: 'How long a put waits for its fsync before the answer is FLUSH_DISK_TIMEOUT. The message is stored all the same.',
    zh: '等待 fsync 的上限，超过则返回 FLUSH_DISK_TIMEOUT，但消息已经写入。',
  },
  transientStorePoolEnable: {
    en: 'Writes go to a buffer of the process first, so even kill -9 loses what was not yet committed to the page cache.',
    zh: '先写进程内的缓冲区，连 kill -9 也会丢掉尚未提交到页缓存的部分。',
  },
  commitIntervalCommitLog: {
    en: 'Pause between two copies from the transient buffer to the page cache.',
    zh: '从堆外缓冲区提交到页缓存的间隔。',
  },
  readUnCommitted: {
    en: 'Lets consumers read under SYNC_FLUSH what is not flushed yet.',
    zh: '允许在 SYNC_FLUSH 下消费尚未刷盘的消息。',
  },

  // replication
  brokerRole: {
    en: 'SYNC_MASTER waits for slaves before SEND_OK, but only with inSyncReplicas=2 or more; the 5.x default is 1, which waits for none.',
    zh: 'SYNC_MASTER 等从节点确认后才返回 SEND_OK，但须 inSyncReplicas 不小于 2；5.x 默认为 1，不等待。',
  },
  inSyncReplicas: {
    en: 'Copies that a SYNC_MASTER waits for, itself included. 1 waits for no slave.',
    zh: 'SYNC_MASTER 要等到的副本数，含自身。1 表示不等从节点。',
  },
  slaveTimeout: {
    en: 'How long a put waits for slaves before the answer is FLUSH_SLAVE_TIMEOUT. The message is stored all the same.',
    zh: '等待从节点确认的上限，超过则返回 FLUSH_SLAVE_TIMEOUT，但消息已经写入。',
  },
  haSendHeartbeatInterval: {
    en: 'An idle slave reports its offset this often.',
    zh: '空闲的从节点每隔这么久上报一次位点。',
  },
  haHousekeepingInterval: {
    en: 'An HA link that carries nothing for this long is closed.',
    zh: 'HA 链路这么久没有数据就被关闭。',
  },
  haTransferBatchSize: {
    en: 'The most that one piece of replication carries.',
    zh: '一次复制最多携带的字节数。',
  },
  slaveReadEnable: {
    en: 'Off, a 5.x slave answers no pulls: with the master dead, its queues stand still.',
    zh: '关闭时 5.x 的从节点不应答拉取：主节点死后，它的队列停止消费。',
  },

  // registration and topics
  registerNameServerPeriod: {
    en: 'Period of the registration, which is the heartbeat; kept between 10 s and 60 s by the product.',
    zh: '注册（即心跳）的周期，产品限制在 10 s 到 60 s 之间。',
  },
  scanNotActiveBrokerInterval: {
    en: 'How often a NameServer or a controller looks for brokers whose last heartbeat is too old.',
    zh: 'NameServer 或 Controller 检查哪些 Broker 心跳过期的周期。',
  },
  brokerPermission: {
    en: '6 reads and writes, 4 reads only, 2 writes only.',
    zh: '6 可读可写，4 只读，2 只写。',
  },
  autoCreateTopicEnable: {
    en: 'The first message of an unknown topic creates it on the broker that it reaches, and only there.',
    zh: '未知 Topic 的第一条消息会在它到达的那台 Broker 上创建该 Topic，且只在那台上。',
  },
  notifyConsumerIdsChangedEnable: {
    en: 'The broker tells a group at once when a member joins or leaves; off, members notice at their next rebalance.',
    zh: '成员加入或离开时 Broker 立即通知消费组；关闭后要等到下次重平衡才发现。',
  },

  // pulling and offsets
  longPollingEnable: {
    en: 'A pull that finds nothing is parked until a message arrives, at most 15 s.',
    zh: '拉取不到消息时请求挂起，等新消息到达，最多 15 s。',
  },
  flushConsumerOffsetInterval: {
    en: 'The broker writes the committed offsets to consumerOffset.json this often; a crash loses what came since.',
    zh: 'Broker 把已提交位点写入 consumerOffset.json 的周期，崩溃会丢掉其间的提交。',
  },
  accessMessageInMemoryMaxRatio: {
    en: 'A read farther behind the end of the log than this share of memory counts as a read from disk.',
    zh: '落后日志末尾超过内存的这一比例，就按读磁盘处理。',
  },

  // protection
  waitTimeMillsInSendQueue: {
    en: 'A send that has waited longer in the queue of the broker is answered SYSTEM_BUSY.',
    zh: '在 Broker 发送队列里等待超过此时间的请求，直接回复 SYSTEM_BUSY。',
  },
  brokerFastFailureEnable: {
    en: 'Answers requests that waited too long with SYSTEM_BUSY instead of handling them late.',
    zh: '等待过久的请求直接回复 SYSTEM_BUSY，不再迟迟处理。',
  },
  fileReservedTime: {
    en: 'CommitLog files older than this are deleted at the hour of deleteWhen, consumed or not.',
    zh: '早于此时间的 CommitLog 文件在 deleteWhen 的钟点删除，不管是否消费过。',
  },
  diskMaxUsedSpaceRatio: {
    en: 'A fuller disk starts the deletion of expired files at any hour.',
    zh: '磁盘使用率超过它，任何时刻都会开始删除过期文件。',
  },

  // producer
  sendMsgTimeout: {
    en: 'One budget for all attempts of a send: an attempt that hangs leaves nothing for a retry.',
    zh: '一次 send 所有尝试共用的时间：一次尝试挂住，就没有时间重试了。',
  },
  retryTimesWhenSendFailed: {
    en: 'Further attempts of a sync send on another broker. A retry can store the message twice.',
    zh: '同步发送失败后换 Broker 重试的次数。重试可能把消息存两遍。',
  },
  retryTimesWhenSendAsyncFailed: {
    en: 'Further attempts of an async send, after a failure or a timeout.',
    zh: '异步发送失败或超时后的重试次数。',
  },
  retryAnotherBrokerWhenNotStoreOK: {
    en: 'Retries on another broker when the answer is a timeout of flush or slave, though the message is stored.',
    zh: '收到刷盘或从节点超时的应答时换 Broker 重试，尽管消息已经写入。',
  },
  sendLatencyFaultEnable: {
    en: 'Avoids a broker that failed or was slow for some seconds.',
    zh: '在几秒内避开失败过或变慢的 Broker。',
  },

  // both clients
  instanceName: {
    en: 'Part of the clientId: two clients of one host with the same name take each other for themselves.',
    zh: 'clientId 的一部分：同一主机上同名的两个客户端会互相当成自己。',
  },
  pollNameServerInterval: {
    en: 'How often a client asks its NameServer for routes: until then it does not know of a dead broker.',
    zh: '客户端向 NameServer 拉取路由的周期：在此之前它不知道 Broker 已死。',
  },
  heartbeatBrokerInterval: {
    en: 'How often a client reports to the brokers.',
    zh: '客户端向 Broker 发送心跳的周期。',
  },

  // consumer
  consumeFromWhere: {
    en: 'Where a group without a committed offset begins.',
    zh: '没有提交过位点的消费组从哪里开始。',
  },
  allocateMessageQueueStrategy: {
    en: 'How the members of a group divide the queues. All members must use the same.',
    zh: '消费组成员分配队列的策略，所有成员必须一致。',
  },
  consumeThreadMin: {
    en: 'Threads that run the listener: so many messages at a time.',
    zh: '执行监听器的线程数，即同时处理的消息数。',
  },
  pullBatchSize: {
    en: 'Messages that one pull asks for at most.',
    zh: '一次拉取最多请求的消息数。',
  },
  pullThresholdForQueue: {
    en: 'A queue with more unfinished messages in its ProcessQueue is not pulled for 50 ms.',
    zh: 'ProcessQueue 中未完成的消息多于此数时，暂停拉取该队列 50 ms。',
  },
  consumeConcurrentlyMaxSpan: {
    en: 'A queue whose first and last unfinished offset lie farther apart is not pulled.',
    zh: '未完成消息的首尾位点差超过此值时，暂停拉取该队列。',
  },
  maxReconsumeTimes: {
    en: 'Retries before a message goes to the dead letter queue. -1 means 16.',
    zh: '进入死信队列之前的重试次数，-1 表示 16 次。',
  },
  persistConsumerOffsetInterval: {
    en: 'How often a consumer sends its committed offsets to the brokers; a crash repeats what came since.',
    zh: '消费者向 Broker 提交位点的周期，崩溃后其间的消息会重复消费。',
  },
  consumeTimeout: {
    en: 'A message that the listener holds longer is sent back for a retry.',
    zh: '监听器处理超过此时间的消息会被发回重试。',
  },
});
