import type { DetailSection, NodeDetails } from '../../../details';
import { hostOf, processOf } from '../../../model/env';
import { endPhys, logLength, physAt } from '../../../model/log';
import { queueOf } from '../../../model/world';
import {
  brokerDefaults,
  type ConfigPatch,
  consumerDefaults,
  controllerDefaults,
  namesrvDefaults,
  producerDefaults,
} from '../../../scenario/config';
import { confirmOffset } from '../broker/confirm';
import { readMetadata } from '../broker/metadata-file';
import { dirtyBytesOf } from '../broker/page-cache';
import { maxOffsetOf, minOffsetOf } from '../broker/store-state';
import type { ClientState } from '../client/client-state';
import { needsLocks } from '../consumer/consumer-of';
import type { Broker, Consumer, Nameserver, Producer, RocketSim } from '../state';
import { controllerSections } from './controllers';
import { addressesShown, failoverSections } from './inspect-failover';
import { specialSections } from './inspect-special';
import { transactionSections } from './inspect-transactions';
import { nameOf, processView } from './processes';
import { byText } from './queues';

const PAGE_BYTES = 4_096;

/** Everything the inspector shows of a process: its configuration and its tables as the real node has them. */
export function inspect(sim: RocketSim, node: number): NodeDetails | undefined {
  const { product, env } = sim.state;
  const process = processView(sim, node);
  const nameserver = product.nameservers.get(node);
  if (nameserver !== undefined) {
    const config = configRows(nameserver.config, namesrvDefaults(product.version));
    return { process, kind: 'nameserver', config, sections: nameserverSections(sim, nameserver) };
  }
  const controller = product.controllers.get(node);
  if (controller !== undefined) {
    const config = configRows(controller.config, controllerDefaults(product.version));
    return { process, kind: 'controller', config, sections: controllerSections(sim, controller) };
  }
  const broker = product.brokers.get(node);
  if (broker !== undefined) {
    const defaults = brokerDefaults(product.version, { cores: env.params.cores });
    return {
      process,
      kind: 'broker',
      config: configRows(broker.config, defaults),
      sections: brokerSections(sim, broker),
    };
  }
  const producer = product.producers.get(node);
  if (producer !== undefined) {
    const config = configRows(producer.config, producerDefaults(product.version));
    return { process, kind: 'producer', config, sections: clientSections(sim, producer) };
  }
  const consumer = product.consumers.get(node);
  if (consumer === undefined) return undefined;
  const config = configRows(consumer.config, consumerDefaults(product.version));
  return {
    process,
    kind: 'consumer',
    config,
    sections: [...consumerSections(sim, consumer), ...clientSections(sim, consumer)],
  };
}

function configRows(config: object, defaults: object): NodeDetails['config'] {
  const standard = defaults as ConfigPatch;
  return Object.entries(config as ConfigPatch).map(([key, value]) => ({
    key,
    value,
    changed: standard[key] !== value,
  }));
}

function nameserverSections(sim: RocketSim, { tables, config, orderFile }: Nameserver): DetailSection[] {
  const orderConfs = Object.entries(readMetadata(orderFile).byTopic);
  return [
    {
      title: { en: 'Live brokers', zh: '存活的 Broker' },
      source: 'RouteInfoManager.brokerLiveTable',
      columns: ['broker', 'id', 'process', 'age', 'timeout', 'version'],
      rows: [...tables.brokerLiveTable].map(([address, live]) => [
        live.brokerName,
        `${live.brokerId}`,
        nameOf(sim, address),
        seconds(sim.nowUs - live.lastUpdateUs),
        seconds(live.timeoutUs),
        `${live.dataVersion.counter}`,
      ]),
    },
    {
      title: { en: 'Queues of topics', zh: 'Topic 的队列' },
      source: 'RouteInfoManager.topicQueueTable',
      columns: ['topic', 'broker', 'read', 'write', 'perm'],
      rows: [...tables.topicQueueTable].flatMap(([topic, queues]) =>
        [...queues.values()].map((queue) => [
          topic,
          queue.brokerName,
          `${queue.readQueueNums}`,
          `${queue.writeQueueNums}`,
          permission(queue.perm),
        ]),
      ),
    },
    {
      title: { en: 'Addresses of brokers', zh: 'Broker 地址' },
      source: 'RouteInfoManager.brokerAddrTable',
      columns: ['broker', 'addresses'],
      rows: [...tables.brokerAddrTable.values()].map((data) => [
        data.brokerName,
        addressesShown(sim, data, config.supportActingMaster),
      ]),
    },
    ...(orderConfs.length === 0
      ? []
      : [
          {
            title: { en: 'Order configuration', zh: '顺序配置' },
            source: 'KVConfigManager.configTable',
            columns: ['topic', 'ORDER_TOPIC_CONFIG'],
            rows: orderConfs.map(([topic, conf]) => [topic, conf]),
          },
        ]),
  ];
}

