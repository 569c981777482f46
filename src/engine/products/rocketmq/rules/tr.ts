import type { Rule } from '../../../product';

/** Trace, query, ids: how a message is named and found again. */
export const trRules: Record<string, Rule> = {
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
