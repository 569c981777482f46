import type { CatalogEntry } from './entry';
import loseNothing from './lose-nothing.json';
import onCall1OneLag from './on-call-1-one-lag.json';
import onCall2HalfMissing from './on-call-2-half-missing.json';
import onCall3DoubledAndUnread from './on-call-3-doubled-and-unread.json';
import onCall4ThreeSeconds from './on-call-4-three-seconds.json';
import onCall5BrokerBusy from './on-call-5-broker-busy.json';
import onCall6MoreConsumers from './on-call-6-more-consumers.json';
import onCall7DoneAgain from './on-call-7-done-again.json';
import onCall8LateReminders from './on-call-8-late-reminders.json';
import traceWithAHole from './trace-with-a-hole.json';

/** Drills: S40 and S41, and what a message trace misses. */
export const drills: readonly CatalogEntry[] = [
  {
    id: 'lose-nothing',
    lesson: 40,
    file: loseNothing,
    sentence: {
      en: 'Everything by default, and six faults: a lost answer, a killed broker, a power cut, a dead disk, a killed consumer, a poison message. Change settings until nothing is lost and nothing is done twice.',
      zh: '全部默认配置，外加六个故障：丢应答、杀 Broker、断电、毁盘、杀消费者、毒消息。改配置，直到一条不丢、一条不重。',
    },
    first: {
      text: {
        en: 'Flush before the answer: SYNC_FLUSH on broker-a.',
        zh: '先落盘再应答：broker-a 改为 SYNC_FLUSH。',
      },
      action: { do: 'set', target: 'broker-a:0', config: { flushDiskType: 'SYNC_FLUSH' } },
    },
  },
  {
    id: 'on-call-1-one-lag',
    lesson: 41,
    file: onCall1OneLag,
    sentence: {
      en: 'One queue falls further and further behind, the others stand at 0. Whose is it?',
      zh: '一个队列越落越远，其他队列都是 0。它归谁？',
    },
    first: {
      text: { en: 'The fix: take the slow consumer out.', zh: '修复：把慢的消费者摘掉。' },
      action: { do: 'remove', target: 'consumer-3' },
    },
  },
  {
    id: 'on-call-2-half-missing',
    lesson: 41,
    file: onCall2HalfMissing,
    sentence: {
      en: 'The lag is 0 and nobody complains but the customers: half of the orders with TagA were never seen.',
      zh: '堆积为 0，除了客户没人抱怨：带 TagA 的订单有一半没人见过。',
    },
    first: {
      text: {
        en: 'The fix: one group, one subscription. Shut consumer-2 down.',
        zh: '修复：一个消费组只有一种订阅。关闭 consumer-2。',
      },
      action: { do: 'remove', target: 'consumer-2' },
    },
  },
  {
    id: 'on-call-3-doubled-and-unread',
    lesson: 41,
    file: onCall3DoubledAndUnread,
    sentence: {
      en: 'Two consumers of one group: half of the orders are processed twice, the other half by nobody, and its lag grows.',
      zh: '同一消费组的两个消费者：一半订单被处理两次，另一半没人处理，积压越来越多。',
    },
    first: {
      text: {
        en: 'The fix: an id for each. Until then one alone reads all four queues: shut consumer-2 down.',
        zh: '修复：每个客户端用自己的 id。在此之前，只留一个就能读全四个队列：关闭 consumer-2。',
      },
      action: { do: 'remove', target: 'consumer-2' },
    },
  },
  {
    id: 'on-call-4-three-seconds',
    lesson: 41,
    file: onCall4ThreeSeconds,
    sentence: {
      en: 'Some sends take exactly 3 s and fail, and no process is down.',
      zh: '有些发送恰好卡 3 s 然后失败，却没有任何进程停机。',
    },
    first: {
      text: {
        en: 'The fix: let the client avoid a broker that does not answer.',
        zh: '修复：让客户端避开不应答的 Broker。',
      },
      action: { do: 'set', target: 'producer-1', config: { sendLatencyFaultEnable: true } },
    },
  },
  {
    id: 'on-call-5-broker-busy',
    lesson: 41,
    file: onCall5BrokerBusy,
    sentence: {
      en: 'Every ten seconds or so sends fail with "broker busy". fsync takes 8 ms as ever.',
      zh: '大约每隔十秒就有发送因 “broker busy” 失败。fsync 一直是 8 ms。',
    },
    first: {
      text: {
        en: 'The fix: flush each 500 ms again, so that no writer waits for dirty pages.',
        zh: '修复：恢复每 500 ms 刷盘，写入就不必等脏页。',
      },
      action: { do: 'set', target: 'broker-a:0', config: { flushIntervalCommitLog: 500 } },
    },
  },
  {
    id: 'on-call-6-more-consumers',
    lesson: 41,
    file: onCall6MoreConsumers,
    sentence: {
      en: '60 messages a second come, 40 are done. Four consumers were added at 20 s, and nothing changed.',
      zh: '每秒来 60 条，完成 40 条。20 s 时加了四个消费者，什么都没变。',
    },
    first: {
      text: { en: 'The fix: eight queues.', zh: '修复：扩到八个队列。' },
      action: { do: 'alterTopic', topic: 'Orders', queues: 8 },
    },
  },
  {
    id: 'on-call-7-done-again',
    lesson: 41,
    file: onCall7DoneAgain,
    sentence: {
      en: 'A master died, its consumer was started again meanwhile, and what was finished up to 10 s before is delivered once more.',
      zh: '主节点宕机，期间消费者重启过，之前 10 s 内做完的又被投递一次。',
    },
    first: {
      text: {
        en: 'The fix: bring the master back. Against the next time only idempotence helps.',
        zh: '修复：恢复主节点。下一次只有幂等能防。',
      },
      action: { do: 'restart', target: 'broker-a:0' },
    },
  },
  {
    id: 'on-call-8-late-reminders',
    lesson: 41,
    file: onCall8LateReminders,
    sentence: {
      en: 'Reminders ask for 10 s. Since a while half of them do not come at all.',
      zh: '提醒要求延迟 10 s。从某时起，一半根本没来。',
    },
    first: {
      text: { en: 'The fix: broker-b needs its master.', zh: '修复：broker-b 需要它的主节点。' },
      action: { do: 'restart', target: 'broker-b:0' },
    },
  },
  {
    id: 'trace-with-a-hole',
    lesson: 41,
    file: traceWithAHole,
    sentence: {
      en: 'Three orders are sent and consumed. The message trace knows of one send: what the producer had not sent of its trace died with it.',
      zh: '三个订单都已发送、都已消费，消息轨迹里却只有一次发送：生产者还没发出的轨迹随它一起没了。',
    },
    first: {
      text: {
        en: 'Shut consumer-1 down before 7 s: an orderly end sends what it has noted.',
        zh: '在 7 s 之前正常关闭 consumer-1：正常结束会先发完已记录的轨迹。',
      },
      action: { do: 'remove', target: 'consumer-1' },
    },
  },
];
