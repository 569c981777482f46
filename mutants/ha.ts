import type { Mutant } from '../scripts/mutation';

const MASTER = 'src/engine/products/rocketmq/broker/ha-master.ts';
const SLAVE = 'src/engine/products/rocketmq/broker/ha-slave.ts';
const SYNC = 'src/engine/products/rocketmq/broker/slave-sync.ts';
const WAITS = 'src/engine/products/rocketmq/broker/waits.ts';
const FLUSH = 'src/engine/products/rocketmq/broker/flush.ts';
const PUT = 'src/engine/products/rocketmq/broker/put.ts';
const STORE = 'src/engine/products/rocketmq/broker/store-state.ts';
const PULL = 'src/engine/products/rocketmq/broker/service-pull.ts';
const READ = 'src/engine/products/rocketmq/broker/service-read.ts';
const OFFSETS = 'src/engine/products/rocketmq/broker/service-offsets.ts';
const RESET = 'src/engine/products/rocketmq/broker/service-reset.ts';
const ANSWERS = 'src/engine/products/rocketmq/consumer/pull-answers.ts';
const ROLE = 'src/engine/scenario/broker-role.ts';

export default [
  {
    rule: 'HA-1',
    says: 'a master keeps the id of its configuration',
    file: ROLE,
    find: "if (role !== 'SLAVE') return 0;",
    replace: "if (role !== 'SLAVE') return brokerId;",
  },
  {
    rule: 'HA-1',
    says: 'a slave with id 0 starts',
    file: ROLE,
    find: 'return brokerId > 0 ? brokerId : null;',
    replace: 'return brokerId;',
  },
  {
    rule: 'HA-2',
    says: 'a slave tries again after 1 s',
    file: SLAVE,
    find: 'const RETRY = { firstUs: 0, periodUs: 5_000_000 };',
    replace: 'const RETRY = { firstUs: 0, periodUs: 1_000_000 };',
  },
  {
    rule: 'HA-2',
    says: 'a slave says nothing while nothing comes',
    file: SLAVE,
    find: "if (feed.state === 'open') report(sim, node);",
    replace: "if (feed.state === 'idle') report(sim, node);",
  },
  {
    rule: 'HA-2',
    says: 'a slave keeps a link that says nothing',
    file: SLAVE,
    find: 'if (sim.nowUs >= feed.lastReadUs + silentUs) {',
    replace: 'if (feed.lastReadUs < 0) {',
  },
  {
    rule: 'HA-3',
    says: 'each put wakes the sender of an ASYNC_MASTER',
    file: MASTER,
    find: 'lookAt(sim, node, link, nextWaitEnd(sim, node, link));',
    replace: 'lookAt(sim, node, link, sim.nowUs);',
  },
  {
    rule: 'HA-3',
    says: 'a put that waits for replicas does not wake the sender',
    file: MASTER,
    find: 'link.lookAtUs > sim.nowUs) lookAt(',
    replace: 'link.lookAtUs < 0) lookAt(',
  },
  {
    rule: 'HA-3',
    says: 'an idle sender waits a second',
    file: MASTER,
    find: 'const WAIT_US = 100_000;',
    replace: 'const WAIT_US = 1_000_000;',
  },
  {
    rule: 'HA-3',
    says: 'everything goes in one piece',
    file: MASTER,
    find: 'Math.min(broker.config.haTransferBatchSize, budget)',
    replace: 'budget',
  },
  {
    rule: 'HA-4',
    says: 'a slave without any log gets everything',
    file: MASTER,
    find: 'broker.controlled ? log.startPhys : max - (max % broker.config.mappedFileSizeCommitLog)',
    replace: 'phys',
  },
  {
    rule: 'HA-4',
    says: 'a sender without a file looks for one each 100 ms',
    file: MASTER,
    find: 'const NO_FILE_WAIT_US = 500_000;',
    replace: 'const NO_FILE_WAIT_US = 100_000;',
  },
  {
    rule: 'HA-4',
    says: 'a put that waits for replicas wakes a sender that had no file',
    file: MASTER,
    find: 'if (link.idle && !link.awaitsFile && link.lookAtUs > sim.nowUs)',
    replace: 'if (link.idle && link.lookAtUs > sim.nowUs)',
  },
  {
    rule: 'HA-5',
    says: 'a piece that does not fit is appended',
    file: SLAVE,
    find: 'if (position !== 0 && position !== piece.phys) {',
    replace: 'if (position < 0) {',
  },
  {
    rule: 'HA-5',
    says: 'a slave that is ahead is taken back to where its master ends',
    file: MASTER,
    find: 'if (link.nextPhys > max) sim.emit(slaveAhead, node, link.slave, link.nextPhys - max);',
    replace: 'if (link.nextPhys > max) link.nextPhys = max;',
  },
  {
    rule: 'HA-6',
    says: 'a slave acknowledges nothing while something is not flushed',
    file: SLAVE,
    find: 'phys: maxPhysOf(sim, broker) };',
    replace: 'phys: broker.store.log.flushed < broker.store.log.cached ? 0 : maxPhysOf(sim, broker) };',
  },
  {
    rule: 'HA-6',
    says: 'a slave with SYNC_FLUSH flushes every second',
    file: FLUSH,
    find: 'const SLAVE_SYNC_INTERVAL_US = 10_000;',
    replace: 'const SLAVE_SYNC_INTERVAL_US = 1_000_000;',
  },
  {
    rule: 'HA-7',
    says: 'a SYNC_MASTER waits for a slave by default',
    file: WAITS,
    find: '!enableAutoInSyncReplicas) return inSyncReplicas;',
    replace: '!enableAutoInSyncReplicas) return Math.max(2, inSyncReplicas);',
  },
  {
    rule: 'HA-7',
    says: 'an ASYNC_MASTER waits, too',
    file: WAITS,
    find: "const replicated = !inGroup(broker) && broker.role === 'SYNC_MASTER';",
    replace: "const replicated = broker.role !== 'SLAVE';",
  },
  {
    rule: 'HA-7',
    says: 'the own copy of the master does not count',
    file: MASTER,
    find: 'let acks = 1;',
    replace: 'let acks = 0;',
  },
  {
    rule: 'HA-7',
    says: 'the answer comes after twice slaveTimeout',
    file: WAITS,
    find: 'first.storedUs + config.slaveTimeout * 1000',
    replace: 'first.storedUs + config.slaveTimeout * 2000',
  },
  {
    rule: 'HA-7',
    says: 'any slave that is connected counts, however far behind',
    file: MASTER,
    find: 'if (link.ackPhys >= phys) acks++;',
    replace: 'acks++;',
  },
  {
    rule: 'HA-8',
    says: 'a 5.x master without a slave answers at once',
    file: WAITS,
    find: "if (sim.state.product.version !== '4.9') return 'waiting';",
    replace: '',
  },
  {
    rule: 'HA-9',
    says: 'a 4.9 SYNC_MASTER waits for a slave that is far behind',
    file: WAITS,
    find: 'newest >= 0 && endPhys - newest < broker.config.haSlaveFallbehindMax ?',
    replace: 'newest >= 0 ?',
  },
  {
    rule: 'HA-9',
    says: 'a 4.9 SYNC_MASTER without a slave waits',
    file: WAITS,
    find: 'newest >= 0 && endPhys - newest < broker.config.haSlaveFallbehindMax ?',
    replace: 'endPhys - newest < broker.config.haSlaveFallbehindMax ?',
  },
  {
    rule: 'HA-9',
    says: 'a 4.9 SYNC_MASTER asks for inSyncReplicas copies',
    file: WAITS,
    find: "  if (sim.state.product.version === '4.9') return 2;\n",
    replace: '',
  },
  {
    rule: 'HA-11',
    says: 'a 5.x slave fetches metadata every 3 s',
    file: SYNC,
    find: 'often ? GROUP_SYNC_US : FULL_SYNC_US',
    replace: '0',
  },
  {
    rule: 'HA-11',
    says: 'a 4.9 slave fetches metadata once a minute',
    file: SYNC,
    find: "sim.state.product.version !== '4.9' && sim.nowUs",
    replace: 'sim.nowUs',
  },
  {
    rule: 'HA-11',
    says: 'a slave keeps the higher offset of the two',
    file: OFFSETS,
    find: '  for (const [key, own] of fresh) broker.service.offsets.set(key, own);',
    replace:
      '  for (const [key, own] of fresh)\n    broker.service.offsets.set(\n      key,\n      own.map((offset, queueId) => Math.max(offset, broker.service.offsets.get(key)?.[queueId] ?? NONE)),\n    );',
  },
  {
    rule: 'HA-11',
    says: 'a slave keeps its own topics',
    file: SYNC,
    find: '  sim.because(cause, () => replaceTopics(sim, node, topics, dataVersion));\n',
    replace: '',
  },
  {
    rule: 'HA-12',
    says: 'consumer offsets on a slave are up to two minutes old',
    file: SYNC,
    find: 'const FULL_SYNC_US = 60_000_000;',
    replace: 'const FULL_SYNC_US = 120_000_000;',
  },
  {
    rule: 'HA-13',
    says: 'a 4.9 slave rejects pulls',
    file: PULL,
    find: "sim.state.product.version === '5.3' && isSlave(broker) && !config.slaveReadEnable",
    replace: 'isSlave(broker) && !config.slaveReadEnable',
  },
  {
    rule: 'HA-13',
    says: 'a 5.x slave serves pulls',
    file: PULL,
    find: "sim.state.product.version === '5.3' && isSlave(broker) && !config.slaveReadEnable",
    replace: "sim.state.product.version === '4.9' && isSlave(broker) && !config.slaveReadEnable",
  },
  {
    rule: 'HA-14',
    says: 'the limit of a slave is that of a master',
    file: STORE,
    find: 'isSlave(broker) ? Math.max(0, ratio - 10) : ratio',
    replace: 'ratio',
  },
  {
    rule: 'HA-14',
    says: 'a reader is sent to the slave although slaveReadEnable is off',
    file: PULL,
    find: 'if (!broker.config.slaveReadEnable) return GROUP_BROKER_ID;',
    replace: '',
  },
  {
    rule: 'HA-14',
    says: 'a reader that is far behind stays with the master',
    file: READ,
    find: 'maxPhysOf(sim, broker) - lastPhys > memoryBytes',
    replace: 'maxPhysOf(sim, broker) < lastPhys',
  },
  {
    rule: 'HA-15',
    says: 'a client does not follow the suggestion',
    file: ANSWERS,
    find: '  held.pullFrom = brokerId;\n',
    replace: '',
  },
  {
    rule: 'HA-16',
    says: 'a caught-up slave parks an empty pull',
    file: PULL,
    find: "if (isSlave(broker) && hasMaster && sim.state.product.version === '5.3') return Code.PULL_RETRY_IMMEDIATELY;",
    replace: '',
  },
  {
    rule: 'HA-17',
    says: 'a slave stores what it is sent',
    file: PUT,
    find: 'store.memory.closed || isSlave(broker) || ',
    replace: 'store.memory.closed || ',
  },
  {
    rule: 'HA-17',
    says: 'a slave resets offsets',
    file: RESET,
    find: '      !isSlave(broker) &&\n',
    replace: '',
  },
  {
    rule: 'HA-18',
    says: 'a master that returns does not know what it had committed',
    file: OFFSETS,
    find: 'service.offsets = copyOffsets(offsets);',
    replace: 'service.offsets = new Map();',
  },
] satisfies readonly Mutant[];
