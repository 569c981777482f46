import { startingBrokerId } from './broker-role';
import { brokerDefaults } from './config';
import { clientNotes } from './notes-clients';
import type { Placed } from './notes-placed';
import { replicaNotes } from './notes-replicas';
import { both, formatPath } from './problem';
import { MODEL_VERSION } from './products';
import type { BrokerSpec, ConsumerSpec, Note, ProducerSpec, Scenario } from './types';

/** What the real product makes of this file where one may expect otherwise. Nothing here is an error of the file. */
export function notesOn(scenario: Scenario): Note[] {
  const brokers: Placed<BrokerSpec>[] = scenario.brokers.map((spec, i) => ({ spec, path: ['brokers', i] }));
  const producers: Placed<ProducerSpec>[] = scenario.producers.map((spec, i) => ({
    spec,
    path: ['producers', i],
  }));
  const consumers: Placed<ConsumerSpec>[] = scenario.consumers.map((spec, i) => ({
    spec,
    path: ['consumers', i],
  }));
  scenario.actions.forEach((action, i) => {
    if (action.do !== 'add') return;
    const path = ['actions', i, action.role];
    if (action.role === 'broker') brokers.push({ spec: action.spec, path });
    if (action.role === 'producer') producers.push({ spec: action.spec, path });
    if (action.role === 'consumer') consumers.push({ spec: action.spec, path });
  });
  return [
    ...modelNotes(scenario),
    ...nameserverNotes(scenario),
    ...brokers.flatMap((broker) => brokerNotes(broker, scenario.productVersion)),
    ...sameIdentityNotes(brokers),
    ...replicaNotes(scenario, brokers, brokerDefaults(scenario.productVersion, scenario.environment.cpu)),
    ...clientNotes(brokers, producers, consumers, groupsThen(scenario)),
    ...topicNotes(scenario, brokers, producers, consumers),
    ...orderNotes(scenario),
  ];
}

/** What is ever said of a group: in the file, or by an action. */
function groupsThen({ subscriptionGroups, actions }: Scenario): Parameters<typeof clientNotes>[3] {
  const altered = actions.flatMap((action) =>
    action.do === 'alterGroup' ? [{ name: action.group, config: action.config }] : [],
  );
  return [...subscriptionGroups, ...altered];
}

function modelNotes({ model }: Scenario): Note[] {
  if (model === MODEL_VERSION) return [];
  return [
    {
      path: 'model',
      message: both(
        `This file was made with model ${model}; it runs with model ${MODEL_VERSION}, so the run may differ.`,
        `这个文件由第 ${model} 版模型生成，现在以第 ${MODEL_VERSION} 版运行，结果可能不同。`,
      ),
    },
  ];
}

function nameserverNotes({ nameservers, actions }: Scenario): Note[] {
  const comesLater = actions.some((action) => action.do === 'add' && action.role === 'nameserver');
  if (nameservers.length > 0 || comesLater) return [];
  return [
    {
      path: 'nameservers',
      rule: 'CL-11',
      message: both(
        'Without a name server no client finds a route: sending fails with "No route info of this topic".',
        '没有 NameServer，客户端找不到路由：发送会报 "No route info of this topic"。',
      ),
    },
  ];
}

const PERIOD_MIN_MS = 10_000;
const PERIOD_MAX_MS = 60_000;

function brokerNotes({ spec, path }: Placed<BrokerSpec>, version: Scenario['productVersion']): Note[] {
  const { brokerId, config } = spec;
  const notes: Note[] = [];
  const at = (...rest: string[]): string => formatPath([...path, ...rest]);
  const starting = startingBrokerId(config.brokerRole, brokerId);
  if (starting === null) {
    notes.push({
      path: at('brokerId'),
      rule: 'HA-1',
      message: both(
        'A SLAVE needs a brokerId above 0: this broker refuses to start.',
        'SLAVE 的 brokerId 必须大于 0：这个 Broker 会拒绝启动。',
      ),
    });
  } else if (starting !== brokerId) {
    notes.push({
      path: at('brokerId'),
      rule: 'HA-1',
      message: both(
        `brokerRole ${config.brokerRole} forces brokerId 0: the ${brokerId} given here is ignored. A slave needs brokerRole SLAVE.`,
        `brokerRole 为 ${config.brokerRole} 时 brokerId 被强制为 0，这里的 ${brokerId} 不起作用。从节点要写 brokerRole SLAVE。`,
      ),
    });
  }
  if (version === '5.3' && config.brokerRole === 'SYNC_MASTER' && config.inSyncReplicas === 1) {
    notes.push({
      path: at('config', 'brokerRole'),
      rule: 'HA-7',
      message: both(
        'SYNC_MASTER with inSyncReplicas 1 (the default) waits for no slave: it acts as ASYNC_MASTER. Set inSyncReplicas to 2 to wait for one.',
        'SYNC_MASTER 配合 inSyncReplicas 1（默认值）不等待任何从节点，行为等同 ASYNC_MASTER。要等待一个从节点，请把 inSyncReplicas 设为 2。',
      ),
    });
  }
  if (
    config.transientStorePoolEnable &&
    (config.flushDiskType !== 'ASYNC_FLUSH' || config.brokerRole === 'SLAVE')
  ) {
    notes.push({
      path: at('config', 'transientStorePoolEnable'),
      rule: 'BR-16',
      message: both(
        'The transient pool needs ASYNC_FLUSH and a master: it stays off here.',
        '堆外内存池只在 ASYNC_FLUSH 的主节点上生效，这里不会启用。',
      ),
    });
  }
  const period = config.registerNameServerPeriod;
  if (period < PERIOD_MIN_MS || period > PERIOD_MAX_MS) {
    notes.push({
      path: at('config', 'registerNameServerPeriod'),
      rule: 'NS-5',
      message: both(
        `The broker keeps this period between ${PERIOD_MIN_MS} and ${PERIOD_MAX_MS}.`,
        `Broker 会把这个周期限制在 ${PERIOD_MIN_MS} 到 ${PERIOD_MAX_MS} 之间。`,
      ),
    });
  }
  return notes;
}

