import { area } from '../area';

/** What the keys of replication and failover do: brokers and controllers. */
export const failoverKeys = area('config-keys-failover', {
  // replicas that a send waits for
  minInSyncReplicas: {
    en: 'With fewer replicas in sync, controller mode refuses writes before they are stored.',
    zh: 'Controller 模式下，同步副本少于此数时在写入前就拒绝。',
  },
  totalReplicas: {
    en: 'Replicas that the group is said to have. Above 1, an acting-master group lets a starting broker serve only after a handshake.',
    zh: '这个组声明的副本数。大于 1 时，代理主模式下刚启动的 Broker 要先握手才提供服务。',
  },
  allAckInSyncStateSet: {
    en: 'Controller mode: a SYNC_MASTER waits for every member of the SyncStateSet.',
    zh: 'Controller 模式下，SYNC_MASTER 要等 SyncStateSet 的全部成员确认。',
  },
  enableAutoInSyncReplicas: {
    en: 'Acting-master mode: waits for as many replicas as are available, down to minInSyncReplicas, instead of refusing.',
    zh: '代理主模式下，可用副本不够时改为等待现有的副本，最低到 minInSyncReplicas，而不是拒绝写入。',
  },
  haMaxGapNotInSync: {
    en: 'Acting-master mode: a slave that lags by more bytes does not count as available.',
    zh: '代理主模式下，落后字节数超过它的从节点不算可用。',
  },
  haMaxTimeSlaveNotCatchup: {
    en: 'A slave that has not caught up for this long is taken out of the SyncStateSet.',
    zh: '从节点这么久没有追上主节点，就被移出 SyncStateSet。',
  },
  haSlaveFallbehindMax: {
    en: 'With every slave farther behind than so many bytes, a SYNC_MASTER answers SLAVE_NOT_AVAILABLE at once.',
    zh: '从节点落后都超过这么多字节时，SYNC_MASTER 立即返回 SLAVE_NOT_AVAILABLE。',
  },
  haFlowControlEnable: {
    en: 'Limits replication to maxHaTransferByteInSecond.',
    zh: '把复制速度限制在 maxHaTransferByteInSecond 以内。',
  },
  maxHaTransferByteInSecond: {
    en: 'Bytes a second that a master sends to its slaves, if haFlowControlEnable is on.',
    zh: '开启 haFlowControlEnable 时，主节点每秒向从节点发送的字节上限。',
  },

  // acting master
  enableSlaveActingMaster: {
    en: 'While the master is gone, the slave of the smallest id serves reads and locks in its place. It takes no sends.',
    zh: '主节点不在时，id 最小的从节点代为提供读取和加锁，但不接受发送。',
  },
  enableRemoteEscape: {
    en: 'An acting master passes delayed messages, transaction checks and retries on to a master of another group.',
    zh: '代理主节点把延时消息、事务回查和重试转写到另一个组的主节点。',
  },
  brokerHeartbeatInterval: {
    en: 'How often a broker in acting-master or controller mode sends its light heartbeat.',
    zh: '代理主模式或 Controller 模式下 Broker 发送轻量心跳的周期。',
  },
  brokerNotActiveTimeoutMillis: {
    en: 'With enableSlaveActingMaster, a NameServer takes a broker for dead after so long without a heartbeat, not after 120 s.',
    zh: '开启 enableSlaveActingMaster 时，NameServer 这么久没收到心跳就认为 Broker 已死，而不是 120 s。',
  },
  syncBrokerMemberGroupPeriod: {
    en: 'How often a broker asks the NameServers which members of its group are alive.',
    zh: 'Broker 向 NameServer 询问本组哪些成员存活的周期。',
  },

  // controllers and brokers under them
  scanInactiveMasterInterval: {
    en: 'How often the controller looks again for groups that have no active master.',
    zh: 'Controller 复查哪些组没有活动主节点的周期。',
  },
  enableElectUncleanMaster: {
    en: 'Lets a replica outside the SyncStateSet become master: service goes on, and acknowledged messages may be lost.',
    zh: '允许 SyncStateSet 之外的副本当选主节点：服务得以继续，但可能丢失已确认的消息。',
  },
  notifyBrokerRoleChanged: {
    en: 'The controller tells brokers of an election at once; off, they notice when they ask.',
    zh: '选主之后 Controller 立即通知 Broker；关闭时 Broker 要等自己来询问才知道。',
  },
  enableControllerMode: {
    en: 'The controllers elect this group’s master and keep its SyncStateSet.',
    zh: '由 Controller 为这个组选主，并维护 SyncStateSet。',
  },
  controllerHeartBeatTimeoutMills: {
    en: 'A controller takes a broker for dead after so long without a heartbeat.',
    zh: 'Controller 这么久没收到心跳就认为 Broker 已死。',
  },
  syncControllerMetadataPeriod: {
    en: 'How often a broker asks which controller leads.',
    zh: 'Broker 询问哪个 Controller 是 leader 的周期。',
  },
  syncBrokerMetadataPeriod: {
    en: 'How often a broker asks the controller who its master is.',
    zh: 'Broker 向 Controller 询问谁是主节点的周期。',
  },
  checkSyncStateSetPeriod: {
    en: 'How often a master checks which slaves still belong to the SyncStateSet.',
    zh: '主节点检查哪些从节点仍属于 SyncStateSet 的周期。',
  },
  brokerElectionPriority: {
    en: 'Between replicas of equal epoch and offset, the smaller number is elected.',
    zh: '副本的 epoch 和位点都相同时，数值小的当选。',
  },

  // DLedger
  enableDLegerCommitLog: {
    en: 'The brokers of this name form a Raft group: a majority stores each message, and they elect their leader themselves.',
    zh: '同名的 Broker 组成 Raft 组：每条消息由多数派写入，leader 由它们自己选出。',
  },
});
