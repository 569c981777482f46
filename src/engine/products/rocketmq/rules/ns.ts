import type { Rule } from '../../../product';

/** Name server. */
export const nsRules: Record<string, Rule> = {
  'NS-1': {
    en: 'Each name server is alone: no protocol, leader or shared storage joins them. Routes live in memory only, so a restarted one is empty until brokers register again.',
    zh: '每台 NameServer 各自独立：彼此没有协议、没有主、没有共享存储。路由只在内存中，重启后为空，直到 Broker 再次注册。',
    source: 'RouteInfoManager, KVConfigManager#persist',
  },
  'NS-2': {
    en: 'Routes are tables of memory: topic to queues of each broker, broker name to addresses by id, and when each address last registered. None of them is about clients.',
    zh: '路由就是几张内存表：Topic 到各 Broker 的队列、brokerName 到各 id 的地址、每个地址的最近注册时间。没有一张表与客户端有关。',
    source: 'RouteInfoManager, TopicRouteData',
  },
  'NS-3': {
    en: 'A name server listens on port 9876.',
    zh: 'NameServer 监听 9876 端口。',
    source: 'NamesrvStartup#parseCommandlineAndConfigFile',
  },
  'NS-4': {
    en: 'A broker registers with every name server at once, each over its own connection; one that fails does not hinder the others.',
    zh: 'Broker 同时向每台 NameServer 注册，各用一条连接；其中一台失败不影响其他。',
    source: 'BrokerOuterAPI#registerBrokerAll',
  },
  'NS-5': {
    en: 'A broker registers when it starts, after 10 s, and then every registerNameServerPeriod (30 s, kept within 10 to 60 s). The registration is the heartbeat and carries all topics.',
    zh: 'Broker 启动时注册一次，10 秒后再注册，之后每 registerNameServerPeriod（30 秒，限制在 10 到 60 秒）一次。注册就是心跳，并带上全部 Topic。',
    source: 'BrokerController#start, BrokerController#registerBrokerAll',
  },
  'NS-6': {
    en: 'A topic that is created or changed is registered with every name server at once, without waiting for the next tick.',
    zh: '新建或修改 Topic 会立即向每台 NameServer 注册，不等下一个周期。',
    source: 'BrokerController#registerIncrementBrokerData',
  },
  'NS-7': {
    en: "The answer to a slave's registration names its master; that is how a slave finds it.",
    zh: 'slave 注册时，响应里带有 master 的地址，slave 由此找到 master。',
    source: 'RouteInfoManager#registerBroker, BrokerController#handleRegisterBrokerResult',
  },
  'NS-8': {
    en: 'Heartbeats of one second exist in the acting-master and controller modes only; otherwise the registration every 30 s is the one sign of life.',
    zh: '每秒一次的轻量心跳只存在于备代主和 Controller 模式；否则 30 秒一次的注册是唯一的存活信号。',
    source: 'BrokerController#scheduleSendHeartbeat',
  },
  'NS-9': {
    en: 'A broker that shuts down in order stops registering and unregisters from every name server before its store closes.',
    zh: 'Broker 正常关闭时先停止注册，向每台 NameServer 注销，然后才关闭存储。',
    source: 'BrokerController#unregisterBrokerAll',
  },
  'NS-10': {
    en: 'A registration puts the address under its brokerName and id, renews its live entry, and, from a master, writes the queues of its topics. A single topic from a broker that is not listed is refused.',
    zh: '注册把地址写到 brokerName 和 id 之下，刷新存活记录；来自 master 的注册还写入各 Topic 的队列。未列出的 Broker 单独注册一个 Topic 会被拒绝。',
    source: 'RouteInfoManager#registerBroker',
  },
  'NS-11': {
    en: 'Of two processes that claim the same brokerName and id the later registration wins, unless its stateVersion is lower; so they replace each other with every heartbeat.',
    zh: '两个进程声称同一 brokerName 和 id 时，后注册者胜，除非它的 stateVersion 更低；于是它们随每次心跳互相替换。',
    source: 'RouteInfoManager#registerBroker',
  },
  'NS-12': {
    en: "A slave's topics are not taken from its registration while a smaller id of its group is listed. A 5.x slave with the smallest id does publish its topics.",
    zh: '组内还列有更小的 id 时，不采用 slave 注册的 Topic。5.x 中 id 最小的 slave 会发布自己的 Topic。',
    source: 'RouteInfoManager#registerBroker',
  },
  'NS-13': {
    en: 'A registration deletes no topic: what a broker no longer has stays listed, unless deleteTopicWithBrokerRegistration is set.',
    zh: '注册不会删除 Topic：Broker 已没有的 Topic 仍被列出，除非设置 deleteTopicWithBrokerRegistration。',
    source: 'NamesrvConfig.deleteTopicWithBrokerRegistration',
  },
  'NS-14': {
    en: 'A DataVersion is a state version, a time and a counter. While it equals the known one, the stored queues are not touched.',
    zh: 'DataVersion 由状态版本、时间和计数器组成。它与已知的相同时，已存的队列数据不变。',
    source: 'DataVersion#nextVersion, RouteInfoManager#isTopicConfigChanged',
  },
  'NS-15': {
    en: 'A broker leaves the tables when its connection closes (at once), when nothing was read or written on it for serverChannelMaxIdleTimeSeconds (120 s), or when its registration is too old.',
    zh: 'Broker 被移出路由表有三种情况：连接关闭（立即）；连接 serverChannelMaxIdleTimeSeconds（120 秒）内没有读写；注册过期。',
    source: 'BrokerHousekeepingService#onChannelClose, BrokerHousekeepingService#onChannelIdle',
  },
  'NS-16': {
    en: 'A scan every scanNotActiveBrokerInterval (5 s; 10 s in 4.9) drops registrations that are older than 120 s, or than the brokerNotActiveTimeoutMillis (10 s) that a broker of the acting-master mode asks for.',
    zh: '每 scanNotActiveBrokerInterval（5 秒，4.9 为 10 秒）扫描一次，移除超过 120 秒未更新的注册；备代主模式的 Broker 自带期限 brokerNotActiveTimeoutMillis（10 秒）。',
    source: 'RouteInfoManager#scanNotActiveBroker, NamesrvController#startScheduleService',
  },
  'NS-17': {
    en: 'A closed connection removes a broker only if it is the one of its latest registration. In 5.x a thread of its own removes all waiting brokers in one go; in 4.9 it happens inline.',
    zh: '只有最近一次注册所用的连接关闭时才移除 Broker。5.x 由专门的线程一次移除所有等待者，4.9 当场移除。',
    source: 'RouteInfoManager#onChannelDestroy, BatchUnregistrationService#run',
  },
  'NS-18': {
    en: 'Removing a broker drops its live entry and its address. Only with the last address of its brokerName do the queues go. In acting-master mode a group that is left without id 0 loses the write permission of its queues.',
    zh: '移除 Broker 会删掉它的存活记录和地址。只有 brokerName 的最后一个地址被移除时，队列才一并删除。备代主模式下，没有了 id 0 的组，其队列被去掉写权限。',
    source: 'RouteInfoManager#unRegisterBroker, RouteInfoManager#cleanTopicByUnRegisterRequests',
  },
  'NS-19': {
    en: 'When a master is removed and its slave lives, the route still lists its queues with the slave as their only address: producers skip them, consumers see them.',
    zh: 'master 被移除而 slave 还在时，路由仍列出它的队列，地址只剩 slave：生产者跳过，消费者可见。',
    source: 'RouteInfoManager#unRegisterBroker',
  },
  'NS-20': {
    en: 'A broker that falls silent stays listed until about 120 s after its last byte: 90 to 120 s after the failure, and clients learn of it up to 30 s later.',
    zh: 'Broker 无声断开后，会一直列在路由里，直到最后一个字节之后约 120 秒：即故障后 90 到 120 秒，客户端最多再晚 30 秒得知。',
    source: 'BrokerHousekeepingService#onChannelIdle, RouteInfoManager#scanNotActiveBroker',
  },
  'NS-21': {
    en: 'A route is answered when the topic has queues and one of its brokers an address, else TOPIC_NOT_EXIST. Whether a broker answers is never checked.',
    zh: 'Topic 有队列且至少一个 Broker 有地址时答复路由，否则答复 TOPIC_NOT_EXIST。从不检查 Broker 是否应答。',
    source: 'ClientRequestProcessor#getRouteInfoByTopic, RouteInfoManager#pickupTopicRouteData',
  },
  'NS-22': {
    en: 'With supportActingMaster a group in acting-master mode that has no id 0 and no write permission is shown with its smallest id as id 0.',
    zh: '开启 supportActingMaster 后，备代主模式的组没有 id 0 且不可写时，路由里把最小的 id 显示为 id 0。',
    source: 'RouteInfoManager#pickupTopicRouteData',
  },
  'NS-23': {
    en: 'wipeWritePerm takes the write permission from all queues of a broker on the name servers asked; its heartbeats leave that so, its first registration and one with a changed DataVersion bring back the topics that they hold: in 5.x a new topic brings back itself alone.',
    zh: 'wipeWritePerm 在被询问的 NameServer 上去掉某个 Broker 所有队列的写权限；心跳不会改变它，首次注册和 DataVersion 变化的注册会恢复其中携带的 Topic：5.x 新建 Topic 只恢复它自己。',
    source: 'RouteInfoManager#operateWritePermOfBroker, TopicConfigManager#registerBrokerData',
  },
  'NS-24': {
    en: 'An order topic has the queues of its order configuration, which each name server keeps in kvConfig.json and gives to clients with orderMessageEnable: a dead broker keeps its place in the list, and its keys fail.',
    zh: '顺序 Topic 的队列以顺序配置为准：每台 NameServer 把它记在 kvConfig.json 中，打开 orderMessageEnable 后随路由下发；Broker 宕机时列表不变，落在它上面的 key 发送失败。',
    source: 'NamesrvUtil.NAMESPACE_ORDER_TOPIC_CONFIG, MQClientInstance#topicRouteData2TopicPublishInfo',
  },
  'NS-25': {
    en: 'A name server pushes nothing to clients, talks to no other name server, probes no broker, elects nobody, and never sees a message.',
    zh: 'NameServer 不向客户端推送，不与其他 NameServer 通信，不探测 Broker，不参与选举，也从不经手消息。',
    source: 'DefaultRequestProcessor#processRequest, ClientRequestProcessor#processRequest',
  },
  'NS-26': {
    en: 'Two name servers may answer differently, and each client believes the one that it talks to.',
    zh: '两台 NameServer 的答复可能不同，每个客户端相信自己连接的那一台。',
    source: 'RouteInfoManager#pickupTopicRouteData',
  },
  'NS-27': {
    en: 'A broker that comes back is routable as soon as its first registration is handled; clients learn at their next poll.',
    zh: 'Broker 恢复后，首次注册一处理完就可路由；客户端在下次拉取时得知。',
    source: 'RouteInfoManager#registerBroker',
  },
};