function brokerSections(sim: RocketSim, broker: Broker): DetailSection[] {
  const { store, service, node } = broker;
  const { log, disk, memory } = store;
  const { arena, env } = sim.state;
  const host = hostOf(env, node);
  const waits = [...memory.waits.values()];
  return [
    {
      title: { en: 'CommitLog', zh: 'CommitLog' },
      source: 'CommitLog',
      rows: [
        ['appended', bytes(endPhys(sim.state, log)), `${logLength(log)}`],
        ['flushed', bytes(physAt(sim.state, log, log.flushed)), `${log.flushed}`],
        ['dispatched', bytes(physAt(sim.state, log, memory.dispatchedRows)), `${memory.dispatchedRows}`],
        ['confirm offset', bytes(confirmOffset(sim, broker)), ''],
        ['waiting for flush', '', `${waits.filter(({ flush }) => flush === 'waiting').length}`],
        ['waiting for replicas', '', `${waits.filter(({ replicas }) => replicas === 'waiting').length}`],
      ],
      columns: ['mark', 'bytes', 'messages'],
    },
    ...failoverSections(sim, broker),
    ...specialSections(sim, broker),
    ...transactionSections(sim, broker),
    {
      title: { en: 'ConsumeQueues', zh: 'ConsumeQueue' },
      source: 'ConsumeQueue',
      columns: ['topic', 'queue', 'min', 'max'],
      rows: [...disk.queues.values()].map((queue) => [
        arena.queues[queue.queue]?.topic ?? '',
        `${arena.queues[queue.queue]?.queueId ?? ''}`,
        `${minOffsetOf(queue)}`,
        `${maxOffsetOf(queue)}`,
      ]),
    },
    {
      title: { en: 'Topics', zh: 'Topic 配置' },
      source: 'TopicConfigManager.topicConfigTable',
      columns: ['topic', 'read', 'write', 'perm'],
      rows: [...memory.topics.values()].map((entry) => [
        entry.topic,
        `${entry.readQueueNums}`,
        `${entry.writeQueueNums}`,
        permission(entry.perm),
      ]),
    },
    {
      title: { en: 'Consumer groups', zh: '消费组' },
      source: 'ConsumerManager.consumerTable',
      columns: ['group', 'client', 'process', 'heartbeat'],
      rows: [...service.groups].flatMap(([group, { channels }]) =>
        [...channels.values()].map((client) => [
          group,
          client.clientId,
          nameOf(sim, client.peer),
          `${seconds(sim.nowUs - client.lastUs)}`,
        ]),
      ),
    },
    {
      title: { en: 'Producer groups', zh: '生产组' },
      source: 'ProducerManager.groupChannelTable',
      columns: ['group', 'client', 'process'],
      rows: [...service.producers].flatMap(([group, channels]) =>
        [...channels.values()].map((client) => [group, client.clientId, nameOf(sim, client.peer)]),
      ),
    },
    {
      title: { en: 'Consumer offsets in memory', zh: '内存中的消费位点' },
      source: 'ConsumerOffsetManager.offsetTable',
      columns: ['topic@group', 'offsets'],
      rows: [...service.offsets].map(([key, values]) => [key, values.join(', ')]),
    },
    {
      title: { en: 'Consumer offsets on disk', zh: '磁盘上的消费位点' },
      source: 'consumerOffset.json',
      columns: ['topic@group', 'offsets'],
      rows: [...readMetadata(service.disk.offsetsFile).offsets].map(([key, values]) => [
        key,
        values.join(', '),
      ]),
    },
    {
      title: { en: 'Held pulls', zh: '挂起的拉取请求' },
      source: 'PullRequestHoldService.pullRequestTable',
      columns: ['queue', 'pulls', 'oldest'],
      rows: [...service.held].map(([queue, pulls]) => {
        const { topic, queueId } = queueOf(sim.state.arena, queue);
        const sinceUs = pulls[0]?.sinceUs ?? sim.nowUs;
        return [`${topic}@${queueId}`, `${pulls.length}`, seconds(sim.nowUs - sinceUs)];
      }),
    },
    {
      title: { en: 'Replication', zh: '复制' },
      source: 'DefaultHAService',
      columns: ['peer', 'sent up to', 'acknowledged'],
      rows: [...memory.links.values()].map((link) => [
        nameOf(sim, link.slave),
        bytes(link.nextPhys),
        bytes(link.ackPhys),
      ]),
    },
    {
      title: { en: 'Host', zh: '主机' },
      columns: ['resource', 'value'],
      rows: [
        ['name', host.name],
        ['fsync', milliseconds(host.disk.fsyncUs * host.disk.factor)],
        ['page cache', bytes(env.params.pageCacheBytes)],
        ['dirty pages', `${Math.ceil(dirtyBytesOf(sim, broker) / PAGE_BYTES)}`],
      ],
    },
  ];
}

