import type { Rule } from '../../../product';

/** Client core: what producers and consumers share. */
export const clRules: Record<string, Rule> = {
  'CL-1': {
    en: 'A client polls routes after 10 ms and every pollNameServerInterval (30 s), sends heartbeats after 1 s and every heartbeatBrokerInterval (30 s), and persists offsets after 10 s and every 5 s.',
    zh: '客户端在启动 10 毫秒后及每 pollNameServerInterval（30 秒）拉取路由，1 秒后及每 heartbeatBrokerInterval（30 秒）发送心跳，10 秒后及每 5 秒提交消费位点。',
    source: 'MQClientInstance#startScheduledTask',
  },
  'CL-2': {
    en: 'A client id is ip@pid#nanoTime, unique for each instance; a broadcasting consumer keeps ip@DEFAULT.',
    zh: 'clientId 形如 ip@pid#nanoTime，每个实例唯一；广播消费者保持 ip@DEFAULT。',
    source: 'ClientConfig#buildMQClientId, ClientConfig#changeInstanceNameToPID',
  },
  'CL-3': {
    en: 'A poll asks for the topics that this client sends to or subscribes to, and replaces its tables only when the answer differs from what it has cached.',
    zh: '拉取路由时只问本客户端发送或订阅的 Topic，只有答复与缓存不同才替换本地表。',
    source: 'MQClientInstance#updateTopicRouteInfoFromNameServer',
  },
  'CL-4': {
    en: 'A poll that fails, or that finds no such topic, never removes a cached route; when nobody answers, the round ends.',
    zh: '拉取失败或 Topic 不存在都不会删除已缓存的路由；无人应答则本轮结束。',
    source: 'MQClientInstance#updateTopicRouteInfoFromNameServer',
  },
  'CL-5': {
    en: 'Before the first message of an unknown topic a producer asks for its route; if there is none, it asks for the route of createTopicKey and borrows that.',
    zh: '首次发送未知 Topic 的消息前，生产者先查询其路由；没有则查询 createTopicKey 的路由并借用。',
    source: 'DefaultMQProducerImpl#tryToFindTopicPublishInfo',
  },
  'CL-6': {
    en: 'Queues to send to: the write queues of each writable broker, in order of brokerName, if the route names its id 0. Without a master there is no queue for producers.',
    zh: '可发送的队列：按 brokerName 排序，取每个可写 Broker 的写队列，前提是路由里有 id 0。没有 master 就没有可发送的队列。',
    source: 'MQClientInstance#topicRouteData2TopicPublishInfo',
  },
  'CL-7': {
    en: 'Queues to read: the read queues of each readable broker; no master is needed.',
    zh: '可读取的队列：每个可读 Broker 的读队列，不要求有 master。',
    source: 'MQClientInstance#topicRouteData2TopicSubscribeInfo',
  },
  'CL-8': {
    en: 'Before each heartbeat a client drops the broker addresses that none of its cached routes name.',
    zh: '每次心跳之前，客户端删除所有缓存路由都不再提到的 Broker 地址。',
    source: 'MQClientInstance#cleanOfflineBroker',
  },
  'CL-9': {
    en: 'Messages go to id 0 of a group only. Reads go to the wanted id, else to the next one, else to any known address.',
    zh: '消息只发给组内 id 为 0 的 Broker。读取先找指定的 id，再找下一个 id，否则用任一已知地址。',
    source: 'MQClientInstance#findBrokerAddressInPublish, MQClientInstance#findBrokerAddressInSubscribe',
  },
  'CL-10': {
    en: 'A client shuffles its list of name servers and stays with one while its channel stands; then it tries the next one, a single one a call (4.9: all of them).',
    zh: '客户端打乱 NameServer 列表，通道不断就一直用同一台；断了再换下一台，每次调用只试一台（4.9 会试完整个列表）。',
    source:
      'NettyRemotingClient#getAndCreateNameserverChannelAsync, NettyRemotingClient#updateNameServerAddressList',
  },
  'CL-11': {
    en: 'With all name servers dead, known topics are sent to and read for any time with cached routes. New topics fail, and changes of brokers stay unseen.',
    zh: 'NameServer 全部宕机后，已知 Topic 靠缓存路由照常收发，不限时间。新 Topic 会失败，Broker 的变化也看不到。',
    source: 'MQClientInstance#updateTopicRouteInfoFromNameServer',
  },
  'CL-12': {
    en: 'Connecting takes at most connectTimeoutMillis (3 s), out of the budget of the call. A silent host takes all of it, a dead process refuses at once.',
    zh: '建立连接最多用 connectTimeoutMillis（3 秒），计入调用的总时限。无声的主机会耗尽它，进程已死则立即被拒绝。',
    source: 'NettyRemotingClient#invokeSync, NettyClientConfig.connectTimeoutMillis',
  },
  'CL-13': {
    en: 'A synchronous call that times out closes its channel if it had more than 100 ms or a quarter of its timeout to wait; the next call connects anew.',
    zh: '同步调用超时后，如果等待时间超过 100 毫秒或超时的四分之一，就关闭通道；下次调用重新连接。',
    source: 'NettyRemotingClient#invokeSync',
  },
  'CL-14': {
    en: 'When a channel closes, every request in flight on it fails at once. A silent peer does not cause that.',
    zh: '通道关闭时，其上所有在途请求立即失败。对端无声断开不会触发。',
    source: 'NettyRemotingAbstract#failFast',
  },
  'CL-15': {
    en: 'Overdue asynchronous requests are found by a scan every second, a second after their timeout: an answer that is 1 to 2 s late is still taken. Synchronous calls end exactly at their timeout.',
    zh: '过期的异步请求由每秒一次的扫描发现，且在超时一秒之后：迟到 1 到 2 秒的响应仍被接受。同步调用准时结束。',
    source: 'NettyRemotingAbstract#scanResponseTable',
  },
  'CL-16': {
    en: 'A client closes a channel on which nothing was read or written for 120 s.',
    zh: '120 秒内没有读写的通道由客户端关闭。',
    source: 'NettyClientConfig.clientChannelMaxIdleTimeSeconds',
  },
  'CL-17': {
    en: 'Questions such as the one for a route wait mqClientApiTimeout (3 s). The VIP channel is off.',
    zh: '查询路由这类调用等待 mqClientApiTimeout（3 秒）。VIP 通道默认关闭。',
    source: 'ClientConfig.mqClientApiTimeout, ClientConfig.vipChannelEnabled',
  },
  'CL-18': {
    en: 'A heartbeat carries the groups and subscriptions of a client. One with a consumer tells every known broker, one with producers only the masters.',
    zh: '心跳携带客户端的组和订阅关系。有消费者的客户端发给所有已知 Broker，只有生产者的只发给 master。',
    source: 'MQClientInstance#sendHeartbeatToAllBroker',
  },
  'CL-19': {
    en: 'Since 5.2 a client sends its heartbeat as soon as a new channel to a broker stands, and a consumer rebalances then; not while a round of heartbeats is under way.',
    zh: '5.2 起，与 Broker 的新通道一建立就立即发送心跳，消费者随即重平衡；一轮心跳正在进行时除外。',
    source: 'MQClientInstance#onChannelActive, ClientConfig.enableHeartbeatChannelEventListener',
  },
  'CL-20': {
    en: 'A heartbeat makes the channel known to the broker; one of a consumer also creates its group and the topic %RETRY%group.',
    zh: '心跳让 Broker 认识这条通道；消费者的心跳还会创建消费组和 %RETRY%group 主题。',
    source: 'ClientManageProcessor#heartBeat',
  },
  'CL-21': {
    en: 'A broker forgets a client when its connection closes, when that is idle for 120 s, or when a scan every 10 s finds its heartbeat older than 120 s. The scan tells nobody.',
    zh: '连接关闭、连接空闲 120 秒，或每 10 秒的扫描发现心跳超过 120 秒，Broker 就忘掉这个客户端。扫描不通知任何人。',
    source: 'ConsumerManager#doChannelCloseEvent, ConsumerManager#scanNotActiveChannel',
  },
  'CL-22': {
    en: 'When members or subscriptions of a group change, the broker tells every channel of the group by a oneway; it may be lost and only asks for a rebalance now.',
    zh: '消费组的成员或订阅变化时，Broker 用单向请求通知组内每条通道；通知可能丢失，只是提示立即重平衡。',
    source: 'DefaultConsumerIdsChangeListener#handle, Broker2Client#notifyConsumerIdsChanged',
  },
  'CL-23': {
    en: 'A client that shuts down in order persists its offsets, unregisters from every broker, and closes its channels.',
    zh: '客户端正常关闭时先提交位点，再向每个 Broker 注销，然后关闭通道。',
    source: 'DefaultMQPushConsumerImpl#shutdown, MQClientInstance#unregisterProducer',
  },
};
