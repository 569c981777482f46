import type { Rule } from '../../../product';

/** Delayed and timed messages. */
export const scRules: Record<string, Rule> = {
  'SC-1': {
    en: 'A delay is one of the levels of messageDelayLevel: 18 by default, 1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h, counted from 1. A level above the highest is the highest, 0 is none.',
    zh: '延迟只能取 messageDelayLevel 里的级别：默认 18 级，1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h，从 1 数起；超过最高级按最高级，0 表示不延迟。',
    source: 'MessageStoreConfig.messageDelayLevel, HookUtils#transformDelayLevelMessage',
  },
  'SC-2': {
    en: 'A delayed message is first stored in SCHEDULE_TOPIC_XXXX, in queue level − 1; its topic and queue are kept in properties.',
    zh: '延迟消息先存入 SCHEDULE_TOPIC_XXXX 的第（级别 − 1）个队列，真实的 Topic 和队列保存在属性里。',
    source: 'HookUtils#handleScheduleMessage',
  },
  'SC-3': {
    en: 'Its time of delivery, the time it was stored plus the delay, takes the place of the tag hash in the ConsumeQueue.',
    zh: '投递时间 = 存储时间 + 延迟，写在 ConsumeQueue 条目中本来放 Tag 哈希的位置。',
    source: 'CommitLog#checkMessageAndReturnSize, ScheduleMessageService#computeDeliverTimestamp',
  },
  'SC-4': {
    en: 'Each level has a task that runs every 100 ms, first after 1 s: it puts what is due to its own topic and stops at the first message that is not. So a delivery is 0 to 100 ms late; a put that fails is tried again in 100 ms.',
    zh: '每个级别有一个任务，启动 1 s 后开始，每 100 ms 运行一次：把到期的消息写回真实 Topic，遇到第一条未到期的就停。因此投递会晚 0～100 ms；写入失败 100 ms 后再试。',
    source: 'ScheduleMessageService.DeliverDelayedMessageTimerTask#executeOnTimeUp',
  },
  'SC-5': {
    en: 'Only a master delivers, or a slave that acts for it. While there is none nothing is delivered; afterwards all that is overdue comes at once.',
    zh: '只有主节点（或代理主节点的从节点）投递延迟消息。没有主节点时不投递；恢复后，逾期的一次性全部投递。',
    source: 'BrokerController#changeSpecialServiceStatus',
  },
  'SC-6': {
    en: 'How far each level is delivered is written every 10 s. A crash forgets what came since, and those messages are delivered again.',
    zh: '各级别的投递进度每 10 s 写一次文件。崩溃会丢掉其后的进度，那部分消息会再投递一次。',
    source: 'ScheduleMessageService#start',
  },
  'SC-7': {
    en: 'Worked: level 3, stored at 12:00:00.000 on a broker whose looks fall on …10.040: delivered at 12:00:10.040, at the first look that finds it due.',
    zh: '算例：12:00:00.000 存入，级别 3，该 Broker 的检查落在 …10.040：12:00:10.040 投递，即到期后的第一次检查。',
    source: 'ScheduleMessageService.DeliverDelayedMessageTimerTask#executeOnTimeUp',
  },
  'SC-8': {
    en: 'Version 5: a message may name a moment instead of a level. One that is not ahead is stored at once; one further than timerMaxDelaySec, 3 days, is refused; a delay level goes before it. In a batch it is not looked at. In a transaction it spoils the half message: the wheel takes the half and writes the half topic over the topic that it remembers. A COMMIT then writes the message into the half topic again, and notes as done the half with the same offset, which may be another one; at its time the wheel puts one more copy there. The copies are asked about until they are parked: consumers never see the message.',
    zh: '5.x：消息可以指定时间点而不是级别。时间已到的立即存储；超过 timerMaxDelaySec（3 天）的被拒绝；同时设了延迟级别时以级别为准。批量消息里的定时不会被检查。事务消息的定时会毁掉半消息：时间轮收下的是半消息，并用半消息 Topic 覆盖它记着的真实 Topic。此后 COMMIT 只会把消息再写进半消息 Topic，并把位点相同的半消息（可能是别人的）标记为已处理；到期时时间轮又往那里写一份。这些副本一直被回查，直到被移走：消费者永远看不到这条消息。',
    source: 'HookUtils#transformTimerMessage, HookUtils#checkIfTimerMessage',
  },
  'SC-9': {
    en: 'The moment is rounded down to a second, and a whole one loses a second more. A slot is delivered when the clock has reached the next second, looked at each 100 ms: at the first full second at or after the moment, up to 0.1 s late, never early.',
    zh: '时间向下取整到秒，恰好整秒的再减一秒。时钟走到下一整秒后才处理该槽，每 100 ms 检查一次：因此在指定时间当时或之后的第一个整秒投递，最多晚 0.1 s，绝不提前。',
    source:
      'HookUtils#transformTimerMessage, TimerMessageStore#enqueue, TimerMessageStore#dequeue, TimerMessageStore#maybeMoveWriteTime',
  },
  'SC-10': {
    en: 'Waiting messages stand in rmq_sys_wheel_timer, queue 0; the TimerLog and a wheel of 1 s slots say when each is due. Beyond timerRollWindowSlot, 2 days, a message is parked for a part of its time and put into the wheel again. A crash goes back to the checkpoint of each second.',
    zh: '等待中的消息存在 rmq_sys_wheel_timer 的 0 号队列，TimerLog 和每槽 1 s 的时间轮记录何时到期。超过 timerRollWindowSlot（2 天）的消息先等一段时间再重新入轮。崩溃后从每秒一次的检查点继续。',
    source:
      'TimerMessageStore#doEnqueue, TimerWheel, TimerCheckpoint, MessageStoreConfig.timerRollWindowSlot',
  },
};
