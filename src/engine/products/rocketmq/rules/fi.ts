import type { Rule } from '../../../product';

/** Filter: what a subscription lets through, at the broker and at the client. */
export const fiRules: Record<string, Rule> = {
  'FI-1': {
    en: 'A message has at most one tag. The entry of its ConsumeQueue holds the Java hash code of that tag, 0 without one. A subscription "A || B" is a set of tags and of their hash codes; "*" is all.',
    zh: '一条消息最多一个 Tag，ConsumeQueue 条目里存它的 Java hashCode（没有 Tag 则为 0）。订阅 "A || B" 是 Tag 的集合及其哈希的集合；"*" 表示全部。',
    source: 'FilterAPI#buildSubscriptionData, MessageExtBrokerInner#tagsString2tagsCode',
  },
  'FI-2': {
    en: 'The broker compares hash codes and does not read the message. The client compares the tags themselves after the pull; what it drops there counts as consumed. "Aa" and "BB" have the same hash code.',
    zh: 'Broker 只比较哈希，不读消息本身。客户端拉取后再比较 Tag 字符串；在这里丢弃的消息算作已消费。"Aa" 和 "BB" 的哈希相同。',
    source: 'ExpressionMessageFilter#isMatchedByConsumeQueue, PullAPIWrapper#processPullResult',
  },
  'FI-3': {
    en: 'In the schedule topic the place of the hash code holds the time of delivery; the hash is back when the message is put into its own queue.',
    zh: '在延迟主题里，哈希的位置存的是投递时间；消息写回自己的队列时才又是 Tag 的哈希。',
    source: 'CommitLog#checkMessageAndReturnSize',
  },
  'FI-4': {
    en: 'A read of up to 800 entries in which nothing matches answers PULL_RETRY_IMMEDIATELY with the offset behind them. A client with nothing of that queue in hand takes this offset for its progress.',
    zh: '一次读取最多扫描 800 个条目，全都不匹配时返回 PULL_RETRY_IMMEDIATELY 和其后的位点。客户端手上没有该队列的消息时，把这个位点当作自己的进度。',
    source: 'DefaultMessageStore#getMessage, DefaultMQPushConsumerImpl#correctTagsOffset',
  },
  'FI-5': {
    en: 'SQL92 is evaluated on the broker, on the properties of each message, and only with enablePropertyFilter (off by default): otherwise the start of the consumer fails, and pulls get SYSTEM_ERROR. The retry topic is not filtered.',
    zh: 'SQL92 由 Broker 对每条消息的属性求值，且必须打开 enablePropertyFilter（默认关闭）：否则消费者启动失败，拉取得到 SYSTEM_ERROR。重试主题不过滤。',
    source: 'MQClientInstance#checkClientInBroker, ExpressionMessageFilter#isMatchedByCommitLog',
  },
  'FI-6': {
    en: 'A broker keeps one subscription for a group and topic: the newest version, whoever sent it. A heartbeat removes the topics that it does not name. A pull of a newer version gets SUBSCRIPTION_NOT_LATEST, of an unknown topic SUBSCRIPTION_NOT_EXIST. Members that subscribe differently lose messages.',
    zh: 'Broker 对每个消费组和 Topic 只保留一份订阅：版本最新的，不管是谁发的。心跳没有提到的 Topic 会被删除。版本更新的拉取得到 SUBSCRIPTION_NOT_LATEST，未知 Topic 得到 SUBSCRIPTION_NOT_EXIST。组内订阅不一致会漏消费。',
    source: 'ConsumerGroupInfo#updateSubscription, PullMessageProcessor#processRequest',
  },
};
