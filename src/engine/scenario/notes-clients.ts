import type { SubscriptionGroupConfig } from './config';
import { spellFilter } from './filter';
import type { Placed } from './notes-placed';
import { both, formatPath } from './problem';
import { parseSql } from './sql-parser';
import type { BrokerSpec, ConsumerSpec, Note, ProducerSpec } from './types';

/** What the product makes of subscriptions, delays and traces where one may expect otherwise. */
export function clientNotes(
  brokers: readonly Placed<BrokerSpec>[],
  producers: readonly Placed<ProducerSpec>[],
  consumers: readonly Placed<ConsumerSpec>[],
  groups: GroupConfigs,
): Note[] {
  const configs = brokers.map(({ spec }) => spec.config);
  return [
    ...producers.flatMap((producer) => delayNotes(producer, configs)),
    ...consumers.flatMap((consumer) => filterNotes(consumer, configs)),
    ...subscriptionNotes(consumers),
    ...consumers.flatMap(popNotes),
    ...consumers.flatMap((consumer) => fifoNotes(consumer, groups)),
    ...traceNotes(producers, consumers, configs),
  ];
}

type BrokerConfigs = readonly BrokerSpec['config'][];
type GroupConfigs = readonly { readonly name: string; readonly config: Partial<SubscriptionGroupConfig> }[];

function delayNotes({ spec, path }: Placed<ProducerSpec>, configs: BrokerConfigs): Note[] {
  const notes: Note[] = [];
  const { delayLevel, timerDelayUs } = spec;
  const config = configs[0];
  if (config === undefined) return [];
  if (spec.mode === 'transaction') return transactionDelayNotes(spec, path);
  const levels = config.messageDelayLevel.split(' ').filter(Boolean).length;
  if (delayLevel > levels) {
    notes.push({
      path: formatPath([...path, 'delayLevel']),
      rule: 'SC-1',
      message: both(
        `There are ${levels} levels: ${delayLevel} is taken for ${levels}.`,
        `一共 ${levels} 级：${delayLevel} 按 ${levels} 级处理。`,
      ),
    });
  } else if (delayLevel < 0) {
    notes.push({
      path: formatPath([...path, 'delayLevel']),
      rule: 'SC-1',
      message: both(
        'A level below 0 is none: the message is delivered at once.',
        '小于 0 的级别等于没有：消息立即投递。',
      ),
    });
  }
  if (timerDelayUs !== null && timerDelayUs < 0 && delayLevel <= 0) {
    notes.push({
      path: formatPath([...path, 'timerDelayMs']),
      rule: 'SC-8',
      message: both(
        'A time in the past: the message is delivered at once, as an ordinary one.',
        '时间已经过去：消息按普通消息立即投递。',
      ),
    });
  }
  const maxSeconds = config.timerMaxDelaySec;
  if (timerDelayUs !== null && timerDelayUs > maxSeconds * 1_000_000) {
    notes.push({
      path: formatPath([...path, 'timerDelayMs']),
      rule: 'SC-8',
      message: both(
        `Longer than timerMaxDelaySec (${maxSeconds} s): the broker refuses such a message.`,
        `超过 timerMaxDelaySec（${maxSeconds} 秒）：Broker 会拒绝这样的消息。`,
      ),
    });
  }
  return notes;
}

/** A level is cleared by the client; a timer spoils the half message. */
function transactionDelayNotes(
  { delayLevel, timerDelayUs }: ProducerSpec,
  path: Placed<ProducerSpec>['path'],
): Note[] {
  const notes: Note[] = [];
  if (delayLevel > 0) {
    notes.push({
      path: formatPath([...path, 'delayLevel']),
      rule: 'TX-1',
      message: both(
        'A transaction has no delay level: the client clears it, and the message is delivered when it is committed.',
        '事务消息没有延迟级别：客户端会清除它，提交后立即投递。',
      ),
    });
  }
  if (timerDelayUs !== null && timerDelayUs > 0) {
    notes.push({
      path: formatPath([...path, 'timerDelayMs']),
      rule: 'SC-8',
      message: both(
        'A timer spoils a transaction: the broker hangs the half message itself into the timer wheel and forgets its topic. What is committed never reaches a consumer, and its end may mark the half message of another transaction as done. Never combine them.',
        '定时会毁掉事务消息：Broker 把半消息本身挂进时间轮，忘了它的真实 Topic。提交后消费者永远收不到，还可能把别的事务的半消息标记为已处理。不要同时使用。',
      ),
    });
  }
  return notes;
}

function filterNotes({ spec, path }: Placed<ConsumerSpec>, configs: BrokerConfigs): Note[] {
  const { filter } = spec;
  if (filter.kind !== 'sql') return [];
  const notes: Note[] = [];
  if (configs.some(({ enablePropertyFilter }) => !enablePropertyFilter)) {
    notes.push({
      path: formatPath([...path, 'filter']),
      rule: 'FI-5',
      message: both(
        'A broker filters by SQL92 only with enablePropertyFilter=true: otherwise this consumer does not start.',
        '只有 enablePropertyFilter=true 的 Broker 才支持 SQL92 过滤，否则这个消费者启动失败。',
      ),
    });
  }
  const { ignored } = parseSql(filter.expression);
  if (ignored !== '') {
    notes.push({
      path: formatPath([...path, 'filter', 'sql']),
      rule: 'FI-5',
      message: both(
        `The broker reads a complete condition and ignores what follows: ${ignored}`,
        `Broker 读完一个完整的条件就停下，忽略后面的部分：${ignored}`,
      ),
    });
  }
  return notes;
}

