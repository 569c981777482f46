import atAnySecond from './at-any-second.json';
import backlogDrill from './backlog-drill.json';
import closeTheOrder from './close-the-order.json';
import { consumingAndOrder } from './consuming-and-order';
import controllerElects from './controller-elects-a-master.json';
import controllerWithoutLoss from './controller-without-loss.json';
import dledgerElects from './dledger-elects-a-leader.json';
import { drills } from './drills';
import type { CatalogEntry, Text } from './entry';
import { firstEntry } from './first';
import fiveConsumers from './five-consumers-four-queues.json';
import masterDies from './master-dies-nobody-promoted.json';
import masterDiskLost from './master-disk-lost.json';
import nameserverBlackout from './nameserver-blackout.json';
import noonRush from './noon-rush.json';
import powerLossAsync from './power-loss-async.json';
import powerLossSync from './power-loss-sync.json';
import { retriesAndTransactions } from './retries-and-transactions';
import { sendingAndStorage } from './sending-and-storage';
import slaveActs from './slave-acts-as-master.json';
import slowDisk from './slow-disk.json';
import { subscribing } from './subscribing';
import syncMasterTrap from './sync-master-trap.json';
import threeWays from './three-ways-a-broker-dies.json';
import uncleanElection from './unclean-election.json';

/** Chapters of the lessons, and the number of the first lesson of each; 0: before them all. */
const CHAPTERS: readonly { readonly from: number; readonly title: Text }[] = [
  { from: 0, title: { en: 'A first look', zh: '先看一眼' } },
  { from: 1, title: { en: 'Why a queue', zh: '为什么用消息队列' } },
  { from: 4, title: { en: 'Architecture and routing', zh: '架构与路由' } },
  { from: 8, title: { en: 'Sending', zh: '发送' } },
  { from: 11, title: { en: 'Storage and flush', zh: '存储与刷盘' } },
  { from: 14, title: { en: 'Replication and availability', zh: '复制与高可用' } },
  { from: 18, title: { en: 'Consuming, rebalance, offsets', zh: '消费、重平衡、消费位点' } },
  { from: 23, title: { en: 'Retries and dead letters', zh: '重试与死信队列' } },
  { from: 25, title: { en: 'Duplicates and idempotence', zh: '重复与幂等' } },
  { from: 27, title: { en: 'Order', zh: '顺序消息' } },
  { from: 30, title: { en: 'Delayed messages', zh: '延迟消息' } },
  { from: 31, title: { en: 'Transactions', zh: '事务消息' } },
  { from: 33, title: { en: 'Backlog', zh: '消息堆积' } },
  { from: 36, title: { en: 'Filters', zh: '消息过滤' } },
  { from: 37, title: { en: 'Products compared', zh: '产品对比' } },
  { from: 40, title: { en: 'Drills', zh: '故障演练' } },
];

