import type { CatalogEntry } from './entry';
import sameGroup from './same-group-different-wishes.json';
import twinHash from './twin-hash.json';
import whereAGroupBegins from './where-a-group-begins.json';

/** What a group subscribes, and where it begins: S21, S22, S36. */
export const subscribing: readonly CatalogEntry[] = [
  {
    id: 'same-group-different-wishes',
    lesson: 21,
    file: sameGroup,
    sentence: {
      en: 'One member of the group subscribes TagA, the other TagB. A quarter of the messages is processed, and nothing lags.',
      zh: '组里一个订阅 TagA，另一个订阅 TagB。只有四分之一的消息被处理，却没有堆积。',
    },
    first: {
      text: {
        en: 'Kill consumer-1: the other one gets its queues and passes over every TagA in them.',
        zh: '杀掉 consumer-1：另一个接手它的队列，把其中的 TagA 全部越过。',
      },
      action: { do: 'kill', target: 'consumer-1', failure: 'process' },
    },
  },
  {
    id: 'where-a-group-begins',
    lesson: 22,
    file: whereAGroupBegins,
    sentence: {
      en: 'A new group starts at the "last" offset and gets the whole history all the same, as long as message 0 is in memory.',
      zh: '新消费组默认从“最后”的位点开始，但只要第 0 条消息还在内存里，它照样收到全部历史。',
    },
    first: {
      text: { en: 'Add a consumer of a new group.', zh: '加入一个新消费组的消费者。' },
      action: {
        do: 'add',
        consumer: { id: 'consumer-2', group: 'audit', topic: 'Orders', processingMs: 2 },
      },
    },
  },
  {
    id: 'twin-hash',
    lesson: 36,
    file: twinHash,
    sentence: {
      en: 'The tags Aa and BB have one hash code: the broker sends both, and the client drops the one that it did not ask for.',
      zh: 'Aa 和 BB 两个 Tag 的哈希相同：Broker 两种都发，客户端丢掉不是自己要的那种。',
    },
    first: {
      text: {
        en: 'Add a consumer that filters by SQL92: the broker refuses it until enablePropertyFilter is on.',
        zh: '加入一个用 SQL92 过滤的消费者：enablePropertyFilter 打开之前，Broker 拒绝它。',
      },
      action: {
        do: 'add',
        consumer: {
          id: 'consumer-2',
          group: 'big-orders',
          topic: 'Orders',
          processingMs: 2,
          filter: { sql: 'amount > 5' },
        },
      },
    },
  },
];
