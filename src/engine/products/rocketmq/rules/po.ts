import type { Rule } from '../../../product';

/** Pop consumption (5.x). */
export const poRules: Record<string, Rule> = {
  'PO-1': {
    en: 'In pop mode the broker picks queues and tracks each message: every member of a group asks every broker, several may read one queue, and nothing has to be rebalanced.',
    zh: 'Pop 模式下由 Broker 挑选队列并逐条跟踪消息：组内每个消费者向每组 Broker 请求，多个消费者可以读同一个队列，无需重平衡。',
    source: 'PopMessageProcessor#processRequest, QueryAssignmentProcessor#processRequest',
  },
  'PO-2': {
    en: 'A pop takes up to 32 messages from the queues of the topic, beginning at a random one, one pop at a time in each queue; in one of five requests it reads the retry topic first, else last. While it leaves messages behind it wakes a parked request.',
    zh: '一次 Pop 最多取 32 条，从随机的队列开始，每个队列同一时刻只允许一个 Pop；五次请求中有一次先读重试 Topic，其余放在最后。还有消息没取完时，它会唤醒一个挂起的请求。',
    source: 'PopMessageProcessor#popMsgFromQueue, BrokerConfig.popFromRetryProbability',
  },
  'PO-3': {
    en: 'What was popped of a queue gets a checkpoint, itself a message of a revive queue that comes due when the invisible time ends; it is stored, and flushed or replicated as the broker is set, before the messages go out. The group’s offset is committed past it at once.',
    zh: '从一个队列弹出的消息会写一个检查点，它本身是 revive 队列里的一条定时消息，在不可见时间结束时到期；按 Broker 的刷盘和复制设置存好之后，消息才会发出。该组的位点立即提交到其后。',
    source: 'PopMessageProcessor#appendCheckPoint',
  },
  'PO-4': {
    en: 'An ack is a message of the same revive queue, due when the invisible time ends.',
    zh: '确认（ack）也是同一 revive 队列里的消息，在不可见时间结束时到期。',
    source: 'AckMessageProcessor#appendAck',
  },
  'PO-5': {
    en: 'A thread for each revive queue pairs checkpoints with acks each second; what nobody confirmed goes to the group’s pop retry topic with its count of retries raised.',
    zh: '每个 revive 队列有一个线程，每秒把检查点与确认配对；没人确认的消息进入该组的 Pop 重试 Topic，重试次数加一。',
    source: 'PopReviveService#mergeAndRevive, PopReviveService#reviveRetry',
  },
  'PO-6': {
    en: 'A message that is not confirmed is in the retry topic 2 to 4 s after its invisible time, and waits there for the next request that looks; a result that comes later than that time does not count.',
    zh: '未确认的消息在不可见时间结束后 2～4 s 进入重试 Topic，等下一个来看的请求取走；超过不可见时间才返回的结果不算数。',
    source:
      'PopReviveService#mergeAndRevive, ConsumeMessagePopConcurrentlyService.ConsumeRequest#isPopTimeout',
  },
  'PO-7': {
    en: 'A consumer that fails asks for more invisible time: 10 s, 30 s, 1 min … 2 h by retries. With its retries used up and older than 4 h a message is confirmed and dropped; there are no dead letters.',
    zh: '消费失败则延长不可见时间：按重试次数 10 s、30 s、1 min……2 h。重试用完且超过 4 小时的消息会被确认并丢弃，不进死信队列。',
    source:
      'ChangeInvisibleTimeProcessor#processRequest, ConsumeMessagePopConcurrentlyService#processConsumeResult',
  },
  'PO-8': {
    en: 'In order only clients of version 5 pop, through the proxy, when their group has consumeMessageOrderly: the broker blocks a queue for the group from the moment it hands out a batch until all of it is confirmed or its invisible time is over. The offset goes to the first unconfirmed message; no checkpoint, no ack record, no retry topic (revive queue 999). A failed message stays with its client.',
    zh: '只有经过 Proxy 的 5.x 客户端能顺序 Pop，且消费组须打开 consumeMessageOrderly：Broker 发出一批消息后为该组锁住队列，直到这批全部确认或不可见时间结束。位点推进到第一条未确认的消息；没有检查点、确认记录和重试 Topic（revive 队列号 999）。失败的消息由客户端自己重试。',
    source:
      'ConsumerOrderInfoManager#checkBlock, AckMessageProcessor#ackOrderly, RebalancePushImpl#clientRebalance, FifoConsumeService#consumeIteratively',
  },
  'PO-9': {
    en: 'A request that finds nothing is parked, up to popPollingSize + 1 (1 025) for a topic and group; an arriving message wakes the one whose time ends first if its filter wants it, one that arrives in the retry topic none (unless enableRetryTopicV2). After 15 s it looks once more, and ends with POLLING_TIMEOUT.',
    zh: '没有消息的请求会被挂起，每个 Topic 和组最多 popPollingSize + 1（1025）个；新消息到达时，若符合最先到期者的过滤条件就唤醒它，进入重试 Topic 的消息不会唤醒（除非 enableRetryTopicV2）；约 15 s 到期时再查一次，仍没有则以 POLLING_TIMEOUT 结束。',
    source:
      'PopLongPollingService#polling, PopLongPollingService#notifyMessageArriving, BrokerConfig.popPollingSize',
  },
  'PO-10': {
    en: 'A group without an offset begins at the first message, or near the last one: at 0 while message 0 is in the page cache, else at the last message. The offset is committed at once.',
    zh: '没有位点的组从第一条开始，或从末尾附近开始：第 0 条还在页缓存时从 0，否则从最后一条。位点立即提交。',
    source: 'PopMessageProcessor#getInitOffset',
  },
  'PO-11': {
    en: 'The proxy keeps what its gRPC clients have in hand invisible: it looks each 5 s and renews what has at most 10 s left, by 1, 3, 5, 10, 30 min, then 1 h, up to 3 h. A renewal that cannot be stored is not repeated. A client that leaves has its messages back in 1 s; one that dies is noticed after 120 s without a heartbeat. The handles live in memory. Remoting clients are not renewed.',
    zh: 'Proxy 让 gRPC 客户端手上的消息保持不可见：每 5 s 检查，剩余不足 10 s 就续期，依次 1、3、5、10、30 分钟，之后每次 1 小时，最多 3 小时。存不下的续期不会重试。客户端正常离开时，消息 1 s 后恢复可见；崩溃则要等 120 s 没有心跳。句柄只在内存里。remoting 客户端没有续期。',
    source:
      'DefaultReceiptHandleManager#scheduleRenewTask, DefaultReceiptHandleManager#clearGroup, RenewStrategyPolicy#nextDelayDuration, ReceiveMessageActivity#receiveMessage',
  },
};