const entries: readonly CatalogEntry[] = [
  firstEntry,
  {
    id: 'power-loss-async',
    lesson: 12,
    file: powerLossAsync,
    sentence: {
      en: 'SEND_OK leaves before the disk has the message. A power cut shows how much was only in the page cache.',
      zh: 'SEND_OK 在落盘之前就返回。断一次电，就能看到有多少消息只在页缓存里。',
    },
    first: {
      text: { en: 'Cut the power of broker-a.', zh: '给 broker-a 断电。' },
      action: { do: 'kill', target: 'broker-a:0', failure: 'power' },
    },
  },
  {
    id: 'power-loss-sync',
    lesson: 12,
    file: powerLossSync,
    sentence: {
      en: 'SEND_OK waits for the disk. The same power cut loses nothing that was acknowledged.',
      zh: 'SEND_OK 等待落盘。同样断电，已确认的消息一条不丢。',
    },
    first: {
      text: { en: 'Cut the power of broker-a.', zh: '给 broker-a 断电。' },
      action: { do: 'kill', target: 'broker-a:0', failure: 'power' },
    },
  },
  {
    id: 'master-disk-lost',
    lesson: 14,
    file: masterDiskLost,
    sentence: {
      en: 'Replication is asynchronous and the link to the slave takes 100 ms. What had not left is gone with the disk.',
      zh: '异步复制，到从节点的链路要 100 ms。还没发出去的，随磁盘一起消失。',
    },
    first: {
      text: { en: 'Destroy the disk of the master of broker-a.', zh: '毁掉 broker-a 主节点的磁盘。' },
      action: { do: 'kill', target: 'broker-a:0', failure: 'disk' },
    },
  },
  {
    id: 'sync-master-trap',
    lesson: 14,
    file: syncMasterTrap,
    sentence: {
      en: 'SYNC_MASTER with the 5.x default inSyncReplicas=1 waits for nobody: the latency tells.',
      zh: '5.x 默认 inSyncReplicas=1，SYNC_MASTER 谁也不等：看延迟就知道。',
    },
    first: {
      text: {
        en: 'Set inSyncReplicas=2 on the master and watch the latency.',
        zh: '把主节点的 inSyncReplicas 设为 2，观察延迟。',
      },
      action: { do: 'set', target: 'broker-a:0', config: { inSyncReplicas: 2 } },
    },
  },
  {
    id: 'nameserver-blackout',
    lesson: 5,
    file: nameserverBlackout,
    sentence: {
      en: 'Clients keep their routes. Without any NameServer the traffic goes on; only changes stop.',
      zh: '客户端缓存了路由。没有任何 NameServer，流量照常；停下来的只是变更。',
    },
    first: {
      text: { en: 'Kill ns-1, then ns-2.', zh: '先杀 ns-1，再杀 ns-2。' },
      action: { do: 'kill', target: 'ns-1', failure: 'process' },
    },
  },
  {
    id: 'three-ways-a-broker-dies',
    lesson: 6,
    file: threeWays,
    sentence: {
      en: 'A killed process is noticed at once, a silent one after up to 120 s. Four sender threads feel the difference.',
      zh: '进程被杀立刻就知道，无声断开最长要 120 s。四个发送线程感受完全不同。',
    },
    first: {
      text: {
        en: 'Kill the master of broker-b with kill -9, restart it, then cut its power.',
        zh: '先 kill -9 broker-b 的主节点，重启，再断电。',
      },
      action: { do: 'kill', target: 'broker-b:0', failure: 'process' },
    },
  },
  {
    id: 'five-consumers-four-queues',
    lesson: 19,
    file: fiveConsumers,
    sentence: {
      en: 'A queue has one consumer of a group. The fifth consumer gets none.',
      zh: '一个队列在组内只归一个消费者。第五个消费者分不到队列。',
    },
    first: {
      text: {
        en: 'Shut down consumer-1 and watch its queue move.',
        zh: '关闭 consumer-1，看它的队列转给谁。',
      },
      action: { do: 'remove', target: 'consumer-1' },
    },
  },
  {
    id: 'noon-rush',
    lesson: 3,
    file: noonRush,
    sentence: {
      en: '1,000 msg/s arrive for 10 s and 200 msg/s can be served: 8,000 wait, nobody is refused.',
      zh: '10 s 内每秒来 1,000 条，每秒只能处理 200 条：堆积 8,000 条，无人被拒。',
    },
    first: {
      text: {
        en: 'Halve the time of a message to 50 ms: 6,000 wait at 20 s.',
        zh: '把每条的处理时间减半到 50 ms：20 s 时堆积 6,000 条。',
      },
      action: { do: 'set', target: 'consumer-1', workload: { processingMs: 50 } },
    },
  },
  {
    id: 'backlog-drill',
    lesson: 33,
    file: backlogDrill,
    sentence: {
      en: 'From 5 s on each message takes 250 ms instead of 100 ms: 240 msg/s pile up. Find the lever that drains them.',
      zh: '从 5 s 起每条处理时间由 100 ms 变成 250 ms：每秒堆积 240 条。找出能清空它的办法。',
    },
    first: {
      text: { en: 'Speed up consumer-1 to 50 ms a message.', zh: '把 consumer-1 的处理时间降到 50 ms。' },
      action: { do: 'set', target: 'consumer-1', workload: { processingMs: 50 } },
    },
  },
  {
    id: 'slow-disk',
    lesson: 10,
    file: slowDisk,
    sentence: {
      en: 'SYNC_FLUSH and a disk that takes 6 s for one fsync: the caller gives up at 3 s, the message is stored all the same.',
      zh: 'SYNC_FLUSH 加上一次 6 s 的 fsync：调用方 3 s 就放弃，消息却照样存了下来。',
    },
    first: {
      text: { en: 'Make an fsync on broker-a take 6 s.', zh: '让 broker-a 的一次 fsync 变为 6 s。' },
      action: { do: 'slow', target: 'broker-a:0', part: 'disk', fsyncMs: 6000 },
    },
  },
  {
    id: 'master-dies-nobody-promoted',
    lesson: 16,
    file: masterDies,
    sentence: {
      en: 'A classic slave is never promoted, and a 5.x slave serves no reads by default. The other pair carries the topic.',
      zh: '经典主从不会自动切换，5.x 的从节点默认也不提供读。整个 Topic 由另一组承担。',
    },
    first: {
      text: { en: 'Kill the master of broker-a.', zh: '杀掉 broker-a 的主节点。' },
      action: { do: 'kill', target: 'broker-a:0', failure: 'process' },
    },
  },
  {
    id: 'slave-acts-as-master',
    lesson: 16,
    file: slaveActs,
    sentence: {
      en: 'In acting-master mode the slave of a dead master is read as if it were the master. Writes stay with the other pair.',
      zh: '备代主模式下，主节点宕机后，从节点像主节点一样被读取。写入仍由另一组承担。',
    },
    first: {
      text: { en: 'Kill the master of broker-a.', zh: '杀掉 broker-a 的主节点。' },
      action: { do: 'kill', target: 'broker-a:0', failure: 'process' },
    },
  },
  {
    id: 'controller-elects-a-master',
    lesson: 17,
    file: controllerElects,
    sentence: {
      en: 'A controller promotes a slave at once when the master crashes. But a master acknowledges alone by default: what only it had is cut off when it returns.',
      zh: '主节点崩溃后 Controller 立即让从节点升主。但主节点默认独自确认：只有它有的消息，在它回来时会被截掉。',
    },
    first: {
      text: {
        en: 'Kill the master of broker-a, and start it again later.',
        zh: '杀掉 broker-a 的主节点，稍后再启动它。',
      },
      action: { do: 'kill', target: 'leaderOf:busiest', failure: 'process' },
    },
  },
  {
    id: 'controller-without-loss',
    lesson: 17,
    file: controllerWithoutLoss,
    sentence: {
      en: 'The same cluster with allAckInSyncStateSet and minInSyncReplicas=2: an answer waits for everybody in sync, and no failover loses it.',
      zh: '同样的集群，开启 allAckInSyncStateSet 且 minInSyncReplicas=2：要等所有同步副本才返回，切换不丢消息。',
    },
    first: {
      text: {
        en: 'Kill the master of broker-a, and start it again later.',
        zh: '杀掉 broker-a 的主节点，稍后再启动它。',
      },
      action: { do: 'kill', target: 'leaderOf:busiest', failure: 'process' },
    },
  },
  {
    id: 'unclean-election',
    lesson: 17,
    file: uncleanElection,
    sentence: {
      en: 'A replica that left the SyncStateSet 20 s ago becomes master all the same: what was acknowledged since is cut off the old one.',
      zh: '早在 20 s 前就掉出 SyncStateSet 的副本照样当上主节点：此后已确认的消息，在旧主归队时被截断。',
    },
    first: {
      text: {
        en: 'Switch enableElectUncleanMaster off before the master dies: nobody is elected, and nothing is lost.',
        zh: '在主节点被杀之前关掉 enableElectUncleanMaster：没有人当选，也没有消息丢失。',
      },
      action: { do: 'set', target: 'controller-1', config: { enableElectUncleanMaster: false } },
    },
  },
  {
    id: 'dledger-elects-a-leader',
    lesson: 17,
    file: dledgerElects,
    sentence: {
      en: 'Three nodes share one CommitLog. What a majority has is acknowledged; when the leader dies, the others elect one.',
      zh: '三个节点共享一份 CommitLog。多数派拥有才确认；leader 宕机后由其余节点选出新的。',
    },
    first: {
      text: { en: 'Kill the leader of broker-a.', zh: '杀掉 broker-a 的 leader。' },
      action: { do: 'kill', target: 'leaderOf:busiest', failure: 'process' },
    },
  },
  {
    id: 'close-the-order',
    lesson: 30,
    file: closeTheOrder,
    sentence: {
      en: 'Each order is followed by a message of delay level 16. It waits on the broker and comes 30 minutes later, at most 0.1 s late.',
      zh: '每个订单都跟着一条延迟级别 16 的消息：先在 Broker 上等待，30 分钟后投递，最多晚 0.1 s。',
    },
    first: {
      text: {
        en: 'Ask for 25 minutes: no level is that long, a timer of version 5 is.',
        zh: '要求 25 分钟：没有这样的级别，但 5.x 的定时消息可以。',
      },
      action: { do: 'send', target: 'producer-1', message: { delayLevel: 0, timerDelayMs: 1500000 } },
    },
  },
  {
    id: 'at-any-second',
    lesson: 30,
    file: atAnySecond,
    sentence: {
      en: 'Each reminder asks for 12.3 s, which no level offers. A timer of version 5 delivers it at the next full second: never early, up to 1 s late.',
      zh: '每条提醒要求延迟 12.3 s，没有这样的级别。5.x 的定时消息在下一个整秒投递：绝不提前，最多晚 1 s。',
    },
    first: {
      text: {
        en: 'Kill the broker and start it again 20 s later: what is overdue comes at once, some of it twice.',
        zh: '杀掉 Broker，20 s 后再启动：过期的一下子全部投递，其中几条会重复。',
      },
      action: { do: 'kill', target: 'broker-a:0', failure: 'process' },
    },
  },
  ...sendingAndStorage,
  ...consumingAndOrder,
  ...retriesAndTransactions,
  ...drills,
  ...subscribing,
];

/** The built-in scenarios in the order of their lessons. */
export const catalog: readonly CatalogEntry[] = [...entries].sort((x, y) => x.lesson - y.lesson);

/** The same by chapters, without those that have none yet. */
export const chapters: readonly { readonly title: Text; readonly entries: readonly CatalogEntry[] }[] =
  CHAPTERS.map(({ from, title }, i) => {
    const end = CHAPTERS[i + 1]?.from ?? Number.POSITIVE_INFINITY;
    return { title, entries: catalog.filter(({ lesson }) => lesson >= from && lesson < end) };
  }).filter((chapter) => chapter.entries.length > 0);
