import brokerBusy from './broker-busy.json';
import brokerLeaves from './broker-leaves-in-order.json';
import type { CatalogEntry } from './entry';
import everyoneGetsEverything from './everyone-gets-everything.json';
import fiveConsumersPop from './five-consumers-pop.json';
import hotKey from './hot-key.json';
import onceMore from './once-more.json';
import oneRottenApple from './one-rotten-apple.json';
import oneSlowConsumer from './one-slow-consumer.json';
import orderMeetsGrowth from './order-meets-growth.json';
import orderOrAvailability from './order-or-availability.json';
import orderlyPop from './orderly-pop.json';
import pushIsAPull from './push-is-a-pull.json';
import stuckListener from './stuck-listener.json';
import stuckMessage from './stuck-message.json';
import theBookmark from './the-bookmark.json';
import theDiskFillsUp from './the-disk-fills-up.json';
import threeLocksOnOneDoor from './three-locks-on-one-door.json';
import twoOwnersForASecond from './two-owners-for-a-second.json';
import waitingBecomesLosing from './waiting-becomes-losing.json';

/** Consuming, order, backlog: S18 to S35. */
export const consumingAndOrder: readonly CatalogEntry[] = [
  {
    id: 'push-is-a-pull',
    lesson: 18,
    file: pushIsAPull,
    sentence: {
      en: 'The broker holds an empty pull for 15 to 20 s and answers it the moment a message arrives: milliseconds.',
      zh: 'Broker 把空的拉取挂起 15 到 20 s，一有消息到达就立刻应答：毫秒级。',
    },
    first: {
      text: {
        en: 'Turn long polling off: a message now waits for the next look, half a second on average.',
        zh: '关掉长轮询：消息要等下一次查看，平均半秒。',
      },
      action: { do: 'set', target: 'broker-a:0', config: { longPollingEnable: false } },
    },
  },
  {
    id: 'stuck-listener',
    lesson: 18,
    file: stuckListener,
    sentence: {
      en: 'The listener never ends. The client goes on pulling until it has 1,024 messages of each queue, 4,096 in all, then stops.',
      zh: '监听器一直不返回。客户端继续拉取，每个队列缓存 1,024 条、共 4,096 条后停下。',
    },
    first: {
      text: {
        en: 'Add a consumer of another group with pullThresholdForQueue=100.',
        zh: '添加一个其他消费组的消费者，pullThresholdForQueue=100。',
      },
      action: {
        do: 'add',
        consumer: {
          id: 'consumer-2',
          group: 'audit-service',
          topic: 'Orders',
          processingMs: 600000,
          config: { pullThresholdForQueue: 100 },
        },
      },
    },
  },
  {
    id: 'stuck-message',
    lesson: 18,
    file: stuckMessage,
    sentence: {
      en: 'The first message hangs. The others pass, 32 in 51 ms, and the offset stays at the first.',
      zh: '第一条消息卡住。其余的照常通过，每 51 ms 32 条，消费位点停在第一条。',
    },
    first: {
      text: {
        en: 'Kill the consumer: everything behind the first message comes again.',
        zh: '杀掉消费者：第一条之后的全部重来。',
      },
      action: { do: 'kill', target: 'consumer-1', failure: 'process' },
    },
  },
  {
    id: 'once-more',
    lesson: 19,
    file: onceMore,
    sentence: {
      en: 'At 60 s the group goes back to where it was at 30 s: 300 messages come once more, and their effect with them.',
      zh: '60 s 时把消费组的位点重置到 30 s 处：300 条消息再次投递，效果也重复一次。',
    },
    first: {
      text: {
        en: 'Reset the group to the earliest offset: all that is stored comes once more.',
        zh: '把消费组的位点重置到最早：已存的消息全部再来一遍。',
      },
      action: { do: 'resetOffset', group: 'order-service', topic: 'Orders', to: 'earliest' },
    },
  },
  {
    id: 'two-owners-for-a-second',
    lesson: 19,
    file: twoOwnersForASecond,
    sentence: {
      en: 'consumer-3 joins at 39 s and the brokers tell nobody. Until consumer-2 looks for itself, both read one queue: 25 messages come twice.',
      zh: '39 s 时 consumer-3 加入，Broker 不通知任何人。consumer-2 自己发现之前，两者同读一个队列：25 条消息重复。',
    },
    first: {
      text: { en: 'Turn the notice on again.', zh: '重新打开通知。' },
      action: { do: 'set', target: 'broker-a:0', config: { notifyConsumerIdsChangedEnable: true } },
    },
  },
  {
    id: 'five-consumers-pop',
    lesson: 19,
    file: fiveConsumersPop,
    sentence: {
      en: 'With pop nobody owns a queue: every consumer asks for messages of all of them, and all five are busy.',
      zh: '用 pop 消费时谁也不独占队列：每个消费者都向所有队列要消息，五个都忙。',
    },
    first: {
      text: {
        en: 'Kill consumer-1: the others go on without a pause.',
        zh: '杀掉 consumer-1：其他消费者毫不停顿。',
      },
      action: { do: 'kill', target: 'consumer-1', failure: 'process' },
    },
  },
  {
    id: 'orderly-pop',
    lesson: 19,
    file: orderlyPop,
    sentence: {
      en: 'Three consumers read six queues in turn, and each queue stays in order: the broker hands out its next batch only when the one before is confirmed.',
      zh: '三个消费者轮流读六个队列，每个队列仍保持顺序：上一批确认之后，Broker 才发出下一批。',
    },
    first: {
      text: {
        en: 'Kill consumer-1: the queues whose messages it had in hand stand still for two minutes, until the proxy misses its heartbeats; the order is kept.',
        zh: '杀掉 consumer-1：它手上有消息的队列停住约两分钟，直到 Proxy 发现它没有心跳；顺序不变。',
      },
      action: { do: 'kill', target: 'consumer-1', failure: 'process' },
    },
  },
  {
    id: 'everyone-gets-everything',
    lesson: 19,
    file: everyoneGetsEverything,
    sentence: {
      en: 'Broadcasting: each of three caches reads all four queues. What cache-2 fails at once is only logged, never retried. cache-3, killed at 22 s, goes on from its own offsets.json of 20 s: 20 messages come twice.',
      zh: '广播消费：三个缓存各自读完四个队列。cache-2 失败的那条只记日志，不会重试。cache-3 在 22 s 被杀，从自己 20 s 时写的 offsets.json 继续：20 条重复。',
    },
    first: {
      text: {
        en: 'Add cache-4: without an offsets.json it begins at the end, and the broker keeps no offset for it.',
        zh: '添加 cache-4：它没有 offsets.json，从队列末尾开始；Broker 也不为它保存位点。',
      },
      action: {
        do: 'add',
        consumer: {
          id: 'cache-4',
          group: 'price-cache',
          topic: 'Prices',
          messageModel: 'BROADCASTING',
          processingMs: 5,
        },
      },
    },
  },
  {
    id: 'the-bookmark',
    lesson: 20,
    file: theBookmark,
    sentence: {
      en: '1,000 messages at 10 s, 100 a second. Offsets go out each 5 s, so a kill at 19 s repeats 400 finished ones and the 20 in hand.',
      zh: '10 s 时来 1,000 条，每秒处理 100 条。位点每 5 s 上报一次，19 s 时被杀，已完成的 400 条和手上的 20 条会重来。',
    },
    first: {
      text: {
        en: 'Let a shutdown wait 2 s for what is in hand, then shut down instead of killing.',
        zh: '让关闭时等待手上的消息 2 s，然后用正常关闭代替强杀。',
      },
      action: { do: 'set', target: 'consumer-1', config: { awaitTerminationMillisWhenShutdown: 2000 } },
    },
  },
  {
    id: 'three-locks-on-one-door',
    lesson: 27,
    file: threeLocksOnOneDoor,
    sentence: {
      en: 'One key in one queue, one sender thread, an orderly listener: deliveries fail, and each order is still created, paid, shipped.',
      zh: '同一 key 进同一队列、单线程发送、顺序监听器：消费会失败，但每张订单仍按创建、支付、发货的顺序处理。',
    },
    first: {
      text: { en: 'Take away the first lock: send round-robin.', zh: '去掉第一把锁：改为轮询发送。' },
      action: { do: 'set', target: 'producer-1', workload: { queueSelector: 'roundRobin' } },
    },
  },
  {
    id: 'order-meets-growth',
    lesson: 28,
    file: orderMeetsGrowth,
    sentence: {
      en: 'The topic grows from 4 to 8 queues while a backlog waits. About half of the keys move, and what is new overtakes what waits.',
      zh: '积压还在，Topic 从 4 个队列扩到 8 个。约一半的 key 换了队列，新消息超过了还在等待的旧消息。',
    },
    first: {
      text: { en: 'Let the backlog drain first: 5 ms a message.', zh: '先让积压排空：每条 5 ms。' },
      action: { do: 'set', target: 'consumer-1', workload: { processingMs: 5 } },
    },
  },
  {
    id: 'order-or-availability',
    lesson: 28,
    file: orderOrAvailability,
    sentence: {
      en: 'An order topic keeps its eight queues when a broker dies: no key moves, and the keys of that broker fail until it is back.',
      zh: '顺序 Topic 在 Broker 宕机后仍是八个队列：没有 key 换队列，落在该 Broker 上的 key 一直失败，直到它恢复。',
    },
    first: {
      text: {
        en: 'Choose availability: without orderMessageEnable the list shrinks at the next poll, and the keys move.',
        zh: '改选可用：关掉 orderMessageEnable，下次拉取路由后列表变短，key 换队列。',
      },
      action: { do: 'set', target: 'ns-1', config: { orderMessageEnable: false } },
    },
  },
  {
    id: 'broker-leaves-in-order',
    lesson: 28,
    file: brokerLeaves,
    sentence: {
      en: 'wipeWritePerm takes a broker out of the routes of senders, its backlog is read, then it is shut down: no send fails.',
      zh: 'wipeWritePerm 先让生产者不再发往该 Broker，等积压读完再关闭它：没有一次发送失败。',
    },
    first: {
      text: {
        en: 'Give the permission back: its senders return with their next poll.',
        zh: '把写权限还给它：生产者下次拉取路由后就会回来。',
      },
      action: { do: 'addWritePerm', brokerName: 'broker-b' },
    },
  },
  {
    id: 'one-rotten-apple',
    lesson: 29,
    file: oneRottenApple,
    sentence: {
      en: 'A poison message in an ordered queue is tried again each second, without end. Its queue waits, 10 messages a second; the others go on.',
      zh: '顺序队列里的一条毒消息每秒重试一次，没有尽头。它的队列每秒多等 10 条，其他队列照常。',
    },
    first: {
      text: {
        en: 'Cap the attempts: maxReconsumeTimes=3 parks it as a dead letter.',
        zh: '限制次数：maxReconsumeTimes=3，进入死信队列。',
      },
      action: { do: 'set', target: 'consumer-1', config: { maxReconsumeTimes: 3 } },
    },
  },
  {
    id: 'one-slow-consumer',
    lesson: 34,
    file: oneSlowConsumer,
    sentence: {
      en: 'Four consumers, four queues; the fourth takes ten times as long. Only its queue falls behind, 80 messages a second.',
      zh: '四个消费者、四个队列，第四个慢十倍。只有它的队列落后，每秒 80 条。',
    },
    first: {
      text: {
        en: 'Kill consumer-4: its queue moves and drains.',
        zh: '杀掉 consumer-4：它的队列转走并排空。',
      },
      action: { do: 'kill', target: 'consumer-4', failure: 'process' },
    },
  },
  {
    id: 'hot-key',
    lesson: 34,
    file: hotKey,
    sentence: {
      en: 'Eight of ten messages have one key, so one queue gets them. An orderly listener has one thread for it: 5 a second pile up.',
      zh: '十条里有八条是同一个 key，都进同一个队列。顺序监听器对它只有一个线程：每秒堆积 5 条。',
    },
    first: {
      text: {
        en: 'Give consumer-1 64 threads, and see that it does not help.',
        zh: '给 consumer-1 64 个线程，看看毫无用处。',
      },
      action: { do: 'set', target: 'consumer-1', config: { consumeThreadMin: 64, consumeThreadMax: 64 } },
    },
  },
  {
    id: 'waiting-becomes-losing',
    lesson: 35,
    file: waitingBecomesLosing,
    sentence: {
      en: 'Ten messages an hour, nobody reads. After 72 h, in the hour 04, the files of the first day go: 240 unread messages.',
      zh: '每小时十条，没人消费。72 h 之后，在 04 点，第一天的文件被删：240 条未读消息。',
    },
    first: {
      text: {
        en: 'Keep files for 96 hours: fileReservedTime.',
        zh: '把文件保留 96 小时：fileReservedTime。',
      },
      action: { do: 'set', target: 'broker-a:0', config: { fileReservedTime: 96 } },
    },
  },
  {
    id: 'the-disk-fills-up',
    lesson: 35,
    file: theDiskFillsUp,
    sentence: {
      en: 'A disk that holds 100 files, and 15 more come each 10 s. Above 85 % ten files go at each look, read or not; above 90 % sends fail with code 14, until a look finds 85 % or less.',
      zh: '磁盘只够 100 个文件，每 10 s 增加 15 个。超过 85 %，每次检查删 10 个文件，不管读没读；超过 90 %，发送以错误码 14 失败，直到某次检查发现不超过 85 %。',
    },
    first: {
      text: {
        en: 'Delete nothing by force: cleanFileForciblyEnable=false. No send succeeds from 70 s on, until files are 72 h old.',
        zh: '不强制删除：cleanFileForciblyEnable=false。从 70 s 起发送全部失败，直到文件满 72 h。',
      },
      action: { do: 'set', target: 'broker-a:0', config: { cleanFileForciblyEnable: false } },
    },
  },
  {
    id: 'broker-busy',
    lesson: 35,
    file: brokerBusy,
    sentence: {
      en: 'An append waits 1.2 s until dirty pages are written. From 0.2 s on what has queued is turned away, from 1.0 s on everything.',
      zh: '一次追加要等脏页写回 1.2 s。0.2 s 起清退排队的请求，1.0 s 起一律拒绝。',
    },
    first: {
      text: { en: 'Send asynchronously: nothing is retried then.', zh: '改为异步发送：这时不再重试。' },
      action: { do: 'set', target: 'producer-1', workload: { mode: 'async' } },
    },
  },
];
