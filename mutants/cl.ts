import type { Mutant } from '../scripts/mutation';

const CLIENT = 'src/engine/products/rocketmq/client/client.ts';
const CLIENT_OF = 'src/engine/products/rocketmq/client/client-of.ts';
const HEARTBEATS = 'src/engine/products/rocketmq/client/heartbeats.ts';
const NAME_SERVERS = 'src/engine/products/rocketmq/client/name-servers.ts';
const ROUTES = 'src/engine/products/rocketmq/client/routes.ts';
const TABLES = 'src/engine/products/rocketmq/client/route-tables.ts';
const CALLS = 'src/engine/products/rocketmq/remoting-calls.ts';
const IDLE = 'src/engine/products/rocketmq/idle.ts';
const SEND = 'src/engine/products/rocketmq/producer/send.ts';
const BROKER_CLIENTS = 'src/engine/products/rocketmq/broker/service-clients.ts';
const CONSUMER = 'src/engine/products/rocketmq/consumer/consumer.ts';

export default [
  {
    rule: 'CL-1',
    says: 'the first heartbeat meets the first rebalance',
    file: HEARTBEATS,
    find: "'client.heartbeat', 1_020_000,",
    replace: "'client.heartbeat', 1_000_000,",
  },
  {
    rule: 'CL-1',
    says: 'the first heartbeat comes after 5 s',
    file: HEARTBEATS,
    find: "'client.heartbeat', 1_020_000,",
    replace: "'client.heartbeat', 5_000_000,",
  },
  {
    rule: 'CL-1',
    says: 'routes are asked for every minute, whatever pollNameServerInterval says',
    file: CLIENT,
    find: 'config.pollNameServerInterval * 1000',
    replace: '60_000_000',
  },
  {
    rule: 'CL-2',
    says: 'a broadcasting consumer has another id after each start',
    file: CLIENT,
    find: "messageModel === 'BROADCASTING';\n  if (broadcasts",
    replace: "messageModel === 'CLUSTERING';\n  if (broadcasts",
  },
  {
    rule: 'CL-3',
    says: 'an answer that is equal to the cached route replaces the tables',
    file: ROUTES,
    find: 'if (old !== undefined && sameRoute(old, route) && wasBorrowed === borrowed) return false;',
    replace: '',
  },
  {
    rule: 'CL-4',
    says: 'a poll that fails forgets the route',
    file: ROUTES,
    find: 'if (client.routes.has(topic)) sim.emit',
    replace: 'if (client.routes.delete(topic) && client.publish.delete(topic)) sim.emit',
  },
  {
    rule: 'CL-4',
    says: 'a round goes on after nobody answered',
    file: ROUTES,
    find: "if (result === 'failed' || next === context.topics.length)",
    replace: 'if (next === context.topics.length)',
  },
  {
    rule: 'CL-5',
    says: 'the route of createTopicKey is not borrowed',
    file: SEND,
    find: 'else findTemplate(sim, producer, call);',
    replace: 'else proceed(sim, producer, call);',
  },
  {
    rule: 'CL-6',
    says: 'a broker without id 0 is sent to',
    file: TABLES,
    find: '(perm & WRITE) === 0 || headless.has(brokerName) ||',
    replace: '(perm & WRITE) === 0 ||',
  },
  {
    rule: 'CL-6',
    says: 'a broker that is closed for writing is sent to',
    file: TABLES,
    find: '(perm & WRITE) === 0 || headless',
    replace: 'headless',
  },
  {
    rule: 'CL-6',
    says: 'queues of the last broker name come first',
    file: TABLES,
    find: 'for (const { brokerName, perm, writeQueueNums } of [...route.queues].sort(byBrokerName))',
    replace:
      'for (const { brokerName, perm, writeQueueNums } of [...route.queues].sort(byBrokerName).reverse())',
  },
  {
    rule: 'CL-7',
    says: 'queues without a master are not read',
    file: TABLES,
    find: 'if ((perm & READ) === 0) continue;',
    replace: 'if ((perm & READ) === 0 || groupsWithoutMaster(route).includes(brokerName)) continue;',
  },
  {
    rule: 'CL-8',
    says: 'addresses that no route names are kept',
    file: HEARTBEATS,
    find: '  cleanOfflineBrokers(sim, node);\n',
    replace: '',
  },
  {
    rule: 'CL-9',
    says: 'a message goes to the smallest id, master or not',
    file: TABLES,
    find: '?.find(([id]) => id === MASTER_ID)?.[1]',
    replace: '?.[0]?.[1]',
  },
  {
    rule: 'CL-9',
    says: 'a reader whose id is gone asks nobody',
    file: TABLES,
    find: '(onlyThis ? undefined : addresses[0])',
    replace: 'undefined',
  },
  {
    rule: 'CL-10',
    says: 'each question goes to the next name server',
    file: NAME_SERVERS,
    find: 'if (client.chosen !== undefined && hasOrOpensChannel(sim, node, client.chosen)) return client.chosen;',
    replace: '',
  },
  {
    rule: 'CL-10',
    says: 'a 5.3 call tries the whole list',
    file: NAME_SERVERS,
    find: "sim.state.product.version === '4.9' ? clientOf(sim, node).client.nameservers.length : 1",
    replace: 'clientOf(sim, node).client.nameservers.length',
  },
  {
    rule: 'CL-11',
    says: 'without a name server known topics are not sent to',
    file: SEND,
    find: 'if (info !== undefined && info.queues.length > 0) attempt(sim, producer, call, info, false);\n    else findRoute',
    replace:
      'if (info !== undefined && client.failedQueries === 0) attempt(sim, producer, call, info, false);\n    else findRoute',
  },
  {
    rule: 'CL-12',
    says: 'a connect to a silent host never ends',
    file: CALLS,
    find: 'connectDeadlineUs: sim.nowUs + (millis === undefined ? CONNECT_TIMEOUT_US : millis * 1000),',
    replace: 'connectDeadlineUs: Number.POSITIVE_INFINITY,',
  },
  {
    rule: 'CL-12',
    says: 'connectTimeoutMillis is not read',
    file: CALLS,
    find: 'millis === undefined ? CONNECT_TIMEOUT_US : millis * 1000',
    replace: 'CONNECT_TIMEOUT_US',
  },
  {
    rule: 'CL-13',
    says: 'a call that times out leaves its channel open',
    file: CALLS,
    find: 'if (left <= FAIR_WAIT_US && left <= pending.timeoutUs / 4) return;',
    replace: 'return;',
  },
  {
    rule: 'CL-13',
    says: 'a call that had hardly any time closes its channel',
    file: CALLS,
    find: 'if (left <= FAIR_WAIT_US && left <= pending.timeoutUs / 4) return;',
    replace: '',
  },
  {
    rule: 'CL-14',
    says: 'requests outlive the connection that they went out on',
    file: CALLS,
    find: 'if (failed.length === 0) return;',
    replace: 'if (failed.length >= 0) return;',
  },
  {
    rule: 'CL-15',
    says: 'an asynchronous request ends exactly at its timeout',
    file: CALLS,
    find: 'tickAtOrAfter(sim, node, ASYNC_SCAN, due + 1_000_000)',
    replace: 'due',
  },
  {
    rule: 'CL-16',
    says: 'a channel on which only writing goes on is idle',
    file: IDLE,
    find: 'Math.max(end.lastReadUs, end.lastWriteUs)',
    replace: 'end.lastReadUs',
  },
  {
    rule: 'CL-16',
    says: 'clientChannelMaxIdleTimeSeconds is not read',
    file: IDLE,
    find: 'clientConfigOf(sim, node)?.clientChannelMaxIdleTimeSeconds ?? CLIENT_IDLE_SECONDS',
    replace: 'CLIENT_IDLE_SECONDS',
  },
  {
    rule: 'CL-17',
    says: 'questions wait twice mqClientApiTimeout',
    file: CLIENT_OF,
    find: 'mqClientApiTimeout * 1000',
    replace: 'mqClientApiTimeout * 2000',
  },
  {
    rule: 'CL-18',
    says: 'a producer tells slaves, too',
    file: HEARTBEATS,
    find: 'heartbeatTargets(client, producing)',
    replace: 'heartbeatTargets(client, false)',
  },
  {
    rule: 'CL-18',
    says: 'a consumer tells masters only',
    file: HEARTBEATS,
    find: 'heartbeatTargets(client, producing)',
    replace: 'heartbeatTargets(client, true)',
  },
  {
    rule: 'CL-19',
    says: 'a new channel brings no heartbeat',
    file: HEARTBEATS,
    find: '!config.enableHeartbeatChannelEventListener || !knowsBroker',
    replace: 'config.enableHeartbeatChannelEventListener || !knowsBroker',
  },
  {
    rule: 'CL-19',
    says: 'a channel that a round of heartbeats opened brings another one',
    file: HEARTBEATS,
    find: '  if (client.heartbeating) return;\n',
    replace: '',
  },
  {
    rule: 'CL-19',
    says: 'a consumer with a new channel does not rebalance',
    file: HEARTBEATS,
    find: 'if (told && sim.state.product.consumers.has(node)) sim.call(rebalanceWake, node, {});',
    replace: '',
  },
  {
    rule: 'CL-20',
    says: 'a heartbeat of a consumer creates no retry topic',
    file: BROKER_CLIENTS,
    find: '=== undefined)\n          createGroupTopic(',
    replace: '=== null)\n          createGroupTopic(',
  },
  {
    rule: 'CL-21',
    says: 'a broker remembers clients whose connection has closed',
    file: BROKER_CLIENTS,
    find: 'if (channel === undefined) continue;',
    replace: 'if (channel !== undefined) continue;',
  },
  {
    rule: 'CL-21',
    says: 'a broker forgets a client after a minute without a heartbeat',
    file: BROKER_CLIENTS,
    find: 'const limitUs = config.channelExpiredTimeout * 1000;',
    replace: 'const limitUs = 60_000_000;',
  },
  {
    rule: 'CL-21',
    says: 'the scan tells the members that are left',
    file: BROKER_CLIENTS,
    find: '    collect(info.channels);\n',
    replace:
      '    const before = info.channels.size;\n    collect(info.channels);\n    if (info.channels.size < before) notifyMembers(sim, node, group);\n',
  },
  {
    rule: 'CL-22',
    says: 'members are not told of a new one',
    file: BROKER_CLIENTS,
    find: 'if (registerConsumer(sim, node, conn, from, body.clientId, consumer)) {',
    replace: 'if (!registerConsumer(sim, node, conn, from, body.clientId, consumer)) {',
  },
  {
    rule: 'CL-22',
    says: 'members of a broadcasting group are told',
    file: BROKER_CLIENTS,
    find: "info.messageModel === 'BROADCASTING' || ",
    replace: '',
  },
  {
    rule: 'CL-23',
    says: 'a client that shuts down tells no broker',
    file: CLIENT,
    find: 'const targets = heartbeatTargets(clientOf(sim, node).client, false);',
    replace: 'const targets: number[] = [];',
  },
  {
    rule: 'CL-23',
    says: 'a client that shuts down forgets to persist its offsets',
    file: CONSUMER,
    find: '  sim.because(cause, () => persistAll(sim, node));\n  tellForgotten',
    replace: '  tellForgotten',
  },
] satisfies readonly Mutant[];
