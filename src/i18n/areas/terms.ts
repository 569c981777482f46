import { area } from '../area';

/** Terms of the field in one or two sentences each, shown in place. */
export const terms = area('terms', {
  flush: {
    en: 'Writing what stands in the page cache to the disk. Before it, a power loss takes the message.',
    zh: '把页缓存中的数据写到磁盘。在此之前断电，消息就没了。',
  },
  pageCache: {
    en: 'Memory of the kernel that holds file data. It survives kill -9 of the process, but not a power loss.',
    zh: '内核中存放文件数据的内存。进程被 kill -9 后它还在，断电则全部消失。',
  },
  replication: {
    en: 'The slave copies the bytes of the master’s CommitLog. What it has appended may still be in its page cache.',
    zh: '从节点复制主节点 CommitLog 的字节。已追加的部分可能还在从节点的页缓存里。',
  },
  commitLog: {
    en: 'One log on each broker for all topics, in the order of arrival. Offsets in it count bytes.',
    zh: '每个 Broker 上所有 Topic 共用的一份日志，按到达顺序写入，位点按字节计。',
  },
  consumeQueue: {
    en: 'An index per queue: entry n says where message n of the queue stands in the CommitLog.',
    zh: '每个队列一份索引：第 n 条记录指出队列的第 n 条消息在 CommitLog 中的位置。',
  },
  offset: {
    en: 'The place of a message in its queue, counted from 0. A group’s committed offset is where it goes on after a restart.',
    zh: '消息在队列中的序号，从 0 开始。消费组提交的位点，是它重启后继续消费的地方。',
  },
  lag: {
    en: 'Messages that a group has not finished: max offset less committed offset.',
    zh: '消费组尚未完成的消息数：最大位点减去已提交位点。',
  },
  rebalance: {
    en: 'Each consumer divides the queues anew among the members that it knows. It runs every 20 s and on a hint from a broker.',
    zh: '每个消费者按自己所知的成员重新分配队列。每 20 s 一次，收到 Broker 通知时也会执行。',
  },
  route: {
    en: 'Which brokers hold a topic, as a NameServer last told. Clients ask again every 30 s; it may be out of date.',
    zh: '某个 Topic 在哪些 Broker 上，以 NameServer 最近一次的回答为准。客户端每 30 s 拉取一次，可能已经过时。',
  },
  heartbeat: {
    en: 'A broker registers with each NameServer every 30 s. A NameServer that hears nothing for 120 s drops it.',
    zh: 'Broker 每 30 s 向各 NameServer 注册一次。NameServer 120 s 没有收到就把它移除。',
  },
  skew: {
    en: 'How unevenly keys are drawn: key number k has the weight 1 / k^skew. At 0 all are alike.',
    zh: '键分布的不均匀程度：第 k 个键的权重为 1 / k^skew，0 表示均匀。',
  },
  killProcess: {
    en: 'The process ends at once; its kernel closes the sockets and keeps the page cache.',
    zh: '进程立即结束，内核关闭它的套接字，页缓存保留。',
  },
  burst: {
    en: 'So many messages at once, on top of the rate.',
    zh: '在原有速率之外，一次性发出这么多条。',
  },
  belief: {
    en: 'What a process takes for true. It learns of a failure only from a closed connection, a timeout or a new route.',
    zh: '进程自己认为的状态。它只能从连接关闭、超时或新路由中得知故障。',
  },
  durability: {
    en: 'Page cache: gone with the power. Disk: kept through a power loss. Slave: kept when this machine is gone.',
    zh: '页缓存：断电即失。磁盘：断电后仍在。从节点：本机没了也还在。',
  },
  messageTrace: {
    en: 'What clients with enableTrace noted and sent to RMQ_SYS_TRACE_TOPIC, read from running brokers as the dashboard does. What a client had not sent when it died is missing.',
    zh: '打开 enableTrace 的客户端记录并发到 RMQ_SYS_TRACE_TOPIC 的内容，像 Dashboard 一样从运行中的 Broker 读取。客户端崩溃前没发出的就缺了。',
  },
});