/** The service that runs the listener, by protocol. */
const POOLS = {
  remoting: { concurrently: 'ConsumeMessageConcurrentlyService', orderly: 'ConsumeMessageOrderlyService' },
  pop: { concurrently: 'ConsumeMessagePopConcurrentlyService', orderly: 'ConsumeMessagePopOrderlyService' },
  grpc: { concurrently: 'StandardConsumeService', orderly: 'FifoConsumeService' },
} as const;

function consumerSections(sim: RocketSim, consumer: Consumer): DetailSection[] {
  const { state } = consumer;
  const ordered = needsLocks(consumer);
  return [
    {
      title: { en: 'Queues held', zh: '持有的队列' },
      source: 'RebalanceImpl.processQueueTable',
      columns: ['queue', 'cached', 'next pull', 'commit', 'from', ...(ordered ? ['locked'] : [])],
      rows: [...state.queues.values()].map((held) => [
        `${held.topic}@${held.brokerName}#${held.queueId}`,
        `${held.end - held.start}`,
        `${held.nextOffset}`,
        `${state.offsets.get(held.queue) ?? '–'}`,
        held.source < 0 ? '–' : nameOf(sim, held.source),
        ...(ordered ? [held.locked ? `${seconds(sim.nowUs - held.lockedUs)}` : '–'] : []),
      ]),
    },
    {
      title: { en: 'Consume threads', zh: '消费线程' },
      source: POOLS[consumer.spec.protocol][consumer.spec.listener],
      columns: ['threads', 'running', 'waiting'],
      rows: [[`${state.pool.threads}`, `${state.pool.running.size}`, `${state.pool.backlog}`]],
    },
  ];
}

function clientSections(sim: RocketSim, { client, node }: Producer | Consumer): DetailSection[] {
  return [
    {
      title: { en: 'Cached routes', zh: '缓存的路由' },
      source: 'MQClientInstance.topicRouteTable',
      columns: ['topic', 'brokers', 'confirmed'],
      rows: [...client.routes].map(([topic, route]) => [
        topic,
        route.brokers
          .map(({ brokerName, addresses }) => `${brokerName} {${addresses.map(([id]) => id).join(', ')}}`)
          .sort(byText)
          .join(', '),
        ageOf(sim, client, topic),
      ]),
    },
    {
      title: { en: 'Name server', zh: 'NameServer' },
      source: 'NettyRemotingClient.namesrvAddrChoosed',
      columns: ['chosen', 'known', 'state'],
      rows: [
        [
          client.chosen === undefined ? '–' : nameOf(sim, client.chosen),
          client.nameservers.map((one) => nameOf(sim, one)).join(', '),
          processOf(sim.state.env, node).state,
        ],
      ],
    },
  ];
}

function ageOf(sim: RocketSim, client: ClientState, topic: string): string {
  const confirmed = client.confirmedUs.get(topic);
  return confirmed === undefined ? '–' : seconds(sim.nowUs - confirmed);
}

function permission(perm: number): string {
  return `${(perm & 4) !== 0 ? 'R' : '-'}${(perm & 2) !== 0 ? 'W' : '-'}${(perm & 1) !== 0 ? 'X' : '-'}`;
}

const seconds = (us: number) => `${tenths(us / 100_000)} s`;
const milliseconds = (us: number) => `${tenths(us / 100)} ms`;

/** A count of tenths as a decimal number. */
function tenths(count: number): string {
  const whole = Math.round(count);
  return `${Math.floor(whole / 10)}.${whole % 10}`;
}

/** Bytes with a comma between thousands. */
function bytes(count: number): string {
  return `${Math.max(0, count)}`.replace(/\B(?=(\d{3})+$)/g, ',');
}
