import type { Rule } from '../../../product';

/** Broker storage. */
export const brRules: Record<string, Rule> = {
  'BR-1': {
    en: 'A broker has one CommitLog for all topics, in order of arrival. Its files are 1 GiB and named by the offset at which they begin; a physical offset is a byte position over all files.',
    zh: '一个 Broker 只有一个 CommitLog，所有 Topic 按到达顺序写入。每个文件 1 GiB，以起始偏移命名；物理偏移是跨文件的字节位置。',
    source: 'MessageStoreConfig.mappedFileSizeCommitLog, MappedFileQueue',
  },
  'BR-2': {
    en: 'Appends are serial: the queue offset is given under the lock of the queue, the store time under the one put lock, so log order is the order of store times, and an append that blocks bears the time at which it took the lock.',
    zh: '追加是串行的：在队列锁内分配队列偏移，在唯一的写锁内取存储时间，所以日志顺序就是存储时间顺序；阻塞的追加记的是取得锁的时间。',
    source: 'CommitLog#asyncPutMessage',
  },
  'BR-3': {
    en: 'A stored message is 91 bytes of fixed fields, then the body, the topic and the properties: a body of 1 024 with topic Orders and 60 bytes of properties takes 1 181.',
    zh: '存储的消息 = 91 字节固定字段 + 消息体 + Topic + 属性：1024 字节消息体、Topic 为 Orders、属性 60 字节，共 1181 字节。',
    source: 'MessageExtEncoder#calMsgLength',
  },
  'BR-4': {
    en: 'SYSFLAG: bit 0 says that the client has compressed the body, bits 8 to 10 how (3: ZLIB); bits 2 and 3 what became of a transaction: a half message is stored with 0, the committed one with 8, a rolled back one not at all.',
    zh: 'SYSFLAG：第 0 位表示消息体已由客户端压缩，第 8～10 位为压缩算法（3 为 ZLIB）；第 2、3 位为事务结果：半消息以 0 存储，提交后的消息为 8，回滚的不再存储。',
    source:
      'MessageSysFlag, DefaultMQProducerImpl#tryToCompressMessage, EndTransactionProcessor#processRequest',
  },
  'BR-5': {
    en: 'When a message and 8 bytes more do not fit, the rest of the file becomes one blank record and the message begins the next file. What is larger than a whole file is stored nowhere and answered SEND_OK; when the next file is not there after 5 s, the put ends as SYSTEM_ERROR.',
    zh: '文件剩余空间放不下消息再加 8 字节时，余下部分写成一条空白记录，消息写到下一个文件开头。比整个文件还大的消息不会存储，却返回 SEND_OK；5 s 内下一个文件没有建好，则返回 SYSTEM_ERROR。',
    source: 'CommitLog.DefaultAppendMessageCallback#doAppend',
  },
  'BR-6': {
    en: 'Every millisecond the log is dispatched up to the confirm offset: all that is written, or with SYNC_FLUSH only what is flushed (since 5.3), so nothing is consumed before its fsync.',
    zh: '每毫秒把日志分发到确认偏移为止：异步刷盘时为全部已写入的，同步刷盘时（5.3 起）只到已刷盘处，因此 fsync 之前不会被消费。',
    source: 'DefaultMessageStore.ReputMessageService#doReput, CommitLog#getConfirmOffset',
  },
  'BR-7': {
    en: 'Dispatching a message enters it in its ConsumeQueue, then in the index, and then wakes the pulls that wait for its queue.',
    zh: '分发一条消息：先写 ConsumeQueue，再写索引，然后唤醒在该队列上等待的拉取。',
    source: 'DefaultMessageStore.CommitLogDispatcherBuildConsumeQueue#dispatch',
  },
  'BR-8': {
    en: 'A ConsumeQueue holds 20 bytes a message: physical offset, size, hash of the tag. Entry n is logical offset n; the smallest offset rises when CommitLog files are deleted.',
    zh: 'ConsumeQueue 每条消息 20 字节：物理偏移、大小、Tag 哈希。第 n 条就是逻辑偏移 n；CommitLog 文件删除后最小偏移上升。',
    source: 'ConsumeQueue.CQ_STORE_UNIT_SIZE',
  },
  'BR-9': {
    en: 'The next offset of a queue stands in memory; a starting broker takes it from where the ConsumeQueue ends.',
    zh: '队列的下一个偏移保存在内存；Broker 启动时取自 ConsumeQueue 的末尾。',
    source: 'AbstractConsumeQueueStore#assignQueueOffset, DefaultMessageStore#recoverTopicQueueTable',
  },
  'BR-10': {
    en: 'An index file has 5 000 000 slots and room for 19 999 999 keys: the unique key and each word of KEYS, as topic#key, hashed as Java does; keys of a slot form a chain, newest first.',
    zh: '一个索引文件有 500 万个槽，可存 19999999 个 key：唯一键和 KEYS 中的每个词，写作 topic#key，用 Java 的哈希；同槽的 key 连成链，新的在前。',
    source: 'IndexFile#putKey, IndexService#buildIndex',
  },
  'BR-11': {
    en: 'flushDiskType says how a broker flushes: ASYNC_FLUSH (default) or SYNC_FLUSH.',
    zh: 'flushDiskType 决定刷盘方式：ASYNC_FLUSH（默认）或 SYNC_FLUSH。',
    source: 'MessageStoreConfig.flushDiskType',
  },
  'BR-12': {
    en: 'ASYNC_FLUSH sleeps 500 ms, flushes if at least 4 pages are dirty, and sleeps again; each 10 s it flushes whatever there is. What came after the last flush began is lost with the power: at a low rate that is the longer time.',
    zh: 'ASYNC_FLUSH 睡 500 ms，脏页不少于 4 页才刷，然后再睡；每 10 s 无条件刷一次。断电丢失最后一次刷盘开始之后写入的内容：流量越小，暴露的时间越长。',
    source: 'CommitLog.FlushRealTimeService#run, DefaultMappedFile#isAbleToFlush',
  },
  'BR-13': {
    en: 'SYNC_FLUSH commits in groups: one fsync ends the wait of all requests that it covers, and what arrives meanwhile shares the next one.',
    zh: 'SYNC_FLUSH 是组提交：一次 fsync 结束它覆盖的所有请求的等待，期间到达的共用下一次。',
    source: 'CommitLog.GroupCommitService#doCommit',
  },
  'BR-14': {
    en: 'No thread waits for the flush: the answer follows it. After syncFlushTimeout (5 s) the answer is FLUSH_DISK_TIMEOUT, and the message stays in the log, to be flushed and delivered.',
    zh: '没有线程为刷盘阻塞：响应随刷盘完成而发出。超过 syncFlushTimeout（5 s）返回 FLUSH_DISK_TIMEOUT，消息仍在日志中，之后照样刷盘和投递。',
    source: 'FlushDiskWatcher#run, CommitLog.DefaultFlushManager#handleDiskFlush',
  },
  'BR-15': {
    en: 'A message with WAIT=false waits neither for the flush nor for replicas, whatever the broker is set to.',
    zh: 'WAIT=false 的消息既不等刷盘也不等副本，不管 Broker 如何配置。',
    source: 'CommitLog.DefaultFlushManager#handleDiskFlush, CommitLog#needHandleHA',
  },
  'BR-16': {
    en: 'With transientStorePoolEnable appends go to memory of the process, and reach the page cache once 4 pages have gathered or after 200 ms. Consumers, slaves and flushes see only what is there.',
    zh: '开启 transientStorePoolEnable 后先写进程自己的堆外内存，攒够 4 页或 200 ms 后才到页缓存。消费者、从节点和刷盘都只看得到页缓存中的部分。',
    source: 'CommitLog.CommitRealTimeService#run',
  },
  'BR-17': {
    en: 'The waits for flush and replicas run side by side; when both fail, the answer names the replicas.',
    zh: '等刷盘与等副本并行进行；两者都失败时，响应以副本的状态为准。',
    source: 'CommitLog#handleDiskFlushAndHA',
  },
  'BR-18': {
    en: 'ConsumeQueues and index are flushed at leisure: what a crash takes of them is written again from the CommitLog.',
    zh: 'ConsumeQueue 和索引刷盘不急：崩溃丢掉的部分由 CommitLog 重建。',
    source: 'DefaultMessageStore.FlushConsumeQueueService',
  },
  'BR-19': {
    en: 'Topics and consumer offsets are plain files, rewritten whole and without fsync: topics when they change, offsets every 5 s.',
    zh: 'Topic 和消费位点是普通文件，整份重写且不做 fsync：Topic 变化时写，位点每 5 s 写一次。',
    source: 'BrokerController#initializeBrokerScheduledTasks, MixAll#string2File',
  },
  'BR-20': {
    en: 'kill -9 takes only memory of the process: a transient store pool. A power loss takes what was not flushed. A lost disk takes all. A graceful shutdown takes nothing, and leaves slaves 3 s (4.9: 1 s) to fetch the rest before replication ends.',
    zh: 'kill -9 只带走进程自己的内存（堆外内存池）；断电带走未刷盘的；磁盘损坏带走全部；正常关闭什么都不丢，并先给 Slave 留 3 s（4.9：1 s）收完剩余数据，再结束复制。',
    source: 'CommitLog, MappedFileQueue, DefaultMessageStore#shutdown',
  },
  'BR-21': {
    en: 'Offsets of a lost tail are given to later messages. A group whose offset is beyond the new end is corrected only if it asks before the queue has grown past it; else it skips the new messages in silence.',
    zh: '丢失尾部的偏移会分给之后的消息。消费组的位点超过新的末尾时，只有在队列长回来之前来拉取才会被纠正，否则会悄悄跳过新消息。',
    source: 'DefaultMessageStore#getMessage',
  },
  'BR-22': {
    en: 'The file abort is made at the start and removed by a clean shutdown, unless the disk is full, the broker fenced or its dispatch behind: found at a start, it tells of a crash.',
    zh: '启动时创建 abort 文件，正常关闭时删除（磁盘已满、被隔离（fenced）或分发落后时除外）：启动时发现它，就按异常退出恢复。',
    source: 'DefaultMessageStore#load, DefaultMessageStore#shutdown',
  },
  'BR-23': {
    en: 'A start checks the newest file, or after a crash all since 3 s before the checkpoint, cuts the log at the first bad record, and catches up its ConsumeQueues before it serves.',
    zh: '启动时检查最新的文件；异常退出后从检查点前 3 s 起全部检查，在第一条坏记录处截断，并在提供服务之前补齐 ConsumeQueue。',
    source: 'CommitLog#recoverNormally, CommitLog#recoverAbnormally',
  },
  'BR-24': {
    en: 'Whole CommitLog files go, oldest first and never the last, when their last write on this disk is older than fileReservedTime (72 h; a copy counts from when it was copied) and it is the hour of deleteWhen (04) or the disk is above 75 %. Whether they were consumed does not matter.',
    zh: '按整个 CommitLog 文件删除，从旧到新，从不删最后一个：在本机磁盘上的最后写入超过 fileReservedTime（72 h；复制来的按复制时间算），且到了 deleteWhen（04 点）或磁盘超过 75 %。与是否消费无关。',
    source: 'DefaultMessageStore.CleanCommitLogService#run, MappedFileQueue#deleteExpiredFileByTime',
  },
  'BR-25': {
    en: 'Above 85 % of the disk files go whatever their age; above 90 % writes are refused until the use is down again.',
    zh: '磁盘超过 85 % 时不论新旧都删；超过 90 % 时拒绝写入，直到使用率降下来。',
    source: 'DefaultMessageStore.CleanCommitLogService#isSpaceToDelete, RunningFlags#getAndMakeDiskFull',
  },
  'BR-26': {
    en: 'When one append has held the put lock for more than 1 s, new sends get [REJECTREQUEST], queued ones [PCBUSY_CLEAN_QUEUE], and those at the put [PC_SYNCHRONIZED]: all SYSTEM_BUSY.',
    zh: '某次追加占用写锁超过 1 s 时，新请求得到 [REJECTREQUEST]，排队的得到 [PCBUSY_CLEAN_QUEUE]，正要写入的得到 [PC_SYNCHRONIZED]：都是 SYSTEM_BUSY。',
    source: 'DefaultMessageStore#isOSPageCacheBusy, BrokerFastFailure#cleanExpiredRequest',
  },
  'BR-27': {
    en: 'A sweep every 10 ms answers sends that have waited 200 ms (pulls 5 s) with SYSTEM_BUSY [TIMEOUT_CLEAN_QUEUE]; a full queue answers [OVERLOAD].',
    zh: '每 10 ms 清扫一次：排队满 200 ms 的发送（拉取为 5 s）得到 SYSTEM_BUSY [TIMEOUT_CLEAN_QUEUE]；队列满则返回 [OVERLOAD]。',
    source: 'BrokerFastFailure#cleanExpiredRequestInQueue',
  },
  'BR-28': {
    en: 'Sends, and what consumers give back, are handled by min(cores, 4) threads and pulls by 16 + 2 × cores, each first come first served.',
    zh: '发送和消费者退回的消息由 min(核数, 4) 个线程处理，拉取由 16 + 2 × 核数个线程处理，都是先到先处理。',
    source: 'BrokerConfig.sendMessageThreadPoolNums, BrokerConfig.pullMessageThreadPoolNums',
  },
  'BR-29': {
    en: 'A body may have 4 MiB, the whole record 64 KiB more, properties 32 767 bytes; beyond that the broker answers MESSAGE_ILLEGAL.',
    zh: '消息体最大 4 MiB，整条记录再多 64 KiB，属性最多 32767 字节；超出返回 MESSAGE_ILLEGAL。',
    source: 'HookUtils#checkBeforePutMessage, MessageExtEncoder',
  },
  'BR-30': {
    en: 'PUT_OK, FLUSH_DISK_TIMEOUT, FLUSH_SLAVE_TIMEOUT and SLAVE_NOT_AVAILABLE all mean that the message is stored. The other results are errors and store nothing: SERVICE_NOT_AVAILABLE when the store is closed, a slave or full.',
    zh: 'PUT_OK、FLUSH_DISK_TIMEOUT、FLUSH_SLAVE_TIMEOUT、SLAVE_NOT_AVAILABLE 都表示消息已存储。其余是错误，没有存储：存储已关闭、是从节点或磁盘已满时为 SERVICE_NOT_AVAILABLE。',
    source: 'SendMessageProcessor#handlePutMessageResult',
  },
  'BR-31': {
    en: 'Each refusal has a response code of its own, e.g. TOPIC_NOT_EXIST 17, PULL_NOT_FOUND 19, PULL_OFFSET_MOVED 21, INVALID_PARAMETER 29.',
    zh: '每种拒绝都有自己的响应码，如 TOPIC_NOT_EXIST 17、PULL_NOT_FOUND 19、PULL_OFFSET_MOVED 21、INVALID_PARAMETER 29。',
    source: 'ResponseCode, RemotingSysResponseCode',
  },
  'BR-32': {
    en: 'A send without a queue gets a random write queue; one beyond the counts or of a missing topic is refused. The W bit of a topic is kept by the clients alone; reads do check R.',
    zh: '没有指定队列的发送随机选一个写队列；队列号越界或 Topic 不存在则拒绝。Topic 的 W 位只由客户端遵守；读取会检查 R。',
    source: 'AbstractSendMessageProcessor#msgCheck, PullMessageProcessor#processRequest',
  },
  'BR-33': {
    en: 'A broker listens on 10911, for replication on the next port; by default it may be read and written and is ASYNC_MASTER with id 0.',
    zh: 'Broker 监听 10911，主从复制用下一个端口；默认可读可写，角色 ASYNC_MASTER，brokerId 为 0。',
    source: 'BrokerStartup#buildBrokerController, MessageStoreConfig.haListenPort',
  },
};
