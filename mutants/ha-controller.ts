import type { Mutant } from '../scripts/mutation';

const RAFT = 'src/engine/products/rocketmq/controller/raft.ts';
const INFO = 'src/engine/products/rocketmq/controller/replicas-info.ts';
const LIVE = 'src/engine/products/rocketmq/controller/live-brokers.ts';
const CLIENT = 'src/engine/products/rocketmq/broker/controller-client.ts';
const ROLE = 'src/engine/products/rocketmq/broker/role-change.ts';
const SET = 'src/engine/products/rocketmq/broker/sync-state-set.ts';
const WAITS = 'src/engine/products/rocketmq/broker/waits.ts';
const EPOCHS = 'src/engine/products/rocketmq/broker/epochs.ts';
const CONFIRM = 'src/engine/products/rocketmq/broker/confirm.ts';
const REGISTRATION = 'src/engine/products/rocketmq/broker/registration.ts';

export default [
  {
    rule: 'HA-24',
    says: 'one of three controllers decides alone',
    file: RAFT,
    find: 'Math.floor(sim.state.product.controllers.size / 2) + 1',
    replace: '1',
  },
  {
    rule: 'HA-24',
    says: 'two brokers get the same id',
    file: INFO,
    find: 'if (holder !== undefined) {',
    replace: 'if (holder !== undefined && holder.code === code) {',
  },
  {
    rule: 'HA-24',
    says: 'a fenced broker registers with the name servers',
    file: REGISTRATION,
    find: 'if (!isFenced(brokerOf(sim, node))) registerAll(sim, node);',
    replace: 'registerAll(sim, node);',
  },
  {
    rule: 'HA-25',
    says: 'a closed connection is only noticed by the scan',
    file: LIVE,
    find: 'if (live.conn !== conn) continue;',
    replace: 'if (live.conn !== -1) continue;',
  },
  {
    rule: 'HA-25',
    says: 'a broker counts as dead after 1 s of silence',
    file: CLIENT,
    find: 'timeoutUs: config.controllerHeartBeatTimeoutMills * 1000,',
    replace: 'timeoutUs: config.controllerHeartBeatTimeoutMills * 100,',
  },
  {
    rule: 'HA-26',
    says: 'an administrator who asks for a master is told that there is one',
    file: INFO,
    find: 'if (wanted !== undefined) return',
    replace: 'if (wanted !== undefined && oldMaster === undefined) return',
  },
  {
    rule: 'HA-26',
    says: 'who is asked for is elected, alive and in sync or not',
    file: INFO,
    find: 'return pool.includes(wanted) ? wanted : undefined;',
    replace: 'return wanted;',
  },
  {
    rule: 'HA-26',
    says: 'offsets are compared as they are, whatever lies between them',
    file: INFO,
    find: '(y.maxPhys - x.maxPhys) | 0',
    replace: 'y.maxPhys - x.maxPhys',
  },
  {
    rule: 'HA-26',
    says: 'whoever lives is elected',
    file: INFO,
    find: 'const all = unclean ? group.replicas.map(({ id }) => id) : [];',
    replace: 'const all = group.replicas.map(({ id }) => id);',
  },
  {
    rule: 'HA-26',
    says: 'the higher brokerElectionPriority wins',
    file: INFO,
    find: 'x.priority - y.priority',
    replace: 'y.priority - x.priority',
  },
  {
    rule: 'HA-26',
    says: 'an election without a winner forgets the set',
    file: INFO,
    find: 'masterId: undefined, masterEpoch: group.masterEpoch + 1 }',
    replace: 'masterId: undefined, set: [], masterEpoch: group.masterEpoch + 1 }',
  },
  {
    rule: 'HA-27',
    says: 'a slave whose link is lost stays in the set',
    file: SET,
    find: 'if (set.length === controlled.set.length) return;',
    replace: 'if (set.length !== controlled.set.length) return;',
  },
  {
    rule: 'HA-27',
    says: 'a slave that does not catch up leaves the set at the first look',
    file: SET,
    find: 'config.haMaxTimeSlaveNotCatchup * 1000',
    replace: 'config.haMaxTimeSlaveNotCatchup * 100',
  },
  {
    rule: 'HA-27',
    says: 'a new master looks at its SyncStateSet only after 3 s',
    file: SET,
    find: '  const broker = brokerOf(sim, node);\n  proposeWithoutLate(sim, broker);\n  sim.after(FIRST',
    replace: '  const broker = brokerOf(sim, node);\n  sim.after(FIRST',
  },
  {
    rule: 'HA-29',
    says: 'a slave without a shared epoch tries again every 5 s',
    file: 'src/engine/products/rocketmq/broker/ha-slave.ts',
    find: 'lose(sim, node, NO_COMMON_EPOCH_PAUSE_US + RETRY.periodUs);',
    replace: 'lose(sim, node, RETRY.periodUs);',
  },
  {
    rule: 'HA-29',
    says: 'the epoch file keeps the epochs of deleted files',
    file: EPOCHS,
    find: '?? Number.POSITIVE_INFINITY) > phys);',
    replace: '?? Number.POSITIVE_INFINITY) >= 0);',
  },
  {
    rule: 'HA-28',
    says: 'a loss does not tell that the elected master had answered alone',
    file: 'src/engine/products/rocketmq/broker/controller-mode-kinds.ts',
    find: "role: 'unawaited',",
    replace: 'role: undefined,',
  },
  {
    rule: 'HA-28',
    says: 'allAckInSyncStateSet waits for one copy less',
    file: WAITS,
    find: 'return acks >= set.length;',
    replace: 'return acks >= set.length - 1;',
  },
  {
    rule: 'HA-29',
    says: 'a returning master keeps what the new one lacks',
    file: EPOCHS,
    find: 'return Math.min(endOf(own, index, ownEndPhys), endOf(other, match, otherEndPhys));',
    replace: 'return Math.max(endOf(own, index, ownEndPhys), endOf(other, match, otherEndPhys));',
  },
  {
    rule: 'HA-30',
    says: 'consumers see what the set has not confirmed',
    file: CONFIRM,
    find: '(config.allAckInSyncStateSet && controlled.set.length !== 1)',
    replace: '(config.allAckInSyncStateSet && controlled.set.length === 0)',
  },
  {
    rule: 'HA-31',
    says: 'a demoted master keeps its role',
    file: ROLE,
    find: "    broker.role = 'SLAVE';",
    replace: "    broker.role = demoted ? broker.role : 'SLAVE';",
  },
] satisfies readonly Mutant[];
