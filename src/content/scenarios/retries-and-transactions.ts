import aListenerThatHangs from './a-listener-that-hangs.json';
import askedFirst from './asked-first.json';
import dedupeKeyExpires from './dedupe-key-expires.json';
import type { CatalogEntry } from './entry';
import halfAPromise from './half-a-promise.json';
import idempotenceWrong from './idempotence-done-wrong.json';
import oneBadMessage from './one-bad-message.json';
import questionNeverEnds from './question-that-never-ends.json';
import retryLadder from './retry-ladder.json';
import retryStorm from './retry-storm.json';
import whereDuplicates from './where-duplicates-are-born.json';

/** Retries, duplicates, transactions: S23 to S26, S31 and S32. */
export const retriesAndTransactions: readonly CatalogEntry[] = [
  {
    id: 'retry-ladder',
    lesson: 23,
    file: retryLadder,
    sentence: {
      en: 'One order in a hundred fails each time: 16 retries from 10 s to 2 h apart, then the dead letters. The other 99 do not wait.',
      zh: '100 个订单里有 1 个每次都失败：重试 16 次，间隔从 10 s 到 2 h，然后进死信队列。其余 99 个不受影响。',
    },
    first: {
      text: {
        en: 'Mend the consumer: nothing fails from now on, and the next retry is the last.',
        zh: '修好消费者：从现在起不再失败，下一次重试就是最后一次。',
      },
      action: { do: 'set', target: 'consumer-1', workload: { poisonKeys: [] } },
    },
  },
  {
    id: 'retry-storm',
    lesson: 24,
    file: retryStorm,
    sentence: {
      en: 'What the consumer calls is down for a minute. 12,000 messages fail, and their retries make 38,000 deliveries of them.',
      zh: '消费者依赖的服务中断一分钟。12 000 条消息消费失败，加上重试一共投递 38 000 次。',
    },
    first: {
      text: {
        en: 'Pause the consumer instead: what is not pulled need not be retried.',
        zh: '改为暂停消费者：不拉取，就不需要重试。',
      },
      action: { do: 'pause', target: 'consumer-1' },
    },
  },
  {
    id: 'one-bad-message',
    lesson: 23,
    file: oneBadMessage,
    sentence: {
      en: 'The listener takes 8 messages at a time and answers once for all of them: a single one that fails sends back all 8, and 7 had done nothing wrong.',
      zh: '监听器一次处理 8 条，只返回一个结果：其中一条失败，8 条全部退回重试，另外 7 条并没有错。',
    },
    first: {
      text: {
        en: 'Set consumeMessageBatchMaxSize to 1: the bad message fails alone.',
        zh: '把 consumeMessageBatchMaxSize 设为 1：只有那条坏消息失败。',
      },
      action: { do: 'set', target: 'consumer-1', config: { consumeMessageBatchMaxSize: 1 } },
    },
  },
  {
    id: 'a-listener-that-hangs',
    lesson: 23,
    file: aListenerThatHangs,
    sentence: {
      en: 'One order hangs for 10 minutes and keeps the offset where it is. Every consumeTimeout (2 minutes here, 15 by default) the client looks, and gives it back: done twice in the end.',
      zh: '一个订单卡了 10 分钟，位点停在原地。客户端每隔 consumeTimeout（这里 2 分钟，默认 15）检查一次并把它退回重试：最后它被做了两次。',
    },
    first: {
      text: {
        en: 'Add another group whose listener always hangs, with consumeTimeout=1: it gives back what nobody will stop doing.',
        zh: '添加另一个总是卡住的消费组，consumeTimeout=1：消息被退回，线程却一直没有停。',
      },
      action: {
        do: 'add',
        consumer: {
          id: 'consumer-2',
          group: 'audit-service',
          topic: 'Orders',
          processingMs: 600000,
          config: { consumeTimeout: 1 },
        },
      },
    },
  },
  {
    id: 'where-duplicates-are-born',
    lesson: 25,
    file: whereDuplicates,
    sentence: {
      en: 'A hundred orders, 103 deliveries: an answer is lost and its order is sent again; a consumer is killed with one message in hand and one done that no broker knew of.',
      zh: '一百个订单，投递了 103 次：一个应答丢失，订单被重发；一个消费者被杀，手上有一条，还有一条已完成但未上报。',
    },
    first: {
      text: {
        en: 'Kill the other consumer, too: what it has in hand comes again.',
        zh: '把另一个消费者也杀掉：它手上的消息会再来一次。',
      },
      action: { do: 'kill', target: 'points-1', failure: 'process' },
    },
  },
  {
    id: 'idempotence-done-wrong',
    lesson: 26,
    file: idempotenceWrong,
    sentence: {
      en: 'Three businesses get the same payments twice. Check, then act: two effects. Mark first, then crash: none. A unique key: one.',
      zh: '三个业务都收到重复的支付消息。先查后写：生效两次；先标记后崩溃：一次都没生效；唯一键：恰好一次。',
    },
    first: {
      text: {
        en: 'Kill the consumer with the unique key, too: it comes back, and the effect is made once.',
        zh: '把使用唯一键的消费者也杀掉：它回来之后，仍只生效一次。',
      },
      action: { do: 'kill', target: 'unique-1', failure: 'process' },
    },
  },
  {
    id: 'dedupe-key-expires',
    lesson: 26,
    file: dedupeKeyExpires,
    sentence: {
      en: 'Payments come again after 5 ms, 30 minutes and 2 hours. A state machine takes each once; a dedupe key that lives for an hour pays the last one twice.',
      zh: '支付消息在 5 ms、30 分钟和 2 小时后再次到达。状态机每笔只生效一次；有效期一小时的去重键让最后一笔付了两次。',
    },
    first: {
      text: {
        en: 'Send pay-7 once more: within the hour nobody pays it twice.',
        zh: '再发一次 pay-7：一小时之内谁都不会重复支付。',
      },
      action: { do: 'send', target: 'producer-1', message: { key: 'pay-7' } },
    },
  },
  {
    id: 'half-a-promise',
    lesson: 31,
    file: halfAPromise,
    sentence: {
      en: 'A half message waits unseen until the local transaction has ended. When nobody says how it ended, the broker asks.',
      zh: '半消息先存着，消费者看不到，直到本地事务结束。没人说结果如何，Broker 就来回查。',
    },
    first: {
      text: {
        en: 'Send an order whose data is written but whose end stays UNKNOW, and wait for the check.',
        zh: '发一笔数据已写入、却返回 UNKNOW 的订单，等它被回查。',
      },
      action: { do: 'send', target: 'order-service-1', message: { key: 'order-lost', outcome: 'unknown' } },
    },
  },
  {
    id: 'question-that-never-ends',
    lesson: 32,
    file: questionNeverEnds,
    sentence: {
      en: 'A listener that always answers UNKNOW: every half message is asked about 15 times, 30 s apart, and then parked.',
      zh: '监听器总是返回 UNKNOW：每条半消息每 30 s 回查一次，共 15 次，然后被移走。',
    },
    first: {
      text: { en: 'Send 1,000 transactions at once.', zh: '一次发 1,000 条事务消息。' },
      action: { do: 'burst', target: 'order-service-1', messages: 1000 },
    },
  },
  {
    id: 'asked-first',
    lesson: 32,
    file: askedFirst,
    sentence: {
      en: 'Two transactions end with UNKNOWN. One is asked about 28 s later. The other, with CHECK_IMMUNITY_TIME_IN_SECONDS=60, is left alone until the check at 90 s.',
      zh: '两个事务都返回 UNKNOWN。一个 28 s 后就被回查；另一个设了 CHECK_IMMUNITY_TIME_IN_SECONDS=60，直到 90 s 那一轮才回查。',
    },
    first: {
      text: {
        en: 'Check every 10 s instead of 30: the second one is asked about soon after its minute.',
        zh: '回查间隔从 30 s 改为 10 s：第二个事务过了一分钟不久就被回查。',
      },
      action: { do: 'set', target: 'broker-a:0', config: { transactionCheckInterval: 10000 } },
    },
  },
];