function sameIdentityNotes(brokers: readonly Placed<BrokerSpec>[]): Note[] {
  const owners = new Map<string, string>();
  return brokers.flatMap(({ spec, path }) => {
    const starting = startingBrokerId(spec.config.brokerRole, spec.brokerId);
    if (starting === null) return [];
    const identity = `${spec.brokerName} ${starting}`;
    const owner = owners.get(identity);
    if (owner === undefined) {
      owners.set(identity, spec.id);
      return [];
    }
    return {
      path: formatPath([...path, 'brokerName']),
      rule: 'NS-11',
      message: both(
        `"${spec.id}" and "${owner}" both register as ${spec.brokerName} with id ${starting}: in the routes the last registration wins, again at each heartbeat.`,
        `"${spec.id}" 和 "${owner}" 都以 ${spec.brokerName}、id ${starting} 注册：路由里后注册的覆盖先注册的，每次心跳都会重来一遍。`,
      ),
    };
  });
}

function orderNotes({ topics, nameservers, actions }: Scenario): Note[] {
  const switched = actions.some(
    ({ ...action }) => action.do === 'set' && 'orderMessageEnable' in action.config,
  );
  if (switched || nameservers.some(({ config }) => config.orderMessageEnable)) return [];
  return topics.flatMap(({ name, order }, i) =>
    order
      ? [
          {
            path: formatPath(['topics', i, 'order']),
            rule: 'NS-24',
            message: both(
              `No name server has orderMessageEnable: none of them tells a producer the order configuration of ${name}.`,
              `没有 NameServer 打开 orderMessageEnable：都不会把 ${name} 的顺序配置告诉生产者。`,
            ),
          },
        ]
      : [],
  );
}

function topicNotes(
  { topics, actions }: Scenario,
  brokers: readonly Placed<BrokerSpec>[],
  producers: readonly Placed<ProducerSpec>[],
  consumers: readonly Placed<ConsumerSpec>[],
): Note[] {
  const declared = new Set(topics.map(({ name }) => name));
  for (const action of actions) if (action.do === 'createTopic') declared.add(action.topic.name);
  const autoCreated = brokers.some(({ spec }) => spec.config.autoCreateTopicEnable);
  const sentTo = new Set(producers.map(({ spec }) => spec.topic));

  const unsendable = producers
    .filter(({ spec }) => !declared.has(spec.topic))
    .map(({ spec, path }) => ({
      path: formatPath([...path, 'topic']),
      rule: 'PR-15',
      message: autoCreated
        ? both(
            `Topic ${spec.topic} is not declared: the first message to each broker creates it there.`,
            `Topic ${spec.topic} 没有声明：发往每个 Broker 的第一条消息会在那里自动创建它。`,
          )
        : both(
            `Topic ${spec.topic} is not declared and no broker creates topics by itself: sending fails with "No route info of this topic".`,
            `Topic ${spec.topic} 没有声明，也没有 Broker 会自动创建 Topic：发送会报 "No route info of this topic"。`,
          ),
    }));
  const unreadable = consumers
    .filter(({ spec: { topic } }) => !declared.has(topic) && !sentTo.has(topic) && !topic.startsWith('%'))
    .map(({ spec, path }) => ({
      path: formatPath([...path, 'topic']),
      message: both(
        `Topic ${spec.topic} is not declared and nothing is sent to it: this consumer gets no queue.`,
        `Topic ${spec.topic} 没有声明，也没有消息发往它：这个消费者分不到队列。`,
      ),
    }));
  return [...unsendable, ...unreadable];
}
