import { defineKind } from '../../../core/kinds';

/** What a client instance does, whether it sends or consumes. */
export const clientStarted = defineKind('client.started', 'CL-1', {
  a: 'poll:us',
  b: 'heartbeat:us',
  say: {
    en: '{node} asks for routes every {a} and tells brokers that it lives every {b}.',
    zh: '{node} 每 {a} 拉取一次路由，每 {b} 向 Broker 发送一次心跳。',
  },
});
export const clientNamed = defineKind('client.named', 'CL-2', {
  a: 'client:text',
  say: { en: '{node} calls itself {a}.', zh: '{node} 的 clientId 是 {a}。' },
});
export const routeReplaced = defineKind('route.replaced', 'CL-3', {
  a: 'topic:text',
  b: 'from:node',
  beat: 'route',
  say: {
    en: '{node} gets a changed route of {a} from {b} and replaces its tables.',
    zh: '{node} 从 {b} 得到 {a} 的新路由，替换本地路由表。',
  },
});
export const routeKept = defineKind('route.kept', 'CL-4', {
  a: 'topic:text',
  b: 'from:node',
  say: {
    en: '{node} gets no route of {a} from {b} and keeps the one that it has.',
    zh: '{node} 没能从 {b} 得到 {a} 的路由，继续使用已缓存的路由。',
  },
});
export const topicUnknown = defineKind('topic.first-used', 'CL-5', {
  a: 'topic:text',
  say: {
    en: '{node} has no route of {a} yet and asks a name server before it sends.',
    zh: '{node} 还没有 {a} 的路由，先询问 NameServer 再发送。',
  },
});
export const groupUnwritable = defineKind('route.group-without-master', 'CL-6', {
  a: 'topic:text',
  b: 'group:text',
  beat: 'route',
  say: {
    en: '{node} offers no queue of {b} to its producers: the route names no master there.',
    zh: '{node} 不再把 {b} 的队列用于发送：路由中它没有主节点。',
  },
});
export const queuesByOrderConf = defineKind('route.order-conf', 'NS-24', {
  a: 'topic:text',
  b: 'queues:count',
  say: {
    en: '{node} sends {a} to the {b} queues of its order configuration, whether their brokers live or not.',
    zh: '{node} 按顺序配置向 {a} 的 {b} 个队列发送，不管它们的 Broker 是否存活。',
  },
});
export const queuesReadable = defineKind('route.queues-readable', 'CL-7', {
  a: 'topic:text',
  b: 'queues:count',
  say: {
    en: '{node} now sees {b} readable queues of {a}, master or not.',
    zh: '{node} 现在看到 {a} 有 {b} 个可读队列，无论是否有主节点。',
  },
});
export const brokerForgotten = defineKind('route.broker-forgotten', 'CL-8', {
  a: 'broker:node',
  say: {
    en: '{node} drops the address of {a}: no cached route names it any more.',
    zh: '{node} 删除 {a} 的地址：已缓存的路由都不再提到它。',
  },
});
export const masterAddressed = defineKind('broker.addressed', 'CL-9', {
  a: 'broker:node',
  say: {
    en: '{node} opens a channel to {a}, the id 0 of its group: the only one that it sends to.',
    zh: '{node} 连接 {a}：它是组内 id 为 0 的 Broker，消息只发给它。',
  },
});
export const nameserverChosen = defineKind('nameserver.chosen', 'CL-10', {
  a: 'nameserver:node',
  say: {
    en: '{node} takes {a} as its name server and stays with it while the channel stands.',
    zh: '{node} 选定 NameServer {a}，通道不断就一直用它。',
  },
});
export const routingBlind = defineKind('client.without-nameserver', 'CL-11', {
  a: 'queries:count',
  beat: 'detection',
  say: {
    en: '{node} reached no name server in {a} {a|query|queries}: known topics go on with cached routes, changes stay unseen.',
    zh: '{node} 连续 {a} 次联系不上任何 NameServer：已知 Topic 靠缓存路由照常收发，变化则看不到。',
  },
});
export const queryTimedOut = defineKind('route.query-timed-out', 'CL-17', {
  a: 'nameserver:node',
  b: 'timeout:us',
  say: {
    en: '{node} waited {b} for the route that it asked {a} for.',
    zh: '{node} 向 {a} 查询路由，等了 {b} 没有回应。',
  },
});
export const otherView = defineKind('route.other-view', 'NS-26', {
  a: 'topic:text',
  b: 'from:node',
  beat: 'route',
  say: {
    en: '{b} tells {node} another route of {a} than the name server before: they do not know of each other.',
    zh: '{b} 给 {node} 的 {a} 路由与上一台 NameServer 不同：它们互不通信。',
  },
});
export const heartbeatRound = defineKind('client.heartbeat', 'CL-18', {
  a: 'brokers:count',
  say: {
    en: '{node} sends its heartbeat to {a} {a|broker|brokers}: its groups and subscriptions.',
    zh: '{node} 向 {a} 个 Broker 发送心跳：所属的组和订阅关系。',
  },
});
export const producerHeartbeat = defineKind('producer.heartbeat', 'PR-17', {
  a: 'brokers:count',
  say: {
    en: '{node} makes its producer group known to {a} {a|master|masters}.',
    zh: '{node} 让 {a} 个主节点知道它的生产者组。',
  },
});
export const heartbeatOnChannel = defineKind('client.heartbeat-on-channel', 'CL-19', {
  a: 'broker:node',
  say: {
    en: '{node} has a new channel to {a} and sends its heartbeat at once.',
    zh: '{node} 与 {a} 建立了新通道，立即发送心跳。',
  },
});
export const clientLeaves = defineKind('client.unregistered', 'CL-23', {
  a: 'brokers:count',
  say: {
    en: '{node} leaves in order: it unregisters from {a} {a|broker|brokers} and closes its channels.',
    zh: '{node} 有序退出：向 {a} 个 Broker 注销，然后关闭通道。',
  },
});
export const topicNarrowed = defineKind('topic.narrowed', 'PR-16', {
  a: 'topic:text',
  b: 'groups:count',
  beat: 'route',
  say: {
    en: '{node} learns that {a} exists on {b} of the broker groups whose route it had borrowed, and stays there.',
    zh: '{node} 得知 {a} 只建在所借路由中的 {b} 个 Broker 组上，此后也只发往那里。',
  },
});
