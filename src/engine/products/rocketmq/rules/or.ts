import type { Rule } from '../../../product';

/** Consuming in order. */
export const orRules: Record<string, Rule> = {
  'OR-1': {
    en: 'Order holds within a queue only: the producer must put the messages of a key into one queue, and one thread at a time consumes it under the lock of the broker.',
    zh: '顺序只在单个队列内成立：生产者必须把同一 key 的消息放进同一队列，消费端持有 Broker 的锁、同一时刻只有一个线程消费它。',
    source: 'ConsumeMessageOrderlyService.ConsumeRequest#run, MessageQueueLock',
  },
  'OR-2': {
    en: 'A master keeps in memory which client of a group may consume a queue; the lock lives 60 s from its last renewal. It is given when free, expired, or one’s own. A restart forgets all locks.',
    zh: '主节点在内存里记录组内哪个客户端可以消费某队列；锁自最近一次续期起有效 60 s。空闲、过期或本人持有时加锁成功。重启后全部遗忘。',
    source: 'RebalanceLockManager#tryLockBatch',
  },
  'OR-3': {
    en: 'A consumer renews all its locks every 20 s and takes a lock for expired after 30 s without renewal, half of the broker’s 60 s: it stops before anyone else can have the queue. One thread renews, asks for locks and takes up what waits for its time: while a broker does not answer, the queues of the others wait, too.',
    zh: '消费者每 20 s 续期全部锁；30 s 未续期就视为过期（Broker 端是 60 s 的一半）：在别人拿到队列之前它先停下。续期、加锁和到时再试都在同一个线程上：有 Broker 不应答时，其他 Broker 的队列也得等。',
    source: 'ConsumeMessageOrderlyService#start, RebalanceImpl#lockAll, ProcessQueue#isLockExpired',
  },
  'OR-4': {
    en: 'A queue’s task consumes in order of offsets until there is nothing left, for at most 60 s at a time. Without the lock it asks for it after 100 ms, and after a refusal again in 3 s.',
    zh: '队列的任务按位点顺序消费直到没有消息，每次最多连续 60 s。没有锁则 100 ms 后请求加锁，被拒绝则 3 s 后再来。',
    source: 'ConsumeMessageOrderlyService#tryLockLaterAndReconsume',
  },
  'OR-5': {
    en: 'With the lock in hand the first pull asks once more where the queue begins: at the committed offset, or, where there is none, where consumeFromWhere says now.',
    zh: '拿到锁之后，第一次拉取前会重新确定起始位点：取已提交的位点；没有提交过则按 consumeFromWhere 此刻的结果。',
    source: 'DefaultMQPushConsumerImpl#pullMessage',
  },
  'OR-6': {
    en: 'SUCCESS commits behind the batch. SUSPEND_CURRENT_QUEUE_A_MOMENT, null or an exception keep the same messages first, and the whole queue waits suspendCurrentQueueTimeMillis, 1 s.',
    zh: 'SUCCESS 提交到这批之后。SUSPEND_CURRENT_QUEUE_A_MOMENT、null 或异常：同样的消息仍排在最前，整个队列暂停 suspendCurrentQueueTimeMillis（1 s）。',
    source: 'ConsumeMessageOrderlyService#processConsumeResult',
  },
  'OR-7': {
    en: 'By default a failing message blocks its queue for ever. With maxReconsumeTimes = N it is delivered N + 1 times, then goes straight to the dead letters, and the queue goes on.',
    zh: '默认失败的消息会一直阻塞队列。设 maxReconsumeTimes = N 时，原地投递 N + 1 次后直接进入死信队列，队列继续。',
    source: 'ConsumeMessageOrderlyService#checkReconsumeTimes, SendMessageProcessor#handleRetryAndDLQ',
  },
  'OR-8': {
    en: 'A queue that is lost is unlocked once its listener has returned: the rebalance waits up to 500 ms for it, else tries again at its next run, and by force 20 s after the last lock.',
    zh: '失去的队列要等监听器返回才解锁：重平衡最多等 500 ms，等不到就留到下一次，距最近一次加锁超过 20 s 则强制解锁。',
    source: 'RebalancePushImpl#tryRemoveOrderMessageQueue',
  },
  'OR-9': {
    en: 'A queue changes hands in 1 to 2 s when its consumer leaves in order. A killed one leaves its lock behind, which no closed connection frees: the queue stands still for 40 to 60 s. One without power is noticed after two minutes.',
    zh: '消费者正常退出时，队列 1～2 s 内易手。被杀的消费者会留下锁，断开连接并不释放它：队列停 40～60 s。断电的要两分钟后才被发现。',
    source: 'RebalanceLockManager#tryLockBatch, ConsumerManager#doChannelCloseEvent',
  },
  'OR-10': {
    en: 'Order breaks when the list of queues changes under a selector, when a producer sends again after a timeout, and when a message is given up to the dead letters. Keys that share a queue block one another.',
    zh: '以下情况会打破顺序：选择器面对的队列列表变化、生产者超时后重发、消息被放弃进入死信队列。共用一个队列的 key 会互相阻塞。',
    source: 'SelectMessageQueueByHash#select, ConsumeMessageOrderlyService#checkReconsumeTimes',
  },
  'OR-11': {
    en: 'A broadcasting consumer needs no lock of the broker to consume in order: it has every queue to itself. A message that fails makes its queue wait there, too.',
    zh: '广播模式下顺序消费不需要 Broker 的锁：每个消费者独自拥有全部队列。消费失败的消息同样会让队列停下等待。',
    source: 'ConsumeMessageOrderlyService#start',
  },
};
