import type { Rule } from '../../../product';

/** Classic master and slave: replication, and reading from a slave. */
export const haRules: Record<string, Rule> = {
  'HA-1': {
    en: 'Roles come from the configuration alone: a master role forces brokerId 0, a slave needs one above 0. Nothing changes a role at run time, so a slave is never promoted: an operator edits the configuration and restarts.',
    zh: '角色只由配置决定：主角色强制 brokerId 为 0，从节点必须大于 0。运行期间角色不变，所以从节点不会自动升主：要由运维改配置并重启。',
    source: 'BrokerRole, BrokerStartup#buildBrokerController',
  },
  'HA-2': {
    en: 'The slave connects to the master, reports where its log ends, and again after each append and every 5 s. A failed connection is tried again 5 s later; a link without a word for 20 s is closed by either side.',
    zh: '从节点连接主节点并上报日志末尾，每次追加后和每 5 s 再报一次。连接失败 5 s 后重试；20 s 没有任何数据的连接由任一方关闭。',
    source: 'DefaultHAClient#run, DefaultHAConnection',
  },
  'HA-3': {
    en: 'The master sends raw log in pieces of up to 32 KiB, flushed or not. With nothing left it waits up to 100 ms, and only a put that waits for replicas wakes it: an idle ASYNC_MASTER replicates up to 100 ms late.',
    zh: '主节点以最多 32 KiB 为一片发送原始日志，不管是否刷盘。没有数据时最多等 100 ms，只有等待副本的写入才会唤醒它：空闲的 ASYNC_MASTER 最多晚 100 ms 复制。',
    source: 'DefaultHAConnection.WriteSocketService#run, CommitLog#handleHA',
  },
  'HA-4': {
    en: 'The transfer begins where the slave ends; a slave without any log gets only the file that is being written, and lacks the older ones. In controller mode it gets all files, and while its master has none yet, the sender looks for one each 500 ms.',
    zh: '从从节点的末尾开始传输；没有任何日志的从节点只能从当前正在写的文件开始，缺少更早的文件。Controller 模式下它得到全部文件；主节点还没有文件时，发送线程每 500 ms 看一次。',
    source:
      'DefaultHAConnection.WriteSocketService#run, AutoSwitchHAConnection.AbstractWriteSocketService#run',
  },
  'HA-5': {
    en: 'A piece must begin exactly where the slave ends, else it drops the link. Contents are never compared: when the master has lost a tail, the slave keeps it, gets nothing until the master has grown past it, and goes on behind bytes that differ.',
    zh: '每一片必须正好从从节点的末尾开始，否则断开连接。内容从不比对：主节点丢了尾部时，从节点保留它，在主节点增长超过它之前什么也收不到，之后接在不同的字节后面继续。',
    source: 'DefaultHAClient#dispatchReadRequest',
  },
  'HA-6': {
    en: 'A slave acknowledges what it has appended to its page cache. Its flush is its own: the loop of ASYNC_FLUSH, or every 10 ms with SYNC_FLUSH.',
    zh: '从节点确认的是已写入页缓存的位置。它自己决定刷盘：ASYNC_FLUSH 的循环，或 SYNC_FLUSH 的每 10 ms 一次。',
    source: 'DefaultHAClient#reportSlaveMaxOffset',
  },
  'HA-7': {
    en: 'Only a SYNC_MASTER waits, until inSyncReplicas copies exist, its own included. The default is 1: then it waits for nobody. After slaveTimeout (3 s) it answers FLUSH_SLAVE_TIMEOUT, and the message stays. In acting-master mode it refuses before writing when fewer replicas are usable than it needs.',
    zh: '只有 SYNC_MASTER 会等，直到有 inSyncReplicas 份副本（含自己）。默认是 1：等于谁也不等。超过 slaveTimeout（3 s）返回 FLUSH_SLAVE_TIMEOUT，消息仍在。备代主模式下，可用副本少于所需时在写入前就拒绝。',
    source: 'CommitLog#handleHA, GroupTransferService#doWaitTransfer',
  },
  'HA-8': {
    en: 'With inSyncReplicas=2 and no slave connected each message is stored, waits the full 3 s and is answered FLUSH_SLAVE_TIMEOUT; the waits run side by side.',
    zh: 'inSyncReplicas=2 而没有从节点连接时，每条消息照样存储，等满 3 s，返回 FLUSH_SLAVE_TIMEOUT；各条的等待并行。',
    source: 'GroupTransferService#doWaitTransfer',
  },
  'HA-9': {
    en: 'A 4.9 SYNC_MASTER waits for any one slave; without one that is connected and less than 256 MiB behind it answers SLAVE_NOT_AVAILABLE at once. 5.x never gives that answer.',
    zh: '4.9 的 SYNC_MASTER 等任意一个从节点；没有连接且落后少于 256 MiB 的从节点时，立即返回 SLAVE_NOT_AVAILABLE。5.x 从不返回它。',
    source: '4.9.8 CommitLog#submitReplicaRequest, HAService#isSlaveOK',
  },
  'HA-10': {
    en: 'By default one copy is enough: totalReplicas, inSyncReplicas and minInSyncReplicas are all 1.',
    zh: '默认一份副本就够：totalReplicas、inSyncReplicas、minInSyncReplicas 都是 1。',
    source: 'MessageStoreConfig',
  },
  'HA-11': {
    en: "A slave fetches the master's topics and consumer offsets when more than 60 s have passed since the last time, looking every 3 s; 4.9 every 10 s. Topics are replaced, offsets merged with the master's winning.",
    zh: '从节点每 3 s 看一次，距上次超过 60 s 就从主节点拉取 Topic 和消费位点；4.9 每 10 s 一次。Topic 整体替换，位点合并且以主节点为准。',
    source: 'BrokerController#initializeBrokerScheduledTasks, SlaveSynchronize#syncAll',
  },
  'HA-12': {
    en: 'So when the master is lost, the consumer offsets on its slave are up to 63 s old (4.9: 10 s).',
    zh: '因此主节点丢失时，从节点上的消费位点最多旧 63 s（4.9 为 10 s）。',
    source: 'SlaveSynchronize#syncAll',
  },
  'HA-13': {
    en: 'A 5.x slave rejects pulls unless slaveReadEnable is on: while the master is dead its queues are not consumed. A 4.9 slave serves them.',
    zh: '5.x 的从节点拒绝拉取，除非开启 slaveReadEnable：主节点宕机期间它的队列无法消费。4.9 的从节点会提供服务。',
    source: 'PullMessageProcessor#rejectRequest',
  },
  'HA-14': {
    en: 'A reader that is further behind than 40 % of the memory is sent to slave 1, if the answering broker has slaveReadEnable; on a slave the limit is 30 %, and below it the reader is sent back.',
    zh: '落后超过内存 40 % 的读者会被建议去从节点 1，前提是应答的 Broker 开启了 slaveReadEnable；从节点上的界限是 30 %，低于它就建议回主节点。',
    source: 'DefaultMessageStore#getMessage, PullMessageProcessor#composeResponseHeader',
  },
  'HA-15': {
    en: 'The client keeps the suggestion for each queue and follows it with its next pull; if that id is gone, it takes another one that it knows; when it knows none, it asks for the route first.',
    zh: '客户端按队列记住建议，下一次拉取时照做；该 id 不在时改用它知道的另一个；一个都不知道时先查一次路由。',
    source: 'PullAPIWrapper#updatePullFromWhichNode, PullAPIWrapper#recalculatePullFromWhichNode',
  },
  'HA-16': {
    en: 'With slaveReadEnable a client turns to the slave once the name server has dropped the master and its own poll has seen that. A caught-up slave does not hold an empty pull: it answers at once, and the client asks again without a pause.',
    zh: '开启 slaveReadEnable 后，NameServer 剔除主节点且客户端自己轮询到之后，才转向从节点。已追平的从节点不挂起空拉取：立即返回，客户端不停地再问。',
    source: 'PullMessageProcessor#composeResponseHeader, DefaultPullMessageResultHandler#handle',
  },
  'HA-17': {
    en: 'A slave takes no sends, locks, transaction ends or offset resets; commits of consumer offsets it takes.',
    zh: '从节点不接受发送、加锁、事务结束和位点重置；消费位点的提交它接受。',
    source: 'SendMessageProcessor#rejectRequest, EndTransactionProcessor#processRequest',
  },
  'HA-18': {
    en: 'When the master is back its own, older consumer offsets count again. Consumers that live re-commit theirs within 5 s; a group without one resumes from the old values and sees duplicates.',
    zh: '主节点回来后，以它自己较旧的消费位点为准。活着的消费者 5 s 内会重新提交；没有消费者在线的组从旧位点继续，出现重复。',
    source: 'ConsumerOffsetManager',
  },
  'HA-19': {
    en: 'In acting-master mode the slave with the smallest id stands in for a master that is gone: it is shown as id 0, serves reads (with slaveReadEnable) and takes over the services of a master, which write to another master (enableRemoteEscape). It takes no sends.',
    zh: '备代主模式下，主节点不在时由 id 最小的从节点代主：路由里显示为 id 0，服务读取（需 slaveReadEnable），接管主节点的后台服务，这些服务写到别的主节点（enableRemoteEscape）。它不接受发送。',
    source: 'BrokerController#changeSpecialServiceStatus, EscapeBridge#asyncPutMessage',
  },
  'HA-20': {
    en: 'In that mode a broker asks each second who of its group is listed. With totalReplicas above 1 it registers only after a handshake with its group, in which a returning master takes back consumer offsets and delay offsets, each unless their version is older than its own; delay versions move on every 200 deliveries.',
    zh: '该模式下，Broker 每秒询问组内有哪些成员被列出。totalReplicas 大于 1 时，要先与组内握手才注册；返回的主节点在握手中取回消费位点和延迟级别进度，版本比自己旧的不取；延迟进度的版本每 200 次投递才前进一次。',
    source: 'BrokerController#syncBrokerMemberGroup, BrokerPreOnlineService#syncMetadataReverse',
  },
  'HA-21': {
    en: 'A DLedger group shares one CommitLog by Raft: its leader beats every 2 s; a follower that hears nothing for more than 6 s stands for leader, with pauses of 300 to 1000 ms between votes. A put is committed, and seen, when a majority has it in memory; disks are flushed every 10 ms, and nobody waits for them. What no majority had is cut off.',
    zh: 'DLedger 组用 Raft 共享一份 CommitLog：leader 每 2 s 发心跳；follower 超过 6 s 没听到就参选，每轮投票间隔随机 300～1000 ms。多数派在内存中拥有即提交、可见；磁盘每 10 ms 刷一次，没人等它。没有多数派的尾部会被截掉。',
    source:
      'DLedgerLeaderElector#maintainState, DLedgerEntryPusher.QuorumAckChecker, DLedgerCommitLog#asyncPutMessage',
  },
  'HA-22': {
    en: 'Without a majority within 2.5 s a put ends as IN_SYNC_REPLICAS_NOT_ENOUGH (SYSTEM_ERROR; 4.x SYSTEM_BUSY), though its entry stays and may be committed later: the retry is a duplicate then. More than 10000 waiting puts are refused as SYSTEM_BUSY. A node that does not lead takes no sends.',
    zh: '2.5 s 内没有多数派时，写入以 IN_SYNC_REPLICAS_NOT_ENOUGH 结束（SYSTEM_ERROR；4.x 为 SYSTEM_BUSY），而日志仍留着、之后可能提交：这时重试就成为重复。等待超过 10000 个时以 SYSTEM_BUSY 拒绝。不是 leader 的节点不接受发送。',
    source: 'DLedgerCommitLog#asyncPutMessage, DLedgerEntryPusher#checkResponseFuturesTimeout',
  },
  'HA-23': {
    en: 'A new leader waits until its whole log is committed and dispatched, becomes broker id 0 and registers; a follower has its node number and one as id. From the loss of a leader to the route poll behind that registration the group takes no sends.',
    zh: '新 leader 等全部日志提交并分发完，成为 broker id 0 并注册；follower 的 id 是节点序号加一。从失去 leader 到注册之后的那次路由拉取，该组不可写。',
    source: 'DLedgerRoleChangeHandler#handle',
  },
};
