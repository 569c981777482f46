/**
 * The rules of the environment and of the judges, EN-n: what the protocols run on, and what the verdicts mean.
 * Numbers 1–19 are the environment's, from 20 on the judges'.
 */
export interface EnvironmentRule {
  readonly en: string;
  readonly zh: string;
  /** Where the behaviour is described, e.g. a manual page. */
  readonly source: string;
}

export const environmentRules: Readonly<Record<string, EnvironmentRule>> = {
  'EN-1': {
    en: 'A process starts on a host that has power; a host gets its power back with the first process that is started on it.',
    zh: '进程在有电的主机上启动；主机断电后，启动其上第一个进程时恢复供电。',
    source: 'fork(2), execve(2)',
  },
  'EN-2': {
    en: 'kill -9 ends a process at once. Its kernel lives on: it closes all its sockets, and what the process wrote stays in the page cache and reaches the disk later.',
    zh: 'kill -9 立即结束进程。内核仍在运行：它关闭该进程的所有套接字，进程写入的内容留在页缓存中，之后落盘。',
    source: 'signal(7), write(2)',
  },
  'EN-3': {
    en: 'A host without power tells nobody: no FIN, no RST. Its disk keeps what was flushed; the page cache and all that lived in memory are gone.',
    zh: '主机断电时不会通知任何人：没有 FIN，也没有 RST。磁盘保留已刷盘的内容，页缓存和内存中的一切全部消失。',
    source: 'fsync(2), write(2) NOTES',
  },
  'EN-4': {
    en: 'When a disk is lost the process ends, its sockets close, and everything that it stored is gone, flushed or not.',
    zh: '磁盘损坏时进程退出、套接字关闭，它存储的一切无论是否刷盘都消失。',
    source: 'kill -9 and rm -r of the data directory',
  },
  'EN-5': {
    en: 'A frozen process runs nothing (a long GC, SIGSTOP), while its kernel goes on: sockets stay open, connections are accepted, and what arrives waits.',
    zh: '停顿的进程（长 GC、SIGSTOP）什么都不执行，内核照常工作：套接字保持打开，连接照样被接受，到达的数据排队等待。',
    source: 'signal(7) SIGSTOP, listen(2) backlog',
  },
  'EN-6': {
    en: 'A graceful shutdown runs the shutdown hook first, and then ends the process as its own last act.',
    zh: '正常关闭先执行关闭钩子，最后由进程自己退出。',
    source: 'Runtime#addShutdownHook, exit(3)',
  },
  'EN-7': {
    en: 'A cut link swallows packets in both directions in silence. What has left a network card before still arrives.',
    zh: '链路切断后，双向的数据包无声消失；切断之前已离开网卡的仍会到达。',
    source: 'iptables -j DROP',
  },
  'EN-8': {
    en: 'Slowness multiplies the time that a disk, a network or a CPU needs; it changes no order and drops nothing.',
    zh: '变慢只是把磁盘、网络或 CPU 所需的时间放大：不改变顺序，也不丢失任何东西。',
    source: 'tc-netem(8)',
  },
  'EN-9': {
    en: 'The next message of a direction can be made to vanish on the wire, and is not sent again: a lost request or a lost answer.',
    zh: '可以让某个方向的下一条消息在线路上消失且不再重传：丢请求或丢响应。',
    source: 'an interposed proxy that drops one frame',
  },
  'EN-10': {
    en: 'A connection to a host that is up, where no process listens, is refused after one round trip.',
    zh: '连接一台在线但无进程监听的主机，一个往返之后即被拒绝。',
    source: 'connect(2) ECONNREFUSED',
  },
  'EN-11': {
    en: 'When a process ends or closes a socket, its kernel sends FIN behind all that was sent before; the peer learns one network latency later.',
    zh: '进程退出或关闭套接字时，内核在此前已发送的数据之后发出 FIN；对端在一个网络延迟后得知。',
    source: 'close(2), tcp(7)',
  },
  'EN-12': {
    en: 'A host that is up again, or a new process at the old address, does not know the old connection and answers with RST.',
    zh: '重新上电的主机，或同一地址上的新进程，不认识旧连接，以 RST 回应。',
    source: 'tcp(7) ECONNRESET',
  },
  'EN-13': {
    en: "What cannot be delivered stays in the sender's kernel and is sent again after 200 ms, then with doubling pauses up to 120 s. After 924.6 s without an acknowledgement the connection fails.",
    zh: '无法送达的数据留在发送方内核中，200 毫秒后重传，间隔逐次加倍，最长 120 秒；924.6 秒仍无确认，连接失败。',
    source: 'tcp(7) tcp_retries2 = 15, TCP_RTO_MIN',
  },
  'EN-14': {
    en: 'A connection request that nobody answers is repeated after 1, 3, 7, 15, 31 and 63 s; clients usually give up sooner by their own timeout.',
    zh: '无人回应的连接请求在 1、3、7、15、31、63 秒后重发；客户端通常先因自己的超时放弃。',
    source: 'tcp(7) tcp_syn_retries = 6',
  },
  'EN-15': {
    en: 'When the scenario says so, the kernel writes dirty pages back by itself once they are old enough; by default it never does, so that only a flush makes data safe from a power loss.',
    zh: '场景可以让内核把足够旧的脏页自行写回磁盘；默认从不写回，因此只有刷盘能防住断电。',
    source: 'Linux vm.dirty_expire_centisecs',
  },
  'EN-16': {
    en: 'When too many pages are dirty the kernel makes the writer wait for the disk.',
    zh: '脏页过多时，内核让写入方等待磁盘。',
    source: 'Linux vm.dirty_bytes, balance_dirty_pages()',
  },
  'EN-17': {
    en: 'What the user asks for is done at once, at the moment at which it is asked: the workload of an application, and the configuration keys that a running process reads.',
    zh: '用户的要求在提出的那一刻立即执行：应用的负载，以及运行中的进程会读取的配置项。',
    source: 'mqadmin updateBrokerConfig; the applications themselves',
  },
  'EN-18': {
    en: 'A database rolls back what a client had written and not committed when the client ends; what was committed stays.',
    zh: '客户端进程结束时，数据库回滚它已写入但未提交的数据；已提交的保留。',
    source: 'any SQL database: the end of a session',
  },
  'EN-20': {
    en: 'A message is lost when its sender was told SEND_OK and no copy is left on any disk or in any living page cache, consumed before or not. The disk of a host without power counts as a copy.',
    zh: '发送方已收到 SEND_OK，而任何磁盘和任何存活的页缓存中都没有副本了，消息即为丢失，无论之前是否被消费。断电主机的磁盘也算副本。',
    source: 'verdict acknowledgedLost',
  },
  'EN-21': {
    en: 'A delivery is a duplicate when the group was handed the message before and had not refused it; a retry after a failure is none.',
    zh: '消费组此前已收到过该消息且没有拒绝它，再次投递即为重复；消费失败后的重试不算重复。',
    source: 'verdict duplicates',
  },
  'EN-22': {
    en: 'The order of a key is violated when a group finishes a message for the first time after one that was sent later with the same key.',
    zh: '同一个 key，消费组首次完成某条消息之前，已完成了一条更晚发送的消息，即违反顺序。',
    source: 'verdict orderViolations',
  },
  'EN-23': {
    en: 'A queue has at most one owner in a clustering group; two living consumers that both take it for theirs break this until one lets go.',
    zh: '集群消费组内一个队列最多一个归属者；两个存活的消费者都认为队列归自己，直到其中一个放手为止都违反此条。',
    source: 'judge one-owner',
  },
  'EN-24': {
    en: 'A committed offset must not be beyond the smallest unfinished message that still exists in the queue; a reset by an administrator is excepted.',
    zh: '提交的消费位点不得越过队列中仍然存在的最小未完成消息；管理员重置位点除外。',
    source: 'judge safe-commit',
  },
  'EN-25': {
    en: 'The ledger balances: each sent message has exactly one outcome, each copy stands in a log, and nothing is delivered that was not stored.',
    zh: '账本必须平衡：每条已发送的消息恰有一个结果，每个副本都在某个日志里，没有存储过的消息不会被投递。',
    source: 'judge conservation',
  },
  'EN-26': {
    en: "A follower's log is a prefix of its leader's; where both hold the same place, they hold the same record.",
    zh: '从节点的日志是主节点日志的前缀：同一位置上两者的记录相同。',
    source: 'judge prefix',
  },
  'EN-27': {
    en: 'The local transaction of a message is committed exactly when the message is seen: it is broken when the brokers have put aside a message whose transaction is committed, and when they show one whose transaction is not.',
    zh: '本地事务已提交，当且仅当消息可见。事务已提交而 Broker 已放弃该消息，或事务没有提交而消息可见，即违反此条。',
    source: 'judge transactions',
  },
  'EN-28': {
    en: 'A message is passed over when a group commits beyond it although a member subscribes it and none was ever given it. What nobody in the group subscribes is no loss.',
    zh: '消费组有成员订阅某条消息、却从未有成员收到过它，位点就越过了它，即为漏消费。组内无人订阅的消息不算损失。',
    source: 'report effects.lost, groups.passedOver',
  },
};
