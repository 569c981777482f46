import type { Rule } from '../../../product';

/** Trace, query, ids: how a message is named and found again. */
export const trRules: Record<string, Rule> = {
  'TR-1': {
    en: 'A client with enableTrace notes Pub, SubBefore, SubAfter and EndTransaction in a queue of 2048 (full: dropped). A worker sends 10 at a time, or what there is once the last flush is more than 5 s ago, with an inner producer (at most 128000 bytes, asynchronous, 5 s) to RMQ_SYS_TRACE_TOPIC. traceTopicEnable makes that topic, one queue; else it is created by sending, where that is allowed, or the data is lost. traceOn=false of a broker stops Pub and Sub. An attempt without an answer and a oneway leave no Pub; of a batch the Pub names all ids in one, so no single one finds it. What is in the queue when the client dies is gone; an orderly shutdown sends it. (4.9 says enableMsgTrace in the constructor and gathers for 0.5 s: there no key turns it on here.)',
    zh: '打开 enableTrace 的客户端把 Pub、SubBefore、SubAfter、EndTransaction 记入 2048 的队列（满了就丢）。工作线程每次发 10 条，或距上次发送超过 5 s 时有多少发多少，由内部生产者（最多 128000 字节、异步、5 s 超时）发到 RMQ_SYS_TRACE_TOPIC。traceTopicEnable 为 true 时 Broker 带有这个 Topic，一个队列；否则在允许时由发送自动创建，不允许就丢失。Broker 的 traceOn=false 会停掉 Pub 和 Sub。没有应答的尝试和 oneway 不留下 Pub；批量消息的 Pub 把所有 ID 连在一起，用单个 ID 查不到。客户端崩溃时队列里的轨迹丢失，正常关闭则会发完。（4.9 用构造函数参数 enableMsgTrace，攒 0.5 s 一批：这里没有打开它的配置项。）',
    source:
      'AsyncTraceDispatcher#flushTraceContext, SendMessageTraceHookImpl, ConsumeMessageTraceHookImpl, EndTransactionTraceHookImpl, TopicConfigManager',
  },
  'TR-2': {
    en: 'A query by key asks one broker of each group in the topic\'s route. Its index leads from the hash of "topic#key" to the newest entries in the time range; the client drops what only has the same hash. What has left the CommitLog is not found, and a dead broker answers nothing.',
    zh: '按 key 查询会询问 Topic 路由里每组的一个 Broker。索引由 "topic#key" 的哈希找到时间范围内最新的条目；只是哈希相同的由客户端剔除。已从 CommitLog 删除的查不到，宕机的 Broker 不回答。',
    source: 'QueryMessageProcessor#queryMessage, MQAdminImpl#queryMessage',
  },
  'TR-3': {
    en: 'A query by unique key uses the same index: the last 3 days, at most defaultQueryMaxNum (32) entries a broker, and the first hit is the answer. Copies under another topic, such as retries, are not looked at.',
    zh: '按 UNIQ_KEY 查询用同一个索引：最近 3 天，每个 Broker 最多 defaultQueryMaxNum（32）条，返回第一个命中。其他 Topic 下的副本（如重试）不在查询之列。',
    source: 'MQAdminImpl#queryMessageByUniqKey',
  },
  'TR-4': {
    en: 'offsetMsgId is the address of the broker that appended the record, port and physical offset included: 32 hexadecimal digits. A replica keeps it. A query by it goes to that broker and that offset alone.',
    zh: 'offsetMsgId 由最初追加该记录的 Broker 的 IP、端口和物理偏移组成：32 位十六进制数。副本里的也一样。用它查询只去那个 Broker 的那个偏移。',
    source: 'MessageDecoder#createMessageId',
  },
  'TR-5': {
    en: 'UNIQ_KEY is made by the client once a message and kept through all attempts of one send: ip, process id, hash of the class loader, milliseconds of the month, counter; 32 hexadecimal digits. It is SendResult.msgId, and getMsgId() of a consumer.',
    zh: 'UNIQ_KEY 由客户端为每条消息生成一次，同一次 send 的各次尝试都不变：IP、进程号、类加载器哈希、本月毫秒数、计数器，共 32 位十六进制数。它就是 SendResult.msgId，也是消费者的 getMsgId()。',
    source: 'MessageClientIDSetter#createUniqID, MessageClientExt#getMsgId',
  },
  'TR-6': {
    en: 'A copy for a retry, or of a delayed message that is due, is a record of its own: a new offsetMsgId, the same UNIQ_KEY. A second send of a new message object has a new UNIQ_KEY, so only a business key tells that duplicate.',
    zh: '重试的副本、到期的延迟消息都是另一条记录：offsetMsgId 是新的，UNIQ_KEY 不变。用新的消息对象再 send 一次则是新的 UNIQ_KEY，这种重复只能靠业务 key 识别。',
    source: 'AbstractSendMessageProcessor#consumerSendMsgBack, ScheduleMessageService#messageTimeUp',
  },
};
