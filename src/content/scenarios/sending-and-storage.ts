import callerGivesUpFirst from './caller-gives-up-first.json';
import type { CatalogEntry } from './entry';
import fourHonestAnswers from './four-honest-answers.json';
import gridAsyncAsyncPower from './grid-async-async-power.json';
import gridAsyncSyncBothPower from './grid-async-sync-both-power.json';
import gridSyncAsyncDisk from './grid-sync-async-disk.json';
import gridSyncSyncDisk from './grid-sync-sync-disk.json';
import groupCommit from './group-commit.json';
import healthyWrittenOff from './healthy-and-written-off.json';
import lightTrafficPowerLoss from './light-traffic-power-loss.json';
import offHeapPool from './off-heap-pool.json';
import oneLogManyIndexes from './one-log-many-indexes.json';
import syncAsyncOneway from './sync-async-oneway.json';
import tenInOneCall from './ten-in-one-call.json';
import topicOnOneBroker from './topic-on-one-broker.json';
import whoTalksToWhom from './who-talks-to-whom.json';

/** Routing, sending, storage: S04 to S15. */
export const sendingAndStorage: readonly CatalogEntry[] = [
  {
    id: 'who-talks-to-whom',
    lesson: 4,
    file: whoTalksToWhom,
    sentence: {
      en: 'A cold start: four brokers register with two NameServers, eight links. No message ever passes through a NameServer.',
      zh: '冷启动：四个 Broker 向两个 NameServer 注册，共八条连接。消息从不经过 NameServer。',
    },
    first: {
      text: {
        en: 'Send one message and follow it: route, queue, master, answer.',
        zh: '发送一条消息并跟着它走：路由、队列、主节点、应答。',
      },
      action: { do: 'send', target: 'producer-1' },
    },
  },
  {
    id: 'healthy-and-written-off',
    lesson: 6,
    file: healthyWrittenOff,
    sentence: {
      en: 'Only the link between broker-b and ns-1 is cut. ns-1 drops the healthy broker at 101 s, its clients follow at 121 s: nothing is sent there any more, and 380 messages in it are read by nobody.',
      zh: '只切断 broker-b 与 ns-1 之间的链路。ns-1 在 101 s 除名这个健康的 Broker，客户端在 121 s 跟进：不再往那里发送，里面的 380 条消息没人消费。',
    },
    first: {
      text: {
        en: 'Heal the link: broker-b registers within 30 s, its clients are back another 30 s later at most.',
        zh: '恢复链路：broker-b 在 30 s 内重新注册，客户端最多再过 30 s 回来。',
      },
      action: { do: 'heal', between: ['broker-b:0', 'ns-1'] },
    },
  },
  {
    id: 'topic-on-one-broker',
    lesson: 7,
    file: topicOnOneBroker,
    sentence: {
      en: 'The first message creates the topic on the broker that it meets. After the next route poll everything goes there.',
      zh: '第一条消息落到哪个 Broker，Topic 就建在哪个 Broker。下一次拉取路由之后，所有消息都去那里。',
    },
    first: {
      text: {
        en: 'Add broker-c to relieve it, and see that nothing changes.',
        zh: '加一个 broker-c 来分担，看看什么都没变。',
      },
      action: { do: 'add', broker: { id: 'broker-c:0', brokerName: 'broker-c' } },
    },
  },
  {
    id: 'sync-async-oneway',
    lesson: 8,
    file: syncAsyncOneway,
    sentence: {
      en: '100 sync sends; 10 requests and 10 answers are lost. The caller knows of 80, and 90 are stored.',
      zh: '100 次同步发送，丢 10 个请求和 10 个应答。调用方知道 80 条成功，存下来的是 90 条。',
    },
    first: {
      text: {
        en: 'Switch the producer to oneway: it believes everything.',
        zh: '把生产者改为单向：它什么都相信。',
      },
      action: { do: 'set', target: 'producer-1', workload: { mode: 'oneway' } },
    },
  },
  {
    id: 'ten-in-one-call',
    lesson: 8,
    file: tenInOneCall,
    sentence: {
      en: 'Ten messages in one send call are one request, one queue, one answer. The answer to the tenth call is lost, and all ten of it come twice.',
      zh: '一次 send 发十条：一个请求、一个队列、一个应答。第十次调用的应答丢了，这十条全部重复。',
    },
    first: {
      text: {
        en: 'Send one by one: ten times as many requests.',
        zh: '改为逐条发送：请求数变成十倍。',
      },
      action: { do: 'set', target: 'producer-1', workload: { batch: 1 } },
    },
  },
  {
    id: 'four-honest-answers',
    lesson: 9,
    file: fourHonestAnswers,
    sentence: {
      en: 'SEND_OK, then a slow disk, then a slave that stands still, then no slave. Each answer says which extra copy is missing; the master has the message each time.',
      zh: '先是 SEND_OK，接着慢盘、从节点停顿、没有从节点。每种应答说明缺的是哪一份副本；消息每次都已在主节点上。',
    },
    first: {
      text: {
        en: 'Let the producer try the other broker when the answer is not SEND_OK, and count the copies.',
        zh: '让生产者在应答不是 SEND_OK 时改投另一个 Broker，数一数副本。',
      },
      action: { do: 'set', target: 'producer-1', config: { retryAnotherBrokerWhenNotStoreOK: true } },
    },
  },
  {
    id: 'caller-gives-up-first',
    lesson: 10,
    file: callerGivesUpFirst,
    sentence: {
      en: 'One fsync takes 4 s. The caller gets an exception at 3 s; the message is on the disk a second later.',
      zh: '一次 fsync 要 4 s。调用方在 3 s 时得到异常；再过一秒，消息已经落盘。',
    },
    first: {
      text: {
        en: 'Send order-A7 again, as the user would: two messages of one order.',
        zh: '像用户那样再发一次 order-A7：一张订单成了两条消息。',
      },
      action: { do: 'send', target: 'producer-1', message: { key: 'order-A7' } },
    },
  },
  {
    id: 'one-log-many-indexes',
    lesson: 11,
    file: oneLogManyIndexes,
    sentence: {
      en: 'A1 B1 A2 of two topics stand in one CommitLog in the order of their arrival. Reading moves an offset and deletes nothing.',
      zh: '两个 Topic 的 A1 B1 A2 按到达顺序写在同一份 CommitLog 里。消费只移动位点，什么也不删除。',
    },
    first: {
      text: {
        en: 'Kill the broker, restart it, and see it recover its queues from the log.',
        zh: '杀掉 Broker 再重启，看它从日志恢复队列。',
      },
      action: { do: 'kill', target: 'broker-a:0', failure: 'process' },
    },
  },
  {
    id: 'light-traffic-power-loss',
    lesson: 12,
    file: lightTrafficPowerLoss,
    sentence: {
      en: 'Two small messages a second never make four dirty pages: only the flush of each 10 s counts. A power cut at 20 s loses 19.',
      zh: '每秒两条小消息，永远凑不满四个脏页，只有每 10 s 一次的刷盘算数。20 s 时断电，丢 19 条。',
    },
    first: {
      text: {
        en: 'Set flushCommitLogThoroughInterval to 1 s before the power goes.',
        zh: '断电之前，把 flushCommitLogThoroughInterval 设为 1 s。',
      },
      action: { do: 'set', target: 'broker-a:0', config: { flushCommitLogThoroughInterval: 1000 } },
    },
  },
  {
    id: 'off-heap-pool',
    lesson: 12,
    file: offHeapPool,
    sentence: {
      en: 'With transientStorePoolEnable a message waits in the memory of the process. kill -9 then loses up to 13.',
      zh: '开启 transientStorePoolEnable 后，消息先停在进程自己的内存里。kill -9 也会丢，最多 13 条。',
    },
    first: {
      text: { en: 'Kill the process of broker-a.', zh: '杀掉 broker-a 的进程。' },
      action: { do: 'kill', target: 'broker-a:0', failure: 'process' },
    },
  },
  {
    id: 'group-commit',
    lesson: 13,
    file: groupCommit,
    sentence: {
      en: 'What arrives during an fsync shares the next one: 20 sender threads get 1,250 msg/s out of 8 ms an fsync.',
      zh: 'fsync 期间到达的请求共用下一次 fsync：一次 8 ms，20 个发送线程能发 1,250 条/s。',
    },
    first: {
      text: { en: 'Go down to one thread.', zh: '减到一个线程。' },
      action: { do: 'set', target: 'producer-1', workload: { threads: 1 } },
    },
  },
  {
    id: 'grid-async-async-power',
    lesson: 15,
    file: gridAsyncAsyncPower,
    sentence: {
      en: 'The master loses power and comes back. Of what it had not flushed about 100 messages are lost, and 275 are stranded on the slave.',
      zh: '主节点断电后恢复。没刷盘的消息里，约 100 条丢失，275 条滞留在从节点。',
    },
    first: {
      text: {
        en: 'Make the master wait for its slave: nothing is lost, and 174 messages are stranded all the same.',
        zh: '让主节点等待从节点：一条不丢，但仍有 174 条滞留在从节点。',
      },
      action: { do: 'set', target: 'broker-a:0', config: { brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 } },
    },
  },
  {
    id: 'grid-async-sync-both-power',
    lesson: 15,
    file: gridAsyncSyncBothPower,
    sentence: {
      en: 'Two copies, neither on a disk: when master and slave lose power together, what neither had flushed is lost.',
      zh: '有两份副本，但都没落盘：主从同时断电，双方都没刷盘的就丢了。',
    },
    first: {
      text: { en: 'Set SYNC_FLUSH on the master.', zh: '把主节点改为 SYNC_FLUSH。' },
      action: { do: 'set', target: 'broker-a:0', config: { flushDiskType: 'SYNC_FLUSH' } },
    },
  },
  {
    id: 'grid-sync-async-disk',
    lesson: 15,
    file: gridSyncAsyncDisk,
    sentence: {
      en: 'Every message was flushed, and the disk is gone. About 90 had not been sent to the slave yet: lost.',
      zh: '每条都已落盘，磁盘却没了。约 90 条还没发给从节点：丢失。',
    },
    first: {
      text: { en: 'Make the master wait for its slave.', zh: '让主节点等待从节点。' },
      action: { do: 'set', target: 'broker-a:0', config: { brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 } },
    },
  },
  {
    id: 'grid-sync-sync-disk',
    lesson: 15,
    file: gridSyncSyncDisk,
    sentence: {
      en: 'Flushed and copied before the answer: the disk of the master is destroyed, and nothing that was acknowledged is lost.',
      zh: '先落盘、先复制，再应答：主节点的磁盘毁了，已确认的一条不丢。',
    },
    first: {
      text: { en: 'Cut the power of the slave, too.', zh: '再给从节点断电。' },
      action: { do: 'kill', target: 'broker-a:1', failure: 'power' },
    },
  },
];