const popsBySpec = ({ protocol, listener, messageModel }: ConsumerSpec) =>
  protocol === 'grpc' || (protocol === 'pop' && listener === 'concurrently' && messageModel === 'CLUSTERING');

/** `RebalancePushImpl#clientRebalance`: some consumers share out the queues among themselves whatever is asked. */
/** The clients of version 5 have one kind of listener: the group decides. */
function fifoNotes({ spec, path }: Placed<ConsumerSpec>, groups: GroupConfigs): Note[] {
  if (spec.protocol !== 'grpc') return [];
  const fifo = groups.some(({ name, config }) => name === spec.group && config.consumeMessageOrderly);
  if (fifo === (spec.listener === 'orderly')) return [];
  return [
    {
      path: formatPath([...path, 'listener']),
      rule: 'PO-8',
      message: fifo
        ? both(
            'The group has consumeMessageOrderly: the proxy gives a client of version 5 the messages of a queue in order, whatever its listener.',
            '该消费组打开了 consumeMessageOrderly：无论监听器如何，Proxy 都按队列顺序向 5.x 客户端派发消息。',
          )
        : both(
            'A client of version 5 consumes in order only when its group has consumeMessageOrderly, which is off here: this listener acts as "concurrently".',
            '5.x 客户端只有在消费组打开 consumeMessageOrderly 时才顺序消费，这里没有打开：这个监听器等同 "concurrently"。',
          ),
    },
  ];
}

function popNotes({ spec, path }: Placed<ConsumerSpec>): Note[] {
  if (spec.protocol === 'pop' && !popsBySpec(spec)) {
    const field = spec.listener === 'orderly' ? 'listener' : 'messageModel';
    return [
      {
        path: formatPath([...path, field]),
        rule: 'PO-8',
        message: both(
          'A push consumer of the remoting protocol never pops like this: it takes queues as without "pop". A client with "protocol": "grpc" pops in order.',
          'remoting 协议的推模式消费者在这种情况下从不 Pop，仍按队列消费。顺序 Pop 需要 "protocol": "grpc" 的客户端。',
        ),
      },
    ];
  }
  if (spec.protocol !== 'grpc' || spec.messageModel === 'CLUSTERING') return [];
  return [
    {
      path: formatPath([...path, 'messageModel']),
      rule: 'PO-1',
      message: both(
        'Clients of version 5 do not broadcast: the group shares the messages.',
        '5.x 客户端没有广播模式：组内成员分摊消息。',
      ),
    },
  ];
}

/** Who asks for a message trace and gets none. */
function traceNotes(
  producers: readonly Placed<ProducerSpec>[],
  consumers: readonly Placed<ConsumerSpec>[],
  configs: BrokerConfigs,
): Note[] {
  const traced = [...producers, ...consumers].filter(({ spec }) => spec.config.enableTrace);
  const note = (path: Note['path'], message: Note['message']) => ({ path, rule: 'TR-1', message });
  const deaf = consumers.filter(({ spec }) => spec.protocol === 'grpc' && spec.config.enableTrace);
  const [first] = traced;
  const nowhere = configs.every((config) => !config.traceTopicEnable && !config.autoCreateTopicEnable);
  return [
    ...deaf.map(({ path }) =>
      note(
        formatPath([...path, 'config', 'enableTrace']),
        both(
          'A client of version 5 has no message trace: it notes nothing.',
          '5.x 客户端没有消息轨迹：什么也不记录。',
        ),
      ),
    ),
    ...(first === undefined || configs.length === 0 || !nowhere
      ? []
      : [
          note(
            formatPath([...first.path, 'config', 'enableTrace']),
            both(
              'No broker has traceTopicEnable or autoCreateTopicEnable: there is no RMQ_SYS_TRACE_TOPIC, and all trace data is lost.',
              '没有 Broker 打开 traceTopicEnable 或 autoCreateTopicEnable：RMQ_SYS_TRACE_TOPIC 不存在，轨迹全部丢失。',
            ),
          ),
        ]),
  ];
}

/** One group, one subscription: the broker keeps the newest for all members. Pop brings its own along. */
function subscriptionNotes(consumers: readonly Placed<ConsumerSpec>[]): Note[] {
  const first = new Map<string, ConsumerSpec>();
  return consumers.flatMap(({ spec, path }) => {
    const known = first.get(spec.group);
    if (known === undefined) {
      first.set(spec.group, spec);
      return [];
    }
    const otherTopic = known.topic !== spec.topic;
    const same = JSON.stringify(spellFilter(known.filter)) === JSON.stringify(spellFilter(spec.filter));
    if (popsBySpec(spec) || (!otherTopic && same)) return [];
    return {
      path: formatPath([...path, otherTopic ? 'topic' : 'filter']),
      rule: 'FI-6',
      message: both(
        `"${known.id}" of the same group subscribes otherwise: the broker keeps the newest subscription for both, and messages are passed over.`,
        `同组的 "${known.id}" 订阅不同：Broker 为两者只保留最新的一份订阅，会漏消费。`,
      ),
    };
  });
}
