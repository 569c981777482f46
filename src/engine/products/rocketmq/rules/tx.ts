import type { Rule } from '../../../product';

/** Transaction messages. */
export const txRules: Record<string, Rule> = {
  'TX-1': {
    en: 'sendMessageInTransaction clears the delay level and sends synchronously, without a selector, with TRAN_MSG set. Only SEND_OK runs the local transaction, which ends in COMMIT, ROLLBACK or UNKNOW (an exception counts as UNKNOW). The other three statuses roll back without running it; an exception of the send runs nothing and tells nobody.',
    zh: 'sendMessageInTransaction 清除延迟级别，带上 TRAN_MSG 同步发送，不用队列选择器。只有 SEND_OK 才执行本地事务，结果为 COMMIT、ROLLBACK 或 UNKNOW（抛异常算 UNKNOW）。另外三种状态不执行、直接回滚；发送异常则什么也不执行、也不通知。',
    source: 'DefaultMQProducerImpl#sendMessageInTransaction',
  },
  'TX-2': {
    en: "The end is sent oneway to the half message's broker: it is not answered, not repeated, and errors are only logged.",
    zh: '结束请求以 oneway 发往存放半消息的 Broker：没有响应，不重发，出错只记日志。',
    source: 'DefaultMQProducerImpl#endTransaction, MQClientAPIImpl#endTransactionOneway',
  },
  'TX-3': {
    en: 'A half message is stored in RMQ_SYS_TRANS_HALF_TOPIC, queue 0, with its topic and queue as properties: consumers do not see it. A broker with rejectTransactionMessage answers NO_PERMISSION.',
    zh: '半消息存入 RMQ_SYS_TRANS_HALF_TOPIC 的 0 号队列，真实 Topic 和队列作为属性保存，消费者看不到。开启 rejectTransactionMessage 的 Broker 返回 NO_PERMISSION。',
    source: 'TransactionalMessageBridge#parseHalfMessageInner, SendMessageProcessor#sendMessage',
  },
  'TX-4': {
    en: 'COMMIT finds the half message by its CommitLog offset, compares group and offsets, writes the message anew into its own queue with WAIT=false, and then notes the half as done. ROLLBACK only notes it, UNKNOW changes nothing. A slave ends no transactions.',
    zh: 'COMMIT：按 CommitLog 偏移找到半消息，核对组和两个偏移，以 WAIT=false 把消息写入真实队列，再把半消息标记为已处理。ROLLBACK 只做标记，UNKNOW 什么也不变。从节点不处理事务结束。',
    source: 'EndTransactionProcessor#processRequest, EndTransactionProcessor#checkPrepareMessage',
  },
  'TX-5': {
    en: 'Done halves are named by op messages in RMQ_SYS_TRANS_OP_HALF_TOPIC. 4.9 writes one for each half at once. 5.x collects offsets in memory; a thread that wakes every transactionOpBatchInterval writes them when its last op message is an interval old, or at once when they exceed transactionOpMsgMaxSize.',
    zh: '已处理的半消息由 RMQ_SYS_TRANS_OP_HALF_TOPIC 里的 op 消息指明。4.9 每条半消息立即写一条；5.x 先在内存里攒偏移，线程每 transactionOpBatchInterval 醒来一次，距上次写满一个间隔就写，超过 transactionOpMsgMaxSize 则立即写。',
    source: 'TransactionalMessageServiceImpl#deletePrepareMessage, TransactionalOpBatchService',
  },
  'TX-6': {
    en: 'A master checks every transactionCheckInterval (30 s; 60 s in 4.x), counted from the end of the check before. From its stored offset it passes what op messages name, stops at what is stored during the pass or younger than its immunity, writes a half with an immunity of its own anew, and asks about the rest after writing a new copy with a higher count. When op messages were read, 5.x looks for more and pauses 1 s before it asks. A pass ends after 60 s.',
    zh: '主节点每 transactionCheckInterval（30 s，4.x 为 60 s）检查一次，从上一次检查结束算起。从保存的位点开始：跳过 op 消息已指明的；遇到本轮才存储的、或未到免检时间的就停；自带免检时间的重新写一份；其余的写一份计数加一的新副本，然后回查。若本轮读到过 op 消息，5.x 会再找一次并停 1 s 才回查。一轮最长 60 s。',
    source: 'TransactionalMessageServiceImpl#check, TransactionalMessageCheckService#run',
  },
  'TX-7': {
    en: 'The broker asks one producer of the group, the next connected one in turn, not necessarily the sender. With nobody to ask the check counts all the same. The producer looks, and answers oneway.',
    zh: 'Broker 轮流询问该组一个已连接的生产者，不一定是发送者。无人可问，这次回查照样计数。生产者查询后以 oneway 答复。',
    source:
      'AbstractTransactionalMessageCheckListener#sendCheckMessage, ProducerManager#getAvailableChannel, ClientRemotingProcessor#checkTransactionState',
  },
  'TX-8': {
    en: 'After transactionCheckMax (15) checks, or when it is older than fileReservedTime, a half message is moved to TRANS_CHECK_MAX_TIME_TOPIC: never delivered, never asked about again. A long pass that meets the copies which it wrote itself parks those with their last question at once.',
    zh: '回查满 transactionCheckMax（15）次，或已超过 fileReservedTime，半消息被移到 TRANS_CHECK_MAX_TIME_TOPIC：不再投递，也不再回查。一轮若长到碰上自己刚写的副本，问完最后一次的会当场移走。',
    source: 'DefaultTransactionalMessageCheckListener#resolveDiscardMsg',
  },
  'TX-9': {
    en: 'The first check comes 6 to 36 s after birth (6 to 66 s in 4.x), 1 s later when op messages have to be read. A young half at the head lets all behind it wait for the next check.',
    zh: '首次回查在出生后 6～36 s（4.x 为 6～66 s），需要先读 op 消息时再晚 1 s。队头的半消息太年轻，后面的都要等下一次检查。',
    source: 'TransactionalMessageServiceImpl#check',
  },
  'TX-10': {
    en: 'transactionTimeOut is the age from which a half may be asked about. Nothing is rolled back by time: until it is parked, after 15 checks, it stays open for 7 to 8 minutes.',
    zh: 'transactionTimeOut 是开始回查的年龄，不是回滚超时。没有按时间的自动回滚：直到 15 次回查后被移走，半消息会悬挂 7～8 分钟。',
    source: 'BrokerConfig.transactionTimeOut, BrokerConfig.transactionCheckMax',
  },
  'TX-11': {
    en: "Since 5.x a late end that is no answer to a check is refused with ILLEGAL_OPERATION when the half message's CHECK_IMMUNITY_TIME_IN_SECONDS has passed.",
    zh: '5.x 起，半消息的 CHECK_IMMUNITY_TIME_IN_SECONDS 已过，而迟到的结束请求又不是回查的答复，则以 ILLEGAL_OPERATION 拒绝。',
    source: 'EndTransactionProcessor#rejectCommitOrRollback',
  },
  'TX-12': {
    en: 'Commits are not deduplicated. A check writes a new copy: an end that comes later settles the old one, the copy is asked about again and committed again. Ends that a broker had only in memory are forgotten when it crashes.',
    zh: '提交没有去重。回查会写一份新副本：之后才到的结束请求只了结旧副本，新副本再被回查、再次提交。Broker 只在内存里记下的结束，崩溃后会忘记。',
    source: 'TransactionalMessageServiceImpl#check, EndTransactionProcessor#processRequest',
  },
  'TX-13': {
    en: 'A COMMIT to a broker that is down is lost. No other broker can end the transaction; when this one is back its next check asks, and the answer commits.',
    zh: 'Broker 宕机时发来的 COMMIT 会丢失，别的 Broker 不能代为结束事务；它恢复后的下一次检查会回查并提交。',
    source: 'TransactionalMessageServiceImpl#check, MQClientAPIImpl#endTransactionOneway',
  },
};
