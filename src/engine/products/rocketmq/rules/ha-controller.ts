import type { Rule } from '../../../product';

/**
 * Controller mode. Simplified: the controllers agree on versions of all that they hold instead of on a log of changes
 * (their times and majorities are DLedger's); a role change takes no time of its own; addresses never change.
 */
export const haControllerRules: Record<string, Rule> = {
  'HA-24': {
    en: 'Controllers keep each group’s ids, master, epoch and SyncStateSet, and agree by majority; only their leader decides, the others refuse. A broker in controller mode gets its id from them and its role by election, and takes no writes before.',
    zh: 'Controller 保存每组的 id、主节点、epoch 和 SyncStateSet，按多数派达成一致；只有 leader 做决定，其他的拒绝请求。Controller 模式的 Broker 从它们得到 id，通过选举得到角色，在此之前不接受写入。',
    source:
      'ReplicasInfoManager, ReplicasManager#startBasicService, DLedgerController, RunningFlags#makeFenced',
  },
  'HA-25': {
    en: 'A broker tells every controller each second where its log ends. A closed connection counts as death at once; silence after 10 s, found by a scan each 5 s. When it was the master, an election follows: about 0 s after a crash, 10 to 15 s after the last heartbeat otherwise.',
    zh: 'Broker 每秒向所有 Controller 上报日志末尾。连接关闭立即视为宕机；静默超过 10 s、由每 5 s 一次的扫描发现。若它是主节点则随即选举：进程崩溃约 0 s 后，否则在最后一次心跳的 10 到 15 s 后。',
    source: 'DefaultBrokerHeartbeatManager#scanNotActiveBroker, ControllerManager#onBrokerInactive',
  },
  'HA-26': {
    en: 'The first broker that ever asks becomes master. Later: of the living members of the SyncStateSet the one with the highest epoch, then offset (a gap of 2 to 4 GiB counts the wrong way round: an int overflows), then the lowest brokerElectionPriority; outside the set only with enableElectUncleanMaster. Nobody: no master, and writes fail. electMaster names a living member of the set, which is elected although the master lives. A new master’s set is itself alone.',
    zh: '第一个申请的 Broker 成为主节点。之后在 SyncStateSet 的在线成员中选 epoch 最高、其次偏移最大（相差 2～4 GiB 时因 int 溢出而颠倒）、再次 brokerElectionPriority 最小的；只有 enableElectUncleanMaster 才能选集合之外的。没有人选就没有主节点，写入失败。electMaster 指定集合中在线的成员，即使主节点在线也会选它。新主的集合只有它自己。',
    source: 'ReplicasInfoManager#electMaster, DefaultElectPolicy#elect',
  },
  'HA-27': {
    en: 'The master proposes, the controllers decide. Out: a slave whose link is lost, at once; one that has not caught up for 15 s, at a look each 5 s. In: one that has reached the confirmed offset and the begin of this epoch. Only the master of the newest epoch may propose, and only living members.',
    zh: '主节点提议，Controller 决定。移出：连接断开的从节点立即移出；15 s 没有追上的在每 5 s 一次的检查中移出。加入：已到达确认位点和本 epoch 起点的从节点。只有最新 epoch 的主节点可以提议，成员必须在线。',
    source:
      'AutoSwitchHAService#maybeShrinkSyncStateSet, AutoSwitchHAService#maybeExpandInSyncStateSet, ReplicasInfoManager#alterSyncStateSet',
  },
  'HA-28': {
    en: 'By default an elected master acknowledges alone, so a failover can lose what it had acknowledged. inSyncReplicas=2 is not enough either when its process dies: the election compares offsets up to 1 s old. allAckInSyncStateSet waits for the whole set; minInSyncReplicas refuses writes when the set is too small.',
    zh: '默认情况下选出的主节点独自确认，所以切换可能丢失它已确认的消息。进程崩溃时 inSyncReplicas=2 也不够：选举比较的偏移最多旧 1 s。allAckInSyncStateSet 等待整个集合；集合太小时 minInSyncReplicas 拒绝写入。',
    source: 'CommitLog#asyncPutMessage, ReplicasManager#changeToMaster, GroupTransferService#doWaitTransfer',
  },
  'HA-29': {
    en: 'A slave compares its epochs with its master’s when it connects: the newest epoch that both began at the same place is shared up to where the shorter log has it. What lies behind is cut off and gone. Without a shared epoch it does not replicate at all, and asks again every 7 s.',
    zh: '从节点连接时与主节点比对 epoch：两者起点相同的最新 epoch 在较短日志的末尾之前是一致的。其后的内容被截掉，从此消失。没有共同的 epoch 则完全不复制，每 7 s 再问一次。',
    source: 'AutoSwitchHAClient#doTruncate, EpochFileCache#findConsistentPoint',
  },
  'HA-30': {
    en: 'Consumers see what is confirmed: all of the master’s log, or with allAckInSyncStateSet what the whole set has. A slave goes by the offset that its master sends along.',
    zh: '消费者看到的是已确认的部分：主节点的全部日志，或在 allAckInSyncStateSet 下整个集合都有的部分。从节点以主节点随数据发来的位点为准。',
    source: 'CommitLog#getConfirmOffset, AutoSwitchHAService#computeConfirmOffset',
  },
  'HA-31': {
    en: 'A master that is cut off from the controllers does not learn that it was replaced: it goes on accepting writes from clients that reach it until it hears of the higher epoch, and then those writes are cut off.',
    zh: '与 Controller 断开的主节点不知道自己已被取代：它继续接受能到达它的客户端的写入，直到得知更高的 epoch，那些写入随后被截掉。',
    source: 'ReplicasManager#schedulingSyncBrokerMetadata, ReplicasManager#changeToSlave',
  },
};
