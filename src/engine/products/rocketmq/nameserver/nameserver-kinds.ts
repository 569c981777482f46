import { defineKind } from '../../../core/kinds';

/** What a name server does, and what it leaves undone. */
export const startedEmpty = defineKind('nameserver.started-empty', 'NS-1', {
  say: {
    en: '{node} starts with empty tables and asks no other name server: brokers fill them.',
    zh: '{node} 以空表启动，不向其他 NameServer 索取数据，等待 Broker 注册。',
  },
});
export const listens = defineKind('nameserver.listening', 'NS-3', {
  a: 'port:count',
  say: { en: '{node} listens on port {a}.', zh: '{node} 监听端口 {a}。' },
});
export const brokerRegistered = defineKind('broker.registered', 'NS-10', {
  a: 'broker:node',
  b: 'topics:count',
  say: {
    en: '{node} takes the registration of {a} with {b} {b|topic|topics} into its tables.',
    zh: '{node} 把 {a} 的注册（{b} 个 Topic）写入路由表。',
  },
});
export const brokerListed = defineKind('broker.listed', 'NS-27', {
  a: 'broker:node',
  beat: 'route',
  say: {
    en: '{node} lists {a} from now on; clients learn it at their next poll.',
    zh: '{node} 开始列出 {a}；客户端在下次拉取路由时得知。',
  },
});
export const topicListed = defineKind('topic.listed', 'NS-2', {
  a: 'broker:node',
  b: 'topic:text',
  say: {
    en: '{node} writes the queues of {b} on {a} into topicQueueTable.',
    zh: '{node} 把 {a} 上 {b} 的队列写入 topicQueueTable。',
  },
});
export const registrationUnchanged = defineKind('broker.registration-unchanged', 'NS-14', {
  a: 'broker:node',
  say: {
    en: '{node} renews {a}: its DataVersion is the known one, so the queues stay as they are.',
    zh: '{node} 为 {a} 续期：DataVersion 未变，队列数据保持不动。',
  },
});
export const topicOutlived = defineKind('topic.outlived', 'NS-13', {
  a: 'broker:node',
  b: 'topic:text',
  say: {
    en: '{node} keeps {b} of {a} although the registration no longer holds it.',
    zh: '{a} 的注册里已没有 {b}，{node} 仍保留它。',
  },
});
export const topicRemoved = defineKind('topic.removed', 'NS-13', {
  a: 'broker:node',
  b: 'topic:text',
  beat: 'route',
  say: {
    en: '{node} drops {b} of {a}: the registration no longer holds it (deleteTopicWithBrokerRegistration).',
    zh: '{a} 的注册里已没有 {b}，{node} 将其删除（deleteTopicWithBrokerRegistration）。',
  },
});
export const addressTaken = defineKind('broker.address-taken', 'NS-11', {
  a: 'broker:node',
  b: 'former:node',
  beat: 'route',
  say: {
    en: '{node} puts {a} in the place of {b}: both claim one brokerName and id, and the last writer wins.',
    zh: '{node} 用 {a} 替换 {b}：两者声称同一 brokerName 和 id，后写者胜。',
  },
});
export const addressRefused = defineKind('broker.address-refused', 'NS-11', {
  a: 'broker:node',
  b: 'holder:node',
  beat: 'route',
  say: {
    en: '{node} ignores {a}: {b} holds the id with a higher stateVersion.',
    zh: '{node} 忽略 {a}：{b} 以更高的 stateVersion 占有该 id。',
  },
});
export const incrementTooEarly = defineKind('broker.increment-too-early', 'NS-10', {
  a: 'broker:node',
  say: {
    en: '{node} refuses the single topic of {a}: that broker has not registered in full before.',
    zh: '{node} 拒绝 {a} 的单个 Topic 注册：它还没有完整注册过。',
  },
});
export const slaveTopicsIgnored = defineKind('slave.topics-ignored', 'NS-12', {
  a: 'broker:node',
  say: {
    en: '{node} renews the slave {a} and takes no topics from it: its master tells them.',
    zh: '{node} 为从节点 {a} 续期，但不采用它的 Topic：以主节点的为准。',
  },
});
export const slaveTopicsTaken = defineKind('slave.topics-taken', 'NS-12', {
  a: 'broker:node',
  b: 'topics:count',
  beat: 'route',
  say: {
    en: '{node} takes {b} {b|topic|topics} from the slave {a}: no smaller id of its group is registered.',
    zh: '{node} 采用从节点 {a} 的 {b} 个 Topic：组内没有更小的 id 注册。',
  },
});
export const slaveToldMaster = defineKind('slave.told-master', 'NS-7', {
  a: 'slave:node',
  b: 'master:node',
  say: { en: '{node} tells {a} that its master is {b}.', zh: '{node} 告诉 {a}：它的主节点是 {b}。' },
});
export const connectionLost = defineKind('broker.connection-lost', 'NS-15', {
  a: 'broker:node',
  b: 'registered:us',
  beat: 'detection',
  say: {
    en: '{node} sees the connection of {a} close and gives the broker up at once, {b} after its last registration.',
    zh: '{node} 发现 {a} 的连接关闭，立即认定该 Broker 下线，距其最后一次注册 {b}。',
  },
});
export const oldConnectionIgnored = defineKind('broker.old-connection-ignored', 'NS-17', {
  a: 'broker:node',
  say: {
    en: '{node} removes nothing: the connection of {a} that closed is not the one it last registered on.',
    zh: '{node} 不做移除：{a} 关闭的连接不是它最近一次注册所用的。',
  },
});
export const unregisterQueueFull = defineKind('unregister.queue-full', 'NS-17', {
  a: 'broker:node',
  beat: 'route',
  say: {
    en: '{node} loses the removal of {a}: unRegisterBrokerQueueCapacity removals are waiting already.',
    zh: '{node} 丢弃对 {a} 的移除：等待的移除请求已达 unRegisterBrokerQueueCapacity。',
  },
});
export const registrationExpired = defineKind('broker.registration-expired', 'NS-16', {
  a: 'broker:node',
  b: 'age:us',
  beat: 'detection',
  say: {
    en: "{node}'s scan finds the registration of {a} too old: {b}.",
    zh: '{node} 的扫描发现 {a} 的注册已过期：{b} 前。',
  },
});
export const silenceNoticed = defineKind('broker.silence-noticed', 'NS-20', {
  a: 'broker:node',
  b: 'since:us',
  say: {
    en: '{node} went on listing {a} for {b} after its last registration.',
    zh: '{a} 最后一次注册之后，{node} 又把它列在路由里 {b}。',
  },
});
export const brokerRemoved = defineKind('broker.removed', 'NS-18', {
  a: 'broker:node',
  beat: 'route',
  say: {
    en: '{node} removes {a} from its tables.',
    zh: '{node} 从路由表中移除 {a}。',
  },
});
export const groupHeadless = defineKind('group.without-master', 'NS-19', {
  a: 'broker:node',
  b: 'left:count',
  beat: 'route',
  say: {
    en: '{node} still lists the queues of {a} with {b} {b|slave|slaves} and no master: readers see them, senders do not.',
    zh: '{node} 仍列出 {a} 的队列，只剩 {b} 个从节点：消费者看得到，生产者看不到。',
  },
});
export const groupReadOnly = defineKind('group.read-only', 'NS-18', {
  a: 'broker:node',
  b: 'left:count',
  beat: 'route',
  say: {
    en: '{node} takes the write permission from the queues of the group of {a}: {b} {b|slave is left, and it|slaves are left, and they} may act as its master.',
    zh: '{node} 去掉 {a} 所在组各队列的写权限：还剩 {b} 个可以代主的从节点。',
  },
});
export const groupGone = defineKind('group.removed', 'NS-18', {
  a: 'broker:node',
  b: 'topics:count',
  beat: 'route',
  say: {
    en: 'With {a} the last broker of its group is gone: {node} drops its queues of {b} {b|topic|topics}.',
    zh: '{a} 是组内最后一个 Broker，{node} 删除它在 {b} 个 Topic 中的队列。',
  },
});
export const nobodyTold = defineKind('route.nobody-told', 'NS-25', {
  a: 'broker:node',
  say: {
    en: '{node} tells nobody that {a} is gone: clients ask by themselves.',
    zh: '{node} 不会通知任何人 {a} 已下线：客户端要自己来问。',
  },
});
export const routeGiven = defineKind('route.given', 'NS-21', {
  a: 'client:node',
  b: 'topic:text',
  say: {
    en: '{node} answers {a} with its route of {b}, alive or not.',
    zh: '{node} 把 {b} 的路由答复给 {a}，不管 Broker 是否还活着。',
  },
});
export const routeUnknown = defineKind('route.unknown', 'NS-21', {
  a: 'client:node',
  b: 'topic:text',
  say: {
    en: '{node} answers {a}: TOPIC_NOT_EXIST, it lists no {b}.',
    zh: '{node} 答复 {a} TOPIC_NOT_EXIST：没有 {b}。',
  },
});
export const notYetServing = defineKind('route.not-yet-serving', 'NS-21', {
  a: 'client:node',
  b: 'topic:text',
  say: {
    en: '{node} does not answer {a} about {b} yet: it waits waitSecondsForService after its start.',
    zh: '{node} 暂不答复 {a} 对 {b} 的查询：启动后要等 waitSecondsForService。',
  },
});
export const actingMasterShown = defineKind('route.acting-master', 'NS-22', {
  a: 'slave:node',
  b: 'topic:text',
  say: {
    en: '{node} shows {a} under id 0 in the route of {b}: a master to read from, not to write to.',
    zh: '{node} 在 {b} 的路由里把 {a} 显示为 id 0：可读的代主，不可写。',
  },
});
export const writeWiped = defineKind('broker.write-wiped', 'NS-23', {
  a: 'broker:text',
  b: 'topics:count',
  beat: 'route',
  say: {
    en: '{node} takes the write permission from {a} in {b} {b|topic|topics}: producers that ask it leave that broker at their next poll, consumers go on reading.',
    zh: '{node} 在 {b} 个 Topic 中去掉 {a} 的写权限：向它查询的生产者下次拉取路由后不再发往该 Broker，消费者照常读取。',
  },
});
export const writeAdded = defineKind('broker.write-added', 'NS-23', {
  a: 'broker:text',
  b: 'topics:count',
  beat: 'route',
  say: {
    en: '{node} lists {a} for reading and writing in {b} {b|topic|topics}, whatever their own permissions were.',
    zh: '{node} 在 {b} 个 Topic 中把 {a} 列为可读可写，不管原来的权限是什么。',
  },
});
export const writeReturned = defineKind('broker.write-returned', 'NS-23', {
  a: 'broker:node',
  b: 'topics:count',
  beat: 'route',
  say: {
    en: '{node} lists {a} writable again in {b} {b|topic|topics}: its registration is not the known one, and overwrites what was wiped.',
    zh: '{node} 又把 {a} 在 {b} 个 Topic 中列为可写：这次注册与已知的不同，覆盖了清除的结果。',
  },
});
export const orderConfPut = defineKind('order-conf.put', 'NS-24', {
  a: 'topic:text',
  b: 'conf:text',
  beat: 'route',
  say: {
    en: '{node} keeps the order configuration of {a} in kvConfig.json: {b}. It does not change when a broker dies.',
    zh: '{node} 把 {a} 的顺序配置记入 kvConfig.json：{b}。Broker 宕机时它不变。',
  },
});
export const orderConfDropped = defineKind('order-conf.dropped', 'NS-24', {
  a: 'topic:text',
  beat: 'route',
  say: {
    en: '{node} drops the order configuration of {a}: its queues are again those that the brokers register.',
    zh: '{node} 删除 {a} 的顺序配置：队列重新以 Broker 注册的为准。',
  },
});
